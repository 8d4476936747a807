"""The forms as the window shows them: empty, filled in, refused, held, failed, hostile."""

from dataclasses import replace

from app.domain.equipment import Equipment, EquipmentKind
from app.domain.policy import Severity
from app.domain.products import Asset, Family, Ownership
from app.domain.verdicts import Finding, Verdict
from app.services.answering import refused
from app.services.form_fields import FIELDS, values_of
from app.services.form_opening import fields_with
from app.services.form_sight import FormAsk, FormKind, OpenedForm, Option, Problem
from app.services.office_sight import Ask, Board
from app.services.views import BenchView, ProductCard, Screen
from app.ui.office.forms.panel import Form, begun
from app.ui.office.panel import Office
from app.ui.state import WindowState
from tests.ui.esd_samples import LEAD, PASSED, PASSES, state

NASTY = "<b>x</b>\u202e\x00 " + "W" * 300
MAT = Equipment("mat-2", EquipmentKind.ESD_MAT, "", "Bench mat", "", None, place="Bench 2")
HOME = BenchView(Screen.HOME, LEAD, PASSED)


def opened(kind: FormKind, key: str = "", subject: str = "", /, **known: str) -> OpenedForm:
    fields = FIELDS[kind]
    if kind is FormKind.PIECE_CHANGE:
        fields = fields_with(fields, MAT)
    return OpenedForm(FormAsk(kind, key), fields, values_of(fields, known), subject)


def typed(form: Form, **values: str) -> Form:
    for name, value in values.items():
        form = form.typed(name, value)
    return form


def shown(form: Form) -> WindowState:
    """A lead's window with a form on it."""
    board = Board.PEOPLE if form.opened.ask.kind.is_of_people else Board.EQUIPMENT
    return replace(state(HOME, PASSES, office=Office(Ask(board))), form=form)


NEW_PERSON = opened(FormKind.PERSON_ADD, role="technician")
PERSON = opened(
    FormKind.PERSON_CHANGE,
    "p-anna",
    "Anna Lindström",
    name="Anna Lindström",
    badge="1001",
    role="technician",
    tech_id="T-4711",
)
CERTIFICATE = opened(FormKind.CERTIFICATE, "p-anna", "Anna Lindström", passed_on="2026-11-23")
PIN = opened(FormKind.PERSON_PIN, "p-anna", "Anna Lindström")
EXAM = opened(FormKind.EXAM, "p-anna", "Anna Lindström", taken_on="2026-11-23")
_HELD = replace(
    FIELDS[FormKind.CERTIFICATE_REVOKE][0],
    options=(Option("ACMT 2024-11-01"), Option("iOS 2026-11-01")),
)
REVOKE = OpenedForm(
    FormAsk(FormKind.CERTIFICATE_REVOKE, "p-anna"), (_HELD,), (("held", ""),), "Anna Lindström"
)
PIECE = opened(
    FormKind.PIECE_CHANGE,
    "mat-2",
    "Bench mat",
    kind="esd_mat",
    piece_name="Bench mat",
    place="Bench 2",
    state="in_use",
)
MEASURED = replace(PIECE, label="EQMAT2")
NEW_PIECE = opened(FormKind.PIECE_ADD, state="in_use")
CALIBRATION = opened(
    FormKind.CALIBRATION, "esd-1", "Warmbier 7100.PGT130", calibrated_on="2026-11-23"
)
WRONG_PERSON = replace(
    typed(begun(LEAD.id, NEW_PERSON), person_id="åke", name="Åke", badge="1001", tech_id="T 1"),
    problems=(
        Problem("person_id", refused("person_field", people_field="id")),
        Problem("name", refused("form_needed")),
        Problem("badge", refused("badge_taken", badge="1001", person="Anna Lindström")),
    ),
)
ENDED = Finding(
    "P1",
    Severity.BLOCK,
    "lease_ended",
    (("until", "2026-11-22"),),
    overridable=True,
)
NO_MAKER = Finding("P1", Severity.BLOCK, "maker_unknown", overridable=True)
LEASED = Asset("C02XK0ABJGH7", "MacBook Pro 14″", Family.MAC, Ownership.LEASED)
STOPPED = ProductCard("C02XK0ABJGH7", LEASED, Verdict.BLOCKED, (ENDED, NO_MAKER), ())
STOPPED_HOME = replace(HOME, product=STOPPED)
_RULE, _ANSWER, _SCOPE = FIELDS[FormKind.OVERRIDE]
_OVERRIDE_FIELDS = (
    replace(_RULE, options=tuple(Option(one.code, finding=one) for one in (ENDED, NO_MAKER))),
    _ANSWER,
    replace(_SCOPE, options=(*_SCOPE.options, Option("R-0007"))),
)
OVERRIDE = OpenedForm(
    FormAsk(FormKind.OVERRIDE, LEASED.serial),
    _OVERRIDE_FIELDS,
    values_of(_OVERRIDE_FIELDS, {"holds_for": "product"}),
    f"{LEASED.model} {LEASED.serial}",
)
PRODUCT = OpenedForm(
    FormAsk(FormKind.PRODUCT_CHANGE, LEASED.serial),
    FIELDS[FormKind.PRODUCT_CHANGE],
    values_of(
        FIELDS[FormKind.PRODUCT_CHANGE],
        {"ownership": "leased", "leased_until": "2026-11-22", "holder": "Fältservice Norr"},
    ),
    f"{LEASED.model} {LEASED.serial}",
)
NEW_PRODUCT = OpenedForm(
    FormAsk(FormKind.PRODUCT_ADD),
    FIELDS[FormKind.PRODUCT_ADD],
    values_of(FIELDS[FormKind.PRODUCT_ADD], {"product_serial": "F2LZZ0ABJC6K"}),
)
IDENTITY = OpenedForm(
    FormAsk(FormKind.PRODUCT_IDENTITY, LEASED.serial),
    FIELDS[FormKind.PRODUCT_IDENTITY],
    values_of(
        FIELDS[FormKind.PRODUCT_IDENTITY],
        {"new_serial": LEASED.serial, "imei": "354178036859789", "replaced_on": "2026-11-23"},
    ),
    f"{LEASED.model} {LEASED.serial}",
)


def account_form(kind: FormKind) -> OpenedForm:
    known = {"standing": "good", "credit_limit": "250000", "counted_on": "2026-11-23"}
    return OpenedForm(FormAsk(kind), FIELDS[kind], values_of(FIELDS[kind], known), "Norrviken")


FORM_STATES: dict[str, WindowState] = {
    "form_person_add": shown(begun(LEAD.id, NEW_PERSON)),
    "form_person_wrong": shown(WRONG_PERSON),
    "form_person_change": shown(begun(LEAD.id, PERSON)),
    "form_person_held": shown(
        replace(typed(begun(LEAD.id, PERSON), name="Anna Berg"), is_held=True)
    ),
    "form_person_remove": shown(
        begun(LEAD.id, opened(FormKind.PERSON_REMOVE, "p-anna", "Anna Lindström"))
    ),
    "form_person_pin": shown(
        replace(
            typed(begun(LEAD.id, PIN), own_pin="471108", new_pin="2580", pin_again="2581"),
            problems=(Problem("pin_again", refused("pins_differ")),),
        )
    ),
    "form_person_pin_forget": shown(
        begun(LEAD.id, opened(FormKind.PERSON_PIN_FORGET, "p-anna", "Anna Lindström"))
    ),
    "form_certificate": shown(begun(LEAD.id, CERTIFICATE)),
    "form_certificate_revoke": shown(typed(begun(LEAD.id, REVOKE), held="ACMT 2024-11-01")),
    "form_exam": shown(
        replace(
            typed(
                begun(LEAD.id, EXAM), exam="ACMT", exam_result="yes", voucher="V-1", cost="gratis"
            ),
            problems=(
                Problem("voucher", refused("voucher_used", voucher="V-1")),
                Problem("cost", refused("form_amount")),
            ),
        )
    ),
    "form_piece_add": shown(
        replace(
            typed(begun(LEAD.id, NEW_PIECE), piece_id="", every_days="soon", device="esd-1"),
            problems=(
                Problem("piece_id", refused("form_needed")),
                Problem("kind", refused("form_needed")),
                Problem("every_days", refused("form_number", most="3660")),
                Problem(
                    "device",
                    refused("equipment_device_taken", device="esd-1", piece="7100.PGT130"),
                ),
            ),
        )
    ),
    "form_piece_change": shown(begun(LEAD.id, MEASURED)),
    "form_piece_saving": shown(
        replace(typed(begun(LEAD.id, MEASURED), place="Bench 3"), is_saving=True)
    ),
    "form_piece_failed": shown(
        replace(typed(begun(LEAD.id, MEASURED), place="Bench 3"), failed="disk_full")
    ),
    "form_piece_retire": shown(begun(LEAD.id, opened(FormKind.PIECE_RETIRE, "mat-2", "Bench mat"))),
    "form_calibration": shown(begun(LEAD.id, CALIBRATION)),
    "form_found_bad": shown(
        begun(LEAD.id, opened(FormKind.FOUND_BAD, "esd-1", "Warmbier 7100.PGT130"))
    ),
    "form_check": shown(begun(LEAD.id, opened(FormKind.CHECK, "tool-1", "Torque driver"))),
    "form_override": replace(
        state(STOPPED_HOME, PASSES),
        form=replace(
            typed(begun(LEAD.id, OVERRIDE), rule="lease_ended"),
            problems=(Problem("answer", refused("form_needed")),),
        ),
    ),
    "form_product_change": replace(
        state(HOME, PASSES, office=Office(Ask(Board.PRODUCT, serial=LEASED.serial))),
        form=replace(
            typed(begun(LEAD.id, PRODUCT), ownership="owned", bought_on="2027-01-01"),
            problems=(
                Problem("leased_until", refused("product_lease")),
                Problem("bought_on", refused("product_bought_ahead", day="2027-01-01")),
            ),
        ),
    ),
    "form_product_identity": replace(
        state(HOME, PASSES, office=Office(Ask(Board.PRODUCT, serial=LEASED.serial))),
        form=replace(
            typed(begun(LEAD.id, IDENTITY), imei="354178036859788"),
            problems=(Problem("imei", refused("identity_odd", value="354178036859788")),),
        ),
    ),
    "form_account": replace(
        state(HOME, PASSES, office=Office(Ask(Board.PROGRAMME))),
        form=begun(LEAD.id, account_form(FormKind.ACCOUNT)),
    ),
    "form_count": replace(
        state(HOME, PASSES, office=Office(Ask(Board.PROGRAMME))),
        form=begun(LEAD.id, account_form(FormKind.COUNT)),
    ),
    "form_product_add": replace(
        state(HOME, PASSES, office=Office(Ask(Board.REGISTER))),
        form=begun(LEAD.id, NEW_PRODUCT),
    ),
    "form_product_remove": replace(
        state(HOME, PASSES, office=Office(Ask(Board.PRODUCT, serial=LEASED.serial))),
        form=begun(LEAD.id, opened(FormKind.PRODUCT_REMOVE, LEASED.serial, "iPhone 15")),
    ),
    "form_product_begun": replace(
        state(HOME, PASSES, office=Office(Ask(Board.PRODUCT, serial=LEASED.serial))),
        form=begun(LEAD.id, PRODUCT),
    ),
    "form_override_offered": state(STOPPED_HOME, PASSES),
    "form_hostile": shown(
        replace(
            typed(begun(LEAD.id, replace(PERSON, subject=NASTY)), name=NASTY, badge=NASTY),
            problems=(
                Problem("badge", refused("badge_taken", badge=NASTY, person=NASTY)),
                Problem("", refused("people_lead_only", person=NASTY)),
            ),
        )
    ),
}
