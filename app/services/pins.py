"""PINs on this bench: kept as hashes in its vault, tried under a lock that outlives the program.

A PIN never leaves the bench: it is in no entry, no frame, no log and no register. What is kept of
it lies under ``pin:<person id>`` beside the count of wrong tries; a try is counted before it is
checked, so that ending the program in between gives none away.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final, Protocol

from app.domain.journal import instant_of, instant_text
from app.domain.pins import NO_TRIES, LockRules, Tries, is_easy, is_pin
from app.services.ports import Clock, Vault

log = logging.getLogger("repair_bench.pins")

_NOTHING: Final = timedelta(0)


class PinHasher(Protocol):
    """Turns a PIN into what may be kept of it; both calls are slow on purpose."""

    def hash(self, pin: str) -> str:
        """What may be kept."""
        ...

    def verify(self, kept: str, pin: str) -> bool:
        """Whether it is the PIN that this was made of; False for what no PIN was made into."""
        ...


class PinRefusedError(ValueError):
    """A PIN that cannot be set.

    Attributes:
        code: ``pin_form`` or ``pin_easy``; the text's key is ``feedback.<code>``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PinStanding:
    """How somebody stands with their PIN.

    Attributes:
        is_set: Whether they have one.
        wrong: Wrong tries since the last right one.
        tries_left: How many more may be wrong before the first lock.
        wait: How long they are locked out yet; nothing for not at all.
    """

    is_set: bool
    wrong: int
    tries_left: int
    wait: timedelta

    @property
    def is_locked(self) -> bool:
        """Whether no PIN is taken now, not even the right one."""
        return self.wait > _NOTHING


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try that is counted and not checked yet.

    Attributes:
        person_id: Whose PIN.
        kept: The hash that it is checked against.
    """

    person_id: str
    kept: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the vault says of a person.

    Attributes:
        hash: Of the PIN; empty for none.
        tries: The wrong ones.
    """

    hash: str = field(default="", repr=False)
    tries: Tries = NO_TRIES


class PinDesk:
    """Sets, tries, locks and unlocks PINs; only one thread at a time, the store's owner.

    Args:
        vault: Where they are kept, asked for anew each time: the store may not be open yet.
        hasher: Makes the hashes.
        rules: When it locks, and for how long.
        clock: The time of day, which is kept; somebody may set it.
        monotonic: Seconds that never run backwards, which count while the program runs.
    """

    def __init__(
        self,
        vault: Callable[[], Vault],
        hasher: PinHasher,
        rules: LockRules,
        clock: Clock,
        monotonic: Callable[[], float],
    ) -> None:
        self._vault = vault
        self._hasher = hasher
        self._rules = rules
        self._clock = clock
        self._monotonic = monotonic
        self._marks: dict[str, tuple[Tries, float]] = {}

    def standing(self, person_id: str) -> PinStanding:
        """How somebody stands now."""
        kept = self._read(person_id)
        return self._standing(person_id, kept)

    def begin(self, person_id: str) -> Attempt | PinStanding:
        """Count a try.

        Returns:
            What to check the PIN against; how the person stands where they have none, or are locked
            out, and nothing is counted.
        """
        kept = self._read(person_id)
        standing = self._standing(person_id, kept)
        if not standing.is_set or standing.is_locked:
            return standing
        self._write(
            person_id, replace(kept, tries=kept.tries.begun(self._rules, self._clock.now()))
        )
        return Attempt(person_id, kept.hash)

    def matches(self, attempt: Attempt, pin: str) -> bool:
        """Whether it is the PIN; slow, touches nothing, and may run in any thread."""
        return self._hasher.verify(attempt.kept, pin)

    def settle(self, attempt: Attempt, *, right: bool) -> PinStanding | None:
        """A try was checked.

        Returns:
            None where it was right and the PIN is still the same; else how the person stands.
        """
        kept = self._read(attempt.person_id)
        if right and kept.hash == attempt.kept:
            self._write(attempt.person_id, replace(kept, tries=NO_TRIES))
            return None
        standing = self._standing(attempt.person_id, kept)
        log.warning("a wrong PIN for %s, %s in a row", attempt.person_id, standing.wrong)
        return standing

    def check(self, person_id: str, pin: str) -> PinStanding | None:
        """Try a PIN and wait for the answer.

        Returns:
            None where it was right; else how the person stands.
        """
        begun = self.begin(person_id)
        if isinstance(begun, PinStanding):
            return begun
        return self.settle(begun, right=self.matches(begun, pin))

    def hashed(self, pin: str) -> str:
        """What may be kept of a new PIN; slow, and may run in any thread.

        Raises:
            PinRefusedError: It is none, or anybody would guess it.
        """
        if not is_pin(pin):
            raise PinRefusedError("pin_form")
        if is_easy(pin):
            raise PinRefusedError("pin_easy")
        return self._hasher.hash(pin)

    def keep(self, person_id: str, hashed: str) -> None:
        """Set somebody's PIN; what was tried before counts no more."""
        self._write(person_id, _Kept(hashed))

    def forget(self, person_id: str) -> None:
        """Take somebody's PIN away."""
        self._write(person_id, _Kept())

    def unlock(self, person_id: str) -> None:
        """Let somebody try again at once; who may say so is the caller's to know."""
        self._write(person_id, replace(self._read(person_id), tries=NO_TRIES))

    # ------------------------------------------------------------------
    # Time
    # ------------------------------------------------------------------

    def _standing(self, person_id: str, kept: _Kept) -> PinStanding:
        tries = kept.tries
        wait = self._wait(person_id, kept) if tries.wait else _NOTHING
        return PinStanding(bool(kept.hash), tries.wrong, tries.remaining(self._rules), wait)

    def _wait(self, person_id: str, kept: _Kept) -> timedelta:
        """How long is left of a lock: by the seconds of this run, at first by the time of day.

        What is left then is written anew as of now: from there on it is counted by the seconds of
        this run, and a clock that was set back since does not make it longer for ever.
        """
        tries, now = kept.tries, self._clock.now()
        marked, since = self._marks.get(person_id, (NO_TRIES, 0.0))
        if marked == tries:
            return tries.left(timedelta(seconds=self._monotonic() - since))
        left = tries.left(now - (tries.since or now))
        if left:
            self._write(person_id, replace(kept, tries=tries.restarted(now, left)))
        return left

    # ------------------------------------------------------------------
    # The vault
    # ------------------------------------------------------------------

    def _read(self, person_id: str) -> _Kept:
        return _kept_of(self._vault().get(_name(person_id)))

    def _write(self, person_id: str, kept: _Kept) -> None:
        self._vault().set(_name(person_id), _text_of(kept))
        self._marks[person_id] = (kept.tries, self._monotonic())


def _name(person_id: str) -> str:
    return f"pin:{person_id}"


_BROKEN: Final = _Kept("!")
"""A record that cannot be read: no PIN fits it, so nobody gets in by it."""


def _text_of(kept: _Kept) -> str:
    since = kept.tries.since
    record: dict[str, Any] = {
        "hash": kept.hash,
        "wrong": kept.tries.wrong,
        "wait": int(kept.tries.wait / timedelta(microseconds=1)),
        "since": instant_text(since) if since is not None else None,
    }
    return json.dumps(record)


def _kept_of(text: str | None) -> _Kept:
    if not text:
        return _Kept()
    try:
        record: dict[str, Any] = json.loads(text)
        since = instant_of(record["since"]) if record["since"] is not None else None
        wait = timedelta(microseconds=int(record["wait"]))
        return _Kept(str(record["hash"]), Tries(int(record["wrong"]), wait, since))
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        log.error("what is kept of a PIN cannot be read: %s", type(error).__name__)  # noqa: TRY400 - a traceback quotes it
        return _BROKEN
