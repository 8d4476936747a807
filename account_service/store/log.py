"""The organisation's log as benches pull it: entries and register rows, merged by revision."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import BindParameter, Connection, bindparam, select

from account_service.store.tables import ENTRY, REGISTER_VERSION

_ORGANISATION: Final[BindParameter[str]] = bindparam("organisation")
_AFTER: Final[BindParameter[int]] = bindparam("after")
_FETCH: Final = 100
"""Rows that are read ahead; with entries of 64 KiB at most this bounds the memory of a page."""
_ENTRIES: Final = (
    select(ENTRY.c.revision, ENTRY.c.chain, ENTRY.c.hash, ENTRY.c.canonical)
    .where(ENTRY.c.organisation_id == _ORGANISATION, ENTRY.c.revision > _AFTER)
    .order_by(ENTRY.c.revision)
    .limit(bindparam("most"))
)
_ROWS: Final = (
    select(
        REGISTER_VERSION.c.revision,
        REGISTER_VERSION.c.chain,
        REGISTER_VERSION.c.register,
        REGISTER_VERSION.c.key,
        REGISTER_VERSION.c.value,
    )
    .where(
        REGISTER_VERSION.c.organisation_id == _ORGANISATION, REGISTER_VERSION.c.revision > _AFTER
    )
    .order_by(REGISTER_VERSION.c.revision)
    .limit(bindparam("most"))
)
_ENTRY_CHAIN: Final = select(ENTRY.c.chain).where(
    ENTRY.c.organisation_id == _ORGANISATION, ENTRY.c.revision == bindparam("at")
)
_ROW_CHAIN: Final = select(REGISTER_VERSION.c.chain).where(
    REGISTER_VERSION.c.organisation_id == _ORGANISATION,
    REGISTER_VERSION.c.revision == bindparam("at"),
)


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """An entry at its place in the log."""

    revision: int
    chain: str
    hash: str
    canonical: bytes


@dataclass(frozen=True, slots=True)
class LoggedRow:
    """A register's row at its place in the log; ``value`` is canonical JSON, None a tombstone."""

    revision: int
    chain: str
    register: str
    key: str
    value: bytes | None


def items(
    connection: Connection, organisation_id: str, after: int, most: int
) -> Iterator[LoggedEntry | LoggedRow]:
    """``most`` items or more after a revision, if there are so many, read as they are asked for."""
    here = {"organisation": organisation_id, "after": after, "most": most}
    streaming = connection.execution_options(yield_per=_FETCH)
    entries = (LoggedEntry(*row) for row in streaming.execute(_ENTRIES, here))
    rows = (LoggedRow(*row) for row in streaming.execute(_ROWS, here))
    return heapq.merge(entries, rows, key=lambda item: item.revision)


def chain_at(connection: Connection, organisation_id: str, revision: int) -> str | None:
    """The chain at a revision from 1, None where the log does not reach it."""
    here = {"organisation": organisation_id, "at": revision}
    found: str | None = connection.execute(_ENTRY_CHAIN, here).scalar_one_or_none()
    return found or connection.execute(_ROW_CHAIN, here).scalar_one_or_none()
