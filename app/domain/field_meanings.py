"""What the fields of a label can be, by what the label says that they are."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from app.domain import identifiers
from app.domain.candidates import Candidate, Doubt, Kind, Meaning
from app.domain.gs1 import Element
from app.domain.guesses import add_gtin, add_radio_numbers, bare_serials, issued_serials, serials


def of_fields(fields: Iterable[Element]) -> Meaning:
    """Find out what the fields of a label can be.

    A spare part's number tells best what a label is on, then what is unique, then what a thousand
    products share: the model, the trade item, and last what only calls itself a part number.
    """
    found = Meaning()
    for one in fields:
        reader = _FIELD_READERS.get(one.identifier)
        if reader is not None:
            reader(found, identifiers.normalise(one.value))
    return Meaning(dict.fromkeys(sorted(found.candidates, key=_rank)), found.doubts)


def _part_field(meaning: Meaning, value: str) -> None:
    part = identifiers.part_number(value)
    if part is not None:
        meaning.add(Candidate(Kind.PART_NUMBER, part.value))
    elif identifiers.is_board_marking(value):
        meaning.doubt(Doubt.BOARD_MARKING)
    elif value:
        meaning.add(Candidate(Kind.PART_NUMBER, value))
        meaning.doubt(Doubt.PART_NUMBER_UNRECOGNISED)


def _serial_field(meaning: Meaning, value: str) -> None:
    if identifiers.is_iccid(value):
        meaning.doubt(Doubt.ICCID)
        return
    add_radio_numbers(meaning, value)
    meaning.add(*serials(meaning, value, correct=True))


def _issued_serial_field(meaning: Meaning, value: str) -> None:
    """A serial behind the company that gave it: the serial alone is what registers know."""
    meaning.add(*issued_serials(value), *bare_serials(value))


_FIELD_READERS: Final[Mapping[str, Callable[[Meaning, str], None]]] = {
    # ANSI MH10.8.2
    "P": _part_field,
    "1P": _part_field,
    "30P": _part_field,
    "S": _serial_field,
    "25S": _issued_serial_field,
    # text identifiers of format 12
    "PNO": _part_field,
    "PNR": _part_field,
    "SER": _serial_field,
    "SEQ": _serial_field,
    # GS1: trade item and its content, serial, the maker's and the customer's number, mobile phone
    "01": add_gtin,
    "02": add_gtin,
    "21": _serial_field,
    "240": _part_field,
    "241": _part_field,
    "8002": _serial_field,
}


def _rank(candidate: Candidate) -> int:
    """Say how well a candidate tells what a label is on: the lower, the better."""
    if candidate.kind is Kind.GTIN:
        return 3
    if candidate.kind is not Kind.PART_NUMBER:
        return 1
    part = identifiers.part_number(candidate.value)
    if part is None:
        return 4
    return 0 if part.kind is identifiers.PartKind.SERVICE else 2
