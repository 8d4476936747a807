"""The counts of the programme's standing."""

import json
from datetime import datetime
from typing import Any

from app.data.compiled import programme as sql
from app.data.driver import Connection
from app.data.values import as_stored, day, instant, micros
from app.domain.completed_repairs import CompletedRepair
from app.domain.installed_base import BaseCount, InstalledBase
from app.domain.products import Family, Ownership


def installed_base(connection: Connection) -> InstalledBase:
    """The register's Apple products, counted by family, ownership, proof and end of lease."""
    return InstalledBase(tuple(map(_count_of, sql.INSTALLED_BASE.all(connection))))


@as_stored
def _count_of(row: tuple[Any, ...]) -> BaseCount:
    family, ownership, proven, leased_until, count = row
    return BaseCount(Family(family), Ownership(ownership), bool(proven), count, day(leased_until))


def completed(
    connection: Connection, since: datetime, until: datetime
) -> tuple[CompletedRepair, ...]:
    """The repairs completed from one moment to before another, in order of time."""
    rows = sql.COMPLETED.all(connection, since=micros(since), until=micros(until))
    return tuple(map(_completed_of, rows))


@as_stored
def _completed_of(row: tuple[Any, ...]) -> CompletedRepair:
    number, serial, opened_at, completed_at, signed_by, parts = row
    return CompletedRepair(
        number=number,
        serial=serial,
        opened_at=instant(opened_at),
        completed_at=instant(completed_at),
        is_signed=signed_by is not None,
        parts=tuple((part, kgb) for part, kgb in json.loads(parts)),
    )
