"""A lead tells what was counted elsewhere for the programme (`app.domain.programme.counted`)."""

from collections.abc import Mapping
from typing import Final

from app.domain.journal import Draft, Json
from app.domain.programme.counted import COUNTED, Counted, CountOf, latest
from app.services.account_terms import REGISTER
from app.services.answering import accepted, refused, repeated
from app.services.leads import lead_with
from app.services.ports import Reader, Transaction
from app.services.registering import Changed
from app.services.session import Rules
from app.services.views import Feedback

SUBJECT: Final = f"{REGISTER}:{REGISTER}"
"""What a count is about: the account, as its terms are."""


def counts_of(reader: Reader) -> Mapping[CountOf, Counted]:
    """The latest count of each thing that was ever counted."""
    told = reader.told(SUBJECT, COUNTED)
    found = {what: latest(told, what) for what in CountOf}
    return {what: one for what, one in found.items() if one is not None}


def record_count(
    tx: Transaction, badge: str, what: CountOf, counted: Counted, rules: Rules
) -> Changed:
    """Record a count; one that is on record like that already is not recorded again.

    Args:
        tx: The transaction.
        badge: Of the lead who tells it.
        what: What was counted.
        counted: How many, when and where.
        rules: Which day it is: nobody counted tomorrow.
    """
    lead = lead_with(tx, badge, "account_lead_only")
    if isinstance(lead, Feedback):
        return Changed(lead)
    if counted.on > rules.today:
        return Changed(refused("count_ahead", way_on="count_ahead"))
    if counts_of(tx).get(what) == counted:
        return Changed(repeated("count_unchanged"))
    payload: dict[str, Json] = {
        "of": what.value,
        "number": counted.number,
        "on": counted.on.isoformat(),
        "source": counted.source,
    }
    entry = tx.append(Draft(COUNTED, SUBJECT, f"person:{lead.id}", payload))
    return Changed(accepted("count_recorded"), (entry,))
