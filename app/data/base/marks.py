"""How the index over texts knows a product's family: by three characters that nobody writes."""

from typing import Final

from app.domain.products import Family

MARKS: Final = {family.value: chr(0xE000 + place) * 3 for place, family in enumerate(Family)}
"""Of the private use area: no text of a register has them three in a row."""
