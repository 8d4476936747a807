"""The one thread of all HID scanners: what holds up whom, and what it sends."""

import errno
import threading

from typing_extensions import override

from app.devices.errors import WireCode
from app.devices.outlet import Surroundings
from app.devices.scanner.settings import HidCommand, HidSettings
from app.devices.supervisor import Supervisor
from app.devices.wire.hid import (
    HidApi,
)
from app.devices.wire.hid_holding import HUNG_SECONDS, Holder
from app.devices.wire.hid_link import BURST, HidLink
from app.devices.wire.hid_thread import HidThread
from app.devices.wire.ports import PortRow
from app.domain.frames import DeviceStatus, FrameFault
from tests.contract.devices.cables import FakeCable
from tests.contract.devices.hid_asking import code_of, until
from tests.contract.devices.hid_descriptors import BEEP, HONEYWELL, honeywell
from tests.contract.devices.hid_fake import FakeHidBench, FakeHidLibrary
from tests.contract.devices.hid_rig import HidIdentity
from tests.contract.devices.hid_running import HidTold, hid_spec, running
from tests.contract.devices.rig import PATIENCE, TickingClock, bench, spec_of

ONE = HidIdentity()
PORT = PortRow("/dev/ttyACM0", 0x1EAB, 0x1D06, "N1", "1-4", "Newland")
PLAIN_PORT = PortRow("/dev/ttyS0", None, None, None, None, "ttyS0")


def test_a_system_that_does_not_tell_its_devices_is_asked_again() -> None:
    hid = FakeHidBench()
    hid.library.broken = True
    hid.plug(HONEYWELL, ONE)
    with running(hid, hid_spec()) as (told, _):
        told.until_status(DeviceStatus.WRONG_MODE)
        hid.library.broken = False
        told.until_status(DeviceStatus.READY)


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
    heard = [frame.raw for frame in told.frames if frame.device == "quiet"]
    assert heard == [b"%02d" % number for number in range(20)]
    assert any(frame.raw == b"FLOOD" for frame in told.frames)


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


def test_after_a_sleep_a_scanner_is_opened_anew_and_nothing_of_it_is_lost() -> None:
    hid = FakeHidBench()
    unit = hid.plug(HONEYWELL, ONE)
    first, last = honeywell(b"A" * 60)
    with running(hid, hid_spec()) as (told, supervisor):
        told.until_status(DeviceStatus.READY)
        (before,) = unit.handles
        unit.send(first)
        told.until_reports(1)
        supervisor.reopen()
        until(lambda: unit.handles not in ([before], []))
        unit.send(last)
        told.until_frames(2)
    assert [(frame.raw, frame.fault) for frame in told.frames] == [
        (b"A" * 56, FrameFault.CUT_OFF),
        (b"A" * 4, None),
    ]
    assert told.statuses() == [DeviceStatus.OPENING, DeviceStatus.READY] * 2


def test_scanners_that_were_looked_at_in_vain_are_left_alone_until_something_changes() -> None:
    hid = FakeHidBench()
    hid.plug(HONEYWELL, ONE)
    twin = hid.plug(HONEYWELL, ONE.but(serial="S2", socket="1-2"))
    with running(hid, hid_spec(), hurried=True) as (told, supervisor):
        told.until_status(DeviceStatus.WRONG_MODE)
        assert hid.library.openings == 2
        hid.library.until_looked(5)
        assert hid.library.openings == 2
        supervisor.retry()
        until(lambda: hid.library.openings == 4)
        twin.unplug()
        told.until_status(DeviceStatus.READY)
        assert hid.library.openings == 5
    assert [state.cause for state in told.states] == ["", "ambiguous", ""]


def test_serial_ports_that_cannot_be_listed_keep_nobody_from_a_scanner() -> None:
    def vanished() -> tuple[PortRow, ...]:
        raise OSError(errno.ENODEV, "No such device")

    hid = FakeHidBench()
    told = HidTold()
    around = Surroundings(TickingClock(), told.on_frame, told.on_state)
    reading = HidThread([hid_spec()], around, hid.api, vanished)
    reading.start()
    told.until_status(DeviceStatus.ABSENT)
    hid.plug(HONEYWELL, ONE)
    told.until_status(DeviceStatus.READY)
    reading.ask_to_stop()
    assert reading.join(PATIENCE)


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
