"""Saving a form: the same use cases as the commands', and each refusal at the field it is about."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final
from uuid import UUID

from app.domain.identifiers import normalise
from app.domain.journal import Entry
from app.services import form_account, form_people, form_pieces, form_products
from app.services.answering import refused
from app.services.form_fields import FIELDS, problems_of
from app.services.form_opening import (
    ADDS,
    fields_with,
    form_lead,
    held_fields,
    override_fields,
)
from app.services.form_sight import (
    FormField,
    FormKind,
    FormOrder,
    Problem,
    SavedForm,
    UndoneForm,
    UndoOrder,
)
from app.services.form_typed import Typed
from app.services.ports import Transaction
from app.services.register_undo import PEOPLE, undo_change
from app.services.registering import CHANGED, Changed
from app.services.session import Rules
from app.services.views import Feedback, Tone

_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "person_known": "person_id",
        "badge_taken": "badge",
        "last_lead": "role",
        "certificate_days": "valid_until",
        "exam_day": "taken_on",
        "exam_paid": "cost",
        "voucher_used": "voucher",
        "voucher_not_first": "voucher",
        "voucher_none_left": "voucher",
        "equipment_known": "piece_id",
        "equipment_device_taken": "device",
        "equipment_calibration_days": "calibration_due",
        "equipment_bad_days": "bad_from",
        "product_lease": "leased_until",
        "product_bought_ahead": "bought_on",
        "identity_same": "new_serial",
        "account_currency": "currency",
        "account_day_ahead": "standing_on",
        "count_ahead": "counted_on",
        "identity_ahead": "replaced_on",
    }
)
"""The field that a refusal is about."""
_OF_ROW: Final[Mapping[str, str]] = MappingProxyType({"id": "person_id", "certificate": "proof"})
"""The fields whose names differ from those of a person's row."""
_NOT_SAVED: Final = refused("form_not_saved", way_on="form_mend")


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
    typed = Typed(tx, order.ask.key, lead, rules, values, before)
    done = _SAVES[order.ask.kind](typed)
    if done.feedback.tone is Tone.REFUSED and not done.entries:
        return _stopped(order, done.feedback)
    change = _change_of(done)
    feedback = done.feedback if change is None else replace(done.feedback, can_undo=True)
    return SavedForm(order, feedback, change=change)


def undo_form(tx: Transaction, order: UndoOrder) -> UndoneForm:
    """Take back what a form changed of a register, or say why not."""
    lead = form_lead(tx, order.ask, order.person_id)
    if isinstance(lead, Feedback):
        return UndoneForm(order, lead)
    done = undo_change(tx, order.change, lead)
    return UndoneForm(order, done.feedback, "".join(map(_person_gone, done.entries)))


def _person_gone(entry: Entry) -> str:
    """Who is out of the register by a change of it; empty for nobody."""
    register, _, key = entry.subject.partition(":")
    return key if register == PEOPLE and entry.payload["set"] is None else ""


def _change_of(done: Changed) -> UUID | None:
    """The entry of a saved form that can be taken back: a change of a row, and nothing else."""
    alone = len(done.entries) == 1 and done.entries[0].kind == CHANGED
    return done.entries[0].id if alone else None


def _stopped(order: FormOrder, feedback: Feedback) -> SavedForm:
    return SavedForm(order, feedback, (Problem(_field_of(order, feedback), feedback),))


def _fields(tx: Transaction, order: FormOrder, rules: Rules) -> tuple[FormField, ...]:
    if order.ask.kind is FormKind.OVERRIDE:
        return override_fields(tx, order.ask.key, rules)
    if order.ask.kind is FormKind.CERTIFICATE_REVOKE:
        return held_fields(tx, order.ask.key)
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
    if named == "cost":
        named = _about_payment(dict(order.values))
    if "value" in told:  # an identifier that cannot be the product's
        named = next((name for name, text in order.values if normalise(text) == told["value"]), "")
    return named if named in {one.name for one in FIELDS[order.ask.kind]} else ""


def _about_payment(values: Mapping[str, str]) -> str:
    """What keeps an exam from being paid as it is told: its currency, where all else fits."""
    fits = values["cost"].strip() and not values["voucher"].strip()
    return "currency" if fits else "cost"


_SAVES: Final[Mapping[FormKind, Callable[[Typed], Changed]]] = MappingProxyType(
    {
        FormKind.PERSON_ADD: form_people.person_add,
        FormKind.PERSON_CHANGE: form_people.person_change,
        FormKind.PERSON_REMOVE: form_people.person_remove,
        FormKind.CERTIFICATE: form_people.certificate,
        FormKind.CERTIFICATE_REVOKE: form_people.certificate_revoke,
        FormKind.EXAM: form_people.exam,
        FormKind.PIECE_ADD: form_pieces.piece_add,
        FormKind.PIECE_CHANGE: form_pieces.piece_change,
        FormKind.PIECE_RETIRE: form_pieces.piece_retire,
        FormKind.CALIBRATION: form_pieces.calibration,
        FormKind.FOUND_BAD: form_pieces.found_bad,
        FormKind.CHECK: form_pieces.check,
        FormKind.ACCOUNT: form_account.account,
        FormKind.COUNT: form_account.count,
        FormKind.PRODUCT_ADD: form_products.product_add,
        FormKind.PRODUCT_CHANGE: form_products.product_change,
        FormKind.PRODUCT_REMOVE: form_products.product_remove,
        FormKind.PRODUCT_IDENTITY: form_products.product_identity,
        FormKind.OVERRIDE: form_products.override,
    }
)
