"""What one text, or one identified field, can be: candidates, the best guess first.

A guess never hides another: a look-up in a register, or the place where the text was scanned,
decides between them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from app.domain import identifiers, labels
from app.domain.iso15434 import Field


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
    """A SIM card's number: private, and of no use here."""
    BOARD_MARKING = "board_marking"
    """A number printed on a board: it cannot be ordered."""
    PART_NUMBER_UNRECOGNISED = "part_number_unrecognised"
    """A label calls it a part number, and it has no form of Apple's."""


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
_TRADE_ITEM_SYMBOLOGIES: Final = ("]E", "]I")
_EAN_13: Final = 13


def of_text(text: str, aim: str | None = None) -> Meaning:
    """Find out what a text without identifiers can be.

    Args:
        text: The text, without its AIM identifier; small letters and outer spaces are tolerated.
        aim: The AIM identifier where it is known.
    """
    meaning = Meaning()
    value = identifiers.normalise(_without_code39_stars(identifiers.normalise(text), aim))
    label = labels.read_label(value)
    if isinstance(label, labels.Label):
        meaning.add(Candidate(_LABEL_KINDS[label.kind], label.body))
    elif identifiers.is_iccid(value):
        meaning.doubt(Doubt.ICCID)
    elif identifiers.is_board_marking(value.removeprefix("1P")):
        meaning.doubt(Doubt.BOARD_MARKING)
    else:
        if label is not None:
            meaning.doubt(Doubt.LABEL_CHECK_FAILED)
        _add_product_numbers(meaning, value, aim)
        _add_radio_numbers(meaning, value)
        _add_prefixed_serials(meaning, value, correct=label is None)
    return meaning


def of_fields(fields: Iterable[Field]) -> Meaning:
    """Find out what the fields of a label can be.

    A spare part's number names the label best, then what is unique, then what a thousand products
    share: the model, the trade item, and part numbers of others.
    """
    meaning = Meaning()
    ranked: list[tuple[int, Candidate]] = []
    for one in fields:
        reader = _FIELD_READERS.get(one.identifier)
        if reader is not None:
            found = reader(one.value)
            ranked += [(_rank(candidate, found), candidate) for candidate in found.candidates]
            meaning.doubt(*found.doubts)
    ranked.sort(key=_first)
    meaning.add(*(candidate for _, candidate in ranked))
    return meaning
