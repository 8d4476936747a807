"""A known resistor in place of a strap: what a tester has to read, and whether it does. Pure.

It is a check of the tester between two calibrations, not a calibration: it only records and warns.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from app.domain.esd import Measurement

OHMS: Final = MappingProxyType(
    {"100K": 100_000, "1M": 1_000_000, "10M": 10_000_000, "35M": 35_000_000, "100M": 100_000_000}
)
"""The values that are offered, by how they stand in a code."""
PERCENTS: Final = (1, 5, 10)
PREFIX: Final = "CHK"
_BODY: Final = re.compile(r"CHK([0-9]{1,12})P([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Resistor:
    """A resistor whose value is known.

    Attributes:
        ohm: Its nominal value.
        percent: How far its value may be off, the tester's own accuracy included.
    """

    ohm: int
    percent: int

    @property
    def code(self) -> str:
        """The body of its barcode.

        >>> Resistor(1_000_000, 5).code
        'CHK1000000P5'
        """
        return f"{PREFIX}{self.ohm}P{self.percent}"

    def allows(self, ohm: int) -> bool:
        """Whether a tester may read this value with it."""
        return abs(ohm - self.ohm) * 100 <= self.ohm * self.percent


@dataclass(frozen=True, slots=True)
class TesterCheck:
    """A check that waits for the tester.

    Attributes:
        resistor: What is connected.
        until: When it is given up, so that nobody's test is taken for it, UTC.
    """

    __test__ = False  # for pytest: it is none

    resistor: Resistor
    until: datetime


def resistor_of(body: str) -> Resistor | None:
    """Read the body of a command barcode; None where it names no resistor.

    >>> resistor_of("CHK1000000P5")
    Resistor(ohm=1000000, percent=5)
    >>> resistor_of("CHK0P5") is None
    True
    """
    found = _BODY.fullmatch(body)
    if found is None:
        return None
    ohm, percent = int(found[1]), int(found[2])
    return Resistor(ohm, percent) if ohm and percent else None


def holds(measurement: Measurement, resistor: Resistor) -> bool:
    """Whether the tester reads the resistor as it should; out of range it never does."""
    out = measurement.over_range or measurement.under_range
    return not out and measurement.ohm is not None and resistor.allows(measurement.ohm)
