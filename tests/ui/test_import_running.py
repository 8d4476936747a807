"""The import's screen: the whole file checked, imported, cancelled; its refused rows written."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.services.import_sight import (
    FileAsk,
    Order,
    Problem,
    RunKind,
    RunSight,
    RunState,
)
from app.services.views import Tone
from app.ui.office.importing.painting import import_rows
from app.ui.office.importing.panel import Step
from app.ui.wording import Wording
from tests.ui.conftest import Open
from tests.ui.esd_samples import LEAD, feedback
from tests.ui.import_samples import (
    ASK,
    CHECKED,
    HALF,
    IMPORT,
    LEFT_OUT,
    NOTHING_NEW,
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
# The whole file
# ----------------------------------------------------------------------


def test_a_file_is_checked_then_imported_and_another_can_follow(shown: ShownImport) -> None:
    shown.choose_file()
    shown.key(Qt.Key.Key_F6)
    assert [one.kind for one in shown.port.begun] == [RunKind.CHECK]
    assert shown.port.begun[0] == Order(RunKind.CHECK, ASK, LEAD.id, "en")
    shown.port.tell(CHECKED)
    assert shown.step is Step.CHECK
    shown.key(Qt.Key.Key_F6)
    assert shown.port.begun[-1].kind is RunKind.IMPORT
    shown.port.tell(HALF)
    assert shown.step is Step.IMPORT
    assert shown.view.progress.bar.percent == 27
    shown.opened.controller.importing.open_file("another.csv")
    assert shown.port.looked == [ASK]
    shown.port.tell(replace(CHECKED, order=IMPORT))
    assert shown.step is Step.RESULT
    shown.choose_file(XLSX)
    assert shown.step is Step.COLUMNS


def test_what_a_lead_removed_is_brought_back_when_somebody_asks_for_it(
    shown: ShownImport,
) -> None:
    shown.choose_file()
    shown.key(Qt.Key.Key_F6)
    shown.port.tell(LEFT_OUT)
    shown.key(Qt.Key.Key_F5)
    assert [one.brings_back for one in shown.port.begun] == [False, True]
    assert shown.port.begun[-1].kind is RunKind.CHECK
    shown.port.tell(replace(CHECKED, order=shown.port.begun[-1]))
    shown.key(Qt.Key.Key_F5)  # nothing is left to bring back
    shown.key(Qt.Key.Key_F6)
    assert len(shown.port.begun) == 3
    assert shown.port.begun[-1].kind is RunKind.IMPORT
    assert shown.port.begun[-1].brings_back


def test_the_wish_to_bring_back_is_gone_with_another_look_at_the_columns(
    shown: ShownImport,
) -> None:
    shown.choose_file()
    shown.key(Qt.Key.Key_F6)
    shown.port.tell(LEFT_OUT)
    shown.key(Qt.Key.Key_F5)
    shown.port.tell(CHECKED)
    shown.key(Qt.Key.Key_F4)
    shown.key(Qt.Key.Key_F6)
    assert [one.brings_back for one in shown.port.begun] == [False, True, False]


def test_an_import_is_cancelled_and_the_register_is_told_to_be_as_it_was(
    shown: ShownImport, english: Wording
) -> None:
    shown.choose_file()
    shown.key(Qt.Key.Key_F6)
    shown.port.tell(CHECKED)
    shown.key(Qt.Key.Key_F6)
    shown.key(Qt.Key.Key_F5)
    shown.key(Qt.Key.Key_F5)
    assert shown.port.cancelled == 1
    shown.port.tell(HALF)
    assert shown.state is not None
    assert shown.state.is_stopping
    shown.port.tell(RunSight(IMPORT, RunState.CANCELLED))
    assert not shown.state.is_stopping
    prompt = import_rows(shown.state, english).prompt
    assert prompt.text == "Cancelled. The register is as it was"
    shown.key(Qt.Key.Key_F4)
    assert shown.step is Step.COLUMNS


def test_a_check_that_was_ended_goes_back_to_the_columns(shown: ShownImport) -> None:
    shown.choose_file()
    shown.key(Qt.Key.Key_F6)
    shown.key(Qt.Key.Key_F5)
    shown.port.tell(RunSight(shown.port.begun[0], RunState.CANCELLED))
    assert shown.step is Step.COLUMNS
    assert shown.view.columns.isVisible()


@IGNORED
def test_refused_rows_are_written_where_somebody_says(shown: ShownImport, tmp_path: Path) -> None:
    ask = FileAsk(tmp_path / "products.csv")
    shown.choose_file(replace(PREVIEW, ask=ask))
    shown.key(Qt.Key.Key_F6)
    checked = replace(CHECKED, order=shown.port.begun[0])
    shown.port.tell(checked)
    shown.key(Qt.Key.Key_F3)
    dialog = shown.dialog()
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert Path(dialog.selectedFiles()[0]) == tmp_path / "products - refused.csv"
    target = tmp_path / "mend.csv"
    shown.opened.controller.importing.write_refused(str(target))
    order = shown.port.begun[-1]
    assert (order.kind, order.target) == (RunKind.REFUSED, target)
    assert shown.view.progress.isVisible()
    shown.port.tell(replace(checked, order=order))
    assert shown.step is Step.CHECK
    assert shown.state is not None
    assert shown.state.run == checked
    dialog.reject()


def test_nothing_is_written_or_opened_where_nothing_is_chosen(shown: ShownImport) -> None:
    shown.opened.controller.importing.open_file("")
    shown.opened.controller.importing.write_refused("")
    assert (shown.port.looked, shown.port.begun) == ([], [])


def test_without_anybody_who_imports_nothing_happens(open_window: Open) -> None:
    opened = open_window()
    opened.bridge.tell_opened(HOME)
    opened.bridge.tell_outcome(outcome(feedback(Tone.ACCEPTED, "import_shown"), HOME))
    desk = opened.controller.importing
    desk.open_file(str(ASK.path))
    opened.bridge.tell_import(PREVIEW)
    QTest.keyClick(opened.window, Qt.Key.Key_F6)
    opened.bridge.tell_import(CHECKED)
    assert opened.controller.state.importing is not None
    assert opened.controller.state.importing.running is None


def test_where_a_pin_is_demanded_it_is_typed_before_the_import(shown: ShownImport) -> None:
    shown.port.pin_needed = True
    shown.choose_file()
    shown.key(Qt.Key.Key_F6)
    shown.port.tell(CHECKED)
    field = shown.view.result.pin
    assert field.isVisible()
    shown.key(Qt.Key.Key_F6)
    assert field.hasFocus()
    assert [one.kind for one in shown.port.begun] == [RunKind.CHECK]
    QTest.keyClicks(field, "4711")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert shown.port.pins == ["", "4711"]
    assert field.text() == ""
    wrong = Problem("", text="This is not the PIN of Karin.")
    shown.port.tell(RunSight(shown.port.begun[-1], RunState.FAILED, problem=wrong))
    assert field.isVisible()
    QTest.keyClicks(field, "4712")
    shown.key(Qt.Key.Key_F6)
    assert shown.port.pins[-1] == "4712"


def test_what_was_typed_of_a_pin_is_forgotten_with_the_step(shown: ShownImport) -> None:
    shown.port.pin_needed = True
    shown.choose_file()
    shown.key(Qt.Key.Key_F6)
    shown.port.tell(CHECKED)
    QTest.keyClicks(shown.view.result.pin, "47")
    shown.told("home")
    assert shown.view.result.pin.text() == ""
    shown.told("import_shown")
    QTest.keyClicks(shown.view.result.pin, "47")
    shown.choose_file(XLSX)
    shown.key(Qt.Key.Key_F6)
    shown.port.tell(replace(NOTHING_NEW, order=shown.port.begun[-1]))
    assert shown.view.result.pin.text() == ""
    assert not shown.view.result.pin.isVisible()
