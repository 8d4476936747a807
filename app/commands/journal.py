"""``journal``: verify the chain, export it, rebuild the read models from it."""

import argparse
import errno
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap import Home
from app.commands.console import CommandFailedError, answer, parser_of, words_of
from app.commands.documents import entry_document
from app.commands.homes import opened
from app.commands.writing import writing

if TYPE_CHECKING:
    from app.data.verifying import Code, Verified


def run(words: Sequence[str]) -> int:
    """Check, export or rebuild."""
    parser = parser_of("journal")
    actions = parser.add_subparsers(dest="action", required=True)
    verify = actions.add_parser("verify")
    verify.add_argument("--code", metavar="TEXT")
    export = actions.add_parser("export")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
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


def _verify(home: Home, args: argparse.Namespace) -> int:
    """Every chain, and a report's code where one is given; 1 where anything does not fit."""
    verified = home.store.verify()
    document = verified_document(verified)
    lines = [_verified_line(verified)]
    good = verified.verified
    if args.code is not None:
        code = home.store.look_up(args.code)
        found = "no_code" if code is None else code.found
        document["code"] = {"found": found}
        lines.append(_code_line(code, found))
        good = good and found == "found"
    answer(document, as_json=args.json, text="\n".join(lines))
    return 0 if good else 1


def verified_document(verified: "Verified") -> dict[str, object]:
    """``journal verify``: the shape that is promised (design, section 7)."""
    fault = verified.first_fault
    told = None
    if fault is not None:
        told = {"bench_id": str(fault.bench_id), "seq": fault.seq, "code": fault.code}
    return {
        "entries": verified.entries,
        "benches": verified.benches,
        "verified": verified.verified,
        "first_fault": told,
    }


def _verified_line(verified: "Verified") -> str:
    texts, fault = words_of(), verified.first_fault
    if fault is None:
        return texts.say("cli.verified", entries=verified.entries, benches=verified.benches)
    return texts.say("cli.fault_found", seq=fault.seq, bench=fault.bench_id, code=fault.code)


def _code_line(code: "Code | None", found: str) -> str:
    if code is None or found != "found":
        return words_of().say("cli.code_bad", code=found)
    return words_of().say("cli.code_good", seq=code.seq, bench=code.bench_id)


def _export(home: Home, args: argparse.Namespace) -> int:
    """Every entry as a line of JSON, bench by bench; a file that is there stays as it is."""
    if args.out.exists() or args.out.is_symlink():
        reason = os.strerror(errno.EEXIST)
        raise CommandFailedError("cli.not_written", path=args.out, reason=reason)
    count = 0
    with writing(args.out) as half, half.open("w", encoding="utf-8") as stream:
        for entry in home.store.entries():
            stream.write(json.dumps(entry_document(entry), ensure_ascii=False) + "\n")
            count += 1
    text = words_of().say("cli.exported", count=count, path=args.out)
    answer({"entries": count, "path": str(args.out)}, as_json=args.json, text=text)
    return 0


def _rebuild(home: Home, args: argparse.Namespace) -> int:
    """Fold everything again and tell what differed; 1 where anything did."""
    rebuilt = home.store.rebuild()
    differences = [
        {"table": one.table, "key": one.key, "code": one.code} for one in rebuilt.differences
    ]
    document = {"subjects": rebuilt.subjects, "equal": rebuilt.equal, "differences": differences}
    text = words_of().say(
        "cli.rebuilt", subjects=rebuilt.subjects, differences=len(rebuilt.differences)
    )
    answer(document, as_json=args.json, text=text)
    return 0 if rebuilt.equal else 1
