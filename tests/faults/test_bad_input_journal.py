"""One byte of one entry is changed behind the program's back: `journal verify` names that entry."""

import random
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.bootstrap import SystemClock, SystemIds
from app.data import tables
from app.data.engine import Database
from app.data.keys import KeyPlace
from app.data.opening import open_store
from tests.unit.commands.lines import Line, bench, line

__all__ = ["bench", "line"]

MAC: Final = "C02XK0ABJGH5"
ANNA: Final = ("--badge", "1001")
SEEN: Final = ("--confirmed-by", "1002")
Row = dict[str, Any]


def bent_text(text: str) -> str:
    """A text with one character of it another; a JSON text stays one."""
    place = next(at for at in range(len(text) - 1, -1, -1) if text[at].isalnum())
    return text[:place] + ("1" if text[place] != "1" else "2") + text[place + 1 :]


def bent_bytes(raw: bytes) -> bytes:
    """Bytes with one bit of them another."""
    return bytes([raw[0] ^ 1]) + raw[1:]


CHANGES: Final[dict[str, Callable[[Row], object]]] = {
    "id": lambda row: bent_bytes(row["id"]),
    "kind": lambda row: bent_text(row["kind"]),
    "subject": lambda row: bent_text(row["subject"]),
    "actor": lambda row: bent_text(row["actor"]),
    "recorded_at": lambda row: row["recorded_at"] + 1,
    "schema": lambda row: row["schema"] + 1,
    "payload": lambda row: bent_text(row["payload"]),
    "hash": lambda row: bent_bytes(row["hash"]),
}


@pytest.fixture
def worked(bench: Line) -> Line:
    """A home with some entries in it."""
    bench.told("repair", "open", MAC, *ANNA)
    bench.told("esd", "record", *ANNA, *SEEN, "--ohm", "1050000")
    return bench


@contextmanager
def _by_alchemy(database: Database) -> Generator[sa.Connection]:
    alchemy = database.alchemy
    with database.writing():
        yield alchemy


def change(home: Line, work: Callable[[sa.Connection], Any]) -> Any:  # noqa: ANN401 - of the work
    """Do something to the database with its key, but past the program."""
    place = KeyPlace(home.home)
    with (
        open_store(home.home / "bench.db", place.load(), SystemClock(), SystemIds()) as store,
        _by_alchemy(store.database) as connection,
    ):
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        return work(connection)


def rows_of(home: Line) -> list[Row]:
    """Every entry as the database has it, in order."""

    def read(connection: sa.Connection) -> list[Row]:
        found = connection.execute(sa.select(tables.entries).order_by(tables.entries.c.seq))
        return [dict(row) for row in found.mappings()]

    return change(home, read)


def own_bench_of(home: Line) -> UUID:
    """Which bench it is, by the database."""
    asked = sa.select(tables.benches.c.bench_id)
    return UUID(bytes=change(home, lambda connection: connection.execute(asked).scalar_one()))


def fault_of(home: Line) -> dict[str, Any]:
    """The first fault that `journal verify` names."""
    said = home.run("journal", "verify", "--json")
    assert said.code == 1
    assert said.json["verified"] is False
    fault = said.json["first_fault"]
    english, swedish = (
        home.run("journal", "verify"),
        home.run("journal", "verify", language="sv_SE"),
    )
    for text in (english.out + english.err, swedish.out + swedish.err):
        assert str(fault["seq"]) in text
        assert fault["bench_id"] in text
    assert english != swedish
    return fault


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_changed_byte_of_an_entry_is_named(worked: Line, column: str, place: str) -> None:
    rows = rows_of(worked)
    row = {"first": rows[0], "middle": rows[len(rows) // 2], "last": rows[-1]}[place]
    bent = CHANGES[column](row)
    changing = (
        sa.update(tables.entries).where(tables.entries.c.seq == row["seq"]).values({column: bent})
    )
    change(worked, lambda connection: connection.execute(changing))
    fault = fault_of(worked)
    assert fault["seq"] == row["seq"]
    assert UUID(fault["bench_id"]) == own_bench_of(worked)


@pytest.mark.parametrize("place", [0, 2, -1])
def test_a_removed_entry_is_missed(worked: Line, place: int) -> None:
    seq = rows_of(worked)[place]["seq"]

    def remove(connection: sa.Connection) -> None:
        connection.execute(sa.delete(tables.entries).where(tables.entries.c.seq == seq))

    change(worked, remove)
    assert fault_of(worked)["seq"] in (seq, seq + 1)


def test_two_entries_that_changed_places_are_noticed(worked: Line) -> None:
    first, second = (row["seq"] for row in rows_of(worked)[1:3])

    def swap(connection: sa.Connection) -> None:
        for old, new in ((first, 10_000), (second, first), (10_000, second)):
            seq = tables.entries.c.seq
            connection.execute(sa.update(tables.entries).where(seq == old).values(seq=new))

    change(worked, swap)
    assert fault_of(worked)["seq"] in (first, second)


def test_any_single_changed_character_of_any_payload_is_noticed(worked: Line) -> None:
    seed = random.randrange(2**32)  # noqa: S311 - places, not secrets
    chance = random.Random(seed)  # noqa: S311 - places, not secrets
    for _ in range(10):
        row = chance.choice(rows_of(worked))
        at = chance.randrange(len(row["payload"]))
        new = chr(ord(row["payload"][at]) ^ 1)
        bent = row["payload"][:at] + new + row["payload"][at + 1 :]
        entry = tables.entries.c.seq == row["seq"]

        def put(payload: str, entry: sa.ColumnElement[bool] = entry) -> None:
            changing = sa.update(tables.entries).where(entry).values(payload=payload)
            change(worked, lambda connection: connection.execute(changing))

        put(bent)
        said = worked.run("journal", "verify", "--json")
        assert said.code == 1, (seed, row, bent)
        assert said.json["first_fault"]["seq"] == row["seq"], (seed, bent)
        put(row["payload"])
    assert worked.told("journal", "verify")["verified"] is True


def test_changed_read_models_are_made_again(worked: Line) -> None:
    before = worked.told("repair", "list")
    bending = sa.update(tables.repairs).values(symptom="nothing", step="ready")
    change(worked, lambda connection: connection.execute(bending))
    said = worked.run("journal", "rebuild", "--json")
    assert said.code == 1
    assert {one["table"] for one in said.json["differences"]} == {"repairs"}
    assert worked.told("repair", "list") == before
    assert worked.told("journal", "rebuild")["differences"] == []
