"""The PIN that goes with a badge on the command line: asked at the terminal, or in the environment.

Never as an argument: every user of the computer can read those.
"""

import getpass
import os
import sys
from typing import TYPE_CHECKING, Final

from app.commands.console import CommandFailedError, words_of
from app.domain.pins import PinRequired

if TYPE_CHECKING:
    from app.bootstrap import Home
    from app.services.pins import PinDesk

PIN_VARIABLE: Final = "REPAIR_BENCH_PIN"
"""For scripts; a person is asked at the terminal."""
CONFIRMING_VARIABLE: Final = "REPAIR_BENCH_CONFIRMING_PIN"
"""Likewise, of the second person who confirms a value."""
MOST_LINE: Final = 1000


def proven(home: "Home", badge: str | None) -> None:
    """Let somebody act by their badge, once they have typed their PIN where one is demanded.

    Raises:
        CommandFailedError: It is wrong, or they have none, or are locked out.
    """
    if badge and home.settings.pin_of_whom is not PinRequired.NEVER:
        prove(home, desk_of(home), badge, of_pins=False)


def vouched(home: "Home", badge: str, by: str) -> None:
    """Let a second person confirm what was read off a display, once they have typed their PIN.

    Args:
        home: The home.
        badge: Whose value it is; their own badge confirms nothing, and is asked for no second PIN.
        by: The second person's badge; empty for nobody's.

    Raises:
        CommandFailedError: As for `proven`.
    """
    if by not in {"", badge} and home.settings.pin_of_whom is not PinRequired.NEVER:
        prove(home, desk_of(home), by, of_pins=False, variable=CONFIRMING_VARIABLE)


def desk_of(home: "Home") -> "PinDesk":
    """The PINs of a home."""
    from app.bootstrap import pin_desk

    return pin_desk(home.settings, lambda: home.store, home.clock)


def prove(
    home: "Home", desk: "PinDesk", badge: str, *, of_pins: bool, variable: str = PIN_VARIABLE
) -> None:
    """Let somebody act by their badge; ``of_pins`` as for `app.services.pin_care.PinProof.gap`.

    The environment's variable of that name may hold their PIN.

    Raises:
        CommandFailedError: They may not.
    """
    from app.services.pin_care import PinProof
    from app.services.saying import say_feedback

    def ask(person: str) -> str:
        return asked_pin(person, variable)

    proof = PinProof(home.store, desk, home.settings.pin_of_whom, home.clock, ask)
    stopped = proof.gap(badge, of_pins=of_pins)
    if stopped is not None:
        raise CommandFailedError("cli.said", text=say_feedback(words_of(), stopped))


def asked_pin(person: str, variable: str = PIN_VARIABLE) -> str:
    """Somebody's PIN.

    Raises:
        CommandFailedError: There is no terminal to ask at, and the environment names none.
    """
    named = os.environ.get(variable)
    if named:
        return named
    if not sys.stdin.isatty():
        raise CommandFailedError("cli.pin_needed", variable=variable, person=person)
    return getpass.getpass(words_of().say("cli.pin", person=person))


def new_pin(person: str) -> str:
    """The PIN that somebody is to have: typed twice, or a line of standard input.

    Raises:
        CommandFailedError: The two differ.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline(MOST_LINE).strip()
    texts = words_of()
    first = getpass.getpass(texts.say("cli.pin_new", person=person))
    if getpass.getpass(texts.say("cli.pin_again", person=person)) != first:
        raise CommandFailedError("cli.pins_differ")
    return first
