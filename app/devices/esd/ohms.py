"""Reads a resistance as a tester writes it: exactly, in whole ohms, or not at all.

A unit is never guessed: a small ``m`` could be milli or mega, a factor of a thousand million, so
it is refused unless the profile says what it means.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Final

from app.domain.line_fault import LineFault

MULTIPLIERS: Final = MappingProxyType(
    {"": 0, "k": 3, "K": 3, "M": 6, "Meg": 6, "MEG": 6, "G": 9, "T": 12}
)
"""Powers of ten of the prefixes that testers write."""

OHM_SIGNS: Final = ("ohms", "ohm", "\u03a9", "\u2126")
"""The word, and the two code points that look alike: the Greek letter and the ohm sign."""

LARGEST_EXPONENT: Final = 18
LONGEST_NUMBER: Final = 40
_EXACT: Final = Context(prec=2 * LONGEST_NUMBER)
_UNIT_GAP: Final = " \t\u00a0\u202f"


@dataclass(frozen=True)
class Numbers:
    """How a tester writes numbers.

    Attributes:
        decimal: The decimal mark, ``.`` or ``,``.
        group: The mark between thousands; empty for none.
        unit: The unit of a value that has none of its own.
        units: The tester's own words for units, such as ``{"Mo": "Mohm"}``, as pairs.
        over: Words and signs for "more than I can measure" (``OL``, ``>``), in any letter case.
        under: Words and signs for "less than I can measure".
        over_from: A number from this on, as it stands in the line, means over range as well; None
            for none. Instruments write 9.9E37 or the like.
        aborted: Words for a test that was broken off, casefolded.
        blank_by_result: An empty value is over or under range where the verdict says so.
    """

    decimal: str = "."
    group: str = ""
    unit: str = "ohm"
    units: tuple[tuple[str, str], ...] = ()
    over: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    over_from: Decimal | None = None
    aborted: tuple[str, ...] = ()
    blank_by_result: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A number and what follows it."""
        whole = "[0-9]+"
        if self.group:
            whole = rf"(?:[0-9]{{1,3}}(?:{re.escape(self.group)}[0-9]{{3}})+|[0-9]+)"
        mark = re.escape(self.decimal)
        mantissa = rf"\+?(?P<whole>{whole})?(?:{mark}(?P<part>[0-9]*))?"
        power = "(?:[eE](?P<power>[+-]?[0-9]{1,3}))?"
        return re.compile(f"{mantissa}{power}(?P<rest>[^0-9]*)")

    def power(self, unit: str) -> int | None:
        """The power of ten of a unit such as ``kOhm``; None for one that is not known."""
        word = dict(self.units).get(unit, unit)
        for sign in OHM_SIGNS:
            if word.casefold().endswith(sign.casefold()):
                word = word[: -len(sign)]
                break
        return MULTIPLIERS.get(word.strip(_UNIT_GAP))


@dataclass(frozen=True, slots=True)
class Resistance:
    """What a value says.

    Attributes:
        ohm: Whole ohms, rounded half up; None when out of range.
        over_range: It is more than the tester can measure.
        under_range: It is less than the tester can measure.
    """

    ohm: int | None
    over_range: bool = False
    under_range: bool = False


def read_resistance(value: str, unit: str | None, numbers: Numbers) -> Resistance | LineFault:
    """Read a value such as ``1.25E+06``, ``1,05 MOhm``, ``>35M`` or ``OL``.

    Args:
        value: The value as it stands in the line, with or without its unit.
        unit: The unit where it stands apart; None where the line has none.
        numbers: How this tester writes numbers.
    """
    text = value.strip()
    if _marked(text, numbers.over, unit, numbers):
        return Resistance(None, over_range=True)
    if _marked(text, numbers.under, unit, numbers):
        return Resistance(None, under_range=True)
    if _beyond(text, numbers):
        return Resistance(None, over_range=True)
    ohm = _ohms(text, unit, numbers)
    return ohm if isinstance(ohm, LineFault) else Resistance(ohm)


def _beyond(text: str, numbers: Numbers) -> bool:
    """Whether the number is so large that the instrument means "over range" by it."""
    found = _number(text, numbers) if numbers.over_from is not None else None
    return found is not None and numbers.over_from is not None and found[0] >= numbers.over_from


def _marked(text: str, marks: tuple[str, ...], unit: str | None, numbers: Numbers) -> bool:
    """Whether the value is a mark, alone or before the bound that was passed (``> 35 M``)."""
    folded = text.casefold()
    for mark in marks:
        if folded.startswith(mark.casefold()):
            bound = text[len(mark) :].strip()
            if not bound or not isinstance(_ohms(bound, unit, numbers), LineFault):
                return True
    return False


def _number(text: str, numbers: Numbers) -> tuple[Decimal, str] | None:
    """The number as it stands there, and what follows it; None where there is none."""
    found = numbers.pattern.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
    if found is None or not (found["whole"] or found["part"]):
        return None
    whole = (found["whole"] or "0").replace(numbers.group, "")
    number = Decimal(f"{whole}.{found['part'] or '0'}E{found['power'] or '0'}")
    return number, found["rest"].strip()


def _ohms(text: str, unit: str | None, numbers: Numbers) -> int | LineFault:
    found = _number(text, numbers)
    if found is None:
        return LineFault("bad_number", text[:LONGEST_NUMBER])
    number, own = found
    if own and unit and unit.strip():
        return LineFault("unknown_unit", f"{own} {unit}"[:LONGEST_NUMBER])
    power = numbers.power(own or (unit or "").strip() or numbers.unit)
    if power is None:
        return LineFault("unknown_unit", (own or unit or "")[:LONGEST_NUMBER])
    if number and number.adjusted() + power > LARGEST_EXPONENT:
        return LineFault("out_of_bounds", text[:LONGEST_NUMBER])
    if not number or number.adjusted() + power < -1:
        return 0
    exact = number.scaleb(power, _EXACT)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP, _EXACT))
