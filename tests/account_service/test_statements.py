"""What every statement must keep to, so that many organisations can share a database."""

import re
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy.event
from sqlalchemy import Engine

from account_service.services import enrolling, organisations
from account_service.services.reporting import report
from account_service.store.database import Database
from tests.account_service.conftest import NOON, Bench

OPERATORS_ONLY = (
    "SELECT organisation.organisation_id, organisation.name, organisation.revision,"
    " organisation.chain FROM organisation ORDER BY organisation.name, organisation.organisation_id"
)
"""The list of organisations is the one statement that names none."""


@pytest.fixture
def said() -> Iterator[list[str]]:
    """Every statement that any engine executes during the test."""
    heard: list[str] = []

    def hear(*told: object) -> None:
        heard.append(re.sub(r"\s+", " ", str(told[2])))

    sqlalchemy.event.listen(Engine, "before_cursor_execute", hear, named=False)
    yield heard
    sqlalchemy.event.remove(Engine, "before_cursor_execute", hear)


def everything(database: Database, enrol: Callable[..., Bench], put: Callable[..., Any]) -> None:
    bench = enrol()
    journal = bench.journal
    bench.push(journal.opened(), journal.moved("opened", "diagnosed"), journal.entry("x"))
    again = enrol(journal=journal)
    again.push(journal.moved("diagnosed", "in_repair"))
    put(("assets", "A1", {}), ("people", "p1", {}))
    put(("assets", "A1", {"a": 1}))
    again.pull_all()
    report(database, bench.organisation_id)
    enrolling.list_benches(database, bench.organisation_id)
    enrolling.revoke(database, bench.organisation_id, journal.bench_id, NOON)
    organisations.named(database, "Skolan")
    enrolling.issue_code(
        database,
        bench.organisation_id,
        valid=timedelta(minutes=1),
        now=NOON,
        random=secrets.token_bytes,
    )


def test_every_statement_names_the_organisation(
    database: Database, enrol: Callable[..., Bench], put: Callable[..., Any], said: list[str]
) -> None:
    everything(database, enrol, put)
    statements = {each for each in said if not each.startswith("BEGIN")}
    assert len(statements) > 25
    for statement in statements - {OPERATORS_ONLY}:
        if statement.startswith("INSERT"):
            assert re.match(r"INSERT INTO \w+ \(organisation_id, ", statement), statement
        else:
            _, _, condition = statement.partition(" WHERE ")
            assert re.match(r"\w+\.organisation_id = \?", condition), statement


def test_a_write_locks_the_organisation_before_it_looks_at_anything_else(
    bench: Bench, put: Callable[..., Any], said: list[str]
) -> None:
    bench.push(bench.journal.entry())
    put(("assets", "A1", {}))
    begun = [place for place, each in enumerate(said) if each == "BEGIN IMMEDIATE"]
    assert len(begun) == 2
    for place in begun:
        assert "FROM organisation WHERE organisation.organisation_id = ?" in said[place + 1]


def test_nothing_is_used_that_cannot_be_distributed(
    database: Database, enrol: Callable[..., Bench], put: Callable[..., Any], said: list[str]
) -> None:
    everything(database, enrol, put)
    banned = re.compile(r"(?i)\b(TRIGGER|SEQUENCE|NEXTVAL|LISTEN|NOTIFY|ADVISORY|AUTOINCREMENT)\b")
    assert [each for each in said if banned.search(each)] == []
    with database.reading() as connection:
        kinds = connection.exec_driver_sql("SELECT DISTINCT type FROM sqlite_schema").scalars()
        assert set(kinds) == {"table", "index"}
