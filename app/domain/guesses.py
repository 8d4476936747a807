"""What one value can be by its form: a part, a trade item, a radio, a serial.

Each function takes a value in capitals, without what the barcode itself added.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.domain import aim as symbologies
from app.domain import identifiers
from app.domain.candidates import Candidate, Doubt, Kind, Meaning

_IMEI_LENGTH: Final = 15
_RADIO_LENGTHS: Final = (14, 15, 32)
_SUPPLIERS_PART: Final = ("1P", "30P")
_CUSTOMERS_PART: Final = "P"
_ISSUER: Final = re.compile(r"UN[0-9]{9}|D[0-9A-Z]{5}|LB[0-9A-Z]{4}")
"""A company before its serial number: D-U-N-S, CAGE and Telcordia codes with the letters of the
agency that issues them (ISO/IEC 15459-2)."""


def part_numbers(value: str) -> Iterator[Candidate]:
    """Yield the part numbers that a value can be, with and without what announces one.

    A ``P`` before a spare part is a label's identifier rather than a stock's letter: the same
    label's two-dimensional code says so.
    """
    whole = identifiers.part_number(value)
    if value.startswith(_CUSTOMERS_PART):
        rest = identifiers.part_number(value[len(_CUSTOMERS_PART) :])
        found = (rest, whole) if rest is not None and rest.value[0].isdigit() else (whole, rest)
    elif whole is None and value.lstrip("0").startswith(_SUPPLIERS_PART):
        found = (identifiers.part_number(value[value.index("P") + 1 :]),)
    else:
        found = (whole,)
    yield from (Candidate(Kind.PART_NUMBER, one.value) for one in found if one is not None)


def add_gtin(meaning: Meaning, value: str) -> None:
    """Add a trade item, or the doubt that its check digit does not hold."""
    if identifiers.is_gtin(value):
        meaning.add(Candidate(Kind.GTIN, value))
    elif identifiers.looks_like_gtin(value):
        meaning.doubt(Doubt.GTIN_CHECK_FAILED)


def add_radio_numbers(meaning: Meaning, value: str, aim: str | None = None) -> None:
    """Add an IMEI, an MEID or an EID, or the doubt that its check does not hold."""
    if aim is not None and aim.startswith(symbologies.INTERLEAVED):
        value = _without_filler(value)
    if len(value) not in _RADIO_LENGTHS:
        return
    if identifiers.is_imei(value):
        meaning.add(Candidate(Kind.IMEI, value))
    elif identifiers.looks_like_imei(value):
        meaning.doubt(Doubt.IMEI_CHECK_FAILED)
    elif identifiers.is_meid(value):
        meaning.add(Candidate(Kind.MEID, value))
    elif identifiers.looks_like_eid(value):
        meaning.add(Candidate(Kind.EID, value))
        if not identifiers.is_eid(value):
            meaning.doubt(Doubt.EID_CHECK_FAILED)


def _without_filler(value: str) -> str:
    """Drop the zero before an IMEI: an interleaved code holds an even number of digits."""
    filled = len(value) == _IMEI_LENGTH + 1 and value[0] == "0"
    return value[1:] if filled and identifiers.is_imei(value[1:]) else value


def serials(meaning: Meaning, value: str, *, correct: bool) -> tuple[Candidate, ...]:
    """Give the serials that the whole value can be, a product's first, and note its doubts."""
    found: list[Candidate] = []
    device = identifiers.device_serial(value)
    if device is not None and (correct or not device.corrected):
        found.append(Candidate(Kind.DEVICE_SERIAL, device.value))
        if device.corrected:
            meaning.doubt(Doubt.SERIAL_I_OR_O)
    component = identifiers.component_serial(value)
    if component is not None:
        found.append(Candidate(Kind.COMPONENT_SERIAL, component.value))
        if component.check is False:
            meaning.doubt(Doubt.COMPONENT_CHECK_FAILED)
    return tuple(found)


def bare_serials(value: str) -> Iterator[Candidate]:
    """Yield the serials that a value is without any doubt about its form."""
    if len(value) == _IMEI_LENGTH and identifiers.is_imei(value):
        yield Candidate(Kind.IMEI, value)
    device = identifiers.device_serial(value)
    if device is not None and not device.corrected:
        yield Candidate(Kind.DEVICE_SERIAL, device.value)
    component = identifiers.component_serial(value)
    if component is not None and component.check is not False:
        yield Candidate(Kind.COMPONENT_SERIAL, component.value)


def issued_serials(value: str) -> Iterator[Candidate]:
    """Yield the serials behind the company that gave them."""
    issuer = _ISSUER.match(value)
    if issuer is not None:
        yield from bare_serials(value[issuer.end() :])
