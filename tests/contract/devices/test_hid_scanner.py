"""What holds for every HID scanner of a bench, whatever is below it."""

import threading

import pytest

from app.devices.scanner.settings import HidCommand, HidSettings
from app.devices.wire.address import UsbIdentity, parse_address
from app.devices.wire.hid_choice import candidates
from app.domain.frames import DeviceStatus, Frame, FrameFault
from tests.contract.devices.hid_descriptors import (
    BEEP,
    CONFIGURATION,
    CROOKED,
    HONEYWELL,
    KEYBOARD,
    NEWLAND,
    PLAIN,
    crooked,
    honeywell,
    newland,
)
from tests.contract.devices.hid_rig import HidBench, HidIdentity, until_written
from tests.contract.devices.hid_running import hid_spec, running
from tests.contract.devices.rig import PATIENCE

OPENING, READY, LOST = DeviceStatus.OPENING, DeviceStatus.READY, DeviceStatus.LOST
ABSENT, BUSY, WRONG = DeviceStatus.ABSENT, DeviceStatus.BUSY, DeviceStatus.WRONG_MODE
ONE = HidIdentity()
DATA_MATRIX = bytes(range(33, 127)) * 33
"""3,102 bytes: 56 reports, as the largest Data Matrix needs."""


def test_a_code_becomes_a_frame_with_its_symbology(hid: HidBench) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    with running(hid, hid_spec()) as (told, _):
        told.until_status(READY)
        unit.send(*honeywell(b"C02XL0GTJGH5", "]d2"))
        (frame,) = told.until_frames(1)
    assert (frame.device, frame.role.value, frame.raw, frame.aim, frame.seq, frame.fault) == (
        "scanner-1",
        "scanner",
        b"C02XL0GTJGH5",
        "]d2",
        1,
        None,
    )
    assert told.statuses() == [OPENING, READY]


def test_a_scanner_without_symbologies_tells_none(hid: HidBench) -> None:
    unit = hid.plug(NEWLAND, ONE)
    with running(hid, hid_spec()) as (told, _):
        told.until_status(READY)
        unit.send(*newland(b"661-17578"))
        (frame,) = told.until_frames(1)
    assert (frame.raw, frame.aim) == (b"661-17578", None)


def test_a_scanner_that_tells_no_length_has_its_padding_removed(hid: HidBench) -> None:
    unit = hid.plug(PLAIN, ONE)
    with running(hid, hid_spec()) as (told, _):
        told.until_status(READY)
        unit.send(b"A\0B\0\0\0\0\0")
        unit.send(b"12345678")
        told.until_frames(2)
    assert told.raws() == [b"A\0B", b"12345678"]


def test_fields_may_begin_in_the_middle_of_a_byte(hid: HidBench) -> None:
    unit = hid.plug(CROOKED, ONE)
    with running(hid, hid_spec()) as (told, _):
        told.until_status(READY)
        for report in crooked(b"[)>\x1e06\x1d1P661\0"):
            unit.send(report)
        (frame,) = told.until_frames(1)
    assert (frame.raw, frame.aim) == (b"[)>\x1e06\x1d1P661\0", "]d2")


def test_a_full_data_matrix_is_one_frame_and_many_lose_no_report(hid: HidBench) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    with running(hid, hid_spec()) as (told, _):
        told.until_status(READY)
        for number in range(20):
            for report in honeywell(DATA_MATRIX, "]d1"):
                unit.send(report)
            told.until_frames(number + 1)
    assert told.raws() == [DATA_MATRIX] * 20
    assert {frame.aim for frame in told.frames} == {"]d1"}


def test_silence_in_the_middle_of_a_code_cuts_it_off(hid: HidBench) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    first, _ = honeywell(b"A" * 60)
    with running(hid, hid_spec()) as (told, _supervisor):
        told.until_status(READY)
        unit.send(first)
        told.until_frames(1)
        unit.send(*honeywell(b"NEXT"))
        told.until_frames(2)
    assert [(frame.raw, frame.fault, frame.aim) for frame in told.frames] == [
        (b"A" * 56, FrameFault.CUT_OFF, "]C0"),
        (b"NEXT", None, "]C0"),
    ]


def test_unplugging_in_the_middle_of_a_code_keeps_both_halves_apart(hid: HidBench) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    first, _ = honeywell(b"A" * 60)
    with running(hid, hid_spec()) as (told, _supervisor):
        told.until_status(READY)
        unit.send(*honeywell(b"WHOLE"))
        unit.send(first)
        told.until_reports(2)
        unit.unplug()
        told.until_status(LOST)
        again = hid.plug(HONEYWELL, ONE)
        told.until_status(READY, 2)
        again.send(*honeywell(b"NEXT"))
        told.until_frames(3)
    assert [(frame.raw, frame.fault) for frame in told.frames] == [
        (b"WHOLE", None),
        (b"A" * 56, FrameFault.CUT_OFF),
        (b"NEXT", None),
    ]
    assert [frame.seq for frame in told.frames] == [1, 2, 3]
    assert told.statuses() == [OPENING, READY, LOST, READY]


def test_a_second_bench_does_not_read_along(hid: HidBench) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    with running(hid, hid_spec()) as (first, _):
        first.until_status(READY)
        second_bench = running(hid, hid_spec())
        second, _ = second_bench.__enter__()
        second.until_status(BUSY)
        unit.send(*honeywell(b"FIRST"))
        first.until_frames(1)
    second.until_status(READY)
    unit.send(*honeywell(b"SECOND"))
    second.until_frames(1)
    second_bench.__exit__(None, None, None)
    assert (first.raws(), second.raws()) == ([b"FIRST"], [b"SECOND"])
    assert second.statuses() == [OPENING, BUSY, READY]


def test_a_missing_scanner_is_found_when_it_comes(hid: HidBench) -> None:
    with running(hid, hid_spec()) as (told, _):
        told.until_status(ABSENT)
        unit = hid.plug(HONEYWELL, ONE)
        told.until_status(READY)
        unit.send(*honeywell(b"A"))
        told.until_frames(1)
    assert told.statuses() == [OPENING, ABSENT, READY]


def test_a_scanner_is_found_by_its_serial_number_whatever_its_path(hid: HidBench) -> None:
    other = hid.plug(HONEYWELL, ONE.but(serial="S2", socket="1-2"))
    unit = hid.plug(HONEYWELL, ONE)
    with running(hid, hid_spec(ONE.url)) as (told, _):
        told.until_status(READY)
        other.send(*honeywell(b"NOT MINE"))
        unit.send(*honeywell(b"MINE"))
        told.until_frames(1)
    assert told.raws() == [b"MINE"]


def test_a_scanner_without_a_number_is_found_by_its_socket(hid: HidBench) -> None:
    if not hid.knows_sockets:
        pytest.skip("units of this tier are in no socket")
    nameless = ONE.but(serial="")
    hid.plug(HONEYWELL, nameless.but(socket="1-2"))
    unit = hid.plug(HONEYWELL, nameless)
    with running(hid, hid_spec(nameless.url)) as (told, _):
        told.until_status(READY)
        unit.send(*honeywell(b"MINE"))
        told.until_frames(1)
    assert told.raws() == [b"MINE"]


@pytest.mark.parametrize("url", ["hid:", "hid:0c2e:0b61"])
def test_two_scanners_that_fit_are_not_guessed(hid: HidBench, url: str) -> None:
    hid.plug(HONEYWELL, ONE)
    second = hid.plug(HONEYWELL, ONE.but(serial="S2", socket="1-2"))
    with running(hid, hid_spec(url)) as (told, _):
        told.until_status(WRONG)
        second.unplug()
        told.until_status(READY)
    assert told.statuses() == [OPENING, WRONG, READY]


def test_a_scanner_that_is_named_is_not_taken_by_one_that_takes_any(hid: HidBench) -> None:
    second = ONE.but(serial="S2", socket="1-2")
    units = [hid.plug(HONEYWELL, ONE), hid.plug(HONEYWELL, second)]
    with running(hid, hid_spec("hid:", "any"), hid_spec(ONE.url, "named")) as (told, _):
        told.until_status(READY, 2)
        for unit, code in zip(units, (b"ONE", b"TWO"), strict=True):
            unit.send(*honeywell(code))
        told.until_frames(2)
    assert {frame.device: frame.raw for frame in told.frames} == {"named": b"ONE", "any": b"TWO"}


def test_a_channel_without_a_place_for_codes_is_no_scanner(hid: HidBench) -> None:
    channel = hid.plug(CONFIGURATION, ONE)
    with running(hid, hid_spec()) as (told, _):
        told.until_status(WRONG)
        hid.plug(HONEYWELL, ONE.but(serial="S2", socket="1-2"))
        told.until_status(READY)
        channel.unplug()
    assert told.statuses() == [OPENING, WRONG, READY]


@pytest.mark.parametrize("url", ["hid:", "hid:1eab:0010"])
def test_a_scanner_in_keyboard_mode_is_told_as_in_the_wrong_mode(hid: HidBench, url: str) -> None:
    unit = hid.plug(KEYBOARD, HidIdentity(0x1EAB, 0x0003))
    with running(hid, hid_spec(url)) as (told, _):
        told.until_status(WRONG)
        unit.unplug()
        hid.plug(NEWLAND, HidIdentity(0x1EAB, 0x0010))
        told.until_status(READY)
    assert told.statuses()[0] is OPENING
    assert told.statuses()[-1] is READY


def test_a_keyboard_of_somebody_else_is_nothing(hid: HidBench) -> None:
    hid.plug(KEYBOARD, HidIdentity(0x046D, 0xC31C))
    with running(hid, hid_spec()) as (told, _):
        told.until_status(ABSENT)
    assert told.statuses() == [OPENING, ABSENT]


def test_an_address_that_is_none_is_told_and_holds_up_no_other(hid: HidBench) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    with running(hid, hid_spec("hid:telepathy", "wrong"), hid_spec()) as (told, _):
        told.until_status(WRONG)
        told.until_status(READY)
        unit.send(*honeywell(b"A"))
        told.until_frames(1)
    assert {state.device for state in told.states if state.status is WRONG} == {"wrong"}


def test_two_scanners_are_both_read(hid: HidBench) -> None:
    second = ONE.but(serial="S2", socket="1-2")
    units = [hid.plug(HONEYWELL, ONE), hid.plug(NEWLAND, second)]
    with running(hid, hid_spec(ONE.url, "a"), hid_spec(second.url, "b")) as (told, _):
        told.until_status(READY, 2)
        for number in range(30):
            units[0].send(*honeywell(b"A%03d" % number))
            units[1].send(*newland(b"B%03d" % number))
        told.until_frames(60)
    for name, letter in (("a", "A"), ("b", "B")):
        codes = [frame.raw for frame in told.frames if frame.device == name]
        assert codes == [f"{letter}{number:03d}".encode() for number in range(30)]


def test_nothing_is_sent_to_a_scanner_but_what_its_profile_names(hid: HidBench) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    beeping = HidSettings(commands=(HidCommand("beep", BEEP),))
    with running(hid, hid_spec(settings=beeping)) as (told, supervisor):
        told.until_status(READY)
        assert not supervisor.send("scanner-1", "trigger")
        assert not supervisor.send("scanner-2", "beep")
        unit.send(*honeywell(b"A"))
        told.until_frames(1)
        assert unit.written() == []
        assert supervisor.send("scanner-1", "beep")
        assert until_written(unit, 1) == [BEEP]
        unit.send(*honeywell(b"B"))
        told.until_frames(2)
        assert unit.written() == []


def test_stopping_keeps_what_was_half_read(hid: HidBench) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    with running(hid, hid_spec()) as (told, supervisor):
        told.until_status(READY)
        unit.send(honeywell(b"A" * 60)[0])
        told.until_reports(1)
        assert supervisor.stop(PATIENCE) == ()
    assert [(frame.raw, frame.fault) for frame in told.frames] == [(b"A" * 56, FrameFault.CUT_OFF)]


def test_a_retry_does_not_wait_for_its_turn(hid: HidBench) -> None:
    hour = threading.Event()

    def wait(event: threading.Event, seconds: float) -> bool:
        del seconds
        hour.set()
        return event.wait(3600)

    with running(hid, hid_spec(), wait=wait) as (told, supervisor):
        assert hour.wait(PATIENCE)
        hid.plug(HONEYWELL, ONE)
        supervisor.retry()
        told.until_status(READY)


def test_waits_grow_to_a_second_while_a_scanner_is_missing(hid: HidBench) -> None:
    with running(hid, hid_spec(), hurried=True) as (told, _):
        told.until(lambda all_: len(all_.waits) >= 6)
        unit = hid.plug(HONEYWELL, ONE)
        unit_ready = len(told.waits)
        told.until_status(READY)
        unit.send(*honeywell(b"A"))
        told.until_frames(1)
        unit.unplug()
        told.until(lambda all_: len(all_.waits) >= unit_ready + 2)
    assert [round(each, 1) for each in told.waits[:6]] == [0.1, 0.2, 0.4, 0.8, 1.0, 1.0]


def test_a_bug_in_a_callback_ends_the_thread_loudly(
    hid: HidBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", crashes.append)

    def broken(frame: Frame) -> None:
        raise LookupError(frame.raw)

    unit = hid.plug(HONEYWELL, ONE)
    with running(hid, hid_spec(), on_frame=broken) as (told, _):
        told.until_status(READY)
        unit.send(*honeywell(b"A"))
        told.until_status(LOST)
    assert [crash.exc_type for crash in crashes] == [LookupError]


def test_many_plugs_and_unplugs_lose_no_code_that_was_complete(hid: HidBench) -> None:
    with running(hid, hid_spec(ONE.url), hurried=True) as (told, _):
        for turn in range(10):
            unit = hid.plug(HONEYWELL, ONE)
            told.until_status(READY, turn + 1)
            for report in honeywell(b"%03d" % turn + b"-" * 100):
                unit.send(report)
            told.until_frames(turn + 1)
            unit.unplug()
            told.until_status(LOST, turn + 1)
    assert told.raws() == [b"%03d" % turn + b"-" * 100 for turn in range(10)]
    assert {frame.fault for frame in told.frames} == {None}


def test_the_choice_is_made_by_identity(hid: HidBench) -> None:
    hid.plug(HONEYWELL, ONE)
    api = hid.api()
    meant = parse_address(ONE.url).usb
    assert meant == UsbIdentity(0x0C2E, 0x0B61, "S1")
    (unit,) = candidates(api.units(), meant)
    assert unit.identity == ONE.url
