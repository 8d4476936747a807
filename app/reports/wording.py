"""Values in the words and figures of a language: days, instants, resistances, people."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from app.reports.lines import BODY, MISSING, Run
from app.reports.page import Style
from app.services.report_model import Actor, LimitLine
from app.texts import Language, Texts

_UNITS: Final = ((10**9, "GΩ"), (10**6, "MΩ"), (10**3, "kΩ"), (1, "Ω"))
_DECIMAL: Final[Mapping[Language, str]] = MappingProxyType(
    {Language.SWEDISH: ",", Language.ENGLISH: "."}
)


class Wording:
    """The words of one language.

    Attributes:
        texts: The catalogue.
    """

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def say(self, key: str, **fields: object) -> str:
        """The text of ``report.<key>``."""
        return self.texts.say(f"report.{key}", **fields)

    def named(self, group: str, code: str) -> str:
        """The word for a code, ``report.<group>.<code>``; a code without a word stands as it is."""
        key = f"report.{group}.{code}"
        return self.texts.say(key) if code and self.texts.has(key) else code

    def value(self, text: str, style: Style = BODY, label: str = "") -> Run:
        """A value, or in words that it is not on record."""
        return Run(text, style, label) if text.strip() else self.missing("not_on_record", label)

    def missing(self, key: str, label: str = "") -> Run:
        """That something is missing, in the words of ``report.<key>``."""
        return Run(self.say(key), MISSING, label)

    def instant(self, at: datetime) -> str:
        """An instant: ISO 8601 with a blank, to the second, with its distance from UTC.

        The distance tells the two 02:30 of an autumn night apart.
        """
        text = at.isoformat(sep=" ", timespec="seconds")
        return f"{text[:19]}\N{NO-BREAK SPACE}{text[19:]}"

    def day(self, day: date | None) -> str:
        """A day, ISO 8601; empty for none."""
        return day.isoformat() if day else ""

    def ohms(self, ohm: int) -> str:
        """A resistance, exact: ``1,05 MΩ`` or ``1.05 MΩ``; never rounded across a limit."""
        size, unit = next((one for one in _UNITS if abs(ohm) >= one[0]), _UNITS[-1])
        whole, rest = divmod(abs(ohm), size)
        decimals = str(rest).rjust(len(str(size)) - 1, "0").rstrip("0") if size > 1 else ""
        point = _DECIMAL[self.texts.language] if decimals else ""
        sign = "\N{MINUS SIGN}" if ohm < 0 else ""
        return f"{sign}{whole}{point}{decimals}\N{NO-BREAK SPACE}{unit}"

    def limit(self, limit: LimitLine) -> str:
        """The limits of a reading as an inequality; empty where there are none."""
        sign = "≤" if limit.high_inclusive else "<"
        low = f"{self.ohms(limit.low_ohm)} ≤ R" if limit.low_ohm is not None else "R"
        if limit.high_ohm is None:
            return "" if limit.low_ohm is None else low
        return f"{low} {sign} {self.ohms(limit.high_ohm)}"

    def actor(self, actor: Actor | None) -> Run:
        """A person's name, or in words that nobody knows it."""
        if actor is None or not actor.id:
            return self.missing("not_on_record")
        if actor.name:
            return Run(actor.name)
        if actor.id == "bench":
            return Run(self.say("actor.bench"))
        return Run(self.say("actor.unknown", id=actor.id), MISSING)
