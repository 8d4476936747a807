"""``journal``: verify the chain, export it, rebuild the read models from it."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from app import bootstrap
from app.bootstrap import Home
from app.commands.console import CommandFailedError, answer, event, parser_of, words_of
from app.commands.documents import entry_document
from app.commands.homes import opened


def run(words: Sequence[str]) -> int:
    """Check, export or rebuild."""
    parser = parser_of("journal")
    actions = parser.add_subparsers(dest="action", required=True)
    verify = actions.add_parser("verify")
    verify.add_argument("--code", metavar="TEXT")
    export = actions.add_parser("export")
    export.add_argument("--out", type=Path, metavar="FILE")
    rebuild = actions.add_parser("rebuild")
    for action in (verify, export, rebuild):
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    args = parser.parse_args(words)
    with opened() as home:
        match args.action:
            case "verify":
                return _verify(home, args)
            case "export":
                return _export(home, args)
            case _:
                return _rebuild(home, args)
