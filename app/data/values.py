"""How the store writes instants, days and hashes, and reads them back."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def micros(instant: datetime) -> int:
    """An aware instant as whole microseconds since 1970 UTC."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(value: int) -> datetime:
    """The instant of `micros`.

    Raises:
        OverflowError: It is outside the years that a datetime can say.
    """
    return _EPOCH + timedelta(microseconds=value)


def day(value: str | None) -> date | None:
    """A stored day."""
    return None if value is None else date.fromisoformat(value)


def day_text(value: date | None) -> str | None:
    """A day as it is stored."""
    return None if value is None else value.isoformat()
