"""A row for each reading and each thing taken back, wherever its entry came from."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from app.data.engine import Database
from app.data.migrating import upgrade
from app.data.opening import open_store
from app.data.store import LocalStore
from app.domain.journal import Draft
from app.domain.recall import ByLot, ByTester
from app.domain.repairs import Step
from app.services.ports import PushOutcome
from tests.data.pairs import Service, is_sound, pull, push
from tests.data.recalled import Day
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock


def ledgers(store: LocalStore) -> list[tuple[object, ...]]:
    with store.database.reading() as connection:
        return [
            *connection.execute(
                "SELECT person_id, tester_id, verdict FROM esd_readings"
            ).fetchall(),
            *connection.execute("SELECT cited FROM taken_back").fetchall(),
        ]


def a_day(store: LocalStore, clock: SteppingClock) -> Day:
    day = Day(store, clock)
    day.reading(0)
    day.reading(0, person=None)
    day.begun(1)
    day.undone(3, day.part(2))
    return day


def test_a_rebuild_makes_the_ledgers_again(store: LocalStore, store_clock: SteppingClock) -> None:
    a_day(store, store_clock)
    before = ledgers(store)
    assert len(before) == 3
    assert is_sound(store)
    store.database.bare.execute("DELETE FROM taken_back")
    store.database.bare.execute("UPDATE esd_readings SET tester_id = 'T9' WHERE person_id = 'anna'")
    rebuilt = store.rebuild()
    assert sorted((one.table, one.code) for one in rebuilt.differences) == [
        ("esd_readings", "changed"),
        ("taken_back", "missing"),
    ]
    assert sorted(map(str, ledgers(store))) == sorted(map(str, before))


def test_what_comes_down_is_noted_as_what_is_written_here(
    make_store: Callable[..., LocalStore], store_clock: SteppingClock
) -> None:
    service = Service()
    there, here = make_store("there"), make_store("here")
    day = a_day(there, store_clock)
    push(there, service)
    pull(here, service)
    assert sorted(map(str, ledgers(here))) == sorted(map(str, ledgers(there)))
    assert is_sound(here)
    assert Day(here, store_clock).told(ByTester("T1")) == day.told(ByTester("T1"))


def test_what_is_carried_over_stands_there_once(
    store: LocalStore, store_clock: SteppingClock
) -> None:
    day = a_day(store, store_clock)
    before = sorted(map(str, ledgers(store)))
    told = day.told(ByTester("T1"))
    store.new_identity()
    assert len(ledgers(store)) == len(before)
    assert is_sound(store)
    assert day.told(ByTester("T1")) == told


def test_what_the_service_refuses_stays_in_the_ledgers(
    store: LocalStore, store_clock: SteppingClock
) -> None:
    a_day(store, store_clock)
    before = ledgers(store)
    store.record_outcomes([PushOutcome(seq, "rejected", None, "no") for seq in range(1, 9)])
    assert ledgers(store) == before
    assert store.rebuild().equal


@pytest.fixture
def old(tmp_path: Path, make_store: Callable[..., LocalStore], store_clock: SteppingClock) -> Path:
    """A database of the schema before, with the entries of a day in it."""
    new = make_store("new")
    day = a_day(new, store_clock)
    day.reading(4, verdict="fail_low")
    odd = {"verdict": "pass", "channel": 5, "valid_until": "never"}
    day.write(5, Draft("esd.measured", "person:anna", "bench", dict(odd)))
    day.write(6, Draft("esd.measured", "person:anna", "bench", {"verdict": "odd"}))
    day.write(7, Draft("repair.undone", "repair:r1", "person:anna", {"entry": 5}))
    day.part(8, "KGB2")
    path = tmp_path / "old.db"
    database = Database(path, STORE_KEY, create=True)
    alchemy = database.alchemy
    with database.writing() as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
    with database.writing():
        upgrade(alchemy, "0002")
    copied = {
        "benches": "*",
        "own_bench": "*",
        "entries": "*",
        "repairs": "*",
        "repair_steps": "*",
        "repair_parts": 'repair, place, part_number, kgb, kbb, "order", delivery, entry_id',
        "repair_conflicts": "*",
        "esd_states": "*",
    }
    for table, columns in copied.items():
        with new.database.reading() as connection:
            asked = f"SELECT {columns} FROM {table}"  # noqa: S608 - the names above
            rows = connection.execute(asked).fetchall()
        with database.writing() as connection:
            for row in rows:
                marks = ", ".join("?" * len(row))
                put = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608 - likewise
                connection.execute(put, row)
    database.close()
    return path


def test_an_older_database_gets_its_ledgers_from_its_journal(
    old: Path, store_clock: SteppingClock
) -> None:
    with open_store(old, STORE_KEY, store_clock, CountedIds(lane=9)) as store:
        assert len(ledgers(store)) == 6
        rebuilt = store.rebuild()
        assert rebuilt.differences == ()
        day = Day(store, store_clock)
        assert [told[1:] for told in day.told(ByTester("T1"))] == [
            ("in_repair", ()),
            ("661-17578", ("taken_back",)),
        ]
        (hit,) = day.found(ByLot(serial="KGB2")).hits
        part = hit.touches[0].work.part
        assert part is not None
        assert (part.actor, UUID(part.entry_id).version) == ("person:anna", 7)


@pytest.mark.parametrize("other_first", [True, False])
def test_across_benches_the_journal_has_the_order_that_the_service_gave(
    make_store: Callable[..., LocalStore], store_clock: SteppingClock, *, other_first: bool
) -> None:
    service = Service()
    here, there = make_store("here"), make_store("there")
    day, elsewhere = Day(here, store_clock), Day(there, store_clock)
    day.opened(-2)
    day.step(-1, Step.DIAGNOSED)
    day.reading(0)
    elsewhere.reading(10, "T2")
    for store in (there, here) if other_first else (here, there):
        push(store, service)
    day.step(20, Step.IN_REPAIR)
    push(here, service)
    for store in (here, there):
        pull(store, service)
    # by the clocks T2 took over before the work; by the service's order it did so, or came first
    told = [("r1", "in_repair", ("order",))] if other_first else []
    for each in (day, elsewhere):
        assert each.told(ByTester("T1")) == told
        assert each.told(ByTester("T2")) == [("r1", "in_repair", ())]
        assert is_sound(each.store)
