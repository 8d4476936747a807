"""A register that came by sync is tidied: by its command, and by a bench beside its work."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

from app.commands.tidy import tidy_if_due
from app.commands.tidy_process import TidyProcess
from app.data.base import swapping
from app.data.base.attaching import files
from app.data.base.turns import TIDYING, alone
from app.data.engine import PAGE
from app.data.store import LocalStore
from app.domain.frames import DeviceState, Frame
from app.services.importing import ImportCancelledError, Stopped
from app.services.ports import LogItem, RegisterRow
from app.services.register_queries import RegisterQuery
from app.services.reporting import ReportMade
from app.services.views import BenchView, Outcome
from app.settings import load_settings
from app.station import Station
from app.sync.worker import SyncStatus
from app.texts import Language
from tests.end_to_end.programs import PROGRAM, SWEDISH, Home

SERIALS = [f"SER{number:07}" for number in range(60)]


def came_down(store: LocalStore) -> None:
    rows = (
        RegisterRow("assets", serial, {"serial": serial, "holder": "Anna"}) for serial in SERIALS
    )
    store.apply_page([LogItem(at, f"{at:064x}", row) for at, row in enumerate(rows, start=1)])


def left_untidy(store: LocalStore) -> None:
    """As a run leaves it that was ended while it took out what its base has."""
    with pytest.MonkeyPatch.context() as patch:

        def ended(self: Event, timeout: float | None = None) -> bool:
            raise KeyboardInterrupt

        patch.setattr(Event, "wait", ended)
        patch.setattr(swapping, "_AT_ONCE", 10)
        with pytest.raises(KeyboardInterrupt):
            store.compact(least=1)
    assert store.is_to_compact()


def products(home: Home) -> tuple[int, int]:
    """How many products there are, and how many rows beside the base."""
    with home.store() as store:
        assert store.register_fault is None
        with store.reading() as reader:
            total = reader.register(RegisterQuery("Anna")).total
        with store.database.reading() as connection:
            ((over,),) = connection.execute("SELECT count(*) FROM assets").fetchall()
    return total, over


def test_products_that_came_by_sync_go_into_a_file_of_their_own(home: Home) -> None:
    with home.store() as store:
        came_down(store)
    whole = home.told("register", "count")["total"]
    assert home.told("tidy") == {"products": 0}
    assert home.told("tidy", "--least", str(whole + 1)) == {"products": 0}
    assert list(files(home.path)) == []
    assert home.run("tidy").out == "There is nothing to tidy.\n"
    told = home.run("tidy", "--least", str(whole), language=SWEDISH)
    assert told.out == f"{whole} produkter ligger i registrets nya fil.\n"
    assert len(list(files(home.path))) == 1
    assert products(home) == (60, 0)
    assert home.told("tidy", "--least", "1") == {"products": 0}


def test_a_process_of_its_own_tidies_beside_the_work(home: Home) -> None:
    with home.store() as store:
        came_down(store)
        left_untidy(store)
        process = TidyProcess(home.path, "a passphrase that nobody asks for")
        assert process.wait() == 0
        assert not process.is_running
        assert not store.is_to_compact()
        process.close()
    assert products(home) == (60, 0)


def test_a_process_that_is_ended_leaves_the_register_whole(home: Home) -> None:
    with home.store() as store:
        came_down(store)
        left_untidy(store)
        TidyProcess(home.path).close()
    assert products(home)[0] == 60


def test_what_cannot_be_tidied_now_is_tidied_after_another_round(home: Home) -> None:
    with home.store() as store:
        came_down(store)
        left_untidy(store)
        with alone(home.path):
            assert tidy_if_due(store) == 0
        assert store.is_to_compact()
        tidy_if_due(store)
        assert not store.is_to_compact()


def test_an_import_that_begins_meanwhile_waits_a_moment_and_tidying_gives_way(
    home: Home, tmp_path: Path
) -> None:
    """Each in a process of its own; giving so many pages back takes some seconds."""
    with home.store() as store:
        came_down(store)
        with store.database.writing() as connection:
            connection.execute("CREATE TABLE scratch (a)")
            for _ in range(6_000):
                connection.execute("INSERT INTO scratch VALUES (zeroblob(?))", (PAGE - 200,))
            connection.execute("DROP TABLE scratch")
    whole = home.database.stat().st_size
    file = tmp_path / "products.csv"
    file.write_text("Serial,Holder\nSERNEW0001,Anna\n", encoding="utf-8")
    tidy = [*PROGRAM, "tidy", "--least", "1", "--json"]
    with subprocess.Popen(
        tidy, env=home.environ(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        pause = Event()
        while process.poll() is None and not (home.path / TIDYING).exists():
            pause.wait(0.01)
        told = home.run("import", "assets", str(file), "--events")
        process.communicate()
    events = [json.loads(line) for line in told.out.splitlines()]
    assert [events[0]["event"], events[0]["phase"]] == ["progress", "waiting"]
    assert events[-1]["accepted"] == 1
    assert process.returncode == 0
    assert products(home)[0] == len(SERIALS) + 1
    home.told("tidy")
    assert home.database.stat().st_size < whole / 4


class Ended:
    """A store that is ended while it tidies."""

    def is_to_compact(self) -> bool:
        return True

    def compact(self, stopped: Stopped) -> int:
        assert stopped()
        raise ImportCancelledError


def test_one_that_is_told_to_end_has_made_nothing() -> None:
    assert tidy_if_due(Ended(), lambda: True) == 0


@dataclass
class Tidier:
    """Begins nothing, and remembers when it was asked."""

    asked: list[str] = field(default_factory=list[str])
    is_running: bool = False
    closed: int = 0
    begun: Event = field(default_factory=Event)
    fails: bool = False

    def __call__(self, passphrase: str) -> "Tidier":
        self.asked.append(passphrase)
        self.begun.set()
        if self.fails:
            raise OSError("no such program")
        self.is_running = True
        return self

    def close(self) -> None:
        self.closed += 1


@dataclass
class Listening:
    """Hears how sync stands."""

    synced: Event = field(default_factory=Event)

    def tell_opened(self, view: BenchView) -> None:
        del view

    def tell_outcome(self, outcome: Outcome, frame: Frame) -> None:
        del outcome, frame

    def tell_device(self, state: DeviceState) -> None:
        del state

    def tell_sync(self, status: SyncStatus) -> None:
        self.synced.set()

    def tell_report(self, made: ReportMade) -> None:
        del made

    def tell_fault(self, code: str, fields: Mapping[str, str]) -> None:
        raise AssertionError((code, dict(fields)))


def at_work(path: Path, tidier: Tidier, until: Event, heard: Listening) -> Station:
    station = Station(load_settings(path), heard, lambda: "", lambda: Language.ENGLISH, tidy=tidier)
    station.start()
    try:
        assert until.wait(60)
    finally:
        station.close()
    return station


def test_a_bench_begins_to_tidy_after_a_round_and_ends_it_with_itself(home: Home) -> None:
    with home.store() as store:
        came_down(store)
        left_untidy(store)
    tidier = Tidier()
    at_work(home.path, tidier, tidier.begun, Listening())
    assert (tidier.asked, tidier.closed) == ([""], 1)


def test_a_bench_whose_register_is_tidy_begins_nothing(home: Home) -> None:
    with home.store() as store:
        came_down(store)
    tidier, heard = Tidier(), Listening()
    at_work(home.path, tidier, heard.synced, heard)
    assert (tidier.asked, tidier.closed) == ([], 0)


def test_a_bench_works_on_where_the_program_cannot_be_started(home: Home) -> None:
    with home.store() as store:
        came_down(store)
        left_untidy(store)
    tidier = Tidier(fails=True)
    at_work(home.path, tidier, tidier.begun, Listening())
    assert (len(tidier.asked), tidier.closed) == (1, 0)
