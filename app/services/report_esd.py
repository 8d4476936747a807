"""Which ESD readings guarded the work on a product, from the journal alone.

The journal is asked what the gate was asked then: with the readings that came before a piece of
work in canonical order, could this person do internal work at that moment? Clocks only say whether
a reading still held, never which came first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, cast

from app.domain.esd import EsdState, EsdVerdict, esd_gap
from app.domain.folds import canonical_order, fold_esd
from app.domain.journal import Entry, Json
from app.domain.repairs import Step
from app.services.report_model import Actor, EsdLine, EsdRecord, LimitLine, UnguardedWork
from app.services.report_sources import Sources, number_of, text_of

MEASURED: Final = "esd.measured"


def esd_record(timeline: Iterable[Entry], sources: Sources) -> EsdRecord:
    """The ESD readings behind the internal work in a repair's timeline.

    Work is the taking into repair and each part fitted. Readings that the same people took while
    the product was in repair are shown as well, the failed ones too.
    """
    work, inside = _work(timeline)
    trail = _Trail(sources)
    for person_id, moments in work.items():
        readings = [
            entry
            for entry in sources.reader.timeline(f"person:{person_id}")
            if entry.kind == MEASURED
        ]
        taken = {id(entry) for entry in moments}
        for entry in canonical_order([*readings, *moments]):
            if id(entry) in taken:
                trail.worked(person_id, entry)
            else:
                trail.measured(entry, shown=_during(entry, inside))
    return EsdRecord(
        work=sum(len(moments) for moments in work.values()),
        readings=tuple(trail.lines[key] for key in trail.order if trail.is_shown(key)),
        unguarded=tuple(trail.gaps.values()),
    )


def _work(
    timeline: Iterable[Entry],
) -> tuple[Mapping[str, list[Entry]], list[tuple[datetime, datetime | None]]]:
    """The work by person, and the spans in which the product was in repair."""
    work: dict[str, list[Entry]] = {}
    inside: list[tuple[datetime, datetime | None]] = []
    since: datetime | None = None
    for entry in timeline:
        to = entry.payload.get("to") if entry.kind == "repair.status_changed" else None
        if to == Step.IN_REPAIR:
            since = entry.recorded_at
        elif to is not None and since is not None:
            inside.append((since, entry.recorded_at))
            since = None
        kind, _, person_id = entry.actor.partition(":")
        if kind == "person" and (to == Step.IN_REPAIR or entry.kind == "part.fitted"):
            work.setdefault(person_id, []).append(entry)
    if since is not None:
        inside.append((since, None))
    return work, inside


def _during(entry: Entry, spans: Iterable[tuple[datetime, datetime | None]]) -> bool:
    at = entry.recorded_at
    return any(start <= at and (end is None or at <= end) for start, end in spans)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A person's ESD standing at one point of the journal."""

    state: EsdState | None
    reading: str


class _Trail:
    """Walks one person's readings and work after another's, in canonical order."""

    def __init__(self, sources: Sources) -> None:
        self.lines: dict[str, EsdLine] = {}
        self.order: list[str] = []
        self.gaps: dict[tuple[str, str], UnguardedWork] = {}
        self._sources = sources
        self._standing: dict[str, _Standing] = {}
        self._shown: set[str] = set()

    def is_shown(self, key: str) -> bool:
        """Whether a reading belongs on the report."""
        return key in self._shown or self.lines[key].guarded > 0

    def measured(self, entry: Entry, *, shown: bool) -> None:
        """A reading: it is the person's standing from now on."""
        person_id = entry.subject.partition(":")[2]
        key = str(entry.id)
        before = self._standing.get(person_id)
        state = fold_esd(before.state if before else None, entry)
        assert state is not None  # noqa: S101 - the fold of a reading is a standing
        self._standing[person_id] = _Standing(state, key)
        self.lines[key] = esd_line(entry, state, self._sources)
        self.order.append(key)
        if shown:
            self._shown.add(key)

    def worked(self, person_id: str, entry: Entry) -> None:
        """A piece of work: guarded by the standing, or not."""
