"""``report repair ID``: a report as PDF, without a window."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app import bootstrap
from app.bootstrap import Home
from app.commands.console import (
    CommandFailedError,
    answer,
    language_of,
    parser_of,
    readable,
    words_of,
)
from app.commands.homes import opened
from app.commands.writing import writing
from app.services.repair_report import repair_report
from app.services.reporting import record_report
from app.texts import Language, texts

KINDS: Final = ("repair", "readiness", "command-sheet", "test-sheet", "badges", "equipment-labels")


def run(words: Sequence[str]) -> int:
    """Make a report and write it to a file."""
    parser = parser_of("report")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("id", nargs="?", type=readable, metavar="ID")
    parser.add_argument("--language", choices=[one.value for one in Language])
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    args = parser.parse_args(words)
    language = Language(args.language) if args.language else language_of()
    if args.kind == "repair" and args.id is None:
        parser.error("report repair ID")
    raw = _raw(args.kind, args.id or "", language)
    with writing(args.out) as half:
        half.write_bytes(raw)
    sha256 = hashlib.sha256(raw).hexdigest()
    document = {"kind": args.kind, "path": str(args.out), "sha256": sha256, "bytes": len(raw)}
    text = words_of().say("cli.report_made", path=args.out)
    answer(document, as_json=args.json, text=text)
    return 0


def _raw(kind: str, named: str, language: Language) -> bytes:
    from app.reports.cards import render_badges, render_equipment_labels
    from app.reports.sheets import render_command_sheet

    if kind == "command-sheet":
        return render_command_sheet(texts(language))
    if kind == "test-sheet":
        from app.reports.scanner_sheet import render_scanner_sheet

        return render_scanner_sheet(texts(language))
    with opened() as home:
        if kind == "badges":
            with home.store.reading() as reader:
                return render_badges(reader.people(), texts(language))
        if kind == "equipment-labels":
            with home.store.reading() as reader:
                return render_equipment_labels(reader.equipment(), texts(language))
        if kind == "readiness":
            from app.commands.programme import readiness

            return bootstrap.render_readiness(readiness(home), texts(language))
        return _repair(home, named, language)


def _repair(home: Home, named: str, language: Language) -> bytes:
    with home.store.reading() as reader:
        repair = reader.repair_by_number(named) or reader.repair(named)
        if repair is None:
            raise CommandFailedError("feedback.repair_unknown", repair=named)
        report = repair_report(reader, repair.id, home.rules(reader).policy)
    raw = bootstrap.render(report, texts(language))
    sha256 = hashlib.sha256(raw).hexdigest()
    record_report(home.store, repair.id, "bench", sha256, language.value)
    return raw
