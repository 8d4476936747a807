"""Numbers as people and asset tags write them: behind a word for it, or in groups of digits."""

import re
from enum import StrEnum
from typing import Final

from app.domain.identifiers import is_iccid, normalise

_WRITTEN_OUT: Final = re.compile(
    r"(?:(?P<serial>S/?N|SERIAL(?: (?:NO[.]?|NUMBER))?)|(?P<part>P/?N|PART(?: (?:NO[.]?|NUMBER))?)"
    r"|(?P<radio>IMEI(?: ?[12])?|MEID|EID)|(?P<sim>ICCID|SIM))(?: ?[:#] ?| )(?P<value>[^ :#].*)"
)
_GROUPED_DIGITS: Final = re.compile(r"[0-9]{2,8}(?:[ -][0-9]{1,8}){2,8}")
_IMEI_AND_EID: Final = (15, 32)


class Word(StrEnum):
    """What a text says in words that its number is."""

    SERIAL = "serial"
    PART = "part"
    RADIO = "radio"
    SIM = "sim"


def written_out(text: str) -> tuple[Word, str] | None:
    """Read a number behind a word for it, or in groups of digits that tell it; None for others.

    >>> [str(one) for one in written_out("S/N: C02XK0ABJGH5")]
    ['serial', 'C02XK0ABJGH5']
    >>> [str(one) for one in written_out("35 417803 685978 9")]
    ['radio', '354178036859789']
    """
    value = normalise(text)
    found = _WRITTEN_OUT.fullmatch(value)
    if found is not None:
        word = next(each for each in Word if found[each] is not None)
        value = found["value"]
        return word, _without_gaps(value) if word in {Word.RADIO, Word.SIM} else value
    digits = _without_gaps(value)
    if digits == value:
        return None
    if is_iccid(digits):
        return Word.SIM, digits
    return (Word.RADIO, digits) if len(digits) in _IMEI_AND_EID else None


def _without_gaps(value: str) -> str:
    """Close the gaps between groups of digits."""
    if not _GROUPED_DIGITS.fullmatch(value):
        return value
    return value.replace(" ", "").replace("-", "")
