"""Envelopes: every field is a piece of the text, and with lost separators there is none."""

from app.domain import iso15434
from app.domain.iso15434 import EnvelopeFault
from tests.fuzz import barcodes
from tests.fuzz.target import Target


def seeds() -> tuple[bytes, ...]:
    return tuple(text for text in barcodes.rows() if b"[)>" in text or b"\x1d" in text)


def check(data: bytes) -> None:
    text = data.decode("latin-1")
    envelope = iso15434.parse(text) if iso15434.is_envelope(text) else iso15434.parse_headless(text)
    if envelope is None:
        return
    assert envelope.fields or envelope.faults
    assert len(set(envelope.faults)) == len(envelope.faults)
    if EnvelopeFault.SEPARATORS_LOST in envelope.faults:
        assert envelope.fields == ()
    assert all(one.value in text for one in envelope.fields)
    assert sum(len(one.value) for one in envelope.fields) <= len(text)


TARGET = Target(seeds, check, barcodes.TOKENS)
