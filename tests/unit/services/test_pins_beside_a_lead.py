"""What a lead does for others where PINs are demanded: unlock, sign, let a first one be chosen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.frames import DeviceRole
from app.services.playing import command
from app.services.views import Outcome, Tone
from tests.unit.services.desk import ANNA, BO, CLEO, MAC, TESTER
from tests.unit.services.guarded import RIGHT, WRONG, Guarded


def locked_out(guarded: Guarded, number: str = ANNA) -> Outcome:
    """Try until it is locked."""
    guarded.badge(number)
    return [guarded.pin(WRONG) for _ in range(3)][-1]


def test_a_lead_who_sees_that_somebody_is_locked_out_lets_them_try_again(
    guarded: Guarded,
) -> None:
    guarded.start()
    guarded.badge(CLEO)
    guarded.pin(RIGHT)
    told = locked_out(guarded)
    assert (told.feedback.code, told.feedback.way_on) == ("pin_locked", "pin_unlock")
    assert told.feedback.can_undo
    assert guarded.badge(ANNA).feedback.can_undo
    undone = guarded.answered(lambda: guarded.bench.command("UNDO"))
    assert (undone.feedback.code, undone.feedback.way_on) == ("pin_unlocked", "scan_badge")
    assert [(one.kind, one.subject, one.actor) for one in undone.entries[1:]] == [
        ("person.pin_unlocked", "person:anna", "person:cleo")
    ]
    guarded.badge(ANNA)
    assert guarded.pin(RIGHT).feedback.code == "signed_in"


def test_whoever_is_no_lead_unlocks_nobody(guarded: Guarded) -> None:
    guarded.start()
    guarded.pins.keep("bo", guarded.pins.hashed(RIGHT))
    guarded.badge(BO)
    guarded.pin(RIGHT)
    told = locked_out(guarded)
    assert (told.feedback.way_on, told.feedback.can_undo) == ("pin_locked", False)
    assert guarded.answered(lambda: guarded.bench.command("UNDO")).feedback.code == "no_repair"
    assert guarded.pins.standing("anna").is_locked


def test_undo_unlocks_nobody_once_the_lead_has_gone_on(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(CLEO)
    guarded.pin(RIGHT)
    locked_out(guarded)
    guarded.scan(MAC)
    assert guarded.answered(lambda: guarded.bench.command("UNDO")).feedback.code == "no_repair"
    guarded.badge(ANNA)
    guarded.passes(timedelta(minutes=3))
    assert guarded.answered(lambda: guarded.bench.command("UNDO")).feedback.code == "no_repair"


def test_nobody_unlocks_at_a_locked_bench(guarded: Guarded) -> None:
    guarded.start()
    assert not locked_out(guarded).feedback.can_undo
    assert guarded.answered(lambda: guarded.bench.command("UNDO")).feedback.code == "sign_in_first"


def to_sign(guarded: Guarded) -> None:
    """Bring a repair of Anna's to its signature."""
    guarded.badge(ANNA)
    guarded.pin(RIGHT)
    strap = replace(guarded.frame("W 1.00 M PASS", TESTER), role=DeviceRole.ESD_TESTER)
    guarded.answered(lambda: guarded.bench.submit(strap))
    guarded.scan(MAC)
    for code in ("OPEN", "SYM01", "DIAG", "WORK", "DONE"):
        guarded.scan(command(code))
    assert guarded.told.outcomes[-1][0].view.awaiting_signature


def test_another_lead_s_badge_signs_with_its_pin_and_signs_nobody_in(guarded: Guarded) -> None:
    guarded.start()
    to_sign(guarded)
    asked = guarded.badge(CLEO)
    assert (asked.feedback.code, asked.view.awaiting_signature) == ("pin_asked", True)
    assert guarded.pin(WRONG).feedback.code == "pin_wrong"
    signed = guarded.pin(RIGHT)
    assert signed.feedback.code == "repair_completed"
    assert signed.view.person == guarded.person_of("anna")
    assert [(one.kind, one.actor) for one in signed.entries] == [
        ("repair.signed", "person:cleo"),
        ("repair.status_changed", "person:cleo"),
    ]
    assert signed.report_for


def test_a_technician_s_badge_signs_nobody_else_s_work_and_is_asked_for_no_pin(
    guarded: Guarded,
) -> None:
    guarded.start()
    to_sign(guarded)
    told = guarded.badge(BO)
    assert (told.feedback.code, told.view.pin) == ("sign_other_person", None)
    assert told.view.awaiting_signature


# ----------------------------------------------------------------------
# The first PIN
# ----------------------------------------------------------------------

NEW = "1357"


def choose(guarded: Guarded) -> Outcome:
    """A lead is signed in, and somebody without a PIN scans their badge."""
    guarded.start()
    guarded.badge(CLEO)
    guarded.pin(RIGHT)
    return guarded.badge(BO)


def test_beside_a_lead_a_first_pin_is_chosen_by_typing_it_twice(guarded: Guarded) -> None:
    told = choose(guarded)
    assert (told.feedback.tone, told.feedback.code) == (Tone.ASKED, "pin_choose")
    assert told.view.pin is not None
    assert told.view.pin.is_new
    again = guarded.pin(NEW)
    assert (again.feedback.code, again.view.pin is not None) == ("pin_repeat", True)
    chosen = guarded.pin(NEW)
    assert (chosen.feedback.code, chosen.view.pin) == ("pin_set", None)
    assert [(one.kind, one.subject, one.actor) for one in chosen.entries] == [
        ("person.pin_set", "person:bo", "person:cleo")
    ]
    assert chosen.view.person == guarded.person_of("cleo")
    guarded.badge(BO)
    assert guarded.pin(NEW).view.person == guarded.person_of("bo")
    guarded.bench.stop()
    assert NEW.encode().hex() not in guarded.everything_written()


def test_two_that_differ_are_chosen_anew(guarded: Guarded) -> None:
    choose(guarded)
    guarded.pin(NEW)
    assert guarded.pin("7531").feedback.code == "pins_differ"
    assert guarded.pin("7531").feedback.code == "pin_repeat"
    assert guarded.pin("7531").feedback.code == "pin_set"


@pytest.mark.parametrize(("pin", "code"), [("1111", "pin_easy"), ("12", "pin_form")])
def test_an_easy_pin_is_not_chosen(guarded: Guarded, pin: str, code: str) -> None:
    choose(guarded)
    assert guarded.pin(pin).feedback.code == code
    guarded.pin(NEW)
    assert guarded.pin(NEW).feedback.code == "pin_set"


def test_what_was_chosen_once_is_forgotten_with_the_next_badge(guarded: Guarded) -> None:
    choose(guarded)
    guarded.pin(NEW)
    assert guarded.badge(BO).feedback.code == "pin_choose"
    assert guarded.pin(NEW).feedback.code == "pin_repeat"


def hashing(guarded: Guarded) -> None:
    """A new PIN is being hashed, until the hasher may go on."""
    choose(guarded)
    guarded.pin(NEW)
    guarded.hasher.go_on.clear()
    guarded.hasher.begun.clear()
    guarded.bench.pin(NEW)
    guarded.hasher.begun.wait()


def test_a_new_pin_is_not_kept_once_it_is_given_up(guarded: Guarded) -> None:
    hashing(guarded)
    guarded.scan(MAC)
    guarded.hasher.go_on.set()
    guarded.until_checked()
    assert not guarded.pins.standing("bo").is_set


def test_a_new_pin_is_not_kept_once_another_s_is_asked_for(guarded: Guarded) -> None:
    hashing(guarded)
    guarded.badge(ANNA)
    guarded.hasher.go_on.set()
    guarded.until_checked()
    assert not guarded.pins.standing("bo").is_set
    assert guarded.pin(RIGHT).view.person == guarded.person_of("anna")


def test_a_new_pin_is_not_kept_where_the_lead_is_none_any_more(guarded: Guarded) -> None:
    hashing(guarded)
    guarded.bench.call(lambda _: guarded.desk.without("people", "cleo")).result()
    assert guarded.answered(guarded.hasher.go_on.set).feedback.code == "pin_expired"
    assert not guarded.pins.standing("bo").is_set
