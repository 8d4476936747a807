"""Checksums: known values, where they stand, and that a wrong one is never a reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.wire.checksums import FORMS, KINDS, Checksum
from app.devices.wire.framing import Framer, Framing, RawFrame
from app.domain.frames import FrameFault


@pytest.mark.parametrize(
    ("kind", "form", "told"),
    [
        ("xor8", "hex", b"31"),
        ("sum8", "hex", b"DD"),
        ("minus8", "hex", b"23"),
        ("crc16-modbus", "hex", b"4B37"),
        ("crc16-modbus", "raw-little", b"\x37\x4b"),
        ("crc16-ccitt", "raw", b"\x29\xb1"),
    ],
)
def test_a_known_text_has_the_known_checksum(kind: str, form: str, told: bytes) -> None:
    assert Checksum(kind, form).of(b"123456789") == told


def framing_of(checksum: Checksum) -> Framing:
    if checksum.behind:
        return Framing((b"\x03",), b"\x02", checksum=checksum)
    return Framing((b"\r\n",), checksum=checksum)


CHECKSUMS = st.builds(
    Checksum,
    st.sampled_from(sorted(KINDS)),
    st.sampled_from(FORMS),
    behind=st.just(True),
    counts_end=st.booleans(),
) | st.builds(Checksum, st.sampled_from(sorted(KINDS)), mark=st.sampled_from([b"", b"*"]))
TEXTS = st.lists(st.binary(min_size=1).filter(lambda raw: not set(raw) & set(b"\r\n\x02\x03")))


@given(CHECKSUMS, TEXTS, st.integers(1, 7))
def test_what_was_sealed_arrives_as_it_was_however_it_is_cut(
    checksum: Checksum, texts: list[bytes], size: int
) -> None:
    framing = framing_of(checksum)
    stream = b"".join(framing.sealed(text) for text in texts)
    framer = Framer(framing)
    frames = [
        frame for at in range(0, len(stream), size) for frame in framer.feed(stream[at : at + size])
    ]
    assert frames == [RawFrame(text) for text in texts]


@given(CHECKSUMS, st.binary(min_size=2, max_size=20), st.data())
def test_a_changed_byte_is_a_fault_and_everything_is_kept(
    checksum: Checksum, text: bytes, data: st.DataObject
) -> None:
    text = bytes(byte & 0x7F | 0x40 for byte in text)
    framing = framing_of(checksum)
    sent = bytearray(framing.sealed(text))
    at = data.draw(st.integers(len(framing.start), len(framing.start) + len(text) - 1))
    sent[at] ^= 1
    (frame,) = Framer(framing).feed(bytes(sent))
    assert frame.fault is FrameFault.CHECKSUM
    assert bytes(sent[at : at + 1]) in frame.raw


def test_small_hexadecimal_digits_are_as_good() -> None:
    framer = Framer(Framing(checksum=Checksum("sum8", mark=b"*")))
    assert framer.feed(b"123456789*dd\r\n") == [RawFrame(b"123456789")]


def test_a_missing_mark_is_a_fault() -> None:
    framer = Framer(Framing(checksum=Checksum("sum8", mark=b"*")))
    assert framer.feed(b"123456789DD\r\n") == [RawFrame(b"123456789DD", FrameFault.CHECKSUM)]


def test_a_frame_whose_checksum_never_came_is_cut_off() -> None:
    framer = Framer(framing_of(Checksum("xor8", "hex", behind=True)))
    assert framer.feed(b"\x02ABC\x034") == []
    assert [frame.fault for frame in framer.cut_off()] == [FrameFault.CUT_OFF]


def test_a_frame_that_arrived_whole_is_acknowledged_and_a_damaged_one_is_not() -> None:
    framer = Framer(Framing(checksum=Checksum("sum8"), ack=b"\x06", nak=b"\x15"))
    framer.feed(b"123456789DD\r\nX00\r\n")
    assert framer.replies() == b"\x06\x15"
    assert framer.replies() == b""
    framer.feed(b"123456789DD\r\n")
    framer.cut_off()
    assert framer.replies() == b""


def test_a_frame_of_nothing_but_its_checksum_is_acknowledged_and_not_given() -> None:
    framing = Framing(checksum=Checksum("sum8"), ack=b"\x06", nak=b"\x15")
    framer = Framer(framing)
    assert framer.feed(framing.sealed(b"")) == []
    assert framer.replies() == b"\x06"
