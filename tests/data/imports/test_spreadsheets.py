"""Spreadsheets: which of their sheets is read, and what their cells mean."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from app.data.imports import Options, limits
from app.data.imports.xlsx_cells import day_of, number_of
from tests.data.imports.files import (
    EID,
    HEADINGS,
    IMEI,
    OTHER_IMEI,
    fill,
    opened,
    read,
    serial,
    sheet_of,
    xlsx_file,
)
from tests.data.imports.packages import ROWS, cells, refused, rewritten, sheet_xml

MORNING = datetime(2026, 3, 1)  # noqa: DTZ001 - a sheet's day has no zone
AFTERNOON = datetime(2026, 3, 1, 13, 45)  # noqa: DTZ001


def test_a_spreadsheet_is_read_like_a_file_of_text(tmp_path: Path) -> None:
    found = read(xlsx_file(tmp_path / "named.csv", *ROWS))
    assert found.values("holder") == ["Åsa", "Bo"]
    assert found.values("row") == [2, 3]
    assert found.batches[-1].done == 1.0


def test_many_rows_come_in_batches(tmp_path: Path) -> None:
    rows = [(serial(at), "iPhone 13", f"Holder {at}") for at in range(5_000)]
    found = read(xlsx_file(tmp_path / "a", HEADINGS, *rows))
    assert found.values("serial") == [row[0] for row in rows]
    assert len(found.batches) >= 3
    assert [batch.done for batch in found.batches] == sorted(batch.done for batch in found.batches)


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = sheet_of(book)
    sheet["B2"] = "Register of 2026"
    for at, text in enumerate(HEADINGS):
        sheet.cell(5, at + 1, text)
    for row, number in ((6, 1), (9, 2), (40_000, 3)):
        sheet.cell(row, 1, serial(number))
    sheet.cell(50_000, 1, "bad")
    sheet.cell(50_001, 1).font = Font(bold=True)
    book.save(tmp_path / "a")
    found = read(tmp_path / "a")
    assert found.values("row") == [6, 9, 40_000]
    assert found.reasons == [(50_000, "Serial", "not_a_serial")]


def test_days_and_numbers_are_what_the_cells_show(tmp_path: Path) -> None:
    book = Workbook()
    sheet = sheet_of(book)
    fill(
        sheet,
        ("Serial", "IMEI", "Purchase date", "Leased until", "Tag"),
        (serial(1), int(IMEI), MORNING, date(2027, 3, 1), 1001),
        (serial(2), float(OTHER_IMEI), "2026-03-01", 46_447, 10.5),
        (12_345_678, None, AFTERNOON, "", True),
    )
    sheet["C5"], sheet["A5"], sheet["E5"] = 46_082, serial(5), False
    sheet["C5"].number_format = '[$-41D]"den" d mmmm yyyy'
    sheet["D5"], sheet["D5"].number_format = 46_447, "0.00 [Red]"
    book.save(tmp_path / "a")
    found = read(tmp_path / "a")
    assert found.reasons == []
    assert found.values("imeis") == [(IMEI,), (OTHER_IMEI,), (), ()]
    assert found.values("bought_on") == ["2026-03-01"] * 4
    assert found.values("leased_until") == ["2027-03-01", "2027-03-01", None, "2027-03-01"]
    assert found.values("tag") == ["1001", "10.5", "TRUE", "FALSE"]


def test_days_count_from_1904_where_the_spreadsheet_says_so(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    fill(sheet_of(book), ("Serial", "Purchase date"), (serial(1), MORNING))
    fill(sheet_of(book), (serial(2), 44_620))
    book.save(tmp_path / "a")
    assert opened(tmp_path / "a").has_1904
    assert read(tmp_path / "a").values("bought_on") == ["2026-03-01", "2026-03-01"]


def test_a_number_that_a_spreadsheet_rounded_is_refused(tmp_path: Path) -> None:
    found = read(
        xlsx_file(
            tmp_path / "a",
            ("Serial", "IMEI", "EID"),
            (serial(1), "3.53E+14", ""),
            (serial(2), "", float(EID)),
            (3.5e20, "", ""),
            (serial(4), IMEI, EID),
        )
    )
    assert found.reasons == [
        (2, "IMEI", "lost_digits"),
        (3, "EID", "lost_digits"),
        (4, "Serial", "lost_digits"),
    ]
    assert found.values("eid") == [EID]


def test_a_formula_counts_by_its_value_and_is_refused_without_one(tmp_path: Path) -> None:
    rows = (
        cells("Serial", "Model", "Notes", row=1)
        + f"<row><c r='A2' t='str'><f>B9</f><v>{serial(1)}</v></c>"
        + "<c r='B2' t='str'><f>1</f><v></v></c></row>"
        + "<row r='3'><c r='B3'><f>A1+1</f></c>"
        + f"<c r='A3' t='inlineStr'><is><t>{serial(2)}</t></is></c></row>"
        + f"<row r='4'><c r='A4' t='str'><v>{serial(3)}</v></c><c r='B4'><f>1</f><v/></c></row>"
        + f"<row r='5'><c r='A5' t='str'><v>{serial(4)}</v></c><c r='C5'><f>1</f></c></row>"
    )
    found = read(sheet_xml(tmp_path / "a", rows))
    assert found.reasons == [
        (3, "Model", "formula_without_value"),
        (4, "Model", "formula_without_value"),
    ]
    assert found.values("serial") == [serial(1), serial(4)]


def test_error_values_refuse_the_row_of_a_mapped_column(tmp_path: Path) -> None:
    rows = (
        cells("Serial", "Model", "Notes", row=1)
        + f"<row r='2'><c t='str'><v>{serial(1)}</v></c><c t='e'><v>#N/A</v></c></row>"
        + f"<row r='3'><c t='str'><v>{serial(2)}</v></c><c/><c t='e'><v>#REF!</v></c></row>"
    )
    found = read(sheet_xml(tmp_path / "a", rows))
    assert found.reasons == [(2, "Model", "error_value")]
    assert found.values("serial") == [serial(2)]


def test_merged_cells_refuse_the_rows_that_have_no_value_of_their_own(tmp_path: Path) -> None:
    book = Workbook()
    sheet = sheet_of(book)
    fill(sheet, ("All products", "", "", ""), (*HEADINGS, "Notes"))
    fill(sheet, *((serial(at), "iPad", "Bo", "x") for at in range(4)))
    for merged in ("A1:D1", "C3:C4", "D4:D6"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "a")
    found = read(tmp_path / "a")
    assert found.reasons == [(4, "Holder", "merged_cell")]
    assert len(found.products) == 3


def test_too_many_merged_cells_refuse_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MERGED", 1_000)
    merged = "<mergeCells><mergeCell ref='E1:F1048576'/></mergeCells></worksheet>"
    path = rewritten(
        xlsx_file(tmp_path / "a", *ROWS),
        sheet1=lambda xml: xml.replace("</worksheet>", merged),
    )
    assert refused(path) == "too_many_merged"


def test_a_merged_range_that_is_none_is_passed_over(tmp_path: Path) -> None:
    path = sheet_xml(
        tmp_path / "a", cells("Serial", "Model", row=1) + cells(serial(1), "iPad", row=2)
    )
    wrong = "<mergeCells><mergeCell ref='A2'/><mergeCell ref='A2:ZZZZ9'/></mergeCells></worksheet>"
    rewritten(path, sheet1=lambda xml: xml.replace("</worksheet>", wrong))
    assert len(read(path).products) == 1


def several(path: Path) -> Path:
    book = Workbook()
    sheet_of(book).title = "Read me"
    fill(sheet_of(book), ("This is", "a register"), ("of our", "products"))
    hidden = book.create_sheet("Old")
    fill(hidden, HEADINGS, (serial(7), "iPad", "Old"))
    hidden.sheet_state = "hidden"
    book.create_chartsheet("Chart")
    fill(book.create_sheet("Products"), *ROWS)
    fill(book.create_sheet("More"), *ROWS)
    book.save(path)
    return path


def test_the_first_sheet_with_headings_of_products_is_read(tmp_path: Path) -> None:
    table = opened(several(tmp_path / "a"))
    assert table.sheet == "Products"
    assert table.sheets == ("Read me", "Old", "Products", "More")
    assert table.preview == tuple(tuple(row) for row in ROWS[1:])


def test_a_sheet_can_be_named_a_hidden_one_too(tmp_path: Path) -> None:
    path = several(tmp_path / "a")
    assert read(path, options=Options(sheet="Old")).values("holder") == ["Old"]
    assert refused(path, Options(sheet="None")) == "no_sheet"


def test_without_known_headings_the_first_sheet_that_is_filled_is_taken(tmp_path: Path) -> None:
    book = Workbook()
    fill(book.create_sheet("Second"), ("Nummer", "Vad"), (serial(1), "iPad"))
    book.save(tmp_path / "a")
    assert opened(tmp_path / "a").sheet == "Second"
    book = Workbook()
    book.save(tmp_path / "b")
    assert refused(tmp_path / "b") == "no_table"


def test_texts_of_several_runs_are_put_together_without_how_they_sound(tmp_path: Path) -> None:
    path = several(tmp_path / "a")
    shared = (
        "<x:sst xmlns:x='urn:x'><x:si><x:r><x:t>Ser</x:t></x:r><x:r><x:t>ial</x:t></x:r></x:si>"
        "<x:si><x:t>Model</x:t><x:rPh><x:t>sound</x:t></x:rPh></x:si></x:sst>"
    )
    rows = (
        "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>"
        f"<row><c t='inlineStr'><is><r><t>{serial(1)[:4]}</t></r><r><t>{serial(1)[4:]}</t></r>"
        "<rPh><t>sound</t></rPh></is></c><c t='s'><v></v></c></row>"
    )
    path = sheet_xml(tmp_path / "b", rows)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", shared)
    relation = "<Relationship Id='z' Type='urn:x/sharedStrings' Target='/xl/sharedStrings.xml'/>"

    def related(xml: str) -> str:
        return xml.replace("</Relationships>", f"{relation}</Relationships>")

    rewritten(path, **{"workbook.xml": related})
    assert read(path).values("serial") == [serial(1)]


def test_our_reading_agrees_with_another_reader(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a", *ROWS)
    with path.open("rb") as file:
        theirs = list(sheet_of(load_workbook(file)).iter_rows(values_only=True))
    table = opened(path)
    assert [tuple(row) for batch in table.records() for row in batch.rows] == theirs


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", "7"),
        ("7.0", "7"),
        ("7.5", "7.5"),
        ("-1e3", "-1000"),
        ("9e99", "9e99"),
        ("x", "x"),
        ("", ""),
    ],
)
def test_a_number_is_written_as_one_would(text: str, number: str) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("46082", "2026-03-01"), ("46082.75", "2026-03-01 18:00:00"), ("0.5", "0.5"),
        ("9999999", "9999999"), ("nan", "nan"), ("x", "x"),
    ],
)  # fmt: skip
def test_a_day_is_written_as_one_would(text: str, day: str) -> None:
    assert day_of(text, has_1904=False) == day
