"""A bench of one device for the contract: what it told, and how to wait for it without sleeping."""

import itertools
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from typing_extensions import override

from app.devices.spec import DeviceSpec
from app.devices.supervisor import Supervisor
from app.devices.wire.base import Wire
from app.devices.wire.framing import Framing
from app.domain.frames import DeviceRole, DeviceState, DeviceStatus, Frame
from tests.contract.devices.cables import IN_THE_MACHINE, Cable

PATIENCE = 30.0
"""Seconds after which a wait is a failure; nothing is timed."""

HURRIED_SECONDS = 0.05 if IN_THE_MACHINE else 0.002
"""What a hurried wait takes; an emulated processor has better to do than to look all the time."""


class TickingClock:
    """A minute further at each look: every moment is different, none is the computer's."""

    def __init__(self) -> None:
        self._minutes = itertools.count()

    def now(self) -> datetime:
        return datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=next(self._minutes))

    def today(self) -> date:
        return self.now().date()


class Told:
    """Everything that a supervisor told, in order."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.frames: list[Frame] = []
        self.states: list[DeviceState] = []
        self.read = 0
        self.waits: list[float] = []

    def on_frame(self, frame: Frame) -> None:
        with self._changed:
            self.frames.append(frame)
            self._changed.notify_all()

    def on_state(self, state: DeviceState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def on_read(self, size: int) -> None:
        with self._changed:
            self.read += size
            self._changed.notify_all()

    def hurried_wait(self, event: threading.Event, seconds: float) -> bool:
        """Note how long the program wanted to wait, and wait less."""
        with self._changed:
            self.waits.append(seconds)
            self._changed.notify_all()
        return event.wait(min(seconds, HURRIED_SECONDS))

    def until(self, ready: Callable[["Told"], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: ready(self), PATIENCE), self

    def until_frames(self, count: int) -> list[Frame]:
        self.until(lambda told: len(told.frames) >= count)
        return list(self.frames)

    def until_status(self, status: DeviceStatus, times: int = 1) -> None:
        self.until(lambda told: told.statuses().count(status) >= times)

    def until_read(self, size: int) -> None:
        self.until(lambda told: told.read >= size)

    def statuses(self) -> list[DeviceStatus]:
        return [state.status for state in self.states]

    def raws(self) -> list[bytes]:
        return [frame.raw for frame in self.frames]

    @override
    def __repr__(self) -> str:
        return f"states {self.statuses()}, {len(self.frames)} frames, {self.read} bytes"


@dataclass
class CountedWire:
    """A wire that notes how much was read, so that a test knows what has left the kernel."""

    wire: Wire
    told: Told

    def read(self) -> bytes:
        data = self.wire.read()
        self.told.on_read(len(data))
        return data

    def write(self, data: bytes) -> None:
        self.wire.write(data)

    def cancel(self) -> None:
        self.wire.cancel()

    def close(self) -> None:
        self.wire.close()


def spec_of(cable: Cable, framing: Framing | None = None) -> DeviceSpec:
    return DeviceSpec("scanner-1", DeviceRole.SCANNER, cable.path, framing or Framing())


@contextmanager
def bench(
    cable: Cable, framing: Framing | None = None, *, hurried: bool = True
) -> Generator[tuple[Told, Supervisor]]:
    """Run a supervisor for one device, and stop it at the end."""
    told = Told()
    supervisor = Supervisor(
        [spec_of(cable, framing)],
        told.on_frame,
        told.on_state,
        TickingClock(),
        opener=lambda spec: CountedWire(cable.open(spec), told),
        wait=told.hurried_wait if hurried else threading.Event.wait,
    )
    supervisor.start()
    try:
        yield told, supervisor
    finally:
        assert supervisor.stop(PATIENCE) == ()
