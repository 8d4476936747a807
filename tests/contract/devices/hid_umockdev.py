"""HID scanners that only umockdev knows: the real hidapi, sysfs and device nodes, no kernel driver.

It works in a process that was started with ``libumockdev-preload.so.0`` only; `test_hid_tiers.py`
starts one. What is not as in a kernel: a node is a terminal, so reports run together where more
than one would fit in a read, none is ever lost, and a second opener takes from the first.
"""

import ctypes
import os
import shutil
import tempfile
import threading
import tty
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from typing_extensions import override

from app.devices.wire.hid import HidApi, HidPort, HidUnit, load_api
from tests.contract.devices.hid_rig import HidIdentity

PRELOAD: Final = "libumockdev-preload.so.0"
LIBRARY: Final = "libumockdev.so.0"

_DEVICE: Final = """\
P: {hid}/hidraw/hidraw{number}
N: hidraw{number}
E: DEVNAME=/dev/hidraw{number}
E: MAJOR=241
E: MINOR={number}
E: SUBSYSTEM=hidraw
A: dev=241:{number}
L: device=../../../{name}

P: {hid}
E: SUBSYSTEM=hid
E: HID_ID={ids}
E: HID_NAME=Maker Scanner
E: HID_UNIQ={serial}
H: report_descriptor={descriptor}
A: uevent=HID_ID={ids}\\nHID_NAME=Maker Scanner\\nHID_UNIQ={serial}

P: {usb}/{socket}:1.0
E: DEVTYPE=usb_interface
E: SUBSYSTEM=usb
A: bInterfaceNumber=00

P: {usb}
E: DEVTYPE=usb_device
E: SUBSYSTEM=usb
A: idVendor={vid:04x}
A: idProduct={pid:04x}
A: manufacturer=Maker
A: product=Scanner
A: bcdDevice=0100
"""


class _Umockdev:
    """The few functions of libumockdev that are used, through ctypes: no PyGObject is needed."""

    def __init__(self) -> None:
        self._library: Any = ctypes.CDLL(LIBRARY)
        self._objects: Any = ctypes.CDLL("libgobject-2.0.so.0")
        self._library.umockdev_testbed_new.restype = ctypes.c_void_p
        self._library.umockdev_testbed_get_root_dir.restype = ctypes.c_void_p
        self._bed = ctypes.c_void_p(self._library.umockdev_testbed_new())
        assert self._library.umockdev_in_mock_environment(), f"start it with {PRELOAD}"

    @property
    def root(self) -> Path:
        place = self._library.umockdev_testbed_get_root_dir(self._bed)
        return Path(os.fsdecode(ctypes.string_at(place)))

    def add(self, text: str) -> None:
        error = ctypes.c_void_p()
        done = self._library.umockdev_testbed_add_from_string(
            self._bed, text.encode(), ctypes.byref(error)
        )
        assert done, "umockdev did not take the device"

    def answer(self, node: str, file: Path) -> None:
        error = ctypes.c_void_p()
        done = self._library.umockdev_testbed_load_ioctl(
            self._bed, node.encode(), os.fsencode(file), ctypes.byref(error)
        )
        assert done, "umockdev did not take the ioctls"

    def end_of(self, node: str) -> int:
        return int(self._library.umockdev_testbed_get_dev_fd(self._bed, node.encode()))

    def remove(self, place: str, node: str) -> None:
        self._library.umockdev_testbed_remove_device(self._bed, place.encode())
        for link in [*(self.root / "sys").rglob("*"), *(self.root / "dev").rglob("*")]:
            if link.is_symlink() and not link.exists():  # it leaves them, and stumbles on them
                link.unlink()
        (self.root / node[1:]).unlink(missing_ok=True)

    def close(self) -> None:
        root = self.root
        self._objects.g_object_unref(self._bed)
        shutil.rmtree(root, ignore_errors=True)  # it keeps a reference to itself, and its folder


class MockedUnit:
    """A unit and the end of its terminal."""

    def __init__(self, bench: "UmockdevHidBench", number: int, place: str) -> None:
        self._bench = bench
        self._place = place
        self.path = f"/dev/hidraw{number}"
        self._end = os.dup(bench.mock.end_of(self.path))
        tty.setraw(self._end)
        os.set_blocking(self._end, False)
        self._is_there = True

    def send(self, report: bytes) -> None:
        os.set_blocking(self._end, True)
        assert os.write(self._end, report) == len(report)

    def written(self) -> list[bytes]:
        os.set_blocking(self._end, False)
        with suppress(OSError):  # nothing yet, or nobody has it open
            return [os.read(self._end, 4096)]
        return []

    def unplug(self) -> None:
        if not self._is_there:
            return
        self._is_there = False
        with self._bench.quiet:
            self._bench.mock.remove(self._place, self.path)
            # The testbed keeps its own copy of the end: nothing is behind that one either.
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, self._bench.mock.end_of(self.path))
            os.close(nothing)
            os.close(self._end)


class QuietApi(HidApi):
    """The real one, but never while a test changes the testbed: umockdev has no locks."""

    def __init__(self, api: HidApi, quiet: threading.Lock) -> None:
        self._api = api
        self._quiet = quiet

    @override
    def units(self) -> tuple[HidUnit, ...]:
        with self._quiet:
            return self._api.units()

    @override
    def hold(self, path: str) -> Callable[[], None]:
        return self._api.hold(path)

    @override
    def open(self, path: str, release: Callable[[], None] | None = None) -> HidPort:
        with self._quiet:
            return self._api.open(path, release)


class UmockdevHidBench:
    """The tier with the real library and no kernel."""

    abilities = frozenset[str]()
    knows_sockets = True

    def __init__(self) -> None:
        self.quiet = threading.Lock()
        self.mock = _Umockdev()
        self._folder = tempfile.TemporaryDirectory(prefix="repair-bench-")
        self._units: list[MockedUnit] = []

    def api(self) -> HidApi:
        return QuietApi(load_api(), self.quiet)

    def plug(self, descriptor: bytes, identity: HidIdentity) -> MockedUnit:
        number = len(self._units)  # a kernel would give a free one again
        usb = f"/devices/pci0000:00/0000:00:14.0/usb1/{identity.socket}"
        name = f"0003:{identity.vid:04X}:{identity.pid:04X}.{number + 1:04X}"
        text = _DEVICE.format(
            number=number,
            usb=usb,
            hid=f"{usb}/{identity.socket}:1.0/{name}",
            name=name,
            ids=f"0003:{identity.vid:08X}:{identity.pid:08X}",
            descriptor=descriptor.hex().upper(),
            vid=identity.vid,
            pid=identity.pid,
            serial=identity.serial,
            socket=identity.socket,
        )
        if identity.serial:
            text += f"A: serial={identity.serial}\n"
        with self.quiet:
            self.mock.add(text)
            self.mock.answer(f"/dev/hidraw{number}", self._ioctls(number, descriptor))
            unit = MockedUnit(self, number, f"/sys{usb}")
        self._units.append(unit)
        return unit

    def close(self) -> None:
        for unit in self._units:
            unit.unplug()
        self.mock.close()
        self._folder.cleanup()

    def _ioctls(self, number: int, descriptor: bytes) -> Path:
        size = len(descriptor).to_bytes(4, "little")
        file = Path(self._folder.name) / f"hidraw{number}"
        file.write_text(
            f"@DEV /dev/hidraw{number}\n"
            f"HIDIOCGRDESCSIZE 0 {size.hex().upper()}\n"
            f"HIDIOCGRDESC 0 {(size + descriptor.ljust(4096, bytes(1))).hex().upper()}\n",
            encoding="ascii",
        )
        return file
