"""``sync``: send what waits, take what is new; once, or until it is stopped."""

import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING

from app import bootstrap
from app.commands.console import answer, event, parser_of, words_of
from app.commands.homes import opened
from app.commands.tidy import tidy_if_due
from app.sync.errors import SyncFaultError

if TYPE_CHECKING:
    from app.sync.client import ServiceClient

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
        if report.pulled:
            tidy_if_due(home.store)
    return 0


def _watch(home: bootstrap.Home) -> int:
    """A line of JSON for each round; a fault is said and tried again."""
    rounds = _Rounds(home)
    before = {
        one: signal.signal(one, lambda _number, _frame: rounds.ended.set())
        for one in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        with ThreadPoolExecutor(1, "sync") as pool:
            work = pool.submit(rounds.run)
            work.add_done_callback(lambda _: rounds.ended.set())
            rounds.ended.wait()
            rounds.stop()
        work.result()
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    return 0


class _Rounds:
    """Round after round, in a thread of its own: a service that does not answer holds up no end."""

    def __init__(self, home: bootstrap.Home) -> None:
        self.ended = threading.Event()
        self._home = home
        self._client: ServiceClient | None = None

    def run(self) -> None:
        """Sync until the end."""
        while not self.ended.is_set():
            try:
                report = bootstrap.sync_round(self._home.store, self._begun)
                event(asdict(report))
                if report.pulled:
                    tidy_if_due(self._home.store, self.ended.is_set)
            except SyncFaultError as fault:
                event({"fault": fault.code})
            self.ended.wait(WATCH_SECONDS)

    def stop(self) -> None:
        """Cut off the call that runs."""
        if self._client is not None:
            self._client.stop()

    def _begun(self, client: "ServiceClient") -> None:
        self._client = client
        if self.ended.is_set():  # the end came while there was nothing yet to cut off
            client.stop()
