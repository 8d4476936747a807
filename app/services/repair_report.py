"""Gather everything that a repair report says, from the store alone and without a clock.

The same entries give the same report, whenever and wherever it is made: it speaks as of the newest
entry that it covers. Its own making (``report.made``) is no part of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date
from types import MappingProxyType
from typing import Final

from app.domain.claims import void
from app.domain.diagnostics.record import Stage, recorded_runs
from app.domain.journal import Entry
from app.domain.parts import FittedPart
from app.domain.payloads import text_of
from app.domain.people import Certification, Person
from app.domain.policy import Policy, Severity
from app.domain.products import Asset, Ownership
from app.domain.repairs import GSX_STATUS, Conflict, Repair, Step
from app.domain.verdicts import overrides_of
from app.services.calendar import site_zone
from app.services.ports import Reader
from app.services.report_esd import esd_record
from app.services.report_model import (
    Actor,
    ConflictLine,
    FindingLine,
    JournalMark,
    NoteLine,
    PartLine,
    RepairReport,
    RunLine,
    SignatureLine,
    StepLine,
    WorkerLine,
)
from app.services.report_sources import Sources

REPORT_MADE: Final = "report.made"
SIGNED: Final = "repair.signed"


class RepairUnknownError(LookupError):
    """There is no such repair, or nothing was recorded about it.

    Attributes:
        code: Always ``repair_unknown``.
        repair_id: What was asked for.
    """

    code: Final = "repair_unknown"

    def __init__(self, repair_id: str) -> None:
        super().__init__(f"no repair {repair_id}")
        self.repair_id = repair_id


def repair_report(reader: Reader, repair_id: str, policy: Policy) -> RepairReport:
    """Everything that the report of a repair says.

    Args:
        reader: The local store.
        repair_id: The repair's id.
        policy: The rules in force on this bench; the report names their edition beside the one
            that judged the repair.

    Raises:
        RepairUnknownError: There is no such repair.
    """
    repair = reader.repair(repair_id)
    timeline = [
        entry for entry in reader.timeline(f"repair:{repair_id}") if entry.kind != REPORT_MADE
    ]
    if repair is None or not timeline:
        raise RepairUnknownError(repair_id)
    organisation = reader.organisation()
    zone = site_zone(organisation.time_zone)
    sources = Sources(reader, zone or UTC)
    entries = {str(entry.id): entry for entry in timeline}
    opening = next((entry for entry in timeline if entry.kind == "repair.opened"), None)
    product = reader.asset(repair.serial)
    newest = timeline[-1]
    report = RepairReport(
        organisation=organisation,
        zone=organisation.time_zone if zone else "UTC",
        zone_known=zone is not None,
        repair_id=repair.id,
        number=repair.number,
        serial=repair.serial,
        step=repair.step,
        gsx=GSX_STATUS.get(repair.step, ""),
        opened_at=sources.local(repair.opened_at),
        product=product,
        symptom=repair.symptom,
        diagnosis=repair.diagnosis,
        steps=_steps(repair, sources),
        parts=tuple(_part(part, entries.get(part.entry_id), sources) for part in repair.parts),
        esd=esd_record(repair, timeline, sources),
        findings=_findings(opening, timeline),
        policy_edition=text_of(opening.payload, "policy_edition") if opening else "",
        policy_now=f"{policy.region} {policy.edition}",
        notes=_notes(repair, timeline, sources),
        conflicts=tuple(
            _conflict(conflict, entries.get(conflict.entry_id), sources)
            for conflict in repair.conflicts
        ),
        workers=_workers(repair, timeline, product, sources),
        signature=_signature(repair, timeline, sources),
        mark=JournalMark(
            newest.bench_id, newest.seq, newest.hash, sources.local(newest.recorded_at)
        ),
        runs=_runs(repair, timeline, sources),
        former=_former(repair, opening, product),
    )
    return replace(report, gaps=tuple(code for code, lacks in GAPS.items() if lacks(report)))


def _former(repair: Repair, opening: Entry | None, product: Asset | None) -> tuple[str, ...]:
    """What the product was called until the repair, as it was received first."""
    received = text_of(opening.payload, "serial") if opening else ""
    known = product.former if product else ()
    told = (received, *(one.value for one in known if one.repair == repair.number))
    return tuple(dict.fromkeys(one for one in told if one not in {"", repair.serial}))


def _steps(repair: Repair, sources: Sources) -> tuple[StepLine, ...]:
    return tuple(
        StepLine(
            change.step,
            GSX_STATUS.get(change.step, ""),
            sources.local(change.at),
            sources.actor(change.actor),
        )
        for change in repair.history
    )


def _runs(repair: Repair, timeline: Sequence[Entry], sources: Sources) -> tuple[RunLine, ...]:
    """What diagnostic tools found; a result after the work is overtaken by a part fitted later."""
    places = {str(entry.id): place for place, entry in enumerate(timeline)}
    fitted = max((places.get(part.entry_id, -1) for part in repair.parts), default=-1)
    return tuple(
        RunLine(
            one.run,
            one.stage,
            sources.local(one.at),
            sources.actor(one.actor),
            one.sha256,
            overtaken=one.stage is Stage.AFTER and places[one.entry_id] < fitted,
        )
        for one in recorded_runs(timeline)
    )


def _part(part: FittedPart, entry: Entry | None, sources: Sources) -> PartLine:
    """A part with what the entry said of it then, and the purchase that the register has of it."""
    lot = sources.reader.lot(part.kgb)
    known = sources.reader.catalogue_part(part.part_number)
    name = text_of(entry.payload, "part_name") if entry else ""
    source = text_of(entry.payload, "source") if entry else ""
    return PartLine(
        number=part.part_number,
        name=name or (known.name if known else ""),
        kgb=part.kgb,
        kbb=part.kbb,
        order=part.order,
        delivery=part.delivery,
        source=source or (lot.source if lot else ""),
        received_on=lot.received_on if lot else None,
        at=sources.local(entry.recorded_at) if entry else None,
        actor=sources.actor(entry.actor) if entry else None,
    )


_OF_FINDING: Final = ("rule", "severity", "code", "overridden_by", "reason")


def _findings(opening: Entry | None, timeline: Sequence[Entry]) -> tuple[FindingLine, ...] | None:
    """What the rules said at opening, then what leads answered for on this repair.

    None where the opening says nothing readable of it.
    """
    findings = opening.payload.get("findings") if opening else None
    if not isinstance(findings, list):
        return None
    said = tuple(
        FindingLine(*(text_of(one, key) for key in _OF_FINDING))
        for one in findings
        if isinstance(one, dict)
    )
    return said + tuple(
        FindingLine(one.rule, Severity.WARN.value, one.code, one.lead_name, one.reason)
        for one in overrides_of(timeline)
    )


def _notes(repair: Repair, timeline: Sequence[Entry], sources: Sources) -> tuple[NoteLine, ...]:
    passed_over = void(repair, timeline)
    return tuple(
        NoteLine(
            text_of(entry.payload, "text"),
            sources.local(entry.recorded_at),
            sources.actor(entry.actor),
        )
        for entry in timeline
        if entry.kind == "repair.noted" and str(entry.id) not in passed_over
    )


def _conflict(conflict: Conflict, entry: Entry | None, sources: Sources) -> ConflictLine:
    return ConflictLine(
        code=conflict.code,
        kind=entry.kind if entry else "",
        at=sources.local(entry.recorded_at) if entry else None,
        actor=sources.actor(entry.actor) if entry else None,
        entry_id=conflict.entry_id,
    )


def _workers(
    repair: Repair, timeline: Sequence[Entry], product: Asset | None, sources: Sources
) -> tuple[WorkerLine, ...]:
    """Who opened the repair, then everybody who took a step or fitted a part."""
    parts = [entry.actor for entry in timeline if entry.kind == "part.fitted"]
    actors = [f"person:{repair.technician_id}", *(one.actor for one in repair.history), *parts]
    day = sources.local(repair.opened_at).date()
    rows: list[WorkerLine] = []
    for actor in dict.fromkeys(actors):
        kind, _, person_id = actor.partition(":")
        if kind == "person" and person_id:
            person = sources.reader.person(person_id)
            rows.append(
                WorkerLine(
                    actor=sources.person(person_id),
                    tech_id=person.tech_id if person else "",
                    responsible=person_id == repair.technician_id,
                    certifications=_held(person, product, day),
                )
            )
    return tuple(rows)


def _held(person: Person | None, product: Asset | None, day: date) -> tuple[Certification, ...]:
    """The certifications that covered the product's family on a day."""
    family = product.family if product else None
    if person is None or family is None:
        return ()
    return tuple(one for one in person.certifications if one.covers(family, day))


def _signature(repair: Repair, timeline: Sequence[Entry], sources: Sources) -> SignatureLine | None:
    """The signature, and what it does not cover: it never extends beyond its content hash."""
    signature = repair.signature
    if signature is None:
        return None
    signing = next((one for one in timeline if str(one.id) == signature.entry_id), None)
    name = text_of(signing.payload, "person_name") if signing else ""
    person = Actor(signature.person_id, name) if name else sources.person(signature.person_id)
    hashes = [entry.hash for entry in timeline]
    found = signature.content_hash in hashes
    after = timeline[hashes.index(signature.content_hash) + 1 :] if found else timeline
    return SignatureLine(
        actor=person,
        at=sources.local(signature.at),
        content_hash=signature.content_hash,
        found=found,
        later=sum(
            entry is not signing and not _completes(entry, signature.person_id) for entry in after
        ),
    )


def _completes(entry: Entry, signer: str) -> bool:
    """Whether an entry is the signature's own effect: the signer's completing of the repair."""
    return (
        entry.kind == "repair.status_changed"
        and entry.payload.get("to") == Step.COMPLETED
        and entry.actor == f"person:{signer}"
    )


def _examined(report: RepairReport, stage: Stage) -> bool:
    return any(one.stage is stage and not one.overtaken for one in report.runs)


GAPS: Final[Mapping[str, Callable[[RepairReport], bool]]] = MappingProxyType(
    {
        "product": lambda report: report.product is None,
        "ownership": lambda report: (
            report.product is None or report.product.ownership is Ownership.UNKNOWN
        ),
        "proof": lambda report: report.product is None or not report.product.proof,
        "coverage": lambda report: report.product is None or not report.product.coverages,
        "symptom": lambda report: not report.symptom,
        "diagnosis": lambda report: not report.diagnosis,
        "diagnostics_before": lambda report: not _examined(report, Stage.BEFORE),
        "diagnostics_after": lambda report: not _examined(report, Stage.AFTER),
        "purchase": lambda report: any(not part.is_traced for part in report.parts),
        "esd": lambda report: report.esd.work > 0 and not report.esd.readings,
        "esd_work": lambda report: bool(report.esd.readings and report.esd.unguarded),
        "findings": lambda report: report.findings is None,
        "policy": lambda report: not report.policy_edition,
        "certification": lambda report: any(not one.certifications for one in report.workers),
        "signature": lambda report: report.signature is None or not report.signature.found,
    }
)
"""What a report can lack, by code; its words are ``report.gap.<code>``."""
