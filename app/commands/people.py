"""``people``: who works here, what they are certified for, their exams and PINs."""

import argparse
import logging
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.bootstrap import Home
from app.commands.console import CommandFailedError, answer, parser_of, readable, words_of
from app.commands.documents import entry_document
from app.commands.homes import opened
from app.commands.people_lines import (
    ledger_document,
    ledger_lines,
    people_document,
    people_text,
    person_document,
    person_lines,
)
from app.commands.proving import desk_of, new_pin, prove
from app.commands.typed import day, free_text
from app.domain.exams import exam_ledger
from app.domain.people import Certification, Exam, Person, Role
from app.domain.products import Family
from app.domain.qualifications import families_of
from app.services.people_desk import (
    PersonFields,
    add_person,
    certify,
    change_person,
    person_named,
    record_exam,
    remove_person,
    uncertify,
)
from app.services.pin_care import PinAct, PinWanted, change_pin
from app.services.ports import Transaction
from app.services.registering import Changed
from app.services.saying import say_feedback
from app.services.session import Rules
from app.services.typed_values import amount_in
from app.services.views import Tone

if TYPE_CHECKING:
    from app.services.pins import PinDesk

log = logging.getLogger("repair_bench.people")

_ACTS: Final = MappingProxyType({"unlock": PinAct.UNLOCK, "forget": PinAct.FORGET})


def run(words: Sequence[str]) -> int:
    """List, show or change people, or their PINs."""
    parser = _parser()
    args = parser.parse_args(words)
    if args.action == "exam" and bool(args.cost) is not bool(args.currency):
        parser.error("--cost, --currency")
    badge = getattr(args, "badge", None) if args.action != "pin" else None
    with opened(badge) as home:
        return _RUNS[args.action](home, args)


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("people")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list")
    for name in ("show", "add", "change", "remove", "certify", "exam", "pin"):
        actions.add_parser(name).add_argument("id", type=free_text, metavar="ID")
    _fields(actions.choices["add"], required=True)
    _fields(actions.choices["change"], required=False)
    _certificate(actions.choices["certify"])
    _exam_options(actions.choices["exam"])
    what = actions.choices["pin"].add_mutually_exclusive_group()
    what.add_argument("--unlock", dest="act", action="store_const", const="unlock")
    what.add_argument("--forget", dest="act", action="store_const", const="forget")
    for name in ("change", "remove", "certify", "exam", "pin"):
        actions.choices[name].add_argument(
            "--badge", required=True, type=free_text, metavar="NUMBER"
        )
    actions.choices["add"].add_argument("--badge", type=free_text, default="", metavar="NUMBER")
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    return parser


def _fields(parser: argparse.ArgumentParser, *, required: bool) -> None:
    roles = [one.value for one in Role]
    parser.add_argument("--name", type=free_text, required=required, metavar="NAME")
    parser.add_argument("--number", type=free_text, required=required, metavar="BADGE")
    default = Role.TECHNICIAN.value if required else None
    parser.add_argument("--role", choices=roles, default=default)
    parser.add_argument("--tech-id", type=free_text, metavar="ID")


def _certificate(parser: argparse.ArgumentParser) -> None:
    families = ",".join(one.value for one in Family)
    parser.add_argument("--name", type=free_text, required=True, metavar="ACMT|iOS")
    parser.add_argument("--families", type=_families, metavar=families)
    parser.add_argument("--from", dest="since", type=day, required=True, metavar="DAY")
    parser.add_argument("--until", type=day, metavar="DAY")
    parser.add_argument("--proof", type=free_text, default="", metavar="TEXT")
    parser.add_argument("--revoke", action="store_true")


def _exam_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", type=free_text, required=True, metavar="ACMT|iOS")
    parser.add_argument("--on", type=day, required=True, metavar="DAY")
    result = parser.add_mutually_exclusive_group(required=True)
    result.add_argument("--passed", dest="passed", action="store_true")
    result.add_argument("--failed", dest="passed", action="store_false")
    parser.add_argument("--voucher", type=free_text, default="", metavar="CODE")
    parser.add_argument("--cost", type=_cost, default=0, metavar="AMOUNT")
    parser.add_argument("--currency", type=free_text, default="", metavar="SEK")


def _families(text: str) -> tuple[Family, ...]:
    try:
        return tuple(dict.fromkeys(Family(one.strip().lower()) for one in text.split(",")))
    except ValueError as error:
        known = ", ".join(Family)
        said = words_of().say("cli.no_family", value=readable(text), known=known)
        raise argparse.ArgumentTypeError(said) from error


def _cost(text: str) -> int:
    """An amount with a point or a comma, in hundredths."""
    amount = amount_in(text)
    if amount is None:
        said = words_of().say("cli.no_amount", value=readable(text))
        raise argparse.ArgumentTypeError(said)
    return amount


# ----------------------------------------------------------------------
# What is told
# ----------------------------------------------------------------------


def _list(home: Home, args: argparse.Namespace) -> int:
    with home.store.reading() as reader:
        rules, people = home.rules(reader), reader.people()
        created_on = reader.organisation().terms.created_on
    document = people_document(people, created_on, rules)
    text = people_text(people, created_on, rules, words_of())
    answer(document, as_json=args.json, text=text)
    return 0


def _show(home: Home, args: argparse.Namespace) -> int:
    desk = desk_of(home)
    with home.store.reading() as reader:
        rules, person = home.rules(reader), person_named(reader, args.id)
        ledger = exam_ledger(reader.people(), rules.policy)
    if person is None:
        raise CommandFailedError("feedback.person_unknown", which=args.id)
    pin = desk.standing(person.id)
    document = {**person_document(person, rules, pin), "vouchers": ledger_document(ledger)}
    lines = [*person_lines(person, rules, pin, words_of()), *ledger_lines(ledger, words_of())]
    answer(document, as_json=args.json, text="\n".join(lines))
    return 0


# ----------------------------------------------------------------------
# What is changed
# ----------------------------------------------------------------------

_Change = Callable[[Transaction, argparse.Namespace, Rules], Changed]


def _changing(change: _Change) -> Callable[[Home, argparse.Namespace], int]:
    """A change of the register."""

    def run_change(home: Home, args: argparse.Namespace) -> int:
        with home.store.writing() as tx:
            done = change(tx, args, home.rules(tx))
        return _told(done, args)

    return run_change


def _told(done: Changed, args: argparse.Namespace) -> int:
    text = say_feedback(words_of(), done.feedback)
    if done.feedback.tone is Tone.REFUSED:
        raise CommandFailedError("cli.said", text=text)
    document = {"recorded": [entry_document(one) for one in done.entries]}
    answer(document, as_json=args.json, text=text)
    return 0


def _add(tx: Transaction, args: argparse.Namespace, rules: Rules) -> Changed:
    del rules
    person = Person(args.id, args.name, args.number, Role(args.role), args.tech_id or "")
    return add_person(tx, person, badge=args.badge)


def _change(tx: Transaction, args: argparse.Namespace, rules: Rules) -> Changed:
    del rules
    role = Role(args.role) if args.role is not None else None
    fields = PersonFields(args.name, args.number, role, args.tech_id)
    return change_person(tx, args.id, fields, badge=args.badge)


def _certify(tx: Transaction, args: argparse.Namespace, rules: Rules) -> Changed:
    del rules
    if args.revoke:
        return uncertify(tx, args.id, args.name, args.since, badge=args.badge)
    families = args.families or families_of(args.name)
    held = Certification(args.name, families, args.since, args.until, args.proof)
    return certify(tx, args.id, held, badge=args.badge)


def _exam(tx: Transaction, args: argparse.Namespace, rules: Rules) -> Changed:
    currency = args.currency.upper()
    sat = Exam(args.name, args.on, args.passed, args.voucher, args.cost, currency)
    return record_exam(tx, args.id, sat, badge=args.badge, rules=rules)


def _remove(home: Home, args: argparse.Namespace) -> int:
    """Take somebody out of the register, and their PIN out of the vault.

    What was recorded is told also where the PIN stays: nobody signs in with a PIN alone.
    """
    with home.store.writing() as tx:
        person = person_named(tx, args.id)
        done = remove_person(tx, args.id, badge=args.badge)
    if person is not None and done.entries:
        try:
            desk_of(home).forget(person.id)
        except Exception:
            log.exception("the PIN of %s could not be deleted", person.id)
    return _told(done, args)


def _pin(home: Home, args: argparse.Namespace) -> int:
    """Set, unlock or take away a PIN; whoever has one themselves proves it first."""
    desk: PinDesk = desk_of(home)
    prove(home, desk, args.badge, of_pins=True)
    act = _ACTS.get(args.act or "", PinAct.SET)
    pin = new_pin(args.id) if act is PinAct.SET else ""
    return _told(change_pin(home.store, desk, PinWanted(act, args.id, args.badge, pin)), args)


_RUNS: Final = MappingProxyType(
    {
        "list": _list,
        "show": _show,
        "add": _changing(_add),
        "change": _changing(_change),
        "remove": _remove,
        "certify": _changing(_certify),
        "exam": _changing(_exam),
        "pin": _pin,
    }
)
