"""P6 and P13: certified technicians for each product line, and what their exams took."""

from collections.abc import Iterable, Sequence
from datetime import date

from app.domain.exams import exam_ledger
from app.domain.installed_base import day_after
from app.domain.people import Person
from app.domain.policy import Policy, PolicyRow
from app.domain.programme.base import RECORD_PRODUCTS
from app.domain.programme.days import is_soon
from app.domain.programme.situation import Situation
from app.domain.programme.standing import Detail, Figures, Judgement, State
from app.domain.qualifications import (
    ENDS_SOON,
    FAMILIES,
    Deadline,
    LineDeadline,
    ProductLine,
    line_deadline,
)
from app.domain.verdicts.purchase import money


def technician_deadline(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P6: a certified technician for each line of products, in time after the account's creation.

    Only lines count of which the organisation holds products. Before there is an account nothing
    is due, for the vouchers come with it (P13).
    """
    today, required = situation.today, policy.value(row.code)
    lines = situation.base.lines(today)
    if not lines:
        return Judgement(State.UNKNOWN, Figures(None, required, row.unit), to_do=RECORD_PRODUCTS)
    created_on = situation.terms.created_on
    each = [
        line_deadline(situation.people, line, policy, created_on=created_on, today=today)
        for line in lines
    ]
    figures = Figures(min(len(one.qualified) for one in each), required, row.unit)
    details = tuple(
        Detail(f"line.{one.line.value}", (("n", str(len(one.qualified))),)) for one in each
    )
    states = {one.state for one in each}
    if states == {Deadline.MET}:
        fails_on = _first(each)
        soon = is_soon(fails_on, today, policy.value(ENDS_SOON))
        to_do = "renew_certificates" if soon else ""
        state = State.SOON if soon else State.MET
        return Judgement(state, figures, fails_on, to_do, details)
    if not situation.has_account:
        return Judgement(State.NOT_JUDGED, figures, details=details)
    if Deadline.MISSED in states:
        since = _first(one for one in each if one.state is Deadline.MISSED)
        return Judgement(State.FAILED, figures, since, details=details)
    if Deadline.UNKNOWN in states:
        return Judgement(State.UNKNOWN, figures, to_do="record_creation", details=details)
    return Judgement(State.SOON, figures, _first(each), details=details)


def _first(lines: Iterable[LineDeadline]) -> date | None:
    """The first day on which one of the lines fails."""
    return min((one.fails_on for one in lines if one.fails_on is not None), default=None)


def yearly_certification(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P6 (Canada): each line is certified anew in every calendar year, by the end of it.

    It has failed where the year before went by without, in a line that was certified earlier.
    """
    del policy
    today = situation.today
    lines = situation.base.lines(today)
    if not lines:
        return Judgement(State.UNKNOWN, to_do=RECORD_PRODUCTS)
    years = _years(situation.people, lines, today)
    figures = Figures(sum(year == today.year for year in years), len(lines), "lines")
    end = row.due.last_day(today, situation.terms.created_on) if row.due else None
    if not figures.gap:
        return Judgement(State.MET, figures, _first_after(end, years=1))
    if not situation.has_account:
        return Judgement(State.NOT_JUDGED, figures)
    if any(0 < year < today.year - 1 for year in years):
        return Judgement(State.FAILED, figures, date(today.year, 1, 1))
    return Judgement(State.SOON, figures, _first_after(end))


def _years(people: Iterable[Person], lines: Sequence[ProductLine], today: date) -> list[int]:
    """The year of the newest certification of each line, 0 for none."""
    held = [one for each in people for one in each.certifications if one.valid_from <= today]
    return [
        max(
            (one.valid_from.year for one in held if set(FAMILIES[line]) & set(one.families)),
            default=0,
        )
        for line in lines
    ]


def _first_after(end: date | None, years: int = 0) -> date | None:
    """The day after the end of a year, or of one so many years later; None where there is none."""
    if end is None or end.year + years >= date.max.year:
        return None
    return next(iter(day_after([end.replace(year=end.year + years)])))


def vouchers(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P13: how many of the vouchers for the first certification are used."""
    ledger = exam_ledger(situation.people, policy)
    if not situation.has_account:
        return Judgement(State.NOT_JUDGED, Figures(None, ledger.granted, row.unit))
    figures = Figures(ledger.used, ledger.granted, row.unit)
    wrong = ledger.over or ledger.twice
    details = tuple(Detail("voucher_twice", (("voucher", one),)) for one in ledger.twice)
    if wrong:
        return Judgement(State.FAILED, figures, to_do="check_vouchers", details=details)
    return Judgement(State.MET, figures)


def exam_cost(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P13: what exams have cost; nothing is asked for."""
    del row
    costs = exam_ledger(situation.people, policy).costs
    details = (Detail("cost", (("cost", money(cost, unit)),)) for unit, cost in costs.items())
    return Judgement(State.NOT_JUDGED, details=tuple(details))
