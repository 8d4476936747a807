"""A board as a file: written by key, told where it is, or why not, to whoever looks."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.services.office_sight import (
    BUG,
    FULL,
    NOT_ALLOWED,
    FileKind,
    FileSight,
)
from app.services.views import Screen
from app.texts import Language
from app.ui.office.painting import office_rows
from app.ui.office.panel import Office
from app.ui.theme.colours import Level
from app.ui.wording import Wording
from tests.ui.conftest import Open
from tests.ui.office_samples import PROGRAMME
from tests.ui.office_window import HOME, ShownOffice, at_office
from tests.ui.recall_samples import (
    FEW,
    WRITTEN,
)
from tests.ui.recall_window import ASKED, CTRL, PLAIN, at_recall, listed

IGNORED = pytest.mark.qt_log_ignore("propagateSizeHints")
"""What Qt says of a second window where there is no screen."""


@pytest.fixture
def shown(open_window: Open) -> ShownOffice:
    return at_recall(open_window())


def test_a_list_is_written_by_key_in_the_windows_language_one_file_at_a_time(
    shown: ShownOffice, english: Wording
) -> None:
    listed(shown)
    shown.key(Qt.Key.Key_F3)
    shown.key(Qt.Key.Key_P, CTRL)  # not before the first one is there
    assert shown.office.files == [(FEW.ask, FileKind.CSV, Language.ENGLISH)]
    assert shown.state is not None
    assert "being written" in office_rows(shown.state, english).prompt.detail
    assert shown.office.written is not None
    shown.office.written(WRITTEN)
    prompt = office_rows(shown.state, english).prompt
    assert prompt.level is Level.OK
    assert "recall-tester-EQ1.\u200bcsv" in prompt.detail  # it may break there
    shown.key(Qt.Key.Key_P, CTRL)
    assert [kind for _, kind, _ in shown.office.files] == [FileKind.CSV, FileKind.PDF]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("Input/output error", "Input/output error"),
        (BUG, "defect"),
        (FULL, "The disk is full."),
        (NOT_ALLOWED, "Nothing may be written there."),
    ],
)
def test_why_a_file_could_not_be_written_is_told(english: Wording, fault: str, told: str) -> None:
    office = Office(FEW.ask, FEW, FEW, file=replace(WRITTEN, fault=fault))
    prompt = office_rows(office, english).prompt
    assert prompt.level is Level.ATTENTION
    assert told in prompt.detail


def test_a_file_that_is_there_when_nobody_looks_is_told_to_who_comes_back(
    shown: ShownOffice,
) -> None:
    listed(shown)
    shown.key(Qt.Key.Key_F3)
    shown.opened.controller.office.leave()
    assert shown.office.written is not None
    shown.office.written(WRITTEN)
    assert shown.state is None
    shown.told("office_recall")
    assert shown.state is not None
    assert shown.state.file is None
    listed(shown)
    assert shown.state.file == WRITTEN
    shown.opened.controller.office.leave()
    shown.told("office_recall")
    listed(shown)
    assert shown.state.file is None


def test_a_file_that_is_coming_is_told_to_who_comes_back(shown: ShownOffice) -> None:
    listed(shown)
    shown.key(Qt.Key.Key_F3)
    shown.key(Qt.Key.Key_Escape)
    assert shown.state is not None
    assert shown.state.file is None
    listed(shown)
    assert shown.state.file == FileSight(FEW.ask, FileKind.CSV)
    assert shown.office.written is not None
    shown.office.written(replace(WRITTEN, ask=replace(ASKED, recall=PLAIN)))
    assert shown.state.file == FileSight(FEW.ask, FileKind.CSV)


def test_the_readiness_report_is_written_from_the_programmes_board(
    shown: ShownOffice, english: Wording
) -> None:
    shown.told("office_programme")
    shown.office.answer(PROGRAMME)
    shown.opened.controller.shell.commanded.emit("READINESS")
    shown.key(Qt.Key.Key_P, CTRL)
    assert shown.office.files == [(PROGRAMME.ask, FileKind.PDF, Language.ENGLISH)]
    assert shown.office.written is not None
    shown.office.written(FileSight(PROGRAMME.ask, FileKind.PDF, Path("/r/readiness.pdf")))
    assert shown.state is not None
    prompt = office_rows(shown.state, english).prompt
    assert prompt.detail == "Written: readiness.pdf, in the folder /r"
    assert prompt.level is Level.STOP  # whether it qualifies stays to be seen


def test_without_anybody_to_ask_nothing_is_written(open_window: Open) -> None:
    opened = open_window()
    opened.bridge.tell_opened(HOME)
    made = ShownOffice(opened, at_office(open_window()).office)
    made.told("office_recall")
    opened.controller.office.saving.save(FileKind.CSV)
    opened.controller.office.leave()
    opened.controller.office.saving.save(FileKind.CSV)
    assert made.state is None


# ----------------------------------------------------------------------
# Where somebody says
# ----------------------------------------------------------------------


def asked(shown: ShownOffice, folder: Path) -> QFileDialog:
    """The dialog that is open after the key for it."""
    shown.office.folder = folder
    shown.key(Qt.Key.Key_F4)
    dialog = shown.opened.controller.office.saving.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def choose(dialog: QFileDialog, path: Path) -> None:
    """Choose a file as the platform's own dialog does."""
    dialog.fileSelected.emit(str(path))
    dialog.accepted.emit()
    dialog.done(QFileDialog.DialogCode.Accepted)


@IGNORED
def test_a_list_is_written_where_somebody_says_and_the_next_begins_there(
    shown: ShownOffice, tmp_path: Path
) -> None:
    listed(shown)
    dialog = asked(shown, tmp_path)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    assert Path(dialog.selectedFiles()[0]) == tmp_path / "recall.pdf"
    other = tmp_path / "other"
    other.mkdir()
    choose(dialog, other / "list.CSV")
    assert shown.opened.controller.office.saving.dialog is None
    assert shown.office.files == [(FEW.ask, FileKind.CSV, Language.ENGLISH)]
    assert shown.office.targets == [other / "list.CSV"]
    assert shown.office.written is not None
    shown.office.written(WRITTEN)
    again = asked(shown, tmp_path)
    assert Path(again.selectedFiles()[0]) == other / "recall.pdf"
    again.reject()
    assert len(shown.office.files) == 1


def labels(dialog: QFileDialog) -> dict[str, str]:
    return {one.name: dialog.labelText(one).replace("&", "") for one in QFileDialog.DialogLabel}


@IGNORED
def test_the_question_is_asked_in_the_windows_language_and_leaves_none_behind(
    open_window: Open, tmp_path: Path
) -> None:
    shown = at_recall(open_window("sv"))
    listed(shown)
    dialog = asked(shown, tmp_path)
    assert labels(dialog) == {
        "LookIn": "Mapp:",
        "FileName": "Filnamn:",
        "FileType": "Format:",
        "Accept": "Spara",
        "Reject": "Avbryt",
    }
    dialog.reject()
    shown.opened.bridge.ask_look("en", "")
    dialog = asked(shown, tmp_path)
    assert labels(dialog)["Accept"] == "Save"
    assert labels(dialog)["LookIn"] == "Folder:"
    dialog.reject()


@IGNORED
def test_another_kind_changes_the_names_ending_and_no_other_word_of_it(
    shown: ShownOffice, tmp_path: Path
) -> None:
    listed(shown)
    dialog = asked(shown, tmp_path)
    pdf, csv = dialog.nameFilters()
    dialog.filterSelected.emit(csv)
    assert Path(dialog.selectedFiles()[0]).name == "recall.csv"
    dialog.selectFile("week.47")
    dialog.filterSelected.emit(pdf)
    assert Path(dialog.selectedFiles()[0]).name == "week.47"
    assert dialog.defaultSuffix() == "pdf"
    dialog.reject()


@IGNORED
def test_a_name_of_no_kind_gets_one_and_is_asked_about_where_it_is_taken(
    shown: ShownOffice, tmp_path: Path
) -> None:
    listed(shown)
    choose(asked(shown, tmp_path), tmp_path / "week.47")
    assert shown.office.targets == [tmp_path / "week.47.pdf"]
    assert shown.office.written is not None
    shown.office.written(WRITTEN)
    (tmp_path / "week.47.pdf").touch()
    choose(asked(shown, tmp_path), tmp_path / "week.47")
    again = shown.opened.controller.office.saving.dialog
    assert again is not None
    assert Path(again.selectedFiles()[0]) == tmp_path / "week.47.pdf"
    assert len(shown.office.targets) == 1
    again.reject()


@IGNORED
def test_the_readiness_report_is_put_where_somebody_says(
    shown: ShownOffice, tmp_path: Path
) -> None:
    shown.told("office_programme")
    shown.office.answer(PROGRAMME)
    shown.office.folder = tmp_path
    QTest.mouseClick(shown.view.adding, Qt.MouseButton.LeftButton)
    dialog = shown.opened.controller.office.saving.dialog
    assert dialog is not None
    assert len(dialog.nameFilters()) == 1
    choose(dialog, tmp_path / "to Apple.pdf")
    assert shown.office.files == [(PROGRAMME.ask, FileKind.PDF, Language.ENGLISH)]
    assert shown.office.targets == [tmp_path / "to Apple.pdf"]
    shown.key(Qt.Key.Key_F4)  # not before the first one is there
    assert shown.opened.controller.office.saving.dialog is None


@IGNORED
def test_a_scan_puts_the_question_away_with_its_board(shown: ShownOffice, tmp_path: Path) -> None:
    listed(shown)
    asked(shown, tmp_path)
    shown.told("repair_shown", replace(HOME, screen=Screen.REPAIR))
    assert shown.state is None
    assert shown.opened.controller.office.saving.dialog is None


@IGNORED
def test_another_board_puts_the_question_away_and_other_rows_do_not(
    shown: ShownOffice, tmp_path: Path
) -> None:
    listed(shown)
    asked(shown, tmp_path)
    QTest.mouseClick(shown.view.filters[2], Qt.MouseButton.LeftButton)
    assert shown.opened.controller.office.saving.dialog is not None
    shown.told("office_people")
    assert shown.opened.controller.office.saving.dialog is None


def test_before_there_is_anything_to_write_nobody_is_asked_where(shown: ShownOffice) -> None:
    shown.key(Qt.Key.Key_F4)
    shown.opened.controller.office.saving.save_as()
    shown.opened.controller.office.leave()
    shown.opened.controller.office.saving.save_as()
    assert shown.opened.controller.office.saving.dialog is None
    assert shown.opened.bench.commands == []
