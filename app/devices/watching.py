"""Stands between the devices and the bench: notes what passes, and can keep a test from the bench.

Everything that it is told comes in a device's thread and is quick: a line in a ring, then on. What
the bytes mean is only found out when somebody looks.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from app.devices.log import RawLog
from app.domain import barcodes
from app.domain.barcodes import Kind
from app.domain.frames import DeviceRole, DeviceState, Frame
from app.services.device_sight import BenchSight, DeviceSight, Direction, Fate, Heard, LogLine
from app.services.ports import Clock, EsdDecoder

LINES_SHOWN: Final = 24
MOST_TESTED: Final = 64
ENDS: Final = b"\r\n\t\x03"
"""What scanners are set to send behind a code."""
OWN_LABELS: Final = frozenset({Kind.BADGE, Kind.COMMAND, Kind.REPAIR_TAG})
"""They go to the bench in a test too: by scanning HOME it can be left."""


class Watch:
    """Notes what devices say on its way to the bench.

    Args:
        on_frame: Takes each frame that is the bench's.
        on_state: Takes each change of a device's state.
        clock: The time that the lines carry.
        decoders: What reads the testers' frames, by the name of the device.
        monotonic: Seconds that never run backwards.
    """

    def __init__(
        self,
        on_frame: Callable[[Frame], None],
        on_state: Callable[[DeviceState], None],
        clock: Clock,
        decoders: Mapping[str, EsdDecoder] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._on_frame = on_frame
        self._on_state = on_state
        self._clock = clock
        self._decoders = dict(decoders or {})
        self._monotonic = monotonic
        self._guard = threading.Lock()
        self._logs: dict[str, RawLog] = {}
        self._roles: dict[str, DeviceRole] = {}
        self._states: dict[str, DeviceState] = {}
        self._tested: list[Frame] = []
        self._test_until = 0.0

    def frame(self, frame: Frame) -> None:
        """A device gave a frame: note it, and hand it on unless it is part of a test."""
        self._roles[frame.device] = frame.role
        kept = self._keeps(frame)
        if frame.fault is not None:
            fate = Fate(frame.fault.value)
        else:
            fate = Fate.TESTED if kept else Fate.GIVEN
        self._log(frame.device).add(
            frame.raw, fate, frame.received_at, self._monotonic(), aim=frame.aim
        )
        if not kept:
            self._on_frame(frame)

    def state(self, state: DeviceState) -> None:
        """A device changed its state."""
        with self._guard:
            self._states[state.device] = state
        self._on_state(state)

    def octets(self, device: str, raw: bytes, direction: Direction = Direction.IN) -> None:
        """Bytes went over a device's wire."""
        fate = Fate.SENT if direction is Direction.OUT else Fate.CHUNK
        self._log(device).add(raw, fate, self._clock.now(), self._monotonic(), direction)

    def decode_with(self, decoders: Mapping[str, EsdDecoder]) -> None:
        """The testers were set up anew."""
        self._decoders = dict(decoders)

    def decoder(self, device: str) -> EsdDecoder | None:
        """What reads a tester's frames."""
        return self._decoders.get(device)

    def forget(self) -> None:
        """The devices are set up anew: forget their states, not what they said."""
        with self._guard:
            self._states.clear()

    # ------------------------------------------------------------------
    # The test
    # ------------------------------------------------------------------

    def begin_test(self, seconds: float) -> None:
        """Keep what is scanned from the bench for so long; what was tested before is forgotten."""
        with self._guard:
            self._tested.clear()
            self._test_until = self._monotonic() + seconds

    def end_test(self) -> None:
        """Give the bench what is scanned from now on."""
        with self._guard:
            self._test_until = 0.0

    def _keeps(self, frame: Frame) -> bool:
        with self._guard:
            if self._monotonic() >= self._test_until:
                return False
        readable = frame.role is DeviceRole.SCANNER and frame.fault is None
        if readable and barcodes.read(frame.raw, frame.aim).best.kind in OWN_LABELS:
            return False
        with self._guard:
            self._tested = [*self._tested, frame][-MOST_TESTED:]
        return True

    # ------------------------------------------------------------------
    # For whoever looks
    # ------------------------------------------------------------------

    def sight(self, lines: int = LINES_SHOWN) -> BenchSight:
        """All devices now."""
        with self._guard:
            names = sorted(self._states.keys() | self._logs.keys())
            states, tested = dict(self._states), tuple(self._tested)
            left = max(0.0, self._test_until - self._monotonic())
        sights = tuple(self._sight(name, states.get(name), lines) for name in names)
        return BenchSight(sights, int(left + 0.999), tested)

    def logs(self) -> dict[str, tuple[DeviceRole, tuple[LogLine, ...]]]:
        """All that is held of each device."""
        with self._guard:
            logs = dict(self._logs)
        return {
            name: (self._roles.get(name, DeviceRole.SCANNER), log.lines())
            for name, log in logs.items()
        }

    def _sight(self, name: str, state: DeviceState | None, newest: int) -> DeviceSight:
        log = self._log(name)
        lines = log.lines()
        frames, faults, octets = log.counters()
        return DeviceSight(
            name, state, frames, faults, octets, lines[-newest:], self.heard(name, lines)
        )

    def heard(self, device: str, lines: Sequence[LogLine]) -> Heard | None:
        """The latest frame among lines, and what it means."""
        line = next((each for each in reversed(lines) if _is_frame(each)), None)
        if line is None:
            return None
        role = self._roles.get(device, DeviceRole.SCANNER)
        ended_by = suffix_of(lines, line)
        if role is DeviceRole.SCANNER:
            return Heard(line, barcodes.read(line.raw, line.aim), None, ended_by)
        decoder = self._decoders.get(device)
        if decoder is None or not line.fate.is_whole:
            return Heard(line, None, None, ended_by)
        frame = Frame(device, role, line.raw, line.at, line.number, line.aim)
        return Heard(line, None, decoder(frame), ended_by)

    def _log(self, device: str) -> RawLog:
        with self._guard:
            return self._logs.setdefault(device, RawLog())


def suffix_of(lines: Sequence[LogLine], frame: LogLine) -> bytes | None:
    """What came behind a frame's own bytes in the chunks before its line.

    Returns:
        The control characters there; None where the chunks do not tell, as with HID reports.
    """
    before = b"".join(
        each.raw for each in lines if each.fate is Fate.CHUNK and each.number < frame.number
    )
    at = before.rfind(frame.raw)
    if not frame.raw or at < 0:
        return None
    behind = before[at + len(frame.raw) :]
    return None if b"\0" in behind else behind[: len(behind) - len(behind.lstrip(ENDS))]


def _is_frame(line: LogLine) -> bool:
    return line.direction is Direction.IN and line.fate is not Fate.CHUNK
