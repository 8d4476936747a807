"""Which modules the machine loads, and in which order: each after those that it needs.

The order is read from the modules themselves, so no depmod is needed.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from tests.kernel.problem import CannotRunError

WANTED: Final = (
    "virtio_pci",  # the wires to the outside: files, consoles
    "9pnet_virtio",
    "9p",
    "overlay",
    "virtio_console",
    "xhci_pci",  # QEMU's own USB
    "usbhid",
    "hid_generic",
    "uhid",  # HID devices made by a program
    "evdev",
    "ftdi_sio",  # QEMU's usb-serial
    "cdc_acm",
    "dummy_hcd",  # a USB plug and socket in one: gadgets
    "libcomposite",
    "usb_f_hid",
    "usb_f_acm",
)
"""Loaded in this order."""

OPTIONS: Final[Mapping[str, str]] = {"dummy_hcd": "num=4"}
"""Four sockets: as many gadgets can be plugged in at once."""


def load_order(folder: Path, wanted: Iterable[str] = WANTED) -> list[Path]:
    """List the files to load, dependencies first.

    Args:
        folder: Where a kernel's modules lie, in any depth.
        wanted: Names, with underscores.

    Raises:
        CannotRunError: The kernel lacks one, or has it compressed.
    """
    files = {path.name.split(".")[0].replace("-", "_"): path for path in folder.rglob("*.ko*")}
    built_in = {
        Path(line).name.removesuffix(".ko").replace("-", "_")
        for line in (folder / "modules.builtin").read_text(encoding="utf-8").splitlines()
    }
    order: dict[str, Path] = {}

    def add(name: str) -> None:
        if name in order or name in built_in:
            return
        path = files.get(name)
        if path is None or path.suffix != ".ko":
            raise CannotRunError(f"the kernel has no plain module {name}")
        for each in needed_by(path.read_bytes()):
            add(each)
        order[name] = path

    for name in wanted:
        add(name)
    return list(order.values())


def needed_by(module: bytes) -> list[str]:
    """Read which modules one needs, from the note that its build left in it."""
    _, found, rest = module.partition(b"\0depends=")
    names = rest.partition(b"\0")[0].decode() if found else ""
    return [name.replace("-", "_") for name in names.split(",") if name]
