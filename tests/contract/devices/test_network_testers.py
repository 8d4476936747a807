"""Testers over TCP, over HTTP and through a watched file: sockets, a server, files, all real."""

import os
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from app.devices.decoding import decoder
from app.devices.errors import WireCode, WireError
from app.devices.profile import Profile
from app.devices.profiles import load_profile
from app.devices.simulators import UnpluggedError
from app.devices.simulators_network import SimulatedHost, SimulatedServer
from app.devices.spec import DeviceSpec, device_spec
from app.devices.supervisor import Supervisor
from app.devices.wire.base import Wire
from app.devices.wire.framing import Framing
from app.devices.wire.opening import open_wire
from app.devices.wire.polling import Poll
from app.domain.esd import Measurement
from app.domain.frames import DeviceRole, DeviceStatus, FrameFault
from app.domain.line_fault import LineFault
from tests.contract.devices.rig import PATIENCE, TickingClock, Told

READY, LOST, ABSENT = DeviceStatus.READY, DeviceStatus.LOST, DeviceStatus.ABSENT
DENIED, WRONG = DeviceStatus.DENIED, DeviceStatus.WRONG_MODE
LINES = Framing()


def spec_of(url: str, framing: Framing = LINES, poll: Poll | None = None) -> DeviceSpec:
    return DeviceSpec("esd-1", DeviceRole.ESD_TESTER, url, framing, poll=poll)


@contextmanager
def bench(spec: DeviceSpec) -> Generator[Told]:
    told = Told()
    supervisor = Supervisor(
        [spec], told.on_frame, told.on_state, TickingClock(), wait=told.hurried_wait
    )
    supervisor.start()
    try:
        yield told
    finally:
        assert supervisor.stop() == ()


def ohms(profile: Profile, told: Told) -> list[int | str | None]:
    """Every value of every frame, and the code of every fault."""
    decode = decoder(profile)
    values: list[int | str | None] = []
    for frame in told.frames:
        read = decode(frame)
        told_of = (read,) if isinstance(read, LineFault) else read
        values += [one.ohm if isinstance(one, Measurement) else one.code for one in told_of]
    return values


def read_on(wire: Wire) -> None:
    """Read until that is a fault."""
    while True:
        wire.read()


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


# ----------------------------------------------------------------------
# A watched file
# ----------------------------------------------------------------------


@contextmanager
def watching(path: Path, framing: Framing = LINES, query: str = "") -> Generator[Told]:
    with bench(spec_of(f"file:{path}{query}", framing)) as told:
        yield told


def append(path: Path, data: bytes) -> None:
    with path.open("ab") as stream:
        stream.write(data)


def test_only_what_is_appended_from_now_on_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"old\r\n")
    with watching(path) as told:
        told.until_status(READY)
        append(path, b"one\r\ntw")
        told.until_frames(1)
        append(path, b"o\r\n")
        told.until_frames(2)
    assert told.raws() == [b"one", b"two"]


def test_half_a_line_that_stood_there_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"old\nha")
    with watching(path) as told:
        told.until_status(READY)
        append(path, b"lf\n")
        told.until_frames(1)
    assert told.raws() == [b"half"]


def test_a_file_is_read_from_its_start_where_that_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"old\n")
    with watching(path, query="?from=start") as told:
        told.until_frames(1)
    assert told.raws() == [b"old"]


def test_a_file_that_appears_later_is_new_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    with watching(path) as told:
        told.until_status(ABSENT)
        path.write_bytes(b"first\n")
        told.until_frames(1)
    assert told.raws() == [b"first"]


def test_a_rotated_file_is_read_to_its_end_and_the_next_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"")
    with watching(path) as told:
        told.until_status(READY)
        append(path, b"one\n")
        told.until_frames(1)
        append(path, b"two\n")
        path.rename(tmp_path / "export.1")
        path.write_bytes(b"three\n")
        told.until_frames(3)
    assert told.raws() == [b"one", b"two", b"three"]


def test_a_file_that_is_cut_short_is_read_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"")
    with watching(path) as told:
        told.until_status(READY)
        append(path, b"one\n")
        told.until_frames(1)
        path.write_bytes(b"2\n")
        told.until_frames(2)
    assert told.raws() == [b"one", b"2"]


def test_a_file_written_anew_with_the_old_lines_in_front_gives_only_the_new(
    tmp_path: Path,
) -> None:
    path, new = tmp_path / "export.csv", tmp_path / "new.csv"
    path.write_bytes(b"one\ntwo\n")
    with watching(path) as told:
        told.until_status(READY)
        new.write_bytes(b"one\ntwo\nthree\n")
        new.replace(path)
        told.until_frames(1)
        path.write_bytes(b"something else altogether\n")
        told.until_frames(2)
    assert told.raws() == [b"three", b"something else altogether"]


def test_half_a_line_never_runs_into_another_file(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"")
    with watching(path) as told:
        told.until_status(READY)
        append(path, b"one\nWRIST;1")
        told.until_frames(1)
        path.write_bytes(b"\n")
        append(path, b"05;PASS\n")
        told.until_frames(2)
    assert [(frame.raw, frame.fault) for frame in told.frames][:2] == [
        (b"one", None),
        (b"WRIST;1", FrameFault.CUT_OFF),
    ]
    assert all(not frame.raw.startswith(b"WRIST;105") for frame in told.frames)


def test_a_file_that_goes_away_in_a_line_comes_back_with_the_whole_line(tmp_path: Path) -> None:
    path, aside = tmp_path / "export.csv", tmp_path / "aside.csv"
    path.write_bytes(b"one\n")
    with watching(path) as told:
        told.until_status(READY)
        append(path, b"tw")
        told.until(lambda all_: all_.statuses()[-1] is READY)
        path.rename(aside)
        told.until_status(LOST)
        append(aside, b"o\n")
        aside.rename(path)
        told.until(lambda all_: b"two" in all_.raws())
    assert [frame.raw for frame in told.frames if frame.fault is None] == [b"two"]


def test_utf_16_lines_are_cut_at_characters(tmp_path: Path) -> None:
    profile = load_profile("generic-export-file")
    path = tmp_path / "export.csv"
    path.write_bytes("\ufeffDatum\tTid\r\n".encode("utf-16-le"))
    line = "02.03.2026\t08:15:00\t1001\tHandled\t1 050,5 k\u2126\tGodk\u00e4nd \u0a0d\u0d0a\r\n"
    raw = line.encode("utf-16-le")
    with bench(device_spec("esd-1", f"file:{path}", profile)) as told:
        told.until_status(READY)
        for at in range(0, len(raw), 7):
            append(path, raw[at : at + 7])
        told.until_frames(1)
    assert told.raws() == [raw[:-4]]


def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WireError) as opening:
        open_wire(spec_of(f"file:{tmp_path}/pipe"))
    assert opening.value.reason is WireCode.REFUSED


def test_a_folder_is_no_file_and_nothing_is_written_to_one(tmp_path: Path) -> None:
    with pytest.raises(WireError) as opening:
        open_wire(spec_of(f"file:{tmp_path}"))
    assert opening.value.reason is WireCode.REFUSED
    with pytest.raises(WireError) as missing:
        open_wire(spec_of(f"file:{tmp_path}/none/x"))
    assert missing.value.reason is WireCode.ABSENT
    path = tmp_path / "x"
    path.write_bytes(b"")
    wire = open_wire(spec_of(f"file:{path}", Framing(idle=0.02)))
    wire.cancel()
    assert wire.read() == b""
    with pytest.raises(WireError) as writing:
        wire.write(b"A")
    wire.close()
    with pytest.raises(WireError) as closed:
        wire.read()
    assert [writing.value.reason, closed.value.reason] == [WireCode.REFUSED, WireCode.LOST]
