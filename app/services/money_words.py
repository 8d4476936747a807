"""Amounts of money in the figures of a language."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.texts import Language

_AMOUNT: Final = re.compile(r"(-?)(\d+)\.(\d{2})( \S+)?", re.ASCII)
_SIGNS: Final[Mapping[Language, tuple[str, str]]] = MappingProxyType(
    {Language.SWEDISH: ("\N{NO-BREAK SPACE}", ","), Language.ENGLISH: (",", ".")}
)
"""What stands between thousands, and before the hundredths."""


def money_text(amount: str, language: Language) -> str:
    """An amount for a person: ``126 550,00 SEK`` or ``126,550.00 SEK``.

    Args:
        amount: As `app.domain.verdicts.purchase.money` writes it; anything else stays as it is.
        language: Whose figures.
    """
    found = _AMOUNT.fullmatch(amount)
    if found is None:
        return amount
    sign, whole, rest, currency = found.groups("")
    group, point = _SIGNS[language]
    thousands = f"{int(whole):,}".replace(",", group)
    unit = currency.replace(" ", "\N{NO-BREAK SPACE}")
    return f"{sign}{thousands}{point}{rest}{unit}"
