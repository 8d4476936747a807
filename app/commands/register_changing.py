"""``register add``, ``change``, ``identity`` and ``remove``: what a lead does with one product."""

import argparse
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from app.bootstrap import Home
from app.commands.console import CommandFailedError, answer, words_of
from app.commands.documents import asset_document, entry_document
from app.commands.typed import day, free_text
from app.domain.identifiers import normalise
from app.domain.identities import Identity, identity_of
from app.domain.products import Asset, Family, Ownership, Purchase
from app.services.ports import Transaction
from app.services.product_desk import (
    BOUGHT,
    NewIdentity,
    Value,
    add_product,
    change_product,
    remove_product,
    rename_product,
)
from app.services.registering import Changed
from app.services.saying import say_feedback
from app.services.session import Rules
from app.services.views import Tone

_TEXTS: Final = ("lessor", "order", "seller", "document", "holder", "department", "tag")
_DAYS: Final = ("leased_until", "bought_on")
_FIELDS: Final = ("ownership", *_TEXTS, *_DAYS)
"""The fields of a product's row by the options that set them."""

_Change = Callable[[Transaction, Rules], Changed]


def changing_options(parser: argparse.ArgumentParser, name: str) -> None:
    """The options of one of the words of `RUNS`."""
    parser.add_argument("serial", type=_number, metavar="SERIAL")
    parser.add_argument("--badge", required=True, type=free_text, metavar="NUMBER")
    parser.add_argument("--json", action="store_true", default=False)
    options = _OPTIONS.get(name)
    if options is not None:
        options(parser)


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", required=True, type=free_text, metavar="TEXT")
    parser.add_argument("--family", required=True, choices=[one.value for one in Family])
    parser.add_argument("--imei", action="append", default=[], type=_number, metavar="IMEI")
    _row_options(parser, held_required=True)


def _change_options(parser: argparse.ArgumentParser) -> None:
    _row_options(parser, held_required=False)


def _row_options(parser: argparse.ArgumentParser, *, held_required: bool) -> None:
    held = [one.value for one in Ownership]
    parser.add_argument("--ownership", choices=held, required=held_required)
    for name in _TEXTS:
        parser.add_argument(f"--{name}", type=free_text, metavar="TEXT")
    for name in _DAYS:
        parser.add_argument(f"--{name.replace('_', '-')}", type=day, metavar="DAY")


def _identity_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--serial", dest="new_serial", type=_number, metavar="SERIAL")
    parser.add_argument("--imei", action="append", type=_number, metavar="IMEI")
    parser.add_argument("--meid", type=_number, metavar="MEID")
    parser.add_argument("--eid", type=_number, metavar="EID")
    parser.add_argument("--on", type=day, metavar="DAY")
    parser.add_argument("--repair", type=free_text, default="", metavar="NUMBER")


def _number(text: str) -> str:
    return normalise(free_text(text))


def _changed(home: Home, args: argparse.Namespace, change: _Change) -> int:
    """Do it, and tell the product as it is now; whoever is no lead is told so."""
    with home.store.writing() as tx:
        done = change(tx, home.rules(tx))
        product = tx.asset(args.serial)
    text = say_feedback(words_of(), done.feedback)
    if done.feedback.tone is Tone.REFUSED:
        raise CommandFailedError("cli.said", text=text)
    document = {
        "product": asset_document(product) if product is not None else None,
        "recorded": [entry_document(one) for one in done.entries],
    }
    answer(document, as_json=args.json, text=text)
    return 0


def _told(args: argparse.Namespace) -> dict[str, Value]:
    """The fields that options name."""
    options = {name: getattr(args, name) for name in _FIELDS}
    told: dict[str, Value] = {name: value for name, value in options.items() if value is not None}
    return told | ({"ownership": Ownership(args.ownership)} if args.ownership else {})


def _add(home: Home, args: argparse.Namespace) -> int:
    told = _told(args)
    bought = Purchase(**{name: told.pop(name) for name in BOUGHT if name in told})  # pyright: ignore[reportArgumentType] - as argparse read them
    product = Asset(
        serial=args.serial,
        model=args.model,
        family=Family(args.family),
        imeis=tuple(dict.fromkeys(args.imei)),
        purchase=bought,
        **told,  # pyright: ignore[reportArgumentType] - as above
    )
    return _changed(
        home, args, lambda tx, rules: add_product(tx, product, badge=args.badge, rules=rules)
    )


def _change_row(home: Home, args: argparse.Namespace) -> int:
    fields = _told(args)
    if not fields:
        raise CommandFailedError("cli.no_change")
    return _changed(
        home,
        args,
        lambda tx, rules: change_product(tx, args.serial, fields, badge=args.badge, rules=rules),
    )


def _identity(home: Home, args: argparse.Namespace) -> int:
    """What no option names stays as it is."""

    def change(tx: Transaction, rules: Rules) -> Changed:
        product = tx.asset(args.serial)
        now = Identity(args.serial) if product is None else identity_of(product)
        new = Identity(
            args.new_serial or now.serial,
            now.imeis if args.imei is None else tuple(dict.fromkeys(filter(None, args.imei))),
            now.meid if args.meid is None else args.meid,
            now.eid if args.eid is None else args.eid,
        )
        wanted = NewIdentity(args.serial, new, args.on or rules.today, args.repair)
        return rename_product(tx, wanted, badge=args.badge, rules=rules)

    return _changed(home, args, change)


def _remove(home: Home, args: argparse.Namespace) -> int:
    return _changed(home, args, lambda tx, _: remove_product(tx, args.serial, badge=args.badge))


RUNS: Final = MappingProxyType(
    {"add": _add, "change": _change_row, "identity": _identity, "remove": _remove}
)
"""What does each word."""
_OPTIONS: Final = MappingProxyType(
    {"add": _add_options, "change": _change_options, "identity": _identity_options}
)
