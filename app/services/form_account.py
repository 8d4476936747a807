"""The forms of the account: its standing and credit, and what was counted elsewhere (P9, AU)."""

import re
from typing import Final

from app.domain.account import Standing
from app.domain.programme.counted import Counted, CountOf
from app.services.account_terms import change_account
from app.services.answering import refused
from app.services.form_fields import FIELDS, MOST_COUNT, values_of
from app.services.form_sight import FormAsk, FormKind, OpenedForm
from app.services.form_typed import Typed
from app.services.ports import Reader
from app.services.programme_counts import counts_of, record_count
from app.services.registering import Changed
from app.services.session import Rules

_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)


def open_account(reader: Reader, ask: FormAsk, rules: Rules) -> OpenedForm:
    """A form with what is on record of the account now."""
    organisation, today = reader.organisation(), rules.today.isoformat()
    terms = organisation.terms
    looked_up = terms.standing_on
    known = {
        "standing": terms.standing.value,
        "standing_on": looked_up.isoformat() if looked_up is not None else today,
        "credit_limit": _amount(terms.credit_limit),
        "credit_used": _amount(terms.credit_used),
        "currency": terms.currency,
        "counted_on": today,
    }
    counts = counts_of(reader)
    if ask.kind is FormKind.COUNT and counts:
        what, latest = next(iter(counts.items()))
        known |= {"count_of": what.value, "source": latest.source}
    return OpenedForm(ask, FIELDS[ask.kind], values_of(FIELDS[ask.kind], known), organisation.name)


def _amount(hundredths: int | None) -> str:
    if hundredths is None:
        return ""
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02}" if part else str(whole)


def account(typed: Typed) -> Changed:
    """Standing and credit, as they were looked up; what is empty is unknown."""
    values = typed.values
    currency = values["currency"].upper()
    if currency and _CURRENCY.fullmatch(currency) is None:
        return Changed(refused("account_currency"))
    fields: dict[str, object] = {
        "standing": Standing(values["standing"]),
        "standing_on": typed.day("standing_on"),
        "credit_limit": typed.amount("credit_limit") if values["credit_limit"] else None,
        "credit_used": typed.amount("credit_used") if values["credit_used"] else None,
        "currency": currency,
    }
    done = change_account(typed.tx, typed.lead.badge, fields, typed.rules.today)
    return Changed(done.feedback, done.entries)


def count(typed: Typed) -> Changed:
    """What was counted elsewhere, with its day and its source."""
    number = typed.number("count", MOST_COUNT)
    counted = Counted(number, typed.sure_day("counted_on"), typed.values["source"])
    what = CountOf(typed.values["count_of"])
    return record_count(typed.tx, typed.lead.badge, what, counted, typed.rules)
