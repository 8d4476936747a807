"""Lines fit their width, and no character of a text gets lost on the way to the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.faces import face, printable
from app.reports.flow import BOTTOM, LEFT, TOP, Flow
from app.reports.lines import BODY, JOINTS, STRONG, Run, fitted, measured, wrapped
from app.reports.page import Page, Words

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


def texts_of(page: Page) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, Words)]


ROWS = [([Run("first\n" * 9 + "end")],), ([Run("second")],)]


def test_a_table_s_titles_never_stand_without_a_row() -> None:
    flow = Flow()
    flow.gap(BOTTOM - TOP - 60)
    flow.grid((("Only", 1.0),), ROWS)
    first, second = flow.pages
    assert texts_of(first) == []
    assert texts_of(second)[:2] == ["Only", "first"]


def test_heading_and_lead_go_to_the_page_of_the_table_s_first_row() -> None:
    flow = Flow()
    flow.text(LEFT, TOP + 10, "before")
    flow.gap(BOTTOM - TOP - 110)
    flow.heading("A section")
    flow.paragraph([Run("What the table tells.")])
    flow.grid((("Only", 1.0),), ROWS)
    first, second = flow.pages
    assert texts_of(first) == ["before"]
    assert first.headings == []
    assert texts_of(second)[:4] == ["A section", "What the table tells.", "Only", "first"]
    assert [text for text, _ in second.headings] == ["A section"]
    downwards = [mark.y for mark in second.marks if isinstance(mark, Words)]
    assert downwards == sorted(downwards)
    assert downwards[0] >= TOP


def test_what_stands_above_a_second_table_stays_on_its_page() -> None:
    flow = Flow()
    flow.heading("A section")
    flow.grid((("Only", 1.0),), ROWS[1:])
    flow.y = BOTTOM - 60
    flow.grid((("Only", 1.0),), ROWS)
    assert texts_of(flow.pages[0]) == ["A section", "Only", "second"]


def test_a_long_lead_stays_where_it_was_read() -> None:
    flow = Flow()
    flow.heading("A section")
    flow.y = BOTTOM - 60
    flow.grid((("Only", 1.0),), ROWS)
    assert texts_of(flow.pages[0]) == ["A section"]
    assert texts_of(flow.pages[1])[0] == "Only"


def test_titles_alone_take_their_heading_along() -> None:
    flow = Flow()
    flow.gap(BOTTOM - TOP - 40)
    flow.heading("A section", follow=0)
    flow.grid((("Only", 1.0),), ())
    assert texts_of(flow.pages[-1]) == ["A section", "Only"]


def lines_of(width: float, *runs: Run) -> list[list[str]]:
    return [[text for _, text, _ in line.words] for line in measured(runs, width)]


def test_a_day_that_is_wider_than_the_room_beside_its_label_stands_beneath_it() -> None:
    room = face(STRONG.weight).width("2030-02-02", STRONG.size)
    day = Run("2030-02-02", STRONG, "Holds until")
    assert lines_of(room + 100, day) == [["Holds until", "2030-02-02"]]
    assert lines_of(room + 10, day) == [["Holds until"], ["2030-02-02"]]


def test_a_word_longer_than_a_line_is_cut_behind_a_joint() -> None:
    address = "https://support.apple.com/sv-se/self-servicing-account-program"
    measure = face(BODY.weight)
    lines = wrapped(address, BODY, measure.width("https://support.apple.com/sv-", BODY.size))
    assert "".join(lines) == address
    assert all(line[-1] in JOINTS for line in lines[:-1])
    assert len(lines) == 3


def test_a_word_that_is_wider_than_its_cell_is_broken_beside_its_label() -> None:
    lines = lines_of(60, Run("X" * 40, BODY, "Serial"))
    assert lines[0][0] == "Serial"
    assert "".join(line[-1] for line in lines) == "X" * 40


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_grid_without_rows_shows_its_titles_alone(count: int) -> None:
    flow = Flow()
    flow.grid((("Only", 1.0),), [([Run(f"row {place}")],) for place in range(count)])
    texts = [mark.text for mark in flow.pages[0].marks if isinstance(mark, Words)]
    assert texts == ["Only", *(f"row {place}" for place in range(count))]
