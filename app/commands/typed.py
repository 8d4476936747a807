"""What a person types after an option, read; what is wrong is told in their language."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Final

from app.commands.console import readable, words_of

MOST: Final = 1000
"""Characters of a text, as many as an entry takes."""


def free_text(text: str) -> str:
    """A text without outer spaces; it may be empty.

    Raises:
        ArgumentTypeError: It is too long.
    """
    return _text(text, least=0)


def reason(text: str) -> str:
    """A text that says something, without outer spaces.

    Raises:
        ArgumentTypeError: It is empty, or too long.
    """
    return _text(text, least=1)


def _text(text: str, *, least: int) -> str:
    value = readable(text).strip()
    if not least <= len(value) <= MOST:
        said = words_of().say("cli.no_text", least=least, most=MOST, count=len(value))
        raise ArgumentTypeError(said)
    return value


def day(text: str) -> date:
    """A day, written as ISO 8601 does.

    Raises:
        ArgumentTypeError: It is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(words_of().say("cli.no_day", value=readable(text))) from error
