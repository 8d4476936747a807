"""PINs beside the window: proving who acts, setting, unlocking and taking PINs away.

That it was done stands in the journal; a PIN and its hash never do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.journal import Draft, Entry
from app.domain.people import Person, Role
from app.domain.pins import PinRequired
from app.services.answering import accepted, refused
from app.services.asking_pin import said_of, zone_of
from app.services.people_desk import person_named
from app.services.pins import PinDesk, PinRefusedError
from app.services.ports import Clock, Store
from app.services.registering import Changed
from app.services.views import Feedback


class PinAct(StrEnum):
    """What is done with somebody's PIN; the entry's kind is ``person.pin_<act>``."""

    SET = "set"
    UNLOCK = "unlocked"
    FORGET = "forgotten"


@dataclass(frozen=True, slots=True)
class PinWanted:
    """What is to be done with whose PIN.

    Attributes:
        act: What.
        named: Whose: id or badge number.
        badge: Who does it.
        pin: The new PIN where one is set.
    """

    act: PinAct
    named: str
    badge: str
    pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PinProof:
    """By what somebody who acts without the window proves who they are.

    Attributes:
        store: The local store.
        desk: The bench's PINs.
        required: Of whom one is demanded.
        clock: The time of day.
        ask: Gives the PIN of the person of this name.
    """

    store: Store
    desk: PinDesk
    required: PinRequired
    clock: Clock
    ask: Callable[[str], str]

    def gap(self, badge: str, *, of_pins: bool = False) -> Feedback | None:
        """Why somebody may not act by their badge alone.

        Args:
            badge: Whose. One that nobody has proves nothing, which whoever acts upon it finds out.
            of_pins: Whether it is PINs that they want to change: then whoever has one needs it,
                whatever is demanded, and a lead without one may begin.

        Returns:
            None where they may.
        """
        with self.store.reading() as reader:
            person, zone = reader.person_by_badge(badge), zone_of(reader)
        if person is None:
            return None
        told = self.desk.standing(person.id)
        if not (told.is_set if of_pins else self.required.demands(person.role)):
            return None
        if told.is_set and not told.is_locked:
            checked = self.desk.check(person.id, self.ask(person.name))
            if checked is None:
                return None
            told = checked
        return said_of(told, person.name, zone, self.clock.now())


def change_pin(store: Store, desk: PinDesk, wanted: PinWanted) -> Changed:
    """Set, unlock or take away a PIN.

    A lead may for everybody; anybody who has a PIN may change their own. Who it is that acts has
    been proven before (`PinProof`).

    Raises:
        StoreFaultError: The environment failed; nothing was changed, or only told.
    """
    who = _who(store, desk, wanted)
    if isinstance(who, Feedback):
        return Changed(who)
    try:
        hashed = desk.hashed(wanted.pin) if wanted.act is PinAct.SET else ""
    except PinRefusedError as error:
        return Changed(refused(error.code, way_on="type_pin"))
    return keep_pin(store, desk, wanted, hashed)


def keep_pin(store: Store, desk: PinDesk, wanted: PinWanted, hashed: str) -> Changed:
    """Do what `change_pin` does, where what may be kept of a new PIN was made in another thread.

    Args:
        store: The local store.
        desk: The bench's PINs.
        wanted: What is to be done.
        hashed: What `PinDesk.hashed` gave; empty where no PIN is set.

    Raises:
        StoreFaultError: The environment failed; nothing was changed, or only told.
    """
    who = _who(store, desk, wanted)
    if isinstance(who, Feedback):
        return Changed(who)
    acting, person = who
    entry = _recorded(store, wanted.act, acting, person)
    if wanted.act is PinAct.SET:
        desk.keep(person.id, hashed)
    elif wanted.act is PinAct.UNLOCK:
        desk.unlock(person.id)
    else:
        desk.forget(person.id)
    return Changed(accepted(f"pin_{wanted.act.value}", person=person.name), (entry,))


def _who(store: Store, desk: PinDesk, wanted: PinWanted) -> tuple[Person, Person] | Feedback:
    """Who does it and whose PIN it is, or why it is not done."""
    with store.reading() as reader:
        acting = reader.person_by_badge(wanted.badge)
        person = person_named(reader, wanted.named)
    if acting is None:
        return refused("badge_unknown", badge=wanted.badge, way_on="ask_lead")
    if person is None:
        return refused("person_unknown", which=wanted.named)
    own = wanted.act is PinAct.SET and person.id == acting.id and desk.standing(person.id).is_set
    if not own and acting.role is not Role.LEAD:
        return refused("people_lead_only", person=acting.name)
    return acting, person


def _recorded(store: Store, act: PinAct, acting: Person, person: Person) -> Entry:
    with store.writing() as tx:
        draft = Draft(f"person.pin_{act.value}", f"person:{person.id}", f"person:{acting.id}", {})
        return tx.append(draft)
