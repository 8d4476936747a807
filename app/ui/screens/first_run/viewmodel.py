"""What the first run shows: what is made and where, and the choices. No Qt."""

from dataclasses import dataclass
from typing import Final

from app.ui.door import Door, DoorStage, KeyAt
from app.ui.shell.rows import Action, Choice, Prompt
from app.ui.wording import Wording

EMPTY: Final = "empty"
SAMPLE: Final = "sample"


@dataclass(frozen=True, slots=True)
class FirstRunRows:
    """The first run's screen.

    Attributes:
        prompt: What is made, and where.
        keys: Where the key can lie.
        starts: What the bench can begin with.
        make: The button that makes it.
        first: The name of the passphrase's field; empty where none is typed.
        again: The name of the second field.
        busy: Whether the program works and nothing can be chosen.
    """

    prompt: Prompt
    keys: tuple[Choice, ...] = ()
    starts: tuple[Choice, ...] = ()
    make: Action | None = None
    first: str = ""
    again: str = ""
    busy: bool = False


def first_run_rows(door: Door, wording: Wording) -> FirstRunRows:
    """The rows of the screen."""
    if door.stage is not DoorStage.CHOOSING:
        text = wording.say(f"first_run.{door.stage.value}")
        detail = wording.say("first_run.where", home=door.home)
        return FirstRunRows(Prompt("hourglass", text, detail), busy=True)
    typed = door.key is KeyAt.PASSPHRASE
    detail = wording.say("first_run.where", home=door.home)
    if not door.keyring:
        detail = f"{detail} {wording.say('first_run.no_keyring')}"
    return FirstRunRows(
        prompt=Prompt("folder-plus", wording.say("first_run.prompt"), detail),
        keys=tuple(_key(one, door, wording) for one in KeyAt if _can_lie(one, door)),
        starts=(
            _start(EMPTY, wording, chosen=not door.sample),
            _start(SAMPLE, wording, chosen=door.sample),
        ),
        make=Action(
            "MAKE",
            wording.say("first_run.make"),
            wording.say("first_run.make.tip"),
            primary=door.key is not None,
        ),
        first=wording.say("first_run.passphrase") if typed else "",
        again=wording.say("first_run.passphrase.again") if typed else "",
    )


def _can_lie(key: KeyAt, door: Door) -> bool:
    return key is not KeyAt.KEYRING or door.keyring


def _key(key: KeyAt, door: Door, wording: Wording) -> Choice:
    name = f"first_run.key.{key.value}"
    return Choice(key.value, wording.say(name), wording.say(f"{name}.note"), chosen=door.key is key)


def _start(code: str, wording: Wording, *, chosen: bool) -> Choice:
    name = f"first_run.start.{code}"
    return Choice(code, wording.say(name), wording.say(f"{name}.note"), chosen)
