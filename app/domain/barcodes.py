"""What the bytes of a barcode mean.

``read`` takes any bytes and never raises: whatever they are, there is at least one candidate. One text may well be two
things (12 characters are a product's serial or a component's), so all that it can be is told, the best guess first, and
the place where it was scanned or a look-up in a register decides.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from app.domain import gs1, iso15434, meanings
from app.domain.meanings import Candidate, Kind

MAX_BYTES: Final = 4096
"""The longest barcode that is read: more than any symbology holds in one symbol of use here."""

_AIM: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")


class Format(StrEnum):
    """How a barcode's text is built."""

    PLAIN = "plain"
    GS1 = "gs1"
    ISO15434 = "iso15434"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a barcode says.

    Attributes:
        raw: The bytes as they came, untouched.
        aim: The AIM symbology identifier such as ``]d2``, None where the scanner sent none.
        format: How the text is built.
        fields: The values by identifier, in the order of the label, for gs1 and iso15434.
        candidates: What the text can be, best first, never empty.
        warnings: Stable codes, see ``WARNINGS``.
    """

    raw: bytes
    aim: str | None
    format: Format
    fields: Mapping[str, tuple[str, ...]] = field(hash=False)
    candidates: tuple[Candidate, ...]
    warnings: tuple[str, ...]
