"""A bench that demands PINs, its hasher that a test can hold up, and what lies in its store."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from app.data.pin_hashes import Argon2Hasher
from app.data.vault import DatabaseVault
from app.domain.frames import DeviceRole, Frame
from app.domain.people import Person
from app.domain.pins import PinRequired, lock_rules
from app.services import bench as benches
from app.services.bench import Bench
from app.services.pin_gate import PinGate
from app.services.pins import PinDesk
from app.services.playing import badge
from app.services.ports import Store
from app.services.views import Outcome
from tests.unit.services.desk import PASSING, TESTER, Desk
from tests.unit.services.told import Told

RIGHT, WRONG = "2580", "2581"
MINUTE = timedelta(minutes=1)


@dataclass
class GatedHasher:
    """The real hasher, which a test can hold up, or break."""

    real: Argon2Hasher = field(default_factory=lambda: Argon2Hasher(1, 8, 1))
    begun: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    broken: Exception | None = None

    def hash(self, pin: str) -> str:
        self.begun.set()
        self.go_on.wait()
        return self.real.hash(pin)

    def verify(self, kept: str, pin: str) -> bool:
        self.begun.set()
        self.go_on.wait()
        if self.broken is not None:
            raise self.broken
        return self.real.verify(kept, pin)


@dataclass
class Guarded:
    """A bench with PINs, and whom it tells."""

    desk: Desk
    told: Told
    hasher: GatedHasher = field(default_factory=GatedHasher)
    seconds: float = 0.0
    pins: PinDesk = field(init=False)
    gate: PinGate = field(init=False)
    bench: Bench = field(init=False)
    numbers: int = 0

    def __post_init__(self) -> None:
        self.pins = PinDesk(
            lambda: DatabaseVault(self.desk.store.database),
            self.hasher,
            lock_rules(3, (1, 5)),
            self.desk.clock,
            lambda: self.seconds,
        )
        self.hasher.go_on.set()
        for person in ("anna", "cleo"):
            self.pins.keep(person, self.pins.hashed(RIGHT))
        self.hasher.begun.clear()

    def start(
        self, required: PinRequired = PinRequired.ALWAYS, store: Store | None = None
    ) -> "Guarded":
        self.gate = PinGate(self.pins, required)
        self.bench = Bench(
            lambda: store or self.desk.store,
            self.desk.programmes,
            self.desk.clock,
            self.desk.ids,
            self.told.listeners(),
            {TESTER: lambda _: (PASSING,)},
            self.gate,
        )
        self.bench.start()
        return self

    def answered(self, give: Callable[[], None]) -> Outcome:
        """Give it something and wait for the answer."""
        before = len(self.told.outcomes)
        give()
        self.told.until(lambda: len(self.told.outcomes) > before)
        return self.told.outcomes[-1][0]

    def scan(self, text: str, device: str = "scanner-1") -> Outcome:
        return self.answered(lambda: self.bench.submit(self.frame(text, device)))

    def frame(self, text: str, device: str = "scanner-1") -> Frame:
        self.desk.clock.moment += timedelta(seconds=2)
        self.seconds += 2
        self.numbers += 1
        raw = text.encode()
        return Frame(device, DeviceRole.SCANNER, raw, self.desk.clock.moment, self.numbers)

    def badge(self, number: str) -> Outcome:
        return self.scan(badge(number))

    def pin(self, text: str) -> Outcome:
        return self.answered(lambda: self.bench.pin(text))

    def person_of(self, person_id: str) -> Person | None:
        return self.bench.call(lambda store: _person(store, person_id)).result()

    def until_checked(self) -> None:
        """Wait until what is being checked is settled."""
        self.gate.stop()
        self.bench.call(lambda _: None).result()

    def passes(self, time: timedelta) -> None:
        self.desk.clock.moment += time
        self.seconds += time.total_seconds()

    def everything_written(self) -> str:
        """All that lies in the store, as text: entries, frames, secrets."""
        lines: list[str] = []
        for (table,) in self.desk.store.database.bare.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            for row in self.desk.store.database.bare.execute(f"SELECT * FROM {table}").fetchall():  # noqa: S608 - SQLite's own names
                lines += [
                    one.decode(errors="replace") if isinstance(one, bytes) else str(one)
                    for one in row
                ]
        return "\n".join(lines)


def _person(store: Store, person_id: str) -> Person | None:
    with store.reading() as reader:
        return reader.person(person_id)


@pytest.fixture
def guarded(desk: Desk, told: Told, monkeypatch: pytest.MonkeyPatch) -> Iterator[Guarded]:
    """A bench that is not started yet."""
    monkeypatch.setattr(benches, "RETRY_SECONDS", 0.001)
    made = Guarded(desk, told)
    yield made
    made.hasher.go_on.set()
    made.bench.stop()
