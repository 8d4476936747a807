"""Which ESD readings guarded the work on a product, from the journal alone.

The journal is asked what the gate was asked then: with the readings that came before a piece of
work in canonical order, could this person do internal work at that moment? Clocks only say whether
a reading still held, never which came first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.claims import void
from app.domain.esd import EsdState, EsdVerdict, Source, esd_gap
from app.domain.folds import canonical_order, fold_esd
from app.domain.journal import Entry, Json
from app.domain.payloads import day_of, instant_or, number_of, text_of
from app.domain.repairs import Repair, Step
from app.services.report_model import Actor, EsdLine, EsdRecord, LimitLine, UnguardedWork
from app.services.report_sources import Sources

MEASURED: Final = "esd.measured"
WORK: Final = frozenset({"part.fitted", "repair.status_changed"})
"""The kinds of entries that can be internal work."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A time in which the product was in repair; it has not ended yet where the end is None."""

    start: datetime
    end: datetime | None

    def holds(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at <= self.end)


def esd_record(repair: Repair, timeline: Sequence[Entry], sources: Sources) -> EsdRecord:
    """The ESD readings behind the internal work of a repair.

    Internal work is the taking into repair and each part fitted. Readings that the same people took
    while the product was in repair are shown as well, the failed ones too.
    """
    work = _work(repair, timeline)
    spans = _spans(repair)
    readings: list[EsdLine] = []
    unguarded: list[UnguardedWork] = []
    for person_id, moments in work.items():
        measured = [
            entry
            for entry in sources.reader.timeline(f"person:{person_id}")
            if entry.kind == MEASURED
        ]
        guarded, gaps = _judged(person_id, moments, measured, sources)
        unguarded.extend(gaps)
        readings.extend(
            _line(entry, guarded[entry.id], sources)
            for entry in measured
            if guarded[entry.id] or any(span.holds(entry.recorded_at) for span in spans)
        )
    total = sum(len(moments) for moments in work.values())
    return EsdRecord(total, tuple(readings), tuple(unguarded))


def _work(repair: Repair, timeline: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The pieces of internal work by person; what is in conflict or was settled did not happen."""
    started = {change.entry_id for change in repair.history if change.step is Step.IN_REPAIR}
    passed_over = void(repair, timeline)
    work: dict[str, list[Entry]] = {}
    for entry in timeline:
        actor_kind, _, person_id = entry.actor.partition(":")
        is_work = entry.kind in WORK and actor_kind == "person" and str(entry.id) not in passed_over
        if is_work and (entry.kind == "part.fitted" or str(entry.id) in started):
            work.setdefault(person_id, []).append(entry)
    return work


def _spans(repair: Repair) -> list[_Span]:
    spans: list[_Span] = []
    since: datetime | None = None
    for change in repair.history:
        if change.step is Step.IN_REPAIR:
            since = change.at
        elif since is not None:
            spans.append(_Span(since, change.at))
            since = None
    return spans if since is None else [*spans, _Span(since, None)]


def _judged(
    person_id: str, work: Sequence[Entry], measured: Sequence[Entry], sources: Sources
) -> tuple[Counter[UUID], list[UnguardedWork]]:
    """How much work each reading guarded, and the work that none did, by reason."""
    guarded: Counter[UUID] = Counter()
    gaps: dict[str, UnguardedWork] = {}
    state: EsdState | None = None
    for entry in canonical_order([*measured, *work]):
        if entry.kind == MEASURED:
            state = fold_esd(state, entry)
            continue
        code = esd_gap(state, person_id, entry.recorded_at)
        if state is not None and code is None:
            guarded[UUID(state.reading_id)] += 1
            continue
        reason = code or "esd_missing"
        at = sources.local(entry.recorded_at)
        known = gaps.get(reason) or UnguardedWork(sources.person(person_id), reason, 0, at, at)
        gaps[reason] = replace(known, count=known.count + 1, last=at)
    return guarded, list(gaps.values())


def _line(entry: Entry, guarded: int, sources: Sources) -> EsdLine:
    payload = entry.payload
    return EsdLine(
        entry_id=entry.id,
        person=_person(entry, sources),
        at=sources.local(entry.recorded_at),
        channel=text_of(payload, "channel"),
        ohm=number_of(payload, "ohm"),
        over_range=payload.get("over_range") is True,
        under_range=payload.get("under_range") is True,
        verdict=_verdict(payload, "verdict") or EsdVerdict.INVALID,
        tester_verdict=_verdict(payload, "tester_verdict"),
        limit=_limit(payload),
        valid_until=sources.local(instant_or(payload, "valid_until", entry.recorded_at)),
        tester_id=text_of(payload, "tester"),
        tester_name=text_of(payload, "tester_name"),
        tester_serial=text_of(payload, "tester_serial"),
        calibration_due=day_of(payload, "calibration_due"),
        guarded=guarded,
        typed=text_of(payload, "source") == Source.MANUAL.value,
        confirmed_by=_witness(payload, sources),
        doubt=text_of(payload, "doubt"),
    )


def _person(entry: Entry, sources: Sources) -> Actor:
    """Whom a reading measured: the name as recorded then, else the register's."""
    person_id = entry.subject.partition(":")[2]
    name = text_of(entry.payload, "person_name")
    return Actor(person_id, name) if name else sources.person(person_id)


def _witness(payload: Mapping[str, Json], sources: Sources) -> Actor | None:
    """Who confirmed a typed value: the name as recorded then, else the register's."""
    person_id, name = text_of(payload, "confirmed_by"), text_of(payload, "confirmed_by_name")
    if not person_id:
        return None
    return Actor(person_id, name) if name else sources.person(person_id)


def _verdict(payload: Mapping[str, Json], key: str) -> EsdVerdict | None:
    value = text_of(payload, key)
    return EsdVerdict(value) if value in set(EsdVerdict) else None


def _limit(payload: Mapping[str, Json]) -> LimitLine | None:
    limit = payload.get("limit")
    if not isinstance(limit, dict):
        return None
    return LimitLine(
        low_ohm=number_of(limit, "low_ohm"),
        high_ohm=number_of(limit, "high_ohm"),
        high_inclusive=limit.get("high_inclusive") is True,
        standard=text_of(limit, "standard"),
        profile=text_of(limit, "profile"),
    )
