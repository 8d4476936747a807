"""Judges every rule of the policy: `programme_standing` is the whole of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeAlias

from app.domain.policy import POINTS, Judged, Policy, PolicyRow, Severity
from app.domain.programme import base, skill, station, terms
from app.domain.programme.conduct import CONDUCT, conduct, defective_returns, quality_control
from app.domain.programme.situation import Situation
from app.domain.programme.standing import (
    Judgement,
    PointStanding,
    ProgrammeStanding,
    Qualifies,
    RuleStanding,
    State,
    qualifies,
)

Judge: TypeAlias = Callable[[Situation, Policy, PolicyRow], Judgement]
_CHANNELS: Final = "other_channels"
JUDGES: Final[Mapping[str, Judge]] = MappingProxyType(
    {
        "applecare": base.applecare,
        "installed_base": base.installed_base,
        "proof_share": base.proof_share,
        "annual_volume": base.annual_volume,
        "technician_deadline": skill.technician_deadline,
        "yearly_certification": skill.yearly_certification,
        "vouchers": skill.vouchers,
        "exam_cost": skill.exam_cost,
        "diagnostics_server": station.equipped,
        "scanner_2d": station.equipped,
        "workbench": station.equipped,
        "tools": station.equipped,
        "esd_mat": station.equipped,
        "wrist_strap": station.equipped,
        "floor_mat": station.floor_mat,
        "esd_tester": station.esd_tester,
        "calibration_ends_soon": station.calibration_ends_soon,
        "esd_test_missed": station.esd_test_missed,
        "account_standing": terms.account_standing,
        "credit_line": terms.credit_line,
        "credit_low": terms.credit_low,
        "apply": terms.apply,
        "quality_control": quality_control,
        "defective_returns": defective_returns,
    }
)
"""What judges each rule of the whole organisation; `other_channels` follows from all of them."""
_DONE: Final = frozenset({State.MET, State.NOT_JUDGED})


def programme_standing(situation: Situation, policy: Policy) -> ProgrammeStanding:
    """Where the organisation stands, point by point.

    Args:
        situation: Counts and rows of today.
        policy: The region's rules; every rule that it judges of the organisation is judged.
    """
    points = [PointStanding(point, tuple(_rules(situation, policy, point))) for point in POINTS]
    overall = qualifies(tuple(rule for point in points for rule in point.rules))
    points[-1] = _channels(points[-1], overall)
    return ProgrammeStanding(
        situation, policy.region, policy.edition, tuple(points), policy.sources
    )


def _rules(situation: Situation, policy: Policy, point: str) -> list[RuleStanding]:
    rows = policy.rule(point)
    found = [
        _standing(row, _judged(situation, policy, row))
        for row in rows
        if row.judged is not Judged.SCAN
    ]
    if point in CONDUCT:
        found.insert(0, _conduct(situation, point, rows[0]))
    return found


def _judged(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    judge = JUDGES.get(row.code) if row.judged is Judged.STANDING else None
    return judge(situation, policy, row) if judge else Judgement(State.NOT_JUDGED)


def _standing(row: PolicyRow, judgement: Judgement) -> RuleStanding:
    to_do = judgement.to_do
    if not to_do and judgement.state not in _DONE:
        to_do = row.way_on or row.code
    return RuleStanding(
        code=row.code,
        rule=row.rule,
        severity=row.severity,
        state=judgement.state,
        figures=judgement.figures,
        evidence=row.evidence,
        fails_on=judgement.fails_on,
        to_do=to_do,
        source=row.source,
        details=judgement.details,
        asked=row.value,
    )


def _conduct(situation: Situation, point: str, row: PolicyRow) -> RuleStanding:
    """How the year's repairs kept a point: advice, for the gate judged each when it was scanned."""
    judgement = conduct(situation, point)
    return RuleStanding(
        code=CONDUCT[point].code,
        rule=point,
        severity=Severity.WARN,
        state=judgement.state,
        figures=judgement.figures,
        evidence="repairs",
        fails_on=judgement.fails_on,
        to_do=judgement.to_do,
        source=row.source,
        details=judgement.details,
    )


def _channels(last: PointStanding, overall: Qualifies) -> PointStanding:
    """P15: who does not qualify is told the other channels, who does not have to be told is not."""
    return PointStanding(last.rule, tuple(_way(one, overall) for one in last.rules))


def _way(rule: RuleStanding, overall: Qualifies) -> RuleStanding:
    told = {_CHANNELS: overall is Qualifies.NOT_YET, "apply": overall is Qualifies.YES}
    if rule.state is not State.NOT_JUDGED or rule.code not in told:
        return rule
    return replace(rule, to_do=rule.code if told[rule.code] else "")
