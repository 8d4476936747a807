"""What leaves a bench in a capture: as long as it was, without what tells who or which unit."""

import re

from app.devices.capture_redacting import redact_rest, redact_scan, redactor
from app.domain import barcodes as codes
from app.domain import identifiers
from app.domain.barcodes import Kind
from app.domain.commands import COMMANDS
from app.domain.keyboard_test import MARK as KEYBOARD
from app.domain.scan_tests import MARK as TEST
from tests.fuzz import barcodes
from tests.fuzz.target import Choices, Target

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
    reading = codes.read(raw, aim)
    nobodys = reading.values(Kind.PART_NUMBER, Kind.GTIN, Kind.COMMAND)
    kept = re.findall(rb"[A-Z0-9]{6,}", " ".join(filter(is_known, nobodys)).encode())
    for word in re.findall(rb"[A-Z0-9]{10,}", raw):
        telling = len(set(word) - set(b"IO")) >= LONG
        if telling and not any(word in each or each in word for each in kept):
            assert word not in told or is_of_a_test(raw)


def is_known(value: str) -> bool:
    """Whether it is a number of a kind of thing, or a command, and not only called one."""
    known = identifiers.part_number(value) is not None or identifiers.is_gtin(value)
    return known or value in COMMANDS


def is_of_a_test(raw: bytes) -> bool:
    """Whether it is a code that the program itself prints for a test: nobody's."""
    return any(mark.encode() in raw.upper() for mark in (TEST, KEYBOARD))


FOUND = (
    b"\x00[)>\x1e06\x1d1P354178036859789ABCDEF\x1e\x04",  # a label calls anything a part number
    b"\x069780201379624/C39ZK0XYQ6L4",  # whatever stood behind a trade item was no part of it
    b"\x11[)>\x1e06\x1dSC39ZK0\\000026XYQ6L4\x1d1PC39ZK0XYQ6L4\x1e\x04",  # an escape hid it
    b"\x00[)>061P661-17578SC39ZK0XYQ6L4",  # with lost separators, nothing was redacted
    b"\x00[)>\x1e06\x1dQ1\x1e\x04C39ZK0XYQ6L4",  # nor behind the trailer
    b"\x04010978020137962410LOT721C39ZK0XYQ6L4",
    b"\x00  OB10076    ",  # the spaces around a badge's label went
    # a serial stayed where the label gave it once more as its part number
    b"\x00[)>\x1e06\x1dSC39ZK0XYQ6L4\x1d1PC39ZK0XYQ6L4\x1e\x04",
    b"\x00[)>\x1e06\x1dSC39ZK0XYQ6L4\x1d1P661-)>78C39ZK0XYQ6L4\x1e\x04",
)


def seeds() -> tuple[bytes, ...]:
    return (*barcodes.seeds(), *FOUND)


TARGET = Target(seeds, check, barcodes.TOKENS, longest=1024)
