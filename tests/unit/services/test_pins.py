"""PINs on a bench: counted before they are checked, locked through restarts and set clocks."""

import json
import logging
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data.pin_hashes import Argon2Hasher
from app.domain.pins import LockRules, lock_rules
from app.services.pins import Attempt, PinDesk, PinRefusedError, PinStanding
from tests.fixtures_store import SteppingClock

RIGHT, WRONG = "2580", "2581"
ANNA = "anna"
RULES = lock_rules(5, (1, 5, 15))
MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)
CHEAP = Argon2Hasher(time_cost=1, memory_kib=8, lanes=1)


class PlainHasher:
    """For thousands of tries."""

    def hash(self, pin: str) -> str:
        return f"hash of {pin}"

    def verify(self, kept: str, pin: str) -> bool:
        return kept == f"hash of {pin}"


@dataclass
class Secrets:
    """A vault in memory."""

    kept: dict[str, str] = field(default_factory=dict[str, str])

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, value: str) -> None:
        self.kept[name] = value


@dataclass
class Safe:
    """A bench's PINs, with a clock on the wall and seconds that only go forward."""

    secrets: Secrets = field(default_factory=Secrets)
    clock: SteppingClock = field(default_factory=SteppingClock)
    seconds: float = 100.0
    hasher: Argon2Hasher | PlainHasher = CHEAP
    rules: LockRules = RULES
    desk: PinDesk = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """The program ends and starts anew."""
        self.desk = PinDesk(
            lambda: self.secrets, self.hasher, self.rules, self.clock, lambda: self.seconds
        )

    def passes(self, time: timedelta) -> None:
        self.clock.moment += time
        self.seconds += time.total_seconds()

    def wrong(self, times: int) -> PinStanding | None:
        told = None
        for _ in range(times):
            told = self.desk.check(ANNA, WRONG)
        return told


@pytest.fixture
def safe() -> Safe:
    made = Safe()
    made.desk.keep(ANNA, made.desk.hashed(RIGHT))
    return made


def test_without_a_pin_nothing_is_right(safe: Safe) -> None:
    assert safe.desk.check("bo", RIGHT) == PinStanding(False, 0, 5, NOTHING)
    assert "pin:bo" not in safe.secrets.kept


def test_the_right_pin_is_right_and_a_wrong_one_counts(safe: Safe) -> None:
    assert safe.desk.check(ANNA, RIGHT) is None
    assert safe.desk.check(ANNA, WRONG) == PinStanding(True, 1, 4, NOTHING)
    assert safe.desk.standing(ANNA) == PinStanding(True, 1, 4, NOTHING)


def test_only_a_hash_lies_in_the_vault_and_nothing_shows_it(safe: Safe) -> None:
    text = safe.secrets.kept["pin:anna"]
    assert RIGHT not in text
    assert json.loads(text)["hash"].startswith("$argon2id$")
    begun = safe.desk.begin(ANNA)
    assert isinstance(begun, Attempt)
    assert "argon2" not in repr(begun)


def test_the_right_pin_makes_the_wrong_ones_forgotten(safe: Safe) -> None:
    safe.wrong(4)
    assert safe.desk.check(ANNA, RIGHT) is None
    assert safe.desk.standing(ANNA).tries_left == 5


def test_the_fifth_wrong_pin_locks_the_right_one_out_too(safe: Safe) -> None:
    told = safe.wrong(5)
    assert told == PinStanding(True, 5, 0, MINUTE)
    assert safe.desk.standing(ANNA).is_locked
    safe.passes(timedelta(seconds=59))
    assert safe.desk.check(ANNA, RIGHT) == PinStanding(True, 5, 0, timedelta(seconds=1))
    safe.passes(timedelta(seconds=1))
    assert safe.desk.check(ANNA, RIGHT) is None


@pytest.mark.parametrize(("more", "minutes"), [(1, 5), (2, 15), (3, 15)])
def test_each_lock_is_longer_up_to_the_last(safe: Safe, more: int, minutes: int) -> None:
    told = safe.wrong(5)
    for _ in range(more):
        assert told is not None
        safe.passes(told.wait)
        told = safe.wrong(1)
    assert told is not None
    assert told.wait == minutes * MINUTE


def test_a_try_that_was_never_checked_counts(safe: Safe) -> None:
    for _ in range(5):
        safe.desk.begin(ANNA)
        safe.restart()  # somebody cut the power each time
    assert safe.desk.standing(ANNA).is_locked


def test_a_restart_ends_no_lock(safe: Safe) -> None:
    safe.wrong(5)
    safe.passes(MINUTE / 2)
    safe.restart()
    assert safe.desk.standing(ANNA).wait == MINUTE / 2
    safe.passes(MINUTE / 4)
    assert safe.desk.standing(ANNA).wait == MINUTE / 4
    safe.passes(MINUTE / 4)
    assert not safe.desk.standing(ANNA).is_locked
    safe.restart()
    assert safe.desk.standing(ANNA).wait == NOTHING


def test_a_clock_set_forward_or_back_while_the_program_runs_changes_nothing(safe: Safe) -> None:
    safe.wrong(5)
    safe.clock.moment += timedelta(days=1)
    assert safe.desk.standing(ANNA).wait == MINUTE
    safe.clock.moment -= timedelta(days=2)
    safe.seconds += 40
    assert safe.desk.standing(ANNA).wait == timedelta(seconds=20)


def test_a_clock_set_back_between_two_starts_neither_ends_a_lock_nor_keeps_it_for_ever(
    safe: Safe,
) -> None:
    safe.wrong(5)
    safe.clock.moment -= timedelta(days=400)
    safe.restart()
    assert safe.desk.standing(ANNA).wait == MINUTE
    safe.passes(MINUTE / 2)
    safe.restart()
    assert safe.desk.standing(ANNA).wait == MINUTE / 2
    safe.passes(MINUTE / 2)
    assert safe.desk.check(ANNA, RIGHT) is None


def test_another_program_s_tries_count_here_too(safe: Safe) -> None:
    other = PinDesk(lambda: safe.secrets, CHEAP, RULES, safe.clock, lambda: 7.0)
    for _ in range(5):
        other.check(ANNA, WRONG)
    assert safe.desk.check(ANNA, RIGHT) == PinStanding(True, 5, 0, MINUTE)


def test_unlocking_lets_a_person_try_again_with_the_same_pin(safe: Safe) -> None:
    safe.wrong(5)
    safe.desk.unlock(ANNA)
    assert safe.desk.standing(ANNA) == PinStanding(True, 0, 5, NOTHING)
    assert safe.desk.check(ANNA, RIGHT) is None


def test_a_new_pin_takes_the_place_of_the_old_one_and_its_tries(safe: Safe) -> None:
    safe.wrong(5)
    safe.desk.keep(ANNA, safe.desk.hashed("1357"))
    assert safe.desk.check(ANNA, "1357") is None
    assert safe.desk.check(ANNA, RIGHT) is not None


def test_a_pin_that_was_changed_while_it_was_checked_lets_nobody_in(safe: Safe) -> None:
    begun = safe.desk.begin(ANNA)
    assert isinstance(begun, Attempt)
    safe.desk.keep(ANNA, safe.desk.hashed("1357"))
    assert safe.desk.settle(begun, right=True) is not None


def test_a_pin_can_be_taken_away(safe: Safe) -> None:
    safe.desk.forget(ANNA)
    assert not safe.desk.standing(ANNA).is_set
    assert safe.desk.check(ANNA, RIGHT) is not None


@pytest.mark.parametrize(
    ("pin", "code"), [("12a4", "pin_form"), ("471", "pin_form"), ("1111", "pin_easy")]
)
def test_a_pin_that_is_none_or_that_anybody_guesses_is_refused(
    safe: Safe, pin: str, code: str
) -> None:
    with pytest.raises(PinRefusedError) as refused:
        safe.desk.hashed(pin)
    assert refused.value.code == code
    assert pin not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        '{"hash": "x", "wrong": "many", "wait": 0, "since": null}',
        '{"hash": "x", "wrong": 0, "wait": 1e300, "since": null}',
        '{"hash": "x", "wrong": 0, "wait": 0, "since": "yesterday"}',
    ],
)
def test_what_cannot_be_read_in_the_vault_lets_nobody_in(
    safe: Safe, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    safe.secrets.kept["pin:anna"] = text
    assert safe.desk.standing(ANNA).is_set
    assert safe.desk.check(ANNA, RIGHT) is not None
    assert "cannot be read" in caplog.text


def test_a_wrong_pin_is_logged_without_its_digits(
    safe: Safe, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        safe.wrong(1)
    assert "a wrong PIN for anna, 1 in a row" in caplog.text
    assert WRONG not in caplog.text


# ----------------------------------------------------------------------
# Whatever the order
# ----------------------------------------------------------------------

ACTS = st.lists(
    st.one_of(
        st.sampled_from(("right", "wrong", "cut", "restart")),
        st.integers(0, 1200).map(lambda seconds: f"wait {seconds}"),
        st.integers(-9000, 0).map(lambda seconds: f"set {seconds}"),
    ),
    max_size=40,
)


@given(ACTS)
def test_a_locked_out_person_never_gets_in_before_the_time_is_over(acts: list[str]) -> None:
    """The clock is only ever set back, as somebody would who wants to be let in."""
    safe = Safe(hasher=PlainHasher(), rules=lock_rules(2, (1, 5)))
    safe.desk.keep(ANNA, safe.desk.hashed(RIGHT))
    wrong, shut_until = 0, 0.0
    for act in acts:
        verb, _, amount = act.partition(" ")
        match verb:
            case "right" | "wrong" | "cut":
                begun = safe.desk.begin(ANNA)
                if not isinstance(begun, Attempt):
                    continue
                assert safe.seconds >= shut_until
                wrong += 1
                shut_until = safe.seconds + safe.rules.wait_after(wrong).total_seconds()
                if verb != "cut":
                    told = safe.desk.settle(begun, right=verb == "right")
                    assert (told is None) is (verb == "right")
                if verb == "right":
                    wrong, shut_until = 0, 0.0
            case "wait":
                safe.passes(timedelta(seconds=int(amount)))
            case "set":
                safe.clock.moment += timedelta(seconds=int(amount))
            case _:
                safe.restart()
    safe.passes(timedelta(minutes=6) + timedelta(seconds=9000 * len(acts)))
    assert safe.desk.check(ANNA, RIGHT) is None, "every lock is over some day"
