"""A second person confirms a typed value, and a PIN is demanded of them: as at a sign-in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.frames import DeviceRole
from app.domain.pins import PinPurpose, PinRequired
from app.services.playing import command
from app.services.typing_in import KEYBOARD
from app.services.views import Outcome
from tests.unit.services.desk import ANNA, BO, CLEO, MAC, TESTER
from tests.unit.services.guarded import MINUTE, RIGHT, WRONG, Guarded

NEW = "1357"


def typed(guarded: Guarded, required: PinRequired = PinRequired.ALWAYS) -> Outcome:
    """Anna is signed in and has typed a value that would pass."""
    guarded.start(required)
    guarded.badge(ANNA)
    if required is PinRequired.ALWAYS:
        guarded.pin(RIGHT)
    told = guarded.scan("ESD 1,05M", KEYBOARD)
    assert told.feedback.code == "esd_typed"
    return told


def unlocked_for(guarded: Guarded) -> bool:
    """Whether the bench lets Anna work now."""
    esd = guarded.told.outcomes[-1][0].view.esd
    return esd is not None and not esd.gap


def test_the_badge_alone_confirms_nothing_and_the_right_pin_does(guarded: Guarded) -> None:
    typed(guarded)
    asked = guarded.badge(CLEO)
    assert (asked.feedback.code, asked.feedback.way_on) == ("pin_asked", "type_pin")
    assert [one.kind for one in asked.entries] == ["scan.recorded"]
    assert asked.view.pin is not None
    assert (asked.view.pin.name, asked.view.pin.purpose) == ("Cleo", PinPurpose.CONFIRM)
    assert asked.view.typed is not None
    assert asked.view.pin.until == asked.view.typed.until
    assert not unlocked_for(guarded)
    told = guarded.pin(RIGHT)
    assert (told.feedback.code, dict(told.feedback.fields)) == (
        "esd_confirmed",
        {"person": "Anna", "witness": "Cleo"},
    )
    assert (told.view.person, told.view.pin) == (guarded.person_of("anna"), None)
    assert (told.view.typed, unlocked_for(guarded)) == (None, True)
    (entry,) = told.entries
    assert (entry.kind, entry.subject, entry.actor) == (
        *("esd.measured", "person:anna"),
        "person:anna",
    )
    assert (entry.payload["confirmed_by"], entry.payload["verdict"]) == ("cleo", "pass")


def test_the_pin_of_who_confirms_is_recorded_nowhere(guarded: Guarded) -> None:
    typed(guarded)
    guarded.badge(CLEO)
    guarded.pin("71940325")
    guarded.scan("71940326", KEYBOARD)
    guarded.bench.stop()
    written = guarded.everything_written()
    for pin in ("71940325", "71940326"):
        assert pin not in written
        assert pin.encode().hex() not in written


def test_of_whom_no_pin_is_demanded_the_badge_confirms_as_before(guarded: Guarded) -> None:
    typed(guarded, PinRequired.LEAD)
    assert guarded.badge(BO).feedback.code == "esd_confirmed"


def test_where_only_leads_have_pins_a_lead_who_confirms_types_it(guarded: Guarded) -> None:
    typed(guarded, PinRequired.LEAD)
    assert guarded.badge(CLEO).feedback.code == "pin_asked"
    assert guarded.pin(RIGHT).feedback.code == "esd_confirmed"


def test_a_colleague_without_a_pin_confirms_in_a_lead_s_place(guarded: Guarded) -> None:
    typed(guarded, PinRequired.LEAD)
    guarded.badge(CLEO)
    told = guarded.badge(BO)
    assert (told.feedback.code, told.view.pin) == ("esd_confirmed", None)
    assert guarded.scan(RIGHT, KEYBOARD).entries, "nothing is asked for: digits are a scan again"


def test_a_wrong_pin_confirms_nothing_and_the_value_still_waits(guarded: Guarded) -> None:
    typed(guarded)
    guarded.badge(CLEO)
    wrong = guarded.pin(WRONG)
    assert (wrong.feedback.code, dict(wrong.feedback.fields)["left"]) == ("pin_wrong", "2")
    assert (wrong.entries, unlocked_for(guarded)) == ((), False)
    assert wrong.view.pin is not None
    assert wrong.view.typed is not None
    assert wrong.view.pin.until == wrong.view.typed.until, "a wrong PIN makes no value wait longer"
    assert guarded.pin(RIGHT).feedback.code == "esd_confirmed"


def test_wrong_pins_lock_who_confirms_out_and_somebody_else_still_may(guarded: Guarded) -> None:
    guarded.pins.keep("bo", guarded.pins.hashed(RIGHT))
    typed(guarded)
    guarded.badge(CLEO)
    locked = [guarded.pin(WRONG) for _ in range(3)][-1]
    assert (locked.feedback.code, locked.view.pin) == ("pin_locked", None)
    assert locked.view.typed is not None
    assert guarded.badge(CLEO).feedback.code == "pin_locked"
    assert guarded.pin(RIGHT).feedback.code == "pin_not_asked"
    assert not unlocked_for(guarded)
    guarded.badge(BO)
    assert guarded.pin(RIGHT).feedback.code == "esd_confirmed"


def test_a_lead_at_the_bench_unlocks_who_confirms_and_has_two_minutes_for_it(
    guarded: Guarded,
) -> None:
    guarded.start()
    guarded.badge(CLEO)
    guarded.pin(RIGHT)
    guarded.scan("ESD 1,05M", KEYBOARD)
    guarded.passes(MINUTE)
    guarded.badge(ANNA)
    told = [guarded.pin(WRONG) for _ in range(3)][-1]
    assert told.feedback.can_undo
    guarded.passes(MINUTE)
    undone = guarded.answered(lambda: guarded.bench.command("UNDO"))
    assert undone.feedback.code == "pin_unlocked"


def test_who_has_no_pin_where_one_is_demanded_confirms_nothing(guarded: Guarded) -> None:
    typed(guarded)
    told = guarded.badge(BO)
    assert (told.feedback.code, told.view.pin) == ("pin_missing", None)
    assert told.view.typed is not None
    assert not unlocked_for(guarded)


def test_beside_a_lead_who_confirms_chooses_a_first_pin_and_then_confirms(
    guarded: Guarded,
) -> None:
    guarded.start()
    guarded.badge(CLEO)
    guarded.pin(RIGHT)
    guarded.scan("ESD 1,05M", KEYBOARD)
    assert guarded.badge(BO).feedback.code == "pin_choose"
    guarded.pin(NEW)
    assert guarded.pin(NEW).feedback.code == "pin_set"
    guarded.badge(BO)
    assert guarded.pin(NEW).feedback.code == "esd_confirmed"


# ----------------------------------------------------------------------
# The value's time
# ----------------------------------------------------------------------


def test_at_its_last_moment_the_right_pin_still_confirms(guarded: Guarded) -> None:
    value = typed(guarded).view.typed
    assert value is not None
    guarded.badge(CLEO)
    guarded.passes(value.until - guarded.desk.clock.moment)
    assert guarded.pin(RIGHT).feedback.code == "esd_confirmed"


def test_a_pin_that_comes_after_the_value_s_time_is_not_tried(guarded: Guarded) -> None:
    typed(guarded)
    guarded.passes(timedelta(seconds=110))
    asked = guarded.badge(CLEO)
    assert asked.feedback.code == "pin_asked"
    guarded.passes(timedelta(seconds=30))
    late = guarded.pin(WRONG)
    assert (late.feedback.code, late.feedback.way_on) == ("esd_typed_expired", "type_reading")
    assert (late.view.pin, late.view.typed, late.entries) == (None, None, ())
    assert guarded.pins.standing("cleo").wrong == 0
    assert not unlocked_for(guarded)
    assert guarded.badge(CLEO).feedback.code == "pin_asked"
    assert guarded.pin(RIGHT).feedback.code == "signed_in", "the next badge is a sign-in again"


def test_a_value_whose_time_ends_while_the_pin_is_checked_is_not_used(guarded: Guarded) -> None:
    typed(guarded)
    guarded.badge(CLEO)
    guarded.hasher.go_on.clear()
    guarded.hasher.begun.clear()
    guarded.bench.pin(RIGHT)
    guarded.hasher.begun.wait()
    guarded.passes(timedelta(minutes=3))
    told = guarded.answered(guarded.hasher.go_on.set)
    assert (told.feedback.code, told.entries) == ("esd_typed_expired", ())
    assert (told.view.typed, told.view.person) == (None, guarded.person_of("anna"))


# ----------------------------------------------------------------------
# What comes in between
# ----------------------------------------------------------------------


@pytest.mark.parametrize("code", ["HOME", "UNDO"])
def test_home_and_undo_take_the_value_back_with_its_pin(guarded: Guarded, code: str) -> None:
    typed(guarded)
    guarded.badge(CLEO)
    told = guarded.scan(command(code))
    assert (told.feedback.code, told.view.pin, told.view.typed) == ("esd_typed_dropped", None, None)


def test_work_that_goes_on_gives_the_pin_up_and_the_value_waits(guarded: Guarded) -> None:
    typed(guarded)
    guarded.badge(CLEO)
    told = guarded.scan(MAC)
    assert (told.view.pin, told.view.typed is not None) == (None, True)
    guarded.badge(CLEO)
    assert guarded.pin(RIGHT).feedback.code == "esd_confirmed"


def speak(guarded: Guarded) -> Outcome:
    """The tester gives a reading of Anna's own."""
    strap = replace(guarded.frame("W 1.00 M PASS", TESTER), role=DeviceRole.ESD_TESTER)
    return guarded.answered(lambda: guarded.bench.submit(strap))


def test_a_tester_that_speaks_meanwhile_makes_value_and_pin_needless(guarded: Guarded) -> None:
    typed(guarded)
    guarded.badge(CLEO)
    told = speak(guarded)
    assert (told.view.typed, told.view.pin) == (None, None)
    late = guarded.pin(RIGHT)
    assert (late.feedback.code, late.entries) == ("esd_typed_expired", ())
    assert guarded.pins.standing("cleo").wrong == 0
    assert late.view.person == guarded.person_of("anna")


def test_an_older_value_does_not_come_after_a_tester_s_newer_one(guarded: Guarded) -> None:
    typed(guarded)
    guarded.badge(CLEO)
    guarded.hasher.go_on.clear()
    guarded.hasher.begun.clear()
    guarded.bench.pin(RIGHT)
    guarded.hasher.begun.wait()
    speak(guarded)
    told = guarded.answered(guarded.hasher.go_on.set)
    assert (told.feedback.code, told.entries) == ("esd_typed_expired", ())


def test_a_value_whose_person_the_register_lost_is_confirmed_by_nobody(guarded: Guarded) -> None:
    typed(guarded)
    guarded.badge(CLEO)
    guarded.bench.call(lambda _: guarded.desk.without("people", "anna")).result()
    told = guarded.pin(RIGHT)
    assert (told.feedback.code, told.view.person, told.entries) == ("sign_in_first", None, ())


def test_a_value_that_fails_asks_for_nobody_s_pin(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.pin(RIGHT)
    told = guarded.scan("ESD OL", KEYBOARD)
    assert (told.feedback.code, told.view.pin, told.view.typed) == ("esd_failed_high", None, None)
