"""P9: the account's standing and its credit."""

from app.domain.account import Standing
from app.domain.policy import Policy, PolicyRow
from app.domain.programme.situation import Situation
from app.domain.programme.standing import Detail, Figures, Judgement, State
from app.domain.verdicts.purchase import money

_ALL = 100


def account_standing(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P9: the account is in good standing, as it was looked up last."""
    del policy, row
    terms = situation.terms
    looked_up = terms.standing_on
    details = (
        (Detail("looked_up", (("day", looked_up.isoformat()),)),) if looked_up is not None else ()
    )
    if terms.standing is Standing.UNKNOWN:
        if not situation.has_account:
            return Judgement(State.NOT_JUDGED)
        return Judgement(State.UNKNOWN, to_do="record_terms", details=details)
    good = terms.standing is Standing.GOOD
    return Judgement(State.MET if good else State.FAILED, details=details)


def credit_line(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P9 (Canada): the account has a line of credit."""
    del policy, row
    terms = situation.terms
    limit = terms.credit_limit
    if limit is None:
        if not situation.has_account:
            return Judgement(State.NOT_JUDGED)
        return Judgement(State.UNKNOWN, to_do="record_terms")
    details = (Detail("credit_limit", (("limit", money(limit, terms.currency)),)),)
    return Judgement(State.MET if limit else State.FAILED, details=details)


def credit_low(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P9: how much of the credit is left, in whole percent, never rounded up."""
    required = policy.value(row.code)
    terms = situation.terms
    limit, used = terms.credit_limit, terms.credit_used
    if limit is None or used is None:
        if not situation.has_account:
            return Judgement(State.NOT_JUDGED)
        figures = Figures(None, required, row.unit)
        return Judgement(State.UNKNOWN, figures, to_do="record_terms")
    if not limit:
        return Judgement(State.FAILED, Figures(0, required, row.unit), to_do="credit_line")
    left = max(0, limit - used)
    figures = Figures(left * _ALL // limit, required, row.unit)
    told = (("left", money(left, terms.currency)), ("limit", money(limit, terms.currency)))
    state = State.MET if left * _ALL >= required * limit else State.FAILED
    return Judgement(state, figures, details=(Detail("credit", told),))


def apply(situation: Situation, policy: Policy, row: PolicyRow) -> Judgement:
    """P15: the organisation has an account; one without applies once it qualifies."""
    del policy, row
    if situation.has_account:
        return Judgement(State.MET)
    return Judgement(State.NOT_JUDGED, to_do="apply")
