"""Every word that the window says is there, in both languages, with the same fields."""

import ast
import re
from string import Formatter

import pytest

from app.domain.commands import COMMANDS, SYMPTOMS
from app.domain.esd import EsdVerdict
from app.domain.frames import DeviceRole, DeviceStatus
from app.domain.people import Role
from app.domain.products import Ownership
from app.domain.repairs import Step
from app.domain.verdicts import Verdict
from app.resources import resource
from app.services.views import Tone
from app.texts import Language, texts

GAPS = ("esd_missing", "esd_other_person", "esd_failed", "esd_invalid", "esd_stale")
FAULTS = ("disk_full", "read_only", "corrupt", "wrong_key", "newer_database", "locked", "io")

NEEDED = {
    *(f"command.{one.key}" for one in COMMANDS.values()),
    *(f"command.{one.key}.tip" for one in COMMANDS.values()),
    *(f"symptom.{one}" for one in SYMPTOMS),
    *(f"step.{one.value}" for one in Step),
    *(f"repair.prompt.{one.value}" for one in Step),
    *(f"repair.detail.{one.value}" for one in Step),
    *(f"tone.{one.value}" for one in Tone),
    *(f"verdict.{one.value}" for one in Verdict),
    *(f"ownership.{one.value}" for one in Ownership),
    *(f"role.{one.value}" for one in Role),
    *(f"device.{one.value}" for one in DeviceRole),
    *(f"device_status.{one.value}" for one in DeviceStatus),
    *(f"esd_verdict.{one.value}" for one in EsdVerdict),
    *(f"gap.{one}" for one in GAPS),
    *(f"esd.detail.{one}" for one in GAPS),
    *(f"fault.{one}" for one in FAULTS),
}

BOTH = pytest.mark.parametrize("language", list(Language))


def said_in_code() -> set[str]:
    """Every key that stands as a whole in a call of say, count or has."""
    keys: set[str] = set()
    for file in sorted(resource("..", "app", "ui").resolve().rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    if node.func.attr == "say" and "." in first.value:
                        keys.add(first.value)
                    elif node.func.attr == "count":
                        keys |= {f"{first.value}.one", f"{first.value}.other"}
    return keys


@BOTH
def test_every_table_of_the_domain_has_words(language: Language) -> None:
    assert not {key for key in NEEDED if not texts(language).has(key)}


@BOTH
def test_every_key_in_the_code_has_words(language: Language) -> None:
    keys = said_in_code()
    assert len(keys) > 80
    assert not {key for key in keys if not texts(language).has(key)}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_say_the_same_with_the_same_fields() -> None:
    swedish, english = (texts(language).words for language in Language)
    assert swedish.keys() == english.keys()
    assert {key for key in english if fields(swedish[key]) != fields(english[key])} == set()


@BOTH
def test_a_sentence_that_names_a_command_names_what_stands_on_sheet_and_button(
    language: Language,
) -> None:
    words = texts(language).words
    labels = {words[f"command.{one.key}"] for one in COMMANDS.values()}
    named = {
        name
        for key, text in words.items()
        if key.startswith(("way_on.", "home.prompt.", "repair.prompt."))
        for name in re.findall("[“”]([^“”]+)”", text)
    }
    assert len(named) >= 5
    assert named <= labels


@BOTH
def test_window_and_report_call_a_step_the_same(language: Language) -> None:
    words = texts(language).words
    for step in Step:
        assert words[f"step.{step.value}"] == words[f"report.step.{step.value}"]


def test_swedish_is_no_copy_of_english() -> None:
    swedish, english = (texts(language).words for language in Language)
    same = {
        key
        for key, text in english.items()
        if swedish[key] == text and re.search(r"[a-z]{4}", text) and " " in text
    }
    assert len(same) < len(english) / 50, same


@BOTH
def test_every_icon_that_is_named_is_drawn(language: Language) -> None:
    del language
    drawn = {file.stem for file in resource("icons").glob("*.svg")}
    assert {one.icon for one in COMMANDS.values()} <= drawn
    assert {tone.value for tone in Tone} <= drawn
