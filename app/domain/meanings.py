"""What one text can be: candidates, the best guess first.

A guess never hides another: a look-up in a register, or the place where the text was scanned,
decides between them.
"""

import re
from typing import Final

from app.domain import aim as symbologies
from app.domain import data_identifiers, identifiers, labels
from app.domain.candidates import Candidate, Doubt, Kind, Meaning
from app.domain.guesses import (
    add_gtin,
    add_radio_numbers,
    bare_serials,
    issued_serials,
    part_numbers,
    serials,
)
from app.domain.written_out import Word, written_out

_LABEL_KINDS: Final = {
    labels.LabelKind.BADGE: Kind.BADGE,
    labels.LabelKind.COMMAND: Kind.COMMAND,
    labels.LabelKind.REPAIR_TAG: Kind.REPAIR_TAG,
}
_ADD_ON: Final = re.compile(r"([0-9]{13})(?:[0-9]{2}|[0-9]{5})")
_UPC_E_LENGTH: Final = 8
_ICCID_LENGTHS: Final = (19, 20, 21)
"""Without and with the letter that announces a serial."""
_GTIN_LENGTHS: Final = (8, 12, 13, 14)
_SUPPLIERS_PART: Final = "1P"
_SERIAL_PREFIX: Final = "S"
_ISSUED_SERIAL: Final = "25S"
_QUANTITY_PREFIX: Final = "Q"
_ESIM_PREFIX: Final = "LPA:1$"


def of_text(text: str, aim: str | None = None) -> Meaning:
    """Find out what a text without identifiers can be.

    Args:
        text: The text, without its AIM identifier; small letters and outer spaces are tolerated.
        aim: The AIM identifier where it is known.
    """
    meaning = Meaning()
    value = symbologies.payload(identifiers.normalise(text), aim)
    add_on = _ADD_ON.fullmatch(value) if aim == symbologies.EAN_13_ADD_ON else None
    if add_on is not None:
        value = add_on[1]
    label = labels.read_label(value) if value.startswith(labels.INITIAL) else None
    if isinstance(label, labels.Label):
        meaning.add(Candidate(_LABEL_KINDS[label.kind], label.body))
    elif len(value) in _ICCID_LENGTHS and identifiers.is_iccid(value.removeprefix(_SERIAL_PREFIX)):
        meaning.doubt(Doubt.ICCID)
    elif "-" in value and identifiers.is_board_marking(value.removeprefix(_SUPPLIERS_PART)):
        meaning.doubt(Doubt.BOARD_MARKING)
    else:
        if label is not None:
            meaning.doubt(Doubt.LABEL_CHECK_FAILED)
        _add_product_numbers(meaning, value, aim)
        add_radio_numbers(meaning, value, aim)
        _add_serials(meaning, value, correct=label is None)
        if not meaning.candidates:
            _add_written_out(meaning, value)
        if value[:1].isdigit() or value.startswith(_QUANTITY_PREFIX):
            _doubt_label_field(meaning, value)
    return meaning


def _add_product_numbers(meaning: Meaning, value: str, aim: str | None) -> None:
    """Add part numbers and trade items; a symbology for trade items puts these first."""
    trade_item = aim is not None and aim.startswith(symbologies.TRADE_ITEM)
    if trade_item:
        add_gtin(meaning, _upc_a(value, aim))
    meaning.add(*part_numbers(value))
    if not trade_item and len(value) in _GTIN_LENGTHS and identifiers.is_gtin(value):
        meaning.add(Candidate(Kind.GTIN, value))


def _upc_a(value: str, aim: str | None) -> str:
    """Give a UPC-E as the UPC-A that it stands for, anything else as it is."""
    short = aim == symbologies.EAN_13 and len(value) == _UPC_E_LENGTH
    return (identifiers.upc_a(value) or value) if short else value


def _add_written_out(meaning: Meaning, value: str) -> None:
    """Add what a value is that says so in words, as codes of asset tags do (``S/N: ...``)."""
    if value.startswith(_ESIM_PREFIX):
        meaning.doubt(Doubt.ICCID)
    said = written_out(value)
    if said is None:
        return
    word, rest = said
    if identifiers.is_iccid(rest):
        word = Word.SIM
    match word:
        case Word.SERIAL:
            meaning.add(*serials(meaning, rest, correct=True))
        case Word.PART:
            meaning.add(*part_numbers(rest))
        case Word.RADIO:
            add_radio_numbers(meaning, rest)
        case _:
            meaning.doubt(Doubt.ICCID)


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
    whole = serials(meaning, value, correct=correct)
    if value.startswith(_SERIAL_PREFIX):
        rest = tuple(bare_serials(value[len(_SERIAL_PREFIX) :]))
        devices = [one for one in rest if one.kind is not Kind.COMPONENT_SERIAL]
        meaning.add(*whole[:1], *devices, *whole[1:], *rest)
    else:
        meaning.add(*whole)
        if value.startswith(_ISSUED_SERIAL):
            meaning.add(*issued_serials(value[len(_ISSUED_SERIAL) :]))
