"""The import's screen: reached, left, a file chosen, its columns told what they are."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest

from app.services.import_sight import (
    FileAsk,
    Problem,
    SavedSight,
    UnreadableSight,
)
from app.services.views import Screen, Tone
from app.ui.office.importing.choosing import chosen
from app.ui.office.importing.painting import import_rows
from app.ui.office.importing.panel import Importing, Step, Subject
from app.ui.office.panel import Office
from app.ui.screens.home.view import HomeView
from app.ui.theme.colours import Level
from app.ui.wording import MISSING, Wording
from tests.ui.conftest import Open
from tests.ui.esd_samples import feedback
from tests.ui.import_samples import (
    ASK,
    CHECKED,
    CLEAN,
    COLUMN_STEP,
    PREVIEW,
    XLSX,
)
from tests.ui.import_window import HOME, ShownImport, at_import
from tests.ui.samples import outcome

IGNORED = pytest.mark.qt_log_ignore("propagateSizeHints")
"""What Qt says of a second window where there is no screen."""


@pytest.fixture
def shown(open_window: Open) -> ShownImport:
    return at_import(open_window())


# ----------------------------------------------------------------------
# Reached, left, taken up again
# ----------------------------------------------------------------------


def test_a_key_asks_the_bench_whether_somebody_may_import(open_window: Open) -> None:
    opened = open_window()
    opened.bridge.tell_opened(HOME)
    QTest.keyClick(opened.window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert opened.bench.commands == ["IMPORT"]


def test_whoever_may_not_import_sees_no_screen(open_window: Open) -> None:
    opened = open_window()
    opened.bridge.tell_opened(HOME)
    refused = feedback(Tone.REFUSED, "import_lead_only", "ask_lead_to_import", person="Anna")
    opened.bridge.tell_outcome(outcome(refused, HOME))
    assert opened.controller.state.importing is None


def test_it_is_shown_over_the_register_and_esc_goes_back_there(shown: ShownImport) -> None:
    shown.told("office_register")
    assert shown.state is None
    shown.told("import_shown")
    assert shown.state == Importing()
    assert shown.view.isVisible()
    shown.key(Qt.Key.Key_Escape)
    assert shown.state is None
    assert isinstance(shown.opened.controller.state.office, Office)
    assert shown.opened.bench.commands == []


def test_work_that_goes_on_is_shown_and_the_import_is_found_again(shown: ShownImport) -> None:
    shown.choose_file()
    shown.told("home", replace(HOME, screen=Screen.ESD_GATE))
    assert shown.state is None
    shown.port.tell(CLEAN)
    assert shown.state is None
    shown.told("import_shown", replace(HOME, screen=Screen.ESD_GATE))
    assert shown.state is not None
    assert shown.state.preview == CLEAN


def test_home_leaves_it_and_the_devices_take_its_place(shown: ShownImport) -> None:
    shown.told("home_already")
    home = shown.opened.window.findChild(HomeView)
    assert home is not None
    assert home.isVisible()
    shown.told("import_shown")
    shown.told("devices_shown")
    assert shown.state is None


def test_a_scan_that_changes_nothing_leaves_it_there(shown: ShownImport) -> None:
    shown.told("scan.unknown", tone=Tone.REFUSED)
    assert shown.state is not None


def test_a_key_of_the_work_does_nothing_unseen(shown: ShownImport) -> None:
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6):
        shown.key(key)
    assert shown.opened.bench.commands == []
    shown.key(Qt.Key.Key_F7)
    assert shown.opened.bench.commands == ["REGISTER"]


# ----------------------------------------------------------------------
# The file
# ----------------------------------------------------------------------


@IGNORED
def test_a_file_is_chosen_in_a_dialog_that_holds_nothing_up(shown: ShownImport) -> None:
    shown.key(Qt.Key.Key_F2)
    dialog = shown.dialog()
    dialog.fileSelected.emit(str(ASK.path))
    dialog.accept()
    assert shown.port.looked == [ASK]
    dialog.reject()
    assert shown.opened.controller.importing.dialog is None


@IGNORED
def test_leaving_closes_the_dialog(shown: ShownImport) -> None:
    shown.key(Qt.Key.Key_F2)
    assert shown.dialog().isVisible()
    shown.told("home", replace(HOME, screen=Screen.ESD_GATE))
    assert shown.opened.controller.importing.dialog is None


def test_a_file_can_be_dropped(shown: ShownImport) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(ASK.path))])
    where, left = QPointF(50, 50), Qt.MouseButton.LeftButton
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    entering = QDragEnterEvent(where.toPoint(), copy, data, left, none)
    shown.view.dragEnterEvent(entering)
    assert entering.isAccepted()
    shown.view.dropEvent(QDropEvent(where, copy, data, left, none))
    assert shown.port.looked == [ASK]


def test_what_is_no_file_of_this_computer_cannot_be_dropped(shown: ShownImport) -> None:
    where, left = QPointF(50, 50), Qt.MouseButton.LeftButton
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    text = QMimeData()
    text.setText("a text")
    entering = QDragEnterEvent(where.toPoint(), copy, text, left, none)
    entering.ignore()
    shown.view.dragEnterEvent(entering)
    assert not entering.isAccepted()
    elsewhere = QMimeData()
    elsewhere.setUrls([QUrl("https://example.org/products.csv")])
    shown.view.dropEvent(QDropEvent(where, copy, elsewhere, left, none))
    assert shown.port.looked == []


def test_a_file_that_is_no_table_says_why_and_another_can_be_chosen(shown: ShownImport) -> None:
    shown.opened.controller.importing.open_file(str(ASK.path))
    assert shown.step is Step.COLUMNS
    shown.port.tell(UnreadableSight(ASK, Problem("import.file.empty", (("detail", "p.csv"),))))
    assert shown.step is Step.FILE
    shown.choose_file(XLSX)
    assert shown.step is Step.COLUMNS


# ----------------------------------------------------------------------
# The columns
# ----------------------------------------------------------------------


def test_the_first_column_that_nothing_is_known_of_is_marked(shown: ShownImport) -> None:
    shown.choose_file()
    assert shown.state is not None
    assert shown.state.column == 5
    assert shown.view.columns.table.currentIndex().column() == 5


def test_a_column_is_mapped_by_keys_alone(shown: ShownImport) -> None:
    shown.choose_file()
    table, options = shown.view.columns.table, shown.view.columns.options
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert options.hasFocus()
    QTest.keyClicks(options, "Hol")
    QTest.keyClick(options, Qt.Key.Key_Return)
    ask = shown.port.looked[-1]
    assert ask.mapping == "plain"
    assert dict(ask.fields or ())[5] == "holder"
    assert dict(ask.fields or ())[0] == "serial"
    assert table.hasFocus()
    assert shown.state is not None
    assert not shown.state.can_check
    shown.port.tell(replace(PREVIEW, ask=ask))
    assert shown.state.can_check
    assert shown.state.column == 5


def test_arrows_move_the_mark_and_a_marked_cell_says_why_it_is_refused(
    shown: ShownImport, english: Wording
) -> None:
    shown.choose_file()
    table = shown.view.columns.table
    for _ in range(2):
        QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert shown.state is not None
    assert (shown.state.row, shown.state.column) == (2, 0)
    first = table.model().index(0, 0).data()
    QTest.keyClicks(table, first[:4])  # letters are the field's at the foot, and move no mark
    assert (shown.state.row, shown.state.column) == (2, 0)
    columns = import_rows(shown.state, english).columns
    assert columns is not None
    assert columns.note.startswith("Row 4: C02XKOABJGH5 has the letter I or O")
    assert columns.level is Level.ATTENTION


def test_a_press_on_a_heading_chooses_that_columns_field(shown: ShownImport) -> None:
    shown.choose_file()
    shown.view.columns.table.horizontalHeader().sectionClicked.emit(1)
    assert shown.state is not None
    assert (shown.state.column, shown.state.subject) == (1, Subject.FIELD)
    assert shown.view.columns.options.hasFocus()


@pytest.mark.parametrize(
    ("subject", "code", "expected"),
    [
        (Subject.MAPPING, "jamf-pro", replace(ASK, mapping="jamf-pro")),
        (Subject.ENCODING, "utf-8", replace(ASK, encoding="utf-8")),
        (Subject.DELIMITER, "\t", replace(ASK, delimiter="\t")),
        (Subject.SHEET, "iPad", replace(ASK, sheet="iPad")),
        (Subject.DATES, "dmy", replace(ASK, dates="dmy")),
    ],
)
def test_how_a_file_is_read_can_be_said(subject: Subject, code: str, expected: FileAsk) -> None:
    assert chosen(replace(COLUMN_STEP, subject=subject), code) == expected


def test_what_is_chosen_already_asks_nothing() -> None:
    assert chosen(replace(COLUMN_STEP, column=0), "serial") is None
    assert chosen(replace(COLUMN_STEP, column=99), "serial") is None
    assert chosen(Importing(), "serial") is None


def test_another_encoding_is_read_at_once(shown: ShownImport) -> None:
    shown.choose_file()
    QTest.mouseClick(shown.view.columns.subjects[2], Qt.MouseButton.LeftButton)
    options = shown.view.columns.options
    QTest.keyClick(options, Qt.Key.Key_Up)
    QTest.keyClick(options, Qt.Key.Key_Space)
    assert shown.port.looked[-1] == replace(ASK, encoding="utf-8")


def test_a_mapping_is_saved_by_name_and_used_from_then_on(shown: ShownImport) -> None:
    shown.choose_file()
    shown.key(Qt.Key.Key_F3)
    name = shown.view.columns.name
    assert name.hasFocus()
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert shown.port.saved == []
    QTest.keyClicks(name, " Norr ")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert shown.port.saved == [(ASK, "Norr")]
    shown.port.tell(SavedSight("norr"))
    now = replace(ASK, mapping="norr")
    assert shown.port.looked[-1] == now
    shown.port.tell(replace(PREVIEW, ask=now))
    assert shown.state is not None
    assert shown.state.saved == SavedSight("norr")


def test_a_mapping_that_cannot_be_saved_says_why(shown: ShownImport) -> None:
    shown.choose_file()
    problem = Problem("import.mapping.bad_name", (("detail", "?"),))
    shown.port.tell(SavedSight("?", problem))
    assert shown.state is not None
    assert shown.state.ask == ASK
    assert shown.state.saved == SavedSight("?", problem)
    assert shown.port.looked == [ASK]


def test_a_late_answer_is_left_out(shown: ShownImport) -> None:
    shown.choose_file()
    other = replace(ASK, path=Path("other.csv"))
    shown.port.tell(replace(CLEAN, ask=other))
    shown.port.tell(UnreadableSight(other, Problem("import.file.empty")))
    shown.port.tell(replace(CHECKED, order=replace(CHECKED.order, ask=other)))
    assert shown.state == COLUMN_STEP


def test_a_file_without_columns_to_show_says_so(english: Wording) -> None:
    bare = replace(PREVIEW, columns=(), rows=())
    columns = import_rows(Importing(ASK, bare), english).columns
    assert columns is not None
    assert columns.options.choices == ()
    assert columns.subjects[0].note == MISSING


def test_an_encoding_and_a_separator_that_are_not_offered_are_told_as_they_are(
    english: Wording,
) -> None:
    odd = replace(PREVIEW, encoding="cp737", delimiter="~")
    for subject, code in ((Subject.ENCODING, "cp737"), (Subject.DELIMITER, "~")):
        columns = import_rows(Importing(ASK, odd, subject=subject), english).columns
        assert columns is not None
        assert [one.code for one in columns.options.choices if one.chosen] == [code]
        assert columns.options.choices[-1].title == code
