"""The bench of the HID contract: scanners that are plugged in, talk, and are pulled out.

One suite (`test_hid_scanner.py`, `test_hid_port.py`) runs in every tier. A tier is a class that is
made without arguments and does what `HidBench` says; ``REPAIR_BENCH_HID_BENCH=module:Class`` picks
it, else it is the fake. `test_hid_tiers.py` starts those that need a process of their own.
"""

import importlib
import os
import threading
import time
from dataclasses import dataclass, replace
from typing import Final, Protocol, cast

from app.devices.wire.hid import HidApi
from tests.contract.devices.rig import PATIENCE

VARIABLE: Final = "REPAIR_BENCH_HID_BENCH"
FAKE: Final = "tests.contract.devices.hid_fake:FakeHidBench"

QUEUE: Final = "queue"
"""The tier drops unread reports as the kernel does."""


@dataclass(frozen=True, slots=True)
class HidIdentity:
    """What a unit says of itself, and the USB socket it is in.

    Attributes:
        vid: Vendor id.
        pid: Product id.
        serial: Its serial number; empty for none.
        socket: The USB socket.
    """

    vid: int = 0x0C2E
    pid: int = 0x0B61
    serial: str = "S1"
    socket: str = "1-1"

    @property
    def url(self) -> str:
        """The address that names it best."""
        name = f"hid:{self.vid:04x}:{self.pid:04x}"
        return f"{name}:{self.serial}" if self.serial else f"{name}@{self.socket}"

    def but(self, **changes: int | str) -> "HidIdentity":
        """Another one."""
        return replace(self, **changes)  # pyright: ignore[reportArgumentType] # the names are checked when it runs


class HidUnderTest(Protocol):
    """A unit that is plugged in."""

    @property
    def path(self) -> str:
        """The path that it got this time."""
        ...

    def send(self, report: bytes) -> None:
        """Send one input report, its id first where the descriptor numbers them."""
        ...

    def written(self) -> list[bytes]:
        """The reports that arrived from the program, id first, since the last time."""
        ...

    def unplug(self) -> None:
        """Pull it out. Does nothing if it is out."""
        ...


class HidBench(Protocol):
    """What a tier has to be able to do. Only the test's own thread calls it."""

    @property
    def abilities(self) -> frozenset[str]:
        """What it shows as a real kernel does: `QUEUE` or nothing."""
        ...

    @property
    def knows_sockets(self) -> bool:
        """Whether units are in the USB socket that they are given."""
        ...

    def api(self) -> HidApi:
        """What the program reads the units with."""
        ...

    def plug(self, descriptor: bytes, identity: HidIdentity) -> HidUnderTest:
        """Plug a unit in."""
        ...

    def close(self) -> None:
        """Pull all out."""
        ...


def until_written(unit: HidUnderTest, count: int) -> list[bytes]:
    """Wait until so many reports arrived from the program: a kernel passes them on in its time."""
    reports: list[bytes] = []
    until, pause = time.monotonic() + PATIENCE, threading.Event()
    while len(reports) < count:
        assert time.monotonic() < until, reports
        reports += unit.written()
        pause.wait(0.002)
    return reports


def make_bench() -> HidBench:
    """The bench of the tier that is asked for."""
    module, _, name = os.environ.get(VARIABLE, FAKE).partition(":")
    return cast("HidBench", getattr(importlib.import_module(module), name)())
