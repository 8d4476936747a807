"""``sync``: send what waits, take what is new; once, or until it is stopped."""

import signal
import threading
from collections.abc import Sequence
from dataclasses import asdict

from app import bootstrap
from app.commands.console import answer, event, parser_of, words_of
from app.commands.homes import opened
from app.sync.errors import SyncFaultError

WATCH_SECONDS = 30.0


def run(words: Sequence[str]) -> int:
    """One round, or round after round."""
    parser = parser_of("sync")
    parser.add_argument("--watch", action="store_true")
    args = parser.parse_args(words)
    with opened() as home:
        if args.watch:
            return _watch(home)
        report = bootstrap.sync_round(home.store)
    text = words_of().say(
        "cli.synced", pushed=report.pushed, pulled=report.pulled, waiting=report.waiting
    )
    answer(asdict(report), as_json=args.json, text=text)
    return 0


def _watch(home: bootstrap.Home) -> int:
    """A line of JSON for each round; a fault is said and tried again."""
    stopped = threading.Event()
    before = {
        one: signal.signal(one, lambda _number, _frame: stopped.set())
        for one in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        while not stopped.is_set():
            try:
                event(asdict(bootstrap.sync_round(home.store)))
            except SyncFaultError as fault:
                event({"fault": fault.code})
            stopped.wait(WATCH_SECONDS)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    return 0
