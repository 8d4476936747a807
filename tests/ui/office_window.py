"""A window with the lead's boards behind it, and an office that answers when a test says so."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.office_sight import (
    Ask,
    FileKind,
    FileSight,
    SavedSearch,
    SearchesSight,
    Sight,
)
from app.services.views import BenchView, Screen, Tone
from app.texts import Language
from app.ui.office.panel import Office
from app.ui.office.view import OfficeView
from tests.ui.conftest import Opened
from tests.ui.esd_samples import feedback
from tests.ui.samples import ANNA, outcome

HOME = BenchView(Screen.HOME, ANNA)


@dataclass
class RememberingOffice:
    """Remembers what the boards asked, and answers when a test says so."""

    asked: list[Ask] = field(default_factory=list[Ask])
    told: Callable[[Sight], None] | None = None
    saved: tuple[SavedSearch, ...] = ()
    reads: bool = True
    read: Callable[[], None] = field(default=lambda: None)
    files: list[tuple[Ask, FileKind, Language]] = field(
        default_factory=list[tuple[Ask, FileKind, Language]]
    )
    targets: list[Path | None] = field(default_factory=list[Path | None])
    folder: Path = Path()
    left: int = 0
    written: Callable[[FileSight], None] | None = None

    def look(self, ask: Ask, told: Callable[[Sight], None]) -> None:
        self.asked.append(ask)
        self.told = told

    def saved_searches(self, told: Callable[[SearchesSight], None]) -> None:
        self.read = lambda: told(SearchesSight(self.saved))
        if self.reads:
            self.read()

    def keep_searches(self, saved: tuple[SavedSearch, ...]) -> None:
        self.saved = saved

    def save(
        self,
        ask: Ask,
        kind: FileKind,
        language: Language,
        told: Callable[[FileSight], None],
        target: Path | None = None,
    ) -> None:
        self.files.append((ask, kind, language))
        self.targets.append(target)
        self.written = told

    def place_of(self, ask: Ask, kind: FileKind) -> Path:
        return self.folder / f"{ask.board}.{kind}"

    def leave(self) -> None:
        self.left += 1

    def close(self) -> None:
        self.told = None

    def answer(self, sight: Sight) -> None:
        assert self.told is not None
        self.told(sight)


@dataclass
class ShownOffice:
    """A window with boards behind it."""

    opened: Opened
    office: RememberingOffice

    @property
    def state(self) -> Office | None:
        return self.opened.controller.state.office

    @property
    def view(self) -> OfficeView:
        found = self.opened.window.findChild(OfficeView)
        assert isinstance(found, OfficeView)
        return found

    def told(self, code: str, view: BenchView = HOME, tone: Tone = Tone.ACCEPTED) -> None:
        self.opened.bridge.tell_outcome(outcome(feedback(tone, code), view))

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.opened.window, key, modifier)


def at_office(opened: Opened) -> ShownOffice:
    """The window, at the work."""
    office = RememberingOffice()
    opened.controller.office.attach(office, opened.bridge.tell_office)
    opened.bridge.tell_opened(HOME)
    return ShownOffice(opened, office)
