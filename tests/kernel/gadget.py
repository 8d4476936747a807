"""USB devices made of the kernel's own gadget parts, on a plug and socket inside the kernel."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GADGETS: Final = Path("/sys/kernel/config/usb_gadget")
SOCKETS: Final = Path("/sys/class/udc")
ENGLISH: Final = "0x409"

_taken: set[str] = set()
_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class Unit:
    """What a USB unit says about itself."""

    vid: int
    pid: int
    serial: str
    maker: str = "Repair Bench tests"
    product: str = "Simulated device"


class Gadget:
    """A USB device with one function, not plugged in yet.

    Args:
        unit: What it says about itself.
        function: As configfs names it: ``acm.NAME``, ``hid.NAME``.
        settings: The function's files and what is written into them first.
    """

    def __init__(
        self, unit: Unit, function: str, settings: Mapping[str, bytes] | None = None
    ) -> None:
        self._socket = _take_socket()
        self._folder = GADGETS / self._socket
        self._folder.mkdir()
        self._write("idVendor", f"0x{unit.vid:04x}")
        self._write("idProduct", f"0x{unit.pid:04x}")
        strings = self._folder / "strings" / ENGLISH
        strings.mkdir()
        for name, text in (
            ("serialnumber", unit.serial),
            ("manufacturer", unit.maker),
            ("product", unit.product),
        ):
            (strings / name).write_text(text)
        self.function = self._folder / "functions" / function
        self.function.mkdir()
        for name, content in (settings or {}).items():
            (self.function / name).write_bytes(content)
        configuration = self._folder / "configs" / "c.1"
        configuration.mkdir()
        (configuration / function).symlink_to(self.function)
        self._link = configuration / function

    def plug(self) -> None:
        """Connect it; the host finds it some moments later."""
        self._write("UDC", self._socket)

    def unplug(self) -> None:
        """Pull it, in the middle of whatever goes on; the host notices some moments later."""
        self._write("UDC", "\n")

    def remove(self) -> None:
        """Take an unplugged one apart."""
        self._link.unlink()
        self._link.parent.rmdir()
        self.function.rmdir()
        (self._folder / "strings" / ENGLISH).rmdir()
        self._folder.rmdir()
        with _guard:
            _taken.discard(self._socket)

    def _write(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text)


def _take_socket() -> str:
    with _guard:
        free = sorted({each.name for each in SOCKETS.iterdir()} - _taken)
        _taken.add(free[0])
        return free[0]
