"""What a device tells the bench: its frames, numbered, and each change of its state once."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from app.devices.errors import DeviceError, WireCode
from app.devices.spec import DeviceSpec
from app.devices.wire.base import Wire
from app.devices.wire.framing import RawFrame
from app.devices.wire.opening import open_wire
from app.domain.frames import DeviceState, DeviceStatus, Frame
from app.services.device_sight import Direction
from app.services.ports import Clock

log = logging.getLogger("repair_bench.devices")

_STATUS: Final[dict[str, DeviceStatus]] = {
    WireCode.ABSENT: DeviceStatus.ABSENT,
    WireCode.BUSY: DeviceStatus.BUSY,
    WireCode.DENIED: DeviceStatus.DENIED,
    WireCode.LOST: DeviceStatus.LOST,
}
"""What the technician is told of each fault; all others mean that it is set up wrongly."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the thread of a device takes from outside.

    Attributes:
        clock: The time that frames and states carry.
        on_frame: Is told each frame, in the device's thread; must be quick.
        on_state: Is told each change of state once, in the device's thread; must be quick.
        opener: Opens a streaming device.
        monotonic: Seconds that never run backwards, for the idle gap.
        wait: Waits for an event, at most so many seconds.
        on_bytes: Is told the bytes of a wire, in the device's thread; None where nobody looks.
    """

    clock: Clock
    on_frame: Callable[[Frame], None]
    on_state: Callable[[DeviceState], None]
    opener: Callable[[DeviceSpec], Wire] = open_wire
    monotonic: Callable[[], float] = time.monotonic
    wait: Callable[[threading.Event, float], bool] = threading.Event.wait
    on_bytes: Callable[[str, bytes, Direction], None] | None = None


class Outlet:
    """One device's frames and states, on their way out. Belongs to the device's thread."""

    def __init__(self, spec: DeviceSpec, around: Surroundings) -> None:
        self._spec = spec
        self._around = around
        self._status: DeviceStatus | None = None
        self._cause = ""
        self._seq = 0

    def pass_bytes(self, raw: bytes, direction: Direction = Direction.IN) -> None:
        """Tell what went over the wire, before anything is made of it."""
        if raw and self._around.on_bytes is not None:
            self._around.on_bytes(self._spec.name, raw, direction)

    def give(self, frames: Iterable[RawFrame]) -> None:
        """Tell frames."""
        for each in frames:
            self._seq += 1
            if each.fault is not None:
                log.info("%s: %d bytes %s", self._spec.name, len(each.raw), each.fault.value)
            self._around.on_frame(
                Frame(
                    device=self._spec.name,
                    role=self._spec.role,
                    raw=each.raw,
                    received_at=self._around.clock.now(),
                    seq=self._seq,
                    aim=each.aim,
                    fault=each.fault,
                )
            )

    def tell_fault(self, error: DeviceError) -> None:
        """Tell what an error means for the technician."""
        log.debug("%s: %s", self._spec.name, error)
        status = _STATUS.get(error.code, DeviceStatus.WRONG_MODE)
        if status is DeviceStatus.ABSENT and self._status is DeviceStatus.LOST:
            return  # "it was pulled out" says more than "there is none"
        self.tell(status, error.code if status is DeviceStatus.WRONG_MODE else "")

    def tell(self, status: DeviceStatus, cause: str = "") -> None:
        """Tell a state, if it is another one, or has another cause."""
        if status is self._status and cause == self._cause:
            return
        self._status, self._cause = status, cause
        log.info("%s: %s %s (%s)", self._spec.name, status.value, cause, self._spec.url)
        self._around.on_state(
            DeviceState(
                device=self._spec.name,
                role=self._spec.role,
                status=status,
                where=self._spec.url,
                at=self._around.clock.now(),
                cause=cause,
            )
        )
