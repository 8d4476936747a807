"""The words of the programme's standing: the same on paper, on screen and on the command line."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.programme import Detail, Figures, RuleStanding
from app.services.money_words import money_text
from app.texts import Language, Texts

_GROUPS: Final[Mapping[Language, str]] = MappingProxyType(
    {Language.SWEDISH: "\N{NO-BREAK SPACE}", Language.ENGLISH: ","}
)
"""What stands between thousands."""
_AMOUNTS: Final = frozenset({"left", "limit", "cost"})
"""Fields of details that are amounts of money."""


def number_text(texts: Texts, number: int) -> str:
    """A whole number in groups of three: ``1,000,000``, ``1 000 000``."""
    return f"{number:,}".replace(",", _GROUPS[texts.language])


def say_rule(texts: Texts, rule: RuleStanding) -> str:
    """What a rule asks for."""
    asked = "" if rule.asked is None else number_text(texts, rule.asked)
    return texts.say(f"rule.{rule.code}", value=asked)


def say_detail(texts: Texts, detail: Detail) -> str:
    """One more thing to know about a rule; what is counted is told in the singular or plural."""
    key = f"programme.detail.{detail.code}"
    fields = {name: _field(name, value, texts) for name, value in detail.fields}
    count = fields.get("n")
    if count is None:
        return texts.say(key, **fields)
    number = int(count)
    form = "one" if number == 1 else "other"
    return texts.say(f"{key}.{form}", **{**fields, "n": number_text(texts, number)})


def _field(name: str, value: str, texts: Texts) -> str:
    return money_text(value, texts.language) if name in _AMOUNTS else value


def say_unit(texts: Texts, figures: Figures, number: int) -> str:
    """What figures count, in the singular or plural; empty for figures without a unit."""
    return texts.count(f"programme.unit.{figures.unit}", number) if figures.unit else ""


def say_figures(texts: Texts, figures: Figures) -> str:
    """What there is of what is asked for; empty for a rule that counts nothing."""
    value, required = figures.value, figures.required
    if required is None:
        return ""
    asked = number_text(texts, required)
    unit = say_unit(texts, figures, required)
    if value is None:
        return texts.say("programme.figures.unknown", required=asked, unit=unit)
    if value > required:
        more = say_unit(texts, figures, value)
        told = {"value": number_text(texts, value), "required": asked, "unit": more}
        return texts.say("programme.figures.more", **told)
    return texts.say(
        "programme.figures", value=number_text(texts, value), required=asked, unit=unit
    )


def say_to_do(texts: Texts, rule: RuleStanding) -> str:
    """The one next thing; empty where nothing is to be done."""
    return texts.say(f"way_on.{rule.to_do}") if rule.to_do else ""
