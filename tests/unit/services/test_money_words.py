"""Amounts in the figures of a language; what is none stays as it is."""

import pytest

from app.services.money_words import money_text
from app.texts import Language

BLANK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("amount", "swedish", "english"),
    [
        ("126550.00 SEK", f"126{BLANK}550,00{BLANK}SEK", f"126,550.00{BLANK}SEK"),
        ("-1234567.05 SEK", f"-1{BLANK}234{BLANK}567,05{BLANK}SEK", f"-1,234,567.05{BLANK}SEK"),
        ("0.50", "0,50", "0.50"),
        ("nothing", "nothing", "nothing"),
        ("1.5 SEK", "1.5 SEK", "1.5 SEK"),
    ],
)
def test_an_amount_is_told_in_the_figures_of_the_language(
    amount: str, swedish: str, english: str
) -> None:
    assert money_text(amount, Language.SWEDISH) == swedish
    assert money_text(amount, Language.ENGLISH) == english
