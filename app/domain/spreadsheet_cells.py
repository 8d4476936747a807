"""Cells of a file that is written for a spreadsheet: text, and never a formula.

A spreadsheet runs what a cell begins with ``=``, ``+``, ``-`` or ``@``, also behind a tab or a line
break that it drops, and also by the wide forms of these signs. Before such a cell goes a ``'``,
which spreadsheets take for "this is text".
"""

import re
from typing import Final

_WIDE: Final = "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
_SIGNS: Final = f"[=+\\-@\t\r\n{_WIDE}\N{FULLWIDTH COMMERCIAL AT}]"
_DANGEROUS: Final = re.compile(f"'*{_SIGNS}")
_GUARDED: Final = re.compile(f"'+{_SIGNS}")


def guarded(cell: str) -> str:
    """A cell as it is written for a spreadsheet: no formula, whatever it begins with.

    >>> guarded("=1+1"), guarded("-5"), guarded("C02XK0ABJGH5")
    ("'=1+1", "'-5", 'C02XK0ABJGH5')
    """
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def unguarded(cell: str) -> str:
    """A cell without what `guarded` put before it.

    >>> unguarded("'=1+1"), unguarded("'t Hooft")
    ('=1+1', "'t Hooft")
    """
    return cell[1:] if _GUARDED.match(cell) else cell
