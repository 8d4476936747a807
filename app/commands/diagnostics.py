"""``diagnostics``: what a file, a folder of files or a reference code says, recorded nowhere."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.console import CommandFailedError, answer, parser_of, readable, words_of
from app.commands.homes import opened
from app.commands.results import filing_event, results_of, run_lines, run_told
from app.domain.diagnostics.codes import result_link, told_codes
from app.services.diagnosing import read_file
from app.services.filing import Filing, FilingState, look_at
from app.services.ports import Reader
from app.services.reference_codes import shipped_codes
from app.services.saying import say_feedback
from app.services.views import Feedback
from app.texts import Texts

if TYPE_CHECKING:
    from app.devices.diagnostics import FolderFile


def run(words: Sequence[str]) -> int:
    """Read a file, or explain codes."""
    parser = parser_of("diagnostics")
    actions = parser.add_subparsers(dest="action", required=True)
    read = actions.add_parser("read")
    read.add_argument("file", type=Path, metavar="FILE")
    explain = actions.add_parser("explain")
    explain.add_argument("codes", type=readable, nargs="+", metavar="CODE")
    folder = actions.add_parser("folder")
    folder.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    for action in (read, explain, folder):
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    args = parser.parse_args(words)
    return {"read": _read, "explain": _explain, "folder": _folder}[args.action](args)


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


def _folder(args: argparse.Namespace) -> int:
    """Every file of the results folder, and whether it would be recorded now, or why not."""
    texts = words_of()
    with opened() as home:
        named = home.settings.diagnostics_folder
        folder = args.folder or (Path(named) if named else None)
        if folder is None:
            raise CommandFailedError("cli.no_results_folder")
        with home.store.reading() as reader:
            filings = [(file.name, _filing(reader, file)) for file in _files(folder)]
    answer(
        [filing_event(name, filing) for name, filing in filings],
        as_json=args.json,
        text="\n".join(_filing_line(name, filing, texts) for name, filing in filings),
    )
    return 0


def _files(folder: Path) -> "list[FolderFile]":
    from app.devices.diagnostics import ResultsFolder

    try:
        return list(ResultsFolder(folder.expanduser(), lambda _: True).files())
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandFailedError("cli.not_read", path=folder, reason=reason) from error


def _filing(reader: Reader, file: "FolderFile") -> Filing:
    read = read_file(file.raw, file.modified, shipped_codes())
    if isinstance(read, Feedback):
        return Filing(FilingState.REFUSED, read)
    return look_at(reader, read)


def _filing_line(name: str, filing: Filing, texts: Texts) -> str:
    told = texts.say(f"diagnostics.filing.{filing.state.value}")
    return f"{readable(name)}  {told}: {say_feedback(texts, filing.feedback)}"
