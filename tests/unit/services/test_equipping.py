"""What leads change in the equipment register: recorded, followed, refused with the reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.equipment import Equipment, EquipmentKind, EquipmentState
from app.services.equipping import (
    Calibration,
    OutOfOrder,
    Value,
    add_piece,
    calibrate_piece,
    change_piece,
    find_bad,
    retire_piece,
)
from app.services.register_values import equipment_value
from app.services.registering import Changed
from app.services.registering import change as write
from app.services.saying import say_feedback, say_way_on
from app.texts import Language, texts
from tests.unit.services.desk import ANNA, CLEO, OLD_TESTER, TESTER, Desk

TODAY = date(2026, 11, 23)
MAT = Equipment("mat-1", EquipmentKind.ESD_MAT, "", "Mat", "", None, place="Bench 2")
NEXT = Calibration("C-2", date(2026, 11, 20), date(2027, 11, 20), "RISE")


def told(done: Changed) -> tuple[str, str]:
    """The tone and the code; the words exist in both languages."""
    for language in Language:
        assert "{" not in say_feedback(texts(language), done.feedback)
        assert "way_on." not in say_way_on(texts(language), done.feedback)
    return done.feedback.tone.value, done.feedback.code


def add(desk: Desk, piece: Equipment = MAT, badge: str = CLEO) -> Changed:
    rules = desk.rules
    with desk.store.writing() as tx:
        return add_piece(tx, piece, badge=badge, rules=rules)


def change(desk: Desk, key: str = "mat-1", badge: str = CLEO, **fields: Value) -> Changed:
    rules = desk.rules
    with desk.store.writing() as tx:
        return change_piece(tx, key, fields, badge=badge, rules=rules)


def retire(desk: Desk, key: str = "mat-1", badge: str = CLEO) -> Changed:
    with desk.store.writing() as tx:
        return retire_piece(tx, key, badge=badge)


def calibrate(desk: Desk, how: Calibration = NEXT, key: str = TESTER, badge: str = CLEO) -> Changed:
    rules = desk.rules
    with desk.store.writing() as tx:
        return calibrate_piece(tx, key, how, badge=badge, rules=rules)


def spoil(desk: Desk, how: OutOfOrder, key: str = TESTER, badge: str = CLEO) -> Changed:
    rules = desk.rules
    with desk.store.writing() as tx:
        return find_bad(tx, key, how, badge=badge, rules=rules)


def held(desk: Desk, key: str = "mat-1") -> Equipment | None:
    with desk.store.reading() as reader:
        return reader.piece(key)


def test_a_lead_adds_changes_and_retires_a_piece(desk: Desk) -> None:
    done = add(desk)
    assert told(done) == ("accepted", "equipment_added")
    (entry,) = done.entries
    assert (entry.kind, entry.subject, entry.actor) == (
        *("register.changed", "equipment:mat-1"),
        "person:cleo",
    )
    assert held(desk) == MAT
    done = change(desk, place="Bench 3", test_every_days=7)
    assert told(done) == ("accepted", "equipment_changed")
    assert done.entries[0].payload["set"] == {"place": "Bench 3", "test_every_days": 7}
    assert told(retire(desk)) == ("accepted", "equipment_retired")
    assert held(desk) == replace(
        MAT, place="Bench 3", test_every_days=7, state=EquipmentState.RETIRED
    )


def test_what_changes_nothing_is_told_and_not_recorded(desk: Desk) -> None:
    add(desk)
    done = change(desk, place="Bench 2")
    assert (told(done), done.entries) == (("repeated", "equipment_unchanged"), ())


def test_what_is_there_is_not_added_again(desk: Desk) -> None:
    add(desk)
    done = add(desk, replace(MAT, name="Another"))
    assert (told(done), done.entries) == (("refused", "equipment_known"), ())
    assert held(desk) == MAT


@pytest.mark.parametrize(
    ("badge", "code"), [(ANNA, "equipment_lead_only"), ("9999", "badge_unknown")]
)
def test_only_a_lead_changes_the_register(desk: Desk, badge: str, code: str) -> None:
    bad = OutOfOrder(TODAY, None, "")
    before = held(desk, TESTER)
    for done in (
        add(desk, badge=badge),
        change(desk, TESTER, badge, place="x"),
        retire(desk, TESTER, badge),
        calibrate(desk, badge=badge),
        spoil(desk, bad, badge=badge),
    ):
        assert (told(done), done.entries) == (("refused", code), ())
    assert held(desk, TESTER) == before


def test_a_piece_that_is_not_there_is_not_changed(desk: Desk) -> None:
    for done in (
        change(desk, "nothing", place="x"),
        retire(desk, "nothing"),
        calibrate(desk, key="nothing"),
        spoil(desk, OutOfOrder(TODAY, None, ""), "nothing"),
    ):
        assert (told(done), done.entries) == (("refused", "equipment_unknown"), ())


def test_two_testers_in_service_are_never_one_device(desk: Desk) -> None:
    second = Equipment("second", EquipmentKind.ESD_TESTER, TESTER, "", "", None)
    assert told(add(desk, second)) == ("refused", "equipment_device_taken")
    away = replace(second, state=EquipmentState.AWAY)
    assert told(add(desk, away)) == ("accepted", "equipment_added")
    back = change(desk, "second", state=EquipmentState.IN_USE)
    assert told(back) == ("refused", "equipment_device_taken")
    assert told(change(desk, TESTER, place="Bench 2")) == ("accepted", "equipment_changed")
    assert told(retire(desk, TESTER)) == ("accepted", "equipment_retired")
    again = change(desk, "second", state=EquipmentState.IN_USE)
    assert told(again) == ("accepted", "equipment_changed")
    scanner = replace(MAT, kind=EquipmentKind.SCANNER, device=TESTER)
    assert told(add(desk, scanner)) == ("accepted", "equipment_added")
    assert told(change(desk, OLD_TESTER, device="")) == ("accepted", "equipment_changed")


def test_a_calibration_is_recorded_whole_and_the_register_follows(desk: Desk) -> None:
    done = calibrate(desk)
    assert told(done) == ("accepted", "equipment_calibrated")
    recorded, changed = done.entries
    assert (recorded.kind, recorded.subject) == ("equipment.calibrated", "equipment:esd-1")
    assert dict(recorded.payload) == {
        "certificate": "C-2",
        "on": "2026-11-20",
        "due": "2027-11-20",
        "by": "RISE",
        "name": "7100",
        "serial": "PGT-1",
        "person": "cleo",
        "person_name": "Cleo",
    }
    assert changed.kind == "register.changed"
    now = held(desk, TESTER)
    assert now is not None
    assert (now.calibrated_on, now.calibration_due, now.certificate) == (NEXT.on, NEXT.due, "C-2")
    again = calibrate(desk)
    assert [entry.kind for entry in again.entries] == ["equipment.calibrated"]


def test_a_calibration_lets_the_tester_s_readings_count_again(desk: Desk) -> None:
    desk.sign_in()
    assert desk.measure(device=OLD_TESTER).feedback.code == "esd_not_valid"
    calibrate(desk, key=OLD_TESTER)
    assert desk.measure(device=OLD_TESTER).feedback.code == "esd_passed"


def test_an_older_certificate_is_recorded_and_the_later_one_stays(desk: Desk) -> None:
    calibrate(desk)
    older = Calibration("C-1", date(2025, 11, 20), date(2026, 11, 20))
    done = calibrate(desk, older)
    assert told(done) == ("accepted", "equipment_calibrated_before")
    assert [entry.kind for entry in done.entries] == ["equipment.calibrated"]
    now = held(desk, TESTER)
    assert now is not None
    assert now.certificate == "C-2"


@pytest.mark.parametrize(
    ("on", "due", "code"),
    [
        (TODAY, TODAY, "equipment_calibrated"),
        (date(2026, 11, 24), date(2027, 1, 1), "equipment_calibration_days"),
        (TODAY, date(2026, 11, 22), "equipment_calibration_days"),
    ],
    ids=["for a day", "tomorrow", "over before it began"],
)
def test_a_calibration_was_made_and_ends_after_it_began(
    desk: Desk, on: date, due: date, code: str
) -> None:
    assert told(calibrate(desk, Calibration("C", on, due)))[1] == code


def test_an_instrument_that_is_out_of_order_goes_out_of_use(desk: Desk) -> None:
    done = spoil(desk, OutOfOrder(date(2026, 11, 1), None, "reads half"))
    assert told(done) == ("accepted", "equipment_found_bad")
    found, changed = done.entries
    assert (found.kind, found.subject) == ("equipment.found_bad", "equipment:esd-1")
    assert (found.payload["from"], found.payload["to"]) == ("2026-11-01", None)
    assert (found.payload["reason"], found.payload["person_name"]) == ("reads half", "Cleo")
    assert changed.payload["set"] == {"state": "away"}
    desk.sign_in()
    assert desk.measure().feedback.code == "esd_not_valid"
    again = spoil(desk, OutOfOrder(TODAY, None, "still"))
    assert [entry.kind for entry in again.entries] == ["equipment.found_bad"]


def test_one_that_was_out_of_order_and_is_not_stays_in_use(desk: Desk) -> None:
    done = spoil(desk, OutOfOrder(date(2026, 11, 1), date(2026, 11, 9), "cable"))
    assert [entry.kind for entry in done.entries] == ["equipment.found_bad"]
    assert done.entries[0].payload["to"] == "2026-11-09"
    desk.sign_in()
    assert desk.measure().feedback.code == "esd_passed"


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 11, 24), None),
        (date(2026, 11, 24), date(2026, 11, 23)),
        (date(2026, 11, 1), date(2026, 11, 24)),
    ],
    ids=["from tomorrow", "ends before it begins", "until tomorrow"],
)
def test_an_instrument_was_out_of_order_on_days_that_there_were(
    desk: Desk, since: date, until: date | None
) -> None:
    done = spoil(desk, OutOfOrder(since, until, ""))
    assert (told(done), done.entries) == (("refused", "equipment_bad_days"), ())


def test_an_instrument_that_is_retired_stays_so_when_it_is_found_bad(desk: Desk) -> None:
    retire(desk, TESTER)
    done = spoil(desk, OutOfOrder(TODAY, None, "drifted"))
    assert [entry.kind for entry in done.entries] == ["equipment.found_bad"]
    found = held(desk, TESTER)
    assert found is not None
    assert found.state is EquipmentState.RETIRED


def test_a_day_that_is_yet_to_come_is_no_day_of_a_calibration(desk: Desk) -> None:
    ahead = TODAY + timedelta(days=1)
    refused = ("refused", "equipment_calibration_ahead")
    assert told(add(desk, replace(MAT, calibrated_on=ahead))) == refused
    assert told(add(desk, replace(MAT, calibrated_on=TODAY))) == ("accepted", "equipment_added")
    done = change(desk, calibrated_on=ahead)
    assert (told(done), done.entries) == (refused, ())
    assert told(change(desk, calibrated_on=TODAY - timedelta(days=1)))[0] == "accepted"
    assert told(change(desk, calibrated_on=None))[0] == "accepted"


def test_a_row_that_says_such_a_day_already_can_be_changed_otherwise(desk: Desk) -> None:
    row = equipment_value(replace(MAT, calibrated_on=TODAY + timedelta(days=9)))
    with desk.store.writing() as tx:
        assert write(tx, "equipment", MAT.id, row, "person:cleo") is not None
    assert told(change(desk, place="Bench 9")) == ("accepted", "equipment_changed")
