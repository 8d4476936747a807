"""``devices watch``, ``test`` and ``capture``, on a real pseudo-terminal; nothing is recorded.

What a port was sent before it was opened is kept: the devices speak before the command runs.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from app.devices.capture import read_capture
from app.devices.profiles import load_profile
from app.devices.simulators import SimulatedScanner, SimulatedTester
from app.domain.scan_tests import TEXTS
from tests.unit.commands.lines import Line, Said

SECONDS = ("--seconds", "2")


def events(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_watch_tells_bytes_frames_meanings_and_states(line: Line) -> None:
    with (
        SimulatedScanner(load_profile("serial-crlf")) as scanner,
        SimulatedTester(load_profile("generic-wrist-line")) as tester,
    ):
        scanner.scan("C02XK0ABJGH5")
        tester.send("WRIST;1.25E+06;PASS")
        words = ("devices", "watch", "--scanner", scanner.path, "--esd", tester.path, *SECONDS)
        told = line.run(*words, "--json")
    assert told.code == 0
    said = events(told.out)
    kinds = {(one["event"], one["device"]) for one in said}
    assert kinds == {
        (kind, device) for kind in ("bytes", "frame", "state") for device in ("scanner-1", "esd-1")
    }
    frames = {one["device"]: one for one in said if one["event"] == "frame"}
    assert frames["scanner-1"]["text"] == "C02XK0ABJGH5"
    (measured,) = frames["esd-1"]["means"]
    assert measured["ohm"] == 1_250_000
    assert all(one["cure"] for one in said if one["event"] == "state")
    assert not line.home.joinpath("bench.db").exists()


@pytest.mark.parametrize(
    ("language", "word"), [("en_US.UTF-8", "means"), ("sv_SE.UTF-8", "betyder")]
)
def test_watch_tells_people_in_words(line: Line, language: str, word: str) -> None:
    with (
        SimulatedScanner(load_profile("serial-crlf")) as scanner,
        SimulatedTester(load_profile("generic-wrist-line")) as tester,
    ):
        scanner.scan(b"]d2[)>\x1e06\x1d1P661-17578\x1e\x04")
        tester.send("nonsense")
        tester.send("WRIST;OL;FAIL")
        words = ("devices", "watch", "--scanner", scanner.path, "--esd", tester.path, *SECONDS)
        told = line.run(*words, language=language)
    assert told.code == 0
    assert "<RS>06<GS>1P661-17578" in told.out
    assert f"scanner-1  {word}" in told.out
    assert "part_number 661-17578" in told.out
    assert "no_match" in told.out
    assert "over_range True" in told.out


def scanned(line: Line, *texts: str, more: tuple[str, ...] = ()) -> Said:
    with SimulatedScanner(load_profile("serial-crlf")) as scanner:
        for text in texts:
            scanner.scan(text)
        return line.run("devices", "test", "--scanner", scanner.path, *SECONDS, *more)


def test_a_scanner_that_is_set_well_passes_the_sheet_before_the_time_is_up(line: Line) -> None:
    told = scanned(line, *TEXTS.values(), more=("--seconds", "60", "--json"))
    assert told.code == 0, told
    grades = {row["topic"]: row["grade"] for row in told.json}
    assert set(grades.values()) == {"good", "note"}
    assert grades["suffix"] == "good"


def test_a_scanner_that_is_set_badly_does_not(line: Line) -> None:
    told = scanned(line, "C02XK0ABJGH5", *(text.upper() for text in TEXTS.values()))
    assert told.code == 1
    assert "convert case" in told.out


def test_a_test_without_a_scan_fails(line: Line) -> None:
    with SimulatedScanner(load_profile("serial-crlf")) as scanner:
        words = ("devices", "test", "--scanner", scanner.path, "--seconds", "0.5")
        told = line.run(*words)
    assert told.code == 1
    assert "No code of the test sheet" in told.err


def test_a_capture_holds_no_serial_and_replays(line: Line, tmp_path: Path) -> None:
    target = tmp_path / "capture.jsonl"
    with (
        SimulatedScanner(load_profile("serial-crlf")) as scanner,
    ):
        scanner.scan("C02XK0ABJGH5")
        words = ("devices", "capture", "--scanner", scanner.path, *SECONDS, str(target))
        told = line.run(*words, "--json")
    assert told.code == 0, told.err
    assert told.json["frames"] == 1
    text = target.read_text(encoding="utf-8")
    assert b"C02XK0ABJGH5".hex() not in text
    assert read_capture(text.splitlines()).frames[0].means is not None


def test_a_tester_is_captured_by_its_profile(line: Line, tmp_path: Path) -> None:
    target = tmp_path / "capture.jsonl"
    with (
        SimulatedTester(load_profile("generic-wrist-line")) as tester,
    ):
        tester.send("WRIST;1.25E+06;PASS;4711")
        told = line.run("devices", "capture", "--esd", tester.path, *SECONDS, str(target))
    assert told.code == 0, told.err
    assert b"4711".hex() not in target.read_text(encoding="utf-8")


def test_what_cannot_be_captured_is_told(line: Line, tmp_path: Path) -> None:
    with SimulatedScanner(load_profile("serial-crlf")) as scanner:
        quiet = ("devices", "capture", "--scanner", scanner.path, "--seconds", "0.5")
        assert "sent nothing" in line.run(*quiet, str(tmp_path / "x")).err
        both = ("--scanner", scanner.path, "--esd", scanner.path)
        assert "one device" in line.run("devices", "capture", *both, str(tmp_path / "x")).err
        scanner.scan("A")
        words = ("devices", "capture", "--scanner", scanner.path, "--seconds", "1", "/proc/x")
        assert line.run(*words).code == 1


@pytest.mark.parametrize("action", ["watch", "test"])
def test_no_device_and_a_wrong_one_are_told(line: Line, action: str) -> None:
    assert "No device" in line.run("devices", action).err
    assert line.run("devices", action, "--scanner", "ftp://x").code == 1
    assert line.run("devices", action, "--scanner", "x", "--scanner-profile", "none").code == 1
    assert line.run("devices", action, "--seconds", "0").code == 2
