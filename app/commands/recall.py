"""``recall``: every repair that something which turned out bad has touched."""

import argparse
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.commands.console import (
    CommandFailedError,
    answer,
    language_of,
    parser_of,
    readable,
    words_of,
)
from app.commands.homes import opened
from app.commands.recall_documents import recall_document, recall_lines
from app.commands.recall_files import fill_list
from app.commands.writing import writing
from app.domain.recall import (
    ByCalibration,
    ByCertificate,
    ByLot,
    ByTechnician,
    ByTester,
    Recall,
)
from app.services.calendar import zone_of
from app.services.office_sight import FileKind
from app.services.recall_board import YEARS, period_of
from app.services.recalling import RecallList, RecallReader, RecallRefusedError, recall
from app.texts import Language, Texts, texts

if TYPE_CHECKING:
    from app.bootstrap import Home

_OWN: Final = {"backwards": "cli.recall.backwards"}
"""What names the options; every other refusal is told as at the window."""


def run(words: Sequence[str]) -> int:
    """List the repairs; write them as CSV and as PDF where that was asked for."""
    args = _parser().parse_args(words)
    language = Language(args.language) if args.language else language_of()
    with opened() as home:
        found = _found(home, args)
    document = recall_document(found)
    lines = recall_lines(found, words_of())
    for key, path in ((FileKind.CSV, args.csv), (FileKind.PDF, args.out)):
        if path is not None:
            _write(key, path, found, texts(language))
            document[key.value] = str(path)
            lines.append(words_of().say("cli.recall.written", path=path))
    answer(document, as_json=args.json, text="\n".join(lines))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("recall")
    kinds = parser.add_subparsers(dest="kind", required=True)
    tester = kinds.add_parser("tester")
    tester.add_argument("id", type=readable, metavar="TESTER")
    calibration = kinds.add_parser("calibration")
    calibration.add_argument("id", type=readable, metavar="TESTER")
    calibration.add_argument("--certificate", type=readable, required=True, metavar="NUMBER")
    certificate = kinds.add_parser("certificate")
    certificate.add_argument("id", type=readable, metavar="PERSON")
    certificate.add_argument("name", type=readable, metavar="NAME")
    lot = kinds.add_parser("lot")
    for name in ("order", "delivery", "part", "serial"):
        lot.add_argument(f"--{name}", type=readable, default="", metavar="NUMBER")
    technician = kinds.add_parser("technician")
    technician.add_argument("id", type=readable, metavar="PERSON")
    for timed in (tester, technician):
        timed.add_argument("--from", dest="start", type=_moment, metavar="DAY|MOMENT")
        timed.add_argument("--to", dest="end", type=_moment, metavar="DAY|MOMENT")
    for kind in (tester, calibration, certificate, lot, technician):
        kind.add_argument("--csv", type=Path, metavar="FILE")
        kind.add_argument("--out", type=Path, metavar="PDF")
        kind.add_argument("--language", choices=[one.value for one in Language])
        kind.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    return parser


def _moment(text: str) -> date | datetime:
    """A day, or a moment; one without a distance from UTC is the site's own time."""
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            told = read(text)
        except ValueError:
            continue
        if told.year in YEARS:
            return told
    raise argparse.ArgumentTypeError(words_of().say("cli.recall.no_moment", value=readable(text)))


def _found(home: "Home", args: argparse.Namespace) -> RecallList:
    with home.store.recalling() as reader:
        try:
            return recall(reader, _asked(reader, args))
        except RecallRefusedError as error:
            key = _OWN.get(error.code, f"recall.refused.{error.code}")
            raise CommandFailedError(key, named=error.named) from error


def _asked(reader: RecallReader, args: argparse.Namespace) -> Recall:
    zone = zone_of(reader)
    match args.kind:
        case "tester":
            return ByTester(args.id, period_of(args.start, args.end, zone))
        case "calibration":
            return ByCalibration(args.id, args.certificate)
        case "certificate":
            return ByCertificate(_person(reader, args.id), args.name)
        case "lot":
            return ByLot(args.order, args.delivery, args.part, args.serial)
        case _:
            return ByTechnician(_person(reader, args.id), period_of(args.start, args.end, zone))


def _person(reader: RecallReader, named: str) -> str:
    """A person's id, also where they were named by their badge."""
    by_badge = None if reader.person(named) is not None else reader.person_by_badge(named)
    return named if by_badge is None else by_badge.id


def _write(kind: FileKind, path: Path, found: RecallList, language: Texts) -> None:
    with writing(path) as half:
        fill_list(kind, half, found, language)
