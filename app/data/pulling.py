"""Applies pages of the service's log: other benches' entries, own ones' places, register rows."""

import json
import logging
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

from app.data import entries, ledgers
from app.data.answering import give, set_answered, stored_at
from app.data.answers import REJECTED, Answer, arrival_digest, seal
from app.data.claims import claimants
from app.data.compiled import pulling as sql
from app.data.driver import Connection
from app.data.folding import MODELS, Model, refold
from app.data.own import own_bench, set_head
from app.data.register_changes import apply, follow
from app.data.register_writing import Misfit, fits_now, keep_misfit, misfits, put
from app.domain.claims import changes_claims, claimed
from app.domain.journal import GENESIS, Entry, EntryInvalidError, canonical_form, chained_hash
from app.services.ports import LogItem
from app.services.registering import CHANGED

log = logging.getLogger("repair_bench.data.pulling")

ENTRY: Final = "entry"
"""Stands for a register where an entry that came down cannot be taken in."""


@dataclass(slots=True)
class _Head:
    """The end of a bench's journal as it stands here."""

    key: int
    seq: int
    hash: bytes


@dataclass(slots=True)
class _Folded:
    """A subject's state before the page, and after the entries so far."""

    before: Any
    now: Any


@dataclass(slots=True)
class Page:
    """One page being applied; `finish` writes what it gathered."""

    connection: Connection
    heads: dict[UUID, _Head] = field(default_factory=dict[UUID, _Head])
    states: dict[tuple[str, str], _Folded] = field(default_factory=dict[tuple[str, str], _Folded])
    refolds: set[str] = field(default_factory=set[str])
    claims: set[str] = field(default_factory=set[str])
    misfits: list[Misfit] = field(default_factory=list[Misfit])
    kept_apart: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Look what has not fitted before."""
        before = misfits(self.connection)
        self.kept_apart = frozenset(each.key for each in before if each.register == ENTRY)

    def apply(self, item: LogItem) -> None:
        """Apply one revision."""
        content = item.content
        if isinstance(content, Entry):
            code = self._apply_entry(replace(content, revision=item.revision))
            if code is not None:
                self._keep(content, item.revision, code)
            elif str(content.id) in self.kept_apart:
                fits_now(self.connection, ENTRY, str(content.id))
        else:
            misfit = put(self.connection, content, item.revision)
            if misfit is not None:
                self.misfits.append(misfit)
            else:
                self.misfits += follow(
                    self.connection, f"{content.register}:{content.key}", item.revision
                )

    def finish(self) -> None:
        """Write the heads and the states."""
        for head in self.heads.values():
            set_head(self.connection, head.key, head.seq, head.hash)
        for (name, _), folded in self.states.items():
            _model(name).save(self.connection, folded.before, folded.now)
        refold(self.connection, *self.refolds)
        for misfit in self.misfits:
            log.warning("kept apart: %s", misfit)

    # ------------------------------------------------------------------
    # Entries
    # ------------------------------------------------------------------

    def _apply_entry(self, entry: Entry) -> str | None:
        """Take an entry in; a code where it cannot be."""
        place = sql.PLACE_OF.first(self.connection, of=entry.id.bytes)
        if place is not None:
            return self._number(entry, *place)
        try:
            canonical = canonical_form(entry)
        except EntryInvalidError:
            return "unreadable"
        head = self._head(entry.bench_id)
        own = own_bench(self.connection).key
        digest = bytes.fromhex(entry.hash)
        arrival = None
        if entry.seq == head.seq + 1:
            if chained_hash(head.hash.hex(), canonical) != entry.hash:
                return "chain_broken"
        elif entry.seq < head.seq + 1 or head.key == own:
            return "place_taken"
        else:  # the service rejected what came between, and never sends it
            arrival = arrival_digest(digest, canonical)
        outcome = "accepted" if head.key == own else None
        answer = Answer(entry.revision, None, outcome)
        entries.add_pulled(self.connection, entry, head.key, outcome, arrival, seal(digest, answer))
        head.seq, head.hash = entry.seq, digest
        if head.key == own:
            set_answered(self.connection, own, entry.seq)
        ledgers.note(self.connection, entry)
        self._fold(entry)
        if entry.kind == CHANGED:
            self.misfits += apply(self.connection, entry)
            self.misfits += follow(self.connection, entry.subject, entry.revision or 0)
        return None

    def _number(self, entry: Entry, bench: int, seq: int) -> str | None:
        """Give an entry that is here its place in the log."""
        stored = stored_at(self.connection, bench, seq)
        if stored is None or stored.digest.hex() != entry.hash:
            return "other_hash"
        if stored.answer.revision != entry.revision:
            own = own_bench(self.connection)
            outcome = stored.answer.outcome
            if bench == own.key and outcome in {None, REJECTED}:
                outcome = "accepted"
            answer = Answer(entry.revision, None, outcome, stored.answer.code)
            give(self.connection, bench, seq, stored.digest, answer)
            self.refolds.add(stored.subject)
            if bench == own.key and seq == own.answered + 1:
                set_answered(self.connection, own.key, seq)
        return None

    def _head(self, bench_id: UUID) -> _Head:
        if bench_id not in self.heads:
            row = sql.BENCH.first(self.connection, of=bench_id.bytes)
            if row is None:
                sql.ADD_BENCH.run(
                    self.connection, bench_id=bench_id.bytes, head_hash=bytes.fromhex(GENESIS)
                )
                row = sql.BENCH.first(self.connection, of=bench_id.bytes)
            self.heads[bench_id] = _Head(*(row or ()))
        return self.heads[bench_id]

    def _fold(self, entry: Entry) -> None:
        """Fold an entry behind what is here, unless something here comes after it."""
        for model in MODELS:
            if entry.subject in self.refolds or not model.holds(entry):
                continue
            if model.claims and self._is_disputed(entry):
                self.refolds.add(entry.subject)
                continue
            key = (model.name, entry.subject)
            if key not in self.states:
                later = sql.LATER.first(self.connection, about=entry.subject, than=entry.revision)
                if later is not None:
                    self.refolds.add(entry.subject)
                    continue
                old = model.load(self.connection, entry.subject.removeprefix(model.prefix))
                self.states[key] = _Folded(old, old)
            folded = self.states[key]
            folded.now = model.fold(folded.now, entry)

    def _is_disputed(self, entry: Entry) -> bool:
        """Whether other entries have a word on what this one claims, in this page or before it."""
        kgb = claimed(entry)
        if kgb is None:
            return changes_claims(entry)
        known = kgb in self.claims or bool(claimants(self.connection, kgb))
        self.claims.add(kgb)
        return known

    def _keep(self, entry: Entry, revision: int, code: str) -> None:
        misfit = Misfit(ENTRY, str(entry.id), code, str(entry.seq))
        raw = json.dumps(
            {
                "actor": entry.actor,
                "bench_id": str(entry.bench_id),
                "kind": entry.kind,
                "payload": dict(entry.payload),
                "recorded_at": entry.recorded_at.isoformat(),
                "schema": entry.schema,
                "seq": entry.seq,
                "subject": entry.subject,
                "hash": entry.hash,
            },
            default=str,
        )
        keep_misfit(self.connection, misfit, raw=raw, revision=revision)
        self.misfits.append(misfit)


def _model(name: str) -> Model:
    return next(model for model in MODELS if model.name == name)
