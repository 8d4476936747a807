"""What the window knows, as one frozen value, and how each message changes it. No Qt.

A message gives a new state; painting is a pure function of it (`app.ui.painting`). So every picture
of the window can be made, and tested, without a device, a store or an event loop.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from app.domain.frames import DeviceState
from app.services.ports import SyncState
from app.services.views import BenchView, Feedback, Outcome, Screen, Tone
from app.ui.bridge import FaultTold
from app.ui.port import ReportDone
from app.ui.shell.rows import EVENTS_KEPT

if TYPE_CHECKING:
    from app.ui.devices.panel import Panel
    from app.ui.door import Door
    from app.ui.office.forms.panel import Form
    from app.ui.office.importing.panel import Importing
    from app.ui.office.panel import Office

NOBODY: Final = BenchView(Screen.SIGN_IN)
"""A bench at which nobody is signed in."""


ECHO: Final = "scanned_twice"
"""The answer to a scan that only repeats the one before."""


class Stage(Enum):
    """How far the program has come up."""

    OPENING = "opening"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class WindowState:
    """Everything that the window paints.

    Attributes:
        stage: Whether the store is open yet.
        view: The bench's work.
        feedback: The answer to the latest scan, None before the first.
        echoed: Whether that scan came twice: its answer stays, with a note beside it.
        events: The latest outcomes, newest first.
        devices: The state of each device that was ever told of, in that order.
        sync: Where the bench stands with the account service, None until it is told.
        report: The latest report.
        fault: What is wrong, until somebody puts the message away.
        door: What stands before the bench, None where nothing does.
        panel: The devices, while they are shown in place of the work; the work goes on behind.
        office: One of the lead's boards, likewise.
        importing: The import of products, in place of the board that it was asked for at.
        form: A form, in place of the board that it is of.
    """

    stage: Stage = Stage.OPENING
    view: BenchView = NOBODY
    feedback: Feedback | None = None
    echoed: bool = False
    events: tuple[Outcome, ...] = ()
    devices: tuple[DeviceState, ...] = ()
    sync: SyncState | None = None
    report: ReportDone | None = None
    fault: FaultTold | None = None
    door: "Door | None" = None
    panel: "Panel | None" = None
    office: "Office | None" = None
    importing: "Importing | None" = None
    form: "Form | None" = None

    def with_view(self, view: BenchView) -> "WindowState":
        """The store was opened, or something else than a scan changed what the bench shows.

        What was wrong with opening it no longer is; any other message stays.
        """
        opening = self.stage is Stage.OPENING
        fault = None if opening else self.fault
        return replace(self, stage=Stage.OPEN, view=view, fault=fault, door=None)

    def with_door(self, door: "Door | None") -> "WindowState":
        """What stands before the bench; what kept it shut before was tried anew."""
        return replace(self, door=door, fault=None)

    def with_outcome(self, outcome: Outcome) -> "WindowState":
        """A scan, reading or command was answered.

        A scanner that triggers twice must not cover why the scan was refused, or what comes next.
        """
        echoed = outcome.feedback.code == ECHO and self.feedback is not None
        return replace(
            self,
            stage=Stage.OPEN,
            door=None,
            view=outcome.view,
            feedback=self.feedback if echoed else outcome.feedback,
            echoed=echoed,
            events=(outcome, *self.events)[:EVENTS_KEPT],
        )

    def with_panel(self, panel: "Panel | None") -> "WindowState":
        """The devices are shown, changed, or put away."""
        if panel is None:
            return replace(self, panel=None)
        return replace(self, panel=panel, office=None, importing=None, form=None)

    def with_office(self, office: "Office | None") -> "WindowState":
        """A board is shown, changed, or put away."""
        return replace(self, office=office)

    def with_importing(self, importing: "Importing | None") -> "WindowState":
        """The import is shown, changed, or put away."""
        return replace(self, importing=importing)

    def with_form(self, form: "Form | None") -> "WindowState":
        """A form is shown, changed, or put away."""
        return replace(self, form=form)

    def with_answer(self, feedback: Feedback) -> "WindowState":
        """Something was answered that no frame led to."""
        return replace(self, feedback=feedback, echoed=False)

    def with_device(self, device: DeviceState) -> "WindowState":
        """A device changed its state."""
        known = {one.device: one for one in self.devices} | {device.device: device}
        return replace(self, devices=tuple(known.values()))

    def with_sync(self, sync: SyncState) -> "WindowState":
        """The standing with the account service changed."""
        return replace(self, sync=sync)

    def with_report(self, report: ReportDone) -> "WindowState":
        """A report was made."""
        return replace(self, report=report)

    def with_fault(self, fault: FaultTold | None) -> "WindowState":
        """Something is wrong; None puts the message away."""
        return replace(self, fault=fault)

    @property
    def undo_at(self) -> int | None:
        """Which of the events UNDO would take back: the newest that changed something.

        A refusal or a repetition in between changed nothing, so it does not end the offer.
        """
        for at, event in enumerate(self.events):
            if event.feedback.tone in {Tone.REFUSED, Tone.REPEATED}:
                continue
            return at if event.feedback.can_undo else None
        return None
