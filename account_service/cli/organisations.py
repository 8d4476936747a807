"""``organisation add|list``."""

import argparse
import secrets

from account_service.cli.common import DONE, opened, say, say_json
from account_service.clock import system_clock
from account_service.services import organisations


def run_add(arguments: argparse.Namespace) -> int:
    """Add an organisation and tell its id."""
    with opened(arguments) as database:
        row = organisations.add(
            database, arguments.name, now=system_clock(), random=secrets.token_bytes
        )
    if arguments.json:
        say_json({"id": row.organisation_id, "name": row.name})
    else:
        say(row.organisation_id)
    return DONE


def run_list(arguments: argparse.Namespace) -> int:
    """List the organisations."""
    with opened(arguments) as database:
        rows = organisations.everyone(database)
    if arguments.json:
        say_json(
            {
                "organisations": [
                    {"id": row.organisation_id, "name": row.name, "revision": row.revision}
                    for row in rows
                ]
            }
        )
    else:
        for row in rows:
            say(f"{row.organisation_id}  {row.revision:>9}  {row.name}")
    return DONE
