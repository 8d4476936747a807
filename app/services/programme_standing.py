"""Gathers what the programme's standing is judged from: the registers and the year's repairs."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Final

from app.domain.completed_repairs import CompletedRepair
from app.domain.esd_plan import PlanState
from app.domain.policy import Policy
from app.domain.products import Asset
from app.domain.programme import (
    EsdPlan,
    ProgrammeStanding,
    RepairDone,
    Situation,
    programme_standing,
)
from app.domain.programme.counted import CountOf
from app.domain.site_days import site_day
from app.domain.verdicts.product import product_findings
from app.domain.verdicts.purchase import PartAtHand, part_findings
from app.services.calendar import zone_of
from app.services.esd_planning import plan_lines
from app.services.ports import Reader
from app.services.programme_counts import counts_of
from app.services.session import Rules

_IN_ORDER: Final = frozenset({PlanState.OK, PlanState.DUE})
_AT_ONCE: Final = 500
"""Repairs whose products are asked for together, and are in memory at a time."""


def standing_of(reader: Reader, rules: Rules) -> ProgrammeStanding:
    """Where the organisation stands with the programme today.

    Args:
        reader: The local store.
        rules: The policy and the site's day.
    """
    return programme_standing(situation_of(reader, rules), rules.policy)


def situation_of(reader: Reader, rules: Rules) -> Situation:
    """Everything that the standing is judged from; days are the site's."""
    organisation = reader.organisation()
    zone, counts = zone_of(reader), counts_of(reader)
    year = rules.today.year
    since = datetime(year, 1, 1, tzinfo=zone)
    repairs = reader.completed_repairs(since, since.replace(year=year + 1))
    return Situation(
        today=rules.today,
        account=organisation.account,
        terms=organisation.terms,
        base=reader.installed_base(),
        people=reader.people(),
        equipment=reader.equipment(),
        done=tuple(_all_done(repairs, reader, rules.policy, zone)),
        covered=counts.get(CountOf.COVERED),
        returns_overdue=counts.get(CountOf.RETURNS_OVERDUE),
        esd_plan=_esd_plan(reader, rules),
    )


def _all_done(
    repairs: Sequence[CompletedRepair], reader: Reader, policy: Policy, zone: tzinfo
) -> Iterator[RepairDone]:
    """Completed repairs, judged by what the registers say of their products and parts now."""
    for first in range(0, len(repairs), _AT_ONCE):
        some = repairs[first : first + _AT_ONCE]
        products = reader.assets({repair.serial for repair in some})
        for repair in some:
            yield _done(repair, products.get(repair.serial), reader, policy, zone)


def _done(
    repair: CompletedRepair, product: Asset | None, reader: Reader, policy: Policy, zone: tzinfo
) -> RepairDone:
    opened_on = site_day(repair.opened_at, zone)
    found = {finding.code for finding in product_findings(product, policy, opened_on)}
    inside = 0
    for number, kgb in repair.parts:
        at_hand = PartAtHand(number, kgb, reader.lot(kgb))
        found |= {finding.code for finding in part_findings(at_hand, policy)}
        known = reader.catalogue_part(number)
        inside += known is None or known.opens_device
    return RepairDone(
        completed_on=site_day(repair.completed_at, zone),
        findings=frozenset(found),
        parts=len(repair.parts),
        inside=inside,
        signed=repair.is_signed,
    )


def _esd_plan(reader: Reader, rules: Rules) -> EsdPlan | None:
    """How the equipment's part of the ESD plan is kept; None while there is no equipment."""
    if not reader.equipment():
        return None
    lines = plan_lines(reader, rules)
    kept = [line.due for line in lines if line.state in _IN_ORDER]
    return EsdPlan(len(lines), len(lines) - len(kept), min(kept, default=None))
