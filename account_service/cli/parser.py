"""The commands and their arguments."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from account_service.cli import benches, imports, log, organisations, serving
from account_service.version import VERSION

if TYPE_CHECKING:
    # argparse has no public name for what add_subparsers gives.
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]

Command: TypeAlias = Callable[[argparse.Namespace], int]
_MAX_MINUTES: Final = 7 * 24 * 60
_MAX_PORT: Final = 65535


def _minutes(text: str) -> int:
    return _whole(text, 1, _MAX_MINUTES)


def _port(text: str) -> int:
    return _whole(text, 0, _MAX_PORT)


def _whole(text: str, least: int, most: int) -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"a whole number from {least} to {most} is wanted")
    return int(text)


def build_parser() -> argparse.ArgumentParser:
    """The parser; each command's function is the namespace's ``run``."""
    parser = argparse.ArgumentParser(
        prog="account-service", description="What the benches of an organisation sync to."
    )
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    database = argparse.ArgumentParser(add_help=False)
    database.add_argument(
        "--database", metavar="URL|PATH", help="an SQLite file; else ACCOUNT_SERVICE_DATABASE"
    )
    result = argparse.ArgumentParser(add_help=False, parents=[database])
    result.add_argument("--json", action="store_true", help="print one JSON document")
    _add_serve(commands, database)
    _add_organisation(commands, result)
    _add_bench(commands, database, result)
    _add_import(commands, result)
    log_command = commands.add_parser("log", parents=[result], help="list what the benches pushed")
    log_command.add_argument("organisation", metavar="ORG", help="id or name")
    log_command.set_defaults(run=log.run_log)
    openapi = commands.add_parser("openapi", help="print the HTTP contract")
    openapi.set_defaults(run=serving.run_openapi)
    return parser


def _add_serve(commands: "Commands", database: argparse.ArgumentParser) -> None:
    serve = commands.add_parser("serve", parents=[database], help="answer the benches")
    serve.add_argument("--host", default="127.0.0.1", help="other than loopback needs TLS")
    serve.add_argument(
        "--port", type=_port, default=serving.DEFAULT_PORT, help="0 for any that is free"
    )
    serve.add_argument("--tls-cert", type=Path, metavar="FILE", help="PEM, with the chain")
    serve.add_argument("--tls-key", type=Path, metavar="FILE", help="PEM")
    serve.add_argument(
        "--until-input-ends", action="store_true", help="stop when standard input is closed"
    )
    serve.set_defaults(run=serving.run_serve)


def _add_organisation(commands: "Commands", result: argparse.ArgumentParser) -> None:
    group = commands.add_parser("organisation", help="organisations").add_subparsers(
        required=True, metavar="COMMAND"
    )
    add = group.add_parser("add", parents=[result], help="add one and print its id")
    add.add_argument("name", metavar="NAME")
    add.set_defaults(run=organisations.run_add)
    listing = group.add_parser("list", parents=[result], help="list them")
    listing.set_defaults(run=organisations.run_list)


def _add_bench(
    commands: "Commands",
    database: argparse.ArgumentParser,
    result: argparse.ArgumentParser,
) -> None:
    group = commands.add_parser("bench", help="benches").add_subparsers(
        required=True, metavar="COMMAND"
    )
    code = group.add_parser(
        "enrol-code", parents=[result], help="print a one-time code for a bench"
    )
    code.add_argument("organisation", metavar="ORG", help="id or name")
    code.add_argument(
        "--valid-minutes", type=_minutes, default=60, metavar="N", help="when it ends (60)"
    )
    code.set_defaults(run=benches.run_enrol_code)
    listing = group.add_parser("list", parents=[result], help="list an organisation's benches")
    listing.add_argument("organisation", metavar="ORG", help="id or name")
    listing.set_defaults(run=benches.run_list)
    revoke = group.add_parser("revoke", parents=[database], help="shut a bench out")
    revoke.add_argument("organisation", metavar="ORG", help="id or name")
    revoke.add_argument("bench", metavar="BENCH", help="its id")
    revoke.set_defaults(run=benches.run_revoke)


def _add_import(commands: "Commands", result: argparse.ArgumentParser) -> None:
    command = commands.add_parser(
        "import", parents=[result], help="put a file's rows into the registers"
    )
    command.add_argument(
        "what", choices=[*imports.KINDS, "rows"], help="rows: JSON lines; the others: CSV"
    )
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        "--organisation", metavar="ORG", help="id or name; needed if there are several"
    )
    command.add_argument("--key", metavar="COLUMN", help="the CSV column that holds the key")
    command.set_defaults(run=imports.run_import)
