"""A lead records at the window how the account stands, and what was counted elsewhere."""

import pytest

from app.domain.account import Standing
from app.domain.programme.counted import CountOf
from app.services.form_saving import undo_form
from app.services.form_sight import FormAsk, FormKind, RefusedForm, UndoOrder
from app.services.ports import Organisation
from app.services.programme_counts import counts_of
from tests.unit.services.desk import Desk
from tests.unit.services.form_desk import ask_for, opened, save, wrong

ACCOUNT, COUNT = FormKind.ACCOUNT, FormKind.COUNT
TERMS = {
    "standing": "good",
    "standing_on": "2026-11-20",
    "credit_limit": "250000",
    "credit_used": "1200,50",
    "currency": "sek",
}
COUNTED = {"count_of": "covered", "count": "812", "counted_on": "2026-11-20", "source": "GSX"}


def organisation(desk: Desk) -> Organisation:
    with desk.store.reading() as reader:
        return reader.organisation()


def test_standing_and_credit_are_recorded_and_shown_again(desk: Desk) -> None:
    form = opened(desk, ACCOUNT)
    assert (form.subject, dict(form.values)["standing_on"]) == ("KTH", "2026-11-23")
    done = save(desk, ACCOUNT, "", **TERMS)
    assert (done.feedback.code, wrong(done)) == ("account_recorded", [])
    terms = organisation(desk).terms
    assert (terms.standing, terms.credit_limit, terms.credit_used, terms.currency) == (
        Standing.GOOD,
        25_000_000,
        120_050,
        "SEK",
    )
    again = dict(opened(desk, ACCOUNT).values)
    assert again == TERMS | {"credit_used": "1200.50", "currency": "SEK"}
    assert save(desk, ACCOUNT).feedback.code == "account_unchanged"


def test_what_is_left_empty_is_not_known(desk: Desk) -> None:
    save(desk, ACCOUNT, "", **TERMS)
    save(desk, ACCOUNT, "", credit_limit="", credit_used="", standing_on="", currency="")
    terms = organisation(desk).terms
    assert (terms.credit_limit, terms.credit_used, terms.standing_on) == (None, None, None)


def test_more_credit_used_than_there_is_can_be_and_is_told(desk: Desk) -> None:
    done = save(desk, ACCOUNT, "", **(TERMS | {"credit_used": "250000.01"}))
    assert (done.feedback.code, done.feedback.way_on) == ("account_recorded", "credit_overdrawn")


def test_a_change_of_the_account_is_taken_back(desk: Desk) -> None:
    before = organisation(desk)
    done = save(desk, ACCOUNT, "", **TERMS)
    assert done.feedback.can_undo
    assert done.change is not None
    with desk.store.writing() as tx:
        undone = undo_form(tx, UndoOrder(FormAsk(ACCOUNT), "cleo", done.change))
    assert undone.feedback.code == "change_undone"
    assert organisation(desk) == before


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"standing": ""}, "standing", "form_needed"),
        ({"standing_on": "2026-11-24"}, "standing_on", "account_day_ahead"),
        ({"credit_limit": "much"}, "credit_limit", "form_amount"),
        ({"currency": "S1K"}, "currency", "account_currency"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    desk: Desk, values: dict[str, str], field: str, code: str
) -> None:
    before = organisation(desk)
    assert wrong(save(desk, ACCOUNT, "", **(TERMS | values))) == [(field, code)]
    assert organisation(desk) == before


def test_a_count_is_recorded_with_its_day_and_source(desk: Desk) -> None:
    assert dict(opened(desk, COUNT).values)["counted_on"] == "2026-11-23"
    done = save(desk, COUNT, "", **COUNTED)
    assert (done.feedback.code, done.feedback.can_undo) == ("count_recorded", False)
    with desk.store.reading() as reader:
        counted = counts_of(reader)[CountOf.COVERED]
    assert (counted.number, counted.on.isoformat(), counted.source) == (812, "2026-11-20", "GSX")
    again = dict(opened(desk, COUNT).values)
    assert (again["count_of"], again["source"], again["count"]) == ("covered", "GSX", "")
    assert save(desk, COUNT, "", **COUNTED).feedback.code == "count_unchanged"
    assert wrong(save(desk, COUNT, "", **(COUNTED | {"counted_on": "2026-11-24"}))) == [
        ("counted_on", "count_ahead")
    ]


def test_only_a_lead_may(desk: Desk) -> None:
    for kind in (ACCOUNT, COUNT):
        refused = ask_for(desk, FormAsk(kind), "anna")
        assert isinstance(refused, RefusedForm)
        assert refused.feedback.code == "account_lead_only"
