"""P3 and P5: the installed base, its proofs, its coverage, and the year's repairs."""

from datetime import date
from typing import Final

from app.domain.policy import Policy, PolicyRow
from app.domain.programme.days import is_soon, projected
from app.domain.programme.situation import Situation
from app.domain.programme.standing import Detail, Figures, Judgement, State, counted_detail

_ALL = 100
RECORD_PRODUCTS: Final = "record_products"
"""What there is to do where the register has no products."""


def installed_base(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P5: enough products, each with a proof of its purchase.

    Products whose owner the register does not tell, or that nothing proves, do not count; where
    they could make up the number, an owner that is not told leaves it unknown.
    """
    base, today, required = situation.base, situation.today, policy.value(row.code)
    if base.is_empty:
        return Judgement(State.UNKNOWN, Figures(None, required, row.unit), to_do=RECORD_PRODUCTS)
    figures = Figures(base.proven(today), required, row.unit)
    details = _lacking(situation)
    if figures.gap:
        to_do = ""
        state = State.FAILED
        if base.held(today) >= required:
            to_do = "proof_share"
        elif base.held(today) + base.doubtful >= required:
            state, to_do = State.UNKNOWN, "record_owners"
        return Judgement(state, figures, to_do=to_do, details=details)
    lost = next((left for left in base.after(today) if left.proven < required), None)
    fails_on = lost.day if lost is not None else None
    soon = is_soon(fails_on, today, policy.value("lease_ends_soon"))
    if lost is not None:
        details = (*details, Detail("leases_end", (("n", str(lost.proven)),)))
    return Judgement(
        State.SOON if soon else State.MET,
        figures,
        fails_on,
        "renew_leases" if soon else "",
        details,
    )


def _lacking(situation: Situation) -> tuple[Detail, ...]:
    base, today = situation.base, situation.today
    unproven = base.held(today) - base.proven(today)
    told = (("unproven", unproven), ("doubtful", base.doubtful))
    return tuple(Detail(code, (("n", str(n)),)) for code, n in told if n)


def proof_share(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P5: the share of the installed base with a proof, in whole percent, never rounded up."""
    base, today, required = situation.base, situation.today, policy.value(row.code)
    held, proven = base.held(today), base.proven(today)
    if not held:
        to_do = RECORD_PRODUCTS if base.is_empty else ""
        return Judgement(State.UNKNOWN, Figures(None, required, row.unit), to_do=to_do)

    figures = Figures(proven * _ALL // held, required, row.unit)
    details = _lacking(situation)
    if proven * _ALL < required * held:
        return Judgement(State.FAILED, figures, details=details)
    fails_on = next(
        (left.day for left in base.after(today) if left.proven * _ALL < required * left.held), None
    )
    soon = is_soon(fails_on, today, policy.value("lease_ends_soon"))
    return Judgement(State.SOON if soon else State.MET, figures, fails_on, details=details)


def applecare(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P3 (Australia): the share of the installed base under AppleCare, never rounded up.

    By the latest count that a lead told; of a base that has grown since, what is more has none.
    """
    required = policy.value(row.code)
    held = situation.base.held(situation.today)
    if not held or situation.covered is None:
        to_do = RECORD_PRODUCTS if situation.base.is_empty else "count_coverage"
        return Judgement(State.UNKNOWN, Figures(None, required, row.unit), to_do=to_do)
    covered = min(situation.covered.number, held)
    met = covered * _ALL >= required * held
    figures = Figures(covered * _ALL // held, required, row.unit)
    details = (counted_detail(situation.covered),)
    return Judgement(State.MET if met else State.FAILED, figures, details=details)


def annual_volume(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P5 (US, CA): enough repairs in this calendar year, with what the year comes to.

    A year that has its repairs is done; the next one needs its own before its end.
    """
    today, required = situation.today, policy.value(row.code)
    if not situation.has_account:
        return Judgement(State.NOT_JUDGED, Figures(None, required, row.unit))
    done = sum(one.counts for one in situation.done)
    easy = len(situation.done) - done
    details = (Detail("diy", (("n", str(easy)),)),) if easy else ()
    figures = Figures(done, required, row.unit)
    if not figures.gap:
        return Judgement(State.MET, figures, _new_year(today, 2), details=details)
    comes_to = projected(done, today, situation.terms.created_on)
    if comes_to is not None:
        details = (*details, Detail("projection", (("n", str(comes_to)),)))
    return Judgement(State.SOON, figures, _new_year(today, 1), details=details)


def _new_year(today: date, years: int) -> date | None:
    """New Year's Day so many years from now; None where the calendar ends before."""
    return date(today.year + years, 1, 1) if today.year + years <= date.max.year else None
