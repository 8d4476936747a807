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
        sys.stderr.write(message.encode(errors="backslashreplace").decode() + "\n")
        sys.stderr.flush()


def readable(text: str) -> str:
    """An argument as text: bytes that are none, which the shell may give, become U+FFFD."""
    return text.encode(errors="surrogateescape").decode(errors="replace")


def answer(document: object, *, as_json: bool, text: str) -> None:
    """The command's result: the JSON document where it was asked for, else a text."""
    if as_json:
        event(document)
        return
    encoding = _encoding()
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    sys.stdout.flush()


def silence() -> None:
    """Write nothing more to standard output: whoever read it is gone, or its disk is full."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def event(document: object) -> None:
    """A JSON document on one line, told at once; escaped where the terminal lacks its letters."""
    import json

    line = json.dumps(document, ensure_ascii=False)
    try:
        line.encode(_encoding())
    except UnicodeEncodeError:
        line = json.dumps(document)
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _encoding() -> str:
    return sys.stdout.encoding or "utf-8"


def fail(failure: CommandFailedError) -> int:
    """Say why the work failed."""
    speak(words_of().say(failure.key, **failure.fields))
    return 1


def parser_of(name: str) -> "ArgumentParser":
    """A command's parser, with its line of help; ``--json`` is everywhere."""
    from app.commands.parsing import Parser

    parser = Parser(f"repair-bench {name}", words_of().say(f"cli.{name}"))
    parser.add_argument("--json", action="store_true", help=words_of().say("cli.json"))
    return parser
