"""Opening this bench's home for the length of a command."""

import getpass
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from app.commands.console import CommandFailedError, speak, words_of
from app.settings import Settings, SettingsInvalidError, home_folder, load_settings

if TYPE_CHECKING:
    from app.bootstrap import Home

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
def opened(badge: str | None = None) -> "Generator[Home]":
    """This bench's home, open.

    Args:
        badge: Whose it is that acts; where a PIN is demanded of them, they have to prove it.

    Raises:
        CommandFailedError: There is no home, or the PIN is wrong.
    """
    from app import bootstrap
    from app.commands.proving import proven

    with bootstrap.opened_home(homed_settings(), passphrase) as home:
        damaged = home.store.register_fault
        if damaged is not None:
            speak(words_of().say(f"fault.{damaged.code}"))
        proven(home, badge)
        yield home
        missing = home.programmes.missing
        if missing:
            used = home.programmes.own.region
            speak(words_of().say("fault.no_programme", region=missing, used=used))
