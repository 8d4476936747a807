"""The words of one paint: a language, a time zone, and how values are written. No Qt.

Everything that a person or a device may have typed passes `shown` before it is painted: it is
plain text, it fits, and it cannot turn the line around.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from app.texts import Language, Texts

LONGEST: Final = 120
"""Characters of one value that are painted; the journal keeps all of them."""
RUN: Final = 18
"""Characters without a space after which a line may break."""
_DIGITS: Final = 3
_GROUPED: Final = 10_000
MISSING: Final = "\u2013"
_UNITS: Final = ((1_000_000_000, "GΩ"), (1_000_000, "MΩ"), (1_000, "kΩ"), (1, "Ω"))
BREAK: Final = "\u200b"
"""Where a long run may break; painted as nothing."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How things are said now.

    Attributes:
        texts: The catalogue of the language.
        zone: The site's time zone; None for the computer's own.
    """

    texts: Texts
    zone: tzinfo | None = None

    def say(self, key: str, **fields: object) -> str:
        """The text of a key; its fields are made fit to be painted."""
        return self.texts.say(key, **{name: shown(str(one)) for name, one in fields.items()})

    def count(self, key: str, n: int) -> str:
        """The singular or plural text of a key."""
        return self.texts.say(f"{key}.{'one' if n == 1 else 'other'}", n=number(n))

    def word(self, prefix: str, value: str) -> str:
        """The text of ``<prefix>.<value>``, or the value itself where there is none."""
        key = f"{prefix}.{value}"
        return self.texts.say(key) if self.texts.has(key) else or_dash(value)

    def clock(self, at: datetime) -> str:
        """The time of day, as ``14:05``."""
        return f"{at.astimezone(self.zone):%H:%M}"

    def local_day(self, at: datetime) -> date:
        """The site's day of an instant."""
        return at.astimezone(self.zone).date()

    def moment(self, at: datetime, now: datetime) -> str:
        """The time of day, with the date in front where it is another day."""
        local = at.astimezone(self.zone)
        if local.date() == self.local_day(now):
            return f"{local:%H:%M}"
        return f"{local:%Y-%m-%d %H:%M}"

    def until(self, at: datetime, now: datetime) -> str:
        """An end to come: the time of day alone where it comes within a day."""
        return self.clock(at) if at - now < timedelta(days=1) else self.moment(at, now)

    def day(self, day: date | None) -> str:
        """A date as ISO 8601 writes it, which both languages read alike."""
        return day.isoformat() if day is not None else MISSING

    def ohm(self, ohm: int | None) -> str:
        """A resistance to three digits, such as ``1.02 MΩ``, with the language's decimal sign."""
        if ohm is None:
            return MISSING
        for size, unit in _UNITS:
            if round_to_three(ohm) >= size:
                text = f"{round_to_three(ohm) / size:.3g} {unit}"
                return text.replace(".", ",") if self._decimal_comma else text
        return f"{ohm} Ω"

    @property
    def _decimal_comma(self) -> bool:
        return self.texts.language is Language.SWEDISH


def number(n: int) -> str:
    """A whole number; from five digits on in groups, as ISO 80000-1 writes it.

    >>> number(9_999), number(1_000_000).split("\N{NARROW NO-BREAK SPACE}")
    ('9999', ['1', '000', '000'])
    """
    return str(n) if abs(n) < _GROUPED else f"{n:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def round_to_three(number: int) -> int:
    """A whole number rounded to its three leading digits."""
    return round(number, min(0, _DIGITS - len(str(abs(number)))))


def shown(text: str) -> str:
    """A foreign text made fit to be painted on one line.

    Control and format characters (NUL, line breaks, writing direction overrides) become the
    replacement character or a space, what is too long ends in an ellipsis, and long runs get
    places where a line may break.
    """
    plain = text[: LONGEST + 1]
    if not plain.isprintable():  # few texts are looked at a character at a time
        plain = "".join(map(_visible, plain))
    plain = plain.strip()
    if len(plain) > LONGEST:
        plain = f"{plain[:LONGEST].rstrip()}…"
    return " ".join(map(_breakable, plain.split(" "))) if len(plain) > RUN else plain


def or_dash(text: str) -> str:
    """A foreign text, or a dash where there is none."""
    return shown(text) or MISSING


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp"} or character in "\t\r\n":
        return " "
    return "\ufffd" if category.startswith("C") else character


def _breakable(word: str) -> str:
    if len(word) <= RUN:
        return word
    return BREAK.join(word[at : at + RUN] for at in range(0, len(word), RUN))
