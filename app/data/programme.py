"""The counts of the programme's standing."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app.data import repairs
from app.data.compiled import programme as sql
from app.data.driver import Connection
from app.data.values import as_stored, day, micros
from app.domain.installed_base import BaseCount, InstalledBase
from app.domain.products import Family, Ownership
from app.domain.repairs import Repair


def installed_base(connection: Connection) -> InstalledBase:
    """The register's Apple products, counted by family, ownership, proof and end of lease."""
    return InstalledBase(tuple(map(_count_of, sql.INSTALLED_BASE.all(connection))))


@as_stored
def _count_of(row: tuple[Any, ...]) -> BaseCount:
    family, ownership, proven, leased_until, count = row
    return BaseCount(Family(family), Ownership(ownership), bool(proven), count, day(leased_until))


def completed(connection: Connection, since: datetime, until: datetime) -> Iterator[Repair]:
    """The repairs completed from one moment to before another, in order of time."""
    rows = sql.COMPLETED.all(connection, since=micros(since), until=micros(until))
    return filter(None, (repairs.load(connection, repair_id) for (repair_id,) in rows))
