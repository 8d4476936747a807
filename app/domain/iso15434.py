"""The envelope of two-dimensional labels: ISO/IEC 15434, data identifiers after ANSI MH10.8.2.

A message is ``[)>`` RS, then one or more formats (two digits, GS, fields between GS, RS), then EOT.
Labels leave parts of it out: the RS after the header and the trailer may be missing, and some begin
with one more ``>``. Where a scanner lost the separators inside a format, nothing tells where one
field ends, so no field is read at all. Where only the header is missing, as from a reader that does
not spell out a Data Matrix's macro, the fields still tell what they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain import data_identifiers, gs1
from app.domain.gs1 import Element, GS1Fault

_EOT: Final = "\x04"
_GS: Final = "\x1d"
_RS: Final = "\x1e"
_HEADERS: Final = ("[)>", ">[)>")
_FORMAT: Final = re.compile(r"([0-9]{2})(.*)", re.DOTALL)
_HEADLESS_FORMAT: Final = re.compile(rf"06(?={_GS})")
_TELLING: Final = frozenset({"1P", "P", "30P", "S", "25S"})
"""Identifiers of which a label without its header must have one: those of a part or a serial."""

_TEXT_IDENTIFIER: Final = re.compile(r"([A-Za-z]{3}) (.*)", re.DOTALL)

UNIDENTIFIED: Final = ""
"""The identifier of a field that has none; its value is the whole field."""


class EnvelopeFault(StrEnum):
    """What is wrong with an envelope."""

    SEPARATORS_LOST = "separators_lost"
    EMPTY = "envelope_empty"
    UNKNOWN_FORMAT = "format_unknown"
    UNIDENTIFIED_FIELD = "identifier_missing"
    INVALID_GS1 = "gs1_invalid"
    AFTER_TRAILER = "data_after_trailer"
    HEADER_MISSING = "envelope_header_missing"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What an envelope holds.

    Attributes:
        fields: In the order of the label; an identifier may come more than once. ``1P`` and ``S``
            are of format 06, ``01`` of 05, ``SER`` of 12, in capitals, without leading zeros before
            a data identifier's number; ``format 07`` holds a whole format that is not read; see
            ``UNIDENTIFIED``. None at all where separators were lost.
        faults: Each kind once, in the order of appearance.
    """

    fields: tuple[Element, ...]
    faults: tuple[EnvelopeFault, ...]


def is_envelope(text: str) -> bool:
    """Tell whether a text begins like an envelope."""
    return text.startswith(_HEADERS)


def parse(text: str) -> Envelope:
    r"""Read an envelope. It never raises: what cannot be read is a fault, and its text is kept.

    Args:
        text: A text for which ``is_envelope`` holds, control characters included.

    >>> [(f.identifier, f.value) for f in parse("[)>\x1e06\x1d1P661-17578\x1dQ1\x1e\x04").fields]
    [('1P', '661-17578'), ('Q', '1')]
    """
    body, _, tail = text.partition("[)>")[2].partition(_EOT)
    fields: list[Element] = []
    faults: list[EnvelopeFault] = []
    for segment in filter(None, body.split(_RS)):
        for found in _format_fields(segment):
            if found is EnvelopeFault.SEPARATORS_LOST:
                return Envelope((), (found,))
            if isinstance(found, Element):
                fields.append(found)
            else:
                faults.append(found)
    if not fields:
        faults.append(EnvelopeFault.EMPTY)
    if tail.strip():
        faults.append(EnvelopeFault.AFTER_TRAILER)
    return Envelope(tuple(fields), tuple(dict.fromkeys(faults)))


def parse_headless(text: str) -> Envelope | None:
    r"""Read an envelope that came without its header; None for any other text.

    Args:
        text: A text for which ``is_envelope`` does not hold, with separators in it.

    >>> [(f.identifier, f.value) for f in parse_headless("1P661-17578\x1dQ1\x1e\x04").fields]
    [('1P', '661-17578'), ('Q', '1')]
    >>> parse_headless("ABC\x1dDEF") is None
    True
    """
    body = text.partition(_EOT)[0].rstrip(_RS)
    body = _HEADLESS_FORMAT.sub("", body, count=1) if body.startswith("06") else body
    pairs = [data_identifiers.split(each) for each in body.split(_GS) if each]
    fields = tuple(Element(*pair) for pair in pairs if pair is not None)
    known = {one.identifier for one in fields}
    if len(fields) < len(pairs) or not known <= data_identifiers.KNOWN or not known & _TELLING:
        return None
    return Envelope(fields, (EnvelopeFault.HEADER_MISSING,))


def _format_fields(segment: str) -> Iterator[Element | EnvelopeFault]:
    """Yield the fields and faults of one format, from its two digits to before its RS."""
    match = _FORMAT.fullmatch(segment)
    number, content = match.groups() if match else ("", segment)
    if match and number not in _READERS:
        yield Element(f"format {number}", content.removeprefix(_GS))
        yield EnvelopeFault.UNKNOWN_FORMAT
    elif content and not (match and content.startswith(_GS)):
        yield EnvelopeFault.SEPARATORS_LOST
    else:
        yield from _READERS[number](content)


def _application_identifiers(content: str) -> Iterator[Element | EnvelopeFault]:
    """Format 05: GS1 element strings."""
    data = content.strip(_GS)
    if not data:
        return
    elements = gs1.elements(data)
    if elements is GS1Fault.SEPARATORS_LOST:
        yield EnvelopeFault.SEPARATORS_LOST
    elif elements is GS1Fault.INVALID:
        yield Element(UNIDENTIFIED, data)
        yield EnvelopeFault.INVALID_GS1
    else:
        yield from elements


def _data_identifiers(content: str) -> Iterator[Element | EnvelopeFault]:
    """Format 06: ANSI MH10.8.2, up to three digits and a letter before each value."""
    for text in filter(None, content.split(_GS)):
        pair = data_identifiers.split(text)
        if pair is None:
            yield from _unidentified(text)
        else:
            yield Element(*pair)


def _text_identifiers(content: str) -> Iterator[Element | EnvelopeFault]:
    """Format 12: three letters and a space before each value."""
    for text in filter(None, content.split(_GS)):
        match = _TEXT_IDENTIFIER.fullmatch(text)
        if match is None:
            yield from _unidentified(text)
        else:
            yield Element(match[1].upper(), match[2])


def _unidentified(text: str) -> Iterator[Element | EnvelopeFault]:
    yield Element(UNIDENTIFIED, text)
    yield EnvelopeFault.UNIDENTIFIED_FIELD


_READERS: Final = {
    "05": _application_identifiers,
    "06": _data_identifiers,
    "12": _text_identifiers,
}
