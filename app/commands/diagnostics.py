"""``diagnostics``: what a file of results or a reference code says, recorded nowhere."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from app.commands.console import CommandFailedError, answer, parser_of, readable, words_of
from app.commands.results import results_of, run_lines, run_told
from app.domain.diagnostics.codes import result_link, told_codes
from app.services.reference_codes import shipped_codes


def run(words: Sequence[str]) -> int:
    """Read a file, or explain codes."""
    parser = parser_of("diagnostics")
    actions = parser.add_subparsers(dest="action", required=True)
    read = actions.add_parser("read")
    read.add_argument("file", type=Path, metavar="FILE")
    explain = actions.add_parser("explain")
    explain.add_argument("codes", type=readable, nargs="+", metavar="CODE")
    for action in (read, explain):
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    args = parser.parse_args(words)
    return _read(args) if args.action == "read" else _explain(args)


def _read(args: argparse.Namespace) -> int:
    texts = words_of()
    results = results_of(args.file, texts)
    text = "\n".join(run_lines(results.run, texts))
    answer(run_told(results.run, results.sha256), as_json=args.json, text=text)
    return 0


def _explain(args: argparse.Namespace) -> int:
    """Codes or a result's link; the serial of a link is told too."""
    texts = words_of()
    told = result_link(args.codes[0]) or told_codes(args.codes)
    if not told.codes:
        raise CommandFailedError("feedback.diagnostics_no_code")
    found = told.run(shipped_codes())
    answer(run_told(found), as_json=args.json, text="\n".join(run_lines(found, texts)))
    return 0
