"""P1 to P4 and P14: what the year's repairs show of how the programme was kept.

Each product and part is judged by its scan, where the bench refuses what may not be repaired. Here
the completed repairs are looked at once more, by what the registers say of them today.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.domain.policy import Policy, PolicyRow
from app.domain.programme.situation import Situation
from app.domain.programme.standing import Detail, Figures, Judgement, State, counted_detail


@dataclass(frozen=True, slots=True)
class Conduct:
    """How a point is read off a repair.

    Attributes:
        code: What the rule is called.
        broken: The findings that are against the point.
        untold: The findings that leave it open: the registers lack what would tell.
    """

    code: str
    broken: frozenset[str]
    untold: frozenset[str]


def _conduct(code: str, broken: str, untold: str) -> Conduct:
    return Conduct(code, frozenset(broken.split()), frozenset(untold.split()))


CONDUCT: Final[Mapping[str, Conduct]] = MappingProxyType(
    {
        "P1": _conduct("own_products", "owner_other lease_ended", "owner_unknown not_in_register"),
        "P2": _conduct("apple_products", "other_maker no_family", "maker_unknown not_in_register"),
        "P3": _conduct(
            "apple_warranties", "other_warranty", "warranty_issuer_unknown not_in_register"
        ),
        "P4": _conduct("apple_parts", "part_other_source", "part_not_purchased part_no_order"),
    }
)
"""The points that a scan judges, as the completed repairs show them."""


def conduct(situation: Situation, point: str) -> Judgement:
    """Whether every completed repair of this year kept a point."""
    rule, done = CONDUCT[point], situation.done
    if not done:
        return Judgement(State.NOT_JUDGED)
    broken = sum(bool(one.findings & rule.broken) for one in done)
    told = sum(not one.findings & (rule.broken | rule.untold) for one in done)
    unknown = len(done) - broken - told
    figures = Figures(told, len(done), "repairs")
    if broken:
        details = (Detail("against", (("n", str(broken)),)),)
        return Judgement(State.FAILED, figures, to_do="look_through", details=details)
    if unknown:
        details = (Detail("untold", (("n", str(unknown)),)),)
        return Judgement(State.UNKNOWN, figures, to_do="complete_registers", details=details)
    return Judgement(State.MET, figures)


def quality_control(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P14: every completed repair of this year is signed."""
    del policy, row
    done = situation.done
    if not done:
        return Judgement(State.NOT_JUDGED)
    figures = Figures(sum(one.signed for one in done), len(done), "repairs")
    return Judgement(State.FAILED if figures.gap else State.MET, figures)


def defective_returns(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P4 (Australia): the parts taken out went back in time.

    No return is on record on a bench: it is told by the count of those that are late, of this year.
    """
    del policy, row
    out, late = sum(one.parts for one in situation.done), situation.returns_overdue
    if late is not None and late.on.year != situation.today.year:
        late = None
    if late is not None and late.number:
        figures = Figures(max(0, out - late.number), max(out, late.number), "parts")
        return Judgement(State.FAILED, figures, details=(counted_detail(late),))
    if not out:
        return Judgement(State.NOT_JUDGED)
    if late is None:
        return Judgement(State.UNKNOWN, Figures(None, out, "parts"), to_do="count_returns")
    return Judgement(State.MET, Figures(out, out, "parts"), details=(counted_detail(late),))
