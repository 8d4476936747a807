"""Which of two short numbers is the day, told by the days of a file that can be read in one way."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from itertools import islice
from typing import Final

from app.data.imports.days import DateOrder, order_of
from app.data.imports.mapping import DAYS
from app.data.imports.table import Table

_BATCHES: Final = 3
"""How much of a file is looked at, at most some thousand rows."""


def find_order(table: Table, places: Mapping[str, Sequence[int]]) -> DateOrder:
    """Find out in which order a file writes its days.

    A system writes all its days alike, so one day after the 12th tells of the others. Nothing is
    guessed: a file that shows both orders, or none, stays unstated.

    Args:
        table: The file.
        places: The columns of each field.
    """
    columns = {place for name in DAYS for place in places.get(name, ())}
    if not any(order_of(row[place]) for row in table.preview for place in columns):
        return DateOrder.UNSTATED
    told: set[DateOrder] = set()
    with closing(table.records()) as batches:
        for batch in islice(batches, _BATCHES):
            told |= _told(batch.rows, columns)
    told.discard(DateOrder.UNSTATED)
    return told.pop() if len(told) == 1 else DateOrder.UNSTATED


def _told(rows: Iterable[Sequence[str]], columns: Iterable[int]) -> set[DateOrder]:
    orders = {order_of(row[place]) for row in rows for place in columns if place < len(row)}
    return {order for order in orders if order is not None}
