"""``programme count``: a lead tells what was counted elsewhere, with its day and its source."""

import argparse
import re
from typing import TYPE_CHECKING, Final

from app.commands.console import CommandFailedError, answer, readable, words_of
from app.commands.typed import day, reason
from app.domain.programme.counted import Counted, CountOf
from app.services.programme_counts import record_count
from app.services.saying import say_feedback, say_way_on
from app.services.views import Tone

if TYPE_CHECKING:
    from app.bootstrap import Home

_COUNT: Final = re.compile(r"\d{1,9}", re.ASCII)


def count_arguments(parser: argparse.ArgumentParser) -> None:
    """What was counted, how many, when and where."""
    parser.add_argument("what", choices=[one.value for one in CountOf])
    parser.add_argument("number", type=_number, metavar="COUNT")
    parser.add_argument("--source", required=True, type=reason, metavar="TEXT")
    parser.add_argument("--on", type=day, metavar="DAY")
    parser.add_argument("--badge", required=True, type=readable, metavar="NUMBER")


def count(home: "Home", args: argparse.Namespace) -> int:
    """Record it; whoever may not is told so, and nothing changes.

    Raises:
        CommandFailedError: It was refused.
    """
    texts = words_of()
    with home.store.writing() as tx:
        rules = home.rules(tx)
        counted = Counted(args.number, args.on or rules.today, args.source)
        told = record_count(tx, args.badge, CountOf(args.what), counted, rules)
    text = say_feedback(texts, told.feedback)
    if told.feedback.tone is Tone.REFUSED:
        way_on = say_way_on(texts, told.feedback)
        raise CommandFailedError("cli.said", text=f"{text} {way_on}".rstrip())
    document = {
        "changed": bool(told.entries),
        "entry": str(told.entries[0].id) if told.entries else None,
        "count": {
            "of": args.what,
            "number": counted.number,
            "on": counted.on.isoformat(),
            "source": counted.source,
        },
    }
    answer(document, as_json=args.json, text=text)
    return 0


def _number(text: str) -> int:
    if _COUNT.fullmatch(text) is None:
        said = words_of().say("cli.programme.no_count", value=readable(text))
        raise argparse.ArgumentTypeError(said)
    return int(text)
