"""The stores of the tests are what the program makes, though they are copied."""

from pathlib import Path

import pytest

from app.data.opening import create_store
from app.data.store import LocalStore
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock, new_store

NAMES = ("made", "copied")


def held(store: LocalStore) -> list[object]:
    """Every table, how the file is laid out, and the rows that a new bench has."""
    asked = (
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2",
        "SELECT * FROM own_bench",
        "SELECT * FROM benches",
        "SELECT * FROM alembic_version",
        "SELECT count(*) FROM entries",
        "PRAGMA auto_vacuum",
        "PRAGMA journal_mode",
        "PRAGMA page_size",
    )
    with store.database.reading() as connection:
        return [list(connection.execute(one)) for one in asked]


@pytest.mark.parametrize("lane", [0, 3])
def test_a_new_store_of_a_test_is_as_the_program_makes_it(tmp_path: Path, lane: int) -> None:
    made, copied = (tmp_path / f"{name}.db" for name in NAMES)
    one, other = CountedIds(lane), CountedIds(lane)
    with (
        create_store(made, STORE_KEY, SteppingClock(), one) as wanted,
        new_store(copied, SteppingClock(), other) as got,
    ):
        assert held(got) == held(wanted)
        assert got.bench_id == wanted.bench_id
    assert one == other
    assert copied.stat().st_mode == made.stat().st_mode
    beside = {name: {each.suffix for each in tmp_path.glob(f"{name}.db*")} for name in NAMES}
    assert beside["made"] == beside["copied"]
