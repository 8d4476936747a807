"""``log``: everything that an organisation's benches pushed, with what became of it."""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from account_service.cli.common import DONE, opened, say, say_json
from account_service.services.organisations import named
from account_service.services.reporting import Report, report
from account_service.store.entries import ReportedEntry


def run_log(arguments: argparse.Namespace) -> int:
    """Print the log."""
    with opened(arguments) as database:
        shown = report(database, named(database, arguments.organisation).organisation_id)
    if arguments.json:
        say_json(_as_json(shown))
    else:
        for line in _lines(shown):
            say(line)
    return DONE


def _as_json(shown: Report) -> dict[str, Any]:
    organisation = shown.organisation
    return {
        "organisation": {"id": organisation.organisation_id, "name": organisation.name},
        "revision": organisation.revision,
        "chain": organisation.chain,
        "entries": [
            {
                "revision": entry.revision,
                "outcome": entry.outcome,
                "code": entry.code,
                "received_at": entry.received_at,
                "entry": {**_content(entry), "hash": entry.hash},
            }
            for entry in shown.entries
        ],
        "statuses": shown.statuses,
    }


def _lines(shown: Report) -> Iterator[str]:
    for entry in shown.entries:
        content = _content(entry)
        place = "-" if entry.revision is None else str(entry.revision)
        outcome = entry.outcome if entry.code is None else f"{entry.outcome}:{entry.code}"
        what = f"{content['kind']}  {content['subject']}"
        yield f"{place:>9}  {outcome}  {entry.bench_id}#{entry.seq}  {what}"


def _content(entry: ReportedEntry) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(entry.canonical)
    return content
