"""What was tested of the equipment, as rows: folded, made again, and shared between benches."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from app.data.store import LocalStore
from app.domain.equipment_tests import PieceVerdict
from app.domain.journal import Draft, Json, instant_text
from app.domain.repairs import Step
from tests.data.pairs import Service, append, fitted, is_sound, moved, opened, pull, push
from tests.fixtures_store import NOON, SteppingClock


def mat_test(verdict: str, days_ago: int = 0, piece: str = "mat-1", item: str = "mat") -> Draft:
    payload: dict[str, Json] = {
        "item": item,
        "verdict": verdict,
        "channel": "surface",
        "ohm": 1_000_000,
        "tested_at": instant_text(NOON - timedelta(days=days_ago)),
    }
    return Draft("equipment.tested", f"equipment:{piece}", "person:anna", payload)


def stands(store: LocalStore, piece: str = "mat-1") -> list[tuple[str, PieceVerdict, int]]:
    with store.reading() as reader:
        tests = reader.piece_tests(piece)
    return [(one.item, one.verdict, one.count) for one in tests.items] if tests is not None else []


def test_the_latest_test_of_each_item_is_kept_with_how_many_there_were(store: LocalStore) -> None:
    assert stands(store) == []
    append(store, mat_test("pass", 3), mat_test("fail_high", 1), mat_test("pass", 0, item="check"))
    append(store, mat_test("pass", piece="mat-2"))
    assert stands(store) == [("check", PieceVerdict.PASS, 1), ("mat", PieceVerdict.FAIL_HIGH, 2)]
    with store.reading() as reader:
        assert [(one.equipment_id, len(one.items)) for one in reader.equipment_tests()] == [
            ("mat-1", 2),
            ("mat-2", 1),
        ]
    assert is_sound(store)


def test_a_row_that_was_changed_is_told_and_mended(store: LocalStore) -> None:
    append(store, mat_test("pass"))
    store.database.bare.execute("UPDATE equipment_tests SET verdict = 'fail'")
    told = store.rebuild()
    assert [(one.table, one.key, one.code) for one in told.differences] == [
        ("equipment_tests", "mat-1:mat", "changed")
    ]
    assert stands(store) == [("mat", PieceVerdict.PASS, 1)]


def test_what_the_service_rejects_is_no_test(store: LocalStore) -> None:
    service = Service(rejects="equipment.")
    append(store, mat_test("pass"))
    push(store, service)
    assert stands(store) == []
    assert is_sound(store)


def test_the_tests_of_two_benches_are_one_union(
    make_store: Callable[..., LocalStore], store_clock: SteppingClock
) -> None:
    del store_clock
    here, there, service = make_store("here"), make_store("there"), Service()
    append(here, mat_test("fail_high", 5))
    append(there, mat_test("pass", 1))
    for store in (there, here, there, here):
        push(store, service)
        pull(store, service)
    assert stands(here) == stands(there) == [("mat", PieceVerdict.PASS, 2)]
    assert is_sound(here)
    assert is_sound(there)


def test_who_worked_when_is_told_by_the_steps_and_parts_of_repairs(
    store: LocalStore, store_clock: SteppingClock
) -> None:
    quarter = timedelta(minutes=15)
    append(store, opened())
    store_clock.moment += timedelta(minutes=1)
    append(store, moved(Step.OPENED, Step.DIAGNOSED))  # in the same quarter of an hour
    store_clock.moment += quarter
    append(store, moved(Step.DIAGNOSED, Step.IN_REPAIR), fitted("F5D547790KPG5NYAW"))
    store_clock.moment += timedelta(days=1)
    append(store, replace(moved(Step.IN_REPAIR, Step.READY), actor="bench"))
    with store.reading() as reader:
        told = reader.work(NOON, NOON + timedelta(days=2))
        assert told == (
            ("anna", NOON),
            ("a", NOON + timedelta(minutes=16)),
            ("anna", NOON + timedelta(minutes=16)),
        )
        assert reader.work(NOON + timedelta(minutes=16), NOON + timedelta(days=2)) == told[1:]
        assert reader.work(NOON, NOON + timedelta(minutes=16)) == told[:1]
