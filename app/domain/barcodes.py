"""What the bytes of a barcode mean.

``read`` takes any bytes and never raises: whatever they are, there is at least one candidate. One
text may well be two things (12 characters are a product's serial or a component's), so all that it
can be is told, the best guess first, and the place where it was scanned, or a register, decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from app.domain import aim as symbologies
from app.domain import field_meanings, gs1, iso15434, meanings
from app.domain.candidates import Candidate, Doubt, Kind, Meaning
from app.domain.gs1 import GS1Fault
from app.domain.iso15434 import EnvelopeFault

__all__ = [
    "MAX_BYTES",
    "WARNINGS",
    "Candidate",
    "Fault",
    "Format",
    "Kind",
    "Reading",
    "as_json",
    "read",
    "warm_up",
]

MAX_BYTES: Final = 4096
"""The longest barcode that is read; the fullest Data Matrix holds 3,116 characters."""

_SUFFIXES: Final = "\r\n\t"
"""What scanners are set to send behind the data."""

_BYTE_ORDER_MARK: Final = "\ufeff"


class Format(StrEnum):
    """How a barcode's text is built."""

    PLAIN = "plain"
    GS1 = "gs1"
    ISO15434 = "iso15434"


class Fault(StrEnum):
    """What is wrong with the barcode as a whole."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    """Longer than ``MAX_BYTES``: only its beginning is told, and nothing of it is read."""
    AIM_UNKNOWN = "aim_unknown"
    """The scanner's symbology identifier is none; the data was read without it."""


WARNINGS: Final = tuple(str(code) for code in (*Fault, *EnvelopeFault, *Doubt))
"""Every code that a reading's warnings can hold."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a barcode says.

    Attributes:
        raw: The bytes as they came, untouched.
        aim: The AIM symbology identifier such as ``]d2``, None where the scanner sent none.
        format: How the text is built.
        fields: The values by identifier, in the order of the label, for gs1 and iso15434.
        candidates: What the text can be, best first, never empty.
        warnings: Stable codes, see ``WARNINGS``.
    """

    raw: bytes
    aim: str | None
    format: Format
    fields: Mapping[str, tuple[str, ...]] = field(hash=False)
    candidates: tuple[Candidate, ...]
    warnings: tuple[str, ...]

    @property
    def best(self) -> Candidate:
        """The best guess; of the kind unknown where nothing fits."""
        return self.candidates[0]

    def values(self, *kinds: Kind) -> tuple[str, ...]:
        """Give the values of the candidates of these kinds, best first."""
        return tuple(one.value for one in self.candidates if one.kind in kinds)


def read(raw: bytes, aim: str | None = None) -> Reading:
    r"""Read a barcode; it never raises, whatever the bytes.

    Args:
        raw: The bytes from the wire, control characters included. CR, LF and TAB at the
            end are tolerated, an AIM identifier at the start is recognised.
        aim: The AIM identifier where the wire carries it apart from the data.

    >>> read(b"c02xk0abjgh5").best.value
    'C02XK0ABJGH5'
    >>> reading = read(b"[)>\x1e06\x1d1P661-17578\x1e\x04")
    >>> reading.format.value, reading.best.kind.value, dict(reading.fields)
    ('iso15434', 'part_number', {'1P': ('661-17578',)})
    """
    aim, notes = _symbology(aim)
    text = _decode(raw[:MAX_BYTES])
    if len(raw) > MAX_BYTES:
        notes = (*notes, Fault.TOO_LONG)
        return _reading(raw, aim, text, Format.PLAIN, (), Meaning(), notes)
    text = text.rstrip(_SUFFIXES)
    prefix = symbologies.IDENTIFIER.match(text) if text[:1] == "]" else None
    if prefix is not None and aim in (None, prefix[0]):
        aim, text = prefix[0], text[prefix.end() :]
    text = text.removeprefix(_BYTE_ORDER_MARK)
    if not text.strip(" "):
        notes = (*notes, Fault.EMPTY)
        return _reading(raw, aim, text, Format.PLAIN, (), Meaning(), notes)
    if aim is not None:
        text = symbologies.without_escapes(text, aim)
    shape, fields, faults = _shape(text, aim)
    if shape is Format.PLAIN:
        meaning = meanings.of_text(text, aim)
    else:
        meaning = field_meanings.of_fields(fields)
        if shape is Format.GS1 and len(fields) == 1 and aim not in symbologies.GS1:
            meaning.add(*meanings.of_text(text, aim).candidates)  # 16 digits may be a serial
    return _reading(raw, aim, text, shape, fields, meaning, (*notes, *faults))


def as_json(reading: Reading) -> dict[str, object]:
    """Give a reading the way the command line answers it (design, section 7)."""
    return {
        "raw_hex": reading.raw.hex(),
        "aim": reading.aim,
        "symbology": symbologies.symbology(reading.aim),
        "format": reading.format.value,
        "fields": {identifier: list(values) for identifier, values in reading.fields.items()},
        "candidates": [{"kind": c.kind.value, "value": c.value} for c in reading.candidates],
        "warnings": list(reading.warnings),
    }


def warm_up() -> None:
    """Import now what the first barcode would have to wait for (some 150 ms)."""
    for raw in (b"]d20109780201379624", b"354178036859789", b"OCDONEX"):
        read(raw)


def _symbology(aim: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Check an AIM identifier; scanners without one may send NULs in its place."""
    text = (aim or "").strip("\0 ")
    if not text:
        return None, ()
    return (text, ()) if symbologies.IDENTIFIER.fullmatch(text) else (None, (Fault.AIM_UNKNOWN,))


def _decode(raw: bytes) -> str:
    """Decode ASCII and UTF-8, and what is neither as Latin-1, which has a place for every byte."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


_Shape = tuple[Format, tuple[gs1.Element, ...], tuple[str, ...]]
"""How a text is built, its fields, and what is wrong with them."""

_PLAIN: Final[_Shape] = (Format.PLAIN, (), ())


def _shape(text: str, aim: str | None) -> _Shape:
    """Tell how a text is built."""
    if iso15434.is_envelope(text):
        envelope = iso15434.parse(text)
        return Format.ISO15434, envelope.fields, envelope.faults
    printed = gs1.printed_elements(text) if text[:1] == "(" else None
    if printed is not None:
        return Format.GS1, printed, ()
    if aim in symbologies.GS1 or gs1.SEPARATOR in text or text[:1] == "0":
        return _separated_shape(text, aim)
    return _PLAIN


def _separated_shape(text: str, aim: str | None) -> _Shape:
    """Tell how a text is built that is announced as GS1, or has something of it."""
    announced, separated = aim in symbologies.GS1, gs1.SEPARATOR in text
    digits = aim is not None and aim.startswith(symbologies.TRADE_ITEM)
    likely = announced or (not digits and gs1.begins_like_one(text))
    if likely or separated:
        elements = gs1.elements(text)
        if isinstance(elements, tuple):
            return Format.GS1, elements, ()
        if likely and elements is GS1Fault.SEPARATORS_LOST:
            return Format.GS1, (), (elements,)
    headless = iso15434.parse_headless(text) if separated else None
    if headless is not None:
        return Format.ISO15434, headless.fields, headless.faults
    return (Format.PLAIN, (), (GS1Fault.INVALID,)) if announced else _PLAIN


def _reading(
    raw: bytes,
    aim: str | None,
    text: str,
    shape: Format,
    fields: tuple[gs1.Element, ...],
    meaning: Meaning,
    notes: tuple[str, ...],
) -> Reading:
    """Put a reading together; a text without a meaning is an unknown one."""
    grouped: dict[str, list[str]] = {}
    for one in fields:
        grouped.setdefault(one.identifier, []).append(one.value)
    values = {identifier: tuple(each) for identifier, each in grouped.items()}
    candidates = tuple(meaning.candidates) or (Candidate(Kind.UNKNOWN, text),)
    warnings = tuple(map(str, (*notes, *meaning.doubts)))
    return Reading(raw, aim, shape, values, candidates, warnings)
