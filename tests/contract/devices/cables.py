"""The ends of a cable that the contract is tried with: a fake of pyserial's port, a real terminal,
and in the machine of the kernel tier USB devices.

The fake answers as pyserial 3.5 does on a terminal (tried there; the same tests run on both): only
the port is swapped, everything above it is the real code.
"""

import errno
import os
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

import serial

from app.devices.simulators import SimulatedPort
from app.devices.spec import DeviceSpec
from app.devices.wire.address import Address, parse_address
from app.devices.wire.base import Wire
from app.devices.wire.opening import open_wire, read_seconds
from app.devices.wire.serial import Port, open_serial
from tests.contract.devices.kernel_cables import KERNEL_CABLES


class Cable(Protocol):
    """A device's end of a cable, and how the program opens the other one."""

    @property
    def path(self) -> str: ...

    @property
    def keeps_early(self) -> bool:
        """Whether what it sends before its port is opened is still there then."""
        ...

    def open(self, spec: DeviceSpec) -> Wire: ...

    def write(self, data: bytes) -> None: ...

    def write_early(self, data: bytes) -> None:
        """Send before the program has opened the port."""
        ...

    def received(self) -> bytes: ...

    def plug(self) -> None: ...

    def unplug(self) -> None: ...

    def close(self) -> None: ...

    def held_by_another(self) -> AbstractContextManager[None]: ...


class PulledCable(Cable, Protocol):
    """One that is closed at the end of a `with`."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class RealCable(SimulatedPort):
    """A pseudo-terminal."""

    keeps_early = True

    def open(self, spec: DeviceSpec) -> Wire:
        return open_wire(spec)

    def write_early(self, data: bytes) -> None:
        self.write(data)

    @contextmanager
    def held_by_another(self) -> Generator[None]:
        with serial.Serial(self.path, exclusive=True):
            yield


@dataclass
class FakePort:
    """What pyserial's port does."""

    cable: "FakeCable"
    timeout: float
    gone: bool = False
    closed: bool = False
    cancelled: bool = False
    taken: int = field(default=0)

    @property
    def in_waiting(self) -> int:
        with self.cable.changed:
            if self.closed:
                raise TypeError("'NoneType' object cannot be interpreted as an integer")
            if self.gone:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return len(self.cable.inbound)

    def read(self, size: int = 1, /) -> bytes:
        cable = self.cable
        with cable.changed:
            cable.changed.wait_for(self._readable, self.timeout)
            if self.closed:
                raise serial.PortNotOpenError
            if self.gone:
                raise serial.SerialException(
                    "device reports readiness to read but returned no data"
                )
            if self.cancelled:
                self.cancelled = False
                return b""
            data = bytes(cable.inbound[:size])
            del cable.inbound[:size]
            return data

    def write(self, b: bytes, /) -> int:
        with self.cable.changed:
            if self.closed:
                raise serial.PortNotOpenError
            if self.gone:
                raise serial.SerialException("write failed: [Errno 5] Input/output error")
            self.cable.outbound += b
            return len(b)

    def cancel_read(self) -> None:
        with self.cable.changed:
            self.cancelled = True
            self.cable.changed.notify_all()

    def close(self) -> None:
        with self.cable.changed:
            self.closed = True
            if self.cable.owner is self:
                self.cable.owner = None
            self.cable.changed.notify_all()

    def _readable(self) -> bool:
        return bool(self.closed or self.gone or self.cancelled or self.cable.inbound)


class FakeCable:
    """A cable without a kernel."""

    path = "/dev/fake"
    keeps_early = True

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.inbound = bytearray()
        self.outbound = bytearray()
        self.owner: FakePort | str | None = None
        self.plugged = True
        self.refusal: int | None = None

    def open(self, spec: DeviceSpec) -> Wire:
        address = parse_address(spec.url, spec.line)
        return open_serial(address, read_seconds=read_seconds(spec), opener=self._open)

    def write(self, data: bytes) -> None:
        with self.changed:
            assert self.plugged
            self.inbound += data
            self.changed.notify_all()

    def write_early(self, data: bytes) -> None:
        self.write(data)

    def received(self) -> bytes:
        with self.changed:
            data = bytes(self.outbound)
            self.outbound.clear()
            return data

    def plug(self) -> None:
        with self.changed:
            self.plugged = True

    def unplug(self) -> None:
        with self.changed:
            self.plugged = False
            self.inbound.clear()
            if isinstance(self.owner, FakePort):
                self.owner.gone = True
            self.owner = None
            self.changed.notify_all()

    def close(self) -> None:
        self.unplug()

    @contextmanager
    def held_by_another(self) -> Generator[None]:
        with self.changed:
            self.owner = "another"
        yield
        with self.changed:
            self.owner = None

    def _open(self, path: str, address: Address, timeout: float) -> Port:
        del address
        with self.changed:
            if not self.plugged:
                raise serial.SerialException(errno.ENOENT, f"could not open port {path}")
            if self.refusal is not None:
                raise serial.SerialException(self.refusal, f"could not open port {path}")
            if self.owner is not None:
                raise serial.SerialException(errno.EAGAIN, "Could not exclusively lock port")
            self.owner = FakePort(self, timeout)
            return self.owner


_HERE: dict[str, Callable[[], Cable]] = {"fake": FakeCable, "pty": RealCable}

IN_THE_MACHINE = os.environ.get("REPAIR_BENCH_TIER") == "kernel"
"""Whether these tests run inside the machine of `tests.kernel`."""

NOISE_ROUNDS = 2_000 if IN_THE_MACHINE else 40_000
"""How often 254 bytes make a flood: half a megabyte on a USB line, ten on the others."""

PULLED: Mapping[str, Callable[[], PulledCable]] = (
    KERNEL_CABLES if IN_THE_MACHINE else {"pty": RealCable}
)
"""Those that are real enough to be pulled at every moment."""

CABLES: Mapping[str, Callable[[], Cable]] = KERNEL_CABLES if IN_THE_MACHINE else _HERE
