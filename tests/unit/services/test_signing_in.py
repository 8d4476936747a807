"""Badges: who works at the bench, and whose place waits for whom."""

from dataclasses import replace
from datetime import timedelta

from app.domain.repairs import Step
from app.services.playing import badge
from app.services.stepping import change_step
from app.services.views import Screen
from tests.unit.services.desk import ANNA, BATTERY, BO, CLEO, KGB, LEASED, MAC, PASSING, Desk, codes


def test_a_badge_signs_in_and_leads_to_the_wrist_strap(desk: Desk) -> None:
    signed = desk.sign_in()
    assert codes(signed.feedback) == ("accepted", "signed_in", "test_wrist_strap")
    assert signed.view.screen is Screen.ESD_GATE
    assert [entry.actor for entry in signed.entries] == ["bench", "person:anna"]


def test_a_fresh_reading_leads_straight_to_the_home_screen(desk: Desk) -> None:
    desk.sign_in()
    desk.measure()
    desk.do("LOCK")
    back = desk.sign_in()
    assert codes(back.feedback) == ("accepted", "signed_in", "scan_product")
    assert back.view.screen is Screen.HOME


def test_the_same_badge_again_changes_nothing(desk: Desk) -> None:
    desk.work()
    before = desk.session
    assert codes(desk.sign_in().feedback) == ("repeated", "already_signed_in", "")
    assert desk.session == before


def test_lock_hides_everything_and_keeps_the_place(desk: Desk) -> None:
    desk.work()
    desk.scan(BATTERY)
    locked = desk.do("LOCK")
    view = locked.view
    assert codes(locked.feedback) == ("accepted", "locked", "scan_badge")
    assert (view.screen, view.person, view.esd) == (Screen.SIGN_IN, None, None)
    assert (view.product, view.repair, view.pending_part, view.timeline) == (None, None, None, ())
    assert locked.entries[-1].kind == "person.signed_out"
    back = desk.sign_in()
    assert back.view.screen is Screen.REPAIR
    assert back.view.repair is not None
    assert back.view.pending_part is not None


def test_a_locked_bench_takes_nothing_but_a_badge(desk: Desk) -> None:
    desk.work()
    desk.do("LOCK")
    assert codes(desk.do("LOCK").feedback) == ("repeated", "already_locked", "scan_badge")
    assert desk.do("UNDO").feedback.code == "sign_in_first"
    assert desk.sign_in().view.repair is not None


def test_another_person_does_not_get_the_place_and_it_waits(desk: Desk) -> None:
    desk.work()
    desk.do("LOCK")
    other = desk.sign_in(BO)
    assert other.view.person is not None
    assert other.view.person.name == "Bo"
    assert (other.view.repair, other.view.product, other.view.timeline) == (None, None, ())
    desk.do("LOCK")
    assert desk.sign_in(ANNA).view.screen is Screen.REPAIR


def test_a_badge_over_another_s_work_signs_them_out_and_keeps_their_place(desk: Desk) -> None:
    desk.work()
    desk.scans(BATTERY, KGB)
    taken = desk.sign_in(BO)
    assert [(one.kind, one.subject) for one in taken.entries[1:]] == [
        ("person.signed_out", "person:anna"),
        ("person.signed_in", "person:bo"),
    ]
    assert desk.sign_in(ANNA).feedback.way_on == "scan_kbb"


def test_the_places_of_three_people_wait_for_each_of_them(desk: Desk) -> None:
    desk.open(MAC, ANNA)
    desk.open(LEASED, BO)
    desk.sign_in(CLEO)
    desk.measure()
    desk.scan("C02TAGGED001")
    for _ in range(3):
        assert desk.sign_in(ANNA).view.product is not None
        assert desk.repair.serial == MAC
        desk.sign_in(BO)
        assert desk.repair.serial == LEASED
        assert desk.sign_in(CLEO).view.product is not None
        assert desk.session.identifier == "C02TAGGED001"
    places = 0
    waiting = desk.session.locked
    while waiting is not None:
        places += 1
        waiting = waiting.locked
    assert places == 2


def test_a_signature_is_asked_for_again_after_a_lock(desk: Desk) -> None:
    desk.work()
    desk.do("DONE", "LOCK")
    back = desk.sign_in()
    assert codes(back.feedback) == ("accepted", "signed_in", "ready")
    assert not back.view.awaiting_signature
    assert desk.complete().feedback.code == "repair_completed"


def test_the_gate_does_not_hold_who_tested_while_the_bench_was_locked(desk: Desk) -> None:
    desk.sign_in()
    desk.do("LOCK")
    desk.measure(replace(PASSING, operator=ANNA))
    assert desk.sign_in().view.screen is Screen.HOME


def test_a_reading_that_ran_out_sends_back_to_the_gate_but_not_out_of_a_repair(desk: Desk) -> None:
    desk.open()
    desk.do("LOCK")
    desk.clock.moment += timedelta(hours=13)
    back = desk.sign_in()
    assert codes(back.feedback) == ("accepted", "signed_in", "test_wrist_strap")
    assert back.view.screen is Screen.REPAIR
    desk.do("HOME", "LOCK")
    assert desk.sign_in().view.screen is Screen.ESD_GATE


def test_a_place_at_a_repair_that_others_finished_is_home(desk: Desk) -> None:
    desk.work()
    desk.sign_in(BO)
    desk.measure()
    desk.scan(MAC)
    desk.do("DONE")
    assert desk.scan(badge(BO)).feedback.code == "repair_completed"
    back = desk.sign_in(ANNA)
    assert (back.view.screen, back.view.repair, back.view.product) == (Screen.HOME, None, None)
    assert back.feedback.way_on == "scan_product"


def test_a_part_in_the_middle_is_dropped_where_others_took_the_repair_on(desk: Desk) -> None:
    desk.work()
    desk.scans(BATTERY, KGB)
    desk.do("LOCK")
    with desk.store.writing() as tx:
        repair = tx.open_repairs()[0]
        change_step(tx, repair, Step.READY, "person:bo")
    back = desk.sign_in()
    assert back.view.pending_part is None
    assert back.feedback.way_on == "ready"


def test_who_left_the_register_is_signed_out_at_the_next_scan(desk: Desk) -> None:
    desk.work()
    desk.without("people", "anna")
    refused = desk.do("DONE")
    assert codes(refused.feedback) == ("refused", "sign_in_first", "scan_badge")
    view = refused.view
    assert (view.screen, view.person, view.repair, view.product) == (
        Screen.SIGN_IN,
        None,
        None,
        None,
    )


def test_the_picture_of_who_left_the_register_shows_nothing_of_theirs(desk: Desk) -> None:
    desk.work()
    desk.without("people", "anna")
    view = desk.measure().view
    assert (view.person, view.repair, view.product, view.timeline) == (None, None, None, ())
