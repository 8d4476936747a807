"""A database that an earlier version of the program wrote is brought up to date and goes on."""

import importlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from account_service.contract import SealedEntry
from account_service.services import pulling, pushing
from account_service.services.signing_in import caller_of
from account_service.store.database import open_database
from account_service.store.schema import HEAD, upgrade, version_of
from tests.account_service.conftest import NOON, ZEROS
from tests.account_service.journals import Journal, chain_after

dbapi2: Any = importlib.import_module("sqlcipher3.dbapi2")  # without types

SAVED = sorted((Path(__file__).parent / "saved").glob("*.sql"))
TOKEN = "0123456789ab.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"  # noqa: S105 - counted, not random
BENCH_ID = "0193aa00-0000-7000-8000-000000000001"
LAST_SEQ = 4
LAST_HASH = "2b2c55f50f473209391e8bd7035fd42890a8b46ebbcfd0ebfb0f565a46254cbc"


def test_every_version_has_a_saved_database() -> None:
    assert [path.stem for path in SAVED][-1] == HEAD


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.stem)
def test_a_saved_database_goes_on(saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "account.db"
    connection = dbapi2.connect(str(path))
    connection.executescript(saved.read_text(encoding="utf-8"))
    connection.close()
    database = open_database(str(path))
    try:
        upgrade(database)
        with database.reading() as reader:
            assert version_of(reader) == HEAD
        caller = caller_of(database, TOKEN)
        journal = Journal(BENCH_ID)
        journal.seq, journal.hash = LAST_SEQ, LAST_HASH
        entry = msgspec.convert(journal.moved("opened", "diagnosed"), SealedEntry)
        pushed = pushing.push(database, caller, [entry], NOON)
        assert [each.outcome for each in pushed.outcomes] == ["accepted"]
        page = pulling.pull(database, caller, pulling.Cursor(0, ZEROS), 100)
    finally:
        database.close()
    items = msgspec.json.decode(msgspec.json.encode(page))["items"]
    chain = ZEROS
    for item in items:
        chain = chain_after(chain, item)
        assert item["chain"] == chain
    assert chain == pushed.chain
