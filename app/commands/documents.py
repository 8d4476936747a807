"""The JSON shapes that the command line promises (design, section 7)."""

from datetime import date

from app.domain.journal import Entry, Json, instant_text
from app.domain.products import Asset
from app.domain.repairs import GSX_STATUS, Repair
from app.domain.verdicts import Finding
from app.services.saying import say_finding
from app.services.views import ProductCard
from app.texts import Texts


def product_document(card: ProductCard, texts: Texts) -> dict[str, object]:
    """``asset``: what a scan would show."""
    return {
        "found": card.asset is not None,
        "asset": asset_document(card.asset) if card.asset is not None else None,
        "verdict": card.verdict.value,
        "findings": [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "code": one.code,
                "text": say_finding(texts, one),
                "way_on": texts.say(f"way_on.{one.way_on or one.code}"),
                "evidence": _evidence(one),
                "overridable": one.overridable,
                "overridden": _overridden(one),
            }
            for one in card.findings
        ],
        "open_repairs": [repair_document(one) for one in card.open_repairs],
    }


def asset_document(asset: Asset) -> dict[str, object]:
    """A product of the register."""
    return {
        "serial": asset.serial,
        "imeis": list(asset.imeis),
        "maker": asset.maker,
        "model": asset.model,
        "family": asset.family.value if asset.family is not None else None,
        "tag": asset.tag,
        "holder": asset.holder,
        "ownership": asset.ownership.value,
        "lessor": asset.lessor,
        "leased_until": _day(asset.leased_until),
        "proof": asset.proof,
        "former": [
            {"value": one.value, "until": _day(one.until), "repair": one.repair}
            for one in asset.former
        ],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _evidence(finding: Finding) -> dict[str, object] | None:
    """What a finding rests on."""
    one = finding.evidence
    if one is None:
        return None
    on = one.on.isoformat() if one.on is not None else None
    return {"kind": one.kind, "reference": one.reference, "on": on}


def _overridden(finding: Finding) -> dict[str, object] | None:
    """Who answers for it, and why; None while nobody does."""
    one = finding.lifted
    if one is None:
        return None
    return {"entry": one.entry_id, "by": one.lead_name, "reason": one.reason}


def repair_document(repair: Repair) -> dict[str, object]:
    """One repair."""
    return {
        "id": repair.id,
        "number": repair.number,
        "serial": repair.serial,
        "technician": repair.technician_id,
        "step": repair.step.value,
        "gsx": GSX_STATUS.get(repair.step),
        "opened_at": instant_text(repair.opened_at),
        "symptom": repair.symptom,
        "diagnosis": repair.diagnosis,
        "history": [
            {"step": one.step.value, "at": instant_text(one.at), "actor": one.actor}
            for one in repair.history
        ],
        "parts": [
            {
                "number": one.part_number,
                "kgb": one.kgb,
                "kbb": one.kbb,
                "order": one.order,
                "delivery": one.delivery,
            }
            for one in repair.parts
        ],
        "notes": list(repair.notes),
        "conflicts": [{"entry": one.entry_id, "code": one.code} for one in repair.conflicts],
        "signed_by": repair.signature.person_id if repair.signature is not None else None,
        "report_sha256": repair.report_hash or None,
    }


def entry_document(entry: Entry) -> dict[str, Json]:
    """One line of the journal, as it is exported."""
    return {
        "id": str(entry.id),
        "bench_id": str(entry.bench_id),
        "seq": entry.seq,
        "kind": entry.kind,
        "subject": entry.subject,
        "actor": entry.actor,
        "recorded_at": instant_text(entry.recorded_at),
        "schema": entry.schema,
        "payload": dict(entry.payload),
        "hash": entry.hash,
        "revision": entry.revision,
    }


_READING = (
    *("channel", "ohm", "over_range", "tester_verdict", "verdict"),
    *("operator", "device_time", "source", "confirmed_by", "indicative", "doubt"),
)


def bench_event(entry: Entry) -> dict[str, Json] | None:
    """``bench``: the line of a scan or a reading; None for what is neither."""
    payload = entry.payload
    base: dict[str, Json] = {
        "device": payload.get("device"),
        "raw_hex": payload.get("raw_hex"),
        "entry": str(entry.id),
    }
    match entry.kind:
        case "scan.recorded":
            return {
                "event": "scan",
                **base,
                "candidates": payload.get("candidates"),
                "warnings": payload.get("warnings"),
                "fault": payload.get("fault"),
            }
        case "esd.measured" | "equipment.tested":
            told = {key: payload.get(key) for key in _READING}
            about, _, piece = entry.subject.partition(":")
            if about == "equipment":
                told |= {"piece": piece, "item": payload.get("item")}
            return {"event": "reading", **base, **told, "limits": payload.get("limit")}
        case "esd.unreadable":
            return {"event": "reading", **base, "verdict": None, "code": payload.get("code")}
        case _:
            return None
