"""Captures: what identifies is gone, what is tested stays, and each replays as it was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.capture import (
    CaptureError,
    capture_of,
    meaning,
    measured,
    read_capture,
    replayed,
    written,
)
from app.devices.capture_redacting import redact_line, redact_rest, redact_scan, redactor
from app.devices.profiles import load_profile
from app.devices.wire.framing import Framer
from app.domain import barcodes
from app.domain.barcodes import Kind
from app.domain.keyboard_test import KEYBOARD_TEST
from app.domain.line_fault import LineFault
from app.domain.scan_tests import TEXTS
from app.services.device_sight import Direction, Fate, LogLine

CAPTURES = Path(__file__).parents[2] / "vectors" / "captures"
AT = datetime(2026, 3, 2, tzinfo=UTC)
REDACT = redactor(b"a secret")


@pytest.mark.parametrize("path", sorted(CAPTURES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_capture_replays_as_it_was(path: Path) -> None:
    capture = read_capture(path.read_text(encoding="utf-8").splitlines())
    profile = load_profile(capture.profile)
    assert profile.role is capture.role
    told = [each.frame for each in capture.frames]
    assert told
    if capture.chunks:
        assert replayed(capture, profile) == told
    assert [meaning(frame, profile) for frame in told] == [each.means for each in capture.frames]


def test_there_are_captures_to_replay() -> None:
    assert len(list(CAPTURES.glob("*.jsonl"))) >= 4


# ----------------------------------------------------------------------
# Redaction
# ----------------------------------------------------------------------


@given(st.binary(max_size=60))
def test_every_byte_keeps_its_place(raw: bytes) -> None:
    assert len(redact_scan(raw, REDACT)) == len(raw)
    assert len(redact_line(raw, REDACT, len)) == len(raw)
    assert len(redact_rest(raw, REDACT)) == len(raw)


@given(st.text(st.sampled_from("AbZ09xÅö字🙂 -;"), max_size=30))
def test_a_character_becomes_one_of_its_kind(text: str) -> None:
    changed = redact_rest(text.encode(), REDACT).decode()
    for before, after in zip(text, changed, strict=True):
        assert before.isdigit() == after.isdigit()
        assert before.isalpha() == after.isalpha()
        if before.isascii():
            assert (before.isupper(), before.islower()) == (after.isupper(), after.islower())


def test_a_word_becomes_the_same_everywhere_in_a_file_and_another_elsewhere() -> None:
    first = redact_scan(b"C02XK0ABJGH5", REDACT)
    assert first == redact_scan(b"C02XK0ABJGH5", REDACT)
    assert first != redact_scan(b"C02XK0ABJGH5", redactor(b"another secret"))
    assert first != b"C02XK0ABJGH5"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"C02XK0ABJGH5", Kind.DEVICE_SERIAL),
        (b"356938035643809", Kind.IMEI),
        (b"OB1001I", Kind.BADGE),
        (b"]d2[)>\x1e06\x1d1P661-17578\x1dSF2LXQ0ABHG7K\x1e\x04", Kind.PART_NUMBER),
        (b"]d20109780201379624\x1d21ABC123", Kind.GTIN),
    ],
    ids=["serial", "imei", "badge", "envelope", "gs1"],
)
def test_a_code_stays_the_kind_of_code_that_it_is(raw: bytes, kind: Kind) -> None:
    changed = redact_scan(raw, REDACT)
    assert changed != raw
    before, after = barcodes.read(raw), barcodes.read(changed)
    assert before.best.kind is kind
    assert (after.best.kind, after.format, after.aim) == (kind, before.format, before.aim)
    assert after.fields.keys() == before.fields.keys()


@pytest.mark.parametrize(
    "raw",
    [b"OCDONEX", b"661-17578", *(text.encode() for text in TEXTS.values()), KEYBOARD_TEST.encode()],
    ids=ascii,
)
def test_what_names_nobody_stays(raw: bytes) -> None:
    assert redact_scan(raw, REDACT) == raw


def test_a_name_and_an_operator_leave_a_testers_line_and_its_value_stays() -> None:
    profile = load_profile("generic-wrist-line")
    raw = b"WRIST;1.25E+06;PASS;4711;2026-03-02 08:15:00"

    def value(line: bytes) -> object:
        (frame,) = Framer(profile.framing).feed(line + b"\r")
        return meaning(frame, profile)

    changed = redact_line(raw, REDACT, value)
    assert changed.startswith(b"WRIST;1.25E+06;PASS;")
    assert b"4711" not in changed
    assert value(changed) == value(raw)


# ----------------------------------------------------------------------
# Files
# ----------------------------------------------------------------------


def log_line(number: int, raw: bytes, fate: Fate, *, out: bool = False) -> LogLine:
    direction = Direction.OUT if out else Direction.IN
    return LogLine(number, AT, number / 10, direction, raw, len(raw), fate)


def test_chunks_are_redacted_as_their_frames_are_however_they_were_cut() -> None:
    profile = load_profile("serial-crlf")
    lines = [
        log_line(1, b"C02X", Fate.CHUNK),
        log_line(2, b"K0ABJGH5\r\nC02", Fate.CHUNK),
        log_line(3, b"C02XK0ABJGH5", Fate.GIVEN),
        log_line(4, b"\x06", Fate.SENT, out=True),
        log_line(5, b"XK0ABJGH5\r\nhalf", Fate.CHUNK),
        log_line(6, b"C02XK0ABJGH5", Fate.TESTED),
    ]
    capture = capture_of(lines, profile, REDACT)
    stream = b"".join(each.raw for each in capture.chunks)
    first, second = (each.raw for each in capture.frames)
    assert first == second == redact_scan(b"C02XK0ABJGH5", REDACT)
    assert stream[:28] == first + b"\r\n" + second + b"\r\n"
    assert stream[28:] != b"half"
    assert [len(each.raw) for each in capture.chunks] == [4, 13, 15]
    read = read_capture(written(capture))
    assert read == capture
    assert [each.raw for each in replayed(read, profile)][:2] == [first, second]


def test_reports_are_left_out_and_their_frames_kept() -> None:
    lines = [
        log_line(1, b"\x02\x05ABCDE" + bytes(50), Fate.CHUNK),
        log_line(2, b"ABCDEFGH", Fate.GIVEN),
    ]
    capture = capture_of(lines, load_profile("hid-pos"), REDACT)
    assert capture.chunks == ()
    assert len(capture.frames) == 1


def test_a_symbology_is_kept_and_a_line_that_the_log_cut_is_left_out() -> None:
    label = replace(log_line(1, b"[)>\x1e06\x1dSF2LXQ0ABHG7K\x1e\x04", Fate.GIVEN), aim="]d2")
    cut = replace(log_line(2, b"C02XK0", Fate.GIVEN), size=9000)
    capture = capture_of([label, cut], load_profile("hid-pos"), REDACT)
    (frame,) = read_capture(written(capture)).frames
    assert frame.aim == "]d2"
    assert b"F2LXQ0ABHG7K" not in frame.raw


def test_a_line_in_doubt_is_told_by_its_fault() -> None:
    assert measured((LineFault("no_match"),)) == [{"fault": "no_match"}]


@pytest.mark.parametrize(
    "raw",
    [b"[)>06\x1dSF2LXQ0ABHG7K1P661-17578", b"[)>06SF2LXQ0ABHG7K", b"SC02XK0ABJGH5"],
    ids=["separators lost", "header alone", "an identifier before it"],
)
def test_what_comes_before_a_value_stays(raw: bytes) -> None:
    changed = redact_scan(raw, REDACT)
    assert changed[:1] == raw[:1]
    assert b"F2LXQ0" not in changed
    assert b"C02XK0" not in changed


def test_nothing_makes_an_empty_capture() -> None:
    capture = capture_of([], load_profile("serial-cr"), REDACT)
    assert capture.lines == ()
    assert replayed(capture, load_profile("serial-cr")) == []


HEAD = '{"capture": 1, "role": "scanner", "profile": "x"}'


def bad() -> Iterator[tuple[str, list[str], int]]:
    yield "no json", ["{"], 1
    yield "no head", ['{"ms": 1}'], 1
    yield "another version", [HEAD.replace("1", "2")], 1
    yield "another role", [HEAD.replace("scanner", "cat")], 1
    yield "no hex", [HEAD, '{"ms": 1, "fate": "chunk", "hex": "zz"}'], 2
    yield "a list", [HEAD, "[]"], 2
    yield "no time", [HEAD, '{"ms": "1", "fate": "chunk", "hex": ""}'], 2
    yield "no symbology", [HEAD, '{"ms": 1, "fate": "given", "hex": "", "aim": 7}'], 2
    yield "too long", [HEAD, " " * 300_000], 2
    yield "too deep", [HEAD, "[" * 100_000], 2


@pytest.mark.parametrize(
    ("lines", "number"), [(lines, n) for _, lines, n in bad()], ids=[name for name, _, _ in bad()]
)
def test_a_file_that_is_no_capture_is_refused_with_its_line(lines: list[str], number: int) -> None:
    with pytest.raises(CaptureError) as caught:
        read_capture(lines)
    assert caught.value.line == number
