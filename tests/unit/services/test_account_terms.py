"""A lead records the account's terms; everybody else is told why not."""

from datetime import date

from app.domain.account import AccountTerms, Standing
from app.services.account_terms import AccountChanged, change_account
from app.services.ports import Organisation
from app.services.views import Tone
from tests.unit.services.desk import ANNA, CLEO, Desk, codes

TODAY = date(2026, 9, 1)


def record(desk: Desk, badge: str = CLEO, **fields: object) -> AccountChanged:
    with desk.store.writing() as tx:
        return change_account(tx, badge, fields, TODAY)


def on_record(desk: Desk) -> Organisation:
    with desk.store.reading() as reader:
        return reader.organisation()


def test_a_lead_records_the_terms(desk: Desk) -> None:
    told = record(
        desk, created_on=date(2026, 9, 1), standing=Standing.GOOD, credit_limit=5, currency="SEK"
    )
    assert codes(told.feedback) == ("accepted", "account_recorded", "")
    wanted = AccountTerms(
        created_on=date(2026, 9, 1), standing=Standing.GOOD, credit_limit=5, currency="SEK"
    )
    assert on_record(desk).terms == wanted == told.organisation.terms
    (entry,) = told.entries
    assert (entry.kind, entry.subject, entry.actor) == (
        "register.changed",
        "account:account",
        "person:cleo",
    )


def test_what_is_not_named_stays_as_it_is(desk: Desk) -> None:
    record(desk, created_on=date(2026, 9, 1), has_carpet=True)
    record(desk, site="Nya verkstaden", account="0001")
    found = on_record(desk)
    assert (found.name, found.site, found.account) == ("KTH", "Nya verkstaden", "0001")
    assert (found.terms.created_on, found.terms.has_carpet) == (date(2026, 9, 1), True)


def test_what_is_on_record_already_is_told_and_not_recorded(desk: Desk) -> None:
    record(desk, credit_used=7)
    told = record(desk, credit_used=7)
    assert codes(told.feedback) == ("repeated", "account_unchanged", "")
    assert told.entries == ()


def test_a_day_that_is_still_to_come_is_refused(desk: Desk) -> None:
    tomorrow = date(2026, 9, 2)
    for told in (
        record(desk, credit_used=7, created_on=tomorrow),
        record(desk, credit_used=7, standing_on=tomorrow),
    ):
        assert codes(told.feedback) == ("refused", "account_day_ahead", "")
        assert dict(told.feedback.fields) == {"day": "2026-09-02", "today": "2026-09-01"}
        assert told.entries == ()
    assert on_record(desk).terms == AccountTerms()


def test_more_credit_used_than_there_is_is_recorded_and_told(desk: Desk) -> None:
    assert codes(record(desk, credit_used=8).feedback) == ("accepted", "account_recorded", "")
    assert codes(record(desk, credit_limit=8).feedback) == ("accepted", "account_recorded", "")
    over = record(desk, credit_limit=7)
    assert codes(over.feedback) == ("accepted", "account_recorded", "credit_overdrawn")
    assert (over.organisation.terms.credit_used, len(over.entries)) == (8, 1)


def test_only_a_lead_may(desk: Desk) -> None:
    technician, nobody = record(desk, ANNA, credit_used=7), record(desk, "9999", credit_used=7)
    assert technician.feedback.code == "account_lead_only"
    assert nobody.feedback.code == "badge_unknown"
    for told in (technician, nobody):
        assert told.feedback.tone is Tone.REFUSED
        assert told.entries == ()
    assert on_record(desk).terms.credit_used is None


def test_an_account_without_an_organisation_has_to_be_named(desk: Desk) -> None:
    desk.without("account", "account")
    refused = record(desk, credit_used=7)
    assert codes(refused.feedback) == ("refused", "account_unnamed", "account_name")
    record(desk, name="KTH", credit_used=7)
    assert (on_record(desk).name, on_record(desk).terms.credit_used) == ("KTH", 7)
