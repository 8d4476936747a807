"""What was taken back: undone by whoever did it, or settled by a lead.

A repair's state leaves it out. It was done all the same: a recall asks for it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.journal import Entry

CITES: Final[Mapping[str, str]] = MappingProxyType(
    {"repair.undone": "entry", "conflict.settled": "conflict"}
)
"""The kinds of entries that take another one back, with where each names it."""


def taken_back_by(entry: Entry) -> str | None:
    """The id of the entry that an entry takes back; None where it takes none back."""
    cited = entry.payload.get(CITES.get(entry.kind, ""))
    return cited if entry.kind in CITES and isinstance(cited, str) else None
