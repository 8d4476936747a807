"""What stands in one cell: its text, or why it is none. The careful way, for what is not plain."""

import re
from dataclasses import dataclass
from typing import Final

from app.data.imports import limits
from app.domain.spreadsheet_cells import unguarded

ERROR_VALUES: Final = frozenset(
    {
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
        "#SAKNAS!", "#REFERENS!", "#VÄRDEFEL!", "#DIVISION/0!", "#NAMN?", "#SKÄRNING!",
        "#OGILTIGT!",
    }
)  # fmt: skip
"""What a spreadsheet writes where it could not calculate, in English and Swedish."""
NOTHING: Final = frozenset(
    {
        "", "-", "--", "n/a", "na", "none", "null", "nil", "unknown", "not available", "0",
        "okänd", "okänt", "saknas", "ej tillgänglig", "ingen", "inget",
    }
)  # fmt: skip
"""What stands for nothing in a column of numbers or days, in small letters."""
_QUOTED_FORMULA: Final = re.compile(r'="((?:[^"]|"")*)"')
_NO_TEXT: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be taken.

    Attributes:
        code: A code of `app.data.imports.product_row.Refusal`.
    """

    code: str


def bare(cell: str) -> str:
    """A cell on one line, without the quotes and signs that spreadsheets put around a text."""
    text = unguarded(cell.strip())
    quoted = _QUOTED_FORMULA.fullmatch(text)
    if quoted:
        text = quoted[1].replace('""', '"')
    return " ".join(text.split())


def text_of(cell: str) -> str | Fault:
    r"""The text of a cell.

    >>> text_of(' Vård\u00a0 7 '), text_of("#N/A"), text_of("=B2")
    ('Vård 7', Fault(code='error_value'), Fault(code='formula_without_value'))
    """
    text = bare(cell)
    if text[:1] == "#" and text.upper() in ERROR_VALUES:
        return Fault("error_value")
    if text[:1] == "=":
        return Fault("formula_without_value")
    if _NO_TEXT.search(text):
        return Fault("not_text")
    return Fault("too_long") if len(text) > limits.TEXT else text
