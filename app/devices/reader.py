"""The thread of one streaming device: opens it, makes frames of its bytes, finds it again.

It does nothing else (design, section 5). All that it needs from outside is an argument, so that a
test can be the clock, the wire and the wait.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.devices.backoff import Backoff
from app.devices.errors import DeviceError, WireCode
from app.devices.spec import DeviceSpec
from app.devices.wire.base import Wire
from app.devices.wire.framing import Framer, RawFrame
from app.devices.wire.opening import open_wire
from app.domain.frames import DeviceState, DeviceStatus, Frame
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
    """What a reader takes from outside.

    Attributes:
        clock: The time that frames and states carry.
        on_frame: Is told each frame, in the reader's thread; must be quick.
        on_state: Is told each change of state once, in the reader's thread; must be quick.
        opener: Opens a device.
        monotonic: Seconds that never run backwards, for the idle gap.
        wait: Waits for an event, at most so many seconds.
    """

    clock: Clock
    on_frame: Callable[[Frame], None]
    on_state: Callable[[DeviceState], None]
    opener: Callable[[DeviceSpec], Wire] = open_wire
    monotonic: Callable[[], float] = time.monotonic
    wait: Callable[[threading.Event, float], bool] = threading.Event.wait


class Reader:
    """Reads one device in a thread of its own."""

    def __init__(self, spec: DeviceSpec, around: Surroundings) -> None:
        self._spec = spec
        self._around = around
        self._backoff = Backoff()
        self._wake = threading.Event()
        self._stopping = False
        self._wire: Wire | None = None
        self._status: DeviceStatus | None = None
        self._seq = 0
        # A daemon: a driver that hangs in the kernel must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name=f"reader {spec.name}", daemon=True)

    @property
    def name(self) -> str:
        """The device's name."""
        return self._spec.name

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def retry(self) -> None:
        """Try again now instead of after the wait: something was plugged in, or somebody asks."""
        self._wake.set()

    def ask_to_stop(self) -> None:
        """Let the thread end soon, whatever it waits for."""
        self._stopping = True
        self._wake.set()
        wire = self._wire
        if wire is not None:
            wire.cancel()

    def join(self, seconds: float) -> bool:
        """Wait for the thread to end; False if it did not."""
        if self._thread.ident is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._tell(DeviceStatus.OPENING)
            while not self._stopping:
                self._once()
                if self._stopping:
                    return
                self._around.wait(self._wake, self._backoff.next())
                self._wake.clear()  # a stop that came just now is seen by the loop's own test
        except Exception:
            self._tell(DeviceStatus.LOST)  # a bug ends this reader; it must not look alive
            raise

    def _once(self) -> None:
        """Open the device and read it until it is gone."""
        try:
            wire = self._around.opener(self._spec)
            try:
                self._serve(wire)
            finally:
                wire.close()
        except DeviceError as error:
            log.debug("%s: %s", self._spec.name, error)
            self._tell_fault(error)

    def _serve(self, wire: Wire) -> None:
        framer = Framer(self._spec.framing)
        self._wire = wire
        try:
            self._tell(DeviceStatus.READY)
            while not self._stopping:
                data = wire.read()
                now = self._around.monotonic()
                self._give(framer.feed(data, now) if data else framer.flush(now))
                self._backoff.reset()  # only now: a port that opens and fails at once is no success
        finally:
            self._wire = None
            self._give(framer.cut_off())

    def _give(self, frames: list[RawFrame]) -> None:
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

    def _tell_fault(self, error: DeviceError) -> None:
        status = _STATUS.get(error.code, DeviceStatus.WRONG_MODE)
        if status is DeviceStatus.ABSENT and self._status is DeviceStatus.LOST:
            return  # "it was pulled out" says more than "there is none"
        self._tell(status)

    def _tell(self, status: DeviceStatus) -> None:
        if status is self._status:
            return
        self._status = status
        log.info("%s: %s (%s)", self._spec.name, status.value, self._spec.url)
        self._around.on_state(
            DeviceState(
                device=self._spec.name,
                role=self._spec.role,
                status=status,
                where=self._spec.url,
                at=self._around.clock.now(),
            )
        )
