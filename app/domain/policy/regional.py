"""A region's policy file as the changes to another: what differs is all that it holds.

A change names its ``base``. A row of it stands in the place of the base's row of the same name, as
a whole, so that a rule is read in one place; what it does not name holds as in the base. The base's
rules cite their sources by key: a region that gives a key its own page gives it to all of them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.policy.fields import Fields

_LISTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "source": ("key",),
        "rule": ("code",),
        "esd_limit": ("profile", "channel"),
        "esd_test": ("item",),
    }
)
"""The lists of a policy file, and what their rows are called by."""


def regional(base: Mapping[str, object], change: Mapping[str, object]) -> dict[str, object]:
    """The whole table of a region: the base with its changes.

    Raises:
        PolicyInvalidError: The base is itself a change, or a list is none.
    """
    below, above = Fields(base, "base"), Fields(change)
    if below.has("base"):
        raise below.fault("base", "a base stands on no other")
    own = {key: value for key, value in change.items() if key not in _LISTS and key != "base"}
    merged: dict[str, object] = {**base, **own}
    for key, names in _LISTS.items():
        if above.has(key):
            rows = {one.place: one.table for one in Fields(base).tables(key, *names)}
            rows |= {one.place: one.table for one in above.tables(key, *names)}
            merged[key] = list(rows.values())
    return merged
