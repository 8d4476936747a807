"""GS1 element strings: what is read is exactly what was there, or nothing is read."""

from app.domain import gs1
from tests.fuzz import barcodes
from tests.fuzz.target import Target


def seeds() -> tuple[bytes, ...]:
    numbers = (b"010978020137962410LOT7\x1d21C02XK0ABJGH5", b"8002354178036859789", b"3103001250")
    more = (b"3925123456789\x1d3932978123", b"7007250519250520", b"253" + b"1" * 13 + b"ABC")
    return *numbers, *more, *(text for text in barcodes.rows() if text[:1].isdigit())


def check(data: bytes) -> None:
    text = data.decode("latin-1")
    found = gs1.elements(text)
    if isinstance(found, gs1.GS1Fault):
        return
    assert found
    rebuilt = "".join(one.identifier + one.value for one in found)
    assert rebuilt == text.strip(" ").replace(gs1.SEPARATOR, "")
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
