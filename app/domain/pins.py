"""PINs: who needs one, what one looks like, and how long too many wrong ones lock a person out.

Pure: how much time has passed is the caller's to say, for clocks can be set.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from app.domain.people import Role


class PinRequired(StrEnum):
    """Of whom the organisation demands a PIN beside the badge."""

    NEVER = "never"
    LEAD = "lead"
    ALWAYS = "always"

    def demands(self, role: Role) -> bool:
        """Whether somebody of this role needs one."""
        return self is PinRequired.ALWAYS or (self is PinRequired.LEAD and role is Role.LEAD)


FEWEST_DIGITS: Final = 4
MOST_DIGITS: Final = 8
_PIN: Final = re.compile(rf"[0-9]{{{FEWEST_DIGITS},{MOST_DIGITS}}}")
_NONE: Final = timedelta(0)


def is_pin(text: str) -> bool:
    """Whether a text has the form of a PIN: 4 to 8 digits.

    >>> is_pin("0471"), is_pin("471"), is_pin("٠٤٧١")
    (True, False, False)
    """
    return _PIN.fullmatch(text) is not None


def is_easy(pin: str) -> bool:
    """Whether a PIN is among the first that anybody tries: one digit throughout, or a straight run.

    >>> is_easy("1111"), is_easy("4321"), is_easy("1357")
    (True, True, False)
    """
    steps = {int(right) - int(left) for left, right in pairwise(pin)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


class PinPurpose(StrEnum):
    """What a PIN is asked for."""

    SIGN_IN = "sign_in"
    SIGN = "sign"
    """To sign the repair in hand."""
    CONFIRM = "confirm"
    """To confirm what somebody else typed off a display; it waits no longer than that value."""
    CHOOSE = "choose"
    """There is none yet, and a lead is there: a new one."""
    REPEAT = "repeat"
    """The new one once more."""


@dataclass(frozen=True, slots=True)
class PinWait:
    """A badge was scanned, and its PIN is asked for; or it is locked out, and a lead may end that.

    Attributes:
        person_id: Whose.
        name: Their name.
        until: When it is given up, UTC.
        purpose: What for.
    """

    person_id: str
    name: str
    until: datetime
    purpose: PinPurpose = PinPurpose.SIGN_IN

    @property
    def is_new(self) -> bool:
        """Whether it is one that is being chosen."""
        return self.purpose in {PinPurpose.CHOOSE, PinPurpose.REPEAT}


@dataclass(frozen=True, slots=True)
class LockRules:
    """When wrong PINs lock somebody out, and for how long.

    Attributes:
        tries: How many in a row; the last of them locks.
        waits: How long the first lock lasts, the next one, and so on; the last holds from then on.
    """

    tries: int
    waits: tuple[timedelta, ...]

    def wait_after(self, wrong: int) -> timedelta:
        """How long to wait after so many wrong ones in a row.

        After the first lock every wrong one locks again.
        """
        locks = wrong - self.tries
        return self.waits[min(locks, len(self.waits) - 1)] if locks >= 0 else _NONE


def lock_rules(tries: int, minutes: Sequence[int]) -> LockRules:
    """The rules from their figures.

    Raises:
        ValueError: They would never lock anybody out, or never shut.
    """
    if tries < 1 or not minutes or min(minutes) < 1 or list(minutes) != sorted(minutes):
        raise ValueError(f"{tries} tries, {list(minutes)} minutes")
    return LockRules(tries, tuple(timedelta(minutes=one) for one in minutes))


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries since the last right one.

    Attributes:
        wrong: How many were begun, and not found right.
        wait: How long the person was locked out from `since` on; nothing for not at all.
        since: When that was, UTC, by the bench's clock.
    """

    wrong: int = 0
    wait: timedelta = _NONE
    since: datetime | None = None

    def left(self, passed: timedelta) -> timedelta:
        """How long the person still has to wait.

        Args:
            passed: The time since `since`. Less than nothing is a clock that was set back: nothing
                of the wait is over then.
        """
        return max(_NONE, self.wait - max(_NONE, passed))

    def begun(self, rules: LockRules, now: datetime) -> "Tries":
        """One more try: it counts as wrong until it is found right, so that none is for nothing."""
        wrong = self.wrong + 1
        wait = rules.wait_after(wrong)
        return Tries(wrong, wait, now if wait else None)

    def restarted(self, now: datetime, left: timedelta) -> "Tries":
        """The same lock with what is left of it counted from now."""
        return replace(self, wait=left, since=now)

    def remaining(self, rules: LockRules) -> int:
        """How many more may be wrong before the first lock."""
        return max(0, rules.tries - self.wrong)


NO_TRIES: Final = Tries()
"""Nothing was tried since the last right one."""
