"""What goes along with a row that is written over the base: counts, and the index over its texts.

A row's own tables are `app.data.register_writing`'s; here is what keeps search and counts right for
both layers, in the same transaction.
"""

from collections.abc import Mapping
from typing import Final

from app.data.compiled import base as base_sql
from app.data.compiled import overlay as sql
from app.data.driver import Connection

_GROUP: Final = ("family", "maker", "ownership", "proven", "leased_until")


def leave(connection: Connection, serial: str) -> dict[str, object]:
    """Take what is known of a product out of the counts and the index, before it is written.

    Returns:
        What the row has to say besides.
    """
    standing = sql.STANDING.first(connection, of=serial)
    if standing is None:  # the base's own product, where it has one, is hidden from now on
        group = base_sql.GROUP.first(connection, of=serial)
        if group is not None:
            _count(connection, group, hidden=1)
    elif not standing[0]:
        _count(connection, standing[1:], -1)
    sql.CLEAR_WORDS.run(connection, of=serial)
    epoch = sql.EPOCH.first(connection)
    return {"epoch": epoch and epoch[0]}


def enter(connection: Connection, row: Mapping[str, object]) -> None:
    """Put a product that was written into the counts and the index."""
    serial = row["serial"]
    _count(connection, _group_of(row), 1)
    sql.NUMBER.run(connection, serial=serial)
    sql.ADD_WORDS.run(connection, of=serial)


def _group_of(row: Mapping[str, object]) -> tuple[object, ...]:
    """What `app.data.queries.base.group_of` says of the row."""
    maker = row["maker"]
    proven = bool(row["proof"] or row["order"] or row["document"])
    return (
        row["family"] or "",
        maker if maker in {"apple", ""} else "other",
        row["ownership"],
        int(proven),
        row["leased_until"] or "",
    )


def _count(
    connection: Connection, group: tuple[object, ...], by: int = 0, *, hidden: int = 0
) -> None:
    sql.COUNT.run(connection, **dict(zip(_GROUP, group, strict=True)), count=by, hidden=hidden)
