"""hidapi and the kernel below it, without either: what the kernel tier showed is what this does.

A timeout gives nothing. One report a read, cut to the size that was asked for. The first 63 reports
that nobody reads are kept, later ones are lost. Every opener gets every report. After an unplug
the handle raises at once and for ever, and as long as it is open its number is not given again.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from app.devices.errors import WireCode, WireError
from app.devices.scanner.descriptor import Field, parse_descriptor
from app.devices.wire.hid import HidApi, HidHandle
from tests.contract.devices.hid_rig import QUEUE, HidIdentity
from tests.contract.devices.rig import PATIENCE

KEPT: Final = 63


@dataclass
class FakeUnit:
    """A unit and all who have it open."""

    system: "FakeHidLibrary"
    path: str
    descriptor: bytes
    identity: HidIdentity
    handles: list["FakeHandle"] = field(default_factory=list["FakeHandle"])
    sent: list[bytes] = field(default_factory=list[bytes])
    is_there: bool = True

    def send(self, report: bytes) -> None:
        with self.system.changed:
            assert self.is_there
            for handle in self.handles:
                if len(handle.queue) < KEPT:
                    handle.queue.append(report)
            self.system.changed.notify_all()

    def written(self) -> list[bytes]:
        with self.system.changed:
            sent, self.sent = self.sent, []
            return sent

    def unplug(self) -> None:
        with self.system.changed:
            self.is_there = False
            self.system.settle()
            self.system.changed.notify_all()


@dataclass
class FakeHandle:
    """What ``hid.device`` does."""

    system: "FakeHidLibrary"
    unit: FakeUnit | None = None
    queue: deque[bytes] = field(default_factory=deque[bytes])
    nonblocking: bool = False

    def open_path(self, path: bytes, /) -> None:
        with self.system.changed:
            unit = self.system.find(path.decode())
            if unit is None or unit.path in self.system.refused:
                raise OSError("open failed")
            self.unit = unit
            unit.handles.append(self)
            self.system.openings += 1

    def set_nonblocking(self, v: int, /) -> int:
        self.nonblocking = bool(v)
        return 0

    def get_report_descriptor(self) -> list[int]:
        with self.system.changed:
            return list(self._alive().descriptor)

    def read(self, max_length: int, timeout_ms: int = 0, /) -> list[int]:
        with self.system.changed:
            forever = timeout_ms == 0 and not self.nonblocking
            self.system.changed.wait_for(self._readable, None if forever else timeout_ms / 1000)
            self._alive()
            return list(self.queue.popleft()[:max_length]) if self.queue else []

    def write(self, buff: bytes, /) -> int:
        with self.system.changed:
            if self.unit is None:
                raise ValueError("not open")
            if not self.unit.is_there or self.unit.path in self.system.deaf:
                return -1
            self.unit.sent.append(buff)
            return len(buff)

    def send_feature_report(self, buff: bytes, /) -> int:
        return self.write(buff)

    def close(self) -> None:
        with self.system.changed:
            if self.unit is not None:
                self.unit.handles.remove(self)
                self.unit = None
                self.system.settle()

    def _alive(self) -> FakeUnit:
        if self.unit is None:
            raise ValueError("not open")
        if not self.unit.is_there:
            raise OSError("read error")
        return self.unit

    def _readable(self) -> bool:
        return self.unit is None or not self.unit.is_there or bool(self.queue)


class FakeHidLibrary:
    """What the module ``hidraw`` does."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.units: list[FakeUnit] = []
        self.refused: set[str] = set()
        self.denied: set[str] = set()
        self.held: set[str] = set()
        self.hanging: set[str] = set()
        self.deaf: set[str] = set()
        self.broken = False
        self.looks = 0
        self.openings = 0

    def enumerate(self, vendor_id: int = 0, product_id: int = 0, /) -> list[dict[str, object]]:
        del vendor_id, product_id
        with self.changed:
            self.looks += 1
            self.changed.notify_all()
            if self.broken:
                raise OSError("no memory")
            return [row for unit in self.units if unit.is_there for row in _rows(unit)]

    def device(self) -> HidHandle:
        return FakeHandle(self)

    def until_looked(self, more: int) -> None:
        """Wait until the program has enumerated so many times more."""
        with self.changed:
            wanted = self.looks + more
            assert self.changed.wait_for(lambda: self.looks >= wanted, PATIENCE)

    def find(self, path: str) -> FakeUnit | None:
        return next((each for each in self.units if each.path == path and each.is_there), None)

    def settle(self) -> None:
        """Forget what is gone and closed: its number can be given again."""
        self.units = [each for each in self.units if each.is_there or each.handles]

    def add(self, descriptor: bytes, identity: HidIdentity) -> FakeUnit:
        with self.changed:
            used = {each.path for each in self.units}
            path = next(p for n in range(100) if (p := f"/dev/hidraw{n}") not in used)
            unit = FakeUnit(self, path, descriptor, identity)
            self.units.append(unit)
            return unit

    def hold(self, path: str) -> Callable[[], None]:
        """What the lock on a device's node does."""
        with self.changed:
            if self.find(path) is None:
                raise WireError(WireCode.ABSENT, path)
            assert self.changed.wait_for(lambda: path not in self.hanging, PATIENCE)
            if path in self.denied:
                raise WireError(WireCode.DENIED, path)
            if path in self.held:
                raise WireError(WireCode.BUSY, path)
            self.held.add(path)
            return lambda: self.held.remove(path)

    def go_on(self, path: str) -> None:
        """Let a device that hangs open after all."""
        with self.changed:
            self.hanging.remove(path)
            self.changed.notify_all()

    def locate(self, path: str) -> str | None:
        unit = self.find(path)
        return unit.identity.socket if unit is not None else None


def _rows(unit: FakeUnit) -> list[dict[str, object]]:
    """One for each application collection, as hidraw makes them."""
    fields: tuple[Field, ...] = parse_descriptor(unit.descriptor).fields
    return [
        {
            "path": unit.path.encode(),
            "vendor_id": unit.identity.vid,
            "product_id": unit.identity.pid,
            "serial_number": unit.identity.serial,
            "manufacturer_string": "Maker",
            "product_string": "Scanner",
            "usage_page": usage >> 16,
            "usage": usage & 0xFFFF,
            "interface_number": 0,
        }
        for usage in dict.fromkeys(each.application for each in fields)
    ]


class FakeHidBench:
    """The tier without a kernel."""

    abilities = frozenset({QUEUE})
    knows_sockets = True

    def __init__(self) -> None:
        self.library = FakeHidLibrary()

    def api(self) -> HidApi:
        return HidApi(self.library, self.library.locate, self.library.hold)

    def plug(self, descriptor: bytes, identity: HidIdentity) -> FakeUnit:
        return self.library.add(descriptor, identity)

    def close(self) -> None:
        for unit in list(self.library.units):
            unit.unplug()
