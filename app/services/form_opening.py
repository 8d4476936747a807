"""Opening a form: who may, its fields, and what the register says now."""

from dataclasses import replace
from datetime import date
from typing import Final

from app.domain.equipment import Equipment, EquipmentState
from app.domain.equipment_labels import equipment_code
from app.domain.esd_plan import channels_of
from app.domain.people import Certification, Person, Role
from app.services.answering import refused
from app.services.form_account import open_account
from app.services.form_fields import FIELDS, WHOLE_PRODUCT, values_of
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
from app.services.product_desk import LEAD_ONLY
from app.services.session import Rules
from app.services.views import Feedback

ADDS: Final = frozenset({FormKind.PERSON_ADD, FormKind.PIECE_ADD, FormKind.PRODUCT_ADD})
"""The forms of what the register does not hold yet."""


_OF_ROW: Final = frozenset(
    {FormKind.PRODUCT_CHANGE, FormKind.PRODUCT_REMOVE, FormKind.PRODUCT_IDENTITY}
)
"""The forms of a product's row."""


def form_lead(reader: Reader, ask: FormAsk, person_id: str | None) -> Person | Feedback:
    """The lead who may open and save a form, or why nobody who is signed in may."""
    if ask.kind is FormKind.OVERRIDE:
        return signed_in_lead(reader, person_id, "override_lead_only", way_on="override_lead")
    if ask.kind.is_of_product:
        return signed_in_lead(reader, person_id, LEAD_ONLY, way_on="ask_lead_to_change")
    if ask.kind.is_of_account:
        return signed_in_lead(reader, person_id, "account_lead_only", way_on="ask_lead_to_change")
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
        return _of_rule(reader, ask, rules)
    if ask.kind is FormKind.CERTIFICATE_REVOKE:
        return _of_certificates(reader, ask)
    if ask.kind in _OF_ROW:
        return _of_product(reader, ask, rules)
    if ask.kind.is_of_account:
        return open_account(reader, ask, rules)
    if ask.kind in ADDS:
        known = {"role": Role.TECHNICIAN.value, "state": EquipmentState.IN_USE.value}
        return OpenedForm(ask, FIELDS[ask.kind], values_of(FIELDS[ask.kind], known))
    return (
        _of_person(reader, ask, rules) if ask.kind.is_of_people else _of_piece(reader, ask, rules)
    )


def override_fields(reader: Reader, serial: str, rules: Rules) -> tuple[FormField, ...]:
    """The fields of an answer for what stops a product: each finding that a lead may answer for."""
    card = product_card(reader, serial, rules)
    options = tuple(
        Option(one.code, finding=one) for one in card.findings if one.blocks and one.overridable
    )
    rule, answer, scope = FIELDS[FormKind.OVERRIDE]
    fields = (replace(rule, options=options), answer)
    if not card.open_repairs:
        return fields
    repairs = (Option(one.number) for one in card.open_repairs)
    return (*fields, replace(scope, options=(*scope.options, *repairs)))


def held_fields(reader: Reader, person_id: str) -> tuple[FormField, ...]:
    """The field of a certificate to be taken back: each that its person has."""
    person = reader.person(person_id)
    held = () if person is None else person.certifications
    (field,) = FIELDS[FormKind.CERTIFICATE_REVOKE]
    return (replace(field, options=tuple(Option(held_code(one)) for one in held)),)


def held_code(held: Certification) -> str:
    """What a certificate is chosen by: its name, from its day."""
    return f"{held.name} {held.valid_from.isoformat()}"


def held_of(code: str) -> tuple[str, date]:
    """The name and the day of a certificate that was chosen."""
    name, _, day = code.rpartition(" ")
    return name, date.fromisoformat(day)


def _of_certificates(reader: Reader, ask: FormAsk) -> OpenedForm | RefusedForm:
    person = reader.person(ask.key)
    if person is None:
        return RefusedForm(ask, refused("person_unknown", which=ask.key))
    fields = held_fields(reader, ask.key)
    options = fields[0].options
    if not options:
        return RefusedForm(ask, refused("certificate_none", person=person.name))
    known = {"held": options[0].code} if len(options) == 1 else {}
    return OpenedForm(ask, fields, values_of(fields, known), person.name)


def _of_product(reader: Reader, ask: FormAsk, rules: Rules) -> OpenedForm | RefusedForm:
    product = reader.asset(ask.key)
    if product is None:
        return RefusedForm(ask, refused("product_gone", named=ask.key))
    bought = product.purchase
    known = {
        "ownership": product.ownership.value,
        "lessor": product.lessor,
        "leased_until": _day(product.leased_until),
        "order": bought.order,
        "bought_on": _day(bought.bought_on),
        "seller": bought.seller,
        "document": bought.document,
        "holder": product.holder,
        "department": product.department,
        "tag": product.tag,
        "new_serial": product.serial,
        "imei": "".join(product.imeis[:1]),
        "imei2": "".join(product.imeis[1:2]),
        "meid": product.meid,
        "eid": product.eid,
        "replaced_on": rules.today.isoformat(),
    }
    fields = FIELDS[ask.kind]
    subject = f"{product.model} {product.serial}".strip()
    return OpenedForm(ask, fields, values_of(fields, known), subject)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _of_rule(reader: Reader, ask: FormAsk, rules: Rules) -> OpenedForm | RefusedForm:
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
    known["holds_for"] = WHOLE_PRODUCT
    subject = f"{card.asset.model} {card.asset.serial}".strip()
    return OpenedForm(ask, fields, values_of(fields, known), subject)


def _of_person(reader: Reader, ask: FormAsk, rules: Rules) -> OpenedForm | RefusedForm:
    person = reader.person(ask.key)
    if person is None:
        return RefusedForm(ask, refused("person_unknown", which=ask.key))
    fields = FIELDS[ask.kind]
    known = {
        "name": person.name,
        "badge": person.badge,
        "role": person.role.value,
        "tech_id": person.tech_id,
        "passed_on": rules.today.isoformat(),
        "taken_on": rules.today.isoformat(),
    }
    return OpenedForm(ask, fields, values_of(fields, known), person.name)


def _of_piece(reader: Reader, ask: FormAsk, rules: Rules) -> OpenedForm | RefusedForm:
    piece = reader.piece(ask.key)
    if piece is None:
        return RefusedForm(ask, refused("equipment_unknown", piece=ask.key))
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
