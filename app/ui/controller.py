"""Binds bridge, window and bench: a message changes the state, the state is painted.

It lives in the UI thread, so the bridge's signals reach it there. It is imported after the first
paint; what it imports is what the work needs.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.frames import DeviceState
from app.services.calendar import site_zone
from app.services.ports import SyncState
from app.services.views import BenchView, Feedback, Outcome
from app.ui.appearance import Appearance, Look
from app.ui.bridge import Bridge, FaultTold, PictureAsked
from app.ui.devices.desk import DeviceDesk
from app.ui.doorway import Doorway
from app.ui.keys import bind_keys
from app.ui.office.desk import OfficeDesk
from app.ui.office.forms.desk import FormsDesk
from app.ui.office.importing.desk import ImportDesk
from app.ui.painting import Rows, picture_of
from app.ui.port import BenchPort, ReportDone
from app.ui.screens.work import WorkScreens
from app.ui.shell.shell import Shell
from app.ui.sound import Sounds
from app.ui.state import Stage, WindowState
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


class Controller(QObject):
    """The window's one place of decisions.

    Signals:
        rendered: A picture was given to the window.

    Attributes:
        state: What the window knows.
        appearance: How the window looks and speaks.
        shell: What fills the window.
        devices: The devices' screens.
        office: The lead's boards.
        importing: The import of products.
        forms: The forms of the registers.
        idle: Runs while somebody works; when it ends, the bench locks.
    """

    rendered = Signal()

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
        self._screens = WorkScreens(self.shell)
        self.doorway = Doorway(self)
        self.devices = DeviceDesk(self)
        self.office = OfficeDesk(self)
        self.importing = ImportDesk(self)
        self.forms = FormsDesk(self)
        self.appearance = Appearance(look, self.render, self)
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
        bridge.look.connect(self.appearance.on_asked)
        bridge.closing.connect(self._window.close)

    def _bind(self) -> None:
        shell = self.shell
        shell.commanded.connect(self._on_command)
        shell.typed.connect(self.scan)
        shell.pin_typed.connect(self._on_pin)
        shell.language_pressed.connect(self.appearance.choose_other_language)
        shell.theme_pressed.connect(self.appearance.choose_other_theme)
        shell.fault_dismissed.connect(self._dismiss_fault)
        self._screens.home.typed.connect(self.scan)
        self._screens.repair.commanded.connect(self._on_command)
        bind_keys(self._window, self._on_command)

    def attach(self, port: BenchPort) -> None:
        """The bench is there: what is pressed and typed goes to it from now on."""
        self._port = port
        self._tick.start()

    @property
    def look(self) -> Look:
        """How the window looks and speaks now."""
        return self.appearance.look

    @property
    def wording(self) -> Wording:
        """How things are said now."""
        return self.appearance.wording

    @property
    def dark(self) -> bool:
        """Whether the dark colours hold now."""
        return self.appearance.dark

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
        screen = self._screens.show_rows(rows)
        return self.doorway.show_rows(cast("DoorRows", rows)) if screen is None else screen

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
            self.appearance.move_to(zone)

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
