"""The fields of each form, and what each takes: the reasons why a form cannot be read."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.account import Standing
from app.domain.equipment import EquipmentKind, EquipmentState
from app.domain.people import Role
from app.domain.products import Family, Ownership
from app.domain.programme.counted import CountOf
from app.domain.qualifications import QUALIFICATIONS
from app.services.answering import refused
from app.services.form_sight import (
    NO,
    YES,
    FieldKind,
    FormField,
    FormKind,
    Option,
    Problem,
    Values,
)
from app.services.overriding import MAX_REASON
from app.services.people_rows import MOST_TEXT
from app.services.typed_values import MOST_EVERY, MOST_ID, amount_in, day_in, number_in
from app.services.views import Feedback

_ROLES: Final = tuple(Option(one.value, f"role.{one.value}") for one in Role)
_LINES: Final = tuple(Option(name, f"form.qualification.{name}") for name in QUALIFICATIONS)
_KINDS: Final = tuple(Option(one.value, f"equipment.kind.{one.value}") for one in EquipmentKind)
_STATES: Final = tuple(
    Option(one.value, f"form.state.{one.value}")
    for one in EquipmentState
    if one is not EquipmentState.RETIRED
)
WHOLE_PRODUCT: Final = "product"
"""What an override holds for, where it is for no single repair."""
_SCOPES: Final = (Option(WHOLE_PRODUCT, "form.holds_for.product"),)
_FAMILIES: Final = tuple(Option(one.value, f"family.{one.value}") for one in Family)
_HELD: Final = tuple(Option(one.value, f"ownership.{one.value}") for one in Ownership)
MOST_COUNT: Final = 999_999_999
"""The greatest count that is recorded."""
_STANDINGS: Final = tuple(Option(one.value, f"form.standing.{one.value}") for one in Standing)
_COUNTS: Final = tuple(Option(one.value, f"form.count_of.{one.value}") for one in CountOf)
_RESULTS: Final = (Option(YES, "form.exam_result.yes"), Option(NO, "form.exam_result.no"))
_ORDER: Final = (Option(YES, "form.in_order.yes"), Option(NO, "form.in_order.no"))

_PERSON: Final = (
    FormField("name", is_needed=True),
    FormField("badge", FieldKind.BADGE, is_needed=True),
    FormField("role", FieldKind.CHOICE, is_needed=True, options=_ROLES),
    FormField("tech_id"),
)
_OWN_PIN: Final = FormField("own_pin", FieldKind.SECRET, is_needed=True)
_PIECE: Final = (
    FormField("kind", FieldKind.CHOICE, is_needed=True, options=_KINDS),
    FormField("piece_name"),
    FormField("serial"),
    FormField("place"),
    FormField("state", FieldKind.CHOICE, is_needed=True, options=_STATES),
    FormField("every_days", FieldKind.NUMBER, most=MOST_EVERY),
    FormField("device"),
    FormField("note"),
)
_PRODUCT: Final = (
    FormField("ownership", FieldKind.CHOICE, is_needed=True, options=_HELD),
    FormField("lessor"),
    FormField("leased_until", FieldKind.DAY),
    FormField("order"),
    FormField("bought_on", FieldKind.DAY),
    FormField("seller"),
    FormField("document", FieldKind.FILE),
    FormField("holder"),
    FormField("department"),
    FormField("tag"),
)
FIELDS: Final[Mapping[FormKind, tuple[FormField, ...]]] = MappingProxyType(
    {
        FormKind.PERSON_ADD: (FormField("person_id", is_needed=True), *_PERSON),
        FormKind.PERSON_CHANGE: _PERSON,
        FormKind.PERSON_REMOVE: (),
        FormKind.PERSON_PIN: (
            _OWN_PIN,
            FormField("new_pin", FieldKind.SECRET, is_needed=True),
            FormField("pin_again", FieldKind.SECRET, is_needed=True),
        ),
        FormKind.PERSON_PIN_FORGET: (_OWN_PIN,),
        FormKind.CERTIFICATE: (
            FormField("qualification", FieldKind.CHOICE, is_needed=True, options=_LINES),
            FormField("passed_on", FieldKind.DAY, is_needed=True),
            FormField("valid_until", FieldKind.DAY),
            FormField("proof", FieldKind.FILE),
        ),
        FormKind.CERTIFICATE_REVOKE: (FormField("held", FieldKind.CHOICE, is_needed=True),),
        FormKind.EXAM: (
            FormField("exam", FieldKind.CHOICE, is_needed=True, options=_LINES),
            FormField("taken_on", FieldKind.DAY, is_needed=True),
            FormField("exam_result", FieldKind.CHOICE, is_needed=True, options=_RESULTS),
            FormField("voucher", most=MOST_TEXT),
            FormField("cost", FieldKind.AMOUNT),
            FormField("currency", most=3),
        ),
        FormKind.PIECE_ADD: (FormField("piece_id", is_needed=True, most=MOST_ID), *_PIECE),
        FormKind.PIECE_CHANGE: _PIECE,
        FormKind.PIECE_RETIRE: (),
        FormKind.CALIBRATION: (
            FormField("calibrated_on", FieldKind.DAY, is_needed=True),
            FormField("calibration_due", FieldKind.DAY, is_needed=True),
            FormField("certificate", FieldKind.FILE, is_needed=True),
            FormField("calibrated_by"),
        ),
        FormKind.FOUND_BAD: (
            FormField("bad_from", FieldKind.DAY, is_needed=True),
            FormField("bad_to", FieldKind.DAY),
            FormField("reason", is_needed=True),
        ),
        FormKind.CHECK: (
            FormField("in_order", FieldKind.CHOICE, is_needed=True, options=_ORDER),
            FormField("check_note"),
        ),
        FormKind.PRODUCT_ADD: (
            FormField("product_serial", is_needed=True),
            FormField("model", is_needed=True),
            FormField("family", FieldKind.CHOICE, is_needed=True, options=_FAMILIES),
            *_PRODUCT,
            FormField("imei"),
            FormField("imei2"),
        ),
        FormKind.PRODUCT_CHANGE: _PRODUCT,
        FormKind.PRODUCT_REMOVE: (),
        FormKind.PRODUCT_IDENTITY: (
            FormField("new_serial", is_needed=True),
            FormField("imei"),
            FormField("imei2"),
            FormField("meid"),
            FormField("eid"),
            FormField("replaced_on", FieldKind.DAY, is_needed=True),
            FormField("replaced_in"),
        ),
        FormKind.ACCOUNT: (
            FormField("standing", FieldKind.CHOICE, is_needed=True, options=_STANDINGS),
            FormField("standing_on", FieldKind.DAY),
            FormField("credit_limit", FieldKind.AMOUNT),
            FormField("credit_used", FieldKind.AMOUNT),
            FormField("currency", most=3),
        ),
        FormKind.COUNT: (
            FormField("count_of", FieldKind.CHOICE, is_needed=True, options=_COUNTS),
            FormField("count", FieldKind.NUMBER, is_needed=True, most=MOST_COUNT),
            FormField("counted_on", FieldKind.DAY, is_needed=True),
            FormField("source", is_needed=True),
        ),
        FormKind.OVERRIDE: (
            FormField("rule", FieldKind.CHOICE, is_needed=True, is_wide=True),
            FormField("answer", is_needed=True, most=MAX_REASON, is_wide=True),
            FormField("holds_for", FieldKind.CHOICE, is_needed=True, options=_SCOPES),
        ),
    }
)
"""The fields of each form, in their order."""


def values_of(fields: tuple[FormField, ...], known: Mapping[str, str]) -> Values:
    """What stands in the fields: what is known, and nothing in the others."""
    return tuple((one.name, known.get(one.name, "")) for one in fields)


def problems_of(fields: tuple[FormField, ...], typed: Mapping[str, str]) -> tuple[Problem, ...]:
    """Why the fields cannot be read, one reason for each that cannot."""
    gaps = ((one.name, _gap(one, typed.get(one.name, ""))) for one in fields)
    return tuple(Problem(name, gap) for name, gap in gaps if gap is not None)


def _gap(field: FormField, text: str) -> Feedback | None:
    """Why a text cannot stand in a field."""
    if not text:
        return refused("form_needed") if field.is_needed else None
    match field.kind:
        case FieldKind.DAY:
            return None if day_in(text) is not None else refused("form_day")
        case FieldKind.NUMBER:
            fits = number_in(text, field.most) is not None
            return None if fits else refused("form_number", most=str(field.most))
        case FieldKind.AMOUNT:
            return None if amount_in(text) is not None else refused("form_amount")
        case FieldKind.CHOICE:
            known = {one.code for one in field.options}
            return None if text in known else refused("form_choice")
        case _:
            return _text_gap(field, text)


def _text_gap(field: FormField, text: str) -> Feedback | None:
    if len(text) > field.most:
        return refused("form_long", most=str(field.most))
    return None if text.isprintable() else refused("form_odd")
