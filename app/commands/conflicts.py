"""``conflicts``: list what does not fit together, with both sides, and settle it as a lead."""

import argparse
from collections.abc import Sequence
from typing import Final

from app.bootstrap import Home
from app.commands.console import CommandFailedError, answer, parser_of, readable, words_of
from app.commands.documents import entry_document
from app.commands.homes import opened
from app.commands.typed import reason
from app.domain.journal import Entry, instant_text
from app.domain.repairs import Repair
from app.services.ports import Reader
from app.services.saying import say_feedback
from app.services.settling import OpenConflict, Verdict, open_conflicts, settle
from app.services.views import Tone
from app.texts import Texts

_NAMED: Final = (
    *("from", "to", "symptom", "diagnosis", "text"),
    *("part_name", "kgb", "kind", "person_name"),
)
"""What the sentences of a repair's entries name."""
_WORDS: Final = {"from": "step", "to": "step", "symptom": "symptom", "kind": "undone"}
"""Fields whose value is itself a key: the prefix of its text."""


def run(words: Sequence[str]) -> int:
    """List the conflicts, or settle one."""
    args = _parser().parse_args(words)
    with opened(getattr(args, "badge", None)) as home:
        return _list(home, args) if args.action == "list" else _settle(home, args)


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("conflicts")
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list")
    settling = actions.add_parser("settle")
    settling.add_argument("number", type=readable, metavar="NUMBER")
    settling.add_argument("entry", type=readable, metavar="ENTRY")
    settling.add_argument("verdict", choices=[one.value for one in Verdict])
    settling.add_argument("--badge", required=True, type=readable, metavar="NUMBER")
    settling.add_argument("--reason", required=True, type=reason, metavar="TEXT")
    for action in (listing, settling):
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    return parser


def _list(home: Home, args: argparse.Namespace) -> int:
    texts = words_of()
    repairs = home.store.in_conflict()
    with home.store.reading() as reader:
        told = open_conflicts(reader, repairs)
        lines = [line for one in told for line in _lines(reader, one, texts)]
    text = "\n".join(lines) or texts.say("cli.no_conflicts")
    answer([_document(one) for one in told], as_json=args.json, text=text)
    return 0


def _document(told: OpenConflict) -> dict[str, object]:
    entry, against = told.entry, told.against
    return {
        "repair": told.repair.number,
        "repair_id": told.repair.id,
        "serial": told.repair.serial,
        "entry": told.conflict.entry_id,
        "code": told.conflict.code,
        "said": entry_document(entry) if entry is not None else None,
        "against": entry_document(against) if against is not None else None,
        "against_repair": (told.rival or told.repair).number if against is not None else None,
    }


def _lines(reader: Reader, told: OpenConflict, texts: Texts) -> list[str]:
    """A conflict in words: what is wrong, what does not fit, and what it does not fit to."""
    what = texts.say(f"report.conflict.{told.conflict.code}")
    lines = [f"{_name(told.repair)}  {told.repair.serial}  {what}"]
    if told.entry is not None:
        lines.append(texts.say("cli.conflict_entry", **_spoken(reader, told.entry, texts)))
    if told.against is None:
        return [*lines, texts.say("cli.conflict_alone")]
    fields = _spoken(reader, told.against, texts)
    other = _name(told.rival or told.repair)
    return [*lines, texts.say("cli.conflict_against", repair=other, **fields)]


def _name(repair: Repair) -> str:
    """How a repair is named to settle it: by its id, where its opening has not come."""
    return repair.number or repair.id


def _spoken(reader: Reader, entry: Entry, texts: Texts) -> dict[str, str]:
    kind, _, person_id = entry.actor.partition(":")
    person = reader.person(person_id) if kind == "person" else None
    return {
        "entry": str(entry.id),
        "at": instant_text(entry.recorded_at),
        "person": person.name if person is not None else entry.actor,
        "what": _sentence(entry, texts),
    }


def _sentence(entry: Entry, texts: Texts) -> str:
    """What an entry says, as the timeline tells it."""
    fields: dict[str, str] = {}
    for name in _NAMED:
        value = entry.payload.get(name)
        word = f"{_WORDS.get(name)}.{value}"
        fields[name] = texts.say(word) if texts.has(word) else str(value or "—")
    return texts.say(f"timeline.{entry.kind}", **fields)


def _settle(home: Home, args: argparse.Namespace) -> int:
    """Only a lead may; whoever else tries is told so, and nothing changes."""
    verdict = Verdict(args.verdict)
    with home.store.writing() as tx:
        repair = tx.repair_by_number(args.number) or tx.repair(args.number)
        if repair is None:
            raise CommandFailedError("feedback.repair_unknown", repair=args.number)
        settled = settle(
            tx, repair, args.entry.lower(), verdict, badge=args.badge, reason=args.reason
        )
        now = tx.repair(repair.id) or repair
    text = say_feedback(words_of(), settled.feedback)
    if settled.feedback.tone is Tone.REFUSED:
        raise CommandFailedError("cli.said", text=text)
    document = {
        "repair": now.number,
        "entry": args.entry.lower(),
        "verdict": verdict.value,
        "recorded": [entry_document(one) for one in settled.entries],
        "conflicts": [{"entry": one.entry_id, "code": one.code} for one in now.conflicts],
    }
    answer(document, as_json=args.json, text=text)
    return 0
