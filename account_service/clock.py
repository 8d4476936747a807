"""The one place that reads the machine's clock; everything else is handed a `Clock`."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Gives the present instant, aware, in UTC."""


def system_clock() -> datetime:
    """The present instant by this machine's clock."""
    return datetime.now(UTC)  # noqa: TID251 - this is the clock that the others are given


def instant_text(instant: datetime) -> str:
    """Write an instant as tables and wire do: UTC, microseconds, ``Z``; its order is time's."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
