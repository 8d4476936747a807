"""Lines fit their width, and no character of a text gets lost on the way to the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.faces import face, printable
from app.reports.flow import BODY, BOTTOM, STRONG, TOP, Flow, Run, fitted, wrapped
from app.reports.page import Words

TEXT = st.text(max_size=300) | st.text(alphabet="Wi- \n\täö", max_size=300)


@given(text=TEXT, width=st.floats(min_value=20, max_value=500))
def test_every_line_fits_and_no_character_is_lost(text: str, width: float) -> None:
    lines = wrapped(text, BODY, width)
    measure = face(BODY.weight)
    assert all(measure.width(line, BODY.size) <= width + 1e-6 for line in lines)
    kept = "".join(lines).replace(" ", "")
    assert kept == printable(text).replace(" ", "").replace("\n", "")


@given(text=TEXT)
def test_what_is_printable_stays_as_it_is(text: str) -> None:
    once = printable(text)
    assert printable(once) == once


@given(text=TEXT, width=st.floats(min_value=20, max_value=200))
def test_a_fitted_text_is_one_line_that_fits(text: str, width: float) -> None:
    line = fitted(text, STRONG, width)
    assert "\n" not in line
    assert face(STRONG.weight).width(line, STRONG.size) <= width + 1e-6


def test_a_row_longer_than_a_page_goes_on_in_the_next() -> None:
    flow = Flow()
    text = "\n".join(f"line {number}" for number in range(400))
    flow.grid((("First", 0.5), ("Second", 0.5)), [([Run(text)], [Run("short")])])
    shown = [mark.text for page in flow.pages for mark in page.marks if isinstance(mark, Words)]
    assert [one for one in shown if one.startswith("line")] == text.split("\n")
    assert shown.count("First") == len(flow.pages)
    assert shown.count("short") == 1


def test_nothing_is_placed_below_the_foot() -> None:
    flow = Flow()
    for _ in range(90):
        flow.heading("A section")
        flow.paragraph([Run("Its words " * 40)])
    for page in flow.pages:
        ends = [mark.y for mark in page.marks if isinstance(mark, Words)]
        assert min(ends) >= TOP
        assert max(ends) <= BOTTOM


def test_a_heading_takes_its_first_words_along() -> None:
    flow = Flow()
    flow.gap(BOTTOM - TOP - 50)
    flow.heading("A section")
    assert len(flow.pages) == 2


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_grid_without_rows_shows_its_titles_alone(count: int) -> None:
    flow = Flow()
    flow.grid((("Only", 1.0),), [([Run(f"row {place}")],) for place in range(count)])
    texts = [mark.text for mark in flow.pages[0].marks if isinstance(mark, Words)]
    assert texts == ["Only", *(f"row {place}" for place in range(count))]
