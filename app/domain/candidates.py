"""What a text can be: kinds, doubts, and the meaning that is put together of them."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain import labels


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
