"""A window with the recall's board on it, and what a test does there."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.office_sight import (
    Ask,
    Board,
    RecallSight,
)
from app.services.recall_sight import RecallAsk, Suspect
from app.ui.widgets.field import Field
from tests.ui.conftest import Opened
from tests.ui.office_samples import TESTER
from tests.ui.office_window import ShownOffice, at_office
from tests.ui.recall_samples import (
    CHOICES,
    FEW,
)

ASKED = Ask(Board.RECALL)
PLAIN = RecallAsk(Suspect.TESTER, TESTER.id)
CTRL = Qt.KeyboardModifier.ControlModifier


def at_recall(opened: Opened) -> ShownOffice:
    """The board, asked for by a lead, with what can be chosen."""
    made = at_office(opened)
    made.told("office_recall")
    made.office.answer(CHOICES)
    return made


def field(shown: ShownOffice, code: str) -> Field:
    found = shown.view.fields.field(code)
    assert found is not None
    return found


def press(shown: ShownOffice, suspect: Suspect) -> None:
    button = shown.view.filters[list(Suspect).index(suspect)]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def listed(shown: ShownOffice, sight: RecallSight = FEW) -> None:
    """The list is shown."""
    recall = sight.ask.recall
    assert recall is not None
    shown.view.options.chosen.emit("PICK_0")
    shown.opened.controller.office.ask(replace(ASKED, recall=recall))
    shown.office.answer(sight)
