"""What holds for every open wire."""

import threading

import pytest

from app.devices.errors import WireCode, WireError
from app.devices.wire.framing import Framing
from tests.contract.devices.cables import Cable
from tests.contract.devices.rig import PATIENCE, spec_of

QUICK = Framing(idle=0.02)


def test_a_read_gives_all_that_waits(cable: Cable) -> None:
    wire = cable.open(spec_of(cable))
    cable.write(b"ABC")
    data = b""
    while len(data) < 3:
        data += wire.read()
    assert data == b"ABC"
    wire.close()


def test_a_silent_read_gives_nothing_and_is_no_fault(cable: Cable) -> None:
    wire = cable.open(spec_of(cable, QUICK))
    assert wire.read() == b""
    cable.write(b"A")
    data = b""
    while not data:
        data = wire.read()
    assert data == b"A"
    wire.close()


def test_what_is_written_reaches_the_device(cable: Cable) -> None:
    wire = cable.open(spec_of(cable))
    wire.write(b"READ?\r\n")
    assert cable.received() == b"READ?\r\n"
    assert cable.received() == b""
    wire.close()


def test_cancelling_wakes_a_read_from_another_thread(cable: Cable) -> None:
    wire = cable.open(spec_of(cable))
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(wire.read()))
    reader.start()
    wire.cancel()
    reader.join(PATIENCE)
    assert read == [b""]
    wire.close()


def test_cancelling_and_closing_are_harmless_at_any_time(cable: Cable) -> None:
    wire = cable.open(spec_of(cable))
    cable.unplug()
    wire.cancel()
    wire.close()
    wire.close()
    wire.cancel()
    with pytest.raises(WireError) as closed:
        wire.read()
    assert closed.value.reason is WireCode.LOST


def test_reading_and_writing_a_device_that_is_gone_is_told_as_lost(cable: Cable) -> None:
    wire = cable.open(spec_of(cable))
    cable.unplug()
    with pytest.raises(WireError) as reading:
        wire.read()
    with pytest.raises(WireError) as writing:
        wire.write(b"A")
    wire.close()
    with pytest.raises(WireError) as closed:
        wire.read()
    assert {reading.value.reason, writing.value.reason, closed.value.reason} == {WireCode.LOST}


def test_a_device_that_is_not_there_is_absent(cable: Cable) -> None:
    cable.unplug()
    with pytest.raises(WireError) as error:
        cable.open(spec_of(cable))
    assert error.value.reason is WireCode.ABSENT


def test_a_second_opener_is_refused_until_the_first_lets_go(cable: Cable) -> None:
    first = cable.open(spec_of(cable))
    with pytest.raises(WireError) as error:
        cable.open(spec_of(cable))
    assert error.value.reason is WireCode.BUSY
    first.close()
    cable.open(spec_of(cable)).close()


def test_a_read_in_another_thread_survives_the_unplugging(cable: Cable) -> None:
    wire = cable.open(spec_of(cable))
    faults: list[WireError] = []

    def read_on() -> None:
        try:
            while True:
                wire.read()
        except WireError as error:
            faults.append(error)

    reader = threading.Thread(target=read_on)
    reader.start()
    cable.unplug()
    reader.join(PATIENCE)
    assert [fault.reason for fault in faults] == [WireCode.LOST]
    wire.close()
