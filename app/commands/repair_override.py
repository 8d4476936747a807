"""``repair override``: a lead answers for a rule, on one repair or one product."""

import argparse

from app.bootstrap import Home
from app.commands.console import CommandFailedError, answer, readable
from app.commands.documents import entry_document, product_document
from app.commands.typed import reason
from app.services.opening import product_card
from app.services.overriding import Override, override_rule
from app.services.saying import say_feedback
from app.services.views import Tone
from app.texts import Texts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is to be lifted, why, and by whom."""
    parser.add_argument("number", type=readable, metavar="ID")
    parser.add_argument("--rule", required=True, type=readable, metavar="CODE")
    parser.add_argument("--reason", required=True, type=reason, metavar="TEXT")
    parser.add_argument("--badge", required=True, type=readable, metavar="NUMBER")


def override(home: Home, args: argparse.Namespace, texts: Texts) -> int:
    """Record it; whoever may not is told so, and nothing changes.

    Raises:
        CommandFailedError: It was refused.
    """
    wanted = Override(args.number, args.rule, args.badge, args.reason)
    with home.store.writing() as tx:
        rules = home.rules(tx)
        done = override_rule(tx, wanted, rules)
        repair = tx.repair_by_number(args.number) or tx.repair(args.number)
        card = product_card(tx, repair.serial if repair is not None else args.number, rules)
    text = say_feedback(texts, done.feedback)
    if done.feedback.tone is Tone.REFUSED:
        raise CommandFailedError("cli.said", text=text)
    document = {
        "recorded": [entry_document(one) for one in done.entries],
        "product": product_document(card, texts),
    }
    answer(document, as_json=args.json, text=text)
    return 0
