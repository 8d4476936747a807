"""What one text, or one identified field, can be: candidates, the best guess first.

A guess never hides another: a look-up in a register, or the place where the text was scanned,
decides between them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from app.domain import aim as symbologies
from app.domain import data_identifiers, identifiers, labels
from app.domain.gs1 import Element


class Kind(StrEnum):
    """What a text can be."""

    DEVICE_SERIAL = "device_serial"
    IMEI = "imei"
    MEID = "meid"
    EID = "eid"
    PART_NUMBER = "part_number"
    COMPONENT_SERIAL = "component_serial"
    GTIN = "gtin"
    BADGE = "badge"
    COMMAND = "command"
    REPAIR_TAG = "repair_tag"
    UNKNOWN = "unknown"


class Doubt(StrEnum):
    """Why a meaning deserves a second look. None of them refuses anything."""

    SERIAL_I_OR_O = "serial_i_or_o"
    """The text holds I or O, which no product's serial does: the candidate has 1 and 0 instead."""
    COMPONENT_CHECK_FAILED = "component_check_failed"
    """The check of a 17-character component serial does not hold."""
    LABEL_CHECK_FAILED = labels.LABEL_CHECK_FAILED
    """The text begins like a label of ours and is none."""
    GTIN_CHECK_FAILED = "gtin_check_failed"
    """The symbology is a trade item's, and the check digit does not hold."""
    IMEI_CHECK_FAILED = "imei_check_failed"
    """15 digits that are no IMEI."""
    EID_CHECK_FAILED = "eid_check_failed"
    """32 digits whose check does not hold."""
    ICCID = "iccid"
    """A SIM card's number, or the code that brings an eSIM: private, and of no use here."""
    BOARD_MARKING = "board_marking"
    """A number printed on a board: it cannot be ordered."""
    PART_NUMBER_UNRECOGNISED = "part_number_unrecognised"
    """A label calls it a part number, and it has no form of Apple's."""
    LABEL_FIELD = "label_field"
    """Another linear code of a part's label: its lot, quantity, date, maker or order."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a text can be.

    Attributes:
        kind: What it would be.
        value: In its one written form (capitals, a part number's dash); of a label, its body.
    """

    kind: Kind
    value: str


@dataclass(slots=True)
class Meaning:
    """What a text can be, while it is being found out; each candidate and each doubt once.

    Attributes:
        candidates: Best first; empty for a text without a meaning.
        doubts: In the order of discovery.
    """

    candidates: dict[Candidate, None] = field(default_factory=dict[Candidate, None])
    doubts: dict[Doubt, None] = field(default_factory=dict[Doubt, None])

    def add(self, *candidates: Candidate) -> None:
        """Add candidates behind those that are there already."""
        self.candidates.update(dict.fromkeys(candidates))

    def doubt(self, *doubts: Doubt) -> None:
        """Add doubts."""
        self.doubts.update(dict.fromkeys(doubts))


_LABEL_KINDS: Final = {
    labels.LabelKind.BADGE: Kind.BADGE,
    labels.LabelKind.COMMAND: Kind.COMMAND,
    labels.LabelKind.REPAIR_TAG: Kind.REPAIR_TAG,
}
_EAN_13_LENGTH: Final = 13
_UPC_E_LENGTH: Final = 8
_ICCID_LENGTHS: Final = (19, 20)
_IMEI_LENGTH: Final = 15
_GTIN_LENGTHS: Final = (8, 12, 13, 14)
_RADIO_LENGTHS: Final = (14, 15, 32)
_SUPPLIERS_PART: Final = ("1P", "30P")
_CUSTOMERS_PART: Final = "P"
_SERIAL_PREFIX: Final = "S"
_ISSUED_SERIAL: Final = "25S"
_QUANTITY_PREFIX: Final = "Q"
_ESIM_PREFIX: Final = "LPA:1$"
_ISSUER: Final = re.compile(r"UN[0-9]{9}|D[0-9A-Z]{5}|LB[0-9A-Z]{4}")
"""A company before its serial number: D-U-N-S, CAGE and Telcordia codes with the letters of the
agency that issues them (ISO/IEC 15459-2)."""


def of_text(text: str, aim: str | None = None) -> Meaning:
    """Find out what a text without identifiers can be.

    Args:
        text: The text, without its AIM identifier; small letters and outer spaces are tolerated.
        aim: The AIM identifier where it is known.
    """
    meaning = Meaning()
    value = symbologies.payload(identifiers.normalise(text), aim)
    if aim == symbologies.EAN_13_ADD_ON:
        value = value[:_EAN_13_LENGTH]
    label = labels.read_label(value) if value.startswith(labels.INITIAL) else None
    if isinstance(label, labels.Label):
        meaning.add(Candidate(_LABEL_KINDS[label.kind], label.body))
    elif len(value) in _ICCID_LENGTHS and identifiers.is_iccid(value):
        meaning.doubt(Doubt.ICCID)
    elif "-" in value and identifiers.is_board_marking(value.removeprefix(_SUPPLIERS_PART[0])):
        meaning.doubt(Doubt.BOARD_MARKING)
    else:
        if label is not None:
            meaning.doubt(Doubt.LABEL_CHECK_FAILED)
        _add_product_numbers(meaning, value, aim)
        _add_radio_numbers(meaning, value, aim)
        _add_serials(meaning, value, correct=label is None)
        if not meaning.candidates:
            _add_written_out(meaning, value)
        if value[:1].isdigit() or value.startswith(_QUANTITY_PREFIX):
            _doubt_label_field(meaning, value)
    return meaning


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


def _add_product_numbers(meaning: Meaning, value: str, aim: str | None) -> None:
    """Add part numbers and trade items; a symbology for trade items puts these first."""
    trade_item = aim is not None and aim.startswith(symbologies.TRADE_ITEM)
    if trade_item:
        _add_gtin(meaning, _upc_a(value, aim))
    meaning.add(*_part_numbers(value))
    if not trade_item and len(value) in _GTIN_LENGTHS and identifiers.is_gtin(value):
        meaning.add(Candidate(Kind.GTIN, value))


def _upc_a(value: str, aim: str | None) -> str:
    """Give a UPC-E as the UPC-A that it stands for, anything else as it is."""
    short = aim == symbologies.EAN_13 and len(value) == _UPC_E_LENGTH
    return (identifiers.upc_a(value) or value) if short else value


def _part_numbers(value: str) -> Iterator[Candidate]:
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


def _add_gtin(meaning: Meaning, value: str) -> None:
    if identifiers.is_gtin(value):
        meaning.add(Candidate(Kind.GTIN, value))
    elif identifiers.looks_like_gtin(value):
        meaning.doubt(Doubt.GTIN_CHECK_FAILED)


def _add_radio_numbers(meaning: Meaning, value: str, aim: str | None = None) -> None:
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


def _add_written_out(meaning: Meaning, value: str) -> None:
    """Add what a value is that says so in words, as codes of asset tags do (``S/N: ...``)."""
    if value.startswith(_ESIM_PREFIX):
        meaning.doubt(Doubt.ICCID)
    said = identifiers.written_out(value)
    if said is None:
        return
    word, rest = said
    match word:
        case identifiers.Word.SERIAL:
            meaning.add(*_serials(meaning, rest, correct=True))
        case identifiers.Word.PART:
            meaning.add(*_part_numbers(rest))
        case _:
            _add_radio_numbers(meaning, rest)


def _doubt_label_field(meaning: Meaning, value: str) -> None:
    """Note a linear code that is another field of a label: it may still be a serial by its form."""
    certain = data_identifiers.is_certain_field(value)
    if certain or (not meaning.candidates and data_identifiers.is_likely_field(value)):
        meaning.doubt(Doubt.LABEL_FIELD)


def _add_serials(meaning: Meaning, value: str, *, correct: bool) -> None:
    """Add serials, and what is left of them without the ``S`` that announces a serial.

    Of either kind the whole comes first where it is such a serial itself, because many begin with
    S; what is left comes right behind the best guess, so that a look-up can decide.
    """
    whole = _serials(meaning, value, correct=correct)
    if value.startswith(_SERIAL_PREFIX):
        rest = tuple(_bare_serials(value[len(_SERIAL_PREFIX) :]))
        devices = [one for one in rest if one.kind is not Kind.COMPONENT_SERIAL]
        meaning.add(*whole[:1], *devices, *whole[1:], *rest)
    else:
        meaning.add(*whole)
        if value.startswith(_ISSUED_SERIAL):
            meaning.add(*_issued_serials(value[len(_ISSUED_SERIAL) :]))


def _serials(meaning: Meaning, value: str, *, correct: bool) -> tuple[Candidate, ...]:
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


def _bare_serials(value: str) -> Iterator[Candidate]:
    """Yield the serials that a value is without any doubt about its form."""
    if len(value) == _IMEI_LENGTH and identifiers.is_imei(value):
        yield Candidate(Kind.IMEI, value)
    device = identifiers.device_serial(value)
    if device is not None and not device.corrected:
        yield Candidate(Kind.DEVICE_SERIAL, device.value)
    component = identifiers.component_serial(value)
    if component is not None and component.check is not False:
        yield Candidate(Kind.COMPONENT_SERIAL, component.value)


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
    _add_radio_numbers(meaning, value)
    meaning.add(*_serials(meaning, value, correct=True))


def _issued_serial_field(meaning: Meaning, value: str) -> None:
    """A serial behind the company that gave it: the serial alone is what registers know."""
    meaning.add(*_issued_serials(value), *_bare_serials(value))


def _issued_serials(value: str) -> Iterator[Candidate]:
    issuer = _ISSUER.match(value)
    if issuer is not None:
        yield from _bare_serials(value[issuer.end() :])


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
    "01": _add_gtin,
    "02": _add_gtin,
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
