"""Opening a form: who may, its fields, and what the register says now."""

from dataclasses import replace
from typing import Final

from app.domain.equipment import Equipment, EquipmentState
from app.domain.equipment_labels import equipment_code
from app.domain.esd_plan import channels_of
from app.domain.people import Person, Role
from app.services.answering import refused
from app.services.form_fields import FIELDS, values_of
from app.services.form_sight import (
    FieldKind,
    FormAsk,
    FormField,
    FormKind,
    OpenedForm,
    Option,
    RefusedForm,
)
from app.services.leads import signed_in_lead
from app.services.opening import product_card
from app.services.ports import Reader
from app.services.session import Rules
from app.services.views import Feedback

ADDS: Final = frozenset({FormKind.PERSON_ADD, FormKind.PIECE_ADD})
"""The forms of what the register does not hold yet."""


def form_lead(reader: Reader, ask: FormAsk, person_id: str | None) -> Person | Feedback:
    """The lead who may open and save a form, or why nobody who is signed in may."""
    if ask.kind is FormKind.OVERRIDE:
        return signed_in_lead(reader, person_id, "override_lead_only", way_on="override_lead")
    otherwise = "people_lead_only" if ask.kind.is_of_people else "equipment_lead_only"
    return signed_in_lead(reader, person_id, otherwise, way_on="ask_lead_to_change")


def open_form(
    reader: Reader, ask: FormAsk, person_id: str | None, rules: Rules
) -> OpenedForm | RefusedForm:
    """A form with what the register says now, or why there is none.

    Args:
        reader: The store.
        ask: Which form.
        person_id: Who is signed in, None for nobody.
        rules: The site's day, and what is measured.
    """
    lead = form_lead(reader, ask, person_id)
    if isinstance(lead, Feedback):
        return RefusedForm(ask, lead)
    return _found(reader, ask, rules)


def _found(reader: Reader, ask: FormAsk, rules: Rules) -> OpenedForm | RefusedForm:
    if ask.kind is FormKind.OVERRIDE:
        return _of_product(reader, ask, rules)
    if ask.kind in ADDS:
        known = {"role": Role.TECHNICIAN.value, "state": EquipmentState.IN_USE.value}
        return OpenedForm(ask, FIELDS[ask.kind], values_of(FIELDS[ask.kind], known))
    if ask.kind.is_of_people:
        person = reader.person(ask.key)
        if person is None:
            return RefusedForm(ask, refused("person_unknown", which=ask.key))
        return _of_person(ask, person, rules)
    piece = reader.piece(ask.key)
    if piece is None:
        return RefusedForm(ask, refused("equipment_unknown", piece=ask.key))
    return _of_piece(ask, piece, rules)


def override_fields(reader: Reader, serial: str, rules: Rules) -> tuple[FormField, ...]:
    """The fields of an answer for what stops a product: each finding that a lead may answer for."""
    card = product_card(reader, serial, rules)
    options = tuple(
        Option(one.code, finding=one) for one in card.findings if one.blocks and one.overridable
    )
    rule, *others = FIELDS[FormKind.OVERRIDE]
    return (replace(rule, options=options), *others)


def _of_product(reader: Reader, ask: FormAsk, rules: Rules) -> OpenedForm | RefusedForm:
    card = product_card(reader, ask.key, rules)
    fields = override_fields(reader, ask.key, rules)
    options = fields[0].options
    if card.asset is None or not options:
        stops = next((one for one in card.findings if one.blocks), None)
        if stops is None:
            return RefusedForm(ask, refused("rule_not_broken", which="P1 … P15", named=ask.key))
        told = refused("rule_not_answerable", rule=stops.rule, which=stops.code)
        return RefusedForm(ask, told)
    known = {"rule": options[0].code} if len(options) == 1 else {}
    subject = f"{card.asset.model} {card.asset.serial}".strip()
    return OpenedForm(ask, fields, values_of(fields, known), subject)


def _of_person(ask: FormAsk, person: Person, rules: Rules) -> OpenedForm:
    fields = FIELDS[ask.kind]
    known = {
        "name": person.name,
        "badge": person.badge,
        "role": person.role.value,
        "tech_id": person.tech_id,
        "passed_on": rules.today.isoformat(),
    }
    return OpenedForm(ask, fields, values_of(fields, known), person.name)


def _of_piece(ask: FormAsk, piece: Equipment, rules: Rules) -> OpenedForm:
    fields = fields_with(FIELDS[ask.kind], piece)
    known = {
        "kind": piece.kind,
        "piece_name": piece.name,
        "serial": piece.serial,
        "place": piece.place,
        "state": piece.state.value,
        "every_days": str(piece.test_every_days or ""),
        "device": piece.device,
        "note": piece.note,
        "calibrated_on": rules.today.isoformat(),
    }
    measured = channels_of(piece, rules.policy.esd_tests)
    label = equipment_code(piece.id) if measured else None
    name = piece.name or piece.id
    return OpenedForm(ask, fields, values_of(fields, known), name, label or "")


def fields_with(fields: tuple[FormField, ...], piece: Equipment) -> tuple[FormField, ...]:
    """Fields of which each can stay as it is, also what only a newer program has a word for."""
    held = {"kind": piece.kind, "state": piece.state.value}
    return tuple(_with_option(one, held.get(one.name, "")) for one in fields)


def _with_option(field: FormField, value: str) -> FormField:
    known = {one.code for one in field.options}
    if field.kind is not FieldKind.CHOICE or not value or value in known:
        return field
    return replace(field, options=(*field.options, Option(value)))
