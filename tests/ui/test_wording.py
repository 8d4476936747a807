"""How values are written, and how foreign text is made fit to be painted."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.texts import Language, texts
from app.ui.wording import LONGEST, MISSING, RUN, Wording, or_dash, round_to_three, shown


@pytest.mark.parametrize(
    ("ohm", "text"),
    [
        (0, "0 Ω"),
        (820, "820 Ω"),
        (999, "999 Ω"),
        (1_000, "1 kΩ"),
        (750_000, "750 kΩ"),
        (999_600, "1 MΩ"),
        (1_020_000, "1.02 MΩ"),
        (35_000_000, "35 MΩ"),
        (999_999_999, "1 GΩ"),
        (1_500_000_000_000, "1.5e+03 GΩ"),
        (None, MISSING),
    ],
)
def test_a_resistance_has_three_digits_and_a_unit(
    english: Wording, ohm: int | None, text: str
) -> None:
    assert english.ohm(ohm) == text


def test_swedish_writes_a_decimal_comma(swedish: Wording) -> None:
    assert swedish.ohm(1_020_000) == "1,02 MΩ"


def test_rounding_keeps_three_digits() -> None:
    assert [round_to_three(one) for one in (7, 1_234, 999_500, 123_456_789)] == [
        7,
        1_230,
        1_000_000,
        123_000_000,
    ]


def test_a_time_of_today_has_no_date(english: Wording) -> None:
    now = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)
    assert english.moment(datetime(2026, 11, 23, 1, 5, tzinfo=UTC), now) == "01:05"
    assert english.moment(datetime(2026, 11, 22, 23, 5, tzinfo=UTC), now) == "2026-11-22 23:05"


def test_an_end_within_a_day_is_a_time(english: Wording) -> None:
    now = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)
    assert english.until(datetime(2026, 11, 24, 1, 5, tzinfo=UTC), now) == "01:05"
    assert english.until(datetime(2026, 11, 25, 1, 5, tzinfo=UTC), now) == "2026-11-25 01:05"


def test_today_is_the_sites_day() -> None:
    at_site = Wording(texts(Language.SWEDISH), ZoneInfo("Europe/Stockholm"))
    now = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert at_site.moment(datetime(2026, 11, 23, 12, 0, tzinfo=UTC), now) == "2026-11-23 13:00"
    assert at_site.clock(now) == "00:30"


def test_a_missing_day_is_a_dash(english: Wording) -> None:
    assert english.day(None) == MISSING
    assert english.day(date(2026, 12, 18)) == "2026-12-18"


def test_a_word_without_a_text_is_told_as_it_came(english: Wording) -> None:
    assert english.word("symptom", "no_power") == "Does not start"
    assert english.word("symptom", "brand new") == "brand new"
    assert english.word("symptom", "") == MISSING


def test_controls_and_overrides_become_visible() -> None:
    assert shown("a\x00b\u202ec\u200dd") == "a\ufffdb\ufffdc\ufffdd"
    assert shown("two\r\nlines\tand\u2028more") == "two  lines and more"


def test_markup_stays_text() -> None:
    assert shown("<b>Ada</b>") == "<b>Ada</b>"


def test_what_is_long_ends_in_an_ellipsis() -> None:
    words = shown("word " * 100)
    assert words.endswith("…")
    assert len(words) <= LONGEST + 1


def test_nothing_is_a_dash() -> None:
    assert or_dash("  ") == MISSING


@given(st.text(max_size=400))
def test_whatever_comes_fits_a_line(text: str) -> None:
    made = shown(text)
    assert made.isprintable() or "\u200b" in made
    assert all(len(run) <= RUN + 1 for word in made.split(" ") for run in word.split("\u200b"))
    assert len(made.replace("\u200b", "")) <= LONGEST + 1
