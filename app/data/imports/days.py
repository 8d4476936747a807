"""Days as they are written in the exports of the world, and the order that tells 3/4 from 4/3."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.data.imports.cells import NOTHING, Fault, text_of


class DateOrder(StrEnum):
    """How a day of three numbers is read where its year does not come first."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    UNSTATED = "unstated"
    """Nobody said: only a day that reads the same either way, or one way alone, is taken."""


_YEAR_FIRST: Final = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
_COMPACT: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_YEAR_LAST: Final = re.compile(
    r"(?P<first>\d{1,2})([-/.])(?P<second>\d{1,2})\2(?P<year>\d{4}|\d{2})"
)
_DAY_NAMED: Final = re.compile(
    r"(?:den )?(?P<day>\d{1,2})(?:st|nd|rd|th|:e|\.)?[ -]"
    r"(?P<month>[a-z]{3,9})\.?,?[ -](?P<year>\d{4}|\d{2})"
)
_MONTH_NAMED: Final = re.compile(
    r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"
)
_TIME: Final = re.compile(r"(?:[t ]|,? kl\.? |, (?:at )?| at )\d{1,2}[:.]\d{2}.*")
_SERIAL: Final = re.compile(r"(?P<days>\d{4,5})(?:\.\d+)?")
_MONTHS: Final = (
    ("january", "januari"), ("february", "februari"), ("march", "mars"), ("april",),
    ("may", "maj"), ("june", "juni"), ("july", "juli"), ("august", "augusti"),
    ("september",), ("october", "oktober"), ("november",), ("december",),
)  # fmt: skip
_BY_NAME: Final = {
    short: number
    for number, names in enumerate(_MONTHS, 1)
    for name in names
    for short in (name, name[:3], name[:4])
}
_EARLIEST: Final = date(1976, 4, 1)
"""Before it nothing was sold that could stand in the register."""
_LATEST: Final = date(2099, 12, 31)
_NEVER: Final = frozenset({"0001-01-01", "0000-00-00", "1899-12-30", "1900-01-01", "1970-01-01"})
"""How systems write that there is no day."""
_EPOCH_1900: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)
_MONTHS_OF_A_YEAR: Final = 12
_PIVOT: Final = 70
"""Years of two digits from here on are of the last century."""


def day_reader(
    order: DateOrder, *, has_1904: bool | None, latest: date = _LATEST
) -> Callable[[str], str | Fault | None]:
    """Give a function that reads a cell as a day in ISO form.

    Args:
        order: Which of two short numbers is the day.
        has_1904: Whether a bare number is a spreadsheet's day counted from 1904 (True) or from
            1900 (False); None where a bare number is no day.
        latest: No later day makes sense.
    """

    def read(cell: str) -> str | Fault | None:
        text = text_of(cell)
        if isinstance(text, Fault):
            return text
        small = text.removeprefix("'").casefold()
        if small in NOTHING:
            return None
        found = _read(_TIME.sub("", small, count=1), order, has_1904)
        if not isinstance(found, date):
            return found
        if not _EARLIEST <= found <= _LATEST:
            return Fault("not_a_day")
        return found.isoformat() if found <= latest else Fault("day_in_future")

    return read


def order_of(cell: str) -> DateOrder | None:
    """The order that a day of three numbers must be in; None where it is no such day.

    >>> [order_of(each).name for each in ("13/2/2026", "2/13/2026", "2/3/2026")]
    ['DAY_FIRST', 'MONTH_FIRST', 'UNSTATED']
    """
    found = _YEAR_LAST.fullmatch(_TIME.sub("", cell.strip().casefold(), count=1))
    if found is None:
        return None
    if int(found["first"]) > _MONTHS_OF_A_YEAR:
        return DateOrder.DAY_FIRST
    is_month_first = int(found["second"]) > _MONTHS_OF_A_YEAR
    return DateOrder.MONTH_FIRST if is_month_first else DateOrder.UNSTATED


def _read(text: str, order: DateOrder, has_1904: bool | None) -> date | Fault | None:
    if text in _NEVER:
        return None
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _date(*(int(match[name]) for name in ("year", "month", "day")))
    if match := _YEAR_LAST.fullmatch(text):
        return _two_ways(int(match["first"]), int(match["second"]), _year(match["year"]), order)
    if match := _DAY_NAMED.fullmatch(text) or _MONTH_NAMED.fullmatch(text):
        return _date(_year(match["year"]), _BY_NAME.get(match["month"], 0), int(match["day"]))
    if has_1904 is not None and (match := _SERIAL.fullmatch(text)):
        return (_EPOCH_1904 if has_1904 else _EPOCH_1900) + timedelta(days=int(match["days"]))
    return Fault("not_a_day")


def _two_ways(first: int, second: int, year: int, order: DateOrder) -> date | Fault:
    day_first = _date(year, second, first)
    month_first = _date(year, first, second)
    if order is DateOrder.DAY_FIRST:
        return day_first
    if order is DateOrder.MONTH_FIRST:
        return month_first
    if isinstance(day_first, Fault) or day_first == month_first:
        return month_first
    return day_first if isinstance(month_first, Fault) else Fault("ambiguous_day")


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004 - digits of a short year
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def _date(year: int, month: int, day: int) -> date | Fault:
    try:
        return date(year, month, day)
    except ValueError:
        return Fault("not_a_day")


def months_after(day: str, months: int) -> str:
    """The last day of a coverage of some months that begins on a day.

    >>> months_after("2026-03-01", 12), months_after("2024-01-31", 1)
    ('2027-02-28', '2024-02-28')
    """
    start = date.fromisoformat(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = min(start.day, monthrange(year, month + 1)[1])
    return (date(year, month + 1, last) - timedelta(days=1)).isoformat()
