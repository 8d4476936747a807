"""How fast frames are handled; ``python -m tests.benchmarks.devices`` prints one line of JSON.

``frames_per_second`` is the reader without a kernel, ``pty_ms`` the time from the write of a
message to a real pseudo-terminal until its frame. ``bare_ms`` is the floor of this machine: the
same bytes, read by a thread that blocks on the terminal and does nothing else.

``watched_per_second`` is the same as ``frames_per_second`` with all bytes and frames noted for the
devices screen. ``beside_hung_ms`` is ``pty_ms`` while a second device hangs in its driver and a
third is missing, ``thread_gap_ms`` how long a thread that only ticks, as a window does, waited,
999 times of 1,000; ``bare_gap_ms`` the same without any device.
"""

import argparse
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.devices.errors import WireCode, WireError
from app.devices.simulators import SimulatedPort
from app.devices.spec import DeviceSpec
from app.devices.supervisor import Supervisor
from app.devices.watching import Watch
from app.devices.wire.base import Wire
from app.devices.wire.opening import open_wire
from app.domain.frames import DeviceRole, DeviceState, DeviceStatus, Frame

MESSAGE = b"[)>06-1P661-17578-SC02XL0GTJGH5"


class FixedClock:
    """No look at the computer's clock: it is not what is measured."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, tzinfo=UTC)

    def today(self) -> date:
        return self.now().date()


@dataclass
class Playback:
    """A wire that gives what it was given, as fast as it is asked."""

    chunks: list[bytes]
    done: threading.Event

    def read(self) -> bytes:
        if self.chunks:
            return self.chunks.pop()
        self.done.set()
        return b""

    def write(self, data: bytes) -> None:
        del data

    def cancel(self) -> None:
        return

    def close(self) -> None:
        return


def frames_per_second(count: int) -> float:
    """How many frames a second one reader makes of chunks as a kernel gives them."""
    stream = (MESSAGE + b"\r\n") * count
    chunks = [stream[at : at + 4095] for at in range(0, len(stream), 4095)]
    wire = Playback(chunks[::-1], threading.Event())
    frames: list[Frame] = []
    start = time.perf_counter()
    supervisor = run(lambda spec: wire, "/dev/none", frames.append, lambda state: None)
    wire.done.wait()
    seconds = time.perf_counter() - start
    supervisor.stop()
    assert len(frames) == count
    return count / seconds


def pty_ms(count: int) -> list[float]:
    """From the last byte on a pseudo-terminal to the frame, in ms."""
    arrived, ready = threading.Event(), threading.Event()
    moments: list[float] = []

    def on_frame(frame: Frame) -> None:
        del frame
        moments.append(time.perf_counter())
        arrived.set()

    def on_state(state: DeviceState) -> None:
        if state.status is DeviceStatus.READY:
            ready.set()

    took: list[float] = []
    with SimulatedPort() as port:
        supervisor = run(open_wire, port.path, on_frame, on_state)
        ready.wait()
        for _ in range(count):
            arrived.clear()
            start = time.perf_counter()
            port.write(MESSAGE + b"\r")
            arrived.wait()
            took.append((moments[-1] - start) * 1000)
        supervisor.stop()
    return took


def watched_per_second(count: int) -> float:
    """The same, through the watch that the window looks at."""
    stream = (MESSAGE + b"\r\n") * count
    chunks = [stream[at : at + 4095] for at in range(0, len(stream), 4095)]
    wire = Playback(chunks[::-1], threading.Event())
    frames: list[Frame] = []
    watch = Watch(frames.append, lambda state: None, FixedClock())
    spec = DeviceSpec("scanner-1", DeviceRole.SCANNER, "/dev/none")
    start = time.perf_counter()
    supervisor = Supervisor(
        [spec],
        watch.frame,
        watch.state,
        FixedClock(),
        opener=lambda spec: wire,
        on_bytes=watch.octets,
    )
    supervisor.start()
    wire.done.wait()
    seconds = time.perf_counter() - start
    supervisor.stop()
    assert len(frames) == count
    return count / seconds


class Ticking:
    """A thread that only ticks, as a window does that nobody touches; notes its longest gap."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self.gaps: list[float] = []
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        before = time.perf_counter()
        while not self._stop.wait(0.002):
            now = time.perf_counter()
            self.gaps.append((now - before) * 1000 - 2)
            before = now

    def stop(self) -> float:
        self._stop.set()
        self._thread.join()
        return round(statistics.quantiles(self.gaps, n=1000)[998], 3)


def beside_hung(count: int) -> tuple[list[float], float]:
    """Frames of one device while another hangs in its driver and a third is missing, in ms."""
    arrived, ready, free = threading.Event(), threading.Event(), threading.Event()
    moments: list[float] = []

    def opener(spec: DeviceSpec) -> Wire:
        if spec.name == "hung":
            free.wait()  # a driver that does not come back
            raise WireError(WireCode.ABSENT, spec.name)
        if spec.name == "missing":
            raise WireError(WireCode.ABSENT, spec.name)
        return open_wire(spec)

    def on_frame(frame: Frame) -> None:
        del frame
        moments.append(time.perf_counter())
        arrived.set()

    def on_state(state: DeviceState) -> None:
        if state.status is DeviceStatus.READY:
            ready.set()

    took: list[float] = []
    with SimulatedPort() as port:
        watch = Watch(on_frame, on_state, FixedClock())
        specs = [
            DeviceSpec(name, DeviceRole.SCANNER, port.path)
            for name in ("hung", "missing", "scanner-1")
        ]
        supervisor = Supervisor(
            specs, watch.frame, watch.state, FixedClock(), opener=opener, on_bytes=watch.octets
        )
        supervisor.start()
        ready.wait()
        ticking = Ticking()
        for _ in range(count):
            arrived.clear()
            start = time.perf_counter()
            port.write(MESSAGE + b"\r")
            arrived.wait()
            took.append((moments[-1] - start) * 1000)
            watch.sight()  # as the window does while the devices are shown
        gap = ticking.stop()
        free.set()
        supervisor.stop()
    return took, gap


def bare_gap(seconds: float) -> float:
    """How long a thread that only ticks is held up by this machine alone."""
    ticking = Ticking()
    threading.Event().wait(seconds)
    return ticking.stop()


def bare_ms(count: int) -> list[float]:
    """The same bytes to a thread that only blocks on the terminal, in ms."""
    arrived = threading.Event()
    moments: list[float] = []
    took: list[float] = []
    with SimulatedPort() as port:
        end = os.open(port.path, os.O_RDONLY | os.O_NOCTTY)

        def read_on() -> None:
            held = b""
            while held != b"end\r":
                held += os.read(end, 4096)
                if held.endswith(b"\r") and held != b"end\r":
                    moments.append(time.perf_counter())
                    held = b""
                    arrived.set()

        reader = threading.Thread(target=read_on)
        reader.start()
        for _ in range(count):
            arrived.clear()
            start = time.perf_counter()
            port.write(MESSAGE + b"\r")
            arrived.wait()
            took.append((moments[-1] - start) * 1000)
        port.write(b"end\r")
        reader.join()
        os.close(end)
    return took


def run(
    opener: Callable[[DeviceSpec], Wire],
    path: str,
    on_frame: Callable[[Frame], None],
    on_state: Callable[[DeviceState], None],
) -> Supervisor:
    spec = DeviceSpec("scanner-1", DeviceRole.SCANNER, path)
    supervisor = Supervisor([spec], on_frame, on_state, FixedClock(), opener=opener)
    supervisor.start()
    return supervisor


def quantiles(values: list[float]) -> dict[str, float]:
    return {
        "p50": round(statistics.median(values), 3),
        "p99": round(statistics.quantiles(values, n=100)[98], 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=100_000)
    parser.add_argument("--scans", type=int, default=2_000)
    parser.add_argument("--small", action="store_true", help="what the checks run")
    options = parser.parse_args()
    frames, scans = (10_000, 200) if options.small else (options.frames, options.scans)
    bare, full = bare_ms(scans), pty_ms(scans)
    hung, gap = beside_hung(scans)
    result = {
        "frames_per_second": round(frames_per_second(frames)),
        "bare_ms": quantiles(bare),
        "pty_ms": quantiles(full),
        "watched_per_second": round(watched_per_second(frames)),
        "beside_hung_ms": quantiles(hung),
        "thread_gap_ms": gap,
        "bare_gap_ms": bare_gap(1.0),
        "ratio_p50": round(statistics.median(full) / statistics.median(bare), 2),
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
