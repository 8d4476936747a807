"""The import's screen: its buttons, counts, reasons, and the preview's model."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from app.services.import_sight import (
    Problem,
    RunSight,
    RunState,
)
from app.ui.office.importing.painting import import_actions, import_rows
from app.ui.office.importing.panel import Importing
from app.ui.office.importing.preview_model import HeadRole, PreviewModel, PreviewRole
from app.ui.theme.colours import Level
from app.ui.widgets.table_model import RowsModel
from app.ui.wording import MISSING, Wording
from tests.ui.conftest import Open
from tests.ui.import_samples import (
    ASK,
    CHECKED,
    CLEAN,
    COLUMN_STEP,
    COUNTS,
    IMPORT_STATES,
    LEFT_OUT,
    PREVIEW,
    WRITE,
)
from tests.ui.import_window import ShownImport, at_import

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def shown(open_window: Open) -> ShownImport:
    return at_import(open_window())


# ----------------------------------------------------------------------
# Words
# ----------------------------------------------------------------------


def codes(name: str, wording: Wording) -> list[str]:
    importing = IMPORT_STATES[name].importing
    assert importing is not None
    return [one.code.removeprefix("IMPORT_") for one in import_actions(importing, wording)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("import_file", ["FILE", "BACK"]),
        ("import_unreadable", ["FILE", "BACK"]),
        ("import_columns", ["CHECK", "SAVE", "FILE", "BACK"]),
        ("import_columns_no_serial", ["FILE", "BACK"]),
        ("import_runs", ["STOP", "BACK"]),
        ("import_stops", ["BACK"]),
        ("import_checked", ["RUN", "REFUSED", "COLUMNS", "FILE", "BACK"]),
        ("import_checked_left", ["RUN", "REFUSED", "COLUMNS", "RETURN", "BACK"]),
        ("import_checked_clean", ["RUN", "COLUMNS", "FILE", "BACK"]),
        ("import_checked_nothing_new", ["FILE", "COLUMNS", "BACK"]),
        ("import_done", ["FILE", "REFUSED", "BACK"]),
        ("import_cancelled", ["RUN", "COLUMNS", "FILE", "BACK"]),
        ("import_failed", ["RUN", "COLUMNS", "FILE", "BACK"]),
    ],
)
def test_the_buttons_are_what_can_be_done_next(
    name: str, expected: list[str], english: Wording
) -> None:
    assert codes(name, english) == expected


def test_counts_and_reasons_are_told(english: Wording) -> None:
    importing = IMPORT_STATES["import_checked"].importing
    assert importing is not None
    result = import_rows(importing, english).result
    assert result is not None
    assert dict(result.counts) == {
        "New": "11\N{NARROW NO-BREAK SPACE}020",
        "Changed": "940",
        "Unchanged": "505",
        "Twice in the file": "12",
        "Refused": "3",
        "Rows in all": "12\N{NARROW NO-BREAK SPACE}480",
    }
    assert [[cell.text for cell in row[:2]] for row in result.table.rows] == [
        ["4", "Serienummer"],
        ["6", "Inköpsdatum"],
        ["9", MISSING],
    ]
    assert result.table.rows[1][2].note.endswith("or write 2026-03-01.")


def test_of_many_refused_rows_the_first_are_told_to_be_the_first(english: Wording) -> None:
    many = replace(CHECKED, counts=replace(COUNTS, refused=4_321))
    result = import_rows(replace(COLUMN_STEP, run=many), english).result
    assert result is not None
    assert result.table.title.startswith("The first 3 of 4321 refused rows")


def test_rows_that_are_left_out_are_counted_and_told_with_their_reasons(english: Wording) -> None:
    result = import_rows(replace(COLUMN_STEP, run=LEFT_OUT), english).result
    assert result is not None
    assert dict(result.counts)["Removed earlier"] == "1"
    assert dict(result.counts)["Replaced units"] == "1"
    assert result.table.title == "5 rows are not brought in"
    assert result.table.headers[-1] == "Why not"
    *_, gone, replaced = result.table.rows
    assert (gone[0].text, gone[2].text) == (
        "14",
        "C02XK0ABJGH5 was removed on 2026-11-20 by Maria Lind; not brought back.",
    )
    assert "F2LXK0ABN735 is now DMPXK0ABJF8J" in replaced[2].text


def test_of_many_rows_that_are_left_out_the_first_are_told_to_be_the_first(
    english: Wording,
) -> None:
    many = replace(LEFT_OUT, counts=replace(COUNTS, removed=1_000))
    result = import_rows(replace(COLUMN_STEP, run=many), english).result
    assert result is not None
    assert result.table.title.startswith("The first 5 of 1003 rows")


def test_what_another_program_said_is_told_as_it_said_it(english: Wording) -> None:
    run = RunSight(CHECKED.order, RunState.FAILED, problem=Problem("", text="The disk is full."))
    columns = import_rows(replace(COLUMN_STEP, run=run), english).columns
    assert columns is not None
    assert (columns.note, columns.level) == ("The disk is full.", Level.STOP)


def test_what_was_written_counts_no_more_once_something_else_begins(shown: ShownImport) -> None:
    shown.choose_file()
    shown.key(Qt.Key.Key_F6)
    shown.port.tell(CHECKED)
    shown.port.tell(replace(CHECKED, order=WRITE))
    assert shown.state is not None
    assert shown.state.written is not None
    shown.key(Qt.Key.Key_F6)
    assert shown.state.written is None


# ----------------------------------------------------------------------
# The preview's model
# ----------------------------------------------------------------------


def test_the_preview_keeps_qts_promises(english: Wording) -> None:
    model = PreviewModel()
    tester = QAbstractItemModelTester(model, FATAL)
    for preview in (PREVIEW, replace(PREVIEW, columns=(), rows=()), CLEAN):
        columns = import_rows(Importing(ASK, preview), english).columns
        assert columns is not None
        model.show_table(columns.table)
        assert (model.rowCount(), model.columnCount()) == (
            len(preview.rows),
            len(preview.columns),
        )
    assert tester.model() is model


def test_a_cell_of_the_preview_tells_its_text_and_why_it_is_refused(english: Wording) -> None:
    columns = import_rows(COLUMN_STEP, english).columns
    assert columns is not None
    model = PreviewModel()
    anew = QSignalSpy(model.modelReset)
    model.show_table(columns.table)
    model.show_table(replace(columns.table, row=3))
    assert (anew.count(), model.table.row) == (1, 3)
    bad = model.index(2, 0)
    assert bad.data() == "C02XKOABJGH5"
    assert "letter I or O" in bad.data(Qt.ItemDataRole.ToolTipRole)
    assert bad.data(PreviewRole) == columns.table.rows[2][0]
    assert bad.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(RowsModel().index(0, 0)) is None
    head, role = model.headerData, Qt.ItemDataRole.DisplayRole
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert head(0, across, role) == "Serienummer, Serial number"
    assert head(0, across, HeadRole) == columns.table.heads[0]
    assert head(0, across, Qt.ItemDataRole.DecorationRole) is None
    assert head(99, across, role) is None
    assert (head(0, down, role), head(99, down, role)) == ("2", None)


def test_a_short_row_has_empty_cells(english: Wording) -> None:
    columns = import_rows(COLUMN_STEP, english).columns
    assert columns is not None
    model = PreviewModel()
    model.show_table(replace(columns.table, rows=(columns.table.rows[0][:1],)))
    assert model.index(0, 3).data() == ""
