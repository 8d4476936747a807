"""What the columns of a file say of each product's coverage."""

from collections.abc import Iterable, Sequence
from typing import Final, cast

from app.data.imports.days import months_after
from app.data.imports.product_row import CoverageRow
from app.domain.products import CoverageStatus

PREFIX: Final = "coverage_"
PARTS: Final = ("issuer", "kind", "status", "starts", "ends", "months", "source", "checked_on")
"""The fields of a coverage, after the prefix."""
SAYS_NOTHING: Final = frozenset({"coverage_issuer", "coverage_source", "coverage_checked_on"})
"""Fields that alone make no coverage."""
_MOST_REMEMBERED: Final = 20_000

Coverages = tuple[CoverageRow, ...]


class Covering:
    """Puts the fields of a coverage together; most rows share theirs with others."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Coverages] = {}

    def read(
        self, makers: Sequence[object], bought: Iterable[object], parts: Sequence[Iterable[object]]
    ) -> list[Coverages]:
        """Give each row's coverages.

        Args:
            makers: Each row's maker: the issuer where none is told.
            bought: The day on which each was bought, from which a number of months counts.
            parts: A column for each of `PARTS`.
        """
        known = self._known
        if len(known) > _MOST_REMEMBERED:
            known.clear()
        found: list[Coverages] = []
        for key in zip(makers, bought, *parts, strict=True):
            coverages = known.get(key)
            if coverages is None:
                coverages = known[key] = _coverages(key)
            found.append(coverages)
        return found


def _coverages(key: tuple[object, ...]) -> Coverages:
    maker, bought, issuer, kind, status, starts, ends, _, source, checked_on = cast(
        "tuple[str | None, ...]", key
    )
    months = cast("int | None", key[2 + PARTS.index("months")])
    since = starts or bought
    if months and since and not ends:
        starts, ends = since, months_after(since, months)
    if not (kind or status or starts or ends):
        return ()
    return (
        CoverageRow(
            issuer=issuer or maker or "",
            kind=kind or "",
            starts=starts,
            ends=ends,
            source=source or "",
            checked_on=checked_on,
            status=status or CoverageStatus.UNKNOWN.value,
        ),
    )
