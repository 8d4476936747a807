"""GS1 element strings: application identifiers and their values, read by biip.

biip costs more than 100 ms to import, so the first GS1 barcode imports it, never the start of the program.
"""

from typing import Final

SEPARATOR: Final = "\x1d"
"""What a scanner sends for the symbol FNC1 between two fields."""

SYMBOLOGIES: Final = frozenset({"]C1", "]J1", "]Q3", "]Q4", "]d2", "]d5", "]e0", "]e1", "]e2"})
"""The AIM identifiers that announce GS1 element strings (ISO/IEC 15424): FNC1 in the first place."""


def elements(text: str) -> tuple[tuple[str, str], ...] | None:
    """Read element strings.

    Args:
        text: The data without its AIM identifier; separators before the first field are tolerated.

    Returns:
        Pairs of application identifier and value, in order; None where the text is not made of element strings. A
        check digit or a date that is wrong does not make it so: the field is there, its meaning is judged elsewhere.

    >>> elements("010978020137962421X1\\x1d10LOT")
    (('01', '09780201379624'), ('21', 'X1'), ('10', 'LOT'))
    """
    data = text.strip(SEPARATOR)
    if not data or not data.isascii():  # outside ASCII biip's digits are Unicode's, not the standard's
        return None

    from biip import ParseConfig, ParseError  # noqa: PLC0415 - slow to import, see the module's docstring
    from biip.gs1_messages import GS1Message  # noqa: PLC0415

    try:
        message = GS1Message.parse(data, config=ParseConfig(gs1_element_strings_verify_date=False))
    except ParseError:
        return None  # not an error: the caller reads the text as something else
    return tuple((element.ai.ai, element.value) for element in message.element_strings)
