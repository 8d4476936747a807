"""Saving a form: the same use cases as the commands', and each refusal at the field it is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from app.domain.equipment import Equipment, EquipmentState
from app.domain.people import Certification, Person, Role
from app.domain.products import Ownership
from app.domain.qualifications import families_of
from app.services.answering import refused
from app.services.equipping import (
    Calibration,
    OutOfOrder,
    Value,
    add_piece,
    calibrate_piece,
    change_piece,
    find_bad,
    retire_piece,
)
from app.services.form_fields import FIELDS, problems_of
from app.services.form_opening import ADDS, fields_with, form_lead, override_fields
from app.services.form_sight import (
    YES,
    FieldKind,
    FormField,
    FormKind,
    FormOrder,
    Problem,
    SavedForm,
)
from app.services.overriding import Override, override_rule
from app.services.people_desk import (
    PersonFields,
    add_person,
    certify,
    change_person,
    remove_person,
)
from app.services.piece_testing import record_tried
from app.services.ports import Transaction
from app.services.product_desk import Value as ProductValue
from app.services.product_desk import change_product
from app.services.registering import Changed
from app.services.session import Rules, Session
from app.services.typed_values import MOST_EVERY, day_in, number_in
from app.services.views import Feedback, Tone

_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "person_known": "person_id",
        "badge_taken": "badge",
        "last_lead": "role",
        "certificate_days": "valid_until",
        "equipment_known": "piece_id",
        "equipment_device_taken": "device",
        "equipment_calibration_days": "calibration_due",
        "equipment_bad_days": "bad_from",
        "product_lease": "leased_until",
        "product_bought_ahead": "bought_on",
    }
)
"""The field that a refusal is about."""
_OF_ROW: Final[Mapping[str, str]] = MappingProxyType({"id": "person_id", "certificate": "proof"})
"""The fields whose names differ from those of a person's row."""
_NOT_SAVED: Final = refused("form_not_saved", way_on="form_mend")


@dataclass(frozen=True, slots=True)
class _Typed:
    """A form that can be read.

    Attributes:
        tx: The transaction.
        key: Whom or what it is about.
        lead: Who saves it.
        rules: The site's day.
        values: What stands in its fields.
        before: What stood there when it was opened.
    """

    tx: Transaction
    key: str
    lead: Person
    rules: Rules
    values: Mapping[str, str]
    before: Mapping[str, str]

    def day(self, name: str) -> date | None:
        return day_in(self.values[name])

    def sure_day(self, name: str) -> date:
        return self.day(name) or self.rules.today

    def number(self, name: str, most: int) -> int:
        return number_in(self.values[name], most) or 0

    def changed(self, name: str) -> str | None:
        """What a field says, None where it says what it did."""
        value = self.values[name]
        return None if value == self.before.get(name) else value


def save_form(tx: Transaction, order: FormOrder, rules: Rules) -> SavedForm:
    """Save a form, or say at each field why it is not saved.

    Args:
        tx: The transaction; nothing is appended where there are problems.
        order: What is to be saved.
        rules: The site's day, and what is measured.
    """
    lead = form_lead(tx, order.ask, order.person_id)
    if isinstance(lead, Feedback):
        return _stopped(order, lead)
    values = {name: text.strip() for name, text in order.values}
    problems = problems_of(_fields(tx, order, rules), values)
    if problems:
        return SavedForm(order, _NOT_SAVED, problems)
    before = dict(order.before)
    typed = _Typed(tx, order.ask.key, lead, rules, values, before)
    done = _SAVES[order.ask.kind](typed)
    if done.feedback.tone is Tone.REFUSED and not done.entries:
        return _stopped(order, done.feedback)
    return SavedForm(order, done.feedback)


def _stopped(order: FormOrder, feedback: Feedback) -> SavedForm:
    return SavedForm(order, feedback, (Problem(_field_of(order, feedback), feedback),))


def _fields(tx: Transaction, order: FormOrder, rules: Rules) -> tuple[FormField, ...]:
    if order.ask.kind is FormKind.OVERRIDE:
        return override_fields(tx, order.ask.key, rules)
    fields = FIELDS[order.ask.kind]
    kind = order.ask.kind
    about_piece = not (kind.is_of_people or kind.is_of_product or kind in ADDS)
    piece = tx.piece(order.ask.key) if about_piece else None
    return fields if piece is None else fields_with(fields, piece)


def _field_of(order: FormOrder, feedback: Feedback) -> str:
    """The field of a form that a refusal is about; empty where it has none."""
    told = dict(feedback.fields)
    row = told.get("people_field", "")
    named = _OF_ROW.get(row, row) or _FIELDS.get(feedback.code, "")
    if named == "calibration_due" and told["due"] >= told["on"]:
        named = "calibrated_on"  # that day is yet to come
    return named if named in {one.name for one in FIELDS[order.ask.kind]} else ""


# ----------------------------------------------------------------------
# People
# ----------------------------------------------------------------------


def _person_add(typed: _Typed) -> Changed:
    values = typed.values
    person = Person(
        values["person_id"],
        values["name"],
        values["badge"],
        Role(values["role"]),
        values["tech_id"],
    )
    return add_person(typed.tx, person, badge=typed.lead.badge)


def _person_change(typed: _Typed) -> Changed:
    role = typed.changed("role")
    fields = PersonFields(
        typed.changed("name"),
        typed.changed("badge"),
        None if role is None else Role(role),
        typed.changed("tech_id"),
    )
    return change_person(typed.tx, typed.key, fields, badge=typed.lead.badge)


def _person_remove(typed: _Typed) -> Changed:
    return remove_person(typed.tx, typed.key, badge=typed.lead.badge)


def _certificate(typed: _Typed) -> Changed:
    values, name = typed.values, typed.values["qualification"]
    held = Certification(
        name,
        families_of(name),
        typed.sure_day("passed_on"),
        typed.day("valid_until"),
        values["proof"],
    )
    return certify(typed.tx, typed.key, held, badge=typed.lead.badge)


# ----------------------------------------------------------------------
# Equipment
# ----------------------------------------------------------------------

_ROW: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kind": "kind",
        "piece_name": "name",
        "serial": "serial",
        "place": "place",
        "device": "device",
        "note": "note",
    }
)
"""The fields of a row that are texts, by the fields of the form."""


def _piece_add(typed: _Typed) -> Changed:
    values = typed.values
    piece = Equipment(
        values["piece_id"],
        values["kind"],
        values["device"],
        values["piece_name"],
        values["serial"],
        None,
        place=values["place"],
        state=EquipmentState(values["state"]),
        test_every_days=typed.number("every_days", MOST_EVERY),
        note=values["note"],
    )
    return add_piece(typed.tx, piece, badge=typed.lead.badge)


def _piece_change(typed: _Typed) -> Changed:
    changed = {row: typed.changed(name) for name, row in _ROW.items()}
    told: dict[str, Value] = {row: text for row, text in changed.items() if text is not None}
    if typed.changed("every_days") is not None:
        told["test_every_days"] = typed.number("every_days", MOST_EVERY)
    state = typed.changed("state")
    if state is not None:
        told["state"] = EquipmentState(state)
    return change_piece(typed.tx, typed.key, told, badge=typed.lead.badge)


def _piece_retire(typed: _Typed) -> Changed:
    return retire_piece(typed.tx, typed.key, badge=typed.lead.badge)


def _calibration(typed: _Typed) -> Changed:
    values = typed.values
    told = Calibration(
        values["certificate"],
        typed.sure_day("calibrated_on"),
        typed.sure_day("calibration_due"),
        values["calibrated_by"],
    )
    badge = typed.lead.badge
    return calibrate_piece(typed.tx, typed.key, told, badge=badge, rules=typed.rules)


def _found_bad(typed: _Typed) -> Changed:
    told = OutOfOrder(typed.sure_day("bad_from"), typed.day("bad_to"), typed.values["reason"])
    return find_bad(typed.tx, typed.key, told, badge=typed.lead.badge, rules=typed.rules)


def _check(typed: _Typed) -> Changed:
    piece = typed.tx.piece(typed.key)
    if piece is None:
        return Changed(refused("equipment_unknown", piece=typed.key))
    session, note = Session(person_id=typed.lead.id), typed.values["check_note"]
    passed = typed.values["in_order"] == YES
    told = record_tried(typed.tx, session, piece, note, typed.rules, passed=passed)
    return Changed(told.feedback, (told.entry,))


# ----------------------------------------------------------------------
# A product
# ----------------------------------------------------------------------


def _product_change(typed: _Typed) -> Changed:
    fields = FIELDS[FormKind.PRODUCT_CHANGE]
    told: dict[str, ProductValue] = {
        one.name: typed.day(one.name) if one.kind is FieldKind.DAY else typed.values[one.name]
        for one in fields
        if typed.changed(one.name) is not None
    }
    if "ownership" in told:
        told["ownership"] = Ownership(typed.values["ownership"])
    badge = typed.lead.badge
    return change_product(typed.tx, typed.key, told, badge=badge, rules=typed.rules)


def _override(typed: _Typed) -> Changed:
    wanted = Override(typed.key, typed.values["rule"], typed.lead.badge, typed.values["answer"])
    done = override_rule(typed.tx, wanted, typed.rules)
    return Changed(done.feedback, done.entries)


_SAVES: Final[Mapping[FormKind, Callable[[_Typed], Changed]]] = MappingProxyType(
    {
        FormKind.PERSON_ADD: _person_add,
        FormKind.PERSON_CHANGE: _person_change,
        FormKind.PERSON_REMOVE: _person_remove,
        FormKind.CERTIFICATE: _certificate,
        FormKind.PIECE_ADD: _piece_add,
        FormKind.PIECE_CHANGE: _piece_change,
        FormKind.PIECE_RETIRE: _piece_retire,
        FormKind.CALIBRATION: _calibration,
        FormKind.FOUND_BAD: _found_bad,
        FormKind.CHECK: _check,
        FormKind.PRODUCT_CHANGE: _product_change,
        FormKind.OVERRIDE: _override,
    }
)
