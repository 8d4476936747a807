"""Makes the read models again from the journal, and tells where the stored ones differed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from app.data import ledgers, tables
from app.data.claims import sharing
from app.data.driver import Connection
from app.data.engine import Database
from app.data.folding import MODELS, fold_together, refold

MOST_TOLD: Final = 1_000
"""How many differences are listed; every one is mended."""

_TABLES: Final = (
    tables.repairs,
    tables.repair_steps,
    tables.repair_parts,
    tables.repair_notes,
    tables.repair_conflicts,
    tables.esd_states,
    tables.esd_readings,
    tables.taken_back,
    tables.equipment_tests,
)
"""Every table that the journal tells, parents before children."""
_ASIDE: Final = {
    table: sa.Table(
        f"stored_{table.name}",
        sa.MetaData(),
        *(sa.Column(column.name, column.type) for column in table.c),
        prefixes=["TEMPORARY"],
    )
    for table in _TABLES
}
"""Where the stored rows wait for the comparison."""
_SUBJECTS: Final = (
    sa.select(tables.entries.c.subject)
    .where(tables.entries.c.subject >= sa.bindparam("first"))
    .where(tables.entries.c.subject < sa.bindparam("end"))
    .distinct()
    .order_by(tables.entries.c.subject)
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of a read model that was not what the journal tells.

    Attributes:
        table: In which table.
        key: Which row.
        code: ``changed``, ``missing`` (it was not there) or ``extra`` (the journal knows nothing
            of it).
    """

    table: str
    key: str
    code: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What making the read models again told.

    Attributes:
        subjects: How many subjects were folded.
        differences: The rows that differed, at most `MOST_TOLD`.
    """

    subjects: int
    differences: tuple[Difference, ...]

    @property
    def equal(self) -> bool:
        """Whether the stored read models were what the journal tells."""
        return not self.differences


def rebuild(database: Database, back_up: Callable[[], object]) -> Rebuilt:
    """Fold the whole journal again, in one transaction, and compare row by row.

    Args:
        database: The open database.
        back_up: Makes a backup of the read models as they were; called only where they differed.

    Raises:
        StoreFaultError: The environment failed; nothing was changed.
    """
    alchemy = database.alchemy
    with database.writing() as connection:
        rebuilt = refold_all(connection, alchemy)
        if not rebuilt.equal:
            back_up()
    return rebuilt


def refold_all(connection: Connection, alchemy: sa.Connection) -> Rebuilt:
    """Make every read model again in the open transaction of a connection, and SQLAlchemy's."""
    _put_aside(alchemy)
    subjects = 0
    for model in MODELS:
        kind = model.prefix.removesuffix(":")
        within = {"first": f"{kind}:", "end": f"{kind};"}  # the character after the colon
        for subject in alchemy.execute(_SUBJECTS, within).scalars().all():
            fold_together(connection, model, [subject])
            subjects += 1
    refold(connection, *sharing(connection))
    ledgers.note_all(connection)
    differences = tuple(_differences(alchemy))
    for aside in _ASIDE.values():
        aside.drop(alchemy)
    return Rebuilt(subjects, differences)


def _put_aside(connection: sa.Connection) -> None:
    """Move what is stored into tables of the connection's own."""
    for table, aside in _ASIDE.items():
        aside.create(connection)
        names = [column.name for column in table.c]
        connection.execute(sa.insert(aside).from_select(names, sa.select(table)))
    for table in reversed(_TABLES):
        connection.execute(sa.delete(table))


def _differences(connection: sa.Connection) -> Iterator[Difference]:
    left = MOST_TOLD
    for table, aside in _ASIDE.items():
        told = connection.execute(_compared(table, aside).limit(left)).all()
        left -= len(told)
        for *key, code, sides in told:
            name = ":".join(str(part) for part in key)
            yield Difference(table.name, name, "changed" if sides > 1 else code)


def _compared(table: sa.Table, aside: sa.Table) -> sa.Select[*tuple[Any, ...]]:
    """The keys of the rows that are on one side only, and how many sides have a row there."""
    fresh, stored = sa.select(table), sa.select(aside)
    extra = sa.except_(stored, fresh).subquery()
    missing = sa.except_(fresh, stored).subquery()
    both = sa.union_all(
        sa.select(sa.literal("extra").label("code"), *extra.c),
        sa.select(sa.literal("missing"), *missing.c),
    ).subquery()
    keys = [both.c[column.name] for column in table.primary_key]
    return (
        sa.select(*keys, sa.func.min(both.c.code), sa.func.count()).group_by(*keys).order_by(*keys)
    )
