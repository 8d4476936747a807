"""``programme account``: a lead records the account's terms."""

import argparse
import re
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, Final

from app.commands.console import CommandFailedError, answer, readable, words_of
from app.commands.typed import day
from app.domain.account import Standing
from app.resources import resource
from app.services.account_terms import change_account
from app.services.calendar import site_zone
from app.services.register_values import account_value
from app.services.saying import say_feedback, say_way_on
from app.services.views import Tone

if TYPE_CHECKING:
    from app.bootstrap import Home

_MONEY: Final = re.compile(r"(\d{1,15})(?:[.,](\d{2}))?", re.ASCII)
_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_TOLD: Final = frozenset({"action", "json", "badge"})
"""What of the arguments is no field of the account."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The account's fields; what is not named stays as it is."""
    parser.add_argument("--badge", required=True, type=readable, metavar="NUMBER")
    for flag, field in (("--name", "name"), ("--site", "site"), ("--number", "account")):
        parser.add_argument(flag, dest=field, type=_text, metavar="TEXT")
    parser.add_argument("--time-zone", dest="time_zone", type=_zone, metavar="ZONE")
    parser.add_argument("--region", type=_region)
    parser.add_argument("--created-on", dest="created_on", type=day, metavar="DAY")
    parser.add_argument("--standing", choices=[one.value for one in Standing])
    parser.add_argument("--standing-on", dest="standing_on", type=day, metavar="DAY")
    for flag in ("limit", "used"):
        parser.add_argument(
            f"--credit-{flag}", dest=f"credit_{flag}", type=_money, metavar="AMOUNT"
        )
    parser.add_argument("--currency", type=_currency)
    parser.add_argument("--carpet", dest="has_carpet", action=argparse.BooleanOptionalAction)


def record(home: "Home", args: argparse.Namespace) -> int:
    """Record them; whoever may not is told so, and nothing changes.

    Raises:
        CommandFailedError: It was refused, or nothing was named.
    """
    texts = words_of()
    named = vars(args).items()
    fields = {key: value for key, value in named if value is not None and key not in _TOLD}
    if not fields:
        raise CommandFailedError("cli.programme.nothing")
    with home.store.writing() as tx:
        today = home.rules(tx).today
        if "standing" in fields:
            fields["standing"] = Standing(args.standing)
            fields.setdefault("standing_on", today)
        changed = change_account(tx, args.badge, fields, today)
    told = say_feedback(texts, changed.feedback), say_way_on(texts, changed.feedback)
    text = " ".join(one for one in told if one)
    if changed.feedback.tone is Tone.REFUSED:
        raise CommandFailedError("cli.said", text=text)
    document = {
        "changed": bool(changed.entries),
        "entry": str(changed.entries[0].id) if changed.entries else None,
        "account": account_value(changed.organisation),
    }
    answer(document, as_json=args.json, text=text)
    return 0


def _refused(key: str, **fields: object) -> ArgumentTypeError:
    return ArgumentTypeError(words_of().say(f"cli.programme.{key}", **fields))


def _text(text: str) -> str:
    return readable(text).strip()


def _money(text: str) -> int:
    """A sum in hundredths."""
    found = _MONEY.fullmatch(text)
    if found is None:
        raise _refused("no_money", value=readable(text))
    return int(found[1]) * 100 + int(found[2] or 0)


def _currency(text: str) -> str:
    if _CURRENCY.fullmatch(text) is None:
        raise _refused("no_currency", value=readable(text))
    return text


def _region(text: str) -> str:
    known = sorted(path.stem for path in resource("programmes").glob("*.toml"))
    if text not in known:
        raise _refused("no_region", value=readable(text), known=", ".join(known))
    return text


def _zone(text: str) -> str:
    if site_zone(text) is None:
        raise _refused("no_zone", value=readable(text))
    return text
