"""The catalogue: the same keys and fields in both languages, and a word that always comes."""

import ast
import logging
import re
import tomllib
from collections import Counter
from pathlib import Path
from string import Formatter
from types import MappingProxyType

import pytest

from app.commands import COMMANDS
from app.resources import resource
from app.texts import Language, Texts, texts

ENGLISH, SWEDISH = texts(Language.ENGLISH), texts(Language.SWEDISH)


def fields(text: str) -> set[str]:
    """The fields that a text names."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert ENGLISH.words.keys() == SWEDISH.words.keys()


def test_both_languages_name_the_same_fields() -> None:
    english = {key: fields(text) for key, text in ENGLISH.words.items()}
    swedish = {key: fields(text) for key, text in SWEDISH.words.items()}
    assert {key for key in english if english[key] != swedish[key]} == set()
    assert {key for key in english if "" in english[key]} == set()


@pytest.mark.parametrize("catalogue", [ENGLISH, SWEDISH], ids=["en", "sv"])
def test_no_text_is_empty_or_unfinished(catalogue: Texts) -> None:
    for key, text in catalogue.words.items():
        assert text.strip(), key
        assert not re.search(r"(?i)todo|fixme|xxx", text), key


@pytest.mark.parametrize("language", list(Language))
def test_no_key_is_told_twice(language: Language) -> None:
    keys: Counter[str] = Counter()
    for file in resource("i18n", language.value).glob("*.toml"):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        keys.update(_keys(table))
    assert [key for key, count in keys.items() if count > 1] == []


def _keys(table: dict[str, object], prefix: str = "") -> list[str]:
    found: list[str] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += _keys(value, f"{prefix}{key}.")  # pyright: ignore[reportUnknownArgumentType] - TOML
        else:
            found.append(f"{prefix}{key}")
    return found


def test_every_word_of_the_command_line_has_its_line_of_help() -> None:
    for name, word in COMMANDS.items():
        assert ENGLISH.has(word.text), name
        assert ENGLISH.has(f"cli.{name}"), name


def _literal_keys(folder: Path) -> set[str]:
    """The keys that `say` and `CommandFailedError` are given as they stand in the source."""
    found: set[str] = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = (
                node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            )
            key = node.args[0]
            if called in {"say", "CommandFailedError"} and isinstance(key, ast.Constant):
                found.add(str(key.value))
    return found


def test_every_key_that_the_commands_say_has_a_text() -> None:
    keys = _literal_keys(Path("app/commands"))
    assert len(keys) > 20
    assert {key for key in keys if not ENGLISH.has(key)} == set()


def test_every_fault_that_the_store_tells_has_a_text() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path("app").rglob("*.py"))
    codes = set(re.findall(r'StoreFaultError\(\s*"([a-z_]+)"', source))
    assert len(codes) > 10
    assert {code for code in codes if not ENGLISH.has(f"fault.{code}")} == set()


def test_a_missing_key_comes_back_as_itself_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        assert ENGLISH.say("no.such.key", name="x") == "no.such.key"
    assert "no.such.key" in caplog.text


@pytest.mark.parametrize("text", ["{name}", "{0}", "{name!q}", "{", "{name.x}", "{name[0]}"])
def test_a_text_that_does_not_fit_its_fields_comes_unfilled(text: str) -> None:
    assert Texts(Language.ENGLISH, MappingProxyType({"key": text})).say("key", other=1) == text


def test_a_plural_is_chosen_by_its_number() -> None:
    words = {"key.one": "{n} thing", "key.other": "{n} things of {who}"}
    catalogue = Texts(Language.ENGLISH, MappingProxyType(words))
    assert [catalogue.count("key", n, who="us") for n in (0, 1, 2)] == [
        "0 things of us",
        "1 thing",
        "2 things of us",
    ]
