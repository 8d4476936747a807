"""Everything that a use case says has a sentence, in both languages, with the fields it names."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from app import services
from app.domain import barcodes
from app.domain.account import AccountTerms
from app.domain.commands import COMMANDS
from app.domain.diagnostics.bounds import UNREADABLE
from app.domain.exams import VoucherGap
from app.domain.frames import FrameFault
from app.domain.policy import CODES
from app.domain.products import Asset, Family, Ownership
from app.domain.repairs import Step
from app.domain.verdicts import Finding, RuleOverride, order_findings, product_findings
from app.services import doubting, measuring, piece_testing, undoing
from app.services.answering import accepted, refused_by
from app.services.pin_care import PinAct
from app.services.saying import say_feedback, say_finding, say_way_on
from app.texts import Language, Texts, texts
from tests.unit.services.desk import swedish_policy

ROOM = Path(next(iter(services.__path__)))
WORDS = ("accepted", "repeated", "refused", "asked")
LEAD_ONLY = [
    code
    for path in ROOM.glob("*.py")
    for code in re.findall(r'"(\w+_lead_only)"', path.read_text(encoding="utf-8"))
]
"""What whoever is no lead is told, by whoever asks `app.services.leads`."""
SAID_BY_CODE = {
    "leads.py otherwise": LEAD_ONLY,
    "f'undone.{last.kind}'": [f"undone.{kind}" for kind in undoing.TAKEN_BACK],
    "f'scan.{warning}'": [f"scan.{warning}" for warning in barcodes.WARNINGS],
    "handling.py code": ["frame_cut_off", "frame_oversize"],
    "measuring.py code": [*measuring.SAYS.values(), *measuring.SAYS_OF_CHANNEL.values()],
    "doubt.code": list(doubting.DOUBTS),
    "f'office_{board}'": [
        "office_register",
        "office_people",
        "office_equipment",
        "office_programme",
    ],
    "piece_testing.py code": ["equipment_ambiguous", "equipment_unknown"],
    "FAILED[verdict]": list(piece_testing.FAILED.values()),
    "equipping.py code": [f"equipment_{done}" for done in ("added", "changed", "retired")],
    "pin_care.py error.code": ["pin_form", "pin_easy"],
    "f'pin_{wanted.act.value}'": [f"pin_{act.value}" for act in PinAct],
    "f'voucher_{gap.value}'": [f"voucher_{gap.value}" for gap in VoucherGap],
    "f'diagnostics_unreadable.{error.code}'": [
        f"diagnostics_unreadable.{code}" for code in UNREADABLE
    ],
}
"""What the answers say whose code is not written where they are given."""
LEASE_ENDED = Asset(
    "C02ENDED0001",
    "MacBook Pro",
    Family.MAC,
    Ownership.LEASED,
    leased_until=date(2026, 11, 22),
    proof="PO 1",
)
STEPS = [step.value for step in Step]
WAYS_BY_CODE = {
    "leads.py way_on": ["ask_lead", "override_lead"],
    "measuring.py code": [*measuring.SAYS.values(), *measuring.SAYS_OF_CHANNEL.values()],
    "doubt.code": list(doubting.DOUBTS),
    "piece_testing.py code": ["equipment_ambiguous", "equipment_unknown"],
    "next_scan(part)": ["scan_kgb", "scan_kbb"],
    "next_scan(begun)": ["scan_kgb"],
    "next_scan(pending)": ["scan_kgb", "scan_kbb"],
    "'scan_new_imei' if has_radio else 'scan_done'": ["scan_new_imei", "scan_done"],
    "way_on": [*STEPS, "scan_kgb", "scan_kbb", "scan_to_sign", "scan_product", "scan_badge"],
    "now": STEPS,
    "to.value": STEPS,
    "now.step.value": STEPS,
    "repair.step.value": STEPS,
    "Step.IN_REPAIR.value": STEPS,
    "row.way_on": [row.way_on for row in swedish_policy().rows.values()],
    "_way_on(run, repair)": [*STEPS, "stop_using"],
    "_way_on(results.run, repair)": [*STEPS, "stop_using"],
}


@dataclass(frozen=True)
class Said:
    """An answer as the code gives it."""

    where: str
    code: ast.expr
    fields: frozenset[str]
    way_on: ast.expr | None


def said() -> Iterator[Said]:
    for path in sorted(ROOM.glob("*.py")):
        if path.name == "answering.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in WORDS:
                named = {one.arg or "": one.value for one in node.keywords}
                fields = frozenset(named.keys() - {"way_on", "undo"})
                where = f"{path.name}:{node.lineno}"
                yield Said(where, node.args[0], fields, named.get("way_on"))


def values(one: Said, node: ast.expr, computed: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The codes that an expression can be; a new kind of expression has to be listed above."""
    if isinstance(node, ast.Constant):
        assert isinstance(node.value, str)
        return [node.value]
    written = ast.unparse(node)
    return computed.get(f"{one.where.partition(':')[0]} {written}") or computed[written]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.fixture(params=list(Language), ids=lambda language: language.value)
def words(request: pytest.FixtureRequest) -> Texts:
    return texts(request.param)


def test_the_code_is_searched_where_answers_are() -> None:
    assert len(list(said())) > 50
    assert {"people_lead_only", "account_lead_only", "override_lead_only"} <= set(LEAD_ONLY)


def test_every_answer_has_a_sentence_that_names_only_its_fields(words: Texts) -> None:
    for one in said():
        for code in values(one, one.code, SAID_BY_CODE):
            key = f"feedback.{code}"
            assert words.has(key), f"{one.where} says {key}"
            assert placeholders(words.words[key]) <= one.fields, f"{one.where} says {key}"


def test_every_way_on_has_a_sentence_without_fields(words: Texts) -> None:
    for one in said():
        for way_on in () if one.way_on is None else values(one, one.way_on, WAYS_BY_CODE):
            key = f"way_on.{way_on}"
            assert words.has(key), f"{one.where} sends to {key}"
            assert placeholders(words.words[key]) == set()


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_finding_has_a_sentence_and_a_way_on(words: Texts, code: str) -> None:
    assert words.has(f"finding.{code}")
    feedback = refused_by(Finding("P1", swedish_policy().rows[code].severity, code))
    assert say_way_on(words, feedback) == words.words[f"way_on.{code}"]


@pytest.mark.parametrize("warning", barcodes.WARNINGS)
def test_every_warning_of_a_barcode_has_a_sentence(words: Texts, warning: str) -> None:
    assert words.has(f"feedback.scan.{warning}")


@pytest.mark.parametrize("fault", [one for one in FrameFault if one is not FrameFault.CHECKSUM])
def test_every_fault_of_a_frame_has_a_sentence(words: Texts, fault: FrameFault) -> None:
    assert words.has(f"feedback.frame_{fault.value}")


def test_every_command_symptom_and_step_has_a_word(words: Texts) -> None:
    for command in COMMANDS.values():
        key = command.key if command.argument else f"command.{command.key}"
        assert words.has(key) or words.has(f"command.{key}"), key
    assert all(words.has(f"step.{step}") for step in STEPS)


def test_a_sentence_speaks_of_steps_and_channels_in_words(words: Texts) -> None:
    told = say_feedback(words, accepted("step_taken", step="in_repair"))
    assert words.say("step.in_repair") in told
    told = say_feedback(words, accepted("esd_channel_passed", channel="left_foot"))
    assert words.say("channel.left_foot") in told


def test_a_channel_without_a_word_is_named_as_it_is(words: Texts) -> None:
    told = say_feedback(words, accepted("esd_channel_passed", channel="elbow"))
    assert told.startswith("elbow:")


def test_a_finding_speaks_its_own_sentence(words: Texts) -> None:
    fields = (("person", "Dan"), ("family", "mac"))
    finding = Finding(
        "P6", swedish_policy().rows["not_certified"].severity, "not_certified", fields
    )
    told = say_finding(words, finding)
    assert "Dan" in told
    assert "Mac" in told
    assert say_feedback(words, refused_by(finding)) == told


def test_a_finding_that_a_lead_answers_for_names_them(words: Texts) -> None:
    (finding,) = product_findings(LEASE_ENDED, swedish_policy(), date(2026, 11, 23))
    word = RuleOverride("e1", "asset:x", finding.code, finding.fields, "renewed", "eva", "Eva Ek")
    told = say_finding(words, finding.lifted_by(word))
    assert told.startswith(say_finding(words, finding))
    assert "Eva Ek" in told
    assert "renewed" in told


def test_an_order_beyond_the_credit_is_told_in_the_reader_s_numbers(words: Texts) -> None:
    terms = AccountTerms(credit_limit=100_000, credit_used=0, currency="SEK")
    (finding,) = order_findings(terms, 123_456, swedish_policy())
    told = say_finding(words, finding)
    blank = "\N{NO-BREAK SPACE}"
    amounts = {
        Language.SWEDISH: f"1{blank}234,56{blank}SEK",
        Language.ENGLISH: f"1,234.56{blank}SEK",
    }
    assert amounts[words.language] in told


def test_an_answer_that_needs_nothing_has_no_way_on(words: Texts) -> None:
    assert say_way_on(words, accepted("home")) == ""
