"""The programme's words: numbers in groups, singular and plural, in both languages."""

import pytest

from app.domain.policy import Severity
from app.domain.programme import Detail, Figures, RuleStanding, State
from app.services.programme_words import (
    number_text,
    say_detail,
    say_figures,
    say_rule,
    say_to_do,
)
from app.texts import Language, texts

SV, EN = texts(Language.SWEDISH), texts(Language.ENGLISH)


def rule(code: str, asked: int | None, to_do: str = "") -> RuleStanding:
    return RuleStanding(
        code, "P5", Severity.BLOCK, State.MET, Figures(), "", None, to_do, "", asked=asked
    )


@pytest.mark.parametrize(
    ("number", "english", "swedish"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1,000", "1\N{NO-BREAK SPACE}000"),
        (1_000_000, "1,000,000", "1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000"),
    ],
)
def test_numbers_stand_in_groups_of_three(number: int, english: str, swedish: str) -> None:
    assert (number_text(EN, number), number_text(SV, number)) == (english, swedish)


def test_a_rule_names_its_figure() -> None:
    said = say_rule(EN, rule("installed_base", 1000))
    assert said == "At least 1,000 Apple products (iPhone, iPad, iPod and Mac)"
    assert say_rule(EN, rule("workbench", None)) == "A workbench"


@pytest.mark.parametrize(
    ("figures", "english"),
    [
        (Figures(), ""),
        (Figures(5), ""),
        (Figures(999, 1000, "products"), "999 of 1,000 products"),
        (Figures(1, 1, "pieces"), "1 of 1 piece"),
        (Figures(2, 1, "pieces"), "2 pieces, 1 asked for"),
        (Figures(None, 100, "percent"), "unknown, 100 % asked for"),
        (Figures(2, 3), "2 of 3 "),
    ],
)
def test_figures_tell_what_there_is_and_what_is_asked_for(figures: Figures, english: str) -> None:
    assert say_figures(EN, figures) == english


def test_details_are_told_in_the_singular_and_plural() -> None:
    one, many = Detail("missed", (("n", "1"),)), Detail("missed", (("n", "1200"),))
    assert say_detail(EN, one).startswith("One test is overdue")
    assert say_detail(EN, many).startswith("1,200 tests are overdue")
    assert say_detail(SV, one).startswith("Ett test är försenat")
    cost = Detail("cost", (("cost", "1205.00 SEK"),))
    assert say_detail(EN, cost) == "Exams have cost 1,205.00\N{NO-BREAK SPACE}SEK."
    assert say_detail(SV, cost) == (
        "Prov har kostat 1\N{NO-BREAK SPACE}205,00\N{NO-BREAK SPACE}SEK."
    )


def test_what_to_do_is_a_sentence_or_nothing() -> None:
    assert say_to_do(EN, rule("workbench", 1)) == ""
    assert say_to_do(EN, rule("esd_tester", 1, "calibrate")).startswith("Send what has exp")
