"""Reports of a scanner: put together to scans within the bounds, and nothing comes out twice."""

from app.devices.scanner.assembler import ScanAssembler
from app.devices.scanner.descriptor import parse_descriptor
from app.devices.scanner.layout import layout_of
from app.devices.wire.framing import Framing, RawFrame
from tests.contract.devices import hid_descriptors
from tests.fuzz import descriptor
from tests.fuzz.target import Choices, Target

MAXIMA = (1, 56, 100, 4096)
REPORT = 64


def seeds() -> tuple[bytes, ...]:
    code = b"[)>\x1e06\x1d1P661-17578\x1dSC4H7482010WH80MA5\x1e\x04\r\n"
    honeywell = hid_descriptors.honeywell(code) + hid_descriptors.honeywell(code * 3, "]d1")
    newland = hid_descriptors.newland(code * 2)
    crooked = hid_descriptors.crooked(code)
    return (
        b"\0\3" + written(honeywell),
        b"\0\1" + written(honeywell[:-1]),
        b"\1\3" + written(newland),
        b"\2\2" + written([b"C02XK0AB", b"JGH5\0\0\0\0"]),
        b"\3\3" + written(crooked),
        b"\6\3"
        + bytes([len(hid_descriptors.PLAIN)])
        + hid_descriptors.PLAIN
        + written([b"C02XK0AB"]),
    )


def written(reports: list[bytes]) -> bytes:
    """Reports as the fuzzer holds them: each behind its length."""
    return b"".join(bytes([len(report)]) + report for report in reports)


def check(data: bytes) -> None:
    choices = Choices(data)
    sample = choices.number(len(descriptor.SAMPLES) + 1)
    framing = Framing(maximum=MAXIMA[choices.number(len(MAXIMA))])
    rest = choices.rest()
    if sample < len(descriptor.SAMPLES):
        raw = descriptor.SAMPLES[sample]
    else:
        raw, rest = taken(rest)
    assembler = ScanAssembler(layout_of(parse_descriptor(raw)), framing)
    frames: list[RawFrame] = []
    told = 0
    while rest:
        report, rest = taken(rest)
        told += len(report)
        frames += assembler.feed(report, 0.0)
        assert assembler.held <= framing.maximum
    frames += assembler.flush(0.1) + assembler.flush(10.0) + assembler.cut_off()
    assert assembler.held == 0
    assert all(0 < len(frame.raw) <= framing.maximum for frame in frames)
    assert sum(len(frame.raw) for frame in frames) <= told
    assert all(frame.aim is None or len(frame.aim) == len("]d1") for frame in frames)


def taken(data: bytes) -> tuple[bytes, bytes]:
    """The piece behind its length, and the rest."""
    return data[1 : 1 + data[0]] if data else b"", data[1 + data[0] :] if data else b""


TOKENS = (
    b"\x40\x02\x38]d1",
    b"\x40\x02\x38\0\0\0",
    b"\x01",
    b"\x02",
    b"\0" * 8,
    b"]C0",
    b"\x08",
    b"\r\n",
)
TARGET = Target(seeds, check, TOKENS, longest=16384)
