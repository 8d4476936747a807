"""A recall as the command line tells it: as JSON, and as lines."""

from datetime import datetime

from app.domain.journal import instant_text
from app.domain.recall import Recall, Touch
from app.services.recall_words import (
    kind_of,
    moment,
    say_asked,
    say_doubts,
    say_found,
    say_period,
    say_suspicions,
    say_work,
)
from app.services.recalling import Hit, RecallList
from app.texts import Texts


def recall_document(found: RecallList) -> dict[str, object]:
    """Everything, for a script."""
    return {
        "kind": kind_of(found.recall),
        "asked": _asked(found.recall),
        "name": found.name,
        "from": _text(found.period.start),
        "to": _text(found.period.end),
        "suspected": [
            {"since": _text(one.since), "from": _text(one.bad.start), "to": _text(one.bad.end)}
            for one in found.suspicions
        ],
        "repairs": len(found.hits),
        "certain": found.certain,
        "products": found.products,
        "hits": [_hit(hit, found) for hit in found.hits],
    }


def _asked(asked: Recall) -> dict[str, str]:
    names = ("tester_id", "certificate", "person_id", "name")
    lot = ("order", "delivery", "part_number", "serial")
    told = {name: getattr(asked, name, "") for name in (*names, *lot)}
    return {name: value for name, value in told.items() if value}


def _text(at: datetime | None) -> str | None:
    return None if at is None else instant_text(at)


def _hit(hit: Hit, found: RecallList) -> dict[str, object]:
    repair, product = hit.repair, hit.product
    return {
        "repair": repair.id,
        "number": repair.number,
        "serial": repair.serial,
        "model": product.model if product else None,
        "holder": product.holder if product else None,
        "department": product.department if product else None,
        "step": repair.step.value if repair.step else None,
        "opened_at": _text(repair.opened_at),
        "technician": repair.technician_id,
        "technician_name": hit.technician,
        "certain": hit.is_certain,
        "touches": [_touch(touch, found) for touch in hit.touches],
    }


def _touch(touch: Touch, found: RecallList) -> dict[str, object]:
    work, part, reading = touch.work, touch.work.part, touch.reading
    return {
        "kind": work.kind.value,
        "what": work.what,
        "at": instant_text(work.at),
        "person": work.person_id,
        "person_name": found.people.get(work.person_id, ""),
        "entry": work.entry_id,
        "part": None
        if part is None
        else {
            "number": part.part_number,
            "kgb": part.kgb,
            "kbb": part.kbb,
            "order": part.order,
            "delivery": part.delivery,
        },
        "reading": None
        if reading is None
        else {
            "entry": reading.entry_id,
            "tester": reading.tester_id,
            "measured_at": instant_text(reading.measured_at),
            "valid_until": instant_text(reading.valid_until),
        },
        "doubts": [doubt.value for doubt in touch.doubts],
    }


def recall_lines(found: RecallList, texts: Texts) -> list[str]:
    """For a person: what was asked, how many, then each repair with its reasons."""
    period = say_period(texts, found.period, found.zone)
    lines = [f"{say_asked(texts, found)}, {period}", *say_suspicions(texts, found)]
    lines.append(say_found(texts, found))
    for hit in found.hits:
        lines.append(_line(hit, found, texts))
        lines += [f"    {_reason(touch, found, texts)}" for touch in hit.touches]
    return lines


def _line(hit: Hit, found: RecallList, texts: Texts) -> str:
    repair, product = hit.repair, hit.product
    told = [repair.number or repair.id, repair.serial]
    told += [] if product is None else [product.model, product.holder, product.department]
    told += [] if repair.step is None else [texts.say(f"step.{repair.step.value}")]
    told += [] if repair.opened_at is None else [moment(repair.opened_at, found.zone)]
    return "  ".join(part for part in (*told, hit.technician) if part)


def _reason(touch: Touch, found: RecallList, texts: Texts) -> str:
    work, part = touch.work, touch.work.part
    told = [moment(work.at, found.zone), say_work(texts, touch)]
    told += [] if part is None else [f"KGB {part.kgb}"]
    told.append(found.people.get(work.person_id, "") or work.person_id)
    if touch.doubts:
        told.append(texts.say("recall.in_doubt", reasons=say_doubts(texts, touch.doubts)))
    return "  ".join(part for part in told if part)
