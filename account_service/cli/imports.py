"""``import devices|people|catalogue|rows``."""

import argparse
from dataclasses import asdict
from typing import Final

from account_service.cli.common import DONE, opened, say, say_json
from account_service.contract import Register
from account_service.services.importing import Source, csv_rows, import_rows, json_lines
from account_service.services.organisations import named

KINDS: Final[dict[str, tuple[Register, str]]] = {
    "devices": ("assets", "serial"),
    "people": ("people", "id"),
    "catalogue": ("catalogue", "number"),
}
"""What can be imported from CSV: its register, and the column that holds the key."""


def run_import(arguments: argparse.Namespace) -> int:
    """Import a file and tell what became of its rows."""
    with opened(arguments) as database:
        organisation = named(database, arguments.organisation)
        done = import_rows(database, organisation.organisation_id, _source(arguments))
    if arguments.json:
        say_json(asdict(done))
        return DONE
    for row in done.refused:
        say(f"row {row.row}, {row.column or 'whole'}: {row.code} {row.value!r}")
    say(
        f"read {done.read}, new {done.accepted}, changed {done.updated}, "
        f"unchanged {done.unchanged}, duplicates {done.duplicates}, refused {len(done.refused)}"
    )
    return DONE


def _source(arguments: argparse.Namespace) -> Source:
    if arguments.what == "rows":
        return json_lines(arguments.file)
    register, key = KINDS[arguments.what]
    return csv_rows(arguments.file, register, arguments.key or key)
