"""``equipment``: the register of what the station works with, its tests and the ESD plan."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from app.bootstrap import Home
from app.commands.console import (
    CommandFailedError,
    answer,
    parser_of,
    readable,
    speak,
    words_of,
)
from app.commands.documents import entry_document
from app.commands.equipment_lines import (
    line_document,
    missed_lines,
    occasion_document,
    piece_document,
    piece_line,
    piece_lines,
    plan_text,
)
from app.commands.equipment_tests import run_test, test_options
from app.commands.homes import opened
from app.commands.typed import free_text
from app.domain.equipment import IN_SERVICE, Equipment, EquipmentKind, EquipmentState
from app.services.equipping import (
    Calibration,
    OutOfOrder,
    Value,
    add_piece,
    calibrate_piece,
    change_piece,
    find_bad,
    retire_piece,
)
from app.services.esd_planning import MAX_DAYS, plan_kept, plan_lines
from app.services.ports import Transaction
from app.services.registering import Changed
from app.services.saying import say_feedback
from app.services.session import Rules
from app.services.typed_values import MOST_EVERY, MOST_ID, day_in, is_piece_id, number_in
from app.services.views import Tone

_MONTH: Final = timedelta(days=30)
_FIELDS: Final = MappingProxyType(
    {
        "kind": "kind",
        "name": "name",
        "serial": "serial",
        "device": "device",
        "place": "place",
        "state": "state",
        "every_days": "test_every_days",
        "calibration_due": "calibration_due",
        "calibrated_on": "calibrated_on",
        "certificate": "certificate",
        "note": "note",
    }
)
"""The fields of a row by the options that set them."""


def run(words: Sequence[str]) -> int:
    """List, show or change the equipment, record a test, tell the plan."""
    args = _parser().parse_args(words)
    with opened(getattr(args, "badge", None)) as home:
        return _RUNS[args.action](home, args)


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("equipment")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list").add_argument("--all", action="store_true")
    actions.add_parser("plan")
    _period(actions.add_parser("missed"))
    for name in ("show", "add", "change", "retire", "calibrated", "found-bad", "test"):
        actions.add_parser(name).add_argument("id", type=_id, metavar="ID")
    _row(actions.choices["add"], kind_required=True)
    _row(actions.choices["change"], kind_required=False)
    _calibration(actions.choices["calibrated"])
    _trouble(actions.choices["found-bad"])
    test_options(actions.choices["test"])
    for name in ("add", "change", "retire", "calibrated", "found-bad", "test"):
        actions.choices[name].add_argument(
            "--badge", required=True, type=readable, metavar="NUMBER"
        )
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    return parser


def _row(parser: argparse.ArgumentParser, *, kind_required: bool) -> None:
    kinds, states = [one.value for one in EquipmentKind], [one.value for one in EquipmentState]
    parser.add_argument("--kind", choices=kinds, required=kind_required)
    parser.add_argument("--state", choices=states)
    for name in ("--name", "--serial", "--device", "--place", "--certificate", "--note"):
        parser.add_argument(name, type=free_text, metavar="TEXT")
    parser.add_argument("--every-days", type=_days, metavar="DAYS")
    parser.add_argument("--calibration-due", type=_day, metavar="DAY")
    parser.add_argument("--calibrated-on", type=_day, metavar="DAY")


def _calibration(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", required=True, type=_day, metavar="DAY")
    parser.add_argument("--due", required=True, type=_day, metavar="DAY")
    parser.add_argument("--certificate", required=True, type=free_text, metavar="TEXT")
    parser.add_argument("--by", type=free_text, default="", metavar="TEXT")


def _trouble(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", required=True, type=_day, metavar="DAY", dest="since")
    parser.add_argument("--to", type=_day, metavar="DAY", dest="until")
    parser.add_argument("--reason", required=True, type=free_text, metavar="TEXT")


def _period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", type=_day, metavar="DAY", dest="since")
    parser.add_argument("--to", type=_day, metavar="DAY", dest="until")


def _id(text: str) -> str:
    value = readable(text).strip()
    if not is_piece_id(value):
        raise argparse.ArgumentTypeError(words_of().say("cli.no_id", value=value, most=MOST_ID))
    return value


def _day(text: str) -> date:
    found = day_in(text)
    if found is None:
        raise argparse.ArgumentTypeError(words_of().say("cli.no_day", value=readable(text)))
    return found


def _days(text: str) -> int:
    found = number_in(text, MOST_EVERY)
    if found is None:
        said = words_of().say("cli.no_days", value=readable(text), most=MOST_EVERY)
        raise argparse.ArgumentTypeError(said)
    return found


# ----------------------------------------------------------------------
# What is told
# ----------------------------------------------------------------------


def _list(home: Home, args: argparse.Namespace) -> int:
    texts = words_of()
    with home.store.reading() as reader:
        rules = home.rules(reader)
        pieces = [one for one in reader.equipment() if args.all or one.state in IN_SERVICE]
    lines = [piece_line(one, rules, texts) for one in pieces] or [texts.say("cli.no_equipment")]
    answer([piece_document(one, rules) for one in pieces], as_json=args.json, text="\n".join(lines))
    return 0


def _show(home: Home, args: argparse.Namespace) -> int:
    """A piece with everything that was recorded of it."""
    texts = words_of()
    with home.store.reading() as reader:
        rules, piece = home.rules(reader), reader.piece(args.id)
        if piece is None:
            raise CommandFailedError("feedback.equipment_unknown", piece=args.id)
        timeline = reader.timeline(f"equipment:{piece.id}")
        plan = next((one for one in plan_lines(reader, rules) if one.piece.id == piece.id), None)
    document = {
        **piece_document(piece, rules),
        "plan": line_document(plan) if plan is not None else None,
        "timeline": [entry_document(one) for one in timeline],
    }
    lines = piece_lines(piece, plan, timeline, rules, texts)
    answer(document, as_json=args.json, text="\n".join(lines))
    return 0


def _plan(home: Home, args: argparse.Namespace) -> int:
    texts = words_of()
    with home.store.reading() as reader:
        told = plan_lines(reader, home.rules(reader))
    lines = [plan_text(one, texts) for one in told] or [texts.say("cli.no_plan")]
    answer([line_document(one) for one in told], as_json=args.json, text="\n".join(lines))
    return 0


def _missed(home: Home, args: argparse.Namespace) -> int:
    """The planned tests of a period that nobody made; the last thirty days where none is named."""
    with home.store.reading() as reader:
        rules = home.rules(reader)
        until = args.until or rules.today - timedelta(days=1)
        since = args.since or until - _MONTH + timedelta(days=1)
        if not timedelta(0) <= until - since < timedelta(days=MAX_DAYS):
            raise CommandFailedError("cli.no_period", most=MAX_DAYS)
        kept = plan_kept(reader, rules, since, until)
        lines = missed_lines(reader, kept, words_of())
    document = {
        "from": kept.since.isoformat(),
        "to": kept.until.isoformat(),
        "planned": len(kept.occasions),
        "passed": kept.passed,
        "missed": [occasion_document(one) for one in kept.missed],
        "strangers": list(kept.strangers),
    }
    if kept.strangers:
        speak(words_of().say("cli.no_wearer", named=", ".join(kept.strangers)))
    answer(document, as_json=args.json, text="\n".join(lines))
    return 0


# ----------------------------------------------------------------------
# What a lead changes
# ----------------------------------------------------------------------

_Change = Callable[[Transaction, Rules], Changed]


def _changed(home: Home, args: argparse.Namespace, change: _Change) -> int:
    """Do it, and tell the row as it is now; whoever is no lead is told so, and nothing changes."""
    with home.store.writing() as tx:
        rules = home.rules(tx)
        done = change(tx, rules)
        piece = tx.piece(args.id)
    text = say_feedback(words_of(), done.feedback)
    if done.feedback.tone is Tone.REFUSED:
        raise CommandFailedError("cli.said", text=text)
    document = {
        "piece": piece_document(piece, rules) if piece is not None else None,
        "recorded": [entry_document(one) for one in done.entries],
    }
    answer(document, as_json=args.json, text=text)
    return 0


def _add(home: Home, args: argparse.Namespace) -> int:
    told = {"name": "", "serial": "", "device": "", "calibration_due": None, **_told(args)}
    piece = Equipment(id=args.id, **told)  # pyright: ignore[reportArgumentType] - as argparse read them
    return _changed(
        home, args, lambda tx, rules: add_piece(tx, piece, badge=args.badge, rules=rules)
    )


def _change_row(home: Home, args: argparse.Namespace) -> int:
    fields = _told(args)
    if not fields:
        raise CommandFailedError("cli.no_change")
    return _changed(
        home,
        args,
        lambda tx, rules: change_piece(tx, args.id, fields, badge=args.badge, rules=rules),
    )


def _told(args: argparse.Namespace) -> dict[str, Value]:
    """The fields that options name."""
    options = {name: getattr(args, name) for name in _FIELDS}
    told: dict[str, Value] = {
        _FIELDS[name]: value for name, value in options.items() if value is not None
    }
    return told | ({"state": EquipmentState(args.state)} if args.state else {})


def _retire(home: Home, args: argparse.Namespace) -> int:
    return _changed(home, args, lambda tx, _: retire_piece(tx, args.id, badge=args.badge))


def _calibrated(home: Home, args: argparse.Namespace) -> int:
    told = Calibration(args.certificate, args.on, args.due, args.by)
    return _changed(
        home,
        args,
        lambda tx, rules: calibrate_piece(tx, args.id, told, badge=args.badge, rules=rules),
    )


def _found_bad(home: Home, args: argparse.Namespace) -> int:
    told = OutOfOrder(args.since, args.until, args.reason)
    return _changed(
        home, args, lambda tx, rules: find_bad(tx, args.id, told, badge=args.badge, rules=rules)
    )


_RUNS: Final = MappingProxyType(
    {
        "list": _list,
        "show": _show,
        "add": _add,
        "change": _change_row,
        "retire": _retire,
        "calibrated": _calibrated,
        "found-bad": _found_bad,
        "test": run_test,
        "plan": _plan,
        "missed": _missed,
    }
)
