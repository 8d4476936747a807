"""The tester's own clock: how it writes the time, and how old a reading may be."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.line_fault import LineFault

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Times:
    """How a tester writes the time of a test.

    Attributes:
        formats: In the letters of ``strptime``, tried in this order. None: it is kept as text.
        fresh_for: How far its time may be from the bench's when the reading arrives; None where
            nothing is asked.
    """

    formats: tuple[str, ...] = ()
    fresh_for: timedelta | None = None

    def read(self, text: str | None) -> datetime | LineFault | None:
        """The time that a text tells; None where nothing is read from it.

        A profile that asks for freshness asks for a time: a reading without one is a fault.
        """
        if not self.formats:
            return None
        if text is None:
            return LineFault("bad_time") if self.fresh_for is not None else None
        if len(text) <= _LONGEST:
            for each in self.formats:
                try:
                    return datetime.strptime(text, each)  # noqa: DTZ007 - the site's own time
                except ValueError:
                    continue
        return LineFault("bad_time", text[:_LONGEST])
