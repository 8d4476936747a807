"""Testers over TCP and over HTTP: the sockets and the server are real."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.devices.errors import WireCode, WireError
from app.devices.profile import Profile
from app.devices.profiles import load_profile
from app.devices.simulators import UnpluggedError
from app.devices.simulators_network import SimulatedHost, SimulatedServer
from app.devices.spec import device_spec
from app.devices.wire.framing import Framing
from app.devices.wire.opening import open_wire
from app.devices.wire.polling import Poll
from app.domain.frames import DeviceStatus, FrameFault
from tests.contract.devices.rig import PATIENCE
from tests.contract.devices.tester_rig import (
    ABSENT,
    DENIED,
    LOST,
    READY,
    WRONG,
    bench,
    ohms,
    read_on,
    spec_of,
)

if TYPE_CHECKING:
    from app.devices.wire.base import Wire

# ----------------------------------------------------------------------
# TCP
# ----------------------------------------------------------------------


def test_a_tester_on_the_network_is_read_and_found_again() -> None:
    profile = load_profile("generic-wrist-line")
    with SimulatedHost() as host, bench(device_spec("esd-1", host.path, profile)) as told:
        told.until_status(READY)
        assert host.wait_connected(PATIENCE)
        host.write(b"WRIST;1.25E+06;PASS\r\nWRIST;1.3")
        told.until_frames(1)
        host.hang_up()
        told.until_status(LOST)
        told.until_status(READY, 2)
        assert host.wait_connected(PATIENCE)
        host.write(b"WRIST;1.05E+06;PASS\r\n")
        told.until_frames(3)
    assert ohms(profile, told) == [1_250_000, "cut_off", 1_050_000]


def test_a_port_where_nobody_listens_is_absent_until_somebody_does() -> None:
    with SimulatedHost() as host:
        host.unplug()
        with bench(spec_of(host.path)) as told:
            told.until_status(ABSENT)
            host.plug()
            told.until_status(READY)


def test_what_is_written_reaches_the_host_and_a_dead_connection_is_lost() -> None:
    with SimulatedHost() as host:
        wire = open_wire(spec_of(host.path, Framing(idle=0.02)))
        assert host.wait_connected(PATIENCE)
        wire.write(b"READ?\r\n")
        assert host.wait_received(PATIENCE) == b"READ?\r\n"
        assert wire.read() == b""
        wire.cancel()
        host.unplug()
        with pytest.raises(WireError) as reading:
            read_on(wire)
        wire.close()
        with pytest.raises(WireError) as writing:
            wire.write(b"A")
    assert {reading.value.reason, writing.value.reason} == {WireCode.LOST}


def test_a_name_that_nobody_has_is_absent() -> None:
    with pytest.raises(WireError) as error:
        open_wire(spec_of("tcp://no-such-host.invalid:4001"))
    assert error.value.reason is WireCode.ABSENT


def test_a_device_that_speaks_when_asked_is_asked_and_its_frames_are_answered() -> None:
    framing = Framing(ack=b"\x06", nak=b"\x15", maximum=8)
    with (
        SimulatedHost() as host,
        bench(spec_of(host.path, framing, Poll(b"D?\r", 0.01))) as told,
    ):
        assert host.wait_connected(PATIENCE)
        asked = b""
        while asked.count(b"D?\r") < 2:
            asked += host.wait_received(PATIENCE)
        host.write(b"1.05\r\nfar too long a line\r\n")
        told.until(lambda all_: any(f.fault is FrameFault.OVERSIZE for f in all_.frames))
        while b"\x15" not in asked:
            asked += host.wait_received(PATIENCE)
    assert asked.index(b"\x06") < asked.index(b"\x15")


# ----------------------------------------------------------------------
# HTTP
# ----------------------------------------------------------------------

TEST = b'"02.03.2026";"08:15:00";"";"";"";"1050";"OK";"";"1001";"22.5";"41"\r\n'


def hurried(name: str) -> Profile:
    profile = load_profile(name)
    assert profile.poll is not None
    return replace(profile, poll=replace(profile.poll, every=0.01))


def test_each_answer_is_one_frame_as_it_came_and_nothing_is_no_frame() -> None:
    profile = hurried("warmbier-pgt130dt")
    with SimulatedServer() as server:
        server.answer(b"0")
        server.answer(TEST + TEST.replace(b"1050", b"").replace(b"OK", b"2"))
        server.answer(TEST.replace(b"1001", b"1002"))
        with bench(device_spec("esd-1", server.path, profile)) as told:
            told.until_frames(2)
            assert server.wait_asked(6, PATIENCE)
        asked = set(server.asked)
    assert asked == {"/cgi-bin/pgt120-data.cgi?fetch=2"}
    assert told.raws() == [
        TEST + TEST.replace(b"1050", b"").replace(b"OK", b"2"),
        TEST.replace(b"1001", b"1002"),
    ]
    assert ohms(profile, told) == [1_050_000, None, 1_050_000]


def test_an_answer_that_stays_the_same_is_one_frame() -> None:
    profile = hurried("warmbier-pgt130dt")
    with SimulatedServer(empty=TEST) as server:
        with bench(device_spec("esd-1", server.path, profile)) as told:
            assert server.wait_asked(5, PATIENCE)
        assert told.raws() == [TEST]


def test_a_body_beyond_the_bound_is_kept_in_pieces_and_marked() -> None:
    framing = Framing(terminators=(), whole=True, maximum=1000)
    with (
        SimulatedServer(empty=b"x" * 10**6) as server,
        bench(spec_of(server.path, framing, Poll(every=60.0))) as told,
    ):
        told.until_frames(2)
    assert [(len(frame.raw), frame.fault) for frame in told.frames] == [
        (1000, FrameFault.OVERSIZE),
        (1, FrameFault.OVERSIZE),
    ]


@pytest.mark.parametrize(
    ("status", "state"), [(401, DENIED), (404, WRONG), (302, WRONG), (503, ABSENT)]
)
def test_an_answer_that_is_none_is_a_state(status: int, state: DeviceStatus) -> None:
    with SimulatedServer() as server:
        server.answer(b"", status)
        with bench(spec_of(server.path, poll=Poll(every=0.01))) as told:
            told.until_status(state)
            told.until_status(READY)


def test_a_server_that_goes_away_is_lost_and_nothing_is_sent_to_it() -> None:
    server = SimulatedServer()
    try:
        wire = open_wire(spec_of(server.path, poll=Poll(every=0.01)))
        assert wire.read() == b"no data"
        with pytest.raises(WireError) as writing:
            wire.write(b"A")
        assert writing.value.reason is WireCode.REFUSED
        wire.cancel()
    finally:
        server.close()
    with pytest.raises(WireError) as reading:
        read_on(wire)
    wire.close()
    assert reading.value.reason is WireCode.LOST


@pytest.mark.parametrize("drop", [b"X-Drop: 1\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"d"])
def test_an_answer_that_drips_for_ever_is_given_up(
    drop: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.devices.wire.http.ANSWER_SECONDS", 0.2)
    faults: list[WireCode] = []
    with SimulatedHost() as host:
        url = host.path.replace("tcp:", "http:")

        def ask() -> None:
            try:
                open_wire(spec_of(url, poll=Poll(every=60.0)))
            except WireError as error:
                faults.append(error.reason)

        asking = threading.Thread(target=ask)
        asking.start()
        assert host.wait_connected(PATIENCE)
        host.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if drop == b"d" else b""))
        with suppress(UnpluggedError):
            while asking.is_alive():
                host.write(drop)
                asking.join(0.01)
        asking.join()
    assert faults == [WireCode.ABSENT]


def test_stopping_breaks_off_an_answer_that_is_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.devices.wire.http.ANSWER_SECONDS", PATIENCE)
    faults: list[WireCode] = []
    with SimulatedHost() as host:
        url = host.path.replace("tcp:", "http:")

        def ask() -> None:
            wire = open_wire(spec_of(url, poll=Poll(every=0.01)))
            asking.wire = wire
            try:
                read_on(wire)
            except WireError as error:
                faults.append(error.reason)
            wire.close()

        asking = Asking(ask)
        asking.start()
        assert host.wait_connected(PATIENCE)
        assert host.wait_received(PATIENCE).startswith(b"GET / ")
        host.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
        assert host.wait_received(PATIENCE).startswith(b"GET / ")
        assert asking.wire is not None
        asking.wire.cancel()
        asking.join()
    assert faults == [WireCode.LOST]


class Asking(threading.Thread):
    """A thread that asks, and its wire."""

    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__(target=run)
        self.wire: Wire | None = None
