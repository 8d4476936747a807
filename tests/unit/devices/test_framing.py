"""The framer: what is a frame, what is kept, what stays bounded."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.wire.framing import LINE_ENDS, Framer, Framing, RawFrame
from app.domain.frames import FrameFault

CUT, OVER = FrameFault.CUT_OFF, FrameFault.OVERSIZE
STX_ETX = Framing(terminators=(b"\x03",), start=b"\x02")


def frames(framing: Framing, *chunks: bytes) -> list[tuple[bytes, FrameFault | None]]:
    framer = Framer(framing)
    return pairs([frame for chunk in chunks for frame in framer.feed(chunk)])


def pairs(found: list[RawFrame]) -> list[tuple[bytes, FrameFault | None]]:
    return [(frame.raw, frame.fault) for frame in found]


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
def test_any_usual_line_end_ends_a_frame(end: bytes) -> None:
    assert frames(Framing(), b"A" + end + b"B" + end) == [(b"A", None), (b"B", None)]


def test_a_line_end_split_over_two_reads_ends_one_frame() -> None:
    assert frames(Framing(), b"A\r", b"\nB\r", b"\n") == [(b"A", None), (b"B", None)]


def test_a_frame_does_not_wait_for_the_rest_of_a_longer_line_end() -> None:
    assert frames(Framing(terminators=(b"\r", b"\r\n")), b"A\r") == [(b"A", None)]


def test_the_rest_of_a_longer_terminator_belongs_to_no_frame() -> None:
    framing = Framing(terminators=(b"\r", b"\r\n\0"))
    assert frames(framing, b"A\r", b"\n", b"\0B\r") == [(b"A", None), (b"B", None)]
    assert frames(framing, b"A\r", b"\n", b"B\r") == [(b"A", None), (b"\nB", None)]


def test_a_longer_terminator_is_swallowed_step_by_step() -> None:
    framing = Framing(terminators=(b"1", b"12", b"123"))
    assert frames(framing, b"A123B1", b"2", b"3C1") == [(b"A", None), (b"B", None), (b"C", None)]


def test_the_longest_of_terminators_that_end_together_is_taken() -> None:
    assert frames(Framing(terminators=(b"\n", b"\r\n")), b"A\r\n") == [(b"A", None)]


def test_the_terminator_that_is_complete_first_ends_the_frame() -> None:
    framing = Framing(terminators=(b"XYZ", b"Y"))
    assert frames(framing, b"AXYZ1Y") == [(b"AX", None), (b"Z1", None)]


def test_an_empty_frame_is_none() -> None:
    assert frames(Framing(), b"\r\n\r\n\n\r") == []


def test_a_lone_line_feed_belongs_to_the_data_where_only_return_ends() -> None:
    assert frames(Framing(terminators=(b"\r",)), b"A\nB\r") == [(b"A\nB", None)]


def test_start_and_end_are_taken_off() -> None:
    assert frames(STX_ETX, b"\x02A\x03\x02B\x03") == [(b"A", None), (b"B", None)]


def test_line_ends_between_marked_frames_mean_nothing() -> None:
    assert frames(STX_ETX, b"\x02A\x03\r\n\x02B\x03\r\n") == [(b"A", None), (b"B", None)]


def test_what_stands_outside_of_the_marks_is_kept_as_cut_off() -> None:
    assert frames(STX_ETX, b"X\x02A\x03Y\x03") == [(b"X", CUT), (b"A", None), (b"Y", CUT)]


def test_a_frame_that_lost_its_end_does_not_spoil_the_next() -> None:
    assert frames(STX_ETX, b"\x02A\x02\x02B\x03\x02\x03") == [(b"A", CUT), (b"B", None)]


def test_a_marked_frame_after_much_noise_is_whole() -> None:
    framing = Framing(terminators=(b"\x03",), start=b"\x02", maximum=8)
    noise = b"x" * 6
    assert frames(framing, noise + b"\x02ABCDEF\x03") == [(noise, CUT), (b"ABCDEF", None)]
    assert frames(framing, b"\r\n\x02ABCDEFG\x03") == [(b"ABCDEFG", None)]


def test_a_marked_frame_that_is_too_long_comes_in_pieces_until_the_next_mark() -> None:
    framing = Framing(terminators=(b"\x03",), start=b"\x02", maximum=4)
    assert frames(framing, b"\x02ABCDEFG\x02H\x03") == [
        (b"\x02ABC", OVER),
        (b"DEFG", OVER),
        (b"H", None),
    ]
    assert frames(framing, b"\x02ABCDEFG\x03\x02H\x03") == [
        (b"\x02ABC", OVER),
        (b"DEFG", OVER),
        (b"H", None),
    ]


def test_every_so_many_bytes_are_a_frame_of_fixed_length() -> None:
    framer = Framer(Framing(length=3))
    assert pairs(framer.feed(b"ABCDEFG")) == [(b"ABC", None), (b"DEF", None)]
    assert pairs(framer.cut_off()) == [(b"G", CUT)]


def test_exactly_the_maximum_is_whole_and_one_more_is_not() -> None:
    framing = Framing(maximum=4)
    assert frames(framing, b"ABCD\r\n") == [(b"ABCD", None)]
    assert frames(framing, b"ABCDE\r\n") == [(b"ABCD", OVER), (b"E", OVER)]


def test_an_oversize_frame_ends_at_its_terminator() -> None:
    framing = Framing(maximum=4)
    assert frames(framing, b"A" * 10 + b"\rB\r") == [
        (b"AAAA", OVER),
        (b"AAAA", OVER),
        (b"AA", OVER),
        (b"B", None),
    ]


def test_ten_megabytes_without_a_terminator_hold_one_frame_in_memory() -> None:
    framer = Framer(Framing(maximum=1024))
    noise = b"x" * 10_000_000
    found = framer.feed(noise)
    assert framer.held <= 1024 + 2
    assert b"".join(frame.raw for frame in found + framer.cut_off()) == noise
    assert {frame.fault for frame in found} == {OVER}


def test_the_rest_is_cut_off_once() -> None:
    framer = Framer(Framing())
    framer.feed(b"HAL")
    assert pairs(framer.cut_off()) == [(b"HAL", CUT)]
    assert framer.cut_off() == []
    assert pairs(framer.feed(b"B\r")) == [(b"B", None)]


def test_the_rest_of_an_oversize_frame_stays_oversize() -> None:
    framer = Framer(Framing(maximum=4))
    framer.feed(b"ABCDEF")
    assert pairs(framer.cut_off()) == [(b"EF", OVER)]


def test_a_half_terminator_at_the_cut_is_kept() -> None:
    framer = Framer(Framing(terminators=(b"\r", b"\r\n\0")))
    assert pairs(framer.feed(b"A\r\n")) == [(b"A", None)]
    assert pairs(framer.cut_off()) == [(b"\n", CUT)]


def test_what_is_cut_off_between_marks_is_told_apart_from_noise() -> None:
    framer = Framer(STX_ETX)
    framer.feed(b"X\x02HAL")
    assert pairs(framer.cut_off()) == [(b"X", CUT), (b"HAL", CUT)]
    framer.feed(b"\x02A\x03\r\n")
    assert framer.cut_off() == []


@pytest.mark.parametrize(
    ("framing", "fault"),
    [
        (Framing(idle=0.5), CUT),
        (Framing(length=8, idle=0.5), CUT),
        (Framing(terminators=(), idle=0.5), None),
    ],
    ids=["terminated", "fixed length", "by silence"],
)
def test_silence_ends_what_is_held(framing: Framing, fault: FrameFault | None) -> None:
    framer = Framer(framing)
    assert framer.feed(b"AB", now=10.0) == []
    assert framer.flush(10.4) == []
    assert pairs(framer.flush(10.5)) == [(b"AB", fault)]
    assert framer.flush(99.0) == []


def test_silence_means_nothing_without_an_idle_gap() -> None:
    framer = Framer(Framing())
    framer.feed(b"AB", now=1.0)
    assert framer.flush(1e9) == []


def test_a_frame_ended_by_silence_is_capped_too() -> None:
    framer = Framer(Framing(terminators=(), idle=0.5, maximum=4))
    assert pairs(framer.feed(b"ABCDEFGH", now=1.0)) == [(b"ABCD", OVER)]
    assert pairs(framer.flush(2.0)) == [(b"EFGH", OVER)]
    assert framer.feed(b"ABCD", now=3.0) == []
    assert pairs(framer.flush(4.0)) == [(b"ABCD", None)]


ENDS = st.lists(
    st.binary(min_size=1, max_size=3).map(lambda raw: bytes(byte % 4 for byte in raw)),
    min_size=1,
    max_size=4,
    unique=True,
).map(tuple)
STREAM = st.binary(max_size=120).map(lambda raw: bytes(byte % 6 for byte in raw))
LINES = st.lists(st.sampled_from([b"A", b"\0", b"\r", b"\n", b"\r\n"])).map(b"".join)
FRAMINGS = st.one_of(
    st.builds(Framing, terminators=ENDS, maximum=st.integers(1, 20)),
    st.builds(
        Framing,
        terminators=ENDS,
        start=st.just(b"\x05"),
        filler=st.sampled_from([b"", b"\4"]),
        maximum=st.integers(1, 20),
    ),
    st.builds(Framing, length=st.integers(1, 9)),
    st.builds(Framing, terminators=st.just(()), idle=st.just(1.0), maximum=st.integers(1, 20)),
)


@given(FRAMINGS, STREAM, st.data())
def test_how_the_stream_was_cut_into_chunks_changes_nothing(
    framing: Framing, stream: bytes, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(stream)))))
    framer = Framer(framing)
    found: list[RawFrame] = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += framer.feed(stream[start:end])
    whole = Framer(framing)
    assert found + framer.cut_off() == whole.feed(stream) + whole.cut_off()


@given(st.sampled_from([LINE_ENDS, (b"\r",), (b"\r\n",)]), LINES, st.integers(1, 20))
def test_nothing_but_terminators_is_ever_dropped(
    ends: tuple[bytes, ...], stream: bytes, maximum: int
) -> None:
    framer = Framer(Framing(terminators=ends, maximum=maximum))
    found = framer.feed(stream) + framer.cut_off()
    pattern = b"|".join(sorted(ends, key=len, reverse=True))
    assert b"".join(frame.raw for frame in found) == b"".join(re.split(pattern, stream))
    assert all(0 < len(frame.raw) <= maximum for frame in found)


@given(FRAMINGS, STREAM)
def test_memory_and_frames_stay_within_the_maximum(framing: Framing, stream: bytes) -> None:
    framer = Framer(framing)
    for byte in stream:
        for frame in framer.feed(bytes([byte])):
            assert 0 < len(frame.raw) <= framing.maximum
        assert framer.held <= framing.maximum + 3
    assert all(0 < len(frame.raw) <= framing.maximum for frame in framer.cut_off())
