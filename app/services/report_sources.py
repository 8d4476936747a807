"""Where a report takes its rows from: the store, the site's time, and payloads that may be odd.

A payload may come from a newer bench or a damaged one, so it is read without trust: what is not of
the expected type counts as not on record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from app.domain.journal import Json, instant_of
from app.services.ports import Reader
from app.services.report_model import Actor


@dataclass(frozen=True, slots=True)
class Sources:
    """The store and the site's time zone."""

    reader: Reader
    zone: tzinfo

    def local(self, at: datetime) -> datetime:
        """An instant in the site's time, or as it is where the calendar ends before that."""
        try:
            return at.astimezone(self.zone)
        except OverflowError:
            return at

    def actor(self, actor: str) -> Actor:
        """Who an entry's actor is; a person whom the register lacks keeps an empty name."""
        kind, _, person_id = actor.partition(":")
        return self.person(person_id) if kind == "person" else Actor(actor, "")

    def person(self, person_id: str) -> Actor:
        """A person with the name that the register has now."""
        person = self.reader.person(person_id)
        return Actor(person_id, person.name if person else "")


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
