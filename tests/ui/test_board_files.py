"""A board as a file: written by key, told where it is, or why not, to whoever looks."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.services.office_sight import (
    FileKind,
    FileSight,
)
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


@pytest.mark.parametrize("fault", ["No space left on device", "bug"])
def test_why_a_file_could_not_be_written_is_told(english: Wording, fault: str) -> None:
    office = Office(FEW.ask, FEW, FEW, file=replace(WRITTEN, fault=fault))
    prompt = office_rows(office, english).prompt
    assert prompt.level is Level.ATTENTION
    assert ("defect" if fault == "bug" else fault) in prompt.detail


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
    opened.controller.office.save(FileKind.CSV)
    opened.controller.office.leave()
    opened.controller.office.save(FileKind.CSV)
    assert made.state is None
