"""A bench that demands PINs: asked after the badge, checked beside the store, recorded nowhere."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.frames import FrameFault
from app.domain.labels import LabelKind, label_text
from app.domain.pins import PinRequired
from app.services.bench import Bench
from app.services.pin_gate import PinGate
from app.services.playing import command
from app.services.ports import Store
from app.services.typing_in import KEYBOARD
from app.services.views import Screen, Tone
from tests.unit.services.desk import ANNA, BO, CLEO, MAC, Desk
from tests.unit.services.guarded import MINUTE, RIGHT, WRONG, Guarded
from tests.unit.services.told import DISK_FULL, FailingStore, Told


def test_a_badge_asks_for_the_pin_and_the_right_one_signs_in(guarded: Guarded) -> None:
    guarded.start()
    asked = guarded.badge(ANNA)
    assert (asked.feedback.tone, asked.feedback.code) == (Tone.ASKED, "pin_asked")
    assert (asked.view.person, asked.view.screen) == (None, Screen.SIGN_IN)
    assert asked.view.pin is not None
    assert asked.view.pin.name == "Anna"
    assert [one.kind for one in asked.entries] == ["scan.recorded"]
    in_ = guarded.pin(RIGHT)
    assert in_.feedback.code == "signed_in"
    assert in_.view.person is not None
    assert in_.view.person.id == "anna"
    assert in_.view.pin is None
    assert [(one.kind, one.actor) for one in in_.entries] == [("person.signed_in", "person:anna")]


def test_neither_pin_nor_try_is_recorded_anywhere(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    told = [guarded.pin("71940325"), guarded.scan("71940326"), guarded.scan("71940327", KEYBOARD)]
    assert [one.entries for one in told] == [(), (), ()]
    guarded.bench.stop()
    written = guarded.everything_written()
    for pin in ("71940325", "71940326", "71940327"):
        assert pin not in written
        assert pin.encode().hex() not in written
    assert '"wrong": 3' in written
    assert [frame.raw for _, frame in guarded.told.outcomes[1:]] == [b"", b"", b""]


def test_digits_are_taken_for_a_pin_before_any_badge(guarded: Guarded) -> None:
    guarded.start()
    early = guarded.scan(RIGHT, KEYBOARD)
    assert (early.feedback.code, early.entries) == ("pin_not_asked", ())
    assert guarded.scan("12345678901").entries, "no PIN is as long"
    assert guarded.bench is not None
    cut = replace(guarded.frame(RIGHT), fault=FrameFault.CUT_OFF)
    assert guarded.answered(lambda: guarded.bench.submit(cut)).entries


def test_somebody_who_works_scans_digits_as_ever(guarded: Guarded) -> None:
    guarded.start(PinRequired.LEAD)
    assert guarded.badge(ANNA).feedback.code == "signed_in"
    assert [one.kind for one in guarded.scan("00471").entries] == ["scan.recorded"]
    assert guarded.badge(CLEO).feedback.code == "pin_asked"
    assert guarded.scan(RIGHT).view.person == guarded.person_of("cleo")


def test_a_wrong_pin_says_how_many_tries_are_left_and_the_last_locks(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    first, second, third = (guarded.pin(WRONG) for _ in range(3))
    assert [one.feedback.code for one in (first, second, third)] == [
        "pin_wrong",
        "pin_wrong",
        "pin_locked",
    ]
    assert [dict(one.feedback.fields).get("left") for one in (first, second)] == ["2", "1"]
    assert second.view.pin is not None
    assert third.view.pin is None
    # 12:00 and some seconds in UTC is 13:00 in Stockholm; the first free minute is told
    assert dict(third.feedback.fields) == {"person": "Anna", "until": "13:02", "minutes": "1"}


def test_whoever_is_locked_out_is_told_at_the_badge_until_the_time_is_over(
    guarded: Guarded,
) -> None:
    guarded.start()
    guarded.badge(ANNA)
    for _ in range(3):
        guarded.pin(WRONG)
    told = guarded.badge(ANNA)
    assert (told.feedback.code, told.view.pin) == ("pin_locked", None)
    assert [one.kind for one in told.entries] == ["scan.recorded"]
    assert guarded.pin(RIGHT).feedback.code == "pin_not_asked"
    guarded.passes(MINUTE)
    guarded.badge(ANNA)
    assert guarded.pin(RIGHT).feedback.code == "signed_in"


def test_a_lock_that_another_program_set_holds_while_the_pin_is_asked_for(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    for _ in range(3):
        guarded.bench.call(lambda _: guarded.pins.check("anna", WRONG)).result()
    assert guarded.pin(RIGHT).feedback.code == "pin_locked"


def test_a_whole_minute_is_told_as_it_is(guarded: Guarded) -> None:
    guarded.desk.clock.moment -= timedelta(seconds=2)
    guarded.start()
    guarded.badge(ANNA)
    told = [guarded.pin(WRONG) for _ in range(3)][-1]
    assert dict(told.feedback.fields)["until"] == "13:01"


def test_without_a_pin_nobody_gets_in_where_one_is_demanded(guarded: Guarded) -> None:
    guarded.start()
    told = guarded.badge(BO)
    assert (told.feedback.code, told.feedback.way_on) == ("pin_missing", "pin_missing")
    assert (told.view.pin, told.view.person) == (None, None)


def test_whoever_works_goes_on_until_the_pin_of_the_next_is_right(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.pin(RIGHT)
    assert guarded.badge(ANNA).feedback.code == "already_signed_in"
    asked = guarded.badge(CLEO)
    assert asked.view.person == guarded.person_of("anna")
    assert guarded.scan(MAC).view.pin is None, "a product is Anna's work: the PIN is given up"
    assert guarded.pin(RIGHT).feedback.code == "pin_not_asked"
    guarded.badge(CLEO)
    changed = guarded.pin(RIGHT)
    assert changed.view.person == guarded.person_of("cleo")
    assert [one.kind for one in changed.entries] == ["person.signed_out", "person.signed_in"]
    guarded.badge(ANNA)
    assert guarded.pin(RIGHT).view.product is not None, "her place waited for her"


def test_a_lock_of_the_bench_is_undone_by_badge_and_pin(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.pin(RIGHT)
    guarded.badge(CLEO)
    locked = guarded.answered(lambda: guarded.bench.command("LOCK"))
    assert (locked.feedback.code, locked.view.pin) == ("locked", None)
    assert guarded.badge(ANNA).feedback.code == "pin_asked"
    assert guarded.answered(lambda: guarded.bench.command("LOCK")).view.pin is None
    guarded.badge(ANNA)
    assert guarded.pin(RIGHT).feedback.code == "signed_in"


@pytest.mark.parametrize("code", ["HOME", "UNDO"])
def test_home_and_undo_give_the_pin_up(guarded: Guarded, code: str) -> None:
    guarded.start()
    guarded.badge(ANNA)
    told = guarded.answered(lambda: guarded.bench.command(code))
    assert (told.feedback.code, told.view.pin) == ("pin_dropped", None)


def test_another_scan_waits_for_the_pin(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    for text in (MAC, command("OPEN")):
        told = guarded.scan(text)
        assert (told.feedback.code, told.feedback.way_on) == ("pin_first", "type_pin")
        assert told.view.pin is not None
    assert guarded.pin(RIGHT).feedback.code == "signed_in"


def test_a_pin_is_waited_for_two_minutes(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.passes(timedelta(minutes=2))
    assert guarded.pin(WRONG).feedback.code == "pin_wrong"
    guarded.passes(timedelta(minutes=2, seconds=1))
    assert guarded.pin(RIGHT).feedback.code == "pin_expired"
    assert guarded.pin(RIGHT).feedback.code == "pin_not_asked"
    guarded.badge(ANNA)
    guarded.passes(timedelta(minutes=3))
    assert guarded.scan(MAC).feedback.code == "sign_in_first"


@pytest.mark.parametrize("text", ["25a0", "258", "123456789", ""])
def test_what_is_no_pin_is_not_tried(guarded: Guarded, text: str) -> None:
    guarded.start()
    guarded.badge(ANNA)
    told = guarded.pin(text)
    assert (told.feedback.code, told.entries) == ("pin_form", ())
    assert told.view.pin is not None
    assert guarded.pins.standing("anna").wrong == 0


def test_another_badge_can_be_typed_in_place_of_the_pin(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    told = guarded.pin(label_text(LabelKind.BADGE, CLEO))
    assert told.view.pin is not None
    assert told.view.pin.name == "Cleo"


def test_one_pin_is_checked_at_a_time_and_scans_go_on_meanwhile(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.hasher.go_on.clear()
    guarded.bench.pin(WRONG)
    guarded.hasher.begun.wait()
    assert guarded.pin(RIGHT).feedback.code == "pin_checking"
    assert guarded.scan(MAC).feedback.code == "pin_first"
    assert guarded.answered(guarded.hasher.go_on.set).feedback.code == "pin_wrong"
    assert guarded.pins.standing("anna").wrong == 1


@pytest.mark.parametrize("other", [BO, CLEO])
def test_a_right_pin_signs_nobody_in_who_is_not_asked_any_more(
    guarded: Guarded, other: str
) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.hasher.go_on.clear()
    guarded.bench.pin(RIGHT)
    guarded.hasher.begun.wait()
    guarded.badge(other)
    guarded.hasher.go_on.set()
    guarded.until_checked()
    assert guarded.told.codes()[-1] in {"pin_missing", "pin_asked"}
    assert "signed_in" not in guarded.told.codes()


def test_a_person_whom_the_register_lost_meanwhile_is_not_signed_in(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.bench.call(lambda _: guarded.desk.without("people", "anna")).result()
    told = guarded.pin(RIGHT)
    assert (told.feedback.code, told.view.person, told.view.pin) == ("pin_person_gone", None, None)


def test_what_is_checked_when_the_program_ends_counts_as_a_try(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.hasher.go_on.clear()
    guarded.bench.pin(RIGHT)
    guarded.hasher.begun.wait()
    threading.Thread(target=guarded.hasher.go_on.set).start()
    guarded.bench.stop()
    guarded.bench.pin(RIGHT)
    assert guarded.told.rescued == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_defect_while_a_pin_is_checked_lets_nobody_in(guarded: Guarded) -> None:
    guarded.hasher.broken = MemoryError()
    guarded.start()
    guarded.badge(ANNA)
    assert guarded.pin(RIGHT).feedback.code == "pin_wrong"


def test_a_defect_where_a_pin_is_taken_is_told_and_the_bench_goes_on(
    guarded: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded.start()
    guarded.badge(ANNA)

    def broken(person_id: str) -> None:
        raise RuntimeError(person_id)

    monkeypatch.setattr(guarded.pins, "begin", broken)
    guarded.bench.pin(RIGHT)
    guarded.told.until(lambda: bool(guarded.told.bugs))
    assert guarded.told.bugs[0][0].raw == b""
    assert guarded.scan(MAC).feedback.code == "pin_first"


def test_a_full_disk_holds_the_sign_in_up_and_loses_nothing(guarded: Guarded) -> None:
    failing = FailingStore(guarded.desk.store)
    guarded.start(store=failing)
    guarded.badge(ANNA)
    failing.errors.extend([DISK_FULL, DISK_FULL])
    told = guarded.pin(RIGHT)
    assert told.feedback.code == "signed_in"
    assert guarded.told.faults == ["disk_full", "disk_full"]


def test_a_pin_is_not_rescued_when_the_store_never_opens(desk: Desk, told: Told) -> None:
    guarded = Guarded(desk, told)

    def locked() -> Store:
        raise DISK_FULL

    bench = Bench(
        locked,
        desk.programmes,
        desk.clock,
        desk.ids,
        told.listeners(),
        pins=PinGate(guarded.pins, PinRequired.ALWAYS),
    )
    bench.pin(RIGHT)
    bench.submit(guarded.frame(RIGHT, KEYBOARD))
    bench.submit(guarded.frame(MAC))
    bench.start()
    bench.stop()
    assert [frame.raw for frame in told.rescued] == [MAC.encode()]


def test_a_bench_that_demands_no_pin_takes_none(desk: Desk, told: Told) -> None:
    bench = Bench(lambda: desk.store, desk.programmes, desk.clock, desk.ids, told.listeners())
    bench.start()
    bench.pin(RIGHT)
    bench.stop()
    assert told.outcomes == []
