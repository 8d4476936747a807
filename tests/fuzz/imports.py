"""Files of products: read to the last row or refused as a whole; what is refused is written."""

import io
import json
import tempfile
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from app.data.imports import (
    Batch,
    ImportFileError,
    Table,
    detect,
    known_headings,
    open_table,
    presets,
    rows,
    write_refused,
)
from app.texts import Language, texts
from tests.fuzz.target import Choices, Target

TODAY: Final = date(2026, 11, 23)
KNOWN: Final = known_headings(presets())
SWEDISH: Final = texts(Language.SWEDISH)
RELATIONS: Final = "<Relationships xmlns='urn:x'>{}</Relationships>"
RELATION: Final = "<Relationship Id='{0}' Type='urn:x/{1}' Target='{2}'/>"
PARTS: Final = {
    "_rels/.rels": RELATIONS.format(RELATION.format("a", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": "<workbook xmlns:r='urn:r'><sheet name='S' r:id='a'/></workbook>",
    "xl/_rels/workbook.xml.rels": RELATIONS.format(
        RELATION.format("a", "worksheet", "s.xml")
        + RELATION.format("b", "sharedStrings", "t.xml")
        + RELATION.format("c", "styles", "y.xml")
    ),
    "xl/t.xml": "<sst><si><t>Serial</t></si><si><t>Purchase date</t></si></sst>",
    "xl/y.xml": "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>",
}
"""A spreadsheet but for its sheet."""


def package(sheet: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in PARTS.items():
            archive.writestr(name, part)
        archive.writestr("xl/s.xml", sheet)
    return stream.getvalue()


def text(content: str, encoding: str = "utf-8") -> bytes:
    return b"\x00" + content.encode(encoding)


def seeds() -> tuple[bytes, ...]:
    plain = (
        "Serienummer;IMEI;Inköpsdatum;Användare\r\nC02XK0ABJGH5;354178036859789;1 mars 2026;Åsa\r\n"
        'F17XK0ABJGHI;3.5E+14;3/4/26;"Bo\nEk"\r\nC02XK0ABJGH5;;;\r\nC02XK0ABJGH6;"Bo\r\n'
    )
    sheet = (
        "<worksheet><sheetData>"
        "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>"
        "<row r='2'><c r='A2' t='inlineStr'><is><t>C02XK0ABJGH5</t></is></c>"
        "<c r='B2' s='1'><v>46082</v></c></row>"
        "<row r='4'><c r='A4'><f>A2</f></c><c r='B4' t='e'><v>#N/A</v></c></row></sheetData>"
        "<mergeCells><mergeCell ref='A2:A4'/></mergeCells></worksheet>"
    )
    gsx = "Repair ID,Serial Number\nrepairId,device.id\nR1,C02XK0ABJGH5\nR2,C02XK0ABJGH6"
    return (
        *(text(plain, encoding) for encoding in ("utf-8", "cp1252", "utf-16", "mac_roman")),
        text("sep=|\nSerial|Model\nC02XK0ABJGH5|iPad|x\n\nC02XK0ABJGH5|iPad Pro\n"),
        text(gsx),
        b"\x01" + sheet.encode(),
        b"\x00" + package(sheet.encode()),
        b"\x00\xd0\xcf\x11\xe0",
    )


def attempt(path: Path) -> tuple[Table, list[Batch]] | str:
    """Read a file by the mapping that fits best, or tell why it is refused."""
    try:
        table = open_table(path, known=KNOWN)
        mapping = detect(table.headings, presets())[0].mapping
        with closing(rows(table, mapping, TODAY)) as reading:
            return table, list(reading)
    except ImportFileError as error:
        return error.code


def check(data: bytes) -> None:
    choices = Choices(data)
    is_sheet = bool(choices.number(2))
    content = package(choices.rest()) if is_sheet else choices.rest()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        found = attempt(path)
        if isinstance(found, str):
            assert SWEDISH.has(f"import.file.{found}"), found
            return
        table, batches = found
        taken = check_batches(batches)
        refused = [each for batch in batches for each in batch.refused]
        again = Path(folder) / "refused"
        assert write_refused(again, table, refused, SWEDISH) == len(refused)
        open_table(again, known=KNOWN)
        assert taken <= len(content)


def check_batches(batches: list[Batch]) -> int:
    """Every row is taken, refused with its reasons, or a duplicate, once and in its place."""
    last = 0
    serials: set[object] = set()
    for batch in batches:
        numbers = [
            *(each[0] for each in batch.rows),
            *(each.row for each in batch.refused),
            *(number for number, _ in batch.duplicates),
        ]
        assert len(set(numbers)) == len(numbers) == batch.read
        assert all(isinstance(each, int) and each > last for each in numbers)
        last = max((each for each in numbers if isinstance(each, int)), default=last)
        for each in batch.refused:
            assert each.reasons
            assert json.dumps([(one.column, one.value) for one in each.reasons]).encode()
            assert all(SWEDISH.has(f"import.refused.{one.code}") for one in each.reasons)
            assert not any(
                "\ud800" <= letter <= "\udfff" for one in each.reasons for letter in one.value
            )
        serials |= {each[1] for each in batch.rows}
        assert 0 <= batch.done <= 1
    assert len(serials) == sum(len(batch.rows) for batch in batches)
    return len(serials)


TOKENS = (
    *(b"C02XK0ABJGH5", b"354178036859789", b'"', b'""', b"\r", b"\r\n", b";", b",", b"\t", b"\xff"),
    *(b"<c r='A9'>", b"<v>1</v>", b"</c>", b"<row r='9'>", b"</row>", b"<f>", b" t='s'", b" s='1'"),
    *(
        b"<!DOCTYPE a>",
        b"<mergeCell ref='A1:B9'/>",
        b"'=1+1",
        b"#N/A",
        b"\x00",
        b"\xc3\xa5",
        b"sep=;\n",
    ),
)
TARGET = Target(seeds, check, TOKENS, longest=6000)
