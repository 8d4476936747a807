"""A bench without a window, for those who ask it as the window's rooms do."""

import queue
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.frames import DeviceState, Frame
from app.services.reporting import ReportMade
from app.services.views import BenchView, Outcome
from app.sync.worker import SyncStatus


@dataclass
class Quiet:
    """Hears a bench; the pictures that it is told again are kept."""

    opened: "queue.SimpleQueue[BenchView]" = field(default_factory=queue.SimpleQueue)
    faults: list[str] = field(default_factory=list[str])

    def tell_opened(self, view: BenchView) -> None:
        self.opened.put(view)

    def tell_outcome(self, outcome: Outcome, frame: Frame) -> None:
        del outcome, frame

    def tell_device(self, state: DeviceState) -> None:
        del state

    def tell_sync(self, status: SyncStatus) -> None:
        del status

    def tell_report(self, made: ReportMade) -> None:
        del made

    def tell_fault(self, code: str, fields: Mapping[str, str]) -> None:
        self.faults.append(f"{code} {fields}")
