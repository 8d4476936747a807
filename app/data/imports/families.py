"""Which of Apple's product families a product is of, told by its model, type or family's name."""

import re
from typing import Final

from app.domain.products import Family

_FAMILIES: Final = (
    (Family.IPHONE, re.compile(r"iphone")),
    (Family.IPAD, re.compile(r"ipad(?!os)")),
    (Family.IPOD, re.compile(r"ipod")),
    (Family.MAC, re.compile(r"mac(?:book|intosh|mini|pro|\d|\b)|power ?book|xserve")),
)
_OTHERS: Final = re.compile(
    r"\b(?:case|cover|keyboard|pencil|charger|adapter|skal|fodral|tangentbord|laddare|parallels|vmware|virtual)"
)
"""What is named after a product and is none."""


def family_of(text: str) -> str | None:
    """The family that a model, a product type or a family's own name says; None for none of them.

    >>> family_of("iPhone15,2"), family_of("MacBook Pro (14-inch, 2023)"), family_of("Latitude 5")
    ('iphone', 'mac', None)
    """
    small = text.casefold()
    if _OTHERS.search(small):
        return None
    return next((family.value for family, form in _FAMILIES if form.search(small)), None)
