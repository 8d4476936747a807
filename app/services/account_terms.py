"""A lead records the account's terms: when it was created, its standing, its credit (P6, P9)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.domain.account import AccountTerms
from app.domain.journal import Entry
from app.services.answering import accepted, refused, repeated
from app.services.leads import lead_with
from app.services.ports import Organisation, Transaction
from app.services.register_values import account_value
from app.services.registering import change
from app.services.views import Feedback

REGISTER: Final = "account"
TERMS: Final = frozenset(AccountTerms.__dataclass_fields__)
"""The fields that are the account's terms; all others are the organisation's own."""


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """What a change of the account did.

    Attributes:
        feedback: The answer for the lead.
        organisation: As it is on record afterwards.
        entries: What was appended; nothing where it was refused or nothing differs.
    """

    feedback: Feedback
    organisation: Organisation
    entries: tuple[Entry, ...] = ()


def change_account(
    tx: Transaction, badge: str, fields: Mapping[str, object], today: date
) -> AccountChanged:
    """Record what is known of the account; what is not named stays as it is.

    A day that is still to come is refused. More credit used than there is can be, and is told.

    Args:
        tx: The transaction.
        badge: Of the lead who changes it.
        fields: New values, by the names of `AccountTerms` and `Organisation`.
        today: The site's local day.
    """
    before = tx.organisation()
    lead = lead_with(tx, badge, "account_lead_only")
    if isinstance(lead, Feedback):
        return AccountChanged(lead, before)
    ahead = [day for day in fields.values() if isinstance(day, date) and day > today]
    if ahead:
        day = min(ahead).isoformat()
        told = refused("account_day_ahead", day=day, today=today.isoformat())
        return AccountChanged(told, before)
    terms = replace(before.terms, **{key: fields[key] for key in fields.keys() & TERMS})
    after = replace(before, terms=terms, **{key: fields[key] for key in fields.keys() - TERMS})
    if not after.name:
        return AccountChanged(refused("account_unnamed", way_on="account_name"), before)
    entry = change(tx, REGISTER, REGISTER, account_value(after), f"person:{lead.id}")
    if entry is None:
        return AccountChanged(repeated("account_unchanged"), before)
    if _overdrawn(terms):
        told = accepted("account_recorded", way_on="credit_overdrawn")
        return AccountChanged(told, after, (entry,))
    return AccountChanged(accepted("account_recorded"), after, (entry,))


def _overdrawn(terms: AccountTerms) -> bool:
    limit, used = terms.credit_limit, terms.credit_used
    return limit is not None and used is not None and used > limit
