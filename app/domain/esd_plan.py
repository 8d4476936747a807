"""The ESD plan: what of the equipment is tested, how often, and when it is due. Pure.

How often is the piece's own figure, else the policy's line for its item (IEC 61340-5-1 leaves the
intervals to the organisation). Days are the site's local days: a day of 23 or 25 hours is one day.
Whether a person tested their wrist strap on a day they worked is `app.domain.missed_tests`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum

from app.domain.equipment import IN_SERVICE, Equipment, EquipmentKind
from app.domain.equipment_tests import PieceState, PieceTests, PieceVerdict, item_of
from app.domain.policy import EsdTest
from app.domain.site_days import days_later, site_day


class PlanState(StrEnum):
    """Where a line of the plan stands today."""

    OK = "ok"
    DUE = "due"
    """Today is the last day."""
    OVERDUE = "overdue"
    NEVER = "never"
    """It was never tested, or no test of it says anything."""
    FAILED = "failed"
    """The latest test failed: it is tested again after it is mended, whenever it would be due."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One item of one piece.

    Attributes:
        piece: Of which piece.
        item: What is tested of it.
        channels: What is measured, empty for what is tried or looked at.
        every_days: Days from one test to the next.
        last: Its latest test, None where there is none.
        last_on: The day of it, None where there is none that says anything.
        due: The last day for the next one: today where it was never tested, or failed.
        state: Where it stands.
    """

    piece: Equipment
    item: str
    channels: tuple[str, ...]
    every_days: int
    last: PieceState | None
    last_on: date | None
    due: date
    state: PlanState

    @property
    def fails_on(self) -> date:
        """The first day on which it fails if nobody tests; a day that has passed where it does."""
        match self.state:
            case PlanState.NEVER:
                return self.due
            case PlanState.FAILED:
                return self.last_on or self.due
            case _:
                return days_later(self.due, 1)


def interval_of(piece: Equipment, plan: Mapping[str, EsdTest]) -> int:
    """Every how many days a piece is tested; 0 where it is not planned.

    A wrist strap is tested by who wears it; a strap of its own plan is tested as a piece as well.
    """
    if piece.test_every_days > 0:
        return piece.test_every_days
    line = plan.get(item_of(piece.kind))
    is_worn = piece.kind == EquipmentKind.WRIST_STRAP
    return line.every_days if line is not None and not is_worn else 0


def channels_of(piece: Equipment, plan: Mapping[str, EsdTest]) -> tuple[str, ...]:
    """What is measured of a piece; empty for what is tried or looked at."""
    line = plan.get(item_of(piece.kind))
    return line.channels if line is not None else ()


def plan_of(
    equipment: Iterable[Equipment],
    tests: Mapping[str, PieceTests],
    plan: Mapping[str, EsdTest],
    today: date,
    zone: tzinfo,
) -> tuple[PlanLine, ...]:
    """The plan as it stands, what is due first at the top.

    Args:
        equipment: The register.
        tests: What was tested, by equipment id.
        plan: The policy's plan, by item.
        today: The site's local day.
        zone: The site's time zone.
    """
    lines = [
        _line(piece, tests.get(piece.id), plan, today, zone)
        for piece in equipment
        if piece.state in IN_SERVICE and interval_of(piece, plan)
    ]
    return tuple(sorted(lines, key=lambda one: (one.fails_on, one.piece.kind, one.piece.id)))


def _line(
    piece: Equipment,
    tests: PieceTests | None,
    plan: Mapping[str, EsdTest],
    today: date,
    zone: tzinfo,
) -> PlanLine:
    item, every = item_of(piece.kind), interval_of(piece, plan)
    last = tests.of(item) if tests is not None else None
    says = last is not None and last.verdict is not PieceVerdict.INVALID
    # a bench whose clock was ahead must not put a test off
    last_on = min(site_day(last.tested_at, zone), today) if last and says else None
    passed = last is not None and last.verdict is PieceVerdict.PASS
    due = today if last_on is None or not passed else days_later(last_on, every)
    state = _state(last_on, due, today, passed=passed)
    return PlanLine(piece, item, channels_of(piece, plan), every, last, last_on, due, state)


def _state(last_on: date | None, due: date, today: date, *, passed: bool) -> PlanState:
    if last_on is None:
        return PlanState.NEVER
    if not passed:
        return PlanState.FAILED
    if due < today:
        return PlanState.OVERDUE
    return PlanState.DUE if due == today else PlanState.OK
