"""A recall over the real store: what is touched by a reading, a certificate, a lot, a person."""

from datetime import UTC, datetime, timedelta

import pytest

from app.data.store import LocalStore
from app.domain.journal import Draft, Json
from app.domain.recall import (
    ByCalibration,
    ByCertificate,
    ByLot,
    ByTechnician,
    ByTester,
    Period,
    Recall,
)
from app.domain.repairs import Step
from app.services.ports import PushOutcome, RegisterRow
from app.services.recalling import RecallRefusedError
from tests.data.recalled import ASSET, SHIFT, Day, at
from tests.fixtures_store import SteppingClock

T1 = ByTester("T1")
LATER = 3600.0
"""When a reading of second 0 ends."""
STEP = ("r1", "in_repair", ())
PART = ("r1", "661-17578", ())


@pytest.mark.parametrize(
    ("seconds", "touched"), [(0, True), (0.000001, True), (LATER - 0.000001, True), (LATER, False)]
)
def test_a_reading_guards_from_its_own_moment_up_to_its_end(
    day: Day, seconds: float, *, touched: bool
) -> None:
    day.reading(0)
    day.begun(seconds)
    assert day.told(T1) == ([STEP] if touched else [])


def test_work_before_the_reading_does_not_rest_on_it(day: Day) -> None:
    day.begun(0)
    day.reading(1)
    assert day.told(T1) == []


def test_each_part_is_listed_beside_the_taking_into_repair(day: Day) -> None:
    reading = day.reading(0)
    day.begun(1)
    fitted = day.part(2)
    assert day.told(T1) == [STEP, PART]
    (hit,) = day.found(T1).hits
    assert [touch.reading and touch.reading.entry_id for touch in hit.touches] == [
        str(reading.id),
        str(reading.id),
    ]
    part = hit.touches[1].work.part
    assert part is not None
    assert (part.kgb, part.at, part.actor) == ("KGB1", fitted.recorded_at, "person:anna")
    assert hit.product is not None
    assert (hit.product.holder, hit.product.department, hit.technician) == (
        "Karin Holm",
        "Library",
        "Anna Ek",
    )


def test_a_later_reading_of_another_tester_takes_over(day: Day) -> None:
    day.reading(0)
    day.begun(1)
    day.reading(2, "T2")
    day.part(3)
    assert day.told(T1) == [STEP]
    assert day.told(ByTester("T2")) == [PART]


def test_a_later_reading_of_the_same_tester_is_the_one_named(day: Day) -> None:
    day.reading(0)
    second = day.reading(1)
    day.begun(2)
    (hit,) = day.found(T1).hits
    assert [touch.reading and touch.reading.entry_id for touch in hit.touches] == [str(second.id)]


def test_work_after_a_failed_reading_rests_on_none(day: Day) -> None:
    day.reading(0)
    day.reading(1, verdict="fail_high")
    day.begun(2)
    assert day.told(T1) == []


@pytest.mark.parametrize("channel", ["feet", "surface"])
def test_only_the_wrist_strap_opens_the_gate_and_closes_it(day: Day, channel: str) -> None:
    day.reading(0)
    day.reading(1, "T2", channel=channel)
    day.begun(2)
    assert day.told(T1) == [STEP]
    assert day.told(ByTester("T2", Period(at(0), None))) == []


def test_a_reading_of_the_bench_or_of_somebody_else_guards_nobody(day: Day) -> None:
    day.reading(0, person=None)
    day.reading(0, person="bo")
    day.begun(1)
    assert day.told(T1) == []


@pytest.mark.parametrize(("start", "end", "touched"), [(10, 20, True), (11, 20, False)])
def test_a_period_asks_when_the_reading_was_made(
    day: Day, start: float, end: float, *, touched: bool
) -> None:
    day.reading(10)
    day.begun(30)
    assert bool(day.told(ByTester("T1", Period(at(start), at(end))))) is touched
    assert day.told(ByTester("T1", Period(at(0), at(10)))) == []


def test_two_readings_of_one_moment_are_told_apart_by_the_journal(day: Day) -> None:
    day.reading(0)
    day.reading(0, "T2")
    day.begun(0)
    assert day.told(T1) == []
    assert day.told(ByTester("T2")) == [STEP]


def test_work_that_may_rest_on_either_of_two_readings_is_listed_for_both(day: Day) -> None:
    day.reading(0)
    day.begun(5)
    day.reading(5, "T2")  # by the journal after the work, by the clocks in time for it
    assert day.told(T1) == [STEP]
    assert day.told(ByTester("T2")) == [STEP]


def test_where_clocks_and_journal_disagree_the_work_is_listed_in_doubt(day: Day) -> None:
    day.reading(0)
    day.begun(20)
    day.reading(10, "T2")  # a clock that was set back: by it, this came before the work
    assert day.told(T1) == [("r1", "in_repair", ("order",))]
    assert day.told(ByTester("T2")) == [STEP]


def test_a_reading_that_names_no_tester_may_be_of_any(day: Day) -> None:
    day.reading(0, tester="")
    day.begun(1)
    assert day.told(T1) == [("r1", "in_repair", ("no_tester",))]


def test_a_cancelled_repair_is_listed(day: Day) -> None:
    day.reading(0)
    day.begun(1)
    day.step(2, Step.CANCELLED)
    (hit,) = day.found(T1).hits
    assert (hit.repair.step, hit.is_certain) == (Step.CANCELLED, True)


def test_a_part_that_was_undone_is_listed_in_doubt(day: Day) -> None:
    day.reading(0)
    day.begun(1)
    day.undone(3, day.part(2))
    doubtful = ("r1", "661-17578", ("taken_back",))
    assert day.told(T1) == [STEP, doubtful]
    assert day.told(ByLot(delivery="DN-1")) == [doubtful]
    assert not day.found(ByLot(delivery="DN-1")).hits[0].is_certain


def test_work_in_conflict_is_listed_in_doubt(day: Day) -> None:
    day.reading(0)
    day.begun(1)
    day.part(2)
    day.begun(3, "r2")
    day.part(4, repair="r2")  # the same part claimed twice
    day.write(5, Draft("repair.status_changed", "repair:r2", "person:anna", {"from": "?"}))
    assert day.told(T1) == [
        STEP,
        PART,
        ("r2", "in_repair", ()),
        ("r2", "661-17578", ("conflict",)),
    ]


def test_a_conflict_that_a_lead_settled_is_listed_in_doubt(day: Day) -> None:
    day.reading(0)
    day.opened(1)
    parked = day.step(2, Step.IN_REPAIR)  # opened is not diagnosed: it does not fit
    settled = {"conflict": str(parked.id), "verdict": "drop", "code": "bad_transition"}
    day.write(3, Draft("conflict.settled", "repair:r1", "person:lead", dict(settled)))
    assert day.told(T1) == [("r1", "in_repair", ("taken_back",))]


def test_what_the_service_refused_was_done_all_the_same(day: Day) -> None:
    reading = day.reading(0)
    day.begun(1)
    part = day.part(2)
    note = day.write(3, Draft("repair.noted", "repair:r1", "person:anna", {"text": "?"}))
    day.reading(4, "T2")
    last = day.part(5, "KGB2")
    told = [
        PushOutcome(entry.seq, "rejected", None, "not_taken") for entry in (reading, part, note)
    ]
    day.store.record_outcomes(told)
    assert day.told(T1) == [
        ("r1", "in_repair", ("reading_rejected",)),
        ("r1", "661-17578", ("rejected", "reading_rejected")),
    ]
    day.store.record_outcomes([PushOutcome(last.seq - 1, "rejected", None, "not_taken")])
    assert day.told(T1)[-1] == ("r1", "661-17578", ("reading_rejected",))


def test_a_repair_whose_opening_was_refused_is_listed_by_its_id(day: Day) -> None:
    day.reading(0)
    part = day.part(1, repair="r9")
    day.store.record_outcomes([PushOutcome(part.seq, "rejected", None, "not_taken")])
    (hit,) = day.found(ByLot(part_number="661-17578")).hits
    assert (hit.repair.id, hit.repair.number) == ("r9", "")
    assert (hit.repair.step, hit.product) == (None, None)


@pytest.mark.parametrize(
    ("lot", "listed"),
    [
        (ByLot(order="PO-1"), True),
        (ByLot(delivery="DN-1", part_number="661-17578"), True),
        (ByLot(serial="KGB1"), True),
        (ByLot(serial="OLDKGB1"), True),
        (ByLot(order="PO-1", delivery="DN-2"), False),
        (ByLot(serial="KGB2"), False),
        (ByLot(part_number="661-17579"), False),
    ],
)
def test_a_lot_is_what_all_that_is_named_fits(day: Day, lot: ByLot, *, listed: bool) -> None:
    day.begun(1)
    day.undone(3, day.part(2))
    day.part(4)
    touches = [PART, ("r1", "661-17578", ("taken_back",))]
    assert sorted(day.told(lot)) == (sorted(touches) if listed else [])


def test_a_part_that_the_register_counts_to_the_lot_now_is_listed_in_doubt(day: Day) -> None:
    bought = {"component_serial": "KGB1", "part_number": "661-17578", "order": "PO-1"}
    row = RegisterRow("lots", "KGB1", {**bought, "delivery": "DN-9", "source": "apple"})
    assert day.store.load_registers([row]) == ()
    day.begun(0)
    day.part(1)
    assert day.told(ByLot(delivery="DN-9")) == [("r1", "661-17578", ("register",))]
    assert day.told(ByLot(delivery="DN-1")) == [PART]
    assert day.told(ByLot(order="PO-1")) == [PART]
    assert day.told(ByLot(delivery="DN-9", serial="KGB2")) == []


def test_whatever_a_technician_did_is_listed_and_nobody_elses_work(day: Day) -> None:
    day.begun(0, person="bo")
    day.part(1)
    day.begun(2, "r2", "bo")
    day.opened(3, "r3")
    day.undone(6, day.part(5, "KGB3", "r3"))
    day.undone(7, day.part(6, "KGB4", "r3", "bo"))
    anna = ByTechnician("anna")
    assert day.told(anna) == [
        PART,
        ("r3", "opened", ()),
        ("r3", "661-17578", ("taken_back",)),
    ]
    assert day.told(ByTechnician("anna", Period(at(2), at(5)))) == [("r3", "opened", ())]
    assert day.found(anna).name == "Anna Ek"
    assert day.found(ByTechnician("bo")).name == ""


def test_a_certificate_touches_the_internal_work_of_its_days(day: Day) -> None:
    night = timedelta(hours=12).total_seconds()
    day.begun(0)
    day.part(night, "KGB2")  # the next day, on which another certificate covers it as well
    day.begun(-23 * 86_400, "r0")
    day.begun(1, "r2", "bo")
    assert day.told(ByCertificate("anna", "ACMT")) == [
        STEP,
        ("r1", "661-17578", ("other_certificate",)),
    ]


def test_a_certificate_is_in_doubt_where_the_products_family_is_not_known(day: Day) -> None:
    day.begun(0)
    day.begun(-23 * 86_400, "r0")
    tombstone = Draft("register.changed", "assets:C02XK0ABJGH5", "person:anna", {"set": None})
    day.write(2, tombstone)
    assert day.told(ByCertificate("anna", "ACMT")) == [("r1", "in_repair", ("no_family",))]


def test_work_at_the_end_of_the_calendar_stops_no_recall_by_certificate(day: Day) -> None:
    account: dict[str, object] = {"name": "KTH", "time_zone": "Europe/Stockholm"}
    assert day.store.load_registers([RegisterRow("account", "account", account)]) == ()
    last = (datetime(9999, 12, 31, 23, 30, tzinfo=UTC) - at(0)).total_seconds()
    day.begun(last)
    day.opened(0, "r0")  # the newest entry is of today
    assert day.told(ByCertificate("anna", "ACMT")) == [("r1", "in_repair", ("other_certificate",))]


def test_a_repair_that_was_opened_twice_is_listed_for_who_opened_it_again(day: Day) -> None:
    day.opened(0, person="bo")
    day.opened(1)
    assert day.told(ByTechnician("anna")) == [("r1", "opened", ("conflict",))]


def test_a_product_is_found_by_what_it_was_called_before(day: Day) -> None:
    former = {"former": [{"value": "C02XK1XXJG5H", "until": "2026-11-23", "repair": "7"}]}
    row = RegisterRow("assets", "C02XK0ABJGH5", {**ASSET, **former})
    assert day.store.load_registers([row]) == ()
    told: dict[str, Json] = {"number": "r1", "serial": "C02XK1XXJG5H"}
    day.write(0, Draft("repair.opened", "repair:r1", "person:anna", told))
    day.part(1)
    (hit,) = day.found(ByLot(order="PO-1")).hits
    assert hit.repair.serial == "C02XK1XXJG5H"
    assert hit.product is not None
    assert (hit.product.serial, hit.product.holder) == ("C02XK0ABJGH5", "Karin Holm")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (ByTester("T9"), "tester_unknown"),
        (ByCalibration("T1", "K-1999"), "calibration_unknown"),
        (ByCalibration("T9", "K-2026"), "calibration_unknown"),
        (ByCertificate("nobody", "ACMT"), "person_unknown"),
        (ByCertificate("anna", "iOS"), "certificate_unknown"),
        (ByLot(), "lot_empty"),
        (ByTechnician("nobody"), "person_unknown"),
    ],
)
def test_what_is_not_there_is_refused(day: Day, asked: Recall, code: str) -> None:
    with pytest.raises(RecallRefusedError) as told:
        day.found(asked)
    assert told.value.code == code


def test_a_tester_that_the_register_lost_is_recalled_by_its_readings(day: Day) -> None:
    day.reading(0, "T7")
    assert day.found(ByTester("T7")).hits == ()


def test_an_empty_journal_touches_nothing(store: LocalStore, store_clock: SteppingClock) -> None:
    day = Day(store, store_clock)
    found = day.found(ByLot(order="PO-1"))
    assert (found.hits, found.mark, found.certain, found.products) == ((), None, 0, 0)


def test_the_list_counts_what_it_holds(day: Day) -> None:
    day.reading(0)
    day.begun(1)
    day.begun(2, "r2")
    day.undone(4, day.part(3, repair="r3"))
    found = day.found(ByLot(order="PO-1"))
    assert (len(found.hits), found.certain, found.products) == (1, 0, 1)
    found = day.found(T1)
    assert (len(found.hits), found.certain, found.products) == (3, 2, 2)
    head = day.store.reading
    with head() as reader:
        newest = reader.head()
    assert newest is not None
    assert found.mark is not None
    assert (found.mark.seq, found.mark.hash) == (newest.seq, newest.hash)


def test_the_shift_of_a_reading_is_what_the_tests_say() -> None:
    assert timedelta(seconds=LATER) == SHIFT
