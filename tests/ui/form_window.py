"""A lead's window at a board, with forms that only remember."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.services.answering import refused
from app.services.form_sight import (
    FormAsk,
    FormOrder,
    FormSight,
    OpenedForm,
    Problem,
    SavedForm,
    UndoOrder,
)
from app.services.office_sight import Ask, Sight
from app.services.views import BenchView, Feedback, Tone
from app.ui.office.forms.choice_field import ChoiceField
from app.ui.office.forms.fields import Entry
from app.ui.office.forms.panel import Form
from app.ui.office.forms.view import FormView
from tests.ui.conftest import Opened
from tests.ui.form_samples import HOME
from tests.ui.samples import outcome


@dataclass
class RememberingForms:
    """Remembers what was asked for, and answers when a test says so."""

    opened: list[tuple[FormAsk, str | None]] = field(
        default_factory=list[tuple[FormAsk, str | None]]
    )
    saved: list[FormOrder] = field(default_factory=list[FormOrder])
    undone: list[UndoOrder] = field(default_factory=list[UndoOrder])
    told: Callable[[FormSight], None] | None = None
    closed: bool = False

    def open(self, ask: FormAsk, person_id: str | None, told: Callable[[FormSight], None]) -> None:
        self.opened.append((ask, person_id))
        self.told = told

    def save(self, order: FormOrder, told: Callable[[FormSight], None]) -> None:
        self.saved.append(order)
        self.told = told

    def undo(self, order: UndoOrder, told: Callable[[FormSight], None]) -> None:
        self.undone.append(order)
        self.told = told

    def close(self) -> None:
        self.closed = True

    def tell(self, sight: FormSight) -> None:
        assert self.told is not None
        self.told(sight)


@dataclass
class Looking:
    """Boards that are looked at."""

    asks: list[Ask] = field(default_factory=list[Ask])

    def look(self, ask: Ask, told: Callable[[Sight], None]) -> None:
        del told
        self.asks.append(ask)

    def saved_searches(self, told: object) -> None:
        del told

    def keep_searches(self, saved: object) -> None:
        del saved

    def save(
        self, ask: object, kind: object, language: object, told: object, target: object = None
    ) -> None:
        del ask, kind, language, told, target

    def place_of(self, ask: object, kind: object) -> Path:
        del ask, kind
        return Path()

    def leave(self) -> None:
        pass

    def close(self) -> None:
        pass


@dataclass
class ShownForms:
    """A lead's window at a board."""

    opened: Opened
    port: RememberingForms
    boards: Looking

    @property
    def form(self) -> Form | None:
        return self.opened.controller.state.form

    @property
    def sure(self) -> Form:
        assert self.form is not None
        return self.form

    @property
    def view(self) -> FormView:
        found = self.opened.window.findChild(FormView)
        assert isinstance(found, FormView)
        return found

    @property
    def said(self) -> str:
        told = self.opened.controller.state.feedback
        assert told is not None
        return told.code

    def told(self, code: str, view: BenchView = HOME, **fields: str) -> None:
        answer = Feedback(Tone.ACCEPTED, code, tuple(fields.items()))
        self.opened.bridge.tell_outcome(outcome(answer, view))

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.opened.window, key)

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            editor = self.view.boxes[name].editor
            assert isinstance(editor, Entry)
            editor.setText(value)

    def entry(self, name: str) -> Entry:
        editor = self.view.boxes[name].editor
        assert isinstance(editor, Entry)
        return editor

    def choice(self, name: str) -> ChoiceField:
        editor = self.view.boxes[name].editor
        assert isinstance(editor, ChoiceField)
        return editor

    def begin(self, form: OpenedForm) -> None:
        self.opened.controller.forms.open(form.ask)
        self.port.tell(form)

    def refuse(self, *problems: Problem) -> None:
        answer = refused("form_not_saved", way_on="form_mend")
        self.port.tell(SavedForm(self.port.saved[-1], answer, problems))

    def accept(self, code: str = "person_added", change: UUID | None = None, **fields: str) -> None:
        answer = Feedback(Tone.ACCEPTED, code, tuple(fields.items()), can_undo=change is not None)
        self.port.tell(SavedForm(self.port.saved[-1], answer, change=change))


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def at_people(opened: Opened) -> ShownForms:
    """The board of people, shown to a lead."""
    port, boards = RememberingForms(), Looking()
    opened.controller.forms.attach(port, opened.bridge.tell_form)
    opened.controller.office.attach(boards, opened.bridge.tell_office)
    opened.bridge.tell_opened(HOME)
    made = ShownForms(opened, port, boards)
    made.told("office_people")
    return made
