"""The self-servicing account: its terms, its standing and its credit (P5, P6, P9)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Standing(StrEnum):
    """Whether the account may order and repair."""

    UNKNOWN = "unknown"
    GOOD = "good"
    ON_HOLD = "on_hold"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class AccountTerms:
    """What was agreed with the account, and where it stands.

    Attributes:
        created_on: When the account was created; deadlines count from it (P6). None before that.
        region: Whose programme applies: ``se``, ``us`` ...; empty for the bench's own.
        standing: Whether it is in good standing (P9).
        standing_on: When that was looked up.
        credit_limit: The line of credit, in the currency's smallest unit; None when unknown.
        credit_used: Ordered and not yet paid, likewise.
        currency: ISO 4217.
        has_carpet: Whether the repair station's floor is carpet, which asks for a floor mat (CA).
    """

    created_on: date | None = None
    region: str = ""
    standing: Standing = Standing.UNKNOWN
    standing_on: date | None = None
    credit_limit: int | None = None
    credit_used: int | None = None
    currency: str = ""
    has_carpet: bool = False


NO_TERMS: Final = AccountTerms()
"""An account of which nothing is known yet."""
