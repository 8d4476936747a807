"""``programme``: where the organisation stands, the readiness report, the account's terms."""

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app import bootstrap
from app.commands.console import (
    answer,
    language_of,
    parser_of,
    readable,
    words_of,
)
from app.commands.homes import opened
from app.commands.programme_account import add_arguments, record
from app.commands.programme_count import count, count_arguments
from app.commands.programme_documents import application_document, standing_document, standing_lines
from app.commands.writing import writing
from app.services.programme_standing import standing_of
from app.services.readiness import readiness_report
from app.texts import Language, texts

if TYPE_CHECKING:
    from app.bootstrap import Home
    from app.services.readiness_model import ReadinessReport


def run(words: Sequence[str]) -> int:
    """Tell the standing, make the report, or record the account's terms or a count."""
    parser = parser_of("programme")
    actions = parser.add_subparsers(dest="action", required=True)
    status = actions.add_parser("status")
    ready = actions.add_parser("readiness")
    ready.add_argument("--out", type=Path, metavar="PDF")
    ready.add_argument("--language", choices=[one.value for one in Language])
    ready.add_argument("--contact", type=readable, default="", metavar="TEXT")
    account = actions.add_parser("account")
    add_arguments(account)
    counting = actions.add_parser("count")
    count_arguments(counting)
    for action in (status, ready, account, counting):
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    args = parser.parse_args(words)
    runs = {"status": _status, "readiness": _readiness, "account": record, "count": count}
    with opened(getattr(args, "badge", None)) as home:
        return runs[args.action](home, args)


def _status(home: "Home", args: argparse.Namespace) -> int:
    with home.store.reading() as reader:
        standing = standing_of(reader, home.rules(reader))
    text = "\n".join(standing_lines(standing, words_of()))
    answer(standing_document(standing, words_of()), as_json=args.json, text=text)
    return 0


def readiness(home: "Home", contact: str = "") -> "ReadinessReport":
    """The readiness report of this home."""
    with home.store.reading() as reader:
        return readiness_report(reader, home.rules(reader), contact)


def _readiness(home: "Home", args: argparse.Namespace) -> int:
    report = readiness(home, args.contact)
    words = words_of()
    document = {
        **standing_document(report.standing, words),
        "application": application_document(report),
        "channels": [
            {"key": one.key, "title": one.title, "url": one.url} for one in report.channels
        ],
    }
    lines = list(standing_lines(report.standing, words))
    if args.out is not None:
        language = Language(args.language) if args.language else language_of()
        raw = bootstrap.render_readiness(report, texts(language))
        with writing(args.out) as half:
            half.write_bytes(raw)
        sha256 = hashlib.sha256(raw).hexdigest()
        document |= {"path": str(args.out), "sha256": sha256, "bytes": len(raw)}
        lines = [*lines[:1], words.say("cli.programme.made", path=args.out)]
    answer(document, as_json=args.json, text="\n".join(lines))
    return 0
