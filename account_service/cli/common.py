"""What every command shares: where the database is, how results and reasons are told."""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any, Final

import platformdirs

from account_service.store.database import Database, open_database
from account_service.store.schema import upgrade

DONE: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
DATABASE_VARIABLE: Final = "ACCOUNT_SERVICE_DATABASE"


class UsageError(Exception):
    """The command was called in a way that can never work."""


def default_database() -> str:
    """Where the database is if nobody says otherwise."""
    named = os.environ.get(DATABASE_VARIABLE)
    folder = platformdirs.user_data_dir("account-service", appauthor=False)
    return named or str(Path(folder) / "account.db")


@contextlib.contextmanager
def opened(arguments: argparse.Namespace) -> Generator[Database]:
    """The database that the command names, its tables up to date.

    Raises:
        StoreError: It cannot be opened.
    """
    database = open_database(arguments.database or default_database())
    try:
        upgrade(database)
        yield database
    finally:
        database.close()


def say(text: str) -> None:
    """Write a line of the result to standard output, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_json(value: Mapping[str, Any]) -> None:
    """Write the result as one JSON document to standard output."""
    say(json.dumps(value, ensure_ascii=False))


def complain(text: str) -> None:
    """Write a reason to standard error."""
    sys.stderr.write(f"account-service: {text}\n")
