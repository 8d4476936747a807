"""PINs at the bench: what is typed is checked beside the store thread, and recorded nowhere.

Hashing takes a tenth of a second on purpose, so a thread of its own does it; one at a time, or many
tries at once would outrun the lock (docs/adr/0023).
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.frames import DeviceRole, Frame
from app.domain.journal import Draft
from app.domain.pins import PinPurpose, PinRequired, PinWait, is_easy, is_pin
from app.services.answering import accepted, asked, refused
from app.services.asking_pin import (
    CHECKING,
    EXPIRED,
    PIN_SET,
    UNLOCKED,
    choosing,
    lead_here,
    no_longer_asked,
    not_right,
    waiting_pin,
)
from app.services.finishing import sign
from app.services.handling import Recorded
from app.services.pins import Attempt, PinDesk, PinStanding
from app.services.ports import Reader, Store
from app.services.session import Answer, Rules, Session
from app.services.signing_in import arrive
from app.services.typing_in import confirmed

log = logging.getLogger("repair_bench.pins")

RulesOf = Callable[[Reader], Rules]


@dataclass(frozen=True, slots=True)
class Checked:
    """A PIN was checked.

    Attributes:
        attempt: The try.
        right: Whether it was the PIN.
        hashed: What may be kept of a new PIN, where it was no try.
    """

    attempt: Attempt
    right: bool
    hashed: str = field(default="", repr=False)


class PinGate:
    """Stands between a badge and the sign-in; used by the store thread.

    Args:
        desk: The bench's PINs.
        required: Of whom one is demanded.

    Attributes:
        required: Of whom one is demanded.
    """

    def __init__(self, desk: PinDesk, required: PinRequired) -> None:
        self.required = required
        self._desk = desk
        self._checking: threading.Thread | None = None
        self._chosen = ""

    def secret_in(self, session: Session, frame: Frame) -> str | None:
        """The PIN in a frame that must not be recorded; None where it is none.

        It may come before the window has hidden what is typed, or from a scanner's own keys. Where
        nobody is signed in, digits are nothing else.
        """
        text = frame.raw.strip().decode("ascii", errors="replace")
        plain = frame.role is DeviceRole.SCANNER and frame.fault is None and is_pin(text)
        early = self.required is not PinRequired.NEVER and session.person_id is None
        return text if plain and (early or session.pin is not None) else None

    def admit(self, store: Store, recorded: Recorded, before: Session) -> Recorded:
        """After a badge: whoever has no PIN, or is locked out, is not asked for one.

        Raises:
            StoreFaultError: The environment failed; it may be tried again.
        """
        answer, rules = recorded.answer, recorded.rules
        for entry in answer.entries:
            if entry.kind == UNLOCKED:
                self._desk.unlock(entry.subject.removeprefix("person:"))
        wait = answer.session.pin
        if wait is None or wait == before.pin:
            return recorded
        standing = self._desk.standing(wait.person_id)
        if standing.is_set and not standing.is_locked:
            return recorded
        with store.reading() as reader:
            told = not_right(reader, answer.session, wait, standing, rules)
        return replace(recorded, answer=replace(told, entries=answer.entries))

    def take(
        self,
        store: Store,
        session: Session,
        pin: str,
        rules_of: RulesOf,
        done: Callable[[Checked], None],
    ) -> Recorded | None:
        """A PIN was typed: count the try and begin to check it.

        Args:
            store: The local store.
            session: The bench's place.
            pin: What was typed.
            rules_of: What to judge by.
            done: Is called in another thread when it is checked; then comes `settle`.

        Returns:
            None where it is being checked; else what to tell, for nothing was counted.

        Raises:
            StoreFaultError: The environment failed; nothing was counted.
        """
        with store.reading() as reader:
            rules = rules_of(reader)
        wait = waiting_pin(session, rules.now)
        if wait is None:
            return Recorded(no_longer_asked(session), rules)
        if not is_pin(pin):
            return Recorded(Answer(session, refused("pin_form", way_on="type_pin")), rules)
        if self._checking is not None:
            return Recorded(Answer(session, CHECKING), rules)
        if wait.is_new:
            return self._choose(session, wait, pin, rules, done)
        begun = self._desk.begin(wait.person_id)
        if isinstance(begun, PinStanding):
            return self._refused(store, session, wait, begun, rules_of)
        self._check(begun, pin, done)
        return None

    def _choose(
        self,
        session: Session,
        wait: PinWait,
        pin: str,
        rules: Rules,
        done: Callable[[Checked], None],
    ) -> Recorded | None:
        """A new PIN was typed: it is asked for once more, then hashed."""
        first, self._chosen = self._chosen, ""
        if is_easy(pin):
            easy = refused("pin_easy", way_on="choose_pin")
            return Recorded(choosing(session, wait, rules, easy), rules)
        if wait.purpose is PinPurpose.CHOOSE:
            self._chosen = pin
            again = asked("pin_repeat", way_on="repeat_pin", person=wait.name)
            told = choosing(session, wait, rules, again, PinPurpose.REPEAT)
            return Recorded(told, rules)
        if pin != first:
            differ = refused("pins_differ", way_on="choose_pin")
            return Recorded(choosing(session, wait, rules, differ), rules)
        new = Attempt(wait.person_id, "")
        self._beside(lambda: Checked(new, right=False, hashed=self._desk.hashed(pin)), new, done)
        return None

    def _check(self, attempt: Attempt, pin: str, done: Callable[[Checked], None]) -> None:
        self._beside(lambda: Checked(attempt, self._desk.matches(attempt, pin)), attempt, done)

    def _beside(
        self, work: Callable[[], Checked], attempt: Attempt, done: Callable[[Checked], None]
    ) -> None:
        def check() -> None:
            checked = Checked(attempt, right=False)
            try:
                checked = work()
            finally:  # a defect goes to the crash report, and lets nobody in
                done(checked)

        self._checking = threading.Thread(target=check, name="pin")
        self._checking.start()

    def settle(
        self, store: Store, session: Session, checked: Checked, rules_of: RulesOf
    ) -> Recorded | None:
        """A PIN was checked: do what it was asked for, or say that it was wrong.

        Returns:
            None where nobody waits for it any more.

        Raises:
            StoreFaultError: The environment failed; it may be tried again.
        """
        self.stop()
        if checked.hashed:
            return self._set(store, session, checked, rules_of)
        standing = self._desk.settle(checked.attempt, right=checked.right)
        wait = session.pin
        if wait is None or wait.person_id != checked.attempt.person_id:
            return None
        if standing is None:
            return self._arrived(store, session, wait, rules_of)
        return self._refused(store, session, wait, standing, rules_of)

    def _set(
        self, store: Store, session: Session, checked: Checked, rules_of: RulesOf
    ) -> Recorded | None:
        """Keep a new PIN, unless the lead in whose presence it was chosen has gone."""
        wait, person_id = session.pin, checked.attempt.person_id
        if wait is None or wait.person_id != person_id:
            return None
        with store.writing() as tx:
            rules, lead = rules_of(tx), lead_here(tx, session)
            over = replace(session, pin=None)
            if lead is None:
                return Recorded(Answer(over, EXPIRED), rules)
            draft = Draft(PIN_SET, f"person:{person_id}", f"person:{lead.id}", {})
            told = accepted("pin_set", person=wait.name, way_on="scan_badge")
            answer = Answer(over, told, (tx.append(draft),))
        self._desk.keep(person_id, checked.hashed)
        return Recorded(answer, replace(rules, now=_latest(rules.now, answer)))

    @staticmethod
    def _refused(
        store: Store, session: Session, wait: PinWait, standing: PinStanding, rules_of: RulesOf
    ) -> Recorded:
        with store.reading() as reader:
            rules = rules_of(reader)
            return Recorded(not_right(reader, session, wait, standing, rules), rules)

    @staticmethod
    def _arrived(store: Store, session: Session, wait: PinWait, rules_of: RulesOf) -> Recorded:
        over = replace(session, pin=None)
        with store.writing() as tx:
            rules = rules_of(tx)
            person = tx.person(wait.person_id)
            if person is None:  # the register has lost them since the badge
                gone = refused("pin_person_gone", way_on="ask_lead", person=wait.name)
                return Recorded(Answer(over, gone), rules)
            repair = tx.repair(session.repair_id or "") if wait.purpose is PinPurpose.SIGN else None
            if wait.purpose is PinPurpose.CONFIRM:
                answer = confirmed(tx, over, person, rules)
            elif repair is not None:
                answer = sign(tx, over, repair, person.badge)
            else:
                answer = arrive(tx, over, person, rules)
        return Recorded(answer, replace(rules, now=_latest(rules.now, answer)))

    def stop(self) -> None:
        """Wait for what is being checked; its try counts."""
        checking, self._checking = self._checking, None
        if checking is not None:
            checking.join()


def _latest(now: datetime, answer: Answer) -> datetime:
    """The moment of the last entry, as validities are counted from it; of none, now."""
    return max([now, *(entry.recorded_at for entry in answer.entries)])
