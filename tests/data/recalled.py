"""A bench's day in drafts: readings and work, each at its own second, and what a recall finds."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from app.data.store import LocalStore
from app.domain.journal import Draft, Entry, Json, instant_text
from app.domain.recall import Recall
from app.domain.repairs import NEXT_STEPS, Step
from app.services.ports import RegisterRow
from app.services.recalling import RecallList, recall
from tests.fixtures_store import NOON, SteppingClock

SHIFT = timedelta(hours=1)
"""How long a reading holds here."""
ASSET: dict[str, object] = {
    "serial": "C02XK0ABJGH5",
    "model": "MacBook Pro",
    "family": "mac",
    "holder": "Karin Holm",
    "department": "Library",
}
PERSON: dict[str, object] = {
    "id": "anna",
    "name": "Anna Ek",
    "badge": "1001",
    "role": "technician",
    "certifications": [
        {"name": "ACMT", "families": ["mac"], "valid_from": "2026-11-01"},
        {"name": "ACMT 2", "families": ["mac"], "valid_from": "2026-11-24"},
    ],
}
TESTER: dict[str, object] = {
    "id": "T1",
    "kind": "esd_tester",
    "name": "Warmbier",
    "serial": "W1",
    "certificate": "K-2026",
    "calibrated_on": "2026-01-10",
    "calibration_due": "2027-01-09",
}


def at(seconds: float) -> datetime:
    """A moment of the day."""
    return NOON + timedelta(seconds=seconds)


@dataclass
class Day:
    """Writes into a store as time goes by."""

    store: LocalStore
    clock: SteppingClock
    steps: dict[str, Step] = field(default_factory=dict[str, Step])

    def registers(self) -> None:
        rows = (
            RegisterRow("assets", "C02XK0ABJGH5", dict(ASSET)),
            RegisterRow("people", "anna", dict(PERSON)),
            RegisterRow("equipment", "T1", dict(TESTER)),
            RegisterRow("equipment", "T2", {"id": "T2", "kind": "esd_tester", "name": "Hioki"}),
        )
        assert self.store.load_registers(rows) == ()

    def write(self, seconds: float, draft: Draft) -> Entry:
        self.clock.moment = at(seconds)
        with self.store.writing() as transaction:
            return transaction.append(draft)

    def reading(
        self,
        seconds: float,
        tester: str = "T1",
        person: str | None = "anna",
        verdict: str = "pass",
        channel: str = "wrist",
    ) -> Entry:
        payload: dict[str, Json] = {
            "channel": channel,
            "verdict": verdict,
            "tester": tester,
            "ohm": 1_000_000,
            "valid_until": instant_text(at(seconds) + SHIFT) if verdict == "pass" else None,
        }
        subject = "bench:b" if person is None else f"person:{person}"
        return self.write(seconds, Draft("esd.measured", subject, "bench", payload))

    def opened(self, seconds: float, repair: str = "r1", person: str = "anna") -> Entry:
        payload: dict[str, Json] = {"number": repair, "serial": "C02XK0ABJGH5"}
        self.steps[repair] = Step.OPENED
        return self.write(
            seconds, Draft("repair.opened", f"repair:{repair}", f"person:{person}", payload)
        )

    def step(self, seconds: float, to: Step, repair: str = "r1", person: str = "anna") -> Entry:
        source = self.steps.get(repair, Step.OPENED)
        if to in NEXT_STEPS[source]:
            self.steps[repair] = to
        payload: dict[str, Json] = {"from": source.value, "to": to.value}
        subject = f"repair:{repair}"
        return self.write(
            seconds, Draft("repair.status_changed", subject, f"person:{person}", payload)
        )

    def begun(self, seconds: float, repair: str = "r1", person: str = "anna") -> Entry:
        """A repair that is taken into repair at a moment."""
        self.opened(seconds, repair, person)
        self.step(seconds, Step.DIAGNOSED, repair, person)
        return self.step(seconds, Step.IN_REPAIR, repair, person)

    def part(
        self, seconds: float, kgb: str = "KGB1", repair: str = "r1", person: str = "anna"
    ) -> Entry:
        payload: dict[str, Json] = {
            "part_number": "661-17578",
            "kgb": kgb,
            "kbb": f"OLD{kgb}",
            "order": "PO-1",
            "delivery": "DN-1",
        }
        subject = f"repair:{repair}"
        return self.write(seconds, Draft("part.fitted", subject, f"person:{person}", payload))

    def undone(self, seconds: float, entry: Entry) -> Entry:
        payload: dict[str, Json] = {"entry": str(entry.id), "kind": entry.kind}
        payload |= {key: entry.payload[key] for key in ("from", "to") if key in entry.payload}
        return self.write(seconds, Draft("repair.undone", entry.subject, entry.actor, payload))

    def found(self, asked: Recall) -> RecallList:
        with self.store.recalling() as reader:
            return recall(reader, asked)

    def told(self, asked: Recall) -> list[tuple[str, str, tuple[str, ...]]]:
        """Repair, what was done and the doubts, of each touch."""
        return [
            (hit.repair.id, touch.work.what, tuple(doubt.value for doubt in touch.doubts))
            for hit in self.found(asked).hits
            for touch in hit.touches
        ]


@pytest.fixture
def day(store: LocalStore, store_clock: SteppingClock) -> Day:
    """A day at a new bench, its registers filled."""
    day = Day(store, store_clock)
    day.registers()
    return day
