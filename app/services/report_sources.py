"""Where a report takes its rows from: the store, and the site's time."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

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
