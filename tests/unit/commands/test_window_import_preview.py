"""The first rows of a file as the window shows them, and mappings made by hand."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook

from app.commands.window_import_preview import (
    mapping_of,
    preview_of,
    problem_of,
    refusal_problem,
    saved_mapping,
    table_of,
)
from app.data.imports import FIELDS, ImportFileError, MappingError, save_mapping
from app.services.import_sight import WHOLE_ROW, FileAsk, PreviewSight, Problem, UnreadableSight

TODAY: Final = date(2026, 11, 23)


def written(folder: Path, text: str, encoding: str = "utf-8") -> FileAsk:
    path = folder / "products.csv"
    path.write_bytes(text.encode(encoding))
    return FileAsk(path)


def seen(home: Path, ask: FileAsk) -> PreviewSight:
    sight = preview_of(home, ask, TODAY)
    assert isinstance(sight, PreviewSight)
    return sight


def test_a_known_table_needs_nothing_said(tmp_path: Path) -> None:
    sight = seen(tmp_path, written(tmp_path, "Serial,Model,Phone number\nSERNUM12345,iPad,070\n"))
    assert [(one.heading, one.field, one.is_private) for one in sight.columns] == [
        ("Serial", "serial", False),
        ("Model", "model", False),
        ("Phone number", "", True),
    ]
    assert [one.is_free for one in sight.columns] == [True, True, False]
    assert (sight.mapping.name, sight.mapping.is_preset) == ("plain", True)
    assert dict(sight.mapping.titles)["sv"] == "Enkel tabell"
    assert (sight.encoding, sight.delimiter, sight.sheet) == ("utf-8", ",", "")
    assert (sight.fields, sight.problem) == (FIELDS, None)
    assert [(row.number, row.cells) for row in sight.rows] == [(2, ("SERNUM12345", "iPad", "070"))]


def test_a_spreadsheet_tells_its_sheets(tmp_path: Path) -> None:
    book = Workbook()
    (first,) = book.worksheets
    first.title = "Mac"
    first.append(["Serial"])
    first.append(["SERNUM12345"])
    other = book.create_sheet("iPad")
    other.append(["Serial"])
    path = tmp_path / "products.xlsx"
    book.save(path)
    sight = seen(tmp_path, FileAsk(path))
    assert (sight.sheet, sight.sheets, sight.encoding) == ("Mac", ("Mac", "iPad"), "")
    empty = seen(tmp_path, FileAsk(path, sheet="iPad"))
    assert (empty.sheet, empty.rows, empty.problem) == ("iPad", (), None)


def test_each_refused_cell_says_why_and_a_row_as_a_whole_too(tmp_path: Path) -> None:
    ask = written(
        tmp_path, "Serial,Model\nSERNUMO2345,iPad\nSERNUM12346,iPad,x\nSERNUM12347,iPad\n"
    )
    rows = seen(tmp_path, ask).rows
    (bad,), (wide,) = rows[0].reasons, rows[1].reasons
    assert (bad.at, bad.column, bad.problem.key) == (0, "Serial", "import.refused.serial_i_or_o")
    assert (wide.at, wide.column) == (WHOLE_ROW, "")
    assert rows[2].reasons == ()


def test_dates_are_read_in_the_order_that_was_said(tmp_path: Path) -> None:
    ask = written(tmp_path, "Serial,Purchase date\nSERNUM12345,03/04/2026\n")
    (row,) = seen(tmp_path, ask).rows
    assert row.reasons[0].problem.key == "import.refused.ambiguous_day"
    said = seen(tmp_path, FileAsk(ask.path, dates="dmy"))
    assert (said.dates, said.rows[0].reasons) == ("dmy", ())


def test_two_columns_of_one_field_are_read_one_after_the_other(tmp_path: Path) -> None:
    ask = written(tmp_path, "Nr,Gammalt nr\n,SERNUM12345\n")
    by_hand = FileAsk(ask.path, "plain", ((0, "serial"), (1, "serial"), (99, "model")))
    mapping = mapping_of(tmp_path, by_hand, table_of(tmp_path, by_hand))
    assert mapping.fields["serial"] == ("Nr", "Gammalt nr")
    assert set(mapping.marks) >= {"Nr", "Gammalt nr"}
    assert seen(tmp_path, by_hand).rows[0].reasons == ()


def test_a_mapping_of_ones_own_stands_before_the_presets_and_over_one_of_the_same_name(
    tmp_path: Path,
) -> None:
    ask = written(tmp_path, "Nr,Vad\nSERNUM12345,iPad\n")
    by_hand = FileAsk(ask.path, "plain", ((0, "serial"), (1, "model")))
    save_mapping(tmp_path, saved_mapping(tmp_path, by_hand, "Plain"))
    sight = seen(tmp_path, ask)
    assert [one.name for one in sight.mappings].count("plain") == 1
    assert sight.mappings[0].name == "plain"
    assert not sight.mapping.is_preset
    assert sight.problem is None


def test_without_a_serial_the_way_on_is_told(tmp_path: Path) -> None:
    ask = written(tmp_path, "Vad,Var\niPad,här\n")
    expected = Problem("import_screen.no_serial")
    assert seen(tmp_path, ask).problem == expected
    assert seen(tmp_path, FileAsk(ask.path, "plain", ((0, "model"),))).problem == expected
    with pytest.raises(MappingError) as refused:
        saved_mapping(tmp_path, FileAsk(ask.path, "plain", ((0, "model"),)), "x")
    assert problem_of(refused.value) == expected


def test_two_columns_of_the_same_name_are_told(tmp_path: Path) -> None:
    problem = seen(tmp_path, written(tmp_path, "Serial,Serial\nSERNUM12345,x\n")).problem
    assert problem == Problem("import.file.duplicate_heading", (("detail", "Serial"),))


def test_what_is_no_table_says_why(tmp_path: Path) -> None:
    ask = written(tmp_path, "")
    sight = preview_of(tmp_path, ask, TODAY)
    assert sight == UnreadableSight(
        ask, Problem("import.file.empty", (("detail", "products.csv"),))
    )
    with pytest.raises(ImportFileError):
        saved_mapping(tmp_path, ask, "x")


def test_a_file_with_headings_alone_has_no_rows(tmp_path: Path) -> None:
    sight = seen(tmp_path, written(tmp_path, "Serial,Model"))
    assert (sight.rows, sight.problem) == ((), None)


@pytest.mark.parametrize("code", ["conflicting_duplicate", "imei_of_another"])
def test_what_comes_twice_names_the_row_that_has_it(code: str) -> None:
    known = refusal_problem(code, "X", 7)
    assert known.key == f"import.refused.{code}"
    assert dict(known.fields)["row"] == "7"
