"""P7 and P8: what the repair station works with, its calibrations and its ESD tests."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

from app.domain.equipment import Equipment, EquipmentKind
from app.domain.installed_base import day_after
from app.domain.policy import Policy, PolicyRow
from app.domain.programme.days import first_failing, is_soon
from app.domain.programme.situation import Situation
from app.domain.programme.standing import Detail, Figures, Judgement, State

_RECORD: Final = "record_equipment"
"""What there is to do where the register has no equipment."""
NAMED: Final = 5
"""So many pieces are told by name; of more, their number."""
_KINDS: Final = {
    "diagnostics_server": EquipmentKind.DIAGNOSTICS_SERVER,
    "scanner_2d": EquipmentKind.SCANNER,
    "workbench": EquipmentKind.BENCH,
    "tools": EquipmentKind.TOOL,
    "esd_mat": EquipmentKind.ESD_MAT,
    "wrist_strap": EquipmentKind.WRIST_STRAP,
    "floor_mat": EquipmentKind.FLOOR_MAT,
}


def equipped(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P7, P8: enough of a kind is in use or at hand; a register without any row tells nothing."""
    required = policy.value(row.code)
    if not situation.equipment:
        return Judgement(State.UNKNOWN, Figures(None, required, row.unit), to_do=_RECORD)
    kind = _KINDS[row.code]
    figures = Figures(sum(one.kind == kind for one in situation.in_service), required, row.unit)
    return Judgement(State.FAILED if figures.gap else State.MET, figures)


def floor_mat(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P8 (Canada): a floor mat, where the floor is carpet."""
    if not situation.terms.has_carpet:
        return Judgement(State.NOT_JUDGED)
    return equipped(situation, policy, row)


def esd_tester(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P8: an ESD tester whose calibration holds, its last day included.

    One whose calibration nobody knows does not count; where it could make up the number, it leaves
    the rule unknown.
    """
    today, required = situation.today, policy.value(row.code)
    if not situation.equipment:
        return Judgement(State.UNKNOWN, Figures(None, required, row.unit), to_do=_RECORD)
    testers = [one for one in situation.in_service if one.kind == EquipmentKind.ESD_TESTER]

    def calibrated(day: date) -> int:
        return sum(_holds(one, day) for one in testers)

    figures = Figures(calibrated(today), required, row.unit)
    ends = day_after(one.calibration_due for one in testers)
    if not figures.gap:
        fails_on = first_failing(today, ends, lambda day: calibrated(day) >= required)
        soon = is_soon(fails_on, today, policy.value("calibration_ends_soon"))
        to_do = "calibration_ends_soon" if soon else ""
        return Judgement(State.SOON if soon else State.MET, figures, fails_on, to_do)
    unknown = sum(one.calibration_due is None for one in testers)
    if calibrated(today) + unknown >= required:
        return Judgement(State.UNKNOWN, figures, to_do="record_calibration")
    since = max((day for day in ends if day <= today), default=None)
    return Judgement(State.FAILED, figures, since, "calibrate" if testers else "")


def _holds(piece: Equipment, day: date) -> bool:
    return piece.calibration_due is not None and day <= piece.calibration_due


def calibration_ends_soon(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P8: every calibration holds, and none ends within the notice.

    What has no calibration on record is no matter of it, but an ESD tester always is.
    """
    today = situation.today
    pieces = [
        one
        for one in situation.in_service
        if one.calibration_due is not None or one.kind == EquipmentKind.ESD_TESTER
    ]
    figures = Figures(sum(_holds(one, today) for one in pieces), len(pieces), "pieces")
    ends = day_after(one.calibration_due for one in pieces)
    past = [day for day in ends if day <= today]
    if not pieces:
        if situation.equipment:
            return Judgement(State.NOT_JUDGED)
        return Judgement(State.UNKNOWN, to_do=_RECORD)
    notice = policy.value(row.code)
    details = tuple(_named(pieces, today, notice))
    if past:
        return Judgement(State.FAILED, figures, min(past), "calibrate", details)
    if figures.gap:
        return Judgement(State.UNKNOWN, figures, to_do="record_calibration", details=details)
    fails_on = min(ends, default=None)
    soon = is_soon(fails_on, today, notice)
    return Judgement(State.SOON if soon else State.MET, figures, fails_on, details=details)


def _named(pieces: Collection[Equipment], today: date, notice: int) -> Iterator[Detail]:
    """Whose calibration has ended, ends within the notice, or is on no record; the first few."""
    first = {one.id: one.calibration_due or date.min for one in pieces}
    ending = [one for one in pieces if (first[one.id] - today).days < notice]
    for one in sorted(ending, key=lambda one: first[one.id])[:NAMED]:
        name = f"{one.name or one.id} ({one.serial})" if one.serial else one.name or one.id
        due = one.calibration_due
        if due is None:
            yield Detail("calibration_unknown", (("piece", name),))
        else:
            code = "calibration_ended" if due < today else "calibration_ends"
            yield Detail(code, (("piece", name), ("day", due.isoformat())))
    if len(ending) > NAMED:
        yield Detail("calibration_more", (("n", str(len(ending) - NAMED)),))


def esd_test_missed(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P8: no test of the ESD plan is overdue; a plan that nobody knows leaves it unknown."""
    del policy, row
    plan = situation.esd_plan
    if plan is None:
        return Judgement(State.UNKNOWN, to_do=_RECORD)
    if not plan.planned:
        return Judgement(State.NOT_JUDGED)
    figures = Figures(plan.planned - plan.missed, plan.planned, "tests")
    if plan.missed:
        return Judgement(
            State.FAILED, figures, details=(Detail("missed", (("n", str(plan.missed)),)),)
        )
    fails_on = next(iter(day_after([plan.next_due])), None)
    soon = plan.next_due is not None and plan.next_due <= situation.today
    return Judgement(State.SOON if soon else State.MET, figures, fails_on)
