"""What no spreadsheet may do to a bench: fill its memory or its disk, hang it, be half taken."""

import re
import zipfile
from pathlib import Path

import pytest

from app.data.imports import limits
from tests.data.imports.files import opened, read, serial, xlsx_file
from tests.data.imports.packages import ROWS, cells, refused, rewritten, sheet_xml

SHEET = "xl/worksheets/sheet1.xml"


def test_elements_of_ever_new_names_are_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PARTS", 20)
    strange = "".join(f"<x{at}/>" for at in range(31))
    rows = cells("Serial", "Model", row=1) + strange + cells(serial(1), "iPad", row=2)
    assert len(read(sheet_xml(tmp_path / "a", rows)).products) == 1


def test_half_a_spreadsheet_gives_nothing(tmp_path: Path) -> None:
    whole = xlsx_file(tmp_path / "a", *ROWS).read_bytes()
    for cut in (len(whole) // 2, len(whole) - 1, 10):
        (tmp_path / "b").write_bytes(whole[:cut])
        assert refused(tmp_path / "b") == "half_a_file"


def test_a_damaged_part_gives_nothing(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a", *ROWS)
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(SHEET)
    content = bytearray(path.read_bytes())
    at = entry.header_offset + 30 + len(SHEET) + entry.compress_size // 2
    content[at : at + 8] = b"\xff" * 8
    path.write_bytes(content)
    assert refused(path) in {"half_a_file", "hostile_xml"}


def claiming(path: Path, part: str, size: int) -> Path:
    """A package one of whose parts claims to unpack to a size."""
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(part)
    content = path.read_bytes()
    at = content.index(part.encode(), content.index(b"PK\x01\x02")) - 46
    assert int.from_bytes(content[at + 24 : at + 28], "little") == entry.file_size
    path.write_bytes(content[: at + 24] + size.to_bytes(4, "little") + content[at + 28 :])
    return path


def test_a_part_that_claims_a_gigabyte_is_not_unpacked(tmp_path: Path) -> None:
    assert refused(claiming(xlsx_file(tmp_path / "a", *ROWS), SHEET, 2**30)) == "zip_bomb"
    assert refused(claiming(xlsx_file(tmp_path / "b", *ROWS), SHEET, 2**32 - 2)) == "zip_bomb"


def test_a_part_that_unpacks_to_more_than_it_claims_is_read_no_further(tmp_path: Path) -> None:
    assert refused(claiming(xlsx_file(tmp_path / "a", *ROWS), SHEET, 300)) in {
        "half_a_file",
        "hostile_xml",
    }


def test_a_bomb_of_zeros_is_refused_unread(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a", *ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", bytes(20 * 2**20))
    assert refused(path) == "zip_bomb"


def test_a_package_of_too_many_parts_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PARTS", 20)
    path = xlsx_file(tmp_path / "a", *ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        for at in range(20):
            archive.writestr(f"{at}", "")
    assert refused(path) == "zip_bomb"
    with zipfile.ZipFile(path, "a") as archive:
        for at in range(200):
            archive.writestr(f"x{at}", "")
    assert refused(path) == "zip_bomb"


def test_a_spreadsheet_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = xlsx_file(tmp_path / "a", *ROWS)
    with monkeypatch.context() as patch:
        patch.setattr(limits, "WORKBOOK", 100)
        assert refused(path) == "too_large"
    monkeypatch.setattr(limits, "STRINGS", 100)
    assert refused(path) == "too_large"


@pytest.mark.parametrize(
    ("signature", "code"), [(b"PK\x06\x07", "zip_bomb"), (b"none", "half_a_file")]
)
def test_a_directory_that_is_elsewhere_is_not_followed(
    tmp_path: Path, signature: bytes, code: str
) -> None:
    path = xlsx_file(tmp_path / "a", *ROWS)
    content = path.read_bytes()
    at = content.rindex(b"PK\x05\x06")
    end = content[at:] if signature.startswith(b"PK") else b""
    path.write_bytes(content[:at] + signature + bytes(16) + end)
    assert refused(path) == code


def test_a_package_with_a_comment_is_read(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a", *ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"exported"
    assert len(read(path).products) == 2


def entity(xml: str) -> str:
    bomb = "<!DOCTYPE w [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
    return bomb + re.sub(r"^<\?xml.*?\?>", "", xml)


@pytest.mark.parametrize("part", ["sheet1", "workbook", "styles", "rels"])
def test_xml_with_entities_is_refused(tmp_path: Path, part: str) -> None:
    assert refused(rewritten(xlsx_file(tmp_path / "a", *ROWS), **{part: entity})) in {
        "hostile_xml",
        "not_xlsx",
    }


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='1'><c r='A1'><v>1</v>",  # ends in the middle
        "<row r='2'/><row r='2'/>",  # the same row twice
        "<row r='9999999'/>",
        "<row r='1'><c r='XFE1'><v>1</v></c></row>",
        "<row r='1'><c r='!1'><v>1</v></c></row>",
        "<row r='1'><c r='A1' t='s'><v>7</v></c></row>",  # no such text
        "<row r='1'><c r='A1' t='s'><v>x</v></c></row>",
        "<a>" * 100 + "</a>" * 100,
        f"<row r='1' x='{'y' * 2_200_000}'/>",
        f"<row r='1'><c t='inlineStr'><is>{'<t>a</t>' * 1200}</is></c></row>",
    ],
)
def test_xml_that_no_spreadsheet_has_is_refused(tmp_path: Path, rows: str) -> None:
    assert refused(sheet_xml(tmp_path / "a", rows)) == "hostile_xml"


def test_a_cell_far_out_takes_no_memory_for_what_lies_between(tmp_path: Path) -> None:
    rows = cells("Serial", "Model", row=1) + cells(serial(1), "iPad", row=2)
    far = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    found = read(sheet_xml(tmp_path / "a", rows + far))
    assert found.values("serial") == [serial(1)]
    assert found.reasons == [(1_048_576, "Serial", "missing")]


def test_cells_out_of_order_find_their_columns(tmp_path: Path) -> None:
    rows = cells("Serial", "Model", row=1) + (
        "<row r='2'><c r='B2' t='str'><v>iPad</v></c>"
        f"<c r='A2' t='str'><v>{serial(1)}</v></c></row>"
    )
    assert read(sheet_xml(tmp_path / "a", rows)).values("model") == ["iPad"]


@pytest.mark.parametrize(
    "missing", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_package_that_is_no_spreadsheet_is_told(tmp_path: Path, missing: str) -> None:
    path = xlsx_file(tmp_path / "a", *ROWS)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b", "w") as new:
        for name in old.namelist():
            if name != missing:
                new.writestr(name, old.read(name))
    assert refused(tmp_path / "b") == "not_xlsx"


def test_an_encrypted_package_is_told(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a", *ROWS)
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)
    assert refused(path) == "not_xlsx"


@pytest.mark.parametrize("field", [6, 10])
def test_a_package_of_another_version_or_packed_in_another_way_is_told(
    tmp_path: Path, field: int
) -> None:
    path = xlsx_file(tmp_path / "a", *ROWS)
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    while at >= 0:
        content[at + field] = 99
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)
    assert refused(path) == "not_xlsx"


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_packed_so_that_no_bound_holds_is_refused_unread(tmp_path: Path, way: int) -> None:
    path = xlsx_file(tmp_path / "a", *ROWS)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name), way if name == SHEET else None)
    assert refused(tmp_path / "b") == "not_xlsx"


@pytest.mark.parametrize(
    ("part", "end", "more"),
    [
        ("workbook.xml", "</Relationships>", "<Relationship Id='{}'/>"),
        ("workbook", "</sheets>", "<sheet name='{}'/>"),
        ("styles", "</cellXfs>", "<xf numFmtId='{}'/>"),
        ("styles", "<cellXfs", "<numFmt numFmtId='{}'/>"),
    ],
)
def test_a_spreadsheet_that_tells_ever_more_of_itself_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, end: str, more: str
) -> None:
    path = xlsx_file(tmp_path / "a", *ROWS)
    monkeypatch.setattr(limits, "PARTS", 30)
    monkeypatch.setattr(limits, "STYLES", 30)
    assert len(read(path).products) == 2
    told = "".join(more.format(at) for at in range(31))

    def filled(xml: str) -> str:
        return xml.replace(end, f"{told}{end}", 1)

    assert refused(rewritten(path, **{part: filled})) == "hostile_xml"


def test_a_sheet_that_many_tabs_name_is_one_sheet(tmp_path: Path) -> None:
    def twice(xml: str) -> str:
        return re.sub(r"<sheet .*?/>", lambda tab: tab[0] + tab[0].replace("Sheet", "Other"), xml)

    path = rewritten(xlsx_file(tmp_path / "a", *ROWS), workbook=twice)
    assert opened(path).sheets == ("Sheet",)
    assert len(read(path).products) == 2
