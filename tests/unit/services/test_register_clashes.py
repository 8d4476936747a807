"""Of two changes of one field that did not know of each other, the one that lost is told."""

from datetime import UTC, datetime
from itertools import count
from uuid import UUID

import pytest

from app.domain.journal import GENESIS, Draft, Entry, Json, sealed
from app.services.register_clashes import Lost, lost_changes
from app.services.registering import CHANGED

Row = dict[str, Json]
IDS = count(1)
FIRST: Row = {"holder": "First", "tag": "T1"}
ONE: tuple[int, Json, Json] = (1, {"holder": "One"}, {"holder": "First"})
TWO: tuple[int, Json, Json] = (2, {"holder": "Two"}, {"holder": "First"})


def changed(bench: int, said: Json, was: Json, kind: str = CHANGED) -> Entry:
    return sealed(
        Draft(kind, "assets:X", f"person:{bench}", {"set": said, "was": was}),
        entry_id=UUID(int=next(IDS)),
        bench_id=UUID(int=bench),
        seq=1,
        at=datetime(2026, 11, 23, tzinfo=UTC),
        previous=GENESIS,
    )


def test_the_earlier_of_two_that_did_not_know_of_each_other_lost() -> None:
    one, two = changed(*ONE), changed(*TWO)
    assert lost_changes([one, two], {"holder": "Two"}) == {one.id: Lost(("holder",), two)}


@pytest.mark.parametrize(
    "later",
    [
        (1, {"holder": "Again"}, {"holder": "First"}),
        (2, {"holder": "Two"}, {"holder": "One"}),
        (2, {"holder": "One"}, {"holder": "First"}),
        (2, {"tag": "T2"}, {"tag": "T1"}),
        (2, ["nonsense"], "nonsense"),
        (2, None, {"holder": "One"}),
    ],
    ids=["one's own", "seen", "the same", "another field", "nonsense", "taken away, seen"],
)
def test_what_was_seen_or_is_of_something_else_is_no_loss(later: tuple[int, Json, Json]) -> None:
    assert lost_changes([changed(*ONE), changed(*later)], {"holder": "Two"}) == {}


def test_a_product_that_was_taken_away_unseen_takes_every_field_along() -> None:
    one = changed(1, {"tag": "T2", "holder": "One"}, FIRST)
    away = changed(2, None, FIRST)
    assert lost_changes([one, away], None) == {one.id: Lost(("holder", "tag"), away)}


def test_a_change_that_holds_all_the_same_has_lost_nothing() -> None:
    """The service rejected the other one, or somebody said the same again."""
    assert lost_changes([changed(*ONE), changed(*TWO)], {"holder": "One"}) == {}


def test_the_first_that_overruled_it_is_named_and_other_entries_do_not_count() -> None:
    one, two = changed(*ONE), changed(*TWO)
    other = changed(3, {"holder": "Three"}, {"holder": "First"}, "repair.noted")
    last = changed(2, {"holder": "Last"}, {"holder": "Two"})
    told = lost_changes([one, other, two, last], {"holder": "Last"})
    assert told == {one.id: Lost(("holder",), two)}


def test_nothing_is_lost_where_nothing_is_said() -> None:
    assert lost_changes([changed(1, None, FIRST), changed(2, FIRST, None)], FIRST) == {}
    assert lost_changes([], {}) == {}


def test_a_change_of_a_row_that_was_away_already_holds_nowhere() -> None:
    """A unit was replaced at one bench; another bench changed the row under its old serial."""
    away, one = changed(2, None, FIRST), changed(*ONE)
    assert lost_changes([away, one], None) == {one.id: Lost(("holder",), away)}


def test_a_row_that_came_back_takes_changes_again() -> None:
    away, back, one = changed(2, None, FIRST), changed(2, FIRST, None), changed(*ONE)
    assert lost_changes([away, back, one], {"holder": "One"}) == {}
    anew = changed(1, FIRST, None)
    assert lost_changes([away, anew], FIRST) == {}
