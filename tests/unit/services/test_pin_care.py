"""PINs beside the window: who acts proves it, a lead sets and unlocks, all change their own."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from app.data.pin_hashes import Argon2Hasher
from app.data.vault import DatabaseVault
from app.domain.pins import PinRequired, lock_rules
from app.services.pin_care import PinAct, PinProof, PinWanted, change_pin
from app.services.pins import PinDesk
from app.services.views import Feedback
from tests.unit.services.desk import ANNA, BO, CLEO, Desk

RIGHT, WRONG, NEW = "2580", "2581", "1357"


@dataclass
class Counter:
    """A bench's PINs, and whoever types at the command line."""

    desk: Desk
    typed: str = RIGHT
    asked: list[str] = field(default_factory=list[str])
    pins: PinDesk = field(init=False)

    def __post_init__(self) -> None:
        clock = self.desk.clock
        self.pins = PinDesk(
            lambda: DatabaseVault(self.desk.store.database),
            Argon2Hasher(1, 8, 1),
            lock_rules(2, (1,)),
            clock,
            self._seconds,
        )

    def _seconds(self) -> float:
        return self.desk.clock.moment.timestamp()

    def set(self, *people: str) -> None:
        for one in people:
            self.pins.keep(one, self.pins.hashed(RIGHT))

    def _ask(self, name: str) -> str:
        self.asked.append(name)
        return self.typed

    def gap(self, badge: str, required: PinRequired, *, of_pins: bool = False) -> str:
        proof = PinProof(self.desk.store, self.pins, required, self.desk.clock, self._ask)
        told = proof.gap(badge, of_pins=of_pins)
        return told.code if isinstance(told, Feedback) else ""

    def do(self, act: PinAct, named: str, badge: str, pin: str = NEW) -> str:
        done = change_pin(self.desk.store, self.pins, PinWanted(act, named, badge, pin))
        assert bool(done.entries) is (done.feedback.tone.value == "accepted")
        self.kinds = [(one.kind, one.subject, one.actor, one.payload) for one in done.entries]
        return done.feedback.code


@pytest.fixture
def counter(desk: Desk) -> Counter:
    return Counter(desk)


@pytest.mark.parametrize(
    ("badge", "required", "asked"),
    [
        (ANNA, PinRequired.NEVER, []),
        (CLEO, PinRequired.NEVER, []),
        (ANNA, PinRequired.LEAD, []),
        (CLEO, PinRequired.LEAD, ["Cleo"]),
        (ANNA, PinRequired.ALWAYS, ["Anna"]),
        ("9", PinRequired.ALWAYS, []),
    ],
)
def test_a_pin_is_asked_of_whom_one_is_demanded(
    counter: Counter, badge: str, required: PinRequired, asked: list[str]
) -> None:
    counter.set("anna", "cleo")
    assert counter.gap(badge, required) == ""
    assert counter.asked == asked


def test_a_wrong_pin_stops_and_locks(counter: Counter) -> None:
    counter.set("anna")
    counter.typed = WRONG
    assert counter.gap(ANNA, PinRequired.ALWAYS) == "pin_wrong"
    assert counter.gap(ANNA, PinRequired.ALWAYS) == "pin_locked"
    counter.typed = RIGHT
    assert counter.gap(ANNA, PinRequired.ALWAYS) == "pin_locked"
    assert counter.asked == ["Anna", "Anna"], "who is locked out is not asked"
    counter.desk.clock.moment += timedelta(minutes=1)
    assert counter.gap(ANNA, PinRequired.ALWAYS) == ""


def test_without_a_pin_nobody_acts_where_one_is_demanded(counter: Counter) -> None:
    assert counter.gap(ANNA, PinRequired.ALWAYS) == "pin_missing"


def test_to_change_pins_whoever_has_one_proves_it_whatever_is_demanded(counter: Counter) -> None:
    assert counter.gap(CLEO, PinRequired.ALWAYS, of_pins=True) == "", "a lead has to begin"
    counter.set("cleo")
    counter.typed = WRONG
    assert counter.gap(CLEO, PinRequired.NEVER, of_pins=True) == "pin_wrong"


def test_a_lead_sets_a_pin_and_the_journal_says_only_that(counter: Counter) -> None:
    assert counter.do(PinAct.SET, "anna", CLEO) == "pin_set"
    assert counter.kinds == [("person.pin_set", "person:anna", "person:cleo", {})]
    assert counter.pins.check("anna", NEW) is None
    assert NEW not in repr(PinWanted(PinAct.SET, "anna", CLEO, NEW))


def test_a_lead_unlocks_and_takes_away(counter: Counter) -> None:
    counter.set("anna")
    for _ in range(2):
        counter.pins.check("anna", WRONG)
    assert counter.pins.standing("anna").is_locked
    assert counter.do(PinAct.UNLOCK, ANNA, CLEO) == "pin_unlocked"
    assert counter.kinds[0][0] == "person.pin_unlocked"
    assert counter.pins.check("anna", RIGHT) is None
    assert counter.do(PinAct.FORGET, "anna", CLEO) == "pin_forgotten"
    assert not counter.pins.standing("anna").is_set


def test_whoever_has_a_pin_changes_their_own_and_nobody_else_s(counter: Counter) -> None:
    counter.set("anna", "bo")
    assert counter.do(PinAct.SET, "anna", ANNA) == "pin_set"
    assert counter.do(PinAct.SET, "bo", ANNA) == "people_lead_only"
    assert counter.do(PinAct.UNLOCK, "anna", ANNA) == "people_lead_only"
    assert counter.do(PinAct.FORGET, "anna", ANNA) == "people_lead_only"
    assert counter.pins.check("bo", RIGHT) is None


def test_a_first_pin_is_a_lead_s_to_give(counter: Counter) -> None:
    assert counter.do(PinAct.SET, "bo", BO) == "people_lead_only"
    assert counter.do(PinAct.SET, "cleo", CLEO) == "pin_set"


@pytest.mark.parametrize(
    ("named", "badge", "pin", "code"),
    [
        ("nobody", CLEO, NEW, "person_unknown"),
        ("anna", "9", NEW, "badge_unknown"),
        ("anna", CLEO, "12", "pin_form"),
        ("anna", CLEO, "1111", "pin_easy"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    counter: Counter, named: str, badge: str, pin: str, code: str
) -> None:
    assert counter.do(PinAct.SET, named, badge, pin) == code
    assert not counter.pins.standing("anna").is_set
