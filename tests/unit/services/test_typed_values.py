"""What is typed for a register, read alike at the window and on the command line."""

from datetime import date

import pytest

from app.services.typed_values import LATEST, MOST_ID, day_in, is_piece_id, number_in


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        ("1970-01-01", date(1970, 1, 1)),
        (LATEST.isoformat(), LATEST),
        ("1969-12-31", None),
        ("9998-12-32", None),
        ("9999-12-31", None),
        ("", None),
        ("23.11.2026", None),
    ],
)
def test_a_day_is_read_as_iso_8601_writes_it(text: str, day: date | None) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("31", 31), ("0031", 31), ("32", None), ("-1", None), ("", None), ("٣", None)],
)
def test_a_number_is_whole_and_not_too_great(text: str, number: int | None) -> None:
    assert number_in(text, 31) == number


def test_a_number_of_any_length_is_refused_at_once() -> None:
    assert number_in("9" * 100_000, 31) is None


@pytest.mark.parametrize(
    ("text", "good"),
    [("mat-1", True), ("x" * MOST_ID, True), ("x" * 65, False), ("", False), ("a\x00b", False)],
)
def test_an_id_of_a_piece_is_short_and_can_be_printed(text: str, good: bool) -> None:
    assert is_piece_id(text) is good
