"""A window at the import's screen, with a port that only remembers."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.services.import_sight import FileAsk, ImportSight, Order, PreviewSight
from app.services.views import BenchView, Screen, Tone
from app.ui.office.importing.panel import Importing, Step
from app.ui.office.importing.view import ImportView
from tests.ui.conftest import Opened
from tests.ui.esd_samples import LEAD, PASSED, feedback
from tests.ui.import_samples import PREVIEW
from tests.ui.samples import outcome

HOME = BenchView(Screen.HOME, LEAD, PASSED)


@dataclass
class RememberingImport:
    """Remembers what the screen asked for, and answers when a test says so."""

    looked: list[FileAsk] = field(default_factory=list[FileAsk])
    saved: list[tuple[FileAsk, str]] = field(default_factory=list[tuple[FileAsk, str]])
    begun: list[Order] = field(default_factory=list[Order])
    pins: list[str] = field(default_factory=list[str])
    pin_needed: bool = False
    cancelled: int = 0
    told: Callable[[ImportSight], None] | None = None

    def preview(self, ask: FileAsk, told: Callable[[ImportSight], None]) -> None:
        self.looked.append(ask)
        self.told = told

    def save_mapping(self, ask: FileAsk, name: str, told: Callable[[ImportSight], None]) -> None:
        self.saved.append((ask, name))
        self.told = told

    def needs_pin(self) -> bool:
        return self.pin_needed

    def begin(self, order: Order, told: Callable[[ImportSight], None], pin: str = "") -> None:
        self.begun.append(order)
        self.pins.append(pin)
        self.told = told

    def cancel(self) -> None:
        self.cancelled += 1

    def close(self) -> None:
        pass

    def tell(self, sight: ImportSight) -> None:
        assert self.told is not None
        self.told(sight)


@dataclass
class ShownImport:
    """A window with the import's screen on it."""

    opened: Opened
    port: RememberingImport

    @property
    def state(self) -> Importing | None:
        return self.opened.controller.state.importing

    @property
    def step(self) -> Step:
        assert self.state is not None
        return self.state.step

    @property
    def view(self) -> ImportView:
        found = self.opened.window.findChild(ImportView)
        assert isinstance(found, ImportView)
        return found

    def told(self, code: str, view: BenchView = HOME, tone: Tone = Tone.ACCEPTED) -> None:
        self.opened.bridge.tell_outcome(outcome(feedback(tone, code), view))

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.opened.window, key, modifier)

    def choose_file(self, sight: PreviewSight = PREVIEW) -> None:
        self.opened.controller.importing.open_file(str(sight.ask.path))
        self.port.tell(sight)

    def dialog(self) -> QFileDialog:
        dialog = self.opened.controller.importing.dialog
        assert dialog is not None
        assert dialog.isVisible()
        return dialog


def at_import(opened: Opened) -> ShownImport:
    """The screen, shown to a lead."""
    port = RememberingImport()
    opened.controller.importing.attach(port, opened.bridge.tell_import)
    opened.bridge.tell_opened(HOME)
    made = ShownImport(opened, port)
    made.told("import_shown")
    return made
