"""GS1 element strings: what is read is what was there and what biip reads, or nothing is."""

import re
from contextlib import suppress
from functools import cache

from biip import ParseConfig, ParseError
from biip.gs1_application_identifiers import GS1ApplicationIdentifier
from biip.gs1_messages import GS1Message

from app.domain import gs1
from tests.fuzz import barcodes
from tests.fuzz.target import Target

AS_SCANNED = ParseConfig(gs1_element_strings_verify_date=False)


@cache
def of_every_identifier() -> tuple[bytes, ...]:
    """An element string of each application identifier: as many ones as it takes."""
    digits = (f"{number:0{size}}" for size in (2, 3, 4) for number in range(10**size))
    found: list[bytes] = []
    for code in digits:
        with suppress(ParseError):
            known = GS1ApplicationIdentifier.extract(code)
            texts = (code + "1" * size for size in range(1, 31))
            sample = next((text for text in texts if re.fullmatch(known.pattern, text)), None)
            if known.ai == code and sample is not None:
                found.append(sample.encode())
    return tuple(found)


@cache
def seeds() -> tuple[bytes, ...]:
    numbers = (b"010978020137962410LOT7\x1d21C02XK0ABJGH5", b"8002354178036859789", b"3103001250")
    more = (b"3925123456789\x1d3932978123", b"7007250519250520", b"253" + b"1" * 13 + b"ABC")
    every = of_every_identifier()
    assert len(every) > 500
    return *numbers, *more, *every, *(text for text in barcodes.rows() if text[:1].isdigit())


def check(data: bytes) -> None:
    text = data.decode("latin-1")
    found = gs1.elements(text)
    if isinstance(found, gs1.GS1Fault):
        return
    assert found
    rebuilt = "".join(one.identifier + one.value for one in found)
    assert rebuilt == text.strip(" ").replace(gs1.SEPARATOR, "")
    message = GS1Message.parse(text.strip(f" {gs1.SEPARATOR}"), config=AS_SCANNED)
    assert [(one.ai.ai, one.value) for one in message.element_strings] == [
        (one.identifier, one.value) for one in found
    ]
    printed = "".join(f"({one.identifier}){one.value}" for one in found)
    if not any(mark in one.value for one in found for mark in "()") and all(o.value for o in found):
        assert gs1.printed_elements(printed) == found


TOKENS = (
    *(b"\x1d", b"00", b"01", b"02", b"10", b"11", b"17", b"21", b"240", b"241", b"253", b"30"),
    *(
        b"3103",
        b"37",
        b"3925",
        b"3932",
        b"8002",
        b"8003",
        b"8008",
        b"7007",
        b"91",
        b"09780201379624",
    ),
)
TARGET = Target(seeds, check, TOKENS, longest=1024)
