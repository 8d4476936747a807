"""GS1 element strings: application identifiers and their values, read by biip.

biip costs more than 100 ms to import, so the first GS1 barcode imports it, not the program's start.
"""

from dataclasses import dataclass
from typing import Final

SEPARATOR: Final = "\x1d"
"""What a scanner sends for the symbol FNC1 between two fields."""

SYMBOLOGIES: Final = frozenset({"]C1", "]J1", "]Q3", "]Q4", "]d2", "]d5", "]e0", "]e1", "]e2"})
"""The AIM identifiers that announce element strings (ISO/IEC 15424): FNC1 in the first place."""


@dataclass(frozen=True, slots=True)
class Element:
    """One field of a label.

    Attributes:
        identifier: What the value is, in the language of the label's format: ``01``, ``1P``.
        value: As scanned.
    """

    identifier: str
    value: str


def elements(text: str) -> tuple[Element, ...] | None:
    r"""Read element strings.

    Args:
        text: The data without its AIM identifier; separators around it are tolerated.

    Returns:
        The elements in order; None where the text is not made of such elements. A check digit or
        a date that is wrong does not make it so: the field is there, whatever it is worth.

    >>> [(e.identifier, e.value) for e in elements("010978020137962421X1\x1d10LOT")]
    [('01', '09780201379624'), ('21', 'X1'), ('10', 'LOT')]
    """
    data = text.strip(SEPARATOR)
    if not data or not data.isascii():  # biip takes any Unicode digit, the standard does not
        return None

    from biip import ParseConfig, ParseError
    from biip.gs1_messages import GS1Message

    config = ParseConfig(gs1_element_strings_verify_date=False)
    try:
        message = GS1Message.parse(data, config=config)
    except ParseError:
        return None  # an answer, not a failure: the caller reads the text as something else
    return tuple(Element(one.ai.ai, one.value) for one in message.element_strings)
