"""A second way to read: beside an open transaction, and of what is committed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.data.onlooking import Onlooker
from app.data.store import LocalStore
from app.services.ports import RegisterRow, StoreFaultError
from tests.data.pairs import append, note, opened
from tests.fixtures_store import STORE_KEY

Make = Callable[..., LocalStore]


def test_an_onlooker_reads_while_the_store_writes_and_sees_what_is_committed(
    store: LocalStore,
) -> None:
    append(store, opened())
    onlooker = store.onlooker()
    with store.writing() as tx:
        tx.append(note("not yet"))
        with onlooker.reading() as reader:
            assert len(reader.timeline("repair:r1")) == 1
    with onlooker.reading() as reader:
        assert len(reader.timeline("repair:r1")) == 2
    onlooker.close()


def test_an_onlooker_sees_one_moment(store: LocalStore) -> None:
    onlooker = store.onlooker()
    with onlooker.reading() as reader:
        assert reader.person("anna") is None
        row = RegisterRow("people", "anna", {"id": "anna", "name": "Anna", "role": "lead"})
        assert store.load_registers([row]) == ()
        assert reader.people() == ()
    with onlooker.reading() as reader:
        assert [one.id for one in reader.people()] == ["anna"]
    onlooker.close()


def test_a_store_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreFaultError):
        Onlooker(tmp_path / "nothing.db", STORE_KEY)


def test_another_programs_database_is_told_and_let_go(make_store: Make) -> None:
    store = make_store()
    store.database.bare.execute("DROP TABLE register_base")
    with pytest.raises(Exception, match="register_base"):
        store.onlooker()
