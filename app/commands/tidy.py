"""``tidy``: puts what came into the register by sync into a file that is quick to search.

A bench does it by itself, in a process like this one, and so does ``sync`` (docs/adr/0018).
"""

import logging
from collections.abc import Sequence
from typing import Protocol

from app.commands.console import answer, parser_of, words_of
from app.commands.homes import opened
from app.commands.importing import stopped_by_hand
from app.services.importing import ImportCancelledError, Stopped
from app.services.ports import StoreFaultError

log = logging.getLogger("repair_bench.tidy")


class Compactable(Protocol):
    """What tidying asks of a store (`app.data.store.LocalStore`)."""

    def is_to_compact(self) -> bool:
        """Whether there is something to do."""
        ...

    def compact(self, stopped: Stopped) -> int:
        """Do it; how many products the new file has."""
        ...


def run(words: Sequence[str]) -> int:
    """Do it, where there is something to do."""
    parser = parser_of("tidy")
    parser.add_argument("--least", type=int, metavar="N", help=words_of().say("tidy.help.least"))
    args = parser.parse_args(words)
    with opened() as home, stopped_by_hand() as stopped:
        try:
            products = home.store.compact(stopped.is_set, least=args.least)
            key = "tidy.done" if products else "tidy.nothing"
        except ImportCancelledError:
            products, key = 0, "tidy.ended"
    text = words_of().say(key, count=products)
    answer({"products": products}, as_json=args.json, text=text)
    return 0


def tidy_if_due(store: Compactable, stopped: Stopped = lambda: False) -> int:
    """Do it after a round of sync; what cannot be done now is done after another.

    Returns:
        How many products the new file has; 0 where none was made.
    """
    try:
        return store.compact(stopped) if store.is_to_compact() else 0
    except ImportCancelledError:
        return 0
    except StoreFaultError as fault:
        log.warning("the register is not tidied: %s", fault)
        return 0
