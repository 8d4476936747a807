"""The ring of a device's latest bytes: bounded, counted, in order."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.devices.log import MOST_OF_A_LINE, RawLog
from app.services.device_sight import Direction, Fate

AT = datetime(2026, 3, 2, tzinfo=UTC)


@given(st.lists(st.tuples(st.binary(max_size=40), st.sampled_from(Fate)), max_size=60))
def test_it_never_holds_more_than_it_may_and_keeps_the_newest(
    given_lines: list[tuple[bytes, Fate]],
) -> None:
    log = RawLog(lines=10, octets=100)
    for raw, fate in given_lines:
        log.add(raw, fate, AT, 1.0)
    held = log.lines()
    assert len(held) <= 10
    assert sum(len(line.raw) for line in held) <= 100
    assert [line.raw for line in held] == [
        raw for raw, _ in given_lines[len(given_lines) - len(held) :]
    ]
    assert [line.number for line in held] == list(
        range(len(given_lines) - len(held) + 1, len(given_lines) + 1)
    )


def test_one_line_that_is_too_long_is_kept_in_part_with_its_size() -> None:
    log = RawLog(octets=4)
    log.add(b"x" * (MOST_OF_A_LINE + 9), Fate.CHUNK, AT, 1.0)
    (line,) = log.lines()
    assert (len(line.raw), line.size) == (MOST_OF_A_LINE, MOST_OF_A_LINE + 9)


def test_it_counts_frames_broken_ones_and_the_bytes_of_the_wire() -> None:
    log = RawLog(lines=1)
    log.add(b"ABC\r", Fate.CHUNK, AT, 1.0)
    log.add(b"ABC", Fate.GIVEN, AT, 1.0)
    log.add(b"AB", Fate.CUT_OFF, AT, 1.0)
    log.add(b"A", Fate.TESTED, AT, 1.0)
    log.add(b"\x06", Fate.SENT, AT, 1.0, Direction.OUT)
    assert log.counters() == (3, 1, 4)
    assert [line.direction for line in log.lines()] == [Direction.OUT]


def test_the_latest_lines_can_be_asked_for() -> None:
    log = RawLog()
    for number in range(5):
        log.add(bytes([number]), Fate.CHUNK, AT, 1.0)
    assert [line.raw for line in log.lines(2)] == [b"\x03", b"\x04"]
    assert log.lines(0) == ()
    assert len(log.lines(99)) == 5
