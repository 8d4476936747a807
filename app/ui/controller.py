"""Binds bridge, window and bench: a message changes the state, the state is painted.

It lives in the UI thread, so the bridge's signals reach it there. It is imported after the first
paint; what it imports is what the work needs.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.commands import COMMANDS, DEVICE_COMMANDS
from app.domain.frames import DeviceState
from app.services.calendar import site_zone
from app.services.ports import SyncState
from app.services.views import BenchView, Feedback, Outcome
from app.texts import Language, texts
from app.ui.bridge import Bridge, FaultTold, LookAsked, PictureAsked
from app.ui.devices.desk import DeviceDesk
from app.ui.doorway import Doorway
from app.ui.office.desk import OfficeDesk
from app.ui.office.forms.desk import FormsDesk
from app.ui.office.importing.desk import ImportDesk
from app.ui.painting import Rows, picture_of
from app.ui.port import BenchPort, ReportDone
from app.ui.screens.esd_gate.view import EsdGateView
from app.ui.screens.esd_gate.viewmodel import EsdGateRows
from app.ui.screens.home.view import HomeView
from app.ui.screens.home.viewmodel import HomeRows
from app.ui.screens.repair.view import RepairView
from app.ui.screens.repair.viewmodel import RepairRows
from app.ui.screens.sign_in.view import SignInView
from app.ui.screens.sign_in.viewmodel import SignInRows
from app.ui.shell.shell import Shell
from app.ui.sound import Sounds
from app.ui.state import Stage, WindowState
from app.ui.theme.applying import apply_theme, is_dark
from app.ui.window import BenchWindow
from app.ui.wording import Wording

if TYPE_CHECKING:
    from app.ui.devices.panel import Panel
    from app.ui.door import Door
    from app.ui.office.forms.panel import Form
    from app.ui.office.forms.rows import FormRows
    from app.ui.office.importing.panel import Importing
    from app.ui.office.importing.rows import ImportRows
    from app.ui.office.panel import Office
    from app.ui.office.rows import OfficeRows
    from app.ui.painting import DoorRows, PanelRows

log = logging.getLogger("repair_bench.ui")

TICK_MS: Final = 15_000
"""How often the picture is made anew without a message: validities end by themselves."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the window looks and speaks.

    Attributes:
        language: The language.
        theme: ``light``, ``dark`` or ``system``.
        zone: The site's time zone, None for the computer's own.
    """

    language: Language
    theme: str
    zone: tzinfo | None = None


class Screens:
    """The screens, made once; the window owns them."""

    def __init__(self, shell: Shell) -> None:
        self.sign_in = SignInView()
        self.esd_gate = EsdGateView()
        self.home = HomeView()
        self.repair = RepairView()
        for screen in (self.sign_in, self.esd_gate, self.home, self.repair):
            shell.add_screen(screen)

    def show_rows(self, rows: Rows, doorway: Doorway) -> QWidget:
        """Give the rows to the screen that they are for; returns that screen."""
        match rows:
            case SignInRows():
                self.sign_in.show_rows(rows)
                return self.sign_in
            case EsdGateRows():
                self.esd_gate.show_rows(rows)
                return self.esd_gate
            case HomeRows():
                self.home.show_rows(rows)
                return self.home
            case RepairRows():
                self.repair.show_rows(rows)
                return self.repair
            case _:
                return doorway.show_rows(cast("DoorRows", rows))


class Controller(QObject):
    """The window's one place of decisions.

    Signals:
        rendered: A picture was given to the window.
        look_chosen: Language and theme, after a person chose one of them.

    Attributes:
        state: What the window knows.
        shell: What fills the window.
        devices: The devices' screens.
        office: The lead's boards.
        importing: The import of products.
        forms: The forms of the registers.
        idle: Runs while somebody works; when it ends, the bench locks.
    """

    rendered = Signal()
    look_chosen = Signal(str, str)

    def __init__(
        self,
        window: BenchWindow,
        bridge: Bridge,
        look: Look,
        now: Callable[[], datetime],
        *,
        sounds: Sounds,
        lock_after_minutes: int = 0,
    ) -> None:
        super().__init__(window)
        self._window = window
        self.shell = Shell()
        window.settle(self.shell)
        self._screens = Screens(self.shell)
        self.doorway = Doorway(self)
        self.devices = DeviceDesk(self)
        self.office = OfficeDesk(self)
        self.importing = ImportDesk(self)
        self.forms = FormsDesk(self)
        self._look = look
        self._now = now
        self._sounds = sounds
        self._port: BenchPort | None = None
        self.state = WindowState()
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.render)
        self.idle = QTimer(self, interval=lock_after_minutes * 60_000, singleShot=True)
        self.idle.timeout.connect(self._lock)
        self._listen(bridge)
        self._bind()

    def _listen(self, bridge: Bridge) -> None:
        bridge.opened.connect(self._on_opened)
        bridge.outcome.connect(self._on_outcome)
        bridge.device.connect(self._on_device)
        bridge.sync.connect(self._on_sync)
        bridge.report.connect(self._on_report)
        bridge.office.connect(self.office.on_sight)
        bridge.importing.connect(self.importing.on_sight)
        bridge.form.connect(self.forms.on_sight)
        bridge.fault.connect(self._on_fault)
        bridge.door.connect(self.on_door)
        bridge.picture.connect(self._on_picture)
        bridge.look.connect(self._on_look)
        bridge.closing.connect(self._window.close)

    def _bind(self) -> None:
        window, shell = self._window, self.shell
        shell.commanded.connect(self._on_command)
        shell.typed.connect(self.scan)
        shell.pin_typed.connect(self._on_pin)
        shell.language_pressed.connect(self._other_language)
        shell.theme_pressed.connect(self._other_theme)
        shell.fault_dismissed.connect(self._dismiss_fault)
        self._screens.home.typed.connect(self.scan)
        self._screens.repair.commanded.connect(self._on_command)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme)
        for command in (*COMMANDS.values(), *DEVICE_COMMANDS.values()):
            if command.shortcut:
                shortcut = _Key(QKeySequence(command.shortcut), window, command.code)
                shortcut.given.connect(self._on_command)

    def attach(self, port: BenchPort) -> None:
        """The bench is there: what is pressed and typed goes to it from now on."""
        self._port = port
        self._tick.start()

    @property
    def look(self) -> Look:
        """How the window looks and speaks now."""
        return self._look

    @property
    def wording(self) -> Wording:
        """How things are said now."""
        return Wording(texts(self._look.language), self._look.zone)

    @property
    def dark(self) -> bool:
        """Whether the dark colours hold now."""
        return is_dark(self._look.theme)

    def render(self) -> None:
        """Paint the state; what did not change costs nothing."""
        picture = picture_of(self.state, self.wording, self._now(), dark=self.dark)
        if self._window.windowTitle() != picture.frame.title:
            self._window.setWindowTitle(picture.frame.title)
        self.shell.show_frame(picture.frame)
        self.shell.show_screen(self._show(picture.rows))
        self.rendered.emit()

    def _show(self, rows: Rows) -> QWidget:
        """Devices and boards are shown in place of the work."""
        if self.state.stage is Stage.OPEN and self.state.panel is not None:
            return self.devices.show_rows(cast("PanelRows", rows))
        if self.state.stage is Stage.OPEN and self.state.importing is not None:
            return self.importing.show_rows(cast("ImportRows", rows))
        if self.state.stage is Stage.OPEN and self.state.form is not None:
            return self.forms.show_rows(cast("FormRows", rows))
        if self.state.stage is Stage.OPEN and self.state.office is not None:
            return self.office.show_rows(cast("OfficeRows", rows))
        return self._screens.show_rows(rows, self.doorway)

    # ------------------------------------------------------------------
    # What the bench tells
    # ------------------------------------------------------------------

    def _become(self, state: WindowState) -> None:
        self.state = state
        self.render()

    def _on_opened(self, view: BenchView) -> None:
        self._move_to(view)
        self._become(self.state.with_view(view))

    def _move_to(self, view: BenchView) -> None:
        """Times are shown as the site's clocks do, whatever this computer is set to."""
        zone = site_zone(view.time_zone)
        if zone is not None:
            self._look = replace(self._look, zone=zone)

    def _on_outcome(self, outcome: Outcome) -> None:
        self._move_to(outcome.view)
        before = self.state.view
        self._become(self.state.with_outcome(outcome))
        self.devices.on_outcome(outcome, before)
        self.office.on_outcome(outcome, before)
        self.importing.on_outcome(outcome, before)
        self.forms.on_outcome(outcome, before)
        self._sounds.play(outcome.feedback.tone.value)
        self._stay_awake()

    def show_answer(self, feedback: Feedback) -> None:
        """Answer what no frame led to, such as the test code of a scanner that types."""
        self._become(self.state.with_answer(feedback))
        self._sounds.play(feedback.tone.value)
        self._stay_awake()

    def _on_device(self, device: DeviceState) -> None:
        self._become(self.state.with_device(device))

    def _on_sync(self, sync: SyncState) -> None:
        self._become(self.state.with_sync(sync))

    def _on_report(self, report: ReportDone) -> None:
        self._become(self.state.with_report(report))

    def on_door(self, door: "Door | None") -> None:
        """What stands before the bench changed."""
        self._become(self.state.with_door(door))

    def _on_fault(self, fault: FaultTold) -> None:
        self._become(self.state.with_fault(fault))

    def _on_picture(self, asked: PictureAsked) -> None:
        # a change of theme reaches the widgets in the next turn of the event loop
        QTimer.singleShot(0, self, lambda: self._take_picture(asked))

    def _take_picture(self, asked: PictureAsked) -> None:
        asked.path.parent.mkdir(parents=True, exist_ok=True)
        if not self._window.picture().save(str(asked.path)):
            log.error("the picture %s could not be written", asked.path)
        asked.done.set()

    def _on_look(self, asked: LookAsked) -> None:
        look = self._look
        if asked.language:
            look = replace(look, language=Language(asked.language))
        if asked.theme:
            look = replace(look, theme=asked.theme)
        self._change_look(look)

    # ------------------------------------------------------------------
    # What the person does
    # ------------------------------------------------------------------

    def show_panel(self, panel: "Panel | None") -> None:
        """The devices are shown, changed, or put away."""
        self._become(self.state.with_panel(panel))

    def show_office(self, office: "Office | None") -> None:
        """A board is shown, changed, or put away."""
        self._become(self.state.with_office(office))

    def show_importing(self, importing: "Importing | None") -> None:
        """The import is shown, changed, or put away."""
        self._become(self.state.with_importing(importing))

    def show_form(self, form: "Form | None") -> None:
        """A form is shown, changed, or put away; whoever types in one is at work."""
        self._stay_awake()
        self._become(self.state.with_form(form))

    def command(self, code: str) -> None:
        """Hand a verb on to the bench, as if its barcode had been scanned."""
        self._stay_awake()
        if self._port is not None:
            self._port.command(code)

    def _on_command(self, code: str) -> None:
        desks = (self.devices, self.importing, self.forms, self.office)
        if not any(desk.takes(code) for desk in desks):
            self.command(code)

    def scan(self, text: str) -> None:
        """Hand a text on to the bench, as if it had been scanned."""
        self._stay_awake()
        if self._port is not None:
            self._port.typed(text)

    def _on_pin(self, text: str) -> None:
        self._stay_awake()
        if self._port is not None:
            self._port.pin(text)

    def _dismiss_fault(self) -> None:
        self._become(self.state.with_fault(None))

    def _other_language(self) -> None:
        swedish = self._look.language is Language.SWEDISH
        other = Language.ENGLISH if swedish else Language.SWEDISH
        self._choose_look(replace(self._look, language=other))

    def _other_theme(self) -> None:
        self._choose_look(replace(self._look, theme="light" if self.dark else "dark"))

    def _choose_look(self, look: Look) -> None:
        self._change_look(look)
        self.look_chosen.emit(look.language.value, look.theme)

    def _change_look(self, look: Look) -> None:
        self._look = look
        self.dress()

    def _on_system_theme(self) -> None:
        if self._look.theme == "system":
            self.dress()

    def dress(self) -> None:
        """Put the look on, and paint."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, dark=self.dark)
        self.render()

    # ------------------------------------------------------------------
    # The lock
    # ------------------------------------------------------------------

    def _stay_awake(self) -> None:
        if self.idle.interval() > 0:
            self.idle.start()

    def _lock(self) -> None:
        """Nobody has done anything for long: lock, and keep everything."""
        if self._port is not None and self.state.view.person is not None:
            self._port.command("LOCK")


class _Key(QShortcut):
    """A key of the command table; held down it counts once."""

    given = Signal(str)

    def __init__(self, keys: QKeySequence, window: QWidget, code: str) -> None:
        super().__init__(keys, window)
        self._code = code
        self.setAutoRepeat(False)
        self.activated.connect(self._give)

    def _give(self) -> None:
        self.given.emit(self._code)
