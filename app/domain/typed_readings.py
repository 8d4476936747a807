"""A resistance that a person reads off a tester's display: typed, or as a command's barcode. Pure.

What is typed is ``ESD``, a space and the value as the display shows it: ``ESD 1,05M``, ``ESD 1.05
Mohm``, ``ESD 1 050 000``, ``ESD 1.05E6``, ``ESD OL`` (out of range). A unit is never guessed: a
small ``m`` could be milli or mega, and a number with decimals but without a prefix has lost one.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from app.domain.frames import Frame

PREFIX: Final = "ESD"
MAX_OHM: Final = 10**15
"""No tester shows more."""
LONGEST: Final = 40
"""Characters of a value; no display has as many."""
_OVER_RANGE: Final = "OL"
_LETTERS: Final = MappingProxyType({"": 0, "k": 3, "K": 3, "M": 6, "G": 9})
"""Powers of ten of the prefixes, capitals and small letters apart."""
_WORDS: Final = MappingProxyType({"kilo": 3, "meg": 6, "mega": 6, "giga": 9})
_TYPED: Final = re.compile(rf"{PREFIX}\s+(\S.*)", re.IGNORECASE | re.DOTALL)
_VALUE: Final = re.compile(
    r"(?P<whole>[0-9]{1,3}(?: [0-9]{3}){1,5}|[0-9]{1,16})(?:[.,](?P<part>[0-9]{1,6}))?"
    r"(?:[eE]\+?(?P<power>[0-9]{1,2}))? ?(?P<prefix>[A-Za-z]*?)(?: ?(?:[oO][hH][mM][sS]?|\u03a9))?"
)
_OL: Final = re.compile(r"[O0][.,]?L", re.IGNORECASE)
"""A display's O and 0 look alike, and some put the point of the range between."""
_CODE: Final = re.compile(rf"{PREFIX}(?:([0-9]{{1,16}})|{_OVER_RANGE})")


@dataclass(frozen=True, slots=True)
class TypedValue:
    """What somebody says that the display shows.

    Attributes:
        ohm: Resistance in whole ohm; None when out of the tester's range.
    """

    ohm: int | None

    @property
    def code(self) -> str:
        """The body of its command's barcode.

        >>> TypedValue(1_050_000).code, TypedValue(None).code
        ('ESD1050000', 'ESDOL')
        """
        return PREFIX + (_OVER_RANGE if self.ohm is None else str(self.ohm))


@dataclass(frozen=True, slots=True)
class TypedReading:
    """A typed value that would pass, and that waits for a second person.

    Attributes:
        ohm: The value.
        frame: What was typed, as it came.
        until: When it is given up, UTC.
    """

    ohm: int
    frame: Frame
    until: datetime


def typed_text(text: str) -> str | None:
    """What stands behind the word ``ESD``; None where the text does not begin so.

    >>> typed_text("esd 1,05M"), typed_text("ESD1050000")
    ('1,05M', None)
    """
    found = _TYPED.fullmatch(text.strip())
    return found[1] if found is not None else None


def value_in(text: str) -> TypedValue | None:
    """Read a value as a display shows it; None where it cannot be read for certain.

    >>> value_in("1,05 Mohm"), value_in("OL")
    (TypedValue(ohm=1050000), TypedValue(ohm=None))
    >>> value_in("1,05"), value_in("1,05m")
    (None, None)
    """
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).strip()
    if _OL.fullmatch(plain):
        return TypedValue(None)
    found = _VALUE.fullmatch(plain)
    power = _power(found["prefix"], found["power"]) if found is not None else None
    if found is None or power is None or (found["part"] and not power):
        return None
    number = Decimal(f"{found['whole'].replace(' ', '')}.{found['part'] or 0}E{power}")
    if number > MAX_OHM or number != number.to_integral_value():
        return None
    return TypedValue(int(number))


def _power(prefix: str, power: str | None) -> int | None:
    """The power of ten of a prefix or an exponent; None for both, or for one that is not known."""
    if power is not None:
        return int(power) if not prefix else None
    return _LETTERS.get(prefix, _WORDS.get(prefix.lower()))


def value_of_code(body: str) -> TypedValue | None:
    """Read the body of a command barcode; None where it names no value.

    >>> value_of_code("ESD1050000"), value_of_code("ESDX")
    (TypedValue(ohm=1050000), None)
    """
    found = _CODE.fullmatch(body)
    if found is None:
        return None
    ohm = int(found[1]) if found[1] is not None else None
    return TypedValue(ohm) if ohm is None or ohm <= MAX_OHM else None
