"""What the unlock screen shows. No Qt."""

from dataclasses import dataclass

from app.ui.door import Door
from app.ui.shell.rows import Action, Prompt
from app.ui.wording import Wording


@dataclass(frozen=True, slots=True)
class UnlockRows:
    """The unlock screen.

    Attributes:
        prompt: What to do.
        field: The name of the passphrase's field.
        unlock: The button.
        busy: Whether the passphrase is being tried.
    """

    prompt: Prompt
    field: str
    unlock: Action
    busy: bool


def unlock_rows(door: Door, wording: Wording) -> UnlockRows:
    """The rows of the screen."""
    asked = Prompt("lock", wording.say("unlock.prompt"), wording.say("unlock.detail"))
    tried = Prompt("hourglass", wording.say("unlock.busy"), wording.say("unlock.busy.detail"))
    return UnlockRows(
        prompt=tried if door.is_busy else asked,
        field=wording.say("unlock.field"),
        unlock=Action(
            "UNLOCK", wording.say("unlock.open"), wording.say("unlock.open.tip"), primary=True
        ),
        busy=door.is_busy,
    )
