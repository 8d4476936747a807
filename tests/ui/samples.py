"""A bench's day as the window is told it: every screen in every state, with realistic data."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from app.domain.journal import GENESIS, Draft, Entry, Json, sealed
from app.domain.parts import FittedPart
from app.domain.policy import Severity
from app.domain.products import Asset, Coverage, Family, Ownership
from app.domain.repairs import Conflict, Repair, Signature, Step, StepChange
from app.domain.verdicts import Finding, Verdict
from app.services.views import (
    BenchView,
    PendingPart,
    ProductCard,
    Screen,
    Tone,
)
from app.ui.bridge import FaultTold
from app.ui.port import ReportDone
from app.ui.state import WindowState
from tests.ui.device_samples import ASIDE_STATES
from tests.ui.esd_samples import (
    ANNA,
    DEVICES,
    ESD_STATES,
    FAILS,
    LEAD,
    LIMIT,
    LOST,
    NOW,
    PASSED,
    PASSES,
    REJECTED,
    SIGNED_IN,
    SYNCED,
    TYPED,
    UNTESTED,
    WAITING,
    feedback,
    outcome,
    reading,
    state,
)
from tests.ui.form_samples import FORM_STATES
from tests.ui.import_samples import IMPORT_STATES
from tests.ui.office_samples import OFFICE_STATES
from tests.ui.pin_samples import PIN_STATES
from tests.ui.recall_samples import RECALL_STATES

__all__ = [
    "DEVICES",
    "FAILS",
    "LIMIT",
    "LOST",
    "NOW",
    "SYNCED",
    "TYPED",
    "UNTESTED",
    "outcome",
    "reading",
]

BENCH = UUID("01936f00-0000-7000-8000-000000000001")

MAC = Asset(
    serial="C02XK0ABJGH5",
    model="MacBook Pro 14″ (M3 Pro, 2023)",
    family=Family.MAC,
    ownership=Ownership.LEASED,
    tag="INV-20418",
    holder="Konstruktion, plan 4",
    lessor="Atea Finans",
    leased_until=date(2026, 12, 18),
    proof="Order 4500118273, Atea, 2023-11-20",
    coverages=(
        Coverage("apple", "PP", date(2023, 11, 20), date(2026, 11, 19), "GSX", date(2026, 11, 1)),
    ),
)
PHONE = replace(
    MAC,
    serial="F2LXQ0ABHG7K",
    model="iPhone 15 Pro",
    family=Family.IPHONE,
    ownership=Ownership.OWNED,
    tag="INV-30077",
    holder="Fältservice Norr",
    lessor="",
    leased_until=None,
    coverages=(),
)


def at(hour: int, minute: int, days_ago: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC) - timedelta(days=days_ago)


def change(step: Step, when: datetime) -> StepChange:
    return StepChange(step, when, "person:p-anna", "e")


def moved(repair: Repair, step: Step, when: datetime) -> Repair:
    return replace(repair, step=step, history=(*repair.history, change(step, when)))


RECEIVED = Repair(
    id="01936f00-0000-7000-8000-00000000aaaa",
    number="4K7QX0M2",
    serial=MAC.serial,
    technician_id="p-anna",
    step=Step.OPENED,
    opened_at=at(12, 58),
    history=(change(Step.OPENED, at(12, 58)),),
)
SYMPTOM = replace(RECEIVED, symptom="battery_swollen")
DIAGNOSED = moved(SYMPTOM, Step.DIAGNOSED, at(13, 6))
IN_REPAIR = moved(DIAGNOSED, Step.IN_REPAIR, at(13, 8))
FITTED = replace(
    IN_REPAIR,
    parts=(
        FittedPart(
            "661-21993", "DVH3256A0Q8P1LMAT", "DVH2204A1B7P1LMAX", "4500120991", "DN-8841", "e-7"
        ),
        FittedPart(
            "923-07861", "FKN3301C9Y2Q0PQB3", "FKN2150B0H1Q0PQA9", "4500120991", "DN-8841", "e-8"
        ),
    ),
)
READY = replace(FITTED, step=Step.READY, history=(*FITTED.history, change(Step.READY, at(13, 39))))
COMPLETED = replace(
    READY,
    step=Step.COMPLETED,
    history=(*READY.history, change(Step.COMPLETED, at(13, 41))),
    signature=Signature("p-anna", "0" * 64, at(13, 41), "e-9"),
)
CANCELLED = moved(DIAGNOSED, Step.CANCELLED, at(13, 12))
TORN = replace(FITTED, conflicts=(Conflict("e-5", "wrong_from"), Conflict("e-6", "part_claimed")))

OTHERS = (
    Repair(
        id="01936f00-0000-7000-8000-00000000bbbb",
        number="9D2HW81P",
        serial="DMPXQ1ABJF8J",
        technician_id="p-karin",
        step=Step.IN_REPAIR,
        opened_at=at(9, 15, 3),
        symptom="display_cracked",
    ),
    Repair(
        id="01936f00-0000-7000-8000-00000000cccc",
        number="TT03B6NA",
        serial="F2LXQ0ABHG7K",
        technician_id="p-anna",
        step=Step.DIAGNOSED,
        opened_at=at(15, 2, 1),
        symptom="no_charge",
        conflicts=(Conflict("e-3", "wrong_from"),),
    ),
    FITTED,
)


def entries(*told: tuple[str, Mapping[str, Json], datetime]) -> tuple[Entry, ...]:
    made: list[Entry] = []
    previous = GENESIS
    for seq, (kind, payload, when) in enumerate(told, 1):
        draft = Draft(kind, f"repair:{RECEIVED.id}", "person:p-anna", payload)
        entry = sealed(
            draft, entry_id=UUID(int=seq), bench_id=BENCH, seq=seq, at=when, previous=previous
        )
        previous = entry.hash
        made.append(entry)
    return tuple(made)


TIMELINE = entries(
    ("repair.opened", {"number": "4K7QX0M2", "serial": MAC.serial}, at(12, 58)),
    ("repair.symptom_recorded", {"symptom": "battery_swollen", "from": ""}, at(12, 59)),
    ("repair.status_changed", {"from": "opened", "to": "diagnosed"}, at(13, 6)),
    ("repair.status_changed", {"from": "diagnosed", "to": "in_repair"}, at(13, 8)),
    (
        "part.fitted",
        {"part_number": "661-21993", "part_name": "Battery", "kgb": "DVH3256A0Q8P1LMAT"},
        at(13, 20),
    ),
    ("repair.undone", {"entry": "e", "kind": "part.fitted"}, at(13, 21)),
    ("tester.from_the_future", {"value": 1}, at(13, 22)),
    (
        "part.fitted",
        {"part_number": "923-07861", "part_name": "Speaker, left", "kgb": "FKN3301C9Y2Q0PQB3"},
        at(13, 30),
    ),
)

FINDINGS = (
    Finding("P1", Severity.WARN, "lease_ends_soon", (("until", "2026-12-18"),)),
    Finding("P5", Severity.WARN, "no_proof"),
)
BLOCKING = (
    Finding("P1", Severity.BLOCK, "owner_other"),
    Finding("P3", Severity.BLOCK, "other_warranty", (("issuer", "Elgiganten Trygghet"),)),
    Finding("P5", Severity.WARN, "no_proof"),
)
MAC_CARD = ProductCard(MAC.serial, MAC, Verdict.WARNING, FINDINGS, ())
PHONE_CARD = ProductCard(PHONE.serial, PHONE, Verdict.ALLOWED, (), ())
BLOCKED_CARD = ProductCard(
    "C02XK0ABJGH5",
    replace(MAC, ownership=Ownership.OTHER, proof="", holder="", tag=""),
    Verdict.BLOCKED,
    BLOCKING,
    (),
)
UNKNOWN_CARD = ProductCard(
    "356938035643809",
    None,
    Verdict.BLOCKED,
    (Finding("P1", Severity.BLOCK, "not_in_register"),),
    (),
)


TWICE = feedback(Tone.REPEATED, "scanned_twice")
KGB = feedback(Tone.ASKED, "kgb_taken", "scan_kbb", undo=True, kgb="DVH3256A0Q8P1LMAT")
FITTED_NOW = feedback(
    Tone.ACCEPTED, "part_fitted", "scan_done", undo=True, part="Battery", kgb="DVH3256A0Q8P1LMAT"
)
FOREIGN = feedback(
    Tone.REFUSED, "finding.part_other_source", "part_other_source", rule="P4",
    kgb="DVH3256A0Q8P1LMAT", source="Reservdelar i Norden AB",
)  # fmt: skip


def at_repair(repair: Repair, **more: object) -> BenchView:
    view = BenchView(
        Screen.REPAIR,
        ANNA,
        PASSED,
        MAC_CARD,
        repair,
        open_repairs=OTHERS,
        timeline=TIMELINE,
        names=((ANNA.id, ANNA.name), (LEAD.id, LEAD.name)),
    )
    return replace(view, **more)  # pyright: ignore[reportArgumentType] - fields by name


NASTY = "<b>Ada</b><img src=x> \u202eevil\u0000 " + "W" * 400

STATES: dict[str, WindowState] = {
    "opening": WindowState(),
    **ASIDE_STATES,
    "sign_in": state(BenchView(Screen.SIGN_IN)),
    "locked": state(
        BenchView(Screen.SIGN_IN, open_repairs=OTHERS),
        feedback(Tone.ACCEPTED, "locked", "scan_badge"),
    ),
    **ESD_STATES,
    **OFFICE_STATES,
    **RECALL_STATES,
    **IMPORT_STATES,
    **FORM_STATES,
    **PIN_STATES,
    "home": state(BenchView(Screen.HOME, ANNA, PASSED, open_repairs=OTHERS), SIGNED_IN, PASSES),
    "home_empty": state(BenchView(Screen.HOME, ANNA, PASSED), PASSES, TWICE),
    "home_rejected": state(
        BenchView(Screen.HOME, LEAD, PASSED, open_repairs=OTHERS * 4),
        feedback(Tone.REFUSED, "scan.unknown", "scan_again"),
        sync=REJECTED,
        fault=FaultTold("disk_full"),
    ),
    "product_warning": state(
        BenchView(Screen.HOME, ANNA, PASSED, MAC_CARD),
        PASSES,
        feedback(Tone.ASKED, "product_allowed", "scan_open", product=MAC.model),
    ),
    "product_allowed": state(
        BenchView(Screen.HOME, ANNA, PASSED, PHONE_CARD),
        feedback(Tone.ASKED, "product_allowed", "scan_open", product=PHONE.model),
        sync=WAITING,
    ),
    "product_blocked": state(
        BenchView(Screen.HOME, ANNA, PASSED, BLOCKED_CARD),
        feedback(Tone.REFUSED, "finding.owner_other", "owner_other", rule="P1"),
    ),
    "product_unknown": state(
        BenchView(Screen.HOME, ANNA, PASSED, UNKNOWN_CARD),
        feedback(Tone.REFUSED, "finding.not_in_register", "not_in_register", rule="P1"),
    ),
    "repair_symptom": state(
        at_repair(RECEIVED, timeline=TIMELINE[:1]),
        PASSES,
        feedback(Tone.ACCEPTED, "repair_opened", "opened", undo=True, repair="4K7QX0M2"),
    ),
    "repair_opened": state(
        at_repair(SYMPTOM, timeline=TIMELINE[:2]),
        feedback(Tone.ACCEPTED, "symptom_recorded", "opened", undo=True, symptom="battery_swollen"),
    ),
    "repair_part": state(
        at_repair(
            IN_REPAIR, timeline=TIMELINE[:4], pending_part=PendingPart("661-21993", "Battery")
        ),
        feedback(Tone.ACCEPTED, "step_taken", "in_repair", undo=True, step="in_repair"),
        feedback(Tone.ASKED, "part_begun", "scan_kgb", undo=True, part="Battery"),
        FOREIGN,
    ),
    "repair_part_out": state(
        at_repair(
            IN_REPAIR,
            timeline=TIMELINE[:4],
            pending_part=PendingPart("661-21993", "Battery", "DVH3256A0Q8P1LMAT"),
        ),
        feedback(Tone.ASKED, "part_begun", "scan_kgb", undo=True, part="Battery"),
        KGB,
        TWICE,
    ),
    "repair_unit": state(
        at_repair(
            IN_REPAIR,
            timeline=TIMELINE[:4],
            pending_part=PendingPart("661-22311", "Whole unit", "F2LZZ0ABJC6K", is_unit=True),
        ),
        feedback(
            Tone.ASKED,
            "unit_replaced_sure",
            "scan_unit_again",
            undo=True,
            old=IN_REPAIR.serial,
            new="F2LZZ0ABJC6K",
        ),
    ),
    "repair_radio": state(
        at_repair(IN_REPAIR, timeline=TIMELINE[:4], awaits_radio=True),
        feedback(
            Tone.ACCEPTED,
            "identity_replaced",
            "scan_new_imei",
            undo=True,
            serial=IN_REPAIR.serial,
            numbers="490154203237518, 356938035643809",
        ),
    ),
    "repair_fitted": state(at_repair(FITTED), KGB, FITTED_NOW),
    "repair_conflict": state(
        at_repair(TORN), feedback(Tone.REFUSED, "conflict_open", "settle_conflict"), sync=WAITING
    ),
    "repair_sign": state(
        at_repair(READY, awaiting_signature=True),
        FITTED_NOW,
        feedback(Tone.ASKED, "sign_to_complete", "scan_to_sign", undo=True, repair="4K7QX0M2"),
    ),
    "repair_completed": state(
        at_repair(COMPLETED),
        feedback(Tone.ACCEPTED, "repair_completed", "scan_product", repair="4K7QX0M2"),
        report=ReportDone(COMPLETED.id, Path("/home/bench/reports/4K7QX0M2.pdf")),
    ),
    "repair_cancelled": state(at_repair(CANCELLED)),
    "hostile": state(
        replace(
            at_repair(replace(FITTED, number=NASTY, serial=NASTY, diagnosis=NASTY, symptom=NASTY)),
            person=replace(ANNA, name=NASTY),
            product=ProductCard(NASTY, replace(MAC, model=NASTY), Verdict.ALLOWED, (), ()),
        ),
        feedback(Tone.REFUSED, "badge_unknown", "ask_lead", badge=NASTY),
        fault=FaultTold("crash", (("path", NASTY),)),
    ),
    "hostile_home": state(
        BenchView(
            Screen.HOME,
            replace(ANNA, name=NASTY),
            PASSED,
            ProductCard(
                NASTY,
                replace(MAC, model=NASTY, serial=NASTY, holder=NASTY, proof=NASTY),
                Verdict.BLOCKED,
                (
                    *BLOCKING,
                    *BLOCKING,
                    Finding("P2", Severity.BLOCK, "other_maker", (("maker", NASTY),)),
                ),
                (),
            ),
        ),
        feedback(Tone.REFUSED, "scan.unknown", "scan_again"),
    ),
}
"""A window for every state worth looking at."""
