"""``repair``: open, show, list, step, fit and close, by the same scans that a bench would see.

``repair diagnostics`` brings a file of results instead, which no scanner can, and ``repair
override`` a lead's word against a rule.
"""

import argparse
from collections.abc import Sequence
from typing import Final

from app.bootstrap import Home
from app.commands import repair_override
from app.commands.console import CommandFailedError, answer, parser_of, readable, words_of
from app.commands.documents import repair_document
from app.commands.homes import opened
from app.commands.repair_results import add_arguments, bring
from app.commands.scans import badge_scan, tag_scan
from app.domain.repairs import Repair
from app.services.playing import command, play
from app.services.saying import say_feedback
from app.services.views import Outcome, Tone
from app.texts import Texts

_STEPS: Final = {
    "diagnosed": "DIAG",
    "in_repair": "WORK",
    "ready": "READY",
    "cancelled": "CANCEL",
}


def run(words: Sequence[str]) -> int:
    """Do one thing to a repair, or show some."""
    parser = _parser()
    args = parser.parse_args(words)
    if args.action == "diagnostics" and args.file is not None and args.badge is None:
        parser.error("--badge")
    texts = words_of()
    with opened(getattr(args, "badge", None)) as home:
        if args.action == "list":
            return _list(home, args, texts)
        if args.action == "show":
            return _show(_find(home, args.number), args, texts)
        if args.action == "diagnostics":
            return bring(home, _find(home, args.number), args, texts)
        if args.action == "override":
            return repair_override.override(home, args, texts)
        outcomes = list(play(home.store, home.programmes, home.clock, home.ids, _scans(args)))
        last = outcomes[-1]
        if last.feedback.tone is Tone.REFUSED:
            raise CommandFailedError("cli.said", text=say_feedback(texts, last.feedback))
        repair = _find(home, _id_of(outcomes))
    answer(repair_document(repair), as_json=args.json, text=say_feedback(texts, last.feedback))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("repair")
    actions = parser.add_subparsers(dest="action", required=True)
    list_ = actions.add_parser("list")
    list_.add_argument("--serial", type=readable)
    show = actions.add_parser("show")
    show.add_argument("number", type=readable, metavar="NUMBER")
    open_ = actions.add_parser("open")
    open_.add_argument("serial", metavar="SERIAL")
    step = actions.add_parser("step")
    step.add_argument("number", type=readable, metavar="NUMBER")
    step.add_argument("step", choices=sorted(_STEPS))
    fit = actions.add_parser("fit")
    fit.add_argument("number", type=readable, metavar="NUMBER")
    fit.add_argument("part", metavar="PART")
    fit.add_argument("kgb", metavar="KGB")
    fit.add_argument("kbb", metavar="KBB")
    close = actions.add_parser("close")
    close.add_argument("number", type=readable, metavar="NUMBER")
    diagnostics = actions.add_parser("diagnostics")
    add_arguments(diagnostics)
    override = actions.add_parser("override")
    repair_override.add_arguments(override)
    for action in (list_, show, open_, step, fit, close, diagnostics, override):
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    for action in (open_, step, fit, close):
        action.add_argument("--badge", required=True, type=readable, metavar="NUMBER")
    return parser


def _scans(args: argparse.Namespace) -> list[str]:
    signing = badge_scan(args.badge)
    match args.action:
        case "open":
            return [signing, args.serial, command("OPEN")]
        case "step":
            return [signing, tag_scan(args.number), command(_STEPS[args.step])]
        case "fit":
            return [signing, tag_scan(args.number), args.part, args.kgb, args.kbb]
        case _:
            return [signing, tag_scan(args.number), command("DONE"), signing]


def _id_of(outcomes: Sequence[Outcome]) -> str:
    """The repair that the scans were about."""
    subjects = [
        entry.subject.partition(":")[2]
        for outcome in outcomes
        for entry in outcome.entries
        if entry.subject.startswith("repair:")
    ]
    in_hand = [one.view.repair.id for one in outcomes if one.view.repair is not None]
    return (subjects or in_hand)[-1]


def _find(home: Home, named: str) -> Repair:
    with home.store.reading() as reader:
        repair = reader.repair_by_number(named) or reader.repair(named)
    if repair is None:
        raise CommandFailedError("feedback.repair_unknown", repair=named)
    return repair


def _show(repair: Repair, args: argparse.Namespace, texts: Texts) -> int:
    lines = [_line(repair, texts)]
    lines += [f"  {one.part_number}  KGB {one.kgb}  KBB {one.kbb}" for one in repair.parts]
    answer(repair_document(repair), as_json=args.json, text="\n".join(lines))
    return 0


def _list(home: Home, args: argparse.Namespace, texts: Texts) -> int:
    with home.store.reading() as reader:
        repairs = reader.open_repairs(args.serial)
    text = "\n".join(_line(one, texts) for one in repairs) or texts.say("cli.no_open_repairs")
    answer([repair_document(one) for one in repairs], as_json=args.json, text=text)
    return 0


def _line(repair: Repair, texts: Texts) -> str:
    return f"{repair.number}  {repair.serial}  {texts.say(f'step.{repair.step.value}')}"
