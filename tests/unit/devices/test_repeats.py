"""The same message within some time is one test; a clock of the test's own tells the time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.devices.decoding import Repeats, decoder
from app.devices.profiles import load_profile
from app.domain.frames import DeviceRole, Frame
from app.domain.line_fault import LineFault

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TEN = timedelta(seconds=10)


def frame(seconds: float, seq: int, raw: bytes = b"WRIST;1.05E+06;PASS") -> Frame:
    return Frame("esd-1", DeviceRole.ESD_TESTER, raw, START + timedelta(seconds=seconds), seq)


def test_a_message_within_the_time_is_a_repeat_and_later_it_is_none() -> None:
    repeats = Repeats(TEN)
    told = [repeats.has(frame(at, seq)) for seq, at in enumerate((0, 9.9, 10, 15, 25))]
    assert told == [False, True, False, True, False]


def test_the_same_frame_asked_about_again_is_no_repeat() -> None:
    repeats = Repeats(TEN)
    assert [repeats.has(frame(0, 1)), repeats.has(frame(0, 1))] == [False, False]


def test_another_message_and_a_clock_that_was_set_back_make_no_repeat() -> None:
    repeats = Repeats(TEN)
    assert not repeats.has(frame(5, 1))
    assert not repeats.has(frame(6, 2, b"LEFT;1;PASS"))
    assert not repeats.has(frame(1, 3))


def test_no_time_is_no_repeat() -> None:
    repeats = Repeats(timedelta(0))
    assert [repeats.has(frame(0, 1)), repeats.has(frame(0, 2))] == [False, False]


def test_only_so_many_messages_are_remembered() -> None:
    repeats = Repeats(TEN)
    repeats.has(frame(0, 0))
    for seq in range(1, 100):
        repeats.has(frame(0, seq, b"%d" % seq))
    assert not repeats.has(frame(1, 100))
    assert repeats.has(frame(1, 101, b"99"))


def test_only_what_was_measured_can_be_repeated() -> None:
    read = decoder(replace(load_profile("generic-wrist-line"), repeats=10))
    assert len(read(frame(0, 1))) == 1  # pyright: ignore[reportArgumentType] - measurements
    assert read(frame(1, 2)) == LineFault("repeated")
    headings = [read(frame(0, seq, b"# CHANNEL")) for seq in (3, 4)]
    assert headings == [(), ()]
    faults = [read(frame(0, seq, b"rubbish")) for seq in (5, 6)]
    assert faults == [LineFault("no_match", "rubbish")] * 2
