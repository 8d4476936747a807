"""What only the edge of hidapi shows: its errors, its rows, its places."""

import errno
import importlib.util
import os
import sys
from pathlib import Path

import pytest
from typing_extensions import override

import app.devices.wire.hid as here
from app.devices.errors import WireCode
from app.devices.wire.hid import (
    HidApi,
    HidPort,
    HidUnit,
    find_location,
    hold_node,
    load_api,
    load_library,
)
from app.domain.frames import DeviceStatus
from tests.contract.devices.hid_asking import code_of
from tests.contract.devices.hid_descriptors import HONEYWELL
from tests.contract.devices.hid_fake import FakeHandle, FakeHidBench, FakeHidLibrary
from tests.contract.devices.hid_rig import HidIdentity
from tests.contract.devices.hid_running import hid_spec, running

ONE = HidIdentity()


# ----------------------------------------------------------------------
# Where units are, and who they are
# ----------------------------------------------------------------------


def test_linux_tells_the_socket_in_sysfs(tmp_path: Path) -> None:
    place = tmp_path / "pci0000:00/0000:00:14.0/usb1/1-2/1-2.3/1-2.3:1.0/0003:0C2E:0B61.0001/hidraw"
    (place / "hidraw0").mkdir(parents=True)
    (tmp_path / "hidraw0").symlink_to(place / "hidraw0")
    assert find_location("/dev/hidraw0", tmp_path) == "1-2.3"
    assert find_location("/dev/hidraw1", tmp_path) is None


@pytest.mark.parametrize(
    ("path", "location"),
    [
        (r"\\?\hid#vid_0c2e&pid_0b61&mi_01#7&2ba4e5f&0&0000#{4d1e55b2}", "7&2ba4e5f&0&0000"),
        ("DevSrvsID:4294971123", None),  # macOS tells none
        ("", None),
    ],
)
def test_elsewhere_the_path_tells_the_socket_or_nothing_does(
    path: str, location: str | None
) -> None:
    assert find_location(path) == location


def test_a_unit_is_named_by_what_lasts() -> None:
    unit = HidUnit("/dev/hidraw0", 0x0C2E, 0x0B61, "S1", "1-2", 0x8C, 2, "")
    assert unit.identity == "hid:0c2e:0b61:S1"
    unit = HidUnit("/dev/hidraw0", 0x0C2E, 0x0B61, None, "1-2", 0x8C, 2, "")
    assert unit.identity == "hid:0c2e:0b61@1-2"
    unit = HidUnit("/dev/hidraw0", 0x0C2E, 0x0B61, None, None, 0x8C, 2, "")
    assert unit.identity == "hid:0c2e:0b61"


class OddLibrary(FakeHidLibrary):
    """Rows as no version of hidapi has given them yet."""

    @override
    def enumerate(self, vendor_id: int = 0, product_id: int = 0, /) -> list[dict[str, object]]:
        return [{}, {"path": None, "vendor_id": "x", "serial_number": 7, "product_string": " P "}]


def test_a_row_that_lacks_something_is_a_unit_all_the_same() -> None:
    units = HidApi(OddLibrary()).units()
    assert [unit.description for unit in units] == ["", "P"]
    assert {(unit.path, unit.vid, unit.serial, unit.is_scanner) for unit in units} == {
        ("", 0, None, False)
    }


# ----------------------------------------------------------------------
# The library
# ----------------------------------------------------------------------


@pytest.mark.parametrize(("platform", "name"), [("linux", "hidraw"), ("darwin", "hid")])
def test_on_linux_the_module_is_the_one_that_knows_usages(
    platform: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = FakeHidLibrary()
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setitem(sys.modules, name, module)
    assert load_library() is module


def test_the_library_that_is_shipped_can_be_asked() -> None:
    assert load_api().units() is not None


def test_a_library_that_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "hidraw", None)
    assert code_of(load_api) is WireCode.REFUSED
    with running(FakeHidBench(), hid_spec(), load=load_api) as (told, _):
        told.until_status(DeviceStatus.WRONG_MODE)
    assert told.statuses() == [DeviceStatus.OPENING, DeviceStatus.WRONG_MODE]


# ----------------------------------------------------------------------
# Opening, closing
# ----------------------------------------------------------------------


def test_a_node_is_held_until_it_is_let_go(tmp_path: Path) -> None:
    node = tmp_path / "hidraw0"
    assert code_of(lambda: hold_node(str(node))) is WireCode.ABSENT
    node.touch()
    release = hold_node(str(node))
    assert code_of(lambda: hold_node(str(node))) is WireCode.BUSY
    release()
    hold_node(str(node))()


def test_a_node_that_the_user_may_not_open_is_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, flags: int) -> int:  # root may open everything
        del flags
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "open", refuse)
    assert code_of(lambda: hold_node("/dev/hidraw0")) is WireCode.DENIED


def test_where_paths_are_no_files_the_system_itself_keeps_others_away() -> None:
    let_go = hold_node("DevSrvsID:4294971123")
    hold_node("DevSrvsID:4294971123")()  # a node of Linux would be taken already
    let_go()


def test_where_there_are_no_such_locks_the_module_still_loads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert here.__file__ is not None
    monkeypatch.setitem(sys.modules, "fcntl", None)
    location = importlib.util.spec_from_file_location("hid_elsewhere", here.__file__)
    assert location is not None
    assert location.loader is not None
    elsewhere = importlib.util.module_from_spec(location)
    monkeypatch.setitem(sys.modules, "hid_elsewhere", elsewhere)  # its dataclass looks itself up
    location.loader.exec_module(elsewhere)
    elsewhere.hold_node("/nowhere")()


def test_a_device_that_nobody_holds_and_that_does_not_open_is_busy_and_is_let_go() -> None:
    hid = FakeHidBench()
    unit = hid.plug(HONEYWELL, ONE)
    hid.library.refused.add(unit.path)
    assert code_of(lambda: hid.api().open(unit.path)) is WireCode.BUSY
    hid.library.refused.clear()
    hid.api().open(unit.path).close()


def test_a_scanner_that_the_user_may_not_open_is_told_until_it_may() -> None:
    hid = FakeHidBench()
    unit = hid.plug(HONEYWELL, ONE)
    hid.library.denied.add(unit.path)
    with running(hid, hid_spec()) as (told, _):
        told.until_status(DeviceStatus.DENIED)
        hid.library.denied.clear()
        told.until_status(DeviceStatus.READY)
    opening, denied, ready = told.statuses()
    assert (opening, denied, ready) == (
        DeviceStatus.OPENING,
        DeviceStatus.DENIED,
        DeviceStatus.READY,
    )


def test_a_device_that_cannot_be_closed_is_let_go_all_the_same() -> None:
    class Stuck(FakeHandle):
        @override
        def close(self) -> None:
            raise OSError("close error")

    let_go: list[str] = []
    port = HidPort(Stuck(FakeHidLibrary()), "/dev/hidraw0", lambda: let_go.append("node"))
    port.close()
    port.close()
    assert let_go == ["node"]
