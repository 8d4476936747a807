"""Reading payloads that may be odd. Pure, and total.

A payload may come from a newer bench or a damaged one, so it is read without trust: what is not of
the expected type counts as not on record.
"""

from collections.abc import Mapping
from datetime import date, datetime

from app.domain.journal import Json, instant_of


def text_of(payload: Mapping[str, Json], key: str) -> str:
    """A text of a payload, empty when it is not there."""
    value = payload.get(key)
    return value if isinstance(value, str) else ""


def number_of(payload: Mapping[str, Json], key: str) -> int | None:
    """A whole number of a payload, None when it is not there."""
    value = payload.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def day_of(payload: Mapping[str, Json], key: str) -> date | None:
    """A day of a payload (ISO 8601), None when it is not there."""
    try:
        return date.fromisoformat(text_of(payload, key))
    except ValueError:
        return None


def instant_or(payload: Mapping[str, Json], key: str, fallback: datetime) -> datetime:
    """An instant of a payload, or the fallback when it is not there."""
    try:
        return instant_of(text_of(payload, key))
    except ValueError:
        return fallback
