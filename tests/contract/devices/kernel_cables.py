"""Cables of the kernel tier: real USB devices, found by what they are and really pulled.

They exist only inside the machine of `tests.kernel`.
"""

import itertools
import os
import select
import threading
import time
import tty
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

import serial

from app.devices.simulators import UnpluggedError
from app.devices.spec import DeviceSpec
from app.devices.wire.address import parse_address
from app.devices.wire.base import Wire
from app.devices.wire.opening import open_wire
from app.devices.wire.ports import resolve
from tests.kernel.gadget import Gadget, Unit
from tests.kernel.qmp import Qmp, RefusedError
from tests.kernel.uevents import PATIENCE, Uevents

PORTS: Final = Path("/sys/class/tty")

_QUIET_SECONDS: Final = 0.3
"""How long nothing must come before nothing is said to have come."""
_TURN_SECONDS: Final = 0.05

_serials = (f"RB{number:06d}" for number in itertools.count(1))


class Plug(Protocol):
    """What is behind a cable's end."""

    @property
    def address(self) -> str: ...

    @property
    def keeps_early(self) -> bool:
        """Whether what it sends before its port is opened is still there then."""
        ...

    def connect(self) -> None: ...

    def disconnect(self) -> None: ...

    def open(self) -> int: ...

    def remove(self) -> None: ...


class AcmPlug:
    """A scanner as a USB communications device (f_acm): ttyACM on the bench's side."""

    keeps_early = True

    def __init__(self) -> None:
        serial_number = next(_serials)
        self.address = f"usb:0c2e:0b61:{serial_number}"
        self._gadget = Gadget(Unit(0x0C2E, 0x0B61, serial_number), f"acm.{serial_number}")
        number = (self._gadget.function / "port_num").read_text().strip()
        self._own_end = Path(f"/dev/ttyGS{number}")

    def connect(self) -> None:
        self._gadget.plug()

    def disconnect(self) -> None:
        self._gadget.unplug()

    def open(self) -> int:
        descriptor = os.open(self._own_end, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(descriptor)  # else it echoes
        return descriptor

    def remove(self) -> None:
        self._gadget.remove()


class ConverterPlug:
    """A scanner behind a USB converter (FTDI's, as QEMU plays it): ttyUSB on the bench's side.

    What is written into the machine's port comes out of the converter. Both are joined anew at each
    plug, so that nothing of before the unplugging is left in between.
    """

    address = "usb:0403:6001"
    keeps_early = False  # FTDI's driver empties the converter when its port is opened
    _OWN_END: Final = Path("/dev/virtio-ports/line")

    def __init__(self) -> None:
        self._qemu = Qmp()
        self._pause = threading.Event()  # never set

    def connect(self) -> None:
        path = f"{os.environ['REPAIR_BENCH_MACHINE']}/line"
        at = {"type": "unix", "data": {"path": path}}
        server = {"type": "socket", "data": {"addr": at, "server": True, "wait": False}}
        client = {"type": "socket", "data": {"addr": at, "server": False}}
        self._qemu.call("chardev-add", id="line-outside", backend=server)
        self._qemu.call("chardev-change", id="line", backend=client)
        self._qemu.call(
            "device_add",
            driver="usb-serial",
            id="converter",
            chardev="line-outside",
            bus="usb.0",
            port="1",
        )

    def disconnect(self) -> None:
        self._qemu.call("device_del", id="converter")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                self._qemu.call("chardev-remove", id="line-outside")
            except RefusedError:  # the unit is gone, but QEMU has not cleared it away yet
                self._pause.wait(_TURN_SECONDS)
            else:
                return
        raise TimeoutError("QEMU holds on to the converter")

    def open(self) -> int:
        return os.open(self._OWN_END, os.O_RDWR | os.O_NONBLOCK)

    def remove(self) -> None:
        self._qemu.close()


class UsbCable:
    """A scanner's end of a USB cable, and how the program opens the other one."""

    def __init__(self, plug: Plug) -> None:
        self._plug = plug
        self._guard = threading.Lock()
        self._end: int | None = None
        self._opened = threading.Event()
        self.plug()

    @property
    def path(self) -> str:
        return self._plug.address

    @property
    def keeps_early(self) -> bool:
        return self._plug.keeps_early

    def open(self, spec: DeviceSpec) -> Wire:
        wire = open_wire(spec)
        self._opened.set()
        return wire

    def write(self, data: bytes) -> None:
        """Send bytes; waits while the program does not read.

        It is used as a person would: after the port was opened, because until the program has set
        the terminal, the kernel takes control characters for orders and turns line ends.

        Raises:
            UnpluggedError: It is not plugged in, or was pulled out meanwhile.
        """
        end = time.monotonic() + PATIENCE
        while not self._opened.wait(_TURN_SECONDS):
            self._plugged()
            assert time.monotonic() < end, f"nobody opened {self.path}"
        self.write_early(data)

    def write_early(self, data: bytes) -> None:
        """Send bytes, whether the port is open or not."""
        rest = memoryview(data)
        while rest:
            with self._guard:
                rest = rest[self._write_some(rest) :]

    def received(self) -> bytes:
        """What the program wrote; it travels, so silence is waited for."""
        data = b""
        with self._guard:
            end = self._plugged()
            while select.select([end], [], [], _QUIET_SECONDS)[0]:
                data += os.read(end, 65536)
        return data

    def plug(self) -> None:
        with self._guard, Uevents() as events:
            if self._end is None:
                before = _ports()
                self._plug.connect()
                self._end = self._plug.open()
                events.until(f"{self.path} to come", lambda: bool(_ports() - before))

    def unplug(self) -> None:
        with self._guard, Uevents() as events:
            if self._end is not None:
                port = Path(self._port()).name
                self._plug.disconnect()
                os.close(self._end)
                self._end = None
                self._opened.clear()
                events.until(f"{self.path} to go", lambda: port not in _ports())

    def close(self) -> None:
        self.unplug()
        self._plug.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def held_by_another(self) -> Generator[None]:
        with serial.Serial(self._port(), exclusive=True):
            yield

    def _port(self) -> str:
        """The port that it has now."""
        unit = parse_address(self.path).usb
        assert unit is not None
        return resolve(unit)

    def _plugged(self) -> int:
        if self._end is None:
            raise UnpluggedError(self.path)
        return self._end

    def _write_some(self, data: memoryview) -> int:
        end = self._plugged()
        try:
            return os.write(end, data)
        except BlockingIOError:
            select.select([], [end], [], _TURN_SECONDS)  # a turn only: it may be pulled out
            return 0


def _ports() -> frozenset[str]:
    return frozenset(each.name for each in PORTS.iterdir())


KERNEL_CABLES: Final[dict[str, Callable[[], UsbCable]]] = {
    "f_acm": lambda: UsbCable(AcmPlug()),
    "usb-serial": lambda: UsbCable(ConverterPlug()),
}
