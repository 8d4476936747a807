"""What the rules say of a part (P4), and of an order of parts (P9)."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.account import AccountTerms, Standing
from app.domain.parts import PartLot
from app.domain.policy import Policy
from app.domain.verdicts.findings import Finding, finding_of
from app.domain.verdicts.product import APPLE


@dataclass(frozen=True, slots=True)
class PartAtHand:
    """A part that is about to be fitted.

    Attributes:
        number: The part number that was scanned.
        kgb: The part's own serial.
        lot: The purchase that the serial came with, None where there is none.
        used_in: The number of the repair that already holds this serial.
    """

    number: str
    kgb: str
    lot: PartLot | None
    used_in: str | None = None


def part_findings(part: PartAtHand, policy: Policy) -> tuple[Finding, ...]:
    """P4: whether a part was bought directly, is what it says, and is in no other repair."""
    found: list[Finding] = []
    kgb, lot = part.kgb, part.lot
    if lot is None:
        found.append(finding_of(policy, "part_not_purchased", fields={"kgb": kgb}))
    else:
        found.extend(_lot_findings(part, lot, policy))
    if part.used_in is not None:
        fields = {"kgb": kgb, "repair": part.used_in}
        found.append(finding_of(policy, "part_used_before", part.used_in, fields=fields))
    return tuple(found)


def _lot_findings(part: PartAtHand, lot: PartLot, policy: Policy) -> Iterator[Finding]:
    order, on = lot.order, lot.received_on
    if lot.source != APPLE:
        fields = {"kgb": part.kgb, "source": lot.source}
        yield finding_of(policy, "part_other_source", order, on, fields)
    if lot.part_number != part.number:
        fields = {"kgb": part.kgb, "number": part.number, "actual": lot.part_number}
        yield finding_of(policy, "part_other_number", order, on, fields)
    if not order:
        yield finding_of(policy, "part_no_order", lot.delivery, on, {"kgb": part.kgb})


def order_findings(terms: AccountTerms, amount: int, policy: Policy) -> tuple[Finding, ...]:
    """P9: whether an order may be placed, with the figures.

    Args:
        terms: What is known of the account.
        amount: What the order costs, in the smallest unit of the account's currency.
        policy: The rules.
    """
    if terms.standing in {Standing.ON_HOLD, Standing.CLOSED}:
        return (finding_of(policy, "account_on_hold", "", terms.standing_on),)
    order = money(amount, terms.currency)
    if terms.credit_limit is None or terms.credit_used is None:
        return (finding_of(policy, "credit_unknown", fields={"order_amount": order}),)
    left = terms.credit_limit - terms.credit_used
    if amount <= left:
        return ()
    limit = money(terms.credit_limit, terms.currency)
    left_over = money(left, terms.currency)
    fields = {"order_amount": order, "credit_left": left_over, "credit_limit": limit}
    return (finding_of(policy, "credit_exceeded", fields=fields),)


def money(amount: int, currency: str) -> str:
    """An amount with its currency: ``1234.50 SEK``, of 123450.

    Args:
        amount: In the currency's smallest unit, a hundredth.
        currency: ISO 4217, empty where it is not known.
    """
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 100)
    return f"{sign}{whole}.{rest:02} {currency}".rstrip()
