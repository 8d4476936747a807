"""The framer: no byte is lost, no frame is too long, and how the stream was cut changes nothing."""

import re

from app.devices.wire.checksums import FORMS, KINDS, Checksum
from app.devices.wire.framing import LINE_ENDS, Framer, Framing, RawFrame
from app.devices.wire.records import Record
from tests.fuzz.target import Choices, Target, pieces

ENDS = (LINE_ENDS, (b"\r",), (b"\r\n",), (b"\x03",), (b"\0", b"END", b"EN"))
LONGEST_MARK = 16
BEGIN, END = b"BEGIN", b"END"


def plain(choices: Choices) -> Framing:
    ends = ENDS[choices.number(len(ENDS))]
    return Framing(terminators=ends, maximum=1 + choices.number(256))


def marked(choices: Choices) -> Framing:
    filler = (b"", b"\r\n")[choices.number(2)]
    return Framing(
        terminators=(b"\x03",), start=b"\x02", filler=filler, maximum=1 + choices.number(256)
    )


def fixed(choices: Choices) -> Framing:
    length = 1 + choices.number(64)
    return Framing(length=length, maximum=length)


def silent(choices: Choices) -> Framing:
    return Framing(terminators=(), idle=1.0, maximum=1 + choices.number(256))


def proven(choices: Choices) -> Framing:
    checksum = Checksum(
        kind=sorted(KINDS)[choices.number(len(KINDS))],
        form=FORMS[choices.number(len(FORMS))],
        mark=(b"", b"*")[choices.number(2)],
        behind=bool(choices.number(2)),
        counts_end=bool(choices.number(2)),
    )
    ends = ENDS[choices.number(len(ENDS))]
    return Framing(terminators=ends, checksum=checksum, maximum=256, ack=b"\6", nak=b"\x15")


def recorded(choices: Choices) -> Framing:
    record = Record(
        begin=((), (BEGIN,))[choices.number(2)],
        end=((), (END,))[choices.number(2)],
        lines=choices.number(6),
    )
    return Framing(record=record, idle=1.0, maximum=1 + choices.number(256))


def wide(choices: Choices) -> Framing:
    del choices
    return Framing(terminators=(b"\r\0\n\0", b"\n\0"), width=2, maximum=256)


def skipping(choices: Choices) -> Framing:
    return Framing(empty=(b"0", b"no data"), once=True, maximum=1 + choices.number(256))


KINDS_OF_FRAMING = (plain, plain, marked, fixed, silent, proven, recorded, wide, skipping)


def check(data: bytes) -> None:
    choices = Choices(data)
    kind = KINDS_OF_FRAMING[choices.number(len(KINDS_OF_FRAMING))]
    framing = kind(choices)
    cut = 1 + choices.number(64)
    stream = choices.rest()
    frames, replies = run(framing, pieces(stream, cut))
    assert (frames, replies) == run(framing, [stream])
    assert all(0 < len(frame.raw) <= framing.maximum for frame in frames)
    told = sum(len(frame.raw) for frame in frames)
    if framing.record is None:
        assert told <= len(stream)
    if kind is plain:
        ends = b"|".join(map(re.escape, sorted(framing.terminators, key=len, reverse=True)))
        lost = len(stream) - told
        assert lost <= sum(len(each) for each in re.findall(ends, stream))
    if kind in {fixed, silent}:
        assert b"".join(frame.raw for frame in frames) == stream


def run(framing: Framing, stream: list[bytes]) -> tuple[list[RawFrame], bytes]:
    framer = Framer(framing)
    room = framing.maximum + LONGEST_MARK
    frames: list[RawFrame] = []
    replies = b""
    for piece in stream:
        frames += framer.feed(piece, 0.0)
        assert framer.held <= room
        replies += framer.replies()
    return frames + framer.cut_off(), replies


FOUND = (
    b" 5\r\nval\xa9\x00\x035\r\n",  # nothing but its checksum: was given as an empty frame
)


def seeds() -> tuple[bytes, ...]:
    streams = (
        b"C02XK0ABJGH5\r\nQ1\r\n",
        b"\x02W;1.25E+06;OK\x03\r\n\x02cut\x02again\x03",
        b"12345678" * 20,
        b"BEGIN 1\r\nL 1.5 M\r\nR 2.5 M\r\nEND\r\nBEGIN 2\r\n",
        b"no data\r\n0\r\nvalue 5\r\nvalue 5\r\n",
        "1,5 MΩ\r\n".encode("utf-16-le") * 3,
    )
    made = (
        bytes([kind, 7, 7, 0, 1, 0, 200]) + stream
        for kind in range(len(KINDS_OF_FRAMING))
        for stream in streams
    )
    return (*made, *FOUND)


TOKENS = (
    b"\r\n",
    b"\r",
    b"\n",
    b"\x02",
    b"\x03",
    b"BEGIN",
    b"END",
    b"EN",
    b"\n\0",
    b"no data",
    b"\0",
)
TARGET = Target(seeds, check, TOKENS, longest=2048)
