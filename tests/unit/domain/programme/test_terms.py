"""P9 and P15: the account, its credit, and the application."""

import pytest

from app.domain.account import NO_TERMS, AccountTerms, Standing
from app.domain.programme import State
from tests.unit.domain.programme.situations import TODAY, base, details, rule, stock


@pytest.mark.parametrize(
    ("standing", "state", "to_do"),
    [
        (Standing.GOOD, State.MET, ""),
        (Standing.ON_HOLD, State.FAILED, "account_standing"),
        (Standing.CLOSED, State.FAILED, "account_standing"),
        (Standing.UNKNOWN, State.UNKNOWN, "record_terms"),
    ],
)
def test_the_account_has_to_be_in_good_standing(
    standing: Standing, state: State, to_do: str
) -> None:
    found = rule("account_standing", terms=AccountTerms(standing=standing, standing_on=TODAY))
    assert (found.state, found.to_do) == (state, to_do)
    assert details(found) == {"looked_up": {"day": "2026-11-23"}}


def test_a_standing_of_no_day_tells_none() -> None:
    assert details(rule("account_standing", terms=AccountTerms(standing=Standing.GOOD))) == {}


@pytest.mark.parametrize("code", ["account_standing", "credit_line", "credit_low"])
def test_before_there_is_an_account_its_terms_are_not_judged(code: str) -> None:
    assert rule(code, "ca", account="", terms=NO_TERMS).state is State.NOT_JUDGED


@pytest.mark.parametrize(
    ("limit", "state"),
    [(1, State.MET), (0, State.FAILED), (None, State.UNKNOWN)],
)
def test_canada_asks_for_a_line_of_credit(limit: int | None, state: State) -> None:
    found = rule("credit_line", "ca", terms=AccountTerms(credit_limit=limit, currency="CAD"))
    assert found.state is state


def test_the_line_of_credit_is_told() -> None:
    found = rule("credit_line", "ca", terms=AccountTerms(credit_limit=500_00, currency="CAD"))
    assert details(found) == {"credit_limit": {"limit": "500.00 CAD"}}


@pytest.mark.parametrize(
    ("limit", "used", "state", "percent", "to_do"),
    [
        (1000, 800, State.MET, 20, ""),
        (1000, 801, State.FAILED, 19, "credit_low"),
        (1000, 1500, State.FAILED, 0, "credit_low"),
        (0, 0, State.FAILED, 0, "credit_line"),
        (None, 5, State.UNKNOWN, None, "record_terms"),
        (1000, None, State.UNKNOWN, None, "record_terms"),
    ],
)
def test_the_credit_that_is_left_is_told_in_time(
    limit: int | None, used: int | None, state: State, percent: int | None, to_do: str
) -> None:
    found = rule("credit_low", terms=AccountTerms(credit_limit=limit, credit_used=used))
    assert (found.state, found.figures.value, found.to_do) == (state, percent, to_do)
    assert not found.stands_in_the_way


def test_the_credit_is_told_in_money() -> None:
    terms = AccountTerms(credit_limit=1000_00, credit_used=250_50, currency="SEK")
    told = {"credit": {"left": "749.50 SEK", "limit": "1000.00 SEK"}}
    assert details(rule("credit_low", terms=terms)) == told


def test_who_has_an_account_has_applied() -> None:
    assert (rule("apply").state, rule("apply").to_do) == (State.MET, "")


def test_who_qualifies_without_an_account_applies() -> None:
    found = rule("apply", account="", terms=NO_TERMS)
    assert (found.state, found.to_do) == (State.NOT_JUDGED, "apply")
    assert rule("other_channels", account="", terms=NO_TERMS).to_do == ""


def test_who_does_not_qualify_is_told_the_other_channels() -> None:
    # what is unknown is no verdict
    unknown = rule("other_channels", account="", terms=NO_TERMS, equipment=())
    assert unknown.to_do == ""
    few = base(stock(10))
    found = rule("other_channels", account="", terms=NO_TERMS, base=few)
    assert found.to_do == "other_channels"
    assert rule("apply", account="", terms=NO_TERMS, base=few).to_do == ""
