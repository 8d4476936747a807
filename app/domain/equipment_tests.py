"""What was tested of the equipment: the fold of ``equipment.tested`` (docs/adr/0022). Pure.

A test is an event: what two benches tell of one piece is the union of both. So the latest test of
an item is the one that was made last, whichever bench's entry came first; the plan
(`app.domain.esd_plan`) counts days.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.equipment import EquipmentKind
from app.domain.journal import Entry
from app.domain.payloads import instant_or, number_of, text_of

TESTED: Final = "equipment.tested"
"""A piece was tested: what was measured, by whose limits, with what and by whom."""
CALIBRATED: Final = "equipment.calibrated"
"""An instrument came back from calibration, with its certificate."""
FOUND_BAD: Final = "equipment.found_bad"
"""An instrument turned out to have been out of order from one day to another."""
PREFIX: Final = "equipment:"
"""What the subject of all these begins with, before the equipment id."""

CHECK: Final = "check"
"""The item of what is tried or looked at, and not measured."""
WRIST_ITEM: Final = "wrist"
"""The item of a wrist strap: planned for each person and day, not for a piece."""
_ITEMS: Final = {
    EquipmentKind.ESD_MAT: "mat",
    EquipmentKind.FLOOR_MAT: "floor",
    EquipmentKind.GROUND_POINT: "ground_point",
    EquipmentKind.WRIST_STRAP: WRIST_ITEM,
}


def item_of(kind: str) -> str:
    """As which item of the ESD plan a kind of equipment is tested; `CHECK` for all others."""
    return _ITEMS.get(EquipmentKind(kind), CHECK) if kind in set(EquipmentKind) else CHECK


class PieceVerdict(StrEnum):
    """What a test says of a piece of equipment."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    """It was tried or looked at, and is not in order."""
    FAIL_LOW = "fail_low"
    FAIL_HIGH = "fail_high"
    INVALID = "invalid"
    """It says nothing: no limits, or the tester's calibration has run out."""


@dataclass(frozen=True, slots=True)
class PieceState:
    """Where one item of a piece stands.

    Attributes:
        item: ``mat``, ``ground_point``, ``floor``, ``wrist`` or ``check``.
        entry_id: The entry of the latest test that says something, else of the latest at all.
        channel: What was measured, empty where nothing was.
        verdict: What it said.
        ohm: Its value, None when out of range or not measured.
        over_range: Whether it was above the tester's range.
        tested_at: When, UTC.
        tester_id: With which tester, empty for none that is known.
        person_id: By whom, empty where nobody was signed in.
        count: How many tests of it are on record, whatever they say.
    """

    item: str
    entry_id: str
    channel: str
    verdict: PieceVerdict
    ohm: int | None
    over_range: bool
    tested_at: datetime
    tester_id: str
    person_id: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class PieceTests:
    """Everything that was tested of one piece.

    Attributes:
        equipment_id: Of which piece.
        items: Where each of its items stands, by name.
    """

    equipment_id: str
    items: tuple[PieceState, ...]

    def of(self, item: str) -> PieceState | None:
        """Where an item stands, None while it has no test."""
        return next((one for one in self.items if one.item == item), None)


def fold_tests(state: PieceTests | None, entry: Entry) -> PieceTests | None:
    """Apply one entry to what was tested of a piece; one that tells no test changes nothing."""
    told = told_test(entry)
    if told is None:
        return state
    before = state or PieceTests(entry.subject.removeprefix(PREFIX), ())
    known = before.of(told.item)
    others = tuple(one for one in before.items if one.item != told.item)
    items = (*others, told if known is None else _later(known, told))
    return replace(before, items=tuple(sorted(items, key=lambda one: one.item)))


def _later(known: PieceState, told: PieceState) -> PieceState:
    """Which of two is the latest: what says something before what says nothing, then the time."""
    said, says = (one.verdict is not PieceVerdict.INVALID for one in (known, told))
    is_later = says if says is not said else told.tested_at >= known.tested_at
    return replace(told if is_later else known, count=known.count + 1)


def told_test(entry: Entry) -> PieceState | None:
    """The test that an entry tells of; None where it tells none. It never raises."""
    told = entry.payload
    item = text_of(told, "item")
    if entry.kind != TESTED or not item:
        return None
    return PieceState(
        item=item,
        entry_id=str(entry.id),
        channel=text_of(told, "channel"),
        verdict=_verdict(text_of(told, "verdict")),
        ohm=number_of(told, "ohm"),
        over_range=told.get("over_range") is True,
        tested_at=moment_of(entry),
        tester_id=text_of(told, "tester"),
        person_id=text_of(told, "person"),
    )


def moment_of(entry: Entry) -> datetime:
    """When a test was made: as it says, else when it was recorded, which it cannot come after."""
    return min(instant_or(entry.payload, "tested_at", entry.recorded_at), entry.recorded_at)


def _verdict(told: str) -> PieceVerdict:
    return PieceVerdict(told) if told in set(PieceVerdict) else PieceVerdict.INVALID
