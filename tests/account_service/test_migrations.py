"""The migrations make what the tables say, once, and nothing newer is touched."""

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from account_service.errors import StoreError
from account_service.store import migrating, schema
from account_service.store.database import Database, open_database
from account_service.store.tables import METADATA


def test_migrations_equal_the_tables(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_migrations_and_tables_make_the_same_statements(tmp_path: Path, database: Database) -> None:
    """What the comparison cannot see: primary keys, foreign keys and their order."""
    made = open_database(str(tmp_path / "made.db"))
    with made.writing() as connection:
        METADATA.create_all(connection)
    assert statements(made) == statements(database)
    made.close()


def statements(database: Database) -> dict[str, list[str]]:
    with database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_schema"
            " WHERE sql IS NOT NULL AND name != 'alembic_version'"
        )
        return {
            name: sorted(part.strip().rstrip(",").strip() for part in sql.splitlines())
            for name, sql in rows
        }


def test_the_newest_migration_is_the_one_that_the_program_asks_for() -> None:
    assert ScriptDirectory.from_config(migrating.settings()).get_heads() == [schema.HEAD]


def test_migrating_again_changes_nothing(database: Database) -> None:
    before = statements(database)
    schema.upgrade(database)
    assert statements(database) == before


def test_a_migration_can_be_taken_back(database: Database) -> None:
    with database.writing() as connection:
        command.downgrade(migrating.settings(connection), "base")
    assert set(statements(database)) == set()
    schema.upgrade(database)
    assert "entry" in statements(database)


def test_a_database_of_a_newer_program_is_refused_untouched(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = statements(database)
    with pytest.raises(StoreError) as refused:
        schema.upgrade(database)
    assert (refused.value.code, refused.value.fields) == ("database_newer", {"version": "9999"})
    assert statements(database) == before


def test_every_key_and_index_leads_with_the_organisation() -> None:
    for table in METADATA.tables.values():
        parts: list[Any] = [table.primary_key, *table.indexes, *table.foreign_key_constraints]
        parts += [each for each in table.constraints if hasattr(each, "columns")]
        for part in parts:
            assert next(iter(part.columns)).name == "organisation_id", (table.name, part)
