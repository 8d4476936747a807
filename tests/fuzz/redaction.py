"""What leaves a bench in a capture: as long as it was, without what tells who or which unit."""

from app.devices.capture_redacting import redact_rest, redact_scan, redactor
from app.domain import barcodes as codes
from app.domain.barcodes import Kind
from tests.fuzz import barcodes
from tests.fuzz.target import Choices, Target

UNITS = (Kind.DEVICE_SERIAL, Kind.COMPONENT_SERIAL, Kind.IMEI, Kind.MEID, Kind.EID)
LONG = 10
"""Characters that hardly all become themselves."""


def check(data: bytes) -> None:
    choices = Choices(data)
    aim = barcodes.AIMS[choices.number(len(barcodes.AIMS))]
    raw = choices.rest()
    redact = redactor(b"secret")
    told = redact_scan(raw, redact, aim)
    assert len(told) == len(raw)
    assert told == redact_scan(raw, redact, aim)
    assert len(redact_rest(raw, redact)) == len(raw)
    best = codes.read(raw, aim).best
    if best.kind in UNITS and len(set(best.value) - set("IO")) >= LONG:
        assert best.value.encode() not in told.upper()


FOUND = (
    b"\x00  OB10076    ",  # the spaces around a badge's label went
    # a serial stayed where the label gave it once more as its part number
    b"\x00[)>\x1e06\x1dSC39ZK0XYQ6L4\x1d1PC39ZK0XYQ6L4\x1e\x04",
    b"\x00[)>\x1e06\x1dSC39ZK0XYQ6L4\x1d1P661-)>78C39ZK0XYQ6L4\x1e\x04",
)


def seeds() -> tuple[bytes, ...]:
    return (*barcodes.seeds(), *FOUND)


TARGET = Target(seeds, check, barcodes.TOKENS, longest=1024)
