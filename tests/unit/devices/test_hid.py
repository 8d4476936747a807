"""What only the edge of hidapi shows: its errors, its rows, its places."""

import errno
import importlib.util
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typing_extensions import override

import app.devices.wire.hid as here
from app.devices.errors import AddressError, WireCode, WireError
from app.devices.listing import DeviceKind, DeviceRow, list_devices
from app.devices.outlet import Surroundings
from app.devices.scanner.modes import ScannerMode
from app.devices.scanner.settings import HidCommand, HidSettings
from app.devices.supervisor import Supervisor
from app.devices.wire.address import LineSettings, UsbIdentity, parse_address
from app.devices.wire.hid import (
    HidApi,
    HidPort,
    HidUnit,
    find_location,
    hold_node,
    load_api,
    load_library,
)
from app.devices.wire.hid_choice import candidates, precision
from app.devices.wire.hid_holding import HUNG_SECONDS, Holder
from app.devices.wire.hid_link import BURST, HidLink
from app.devices.wire.hid_thread import HidThread
from app.devices.wire.opening import check_address
from app.devices.wire.ports import PortRow
from app.domain.frames import DeviceStatus
from tests.contract.devices.cables import FakeCable
from tests.contract.devices.hid_descriptors import BEEP, HONEYWELL, KEYBOARD, honeywell
from tests.contract.devices.hid_fake import FakeHandle, FakeHidBench, FakeHidLibrary
from tests.contract.devices.hid_rig import HidIdentity
from tests.contract.devices.hid_running import HidTold, hid_spec, running
from tests.contract.devices.rig import PATIENCE, TickingClock, bench, spec_of

ONE = HidIdentity()


def code_of(ask: Callable[[], object]) -> WireCode:
    with pytest.raises(WireError) as error:
        ask()
    return error.value.reason


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


def test_a_system_that_does_not_tell_its_devices_is_asked_again() -> None:
    hid = FakeHidBench()
    hid.library.broken = True
    hid.plug(HONEYWELL, ONE)
    with running(hid, hid_spec()) as (told, _):
        told.until_status(DeviceStatus.WRONG_MODE)
        hid.library.broken = False
        told.until_status(DeviceStatus.READY)


# ----------------------------------------------------------------------
# Opening, sending
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
    hold_node("DevSrvsID:4294971123")()


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


def test_a_scanner_that_does_not_take_a_command_goes_on() -> None:
    hid = FakeHidBench()
    unit = hid.plug(HONEYWELL, ONE)
    hid.library.deaf.add(unit.path)
    beeping = HidSettings(commands=(HidCommand("beep", BEEP),))
    with running(hid, hid_spec(settings=beeping)) as (told, supervisor):
        told.until_status(DeviceStatus.READY)
        assert supervisor.send("scanner-1", "beep")
        unit.send(*honeywell(b"A"))
        told.until_frames(1)
        unit.send(*honeywell(b"B"))
        told.until_frames(2)
    assert unit.written() == []
    assert told.statuses() == [DeviceStatus.OPENING, DeviceStatus.READY]


def test_a_command_for_a_scanner_that_is_not_there_is_let_go() -> None:
    hid = FakeHidBench()
    beeping = HidSettings(commands=(HidCommand("beep", BEEP),))
    with running(hid, hid_spec(settings=beeping)) as (told, supervisor):
        told.until_status(DeviceStatus.ABSENT)
        assert supervisor.send("scanner-1", "beep")
        hid.library.until_looked(2)
        unit = hid.plug(HONEYWELL, ONE)
        told.until_status(DeviceStatus.READY)
        unit.send(*honeywell(b"A"))
        told.until_frames(1)
    assert unit.written() == []


def test_a_bench_without_hid_scanners_has_no_hid_thread_and_sends_nothing() -> None:
    with bench(FakeCable()) as (told, supervisor):
        told.until_status(DeviceStatus.READY)
        assert not supervisor.send("scanner-1", "beep")
        assert "hid" not in {thread.name for thread in threading.enumerate()}


# ----------------------------------------------------------------------
# Which one is meant
# ----------------------------------------------------------------------


def until(is_so: Callable[[], object]) -> None:
    pause, ended = threading.Event(), time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < ended
        pause.wait(0.001)


def units_of(*pairs: tuple[bytes, HidIdentity]) -> tuple[HidUnit, ...]:
    made = FakeHidBench()
    for descriptor, identity in pairs:
        made.plug(descriptor, identity)
    return made.api().units()


def test_a_scanner_that_is_in_use_is_not_chosen_again() -> None:
    units = units_of((HONEYWELL, ONE), (HONEYWELL, ONE.but(serial="S2", socket="1-2")))
    assert [unit.serial for unit in candidates(units, None, {"/dev/hidraw0"})] == ["S2"]
    assert code_of(lambda: candidates(units[:1], None, {"/dev/hidraw0"})) is WireCode.ABSENT


def test_no_more_scanners_are_looked_at_than_a_bench_could_have() -> None:
    units = units_of(*((HONEYWELL, ONE.but(serial=f"S{number}")) for number in range(20)))
    assert len(candidates(units, None)) == 8


@pytest.mark.parametrize(
    ("pid", "code"),
    [
        (0x1200, WireCode.KEYBOARD_MODE),
        (0x1900, WireCode.SNAPI_MODE),
        (0x1701, WireCode.CDC_MODE),
        (0x4321, WireCode.ABSENT),
    ],
)
def test_a_scanner_in_another_mode_is_told_by_that_mode(pid: int, code: WireCode) -> None:
    units = units_of((KEYBOARD, HidIdentity(0x05E0, pid)))
    (path,) = {unit.path for unit in units}
    assert code_of(lambda: candidates(units, None)) is code
    assert code_of(lambda: candidates(units, UsbIdentity(0x05E0, 0x1F00))) is code
    assert code_of(lambda: candidates(units, UsbIdentity(0x1EAB, 0x0010))) is WireCode.ABSENT
    assert code_of(lambda: candidates(units, None, {path})) is WireCode.ABSENT


def test_a_scanner_that_is_a_serial_port_now_is_in_cdc_mode() -> None:
    hid = FakeHidBench()
    told = HidTold()
    around = Surroundings(TickingClock(), told.on_frame, told.on_state)
    reading = HidThread([hid_spec()], around, hid.api, lambda: (PLAIN_PORT, PORT))
    reading.start()
    told.until_status(DeviceStatus.WRONG_MODE)
    hid.plug(HONEYWELL, ONE)
    told.until_status(DeviceStatus.READY)
    reading.ask_to_stop()
    assert reading.join(PATIENCE)
    assert [state.cause for state in told.states] == ["", "cdc_mode", ""]


def test_a_unit_that_speaks_otherwise_now_is_in_another_mode() -> None:
    units = units_of((KEYBOARD, ONE))
    meant = parse_address(ONE.url).usb
    assert code_of(lambda: candidates(units, meant)) is WireCode.REFUSED
    assert code_of(lambda: candidates(units, None)) is WireCode.ABSENT
    assert code_of(lambda: candidates(units, meant, {units[0].path})) is WireCode.ABSENT


def test_the_more_an_address_says_the_sooner_it_chooses() -> None:
    one = UsbIdentity(1, 2)
    levels = [
        None,
        one,
        UsbIdentity(1, 2, None, "1-1"),
        UsbIdentity(1, 2, "S"),
        UsbIdentity(1, 2, "S", "1-1"),
    ]
    assert [precision(level) for level in levels] == [0, 1, 2, 3, 4]


def test_an_address_of_a_hid_scanner_can_be_checked_before_anything_is_started() -> None:
    check_address("hid:")
    check_address("hid:0c2e:0b61:S1")
    with pytest.raises(AddressError):
        check_address("hid:scanner")
    assert parse_address("hid:").line == LineSettings()


# ----------------------------------------------------------------------
# Several at once
# ----------------------------------------------------------------------


def test_a_scanner_that_floods_holds_up_no_other() -> None:
    hid = FakeHidBench()
    second = ONE.but(serial="S2", socket="1-2")
    flood, quiet = hid.plug(HONEYWELL, ONE), hid.plug(HONEYWELL, second)
    ended = threading.Event()

    def pour() -> None:
        while not ended.is_set():
            flood.send(*honeywell(b"FLOOD"))

    hose = threading.Thread(target=pour)
    with running(hid, hid_spec(ONE.url, "flood"), hid_spec(second.url, "quiet")) as (told, _):
        told.until_status(DeviceStatus.READY, 2)
        hose.start()
        for number in range(20):
            quiet.send(*honeywell(b"%02d" % number))
            told.until(
                lambda all_: sum(frame.device == "quiet" for frame in all_.frames) > number  # noqa: B023 - it is waited for here
            )
        ended.set()
        hose.join()


def test_a_burst_is_read_in_turns() -> None:
    hid = FakeHidBench()
    unit = hid.plug(HONEYWELL, ONE)
    told = HidTold()
    link = HidLink(hid_spec(), Surroundings(TickingClock(), told.on_frame, told.on_state))
    api = hid.api()
    holder = Holder(api, lambda: None)
    until(lambda: link.open(api, holder, api.units()) or link.is_open)
    for number in range(BURST + 8):
        unit.send(*honeywell(b"%02d" % number))
    link.pump(0)
    assert len(told.frames) == BURST
    link.pump(0)
    assert told.raws() == [b"%02d" % number for number in range(BURST + 8)]
    link.close()
    link.close()
    link.pump(0)


def test_two_that_are_missing_are_each_found_when_they_come() -> None:
    hid = FakeHidBench()
    second = ONE.but(serial="S2", socket="1-2")
    with running(hid, hid_spec(ONE.url, "a"), hid_spec(second.url, "b"), hurried=True) as (told, _):
        told.until_status(DeviceStatus.ABSENT, 2)
        hid.plug(HONEYWELL, second)
        told.until_status(DeviceStatus.READY)
        hid.plug(HONEYWELL, ONE)
        told.until_status(DeviceStatus.READY, 2)
    ready = [state.device for state in told.states if state.status is DeviceStatus.READY]
    assert ready == ["b", "a"]


def test_a_driver_that_hangs_is_named_and_left_behind_and_holds_up_no_serial_scanner() -> None:
    hangs, release = threading.Event(), threading.Event()

    class Hanging(FakeHidLibrary):
        @override
        def enumerate(self, vendor_id: int = 0, product_id: int = 0, /) -> list[dict[str, object]]:
            hangs.set()
            release.wait(PATIENCE)
            return []

    cable, told = FakeCable(), HidTold()

    def made() -> Supervisor:
        return Supervisor(
            [hid_spec(name="hanging"), spec_of(cable)],
            told.on_frame,
            told.on_state,
            TickingClock(),
            opener=cable.open,
            hid=lambda: HidApi(Hanging()),
        )

    assert made().stop() == ()  # one that has not begun has nothing to wait for
    supervisor = made()
    supervisor.start()
    try:
        cable.write(b"A\r")
        told.until_frames(1)
        assert hangs.wait(PATIENCE)
        assert supervisor.stop(0.2) == ("hanging",)
    finally:
        release.set()
        assert supervisor.stop(PATIENCE) == ()


def test_serial_and_hid_scanners_are_read_side_by_side() -> None:
    hid = FakeHidBench()
    unit = hid.plug(HONEYWELL, ONE)
    cable = FakeCable()
    both = (hid_spec(ONE.url, "scanner-2"), spec_of(cable))
    with running(hid, *both, opener=cable.open) as (told, supervisor):
        told.until_status(DeviceStatus.READY, 2)
        cable.write(b"SERIAL\r\n")
        unit.send(*honeywell(b"HID"))
        told.until_frames(2)
        assert [state.device for state in supervisor.states()] == ["scanner-1", "scanner-2"]
    assert {frame.device: frame.raw for frame in told.frames} == {
        "scanner-1": b"SERIAL",
        "scanner-2": b"HID",
    }


def test_a_scanner_that_hangs_when_it_is_opened_holds_up_no_other() -> None:
    """Linux waits in the opening of a device that does not listen."""
    hid = FakeHidBench()
    second = ONE.but(serial="S2", socket="1-2")
    stuck, unit = hid.plug(HONEYWELL, ONE), hid.plug(HONEYWELL, second)
    hid.library.hanging.add(stuck.path)
    with running(hid, hid_spec(ONE.url, "stuck"), hid_spec(second.url, "other")) as (told, _):
        told.until_status(DeviceStatus.READY)
        unit.send(*honeywell(b"A"))
        told.until_frames(1)
        told.until_status(DeviceStatus.BUSY)
        unit.send(*honeywell(b"B"))
        told.until_frames(2)
        hid.library.until_looked(1)
        hid.library.go_on(stuck.path)
        told.until_status(DeviceStatus.READY, 2)
        stuck.send(*honeywell(b"C"))
        told.until_frames(3)
    assert [(frame.device, frame.raw) for frame in told.frames] == [
        ("other", b"A"),
        ("other", b"B"),
        ("stuck", b"C"),
    ]


def test_a_bench_ends_while_a_scanner_hangs_and_lets_go_of_it_when_it_opens() -> None:
    hid = FakeHidBench()
    stuck = hid.plug(HONEYWELL, ONE)
    hid.library.hanging.add(stuck.path)
    with running(hid, hid_spec()) as (told, _):
        hid.library.until_looked(3)
    assert told.statuses() == [DeviceStatus.OPENING]
    hid.library.go_on(stuck.path)
    until(lambda: not hid.library.held and not opening_threads())
    hid.api().open(stuck.path).close()


def opening_threads() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name.startswith("hid opens")]


def test_a_node_that_nobody_takes_is_let_go() -> None:
    hid = FakeHidBench()
    units = [hid.plug(HONEYWELL, ONE.but(serial=f"S{number}")) for number in range(3)]
    free, denied, late = (unit.path for unit in units)
    hid.library.denied.add(denied)
    hid.library.hanging.add(late)
    now = [0.0]
    woken = threading.Event()
    holder = Holder(hid.api(), woken.set, lambda: now[0])
    assert [holder.is_opening(path) for path in (free, denied, late)] == [True] * 3
    until(lambda: not holder.is_opening(free) and not holder.is_opening(denied))
    assert woken.is_set()
    assert holder.is_opening(late)
    now[0] = HUNG_SECONDS
    assert not holder.is_opening(late)
    assert code_of(lambda: holder.take(late)) is WireCode.BUSY
    assert hid.library.held == {free}
    holder.let_go()
    assert hid.library.held == set()
    assert not holder.is_opening(late)  # it hangs still: no second thread is spent on it
    holder.let_go()
    hid.library.go_on(late)
    until(lambda: not opening_threads())
    assert hid.library.held == set()
    assert holder.is_opening(late)
    until(lambda: not holder.is_opening(late))
    holder.take(late)()
    assert holder.is_opening(denied)
    until(lambda: not holder.is_opening(denied))
    assert code_of(lambda: holder.take(denied)) is WireCode.DENIED


# ----------------------------------------------------------------------
# What there is
# ----------------------------------------------------------------------

PORT = PortRow("/dev/ttyACM0", 0x1EAB, 0x1D06, "N1", "1-4", "Newland")
PLAIN_PORT = PortRow("/dev/ttyS0", None, None, None, None, "ttyS0")


def test_the_list_names_what_can_be_set_up_and_the_mode_of_what_cannot() -> None:
    hid = FakeHidBench()
    hid.plug(HONEYWELL, ONE)
    hid.plug(KEYBOARD, HidIdentity(0x05E0, 0x1200, "", "1-2"))
    hid.plug(KEYBOARD, HidIdentity(0x046D, 0xC31C, "", "1-3"))
    port, plain, scanner, keyboard = list_devices(lambda: (PORT, PLAIN_PORT), hid.api)
    assert (port.kind, port.address, port.mode) == (
        DeviceKind.SERIAL,
        "usb:1eab:1d06:N1",
        ScannerMode.CDC,
    )
    assert (plain.address, plain.mode, plain.can_be_read) == ("/dev/ttyS0", None, True)
    assert scanner == DeviceRow(
        kind=DeviceKind.HID,
        path="/dev/hidraw0",
        vid=0x0C2E,
        pid=0x0B61,
        serial="S1",
        location="1-1",
        description="Maker Scanner",
        address=ONE.url,
        mode=ScannerMode.HID_POS,
    )
    assert (keyboard.address, keyboard.mode) == ("hid:05e0:1200@1-2", ScannerMode.KEYBOARD)
    assert [row.can_be_read for row in (port, scanner, keyboard)] == [True, True, False]
