"""Opening this bench's home for the length of a command."""

import getpass
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from app import bootstrap
from app.bootstrap import Home
from app.commands.console import CommandFailedError, words_of
from app.domain.labels import LabelBodyError
from app.services.playing import badge, tag
from app.settings import Settings, SettingsInvalidError, home_folder, load_settings

PASSPHRASE_VARIABLE: Final = "REPAIR_BENCH_PASSPHRASE"  # noqa: S105 - the variable's name
"""For scripts; a person is asked at the terminal."""


def settings_here() -> Settings:
    """The settings of the home that is named, else of the platform's.

    Raises:
        CommandFailedError: They cannot be read.
    """
    try:
        return load_settings(home_folder())
    except SettingsInvalidError as error:
        raise CommandFailedError(
            "cli.settings_invalid", path=error.path, reason=error.reason
        ) from error


def homed_settings() -> Settings:
    """The settings of a home that has been made.

    Raises:
        CommandFailedError: There is none.
    """
    settings = settings_here()
    if not settings.database.exists():
        raise CommandFailedError("cli.no_home", path=settings.home)
    return settings


def passphrase() -> str:
    """The passphrase of a home whose key comes from one.

    Raises:
        CommandFailedError: There is no terminal to ask at, and the environment names none.
    """
    named = os.environ.get(PASSPHRASE_VARIABLE)
    if named:
        return named
    if not sys.stdin.isatty():
        raise CommandFailedError("cli.passphrase_needed", variable=PASSPHRASE_VARIABLE)
    return getpass.getpass(words_of().say("cli.passphrase"))


@contextmanager
def opened() -> Generator[Home]:
    """This bench's home, open."""
    with bootstrap.opened_home(homed_settings(), passphrase) as home:
        yield home


def badge_scan(number: str) -> str:
    """What a scanner would send for somebody's badge.

    Raises:
        CommandFailedError: No badge can have that number.
    """
    try:
        return badge(number)
    except LabelBodyError as error:
        raise CommandFailedError("feedback.badge_unknown", badge=number) from error


def tag_scan(number: str) -> str:
    """What a scanner would send for a repair's tag.

    Raises:
        CommandFailedError: No repair can have that number.
    """
    try:
        return tag(number)
    except LabelBodyError as error:
        raise CommandFailedError("feedback.repair_unknown", repair=number) from error
