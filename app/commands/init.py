"""``init``: make this bench's home; where the key lies is asked in words, never chosen silently."""

import getpass
import json
import os
import sys
from collections.abc import Sequence
from typing import Final

from app import bootstrap
from app.commands.console import CommandFailedError, answer, parser_of, speak, words_of
from app.commands.homes import PASSPHRASE_VARIABLE, opened, settings_here
from app.resources import resource
from app.services.ports import RegisterRow

KINDS: Final = ("keyring", "passphrase", "file")


def run(words: Sequence[str]) -> int:
    """Make the home, with the sample organisation where that was asked for."""
    parser = parser_of("init")
    parser.add_argument("--demo-data", action="store_true")
    parser.add_argument("--key", choices=KINDS)
    args = parser.parse_args(words)
    settings = settings_here()
    if settings.database.exists():
        raise CommandFailedError("cli.home_exists", path=settings.home)
    kind = args.key or _asked_kind()
    bootstrap.make_home(settings, kind, _new_passphrase)
    lines = [words_of().say("cli.home_made", path=settings.home)]
    count = 0
    if args.demo_data:
        with opened() as home:
            rows = sample_rows()
            home.store.load_registers(rows)
            count = len(rows)
        lines.append(words_of().say("cli.demo_data", count=count))
    document = {"home": str(settings.home), "key": kind, "rows": count}
    answer(document, as_json=args.json, text="\n".join(lines))
    return 0


def sample_rows() -> list[RegisterRow]:
    """The registers of the sample organisation."""
    lines = resource("samples", "registers.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        RegisterRow(str(row["register"]), str(row["key"]), row["value"])
        for row in map(json.loads, lines)
    ]


def _asked_kind() -> str:
    """Ask where the key should lie.

    Raises:
        CommandFailedError: There is no terminal to ask at.
    """
    if not sys.stdin.isatty():
        raise CommandFailedError("cli.key_needed")
    texts = words_of()
    speak(texts.say("cli.key_choice"))
    while True:
        sys.stderr.write(texts.say("cli.key_prompt"))
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise CommandFailedError("cli.key_needed")
        if line.strip() in {"1", "2", "3"}:
            return KINDS[int(line) - 1]


def _new_passphrase() -> str:
    """Ask for a new passphrase twice, or take the environment's.

    Raises:
        CommandFailedError: The two differ, or there is no terminal.
    """
    named = os.environ.get(PASSPHRASE_VARIABLE)
    if named:
        return named
    if not sys.stdin.isatty():
        raise CommandFailedError("cli.passphrase_needed", variable=PASSPHRASE_VARIABLE)
    texts = words_of()
    first = getpass.getpass(texts.say("cli.passphrase_new"))
    if getpass.getpass(texts.say("cli.passphrase_again")) != first:
        raise CommandFailedError("cli.passphrase_differs")
    return first
