"""Tests of several lines put together; answers that say nothing, or the same again, left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.wire.framing import Framer, Framing, RawFrame
from app.devices.wire.records import MOST_LINES, Record
from app.domain.frames import FrameFault

MARKED = Framing(idle=1.0, record=Record(begin=(b"TEST",), end=(b"END",)))
OPEN = Framing(idle=1.0, record=Record(begin=(b"TEST",)))
COUNTED = Framing(record=Record(lines=3))
CUT, OVER = FrameFault.CUT_OFF, FrameFault.OVERSIZE


def told(framing: Framing, data: bytes) -> list[tuple[bytes, FrameFault | None]]:
    return [(frame.raw, frame.fault) for frame in Framer(framing).feed(data)]


def test_a_record_goes_from_its_beginning_to_its_end() -> None:
    assert told(MARKED, b"TEST 1\r\nA\r\nEND\r\nTEST 2\r\nEND ok\r\n") == [
        (b"TEST 1\nA\nEND", None),
        (b"TEST 2\nEND ok", None),
    ]


def test_a_line_outside_of_any_record_stands_for_itself() -> None:
    assert told(MARKED, b"hello\r\nTEST 1\r\nEND\r\nbye\r\n") == [
        (b"hello", None),
        (b"TEST 1\nEND", None),
        (b"bye", None),
    ]


def test_a_record_that_another_one_interrupts_is_cut_off() -> None:
    assert told(MARKED, b"TEST 1\r\nA\r\nTEST 2\r\nEND\r\n") == [
        (b"TEST 1\nA", CUT),
        (b"TEST 2\nEND", None),
    ]


def test_a_record_without_an_end_ends_where_the_next_begins_or_with_silence() -> None:
    framer = Framer(OPEN)
    (first,) = framer.feed(b"TEST 1\r\nA\r\nTEST 2\r\nB\r\n", 1.0)
    assert (first.raw, first.fault) == (b"TEST 1\nA", None)
    assert framer.flush(1.5) == []
    assert framer.flush(2.0) == [RawFrame(b"TEST 2\nB")]


def test_silence_cuts_a_record_that_has_an_end() -> None:
    framer = Framer(MARKED)
    framer.feed(b"TEST 1\r\nA\r\n", 1.0)
    assert framer.flush(2.0) == [RawFrame(b"TEST 1\nA", CUT)]
    assert framer.flush(9.0) == []


def test_so_many_lines_are_a_record_and_the_rest_is_cut_off() -> None:
    framer = Framer(COUNTED)
    (first,) = framer.feed(b"1\n2\n3\n4\n")
    assert first.raw == b"1\n2\n3"
    assert framer.cut_off() == [RawFrame(b"4", CUT)]
    assert framer.cut_off() == []


def test_a_line_that_came_damaged_spoils_its_record() -> None:
    framing = Framing(maximum=8, record=Record(lines=2))
    assert told(framing, b"123456789\n")[0][1] is OVER


def test_a_record_never_grows_beyond_its_bounds() -> None:
    many = told(MARKED, b"TEST\n" + b"x\n" * 3 * MOST_LINES)
    assert many[0][1] is OVER
    assert many[0][0].count(b"\n") == MOST_LINES - 1
    framing = Framing(maximum=20, record=MARKED.record)
    long = told(framing, b"TEST\n" + b"123456789\n" * 3 + b"END\nTEST\nEND\n")
    assert long == [
        (b"TEST\n123456789", OVER),
        (b"123456789\n123456789", OVER),
        (b"END", OVER),
        (b"TEST\nEND", None),
    ]


def test_sealing_a_record_sends_its_lines() -> None:
    assert MARKED.sealed(b"TEST 1\nA\nEND") == b"TEST 1\r\nA\r\nEND\r\n"
    assert Framing(terminators=(), whole=True).sealed(b"A\nB") == b"A\nB"


@given(st.lists(st.sampled_from([b"TEST 1", b"A", b"END", b"B" * 30])), st.integers(1, 9))
def test_no_line_is_lost_and_none_is_held_for_ever(lines: list[bytes], size: int) -> None:
    stream = b"".join(line + b"\r\n" for line in lines)
    framer = Framer(MARKED)
    frames = [
        frame for at in range(0, len(stream), size) for frame in framer.feed(stream[at : at + size])
    ]
    frames += framer.cut_off()
    assert b"\n".join(frame.raw for frame in frames) == b"\n".join(lines)


# ----------------------------------------------------------------------
# Answers of a device that is polled
# ----------------------------------------------------------------------

POLLED = Framing(terminators=(), whole=True, maximum=8, empty=(b"", b"0"), once=True)


def test_an_answer_is_one_frame_whatever_it_holds() -> None:
    assert told(POLLED, b"A\r\nB\n") == [(b"A\r\nB\n", None)]


def test_nothing_and_the_same_again_are_left_out() -> None:
    framer = Framer(POLLED)
    answers = [b"0\r\n", b"A", b"A", b"B", b"0", b"B", b"", b"B"]
    given_ = [frame.raw for answer in answers for frame in framer.feed(answer)]
    assert given_ == [b"A", b"B", b"B"]  # after "0", the same is another one


def test_an_answer_that_is_too_long_is_always_told() -> None:
    framer = Framer(POLLED)
    assert [frame.fault for frame in framer.feed(b"123456789")] == [OVER, OVER]
    assert [frame.fault for frame in framer.feed(b"123456789")] == [OVER, OVER]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_terminator_of_two_bytes_is_found_only_at_a_character(encoding: str) -> None:
    ends = tuple(end.encode(encoding) for end in ("\r\n", "\n"))
    framing = Framing(terminators=ends, width=2)
    lines = ["\u0a41\u0d0a x", "\u000b\u0a00\u0a0a"]
    framer = Framer(framing)
    stream = "".join(line + "\r\n" for line in lines).encode(encoding)
    frames = [frame for at in range(len(stream)) for frame in framer.feed(stream[at : at + 1])]
    assert [frame.raw.decode(encoding) for frame in frames] == lines
