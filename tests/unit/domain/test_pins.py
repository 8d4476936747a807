"""PINs: their form, who needs one, and how long wrong ones lock."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.people import Role
from app.domain.pins import NO_TRIES, LockRules, PinRequired, is_easy, is_pin, lock_rules

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RULES = lock_rules(5, (1, 5, 15))
MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("0471", True),
        ("04718293", True),
        ("047", False),
        ("047182934", False),
        ("", False),
        ("04a1", False),
        ("0471\n", False),
        (" 0471", False),
        ("٠٤٧١", False),
        ("-471", False),
    ],
)
def test_a_pin_is_four_to_eight_digits(text: str, *, good: bool) -> None:
    assert is_pin(text) is good


@pytest.mark.parametrize(
    ("pin", "easy"),
    [
        ("0000", True),
        ("99999999", True),
        ("1234", True),
        ("98765", True),
        ("0123", True),
        ("7890", False),
        ("1235", False),
        ("2468", False),
        ("1212", False),
    ],
)
def test_one_digit_throughout_and_a_straight_run_are_easy(pin: str, *, easy: bool) -> None:
    assert is_easy(pin) is easy


@pytest.mark.parametrize(
    ("required", "technician", "lead"),
    [
        (PinRequired.NEVER, False, False),
        (PinRequired.LEAD, False, True),
        (PinRequired.ALWAYS, True, True),
    ],
)
def test_of_whom_a_pin_is_demanded(required: PinRequired, *, technician: bool, lead: bool) -> None:
    assert required.demands(Role.TECHNICIAN) is technician
    assert required.demands(Role.LEAD) is lead


@pytest.mark.parametrize(
    ("wrong", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 5), (7, 15), (8, 15), (1000, 15)]
)
def test_the_fifth_wrong_pin_locks_and_each_later_one_for_longer(wrong: int, minutes: int) -> None:
    assert RULES.wait_after(wrong) == minutes * MINUTE


@pytest.mark.parametrize(
    ("tries", "minutes"), [(0, (1,)), (-1, (1,)), (5, ()), (5, (0, 5)), (5, (5, 1))]
)
def test_figures_that_never_lock_are_refused(tries: int, minutes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="tries"):
        lock_rules(tries, minutes)


def test_the_figures_become_rules() -> None:
    assert lock_rules(1, (2, 2)) == LockRules(1, (2 * MINUTE, 2 * MINUTE))


def test_each_try_counts_and_the_last_locks_from_when_it_was_made() -> None:
    tries = NO_TRIES
    for made in range(1, 5):
        tries = tries.begun(RULES, NOW)
        assert (tries.wrong, tries.wait, tries.since) == (made, NOTHING, None)
        assert tries.remaining(RULES) == 5 - made
    tries = tries.begun(RULES, NOW)
    assert (tries.wrong, tries.wait, tries.since) == (5, MINUTE, NOW)
    assert tries.begun(RULES, NOW).remaining(RULES) == 0


def test_a_lock_ends_when_its_time_has_passed_and_a_clock_set_back_ends_nothing() -> None:
    locked = LockRules(1, (MINUTE,))
    tries = NO_TRIES.begun(locked, NOW)
    assert tries.left(timedelta(seconds=59)) == timedelta(seconds=1)
    assert tries.left(MINUTE) == NOTHING
    assert tries.left(timedelta(days=-400)) == MINUTE


def test_a_lock_can_be_counted_from_now() -> None:
    tries = NO_TRIES.begun(LockRules(1, (MINUTE,)), NOW).restarted(NOW - MINUTE, MINUTE / 2)
    assert (tries.wrong, tries.wait, tries.since) == (1, MINUTE / 2, NOW - MINUTE)
