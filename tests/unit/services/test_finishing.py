"""DONE and the badge that signs; repairs in hand, put aside and taken up again."""

import pytest

from app.domain.journal import Draft
from app.domain.repairs import Step
from app.services.opening import open_repair
from app.services.playing import badge, tag
from app.services.session import Session
from app.services.stepping import change_step
from app.services.views import Screen
from tests.unit.services import desk as bench
from tests.unit.services.desk import ANNA, BATTERY, BO, CLEO, MAC, PHONE, Desk, codes


def test_done_makes_ready_and_asks_for_the_badge(desk: Desk) -> None:
    desk.work()
    done = desk.do("DONE")
    assert codes(done.feedback) == ("asked", "sign_to_complete", "scan_to_sign")
    assert done.view.awaiting_signature
    assert desk.repair.step is Step.READY


def test_done_after_ready_only_asks(desk: Desk) -> None:
    desk.work()
    desk.do("READY")
    done = desk.do("DONE")
    assert [one.kind for one in done.entries] == ["scan.recorded"]
    assert desk.scan(badge(ANNA)).feedback.code == "repair_completed"


def test_done_before_the_work_says_where_the_repair_stands(desk: Desk) -> None:
    desk.open()
    assert codes(desk.do("DONE").feedback) == ("refused", "step_not_next", "opened")


def test_a_badge_without_done_signs_nothing(desk: Desk) -> None:
    desk.work()
    desk.do("READY")
    assert desk.scan(badge(ANNA)).feedback.code == "already_signed_in"


def test_another_technician_does_not_sign(desk: Desk) -> None:
    desk.work()
    desk.do("DONE")
    refused = desk.scan(badge(BO))
    assert codes(refused.feedback) == ("refused", "sign_other_person", "sign_or_lock")
    assert refused.view.awaiting_signature
    assert desk.scan(badge(ANNA)).feedback.code == "repair_completed"


def test_an_unknown_badge_does_not_sign(desk: Desk) -> None:
    desk.work()
    desk.do("DONE")
    assert desk.scan(badge("9999")).feedback.code == "badge_unknown"


def test_a_lead_signs_for_a_technician_and_does_not_take_the_bench(desk: Desk) -> None:
    desk.work()
    repair_id = desk.repair.id
    desk.do("DONE")
    signed = desk.scan(badge(CLEO))
    assert signed.feedback.code == "repair_completed"
    assert signed.report_for == repair_id
    assert signed.view.person is not None
    assert signed.view.person.name == "Anna"
    signature = desk.repair_of(repair_id).signature
    assert signature is not None
    assert signature.person_id == "cleo"


def test_a_repair_with_an_open_conflict_cannot_be_done(desk: Desk) -> None:
    desk.work()
    _conflict(desk)
    assert codes(desk.do("DONE").feedback) == ("refused", "conflict_open", "settle_conflict")


def test_a_conflict_that_comes_after_done_stops_the_signature(desk: Desk) -> None:
    desk.work()
    desk.do("DONE")
    _conflict(desk)
    assert codes(desk.scan(badge(ANNA)).feedback) == ("refused", "conflict_open", "settle_conflict")
    assert desk.repair.step is Step.READY


def test_a_repair_that_was_taken_on_after_done_is_not_signed(desk: Desk) -> None:
    desk.work()
    desk.do("DONE")
    with desk.store.writing() as tx:
        repair = tx.repair(desk.session.repair_id or "")
        assert repair is not None
        change_step(tx, repair, Step.IN_REPAIR, "person:bo")
    refused = desk.scan(badge(ANNA))
    assert codes(refused.feedback) == ("refused", "step_not_next", "in_repair")
    assert not refused.view.awaiting_signature
    assert desk.repair.conflicts == ()


def _conflict(desk: Desk) -> None:
    with desk.store.writing() as tx:
        subject = f"repair:{desk.session.repair_id}"
        tx.append(Draft("repair.status_changed", subject, "person:bo", {"from": "ready"}))


# ----------------------------------------------------------------------
# Steps
# ----------------------------------------------------------------------


def test_a_step_that_is_taken_already_is_a_repetition(desk: Desk) -> None:
    desk.open()
    desk.do("DIAG")
    assert codes(desk.do("DIAG").feedback) == ("repeated", "step_already", "diagnosed")


def test_a_symptom_that_is_recorded_already_is_a_repetition(desk: Desk) -> None:
    desk.open()
    desk.do("SYM01")
    assert codes(desk.do("SYM01").feedback) == ("repeated", "symptom_already", "opened")


def test_a_diagnostics_code_is_recorded_once_and_can_be_undone(desk: Desk) -> None:
    desk.open()
    assert codes(desk.scan("PPT002").feedback) == ("accepted", "diagnosis_recorded", "opened")
    assert codes(desk.scan("ppt002").feedback) == ("repeated", "diagnosis_already", "opened")
    assert desk.scan("ADP000").feedback.code == "diagnosis_recorded"
    desk.do("UNDO")
    assert desk.repair.diagnosis == "PPT002"


def test_a_diagnostics_code_without_a_repair_changes_nothing(desk: Desk) -> None:
    desk.sign_in()
    assert desk.scan("PPT002").feedback.code == "scan.unknown"


def test_work_that_was_ready_can_go_on(desk: Desk) -> None:
    desk.work()
    desk.do("READY")
    assert desk.do("WORK").feedback.code == "step_taken"


def test_a_cancelled_repair_takes_no_symptom_and_no_step(desk: Desk) -> None:
    desk.open()
    desk.do("CANCEL")
    assert codes(desk.do("SYM01").feedback) == ("refused", "repair_closed", "scan_product")
    assert codes(desk.scan("PPT002").feedback) == ("refused", "repair_closed", "scan_product")
    assert codes(desk.do("WORK").feedback) == ("refused", "step_not_next", "cancelled")


def test_open_after_cancel_opens_a_new_repair_of_the_product(desk: Desk) -> None:
    desk.open()
    first = desk.repair.id
    desk.do("CANCEL")
    assert desk.do("OPEN").feedback.code == "repair_opened"
    assert desk.repair.id != first


# ----------------------------------------------------------------------
# Repairs in hand
# ----------------------------------------------------------------------


def test_open_twice_opens_once(desk: Desk) -> None:
    desk.open()
    assert codes(desk.do("OPEN").feedback) == ("repeated", "repair_in_hand", "opened")


def test_home_puts_a_repair_aside_and_its_product_takes_it_up(desk: Desk) -> None:
    desk.work()
    home = desk.do("HOME")
    assert codes(home.feedback) == ("accepted", "home", "scan_product")
    assert (home.view.screen, home.view.repair, home.view.product) == (Screen.HOME, None, None)
    assert len(home.view.open_repairs) == 1
    back = desk.scan(MAC)
    assert codes(back.feedback) == ("accepted", "repair_taken", "in_repair")
    assert back.view.screen is Screen.REPAIR


def test_home_on_the_home_screen_is_a_repetition(desk: Desk) -> None:
    desk.sign_in()
    desk.measure()
    assert codes(desk.do("HOME").feedback) == ("repeated", "home_already", "scan_product")


def test_home_puts_a_product_aside(desk: Desk) -> None:
    desk.sign_in()
    desk.scan(MAC)
    assert desk.do("HOME").view.product is None


def test_a_repair_tag_takes_its_repair_up(desk: Desk) -> None:
    desk.work()
    number = desk.repair.number
    desk.do("HOME")
    assert codes(desk.scan(tag(number)).feedback) == ("accepted", "repair_taken", "in_repair")


def test_the_tag_or_the_product_in_hand_changes_nothing(desk: Desk) -> None:
    desk.work()
    desk.do("DONE")
    before = desk.session
    for text in (tag(desk.repair.number), MAC, tag(desk.repair.number)):
        repeated = desk.scan(text)
        assert codes(repeated.feedback) == ("repeated", "repair_in_hand", "scan_to_sign")
        assert desk.session == before


def test_the_tag_of_a_closed_repair_takes_nothing_up(desk: Desk) -> None:
    desk.work()
    number = desk.repair.number
    desk.complete()
    assert codes(desk.scan(tag(number)).feedback) == ("refused", "repair_closed", "scan_product")


def test_a_product_whose_repair_is_closed_can_be_opened_again(desk: Desk) -> None:
    desk.work()
    desk.complete()
    assert codes(desk.scan(MAC).feedback) == ("asked", "product_allowed", "scan_open")
    assert desk.do("OPEN").feedback.code == "repair_opened"


def test_another_product_puts_the_one_in_hand_aside(desk: Desk) -> None:
    desk.work()
    other = desk.scan(PHONE)
    assert other.feedback.code == "product_allowed"
    assert other.view.repair is None
    assert len(other.view.open_repairs) == 1


def test_a_repair_that_another_bench_opened_meanwhile_is_taken_up(desk: Desk) -> None:
    desk.sign_in()
    desk.measure()
    desk.scan(MAC)
    payload = {"number": "ABC", "serial": MAC}
    with desk.store.writing() as tx:
        tx.append(Draft("repair.opened", "repair:r-2", "person:bo", {**payload}))
    assert codes(desk.do("OPEN").feedback) == ("accepted", "repair_taken", "opened")
    assert desk.repair.id == "r-2"


def test_of_two_open_repairs_the_one_in_hand_stays_in_hand(desk: Desk) -> None:
    desk.open()
    payload = {"number": "ABC", "serial": MAC}
    with desk.store.writing() as tx:
        tx.append(Draft("repair.opened", "repair:r-2", "person:bo", {**payload}))
    desk.scan(tag("ABC"))
    assert desk.scan(MAC).feedback.code == "repair_in_hand"
    assert desk.repair.id == "r-2"


@pytest.mark.parametrize("serial", [bench.TAGGED])
def test_a_product_without_a_model_is_named_by_its_serial(desk: Desk, serial: str) -> None:
    desk.sign_in()
    assert ("product", serial) in desk.scan(serial).feedback.fields


def test_nobody_opens_nothing(desk: Desk) -> None:
    desk.sign_in()
    rules = desk.rules
    with desk.store.writing() as tx:
        answer = open_repair(tx, Session(identifier=MAC), rules)
    assert answer.feedback.code == "sign_in_first"


def test_a_repair_that_the_store_lost_is_not_in_hand(desk: Desk) -> None:
    desk.sign_in()
    desk.measure()
    desk.session = Session(Screen.REPAIR, "anna", repair_id="gone")
    assert desk.do("DIAG").feedback.code == "no_repair"
    assert desk.scan(BATTERY).feedback.code == "no_repair"
    assert desk.measure().feedback.way_on == "scan_product"
    assert desk.sign_in(BO).feedback.code == "signed_in"
    assert desk.sign_in(ANNA).view.screen is Screen.HOME
