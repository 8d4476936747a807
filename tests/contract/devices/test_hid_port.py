"""What holds for every open HID device, whatever is below it."""

from collections.abc import Callable

import pytest

from app.devices.errors import WireCode, WireError
from app.devices.wire.hid import HidApi, HidPort
from tests.contract.devices.hid_descriptors import BEEP, HONEYWELL, KEYBOARD, PLAIN, honeywell
from tests.contract.devices.hid_rig import QUEUE, HidBench, HidIdentity, until_written

ONE = HidIdentity()
WAIT_MS = 20_000
SIZE = 64


@pytest.fixture
def api(hid: HidBench) -> HidApi:
    return hid.api()


def path_of(api: HidApi, identity: HidIdentity = ONE) -> str:
    (path,) = {unit.path for unit in api.units() if unit.serial == (identity.serial or None)}
    return path


def lost(ask: Callable[[], object]) -> WireCode:
    with pytest.raises(WireError) as error:
        ask()
    return error.value.reason


def test_a_unit_tells_who_it_is(hid: HidBench, api: HidApi) -> None:
    assert api.units() == ()
    hid.plug(HONEYWELL, ONE)
    (unit,) = api.units()
    assert (unit.vid, unit.pid, unit.serial, unit.description) == (
        0x0C2E,
        0x0B61,
        "S1",
        "Maker Scanner",
    )
    assert unit.is_scanner
    assert unit.identity == ONE.url
    assert not hid.knows_sockets or unit.location == "1-1"


def test_a_keyboard_is_no_scanner(hid: HidBench, api: HidApi) -> None:
    hid.plug(KEYBOARD, ONE)
    assert [unit.is_scanner for unit in api.units()] == [False]


def test_the_descriptor_comes_whole(hid: HidBench, api: HidApi) -> None:
    hid.plug(HONEYWELL, ONE)
    port = api.open(path_of(api))
    assert port.descriptor() == HONEYWELL
    port.close()


def test_each_read_gives_one_report(hid: HidBench, api: HidApi) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    port = api.open(path_of(api))
    first, second = honeywell(b"A" * 60)
    unit.send(first)
    unit.send(second)
    assert [port.read(SIZE, WAIT_MS), port.read(SIZE, WAIT_MS)] == [first, second]
    port.close()


def test_reports_without_an_id_come_as_they_are(hid: HidBench, api: HidApi) -> None:
    unit = hid.plug(PLAIN, ONE)
    port = api.open(path_of(api))
    unit.send(b"12345678")
    assert port.read(8, WAIT_MS) == b"12345678"
    port.close()


def test_a_silent_read_gives_nothing_and_is_no_fault(hid: HidBench, api: HidApi) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    port = api.open(path_of(api))
    assert (port.read(SIZE, 0), port.read(SIZE, 1)) == (b"", b"")
    (report,) = honeywell(b"A")
    unit.send(report)
    assert port.read(SIZE, WAIT_MS) == report
    assert port.read(SIZE, 0) == b""
    port.close()


def test_of_a_hundred_unread_reports_the_first_are_kept(hid: HidBench, api: HidApi) -> None:
    if QUEUE not in hid.abilities:
        pytest.skip("this tier keeps them all")
    unit = hid.plug(HONEYWELL, ONE)
    port = api.open(path_of(api))
    sent = [honeywell(b"%03d" % number)[0] for number in range(100)]
    for report in sent:
        unit.send(report)
    kept: list[bytes] = []
    while report := port.read(SIZE, 1):
        kept.append(report)
    assert kept == sent[:63]
    port.close()


def test_a_second_opener_is_refused_until_the_first_lets_go(hid: HidBench, api: HidApi) -> None:
    hid.plug(HONEYWELL, ONE)
    path = path_of(api)
    first = api.open(path)
    assert lost(lambda: api.open(path)) is WireCode.BUSY
    first.close()
    first.close()
    api.open(path).close()


def test_what_is_sent_reaches_the_device(hid: HidBench, api: HidApi) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    port = api.open(path_of(api))
    assert unit.written() == []
    assert port.send(BEEP, feature=False)
    assert until_written(unit, 1) == [BEEP]
    assert unit.written() == []
    port.close()


def test_an_unplugged_device_is_lost_at_once_and_for_ever(hid: HidBench, api: HidApi) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    port = api.open(path_of(api))
    unit.unplug()
    unit.unplug()
    assert [lost(lambda: port.read(SIZE, WAIT_MS)) for _ in range(3)] == [WireCode.LOST] * 3
    assert lost(lambda: port.read(SIZE, 0)) is WireCode.LOST
    assert not port.send(BEEP, feature=False)
    assert api.units() == ()
    port.close()


def test_a_new_plug_gets_another_path_while_the_dead_handle_is_open(
    hid: HidBench, api: HidApi
) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    old = path_of(api)
    dead = api.open(old)
    unit.unplug()
    again = hid.plug(HONEYWELL, ONE)
    new = path_of(api)
    assert new != old
    assert lost(lambda: dead.read(SIZE, 0)) is WireCode.LOST
    dead.close()
    port = api.open(new)
    (report,) = honeywell(b"A")
    again.send(report)
    assert port.read(SIZE, WAIT_MS) == report
    port.close()


def test_closing_is_harmless_at_any_time(hid: HidBench, api: HidApi) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    port = api.open(path_of(api))
    unit.unplug()
    port.close()
    port.close()
    assert lost(lambda: port.read(SIZE, 0)) is WireCode.LOST
    assert lost(port.descriptor) is WireCode.LOST
    assert not port.send(BEEP, feature=True)


def test_a_device_that_is_gone_cannot_be_opened(hid: HidBench, api: HidApi) -> None:
    unit = hid.plug(HONEYWELL, ONE)
    path = path_of(api)
    unit.unplug()
    opened: list[HidPort] = []
    assert lost(lambda: opened.append(api.open(path))) is WireCode.ABSENT
    assert opened == []
