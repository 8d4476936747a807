"""Products: which coverage holds on a day, and what proves a purchase."""

from datetime import date

import pytest

from app.domain.products import Asset, Coverage, CoverageStatus, Family, Ownership, Purchase

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("status", "covers"),
    [
        (CoverageStatus.UNKNOWN, True),
        (CoverageStatus.ACTIVE, True),
        (CoverageStatus.INACTIVE, False),
        (CoverageStatus.CANCELLED, False),
    ],
)
def test_what_the_issuer_has_ended_covers_nothing(status: CoverageStatus, covers: bool) -> None:
    coverage = Coverage("other", "LI", None, DAY, "", None, status)
    assert coverage.active_on(DAY) is covers


@pytest.mark.parametrize(
    ("proof", "purchase", "proven"),
    [
        ("", Purchase(), False),
        ("contract 7", Purchase(), True),
        ("", Purchase(order="4711"), True),
        ("", Purchase(document="invoice.pdf"), True),
        ("", Purchase(bought_on=DAY, seller="Somebody", source="abm"), False),
    ],
)
def test_an_order_or_a_document_proves_a_purchase(
    proof: str, purchase: Purchase, proven: bool
) -> None:
    asset = Asset(
        "C02XK0ABJGH5", "Mac", Family.MAC, Ownership.OWNED, proof=proof, purchase=purchase
    )
    assert asset.is_proven is proven
