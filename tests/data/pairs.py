"""A service in a list, and what benches append, push and pull between themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.data.store import LocalStore
from app.domain.journal import Draft, Entry, Json
from app.domain.repairs import Repair, Step
from app.services.ports import LogItem, PushOutcome, RegisterRow


@dataclass
class Service:
    """An account service in a list: numbers what it takes, rejects the kinds it is told to."""

    log: list[LogItem] = field(default_factory=list[LogItem])
    known: dict[UUID, PushOutcome] = field(default_factory=dict[UUID, PushOutcome])
    rejects: str = "refused."

    def take(self, entries: Sequence[Entry]) -> list[PushOutcome]:
        outcomes: list[PushOutcome] = []
        for entry in entries:
            was = self.known.get(entry.id)
            if was is not None:
                outcomes.append(replace(was, outcome="known"))
                continue
            outcome = PushOutcome(entry.seq, "rejected", None, "kind_unknown")
            if not entry.kind.startswith(self.rejects):
                self.put(entry)
                outcome = PushOutcome(entry.seq, "accepted", len(self.log), None)
            self.known[entry.id] = outcome
            outcomes.append(outcome)
        return outcomes

    def put(self, content: Entry | RegisterRow) -> None:
        revision = len(self.log) + 1
        self.log.append(LogItem(revision, f"{revision:064x}", content))

    def page(self, store: LocalStore, size: int = 1000) -> list[LogItem]:
        after = store.sync_state().revision
        return self.log[after : after + size]


def note(text: str, repair: str = "r1", kind: str = "repair.noted") -> Draft:
    return Draft(kind, f"repair:{repair}", "person:anna", {"text": text})


def opened(repair: str = "r1", number: str = "7") -> Draft:
    payload: dict[str, Json] = {"number": number, "serial": "C02XK0ABJGH5"}
    return Draft("repair.opened", f"repair:{repair}", "person:anna", payload)


def fitted(kgb: str) -> Draft:
    payload: dict[str, Json] = {"part_number": "1", "kgb": kgb, "kbb": "", "order": ""}
    return Draft("part.fitted", "repair:r1", "person:a", payload | {"delivery": ""})


def moved(source: Step, target: Step) -> Draft:
    payload: dict[str, Json] = {"from": source.value, "to": target.value}
    return Draft("repair.status_changed", "repair:r1", "person:anna", payload)


def append(store: LocalStore, *drafts: Draft) -> list[Entry]:
    with store.writing() as transaction:
        return [transaction.append(draft) for draft in drafts]


def push(store: LocalStore, service: Service, limit: int = 1000) -> None:
    while entries := store.pending(limit):
        store.record_outcomes(service.take(entries))


def pull(store: LocalStore, service: Service, size: int = 1000) -> None:
    while page := service.page(store, size):
        store.apply_page(page)


def repair(store: LocalStore, repair_id: str = "r1") -> Repair | None:
    with store.reading() as reader:
        return reader.repair(repair_id)


def timeline(store: LocalStore, subject: str = "repair:r1") -> tuple[Entry, ...]:
    with store.reading() as reader:
        return reader.timeline(subject)


def is_sound(store: LocalStore) -> bool:
    """The journal is proved, and the read models are what it tells."""
    return store.verify().verified and store.rebuild().equal and store.misfits() == ()
