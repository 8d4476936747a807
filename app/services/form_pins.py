"""The forms of PINs: whoever has one proves it first, and hashing runs beside the store thread.

Three steps, for hashing takes a tenth of a second on purpose: what is typed is read and the lead's
own PIN is counted as a try, it is checked in any thread, then it is recorded that it was done
(docs/adr/0023). No PIN is in an entry, in a log or in what is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from app.domain.people import Person
from app.domain.pins import is_easy, is_pin
from app.services.answering import refused
from app.services.asking_pin import said_of, zone_of
from app.services.form_fields import FIELDS, problems_of
from app.services.form_opening import form_lead
from app.services.form_sight import (
    FormField,
    FormKind,
    FormOrder,
    OpenedForm,
    Problem,
    RefusedForm,
    SavedForm,
)
from app.services.pin_care import PinAct, PinWanted, keep_pin
from app.services.pins import Attempt, PinDesk, PinStanding
from app.services.ports import Clock, Store
from app.services.views import Feedback, Tone

PIN_ACTS: Final[Mapping[FormKind, PinAct]] = MappingProxyType(
    {FormKind.PERSON_PIN: PinAct.SET, FormKind.PERSON_PIN_FORGET: PinAct.FORGET}
)
"""The forms of PINs, and what each does."""
_OWN: Final = "own_pin"
_NEW: Final = "new_pin"
_AGAIN: Final = "pin_again"


@dataclass(frozen=True, slots=True)
class PinTask:
    """A form of PINs that was read, and is not checked yet.

    Attributes:
        order: The form.
        wanted: What is to be done.
        lead: Who does it.
        attempt: The try of the lead's own PIN; None where they have none.
        own: That PIN, as it was typed.
    """

    order: FormOrder
    wanted: PinWanted
    lead: Person
    attempt: Attempt | None
    own: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckedTask:
    """A form of PINs that was checked.

    Attributes:
        task: As it was read.
        right: Whether the lead's own PIN was right, or none was needed.
        hashed: What may be kept of a new PIN.
    """

    task: PinTask
    right: bool
    hashed: str = field(default="", repr=False)


class PinForms:
    """Opens and saves the forms of PINs.

    Args:
        desk: The bench's PINs.
        clock: The time of day.
    """

    def __init__(self, desk: PinDesk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock

    def opened(
        self, form: OpenedForm | RefusedForm, person_id: str | None
    ) -> OpenedForm | RefusedForm:
        """A form as whoever is signed in fills it in; without a PIN of their own they prove none.

        Only the store's owner may ask.

        Raises:
            StoreFaultError: The environment failed.
        """
        if isinstance(form, RefusedForm):
            return form
        ask = form.ask
        if ask.kind is FormKind.PERSON_PIN_FORGET and not self._desk.standing(ask.key).is_set:
            return RefusedForm(ask, refused("pin_none", person=form.subject))
        fields = self._fields(ask.kind, person_id or "")
        return replace(form, fields=fields, values=tuple((one.name, "") for one in fields))

    def begin(self, store: Store, order: FormOrder) -> PinTask | SavedForm:
        """Read a form, and count the try of the lead's own PIN; only the store's owner may.

        Raises:
            StoreFaultError: The environment failed; nothing was changed.
        """
        with store.reading() as reader:
            lead, zone = form_lead(reader, order.ask, order.person_id), zone_of(reader)
        if isinstance(lead, Feedback):
            return _stopped(order, "", lead)
        values = {name: text.strip() for name, text in order.values}
        problems = problems_of(self._fields(order.ask.kind, lead.id), values) or _gaps(values)
        if problems:
            return SavedForm(order, refused("form_not_saved", way_on="form_mend"), problems)
        act, new = PIN_ACTS[order.ask.kind], values.get(_NEW, "")
        wanted = PinWanted(act, order.ask.key, lead.badge, new)
        if _OWN not in values:
            return PinTask(order, wanted, lead, None, "")
        begun = self._desk.begin(lead.id)
        if isinstance(begun, PinStanding):
            return _stopped(order, _OWN, said_of(begun, lead.name, zone, self._clock.now()))
        return PinTask(order, wanted, lead, begun, values[_OWN])

    def check(self, task: PinTask) -> CheckedTask:
        """Check the lead's own PIN, and hash the new one; slow, and may run in any thread."""
        if task.attempt is not None and not self._desk.matches(task.attempt, task.own):
            return CheckedTask(task, right=False)
        hashed = self._desk.hashed(task.wanted.pin) if task.wanted.act is PinAct.SET else ""
        return CheckedTask(task, right=True, hashed=hashed)

    def settle(self, store: Store, checked: CheckedTask) -> SavedForm:
        """Do what the form asks for, or say why not; only the store's owner may.

        Raises:
            StoreFaultError: The environment failed; nothing was changed, or only told.
        """
        task = checked.task
        if task.attempt is not None:
            standing = self._desk.settle(task.attempt, right=checked.right)
            if standing is not None:
                with store.reading() as reader:
                    zone = zone_of(reader)
                told = said_of(standing, task.lead.name, zone, self._clock.now())
                return _stopped(task.order, _OWN, told)
        done = keep_pin(store, self._desk, task.wanted, checked.hashed)
        if done.feedback.tone is Tone.REFUSED:
            return _stopped(task.order, "", done.feedback)
        return SavedForm(task.order, done.feedback)

    def _fields(self, kind: FormKind, person_id: str) -> tuple[FormField, ...]:
        """The fields of a form; the own PIN is asked of whoever has one."""
        has_one = self._desk.standing(person_id).is_set
        return tuple(one for one in FIELDS[kind] if has_one or one.name != _OWN)


def _gaps(values: Mapping[str, str]) -> tuple[Problem, ...]:
    """Why a new PIN cannot be set, as far as that is seen without trying anything."""
    if _NEW not in values:
        return ()
    if not is_pin(values[_NEW]):
        return (Problem(_NEW, refused("pin_form", way_on="form_mend")),)
    if is_easy(values[_NEW]):
        return (Problem(_NEW, refused("pin_easy", way_on="form_mend")),)
    if values[_NEW] != values[_AGAIN]:
        return (Problem(_AGAIN, refused("pins_differ", way_on="form_mend")),)
    return ()


def _stopped(order: FormOrder, name: str, feedback: Feedback) -> SavedForm:
    return SavedForm(order, feedback, (Problem(name, feedback),))
