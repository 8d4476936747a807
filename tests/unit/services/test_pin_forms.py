"""The forms of PINs: who proves theirs, what is wrong with a new one, what the journal says."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from app.data.pin_hashes import Argon2Hasher
from app.data.vault import DatabaseVault
from app.domain.pins import lock_rules
from app.services.form_pins import PinForms, PinTask
from app.services.form_sight import (
    FormAsk,
    FormKind,
    FormOrder,
    OpenedForm,
    RefusedForm,
    SavedForm,
)
from app.services.people_desk import PersonFields, change_person, remove_person
from app.services.pins import PinDesk
from tests.unit.services.desk import BO, CLEO, Desk
from tests.unit.services.form_desk import ask_for, save, wrong

OWN, WRONG, NEW = "2580", "2581", "1357"
SET, FORGET = FormKind.PERSON_PIN, FormKind.PERSON_PIN_FORGET


@dataclass
class PinWindow:
    """A window in which a lead sets PINs; what a thread of its own does is done at once."""

    desk: Desk
    pins: PinDesk = field(init=False)
    forms: PinForms = field(init=False)

    def __post_init__(self) -> None:
        clock = self.desk.clock
        self.pins = PinDesk(
            lambda: DatabaseVault(self.desk.store.database),
            Argon2Hasher(1, 8, 1),
            lock_rules(2, (1,)),
            clock,
            self._seconds,
        )
        self.forms = PinForms(self.pins, clock)

    def _seconds(self) -> float:
        return self.desk.clock.moment.timestamp()

    def give(self, key: str) -> None:
        self.pins.keep(key, self.pins.hashed(OWN))

    def asked(self, kind: FormKind, key: str, who: str = "cleo") -> OpenedForm | RefusedForm:
        return self.forms.opened(ask_for(self.desk, FormAsk(kind, key), who), who)

    def opened(self, kind: FormKind, key: str) -> OpenedForm:
        form = self.asked(kind, key)
        assert isinstance(form, OpenedForm)
        return form

    def begun(self, kind: FormKind, key: str, who: str = "cleo", **typed: str) -> PinTask:
        task = self.forms.begin(self.desk.store, order(kind, key, who, **typed))
        assert isinstance(task, PinTask)
        return task

    def save(self, kind: FormKind, key: str, who: str = "cleo", /, **typed: str) -> SavedForm:
        task = self.forms.begin(self.desk.store, order(kind, key, who, **typed))
        if isinstance(task, SavedForm):
            return task
        return self.forms.settle(self.desk.store, self.forms.check(task))

    def told(self, key: str) -> list[tuple[str, str, object]]:
        with self.desk.store.reading() as reader:
            timeline = reader.timeline(f"person:{key}")
        return [(one.kind, one.actor, one.payload) for one in timeline]


def order(kind: FormKind, key: str, who: str, **typed: str) -> FormOrder:
    return FormOrder(FormAsk(kind, key), who, tuple(typed.items()))


def twice(pin: str) -> dict[str, str]:
    return {"new_pin": pin, "pin_again": pin}


@pytest.fixture
def window(desk: Desk) -> PinWindow:
    return PinWindow(desk)


# ----------------------------------------------------------------------
# Opened
# ----------------------------------------------------------------------


def test_a_lead_s_own_pin_is_asked_where_they_have_one(window: PinWindow) -> None:
    names = [one.name for one in window.opened(SET, "anna").fields]
    assert names == ["new_pin", "pin_again"]
    window.give("cleo")
    form = window.opened(SET, "anna")
    assert form.values == (("own_pin", ""), ("new_pin", ""), ("pin_again", ""))
    assert form.subject == "Anna"


def test_a_pin_that_is_not_there_is_not_deleted(window: PinWindow) -> None:
    form = window.asked(FORGET, "anna")
    assert isinstance(form, RefusedForm)
    assert form.feedback.code == "pin_none"
    window.give("anna")
    assert window.opened(FORGET, "anna").fields == ()


@pytest.mark.parametrize(
    ("key", "who", "code"), [("anna", "bo", "people_lead_only"), ("no", "cleo", "person_unknown")]
)
def test_only_a_lead_is_given_the_form_of_somebody_s_pin(
    window: PinWindow, key: str, who: str, code: str
) -> None:
    form = window.asked(SET, key, who)
    assert isinstance(form, RefusedForm)
    assert form.feedback.code == code


# ----------------------------------------------------------------------
# Saved
# ----------------------------------------------------------------------


def test_a_pin_is_set_and_the_journal_says_only_that(window: PinWindow) -> None:
    done = window.save(SET, "anna", **twice(NEW))
    assert (done.feedback.code, done.problems) == ("pin_set", ())
    assert window.pins.check("anna", NEW) is None
    assert window.told("anna") == [("person.pin_set", "person:cleo", {})]


def test_a_pin_is_deleted(window: PinWindow) -> None:
    window.give("anna")
    assert window.save(FORGET, "anna").feedback.code == "pin_forgotten"
    assert not window.pins.standing("anna").is_set
    assert window.told("anna") == [("person.pin_forgotten", "person:cleo", {})]


def test_a_lead_with_a_pin_proves_it_first(window: PinWindow) -> None:
    window.give("cleo")
    done = window.save(SET, "anna", own_pin=WRONG, **twice(NEW))
    assert wrong(done) == [("own_pin", "pin_wrong")]
    assert not window.pins.standing("anna").is_set
    assert window.told("anna") == []
    assert wrong(window.save(SET, "anna", own_pin=OWN, **twice(NEW))) == []
    assert window.pins.standing("cleo").wrong == 0


def test_wrong_ones_count_towards_the_lock_of_the_lead(window: PinWindow) -> None:
    window.give("cleo")
    for code in ("pin_wrong", "pin_locked", "pin_locked"):
        done = window.save(SET, "anna", own_pin=WRONG, **twice(NEW))
        assert wrong(done) == [("own_pin", code)]
    window.desk.clock.moment += timedelta(minutes=1)
    assert wrong(window.save(SET, "anna", own_pin=OWN, **twice(NEW))) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, [("new_pin", "form_needed"), ("pin_again", "form_needed")]),
        (twice("12"), [("new_pin", "pin_form")]),
        (twice("4711x"), [("new_pin", "pin_form")]),
        (twice("1234"), [("new_pin", "pin_easy")]),
        ({"new_pin": NEW, "pin_again": OWN}, [("pin_again", "pins_differ")]),
    ],
)
def test_what_is_wrong_with_a_new_pin_is_told_at_its_field_and_costs_no_try(
    window: PinWindow, typed: dict[str, str], told: list[tuple[str, str]]
) -> None:
    window.give("cleo")
    assert wrong(window.save(SET, "anna", own_pin=OWN, **typed)) == told
    assert window.pins.standing("cleo").wrong == 0


def test_without_their_own_pin_a_lead_who_has_one_changes_none(window: PinWindow) -> None:
    window.give("cleo")
    assert wrong(window.save(SET, "anna", **twice(NEW))) == [("own_pin", "form_needed")]
    assert not window.pins.standing("anna").is_set


def test_whoever_is_no_lead_any_more_sets_no_pin(window: PinWindow) -> None:
    done = window.save(SET, "anna", "bo", **twice(NEW))
    assert wrong(done) == [("", "people_lead_only")]


def test_what_changed_while_it_was_checked_is_told_and_nothing_is_kept(window: PinWindow) -> None:
    checked = window.forms.check(window.begun(SET, "bo", **twice(NEW)))
    with window.desk.store.writing() as tx:
        assert remove_person(tx, BO, badge=CLEO).entries
    assert wrong(window.forms.settle(window.desk.store, checked)) == [("", "person_unknown")]
    checked = window.forms.check(window.begun(SET, "anna", **twice(NEW)))
    save(window.desk, FormKind.PERSON_CHANGE, "anna", role="lead")
    with window.desk.store.writing() as tx:
        assert change_person(tx, CLEO, PersonFields(badge="2003"), badge=CLEO).entries
    assert wrong(window.forms.settle(window.desk.store, checked)) == [("", "badge_unknown")]
    assert not window.pins.standing("anna").is_set


def test_no_pin_is_in_what_is_handed_on(window: PinWindow) -> None:
    window.give("cleo")
    task = window.begun(SET, "anna", own_pin=OWN, **twice(NEW))
    checked = window.forms.check(task)
    done = window.forms.settle(window.desk.store, checked)
    for one in (task, checked, done):
        assert OWN not in repr(one)
        assert NEW not in repr(one)
        assert "argon2" not in repr(one)
