"""What was tested of a piece: the union of what all benches tell, and the latest that counts."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.equipment import EquipmentKind
from app.domain.equipment_tests import (
    CHECK,
    PieceState,
    PieceTests,
    PieceVerdict,
    fold_tests,
    item_of,
    told_test,
)
from app.domain.journal import Entry, Json, instant_text

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def entry(number: int = 1, kind: str = "equipment.tested", /, **payload: Json) -> Entry:
    return Entry(
        id=UUID(int=number),
        bench_id=UUID(int=1),
        seq=number,
        kind=kind,
        subject="equipment:mat-1",
        actor="person:anna",
        recorded_at=NOON,
        schema=1,
        payload=payload,
        hash="",
    )


def mat_test(number: int, verdict: str, days_ago: int, **more: Json) -> Entry:
    at = instant_text(NOON - days_ago * DAY)
    return entry(number, item="mat", verdict=verdict, tested_at=at, **more)


def folded(*entries: Entry) -> PieceTests | None:
    state: PieceTests | None = None
    for one in entries:
        state = fold_tests(state, one)
    return state


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        (EquipmentKind.ESD_MAT, "mat"),
        (EquipmentKind.FLOOR_MAT, "floor"),
        (EquipmentKind.GROUND_POINT, "ground_point"),
        (EquipmentKind.WRIST_STRAP, "wrist"),
        (EquipmentKind.TOOL, "check"),
        ("laser", "check"),
    ],
)
def test_a_kind_is_tested_as_an_item_of_the_plan(kind: str, item: str) -> None:
    assert item_of(kind) == item


def test_a_test_tells_what_was_measured_with_what_and_by_whom() -> None:
    told = told_test(
        mat_test(
            3,
            "fail_high",
            1,
            channel="surface",
            ohm=2_000_000_000,
            over_range=True,
            tester="esd-1",
            person="anna",
        )
    )
    assert told == PieceState(
        item="mat",
        entry_id=str(UUID(int=3)),
        channel="surface",
        verdict=PieceVerdict.FAIL_HIGH,
        ohm=2_000_000_000,
        over_range=True,
        tested_at=NOON - DAY,
        tester_id="esd-1",
        person_id="anna",
    )


@pytest.mark.parametrize(
    "other",
    [
        entry(1, "equipment.calibrated", item="mat"),
        entry(verdict="pass"),
        entry(item=""),
        entry(item=["mat"]),
    ],
    ids=["another kind", "no item", "an empty item", "an item that is no text"],
)
def test_what_tells_no_test_changes_nothing(other: Entry) -> None:
    state = folded(mat_test(1, "pass", 1))
    assert fold_tests(state, other) == state
    assert fold_tests(None, other) is None


@pytest.mark.parametrize("verdict", ["splendid", 7, None, ["pass"]], ids=str)
def test_a_verdict_that_cannot_be_read_says_nothing(verdict: Json) -> None:
    told = told_test(entry(item="mat", verdict=verdict, ohm=True, channel=7, tester=None))
    assert told is not None
    assert (told.verdict, told.ohm, told.channel) == (PieceVerdict.INVALID, None, "")
    assert told.tester_id == ""


@pytest.mark.parametrize("at", ["yesterday", None, instant_text(NOON + DAY)], ids=str)
def test_a_test_is_never_later_than_its_record(at: Json) -> None:
    told = told_test(entry(item="mat", verdict="pass", tested_at=at))
    assert told is not None
    assert told.tested_at == NOON


def test_each_item_of_a_piece_stands_for_itself() -> None:
    state = folded(mat_test(1, "pass", 1), entry(2, item=CHECK, verdict="fail"))
    assert state is not None
    assert [one.item for one in state.items] == ["check", "mat"]
    check = state.of(CHECK)
    assert check is not None
    assert check.verdict is PieceVerdict.FAIL
    assert state.of("floor") is None


@pytest.mark.parametrize(
    ("first", "second", "latest"),
    [
        (mat_test(1, "pass", 2), mat_test(2, "fail_high", 1), 2),
        (mat_test(1, "fail_high", 1), mat_test(2, "pass", 2), 1),
        (mat_test(1, "pass", 2), mat_test(2, "invalid", 1), 1),
        (mat_test(1, "invalid", 1), mat_test(2, "pass", 2), 2),
        (mat_test(1, "invalid", 2), mat_test(2, "invalid", 1), 2),
        (mat_test(1, "pass", 1), mat_test(2, "fail_low", 1), 2),
    ],
    ids=[
        "the later one",
        "another bench's that came late",
        "what says nothing displaces nothing",
        "what says something displaces it",
        "nothing by nothing",
        "of the same moment the last in order",
    ],
)
def test_the_latest_is_what_was_tested_last(first: Entry, second: Entry, latest: int) -> None:
    state = folded(first, second)
    assert state is not None
    assert [(one.entry_id, one.count) for one in state.items] == [(str(UUID(int=latest)), 2)]


@given(
    st.lists(
        st.tuples(st.sampled_from(PieceVerdict), st.sampled_from(["mat", "check"])), max_size=6
    ),
    st.randoms(use_true_random=False),
)
def test_in_whatever_order_benches_tell_it_the_state_is_the_same(
    told: list[tuple[PieceVerdict, str]], chance: Random
) -> None:
    entries = [
        entry(number, item=item, verdict=verdict.value, tested_at=instant_text(NOON - number * DAY))
        for number, (verdict, item) in enumerate(told)
    ]
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert folded(*shuffled) == folded(*entries)
