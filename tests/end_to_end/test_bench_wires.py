"""`bench` on real pseudo-terminals: whatever is written to their other ends is on record."""

import json
import signal
import subprocess
import threading
from typing import Final

import pytest

from app.domain.esd import EsdVerdict
from app.services.playing import badge, command
from tests.end_to_end.fixtures import Wires
from tests.end_to_end.programs import PROGRAM, SWEDISH, Event, Home, plain, running_bench

MAC: Final = "C02XK0ABJGH5"
LARGE: Final = 10_000_000
LONGEST: Final = 4096
"""Bytes of a scanner's frame (`resources/devices/scanners`)."""
MORE_KIB: Final = 60_000
"""How much more memory a flood may take than a bench at rest."""


def raw_of(events: list[Event], kind: str = "scan") -> list[bytes]:
    """The bytes of every event of a kind, in order."""
    return [bytes.fromhex(each["raw_hex"]) for each in events if each["event"] == kind]


def assert_recorded(home: Home, events: list[Event]) -> None:
    """Every announced event is in the journal with its own bytes, once, and the chain holds."""
    assert len({each["entry"] for each in events}) == len(events)
    for event, (entry, frame) in zip(events, home.recorded(events), strict=True):
        assert entry.payload["raw_hex"] == event["raw_hex"]
        assert frame.raw.hex() == event["raw_hex"]
        assert frame.device == event["device"]
    verified = home.told("journal", "verify")
    assert verified["verified"] is True
    assert verified["entries"] >= len(events)


def test_scans_and_readings_become_lines_and_entries(home: Home, wires: Wires) -> None:
    with running_bench(home, *wires.words, "--once", "4") as bench:
        bench.wait_until_ready()
        wires.scanner.scan(badge("1001"))
        bench.wait_for(1)
        wires.tester.measure(EsdVerdict.PASS)
        bench.wait_for(2)
        wires.scanner.scan(f"S{MAC}")
        bench.wait_for(3)
        wires.scanner.scan(command("OPEN"))
        assert bench.end(None) == 0
        events = bench.committed()
        assert bench.states("esd-1")[:2] == ["opening", "ready"]
    signed_in, reading, product, _ = events
    assert signed_in.keys() >= {"event", "device", "candidates", "raw_hex", "entry"}
    assert signed_in["candidates"][0] == {"kind": "badge", "value": "1001"}
    assert {"kind": "device_serial", "value": MAC} in product["candidates"]
    assert reading.keys() >= {"channel", "ohm", "over_range", "tester_verdict", "verdict", "limits"}
    assert (reading["device"], reading["channel"], reading["ohm"]) == ("esd-1", "wrist", 1_250_000)
    assert (reading["tester_verdict"], reading["verdict"]) == ("pass", "pass")
    assert_recorded(home, events)
    (repair,) = home.told("repair", "list")
    assert (repair["serial"], repair["technician"]) == (MAC, "anna.lindqvist")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_with_everything_recorded(
    home: Home, wires: Wires, number: signal.Signals
) -> None:
    with running_bench(home, *wires.words) as bench:
        bench.wait_until_ready()
        for count in range(20):
            wires.scanner.scan(f"CODE{count:04}")
        bench.wait_for(1)
        assert bench.end(number) == 0
        events = bench.committed()
        plain(bench.complaints())
    assert_recorded(home, events)
    assert not list((home.path / "bench.db.users").glob("*.open"))


LINES: Final = (
    b"",  # nothing, an empty line
    b"\x00",
    b"\x00" * 40,
    b"\xff\xfe\x00S\x00",  # UTF-16
    "räksmörgås".encode("latin-1"),
    "räksmörgås".encode(),
    b"\xed\xa0\x80",  # a lone surrogate in UTF-8
    b"[)>\x1e06\x1d1P661-17578\x1e\x04",
    b"[)>\x1e06\x1d" * 200,
    b"\x1b[2J\x07\x08\x7f",
    b"WRIST;1.25E+06;PASS",
    b"WRIST;1e999999999;PASS",
    b"WRIST;-1;PASS",
    b"WRIST;NaN;PASS",
    b"WRIST;" + b"9" * 900 + b";PASS",
    b"WRIST;OL;FAIL",
    b"WRIST",
    b";;;;;;;;;",
    b"'; DROP TABLE entries; --",
    b'{"event": "scan"}',
    b"x" * LONGEST,
    bytes(each for each in range(256) if each not in b"\r\n"),
)


def test_garbage_on_both_wires_is_recorded_as_it_came(home: Home, wires: Wires) -> None:
    sent = [line for line in LINES if line]
    fits = [line for line in sent if len(line) <= 1024]
    with running_bench(home, *wires.words) as bench:
        bench.wait_until_ready()
        for line in LINES:
            wires.scanner.scan(line)
        events = bench.wait_for(len(sent))
        assert raw_of(events) == sent
        for line in fits:
            wires.tester.send(line)
        events = bench.wait_for(len(sent) + len(fits))
        assert raw_of(events, "reading") == fits
        assert bench.end() == 0
        plain(bench.complaints())
    readings = [each for each in events if each["event"] == "reading"]
    verdicts = [each["verdict"] for each in readings]
    # without anybody signed in, and by lines that mean nothing, nothing passes but what is a pass
    assert [raw for raw, verdict in zip(fits, verdicts, strict=True) if verdict == "pass"] == [
        b"WRIST;1.25E+06;PASS"
    ]
    assert_recorded(home, events)


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_every_line_end_ends_one_scan(home: Home, wires: Wires, end: bytes) -> None:
    with running_bench(home, *wires.words) as bench:
        bench.wait_until_ready()
        wires.scanner.write(b"FIRST1" + end + b"SECOND2" + end + end + b"THIRD3" + end)
        events = bench.wait_for(3)
        assert bench.end() == 0
    assert raw_of(events) == [b"FIRST1", b"SECOND2", b"THIRD3"]


def test_half_a_line_is_kept_when_the_cable_is_pulled(home: Home, wires: Wires) -> None:
    with running_bench(home, *wires.words) as bench:
        bench.wait_until_ready()
        # in one piece with a whole line: what was answered has been read with what follows it
        wires.scanner.write(b"WHOLE1\r\nC02XK0")
        wires.tester.write(b"WRIST;1.25E+06;PASS\r\nWRIST;1.2")
        bench.wait_for(2)
        wires.scanner.replug()
        wires.tester.replug()
        bench.wait_until_ready(times=2)
        bench.wait_for(4)
        wires.scanner.scan(MAC)
        wires.tester.measure(EsdVerdict.PASS)
        events = bench.wait_for(6)
        assert bench.end() == 0
        assert {"lost", "ready"} <= set(bench.states("scanner-1"))
    assert b"C02XK0" in raw_of(events)
    assert b"WRIST;1.2" in raw_of(events, "reading")
    cut = next(each for each in events if each["raw_hex"] == b"C02XK0".hex())
    assert cut["fault"] == "cut_off"
    assert_recorded(home, events)


def test_scans_go_on_after_the_cable_was_pulled_many_times(home: Home, wires: Wires) -> None:
    with running_bench(home, *wires.words) as bench:
        for round_ in range(1, 6):
            bench.wait_until_ready(times=round_)
            wires.scanner.scan(f"ROUND{round_}")
            wires.tester.measure(EsdVerdict.PASS)
            bench.wait_for(2 * round_)
            wires.scanner.replug()
            wires.tester.replug()
        bench.wait_until_ready(times=6)
        assert bench.end() == 0
        events = bench.committed()
    assert raw_of(events) == [b"ROUND1", b"ROUND2", b"ROUND3", b"ROUND4", b"ROUND5"]
    assert_recorded(home, events)


def test_ten_megabytes_without_an_end_are_kept_in_pieces_and_bounded_memory(
    home: Home, wires: Wires
) -> None:
    with running_bench(home, *wires.words) as bench:
        bench.wait_until_ready()
        wires.scanner.scan(badge("1001"))
        bench.wait_for(1)
        before = bench.peak_kib
        flood = threading.Thread(target=wires.scanner.write, args=(b"A" * LARGE + b"\r\n",))
        flood.start()
        try:
            pieces = -(-LARGE // LONGEST)
            events = bench.wait_for(1 + pieces)
        finally:
            bench_is_gone = bench.process.poll() is not None
            if bench_is_gone:
                wires.scanner.unplug()
            flood.join()
        wires.scanner.scan(MAC)  # and the scanner is of use again
        events = bench.wait_for(2 + pieces)
        grown = bench.peak_kib - before
        assert bench.end() == 0
    assert b"".join(raw_of(events[1:-1])) == b"A" * LARGE
    assert {each["fault"] for each in events[1:-1]} == {"oversize"}
    assert events[-1]["candidates"][0]["value"] == MAC
    assert grown < MORE_KIB, grown
    assert home.told("journal", "verify")["entries"] >= len(events)


@pytest.mark.parametrize("wanted", [1, 5])
def test_once_counts_scans_and_readings_and_then_ends(
    home: Home, wires: Wires, wanted: int
) -> None:
    with running_bench(home, *wires.words, "--once", str(wanted)) as bench:
        bench.wait_until_ready()
        for count in range(4):
            wires.scanner.scan(f"CODE{count}")
            wires.tester.measure(EsdVerdict.PASS)
        assert bench.end(None) == 0
        assert len(bench.committed()) == wanted


def refused_words(wires: Wires) -> dict[str, tuple[str, ...]]:
    """What `bench` cannot be told."""
    return {
        "profile": ("--esd", wires.tester.path, "--profile", "no-such-profile"),
        "wrong role": ("--scanner", wires.scanner.path, "--scanner-profile", "generic-wrist-line"),
        "address": ("--scanner", "ftp://somewhere"),
        "empty address": ("--scanner", "serial://"),
        "name outside": ("--esd", wires.tester.path, "--profile", "../../../etc/passwd"),
    }


@pytest.mark.parametrize("case", ["profile", "address", "empty address", "name outside"])
def test_what_can_never_be_read_is_refused_at_the_start(
    home: Home, wires: Wires, case: str
) -> None:
    words = ("bench", *refused_words(wires)[case])
    assert home.refused(*words) != home.refused(*words, language=SWEDISH)


def test_a_device_that_is_not_there_is_waited_for(home: Home, wires: Wires) -> None:
    wires.scanner.unplug()
    with running_bench(home, *wires.words) as bench:
        bench.wait_until(lambda _: "absent" in bench.states("scanner-1"))
        wires.scanner.plug()
        bench.wait_until_ready()
        wires.scanner.scan(MAC)
        (event,) = bench.wait_for(1)
        assert bench.end() == 0
    assert_recorded(home, [event])


def test_a_second_bench_of_one_home_is_told_and_the_first_goes_on(home: Home, wires: Wires) -> None:
    with running_bench(home, *wires.words) as bench:
        bench.wait_until_ready()
        said = home.refused("bench", *wires.words)
        assert str(home.path) in said
        assert said != home.refused("bench", language=SWEDISH)
        wires.scanner.scan(MAC)
        bench.wait_for(1)
        assert home.told("asset", MAC)["found"]  # a command beside it is welcome
        assert home.told("repair", "open", MAC, "--badge", "1001")["step"] == "opened"
        wires.scanner.scan("NEXT")
        events = bench.wait_for(2)
        assert bench.end() == 0
    assert_recorded(home, events)


def test_a_bench_that_nobody_hears_any_more_ends_and_says_so(home: Home, wires: Wires) -> None:
    with subprocess.Popen(
        [*PROGRAM, "bench", *wires.words],
        env=home.environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        states = [json.loads(process.stdout.readline())["state"] for _ in range(4)]
        assert states.count("ready") == 2
        process.stdout.close()
        wires.scanner.scan("UNHEARD")
        said = plain(process.stderr.read())
        assert process.wait() == 1
    assert said.count("\n") == 2
    assert [line.split()[1] for line in home.frames()] == [b"UNHEARD".hex()]
