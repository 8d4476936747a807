"""What a person types for a register, read: at the window and on the command line alike."""

from datetime import date
from typing import Final

from app.services.esd_planning import EARLIEST

LATEST: Final = date(9998, 12, 31)
"""The last day that a row holds: the day after it can still be counted."""
MOST_ID: Final = 64
"""Characters of a piece's id."""
MOST_EVERY: Final = 3_660
"""Days between two tests of a piece."""
MOST_DIGITS: Final = 12
"""Digits of an amount, its hundredths with it."""


def day_in(text: str) -> date | None:
    """A day, written as ISO 8601 does; None where it is none that a row holds.

    >>> day_in("2026-11-23")
    datetime.date(2026, 11, 23)
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def number_in(text: str, most: int) -> int | None:
    """A whole number from 0 on; None where it is none, or too great.

    >>> number_in("30", 31), number_in("32", 31), number_in("-1", 31)
    (30, None, None)
    """
    fits = text.isascii() and text.isdecimal() and len(text.lstrip("0")) <= len(str(most))
    return int(text) if fits and int(text) <= most else None


def amount_in(text: str) -> int | None:
    """An amount with a point or a comma, in hundredths; None where it is none.

    >>> amount_in("1500"), amount_in("99,5"), amount_in("1.234"), amount_in("free")
    (150000, 9950, None, None)
    """
    whole, point, part = text.replace(",", ".").partition(".")
    digits = whole + part.ljust(2, "0")
    fits = digits.isascii() and digits.isdecimal() and whole and len(part) in {0, 1, 2}
    if not fits or (point and not part) or len(digits) > MOST_DIGITS:
        return None
    return int(digits)


def is_piece_id(text: str) -> bool:
    """Whether a text can be a piece's id."""
    return 0 < len(text) <= MOST_ID and text.isprintable()
