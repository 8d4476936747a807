"""Binds the devices' screens: looks at them while they are shown, and takes what is pressed there.

Nothing of it is imported before it is first shown. A scan goes to the bench whatever is shown; only
while the test is on it goes to the test, which ends by itself.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.services.views import BenchView, Outcome, Tone
from app.ui.devices.panel import Panel, Setup, SetupStep, Shown, first_step

if TYPE_CHECKING:
    from app.ui.controller import Controller
    from app.ui.devices.live_view import LiveView
    from app.ui.devices.setup_view import SetupView
    from app.ui.painting import PanelRows
    from app.ui.port import DevicesPort

LOOK_MS: Final = 200
"""How often the devices are looked at while they are shown; a flood is seen no more often."""
TEST_SECONDS: Final = 90
"""How long a test lasts at most."""
SHOWN_AT_ONCE: Final = {"devices_shown": Shown.LIVE, "devices_check": Shown.CHECK}
_STAYS: Final = frozenset({"check_begun", "check_passed", "check_failed", "check_out_of_range"})
_LOCAL: Final = frozenset({"PANEL_BACK", "SETUP_USE", "SETUP_AGAIN", "SETUP_SKIP"})
_KEYS: Final = {"OPEN": "SETUP_USE", "DIAG": "SETUP_AGAIN", "WORK": "SETUP_SKIP"}
"""What the keys of the work's first verbs (F2 to F4) do while the devices are set up."""


class DeviceDesk(QObject):
    """The devices' screens of one window.

    Args:
        controller: Whose state they are painted from.

    Attributes:
        layout: Tells the keyboard layout that a scanner types by; empty where none is listened for.
    """

    def __init__(self, controller: "Controller") -> None:
        super().__init__(controller)
        self._controller = controller
        self._port: DevicesPort | None = None
        self._live: LiveView | None = None
        self._setup: SetupView | None = None
        self.layout: Callable[[], str] = str
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def attach(self, port: "DevicesPort | None") -> None:
        """Whom to ask; None where there are no devices to ask about."""
        self._port = port

    def begin_where_nothing_is(self) -> None:
        """A bench without any device begins with setting them up; it can be left at once."""
        if self._port is not None and not self._port.set_up():
            self._show_setup()

    # ------------------------------------------------------------------
    # What the bench tells
    # ------------------------------------------------------------------

    def on_outcome(self, outcome: Outcome, before: BenchView) -> None:
        """A frame was answered: show what it asks for, or go back to the work that moved on."""
        code = outcome.feedback.code
        panel = self._controller.state.panel
        if code in SHOWN_AT_ONCE:
            self._show(SHOWN_AT_ONCE[code])
        elif code == "devices_setup":
            self._show_setup()
        elif code == "devices_test":
            self._toggle_test()
        elif code == "devices_sheet":
            self._make_sheet()
        elif panel is not None and panel.setup is not None:
            self._count(panel, outcome)
        elif panel is not None and code not in _STAYS and _moved(before, outcome):
            self.leave()

    def _count(self, panel: Panel, outcome: Outcome) -> None:
        """What is on record while the devices are set up."""
        kinds = [entry.kind for entry in outcome.entries]
        own = outcome.entries and outcome.entries[0].payload.get("device") in {"window", "keyboard"}
        if panel.setup is None or panel.setup.step is not SetupStep.RECORD or own:
            return
        setup = replace(
            panel.setup,
            scans=panel.setup.scans + sum(kind == "scan.recorded" for kind in kinds),
            readings=panel.setup.readings + sum(kind == "esd.measured" for kind in kinds),
        )
        self._become(replace(panel, setup=setup))

    # ------------------------------------------------------------------
    # What the person does
    # ------------------------------------------------------------------

    def takes(self, code: str) -> bool:
        """Take a button or a key that is about what is shown; False where it is the bench's."""
        panel = self._controller.state.panel
        if panel is None:
            return False
        if code == "HOME":
            code = "PANEL_BACK"
        if panel.setup is not None:
            code = _KEYS.get(code, code)
        if code == "DEVSHEET":
            self._make_sheet()
            return True
        if code not in _LOCAL:
            return False
        if code == "PANEL_BACK":
            self.leave()
        elif panel.setup is not None:
            self._set_up(panel, panel.setup, code)
        return True

    def _set_up(self, panel: Panel, setup: Setup, code: str) -> None:
        port, role = self._port, setup.step.role
        if port is None:
            return
        if role is None:
            if code == "SETUP_USE":
                self.leave()
            return
        found = setup.trial.found if setup.trial is not None else None
        if code == "SETUP_AGAIN":
            port.again()
            self.look()
        elif code == "SETUP_SKIP":
            self._next(panel, setup)
        elif found is not None and (found.profile or not found.address):
            if found.address:
                port.choose(role, found.address, found.profile)
            self._next(panel, setup)

    def _next(self, panel: Panel, setup: Setup) -> None:
        order = list(SetupStep)
        self._to_step(panel, order[order.index(setup.step) + 1])

    def _to_step(self, panel: Panel, step: SetupStep) -> None:
        if self._port is not None:
            if step.role is None:
                self._port.end_trial()
            else:
                self._port.begin_trial(step.role)
        self._become(replace(panel, shown=Shown.SETUP, setup=Setup(step)))

    def _addressed(self, address: str) -> None:
        panel = self._controller.state.panel
        if self._port is not None and panel is not None and panel.setup is not None:
            role = panel.setup.step.role
            if role is not None:
                self._port.begin_trial(role, address)

    def leave(self) -> None:
        """Go back to the work; a test ends, and what was found so far is kept."""
        panel = self._controller.state.panel
        if panel is None:
            return
        self._timer.stop()
        if self._port is not None:
            self._port.test(0)
            self._port.end_trial()
        self._controller.show_panel(None)

    def _show(self, what: Shown) -> None:
        panel = self._controller.state.panel
        if panel is None or panel.setup is not None:
            panel = Panel(layout=self.layout(), udev=udev_command())
        if self._port is not None:
            self._port.end_trial()
            if what is not Shown.TEST:
                self._port.test(0)  # a test is only on while it is seen
        self._become(replace(panel, shown=what, setup=None))
        self._timer.start()
        self.look()

    def _show_setup(self) -> None:
        panel = self._controller.state.panel or Panel(layout=self.layout(), udev=udev_command())
        step = first_step(self._port.set_up() if self._port is not None else ())
        if panel.shown is Shown.LIVE and panel.setup is None and step is SetupStep.RECORD:
            step = SetupStep.SCANNER  # everything is set up, and somebody wants it otherwise
        self._timer.start()
        self._to_step(panel, step)

    def _toggle_test(self) -> None:
        panel = self._controller.state.panel
        on = panel is None or not panel.is_testing
        self._show(Shown.TEST)
        if self._port is not None:
            self._port.test(TEST_SECONDS if on else 0)
        self.look()

    def _make_sheet(self) -> None:
        if self._port is not None:
            self._port.make_sheet(self._controller.look.language.value)
        if self._controller.state.panel is None:
            self._show(Shown.LIVE)

    def _choose(self, code: str) -> None:
        from app.ui.devices.live_viewmodel import percent_of

        panel = self._controller.state.panel
        percent = percent_of(code)
        if panel is not None and percent is not None:
            self._become(replace(panel, percent=percent))
        else:
            self._controller.command(code)

    # ------------------------------------------------------------------
    # Painting
    # ------------------------------------------------------------------

    def look(self) -> None:
        """Look at the devices now, and paint what changed."""
        panel = self._controller.state.panel
        if panel is None or self._port is None:
            return
        setup = panel.setup
        if setup is not None and setup.step.role is not None:
            setup = replace(setup, trial=self._port.trial())
        seen = replace(panel, sight=self._port.sight(), sheet=self._port.sheet(), setup=setup)
        if seen != panel:
            self._become(seen)

    def _become(self, panel: Panel) -> None:
        self._controller.show_panel(panel)

    def show_rows(self, rows: "PanelRows") -> QWidget:
        """Give the rows to the screen that they are for; returns that screen."""
        from app.ui.devices.live_viewmodel import LiveRows

        if isinstance(rows, LiveRows):
            if self._live is None:
                from app.ui.devices.live_view import LiveView

                self._live = LiveView()
                self._live.chosen.connect(self._choose)
                self._controller.shell.add_screen(self._live)
            self._live.show_rows(rows)
            return self._live
        if self._setup is None:
            from app.ui.devices.setup_view import SetupView

            self._setup = SetupView()
            self._setup.addressed.connect(self._addressed)
            self._controller.shell.add_screen(self._setup)
        self._setup.show_rows(rows)
        return self._setup


def _moved(before: BenchView, outcome: Outcome) -> bool:
    """Whether the work went on: then it is the work that is to be seen."""
    if outcome.feedback.code in {"home", "home_already"}:
        return True
    if outcome.feedback.tone is Tone.REFUSED:
        return False
    after = outcome.view
    return (before.screen, before.person, before.product, before.repair, before.pending_part) != (
        after.screen,
        after.person,
        after.product,
        after.repair,
        after.pending_part,
    )


def udev_command() -> str:
    """The command that installs the rules; empty where they do not ship beside the program."""
    from app.resources import resource

    rules = resource().parent / "installer" / "udev" / "70-repair-bench.rules"
    if not rules.exists():
        return ""
    load = "sudo udevadm control --reload && sudo udevadm trigger"
    return f"sudo cp {rules} /etc/udev/rules.d/ && {load}"
