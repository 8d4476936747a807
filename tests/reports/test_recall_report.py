"""The list of a recall on paper, in both languages, whatever its length."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.recall import ByLot, Doubt, Period, Recall, Suspicion
from app.reports.page import Page, Words
from app.reports.recall_report import lay_out, render_recall_report
from app.reports.wording import Wording
from app.services.recall_words import say_suspicions
from app.services.recalling import RecallList
from app.texts import Language, texts
from tests.reports.papers import BOTH, EN, unbroken
from tests.unit.services.recall_lists import (
    EIGHT,
    MARK,
    UNOPENED,
    hit,
    listed,
    part,
    step,
)

LONG = "Kommunledningskontoret"
"""A holder as Swedish municipalities have them."""


def said(found: RecallList, language: Language = Language.ENGLISH) -> str:
    reader = PdfReader(BytesIO(render_recall_report(found, texts(language))))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@BOTH
def test_a_repair_is_listed_with_its_product_its_holder_and_why(language: Language) -> None:
    text = said(listed([hit()]), language)
    for told in ("Warmbier (T1)", "R7", "C02XK0ABJGH5", "MacBook Pro", "Karin Holm", "Library"):
        assert told in text
    assert texts(language).say("recall.why.tester")[:40] in text
    assert texts(language).say("step.in_repair") in text
    assert "KGB F5D547790KPG5NYAW" in text
    assert "2026-11-23 08:01:00+01:00" in text


def test_who_did_the_work_is_told_where_they_did_not_open_the_repair() -> None:
    assert "NYAW, bo" in said(listed([hit()]))
    assert "In repair, Anna Ek" not in said(listed([hit()]))
    assert "In repair, bo" in said(listed([hit(step(person="bo"))]))


def test_a_lot_names_the_purchase_and_what_was_taken_out() -> None:
    text = said(listed([hit()], ByLot(order="PO-1")))
    assert "KBB C4H7482010WH80MA5, PO-1, DN-1" in text
    assert "PO-1" not in said(listed([hit()]))


def test_a_reading_is_said_once_for_all_that_rests_on_it() -> None:
    text = said(listed([hit(step(1), step(2))]))
    assert text.count("ESD test 2026-11-23") == 1


@BOTH
def test_doubts_are_told_at_the_repair_and_above_the_list(language: Language) -> None:
    doubtful = said(listed([hit(part(2, Doubt.TAKEN_BACK))]), language)
    words = texts(language).say("recall.doubt.taken_back")
    assert unbroken(doubtful).count(unbroken(words)) == 2
    assert texts(language).say("report.recall.doubts") not in said(listed([hit()]), language)


@BOTH
def test_why_a_tester_is_recalled_for_that_time_alone_is_told_above_the_list(
    language: Language,
) -> None:
    found = replace(listed([hit()]), suspicions=(Suspicion(Period(EIGHT), EIGHT),))
    (sentence,) = say_suspicions(texts(language), found)
    assert unbroken(sentence) in unbroken(said(found, language))
    assert unbroken(sentence) not in unbroken(said(listed([hit()]), language))


@BOTH
def test_an_empty_list_says_so(language: Language) -> None:
    text = said(listed(mark=None), language)
    assert texts(language).say("report.recall.none") in text
    assert texts(language).say("report.proof") not in text


def test_what_is_not_on_record_is_said_in_words() -> None:
    text = said(listed([UNOPENED, hit(product=None)]))
    assert "The opening of this repair is not on record." in text
    assert "Not on record" in text


def test_the_paper_carries_the_code_of_the_newest_entry() -> None:
    assert unbroken(MARK.code) in unbroken(said(listed([hit()])))


@pytest.mark.parametrize("asked", [ByLot(order="PO-1"), ByLot(serial="F5D")])
def test_the_same_list_gives_the_same_bytes(asked: Recall) -> None:
    found = listed([hit()], asked)
    assert render_recall_report(found, EN) == render_recall_report(found, EN)


def test_every_page_says_which_of_how_many_it_is() -> None:
    found = listed([hit(number=f"R{number}") for number in range(120)])
    reader = PdfReader(BytesIO(render_recall_report(found, EN)))
    total = len(reader.pages)
    assert total > 5
    for number, page in enumerate(reader.pages, 1):
        assert f"Page {number} of {total}" in page.extract_text()
    text = " ".join(page.extract_text() for page in reader.pages)
    assert all(f"R{number}" in text for number in range(120))


def test_a_page_is_handed_on_before_the_next_one_is_begun() -> None:
    given: list[int] = []

    def take(page: Page) -> None:
        given.append(sum(isinstance(mark, Words) for mark in page.marks))

    lay_out(listed([hit(number=f"R{number}") for number in range(60)]), Wording(EN), take)
    assert len(given) > 3
    assert all(given)


def test_what_the_typeface_lacks_is_told_at_the_foot() -> None:
    assert "stands for a character" in said(listed([hit(number="R\N{SNOWMAN}7")]))
    assert "stands for a character" not in said(listed([hit()]))


class _GivenUpError(Exception):
    """Somebody wants the paper no more."""


@pytest.mark.parametrize("turn", [1, 9, 14])
def test_a_paper_that_nobody_wants_any_more_ends_at_the_next_page(turn: int) -> None:
    found = listed([hit(number=f"R{number}") for number in range(120)])
    turns: list[int] = []

    def go_on() -> None:
        turns.append(1)
        if len(turns) == turn:
            raise _GivenUpError

    with pytest.raises(_GivenUpError):
        render_recall_report(found, EN, go_on)
    assert len(turns) == turn


@BOTH
def test_a_long_word_of_a_holder_and_a_short_status_are_whole_lines(language: Language) -> None:
    told = hit()
    assert told.product is not None
    found = listed([replace(told, product=replace(told.product, holder=LONG))])
    reader = PdfReader(BytesIO(render_recall_report(found, texts(language))))
    lines = reader.pages[0].extract_text().splitlines()
    assert LONG in lines
    assert texts(language).say("step.completed") in lines
    assert "2026-11-23" in lines
