"""How a command speaks: one JSON document on standard output, messages on standard error."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.texts import Language, Texts, texts

if TYPE_CHECKING:
    from argparse import ArgumentParser

LANGUAGE_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


class CommandFailedError(Exception):
    """The work failed; the reason goes to standard error, the exit code is 1.

    Attributes:
        key: The text's key.
        fields: What the text names.
    """

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key = key
        self.fields: Mapping[str, object] = fields


def language_of(setting: str = "") -> Language:
    """The language that is set, else the environment's, else English."""
    if setting in set(Language):
        return Language(setting)
    named = next((os.environ[name] for name in LANGUAGE_VARIABLES if os.environ.get(name)), "")
    return Language.SWEDISH if named.startswith("sv") else Language.ENGLISH


def words_of(setting: str = "") -> Texts:
    """The catalogue that the command line speaks with."""
    return texts(language_of(setting))


def speak(message: str) -> None:
    """A message to the person, on standard error; that nobody can be told must stop nothing."""
    with suppress(OSError):
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()


def _json(document: object) -> str:
    import json

    return json.dumps(document, ensure_ascii=False)


def answer(document: object, *, as_json: bool, text: str) -> None:
    """The command's result: the JSON document where it was asked for, else a text."""
    if as_json:
        sys.stdout.write(_json(document) + "\n")
    else:
        sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def silence() -> None:
    """Write nothing more to standard output: whoever read it is gone, or its disk is full."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def event(document: object) -> None:
    """One line of JSON of a stream of events, told at once."""
    sys.stdout.write(_json(document) + "\n")
    sys.stdout.flush()


def fail(failure: CommandFailedError) -> int:
    """Say why the work failed."""
    speak(words_of().say(failure.key, **failure.fields))
    return 1


def parser_of(name: str) -> "ArgumentParser":
    """A command's parser, with its line of help; ``--json`` is everywhere."""
    from argparse import ArgumentParser

    parser = ArgumentParser(
        prog=f"repair-bench {name}", description=words_of().say(f"cli.{name}"), allow_abbrev=False
    )
    parser.add_argument("--json", action="store_true", help=words_of().say("cli.json"))
    return parser
