"""A bench on a simulated scanner for the benchmarks: real pseudo-terminal, real encrypted store."""

import random
import tempfile
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.bootstrap import SystemClock, SystemIds, programme
from app.data.opening import create_store, open_store
from app.data.store import LocalStore
from app.devices import Supervisor, device_spec, load_profile
from app.devices.simulators import SimulatedScanner
from app.domain.frames import DeviceState, DeviceStatus, Frame
from app.services.bench import Bench, Listeners
from app.services.ports import Reader, RegisterRow, Transaction
from app.services.programmes import Programmes
from app.services.views import Outcome

KEY: Final = bytes(range(32))
ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
PATIENCE: Final = 60


@dataclass
class TimedStore:
    """A store that notes when each durable transaction was done."""

    inner: LocalStore
    committed: list[float] = field(default_factory=list[float])

    @contextmanager
    def writing(self) -> Generator[Transaction]:
        with self.inner.writing() as tx:
            yield tx
        self.committed.append(time.perf_counter())

    @contextmanager
    def reading(self) -> Generator[Reader]:
        with self.inner.reading() as reader:
            yield reader


class Answers:
    """Waits for one outcome after the other; ``also`` is told each before."""

    def __init__(self) -> None:
        self.also: Callable[[Outcome], None] = lambda _: None
        self.count = 0
        self._got = threading.Condition()
        self._ready = threading.Event()

    def outcome(self, outcome: Outcome, frame: Frame) -> None:
        del frame
        self.also(outcome)
        with self._got:
            self.count += 1
            self._got.notify()

    def wait_for(self, count: int) -> None:
        with self._got:
            if not self._got.wait_for(lambda: self.count >= count, PATIENCE):
                raise SystemExit("a scan got no answer")

    def device(self, state: DeviceState) -> None:
        if state.status is DeviceStatus.READY:
            self._ready.set()

    def wait_ready(self) -> None:
        if not self._ready.wait(PATIENCE):
            raise SystemExit("the scanner did not open")


@dataclass
class Rig:
    """Everything that a benchmark plays on."""

    folder: Path
    names: list[str]
    bench: Bench
    timed: TimedStore
    scanner: SimulatedScanner
    supervisor: Supervisor
    answers: Answers

    def start(self) -> None:
        self.bench.start()
        self.supervisor.start()


def serials(count: int) -> list[str]:
    chance = random.Random(4711)  # noqa: S311 - the same register in every run
    return ["".join(chance.choices(ALPHABET, k=10)) for _ in range(count)]


def organisation() -> list[RegisterRow]:
    """Who works, and whose bench it is."""
    person: dict[str, object] = {"id": "p1", "name": "Anna", "badge": "1001", "role": "technician"}
    person |= {"tech_id": "", "certifications": []}
    account: dict[str, object] = {"name": "Org", "site": "Site", "account": "1"}
    account |= {"time_zone": "Europe/Stockholm", "esd_profile": ""}
    return [
        RegisterRow("people", "p1", person),
        RegisterRow("account", "account", account),
    ]


def rows(products: list[str]) -> list[RegisterRow]:
    product: dict[str, object] = {"model": "MacBook Air", "family": "mac", "ownership": "owned"}
    product |= dict.fromkeys(("tag", "holder", "lessor"), "")
    product |= {"imeis": [], "maker": "apple", "leased_until": None, "proof": "PO", "coverages": []}
    return [
        *organisation(),
        *(RegisterRow("assets", one, {"serial": one, **product}) for one in products),
    ]


def fail(*what: object) -> None:
    raise SystemExit(f"the bench failed: {what}")


@contextmanager
def rig(products: int) -> Generator[Rig]:
    """A bench with so many products in its register, not yet started."""
    names = serials(products)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with create_store(folder / "bench.db", KEY, SystemClock(), SystemIds()) as store:
            store.load_registers(rows(names))
        with over(folder, names) as parts:
            yield parts


@contextmanager
def over(folder: Path, names: list[str]) -> Generator[Rig]:
    """A bench over the store of a folder, not yet started."""
    with open_store(folder / "bench.db", KEY, SystemClock(), SystemIds()) as store:
        timed, answers = TimedStore(store), Answers()
        listeners = Listeners(lambda _: None, answers.outcome, fail, fail, fail)
        rules = Programmes(programme("se"), programme)
        bench = Bench(lambda: timed, rules, SystemClock(), SystemIds(), listeners)
        profile = load_profile("serial-crlf")
        with SimulatedScanner(profile) as scanner:
            spec = device_spec("scanner-1", scanner.path, profile)
            supervisor = Supervisor([spec], bench.submit, answers.device, SystemClock())
            try:
                yield Rig(folder, names, bench, timed, scanner, supervisor, answers)
            finally:
                supervisor.stop()
                bench.stop()
