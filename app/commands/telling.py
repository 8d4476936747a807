"""Tells the window, through its bridge, what happens at the bench."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.ui.overriding import override

if TYPE_CHECKING:
    from app.commands.doorway import Unlocking
    from app.domain.frames import DeviceState, Frame
    from app.services.reporting import ReportMade
    from app.services.views import BenchView, Outcome
    from app.sync.worker import SyncStatus
    from app.ui.bridge import Bridge


class BridgeTold:
    """Tells the window, through its bridge, what happens at the bench."""

    def __init__(self, bridge: "Bridge") -> None:
        self.bridge = bridge

    def tell_opened(self, view: "BenchView") -> None:
        """The store is open."""
        self.bridge.tell_opened(view)

    def tell_outcome(self, outcome: "Outcome", frame: "Frame") -> None:
        """A frame was committed and answered."""
        del frame
        self.bridge.tell_outcome(outcome)

    def tell_device(self, state: "DeviceState") -> None:
        """A device changed its state."""
        self.bridge.tell_device(state)

    def tell_sync(self, status: "SyncStatus") -> None:
        """Sync changed its state; only what asks for somebody is a fault, offline is not."""
        if status.sync is not None:
            self.bridge.tell_sync(status.sync)
        if status.state.value == "refused" and status.code is not None:
            fields = {name: str(value) for name, value in status.fields.items()}
            self.bridge.tell_fault(f"sync.{status.code}", fields)

    def tell_report(self, made: "ReportMade") -> None:
        """A report lies on the disk."""
        from app.ui.port import ReportDone

        self.bridge.tell_report(ReportDone(made.repair_id, made.path))

    def tell_fault(self, code: str, fields: Mapping[str, str]) -> None:
        """The environment or a defect."""
        self.bridge.tell_fault(code, fields)


class DoorTold(BridgeTold):
    """The same, where a passphrase may stand before the bench.

    Args:
        bridge: To the window.
        passphrase: What asks for it: a wrong one is asked for again and is no fault.
    """

    def __init__(self, bridge: "Bridge", passphrase: "Unlocking") -> None:
        super().__init__(bridge)
        self._passphrase = passphrase

    @override
    def tell_opened(self, view: "BenchView") -> None:
        """The store is open: the passphrase is forgotten."""
        self._passphrase.opened()
        super().tell_opened(view)

    @override
    def tell_fault(self, code: str, fields: Mapping[str, str]) -> None:
        """The environment, a defect, or a wrong passphrase."""
        if not self._passphrase.refused(code):
            super().tell_fault(code, fields)
