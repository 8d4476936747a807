"""A lead tells what was counted elsewhere, and the programme's standing judges by it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.bootstrap import programme
from app.domain.programme import RuleStanding, State
from app.domain.programme.counted import Counted, CountOf
from app.services.programme_counts import counts_of, record_count
from app.services.programme_standing import standing_of
from app.services.registering import Changed
from tests.unit.services.desk import ANNA, CLEO, Desk, codes

TODAY = date(2026, 11, 23)
COVERED = Counted(1, TODAY, "ABM")


def record(
    desk: Desk, counted: Counted, what: CountOf = CountOf.COVERED, badge: str = CLEO
) -> Changed:
    rules = desk.rules
    with desk.store.writing() as tx:
        return record_count(tx, badge, what, counted, rules)


def rule(desk: Desk, code: str) -> RuleStanding:
    rules = replace(desk.rules, policy=programme("au"))
    with desk.store.reading() as reader:
        standing = standing_of(reader, rules)
    return next(one for point in standing.points for one in point.rules if one.code == code)


def test_a_count_is_an_entry_with_its_day_and_its_source(desk: Desk) -> None:
    done = record(desk, COVERED)
    assert codes(done.feedback) == ("accepted", "count_recorded", "")
    (entry,) = done.entries
    assert (entry.kind, entry.subject, entry.actor) == (
        *("programme.counted", "account:account"),
        "person:cleo",
    )
    assert entry.payload == {"of": "covered", "number": 1, "on": "2026-11-23", "source": "ABM"}
    with desk.store.reading() as reader:
        assert counts_of(reader) == {CountOf.COVERED: COVERED}


def test_the_rule_is_unknown_until_somebody_counted(desk: Desk) -> None:
    before = rule(desk, "applecare")
    assert (before.state, before.to_do) == (State.UNKNOWN, "count_coverage")
    record(desk, Counted(0, TODAY, "ABM"))
    assert rule(desk, "applecare").state is State.FAILED
    record(desk, Counted(1_000, TODAY, "ABM"))
    assert rule(desk, "applecare").state is State.MET


def test_late_returns_fail_the_rule_and_none_do_not(desk: Desk) -> None:
    record(desk, Counted(2, TODAY, "GSX"), CountOf.RETURNS_OVERDUE)
    assert rule(desk, "defective_returns").state is State.FAILED
    record(desk, Counted(0, TODAY, "GSX"), CountOf.RETURNS_OVERDUE)
    assert rule(desk, "defective_returns").state is State.NOT_JUDGED  # nothing was taken out


def test_the_same_once_more_is_not_recorded_again(desk: Desk) -> None:
    record(desk, COVERED)
    again = record(desk, COVERED)
    assert (codes(again.feedback), again.entries) == (("repeated", "count_unchanged", ""), ())
    assert record(desk, COVERED, CountOf.RETURNS_OVERDUE).entries
    assert record(desk, replace(COVERED, source="GSX")).entries


@pytest.mark.parametrize(
    ("badge", "code"), [(ANNA, "account_lead_only"), ("9999", "badge_unknown")]
)
def test_only_a_lead_tells_a_count(desk: Desk, badge: str, code: str) -> None:
    refused = record(desk, COVERED, badge=badge)
    assert (refused.feedback.code, refused.entries) == (code, ())


def test_nobody_counted_tomorrow(desk: Desk) -> None:
    ahead = record(desk, replace(COVERED, on=TODAY + timedelta(days=1)))
    assert (codes(ahead.feedback), ahead.entries) == (("refused", "count_ahead", "count_ahead"), ())
