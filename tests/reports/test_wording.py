"""Figures of a language: exact, with its decimal sign, never rounded across a limit."""

import pytest

from app.reports.wording import Wording
from app.services.report_model import Actor, LimitLine
from app.texts import Language, texts

SV, EN = Wording(texts(Language.SWEDISH)), Wording(texts(Language.ENGLISH))


@pytest.mark.parametrize(
    ("ohm", "swedish", "english"),
    [
        (0, "0 Ω", "0 Ω"),
        (999, "999 Ω", "999 Ω"),
        (1_000, "1 kΩ", "1 kΩ"),
        (750_000, "750 kΩ", "750 kΩ"),
        (999_999, "999,999 kΩ", "999.999 kΩ"),
        (1_050_000, "1,05 MΩ", "1.05 MΩ"),
        (1_000_001, "1,000001 MΩ", "1.000001 MΩ"),
        (34_999_999, "34,999999 MΩ", "34.999999 MΩ"),
        (35_000_000, "35 MΩ", "35 MΩ"),
        (1_000_000_000, "1 GΩ", "1 GΩ"),
        (2**53, "9007199,254740992 GΩ", "9007199.254740992 GΩ"),
        (-1_500, "\N{MINUS SIGN}1,5 kΩ", "\N{MINUS SIGN}1.5 kΩ"),
    ],
)
def test_a_resistance_is_told_exactly(ohm: int, swedish: str, english: str) -> None:
    assert SV.ohms(ohm).replace("\N{NO-BREAK SPACE}", " ") == swedish
    assert EN.ohms(ohm).replace("\N{NO-BREAK SPACE}", " ") == english


@pytest.mark.parametrize(
    ("low", "high", "inclusive", "told"),
    [
        (750_000, 35_000_000, False, "750 kΩ ≤ R < 35 MΩ"),
        (None, 100_000_000, True, "R ≤ 100 MΩ"),
        (None, 10**9, False, "R < 1 GΩ"),
        (10_000, None, False, "10 kΩ ≤ R"),
        (None, None, False, ""),
    ],
)
def test_a_limit_is_told_with_its_ends(
    low: int | None, high: int | None, *, inclusive: bool, told: str
) -> None:
    limit = LimitLine(low, high, inclusive, "IEC 61340-5-1", "iec")
    assert EN.limit(limit).replace("\N{NO-BREAK SPACE}", " ") == told


def test_an_actor_without_an_id_is_not_on_record() -> None:
    assert EN.actor(Actor("", "")).text == "Not on record"
