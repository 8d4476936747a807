"""Why the bench does not open, as three answers: what happened, what is safe, what to do. No Qt."""

from dataclasses import dataclass

from app.ui.bridge import FaultTold
from app.ui.shell.rows import Prompt
from app.ui.theme.colours import Level
from app.ui.wording import Wording


@dataclass(frozen=True, slots=True)
class CannotOpenRows:
    """The screen of a bench that does not open.

    Attributes:
        prompt: What happened.
        answers: Caption and sentence.
    """

    prompt: Prompt
    answers: tuple[tuple[str, str], ...]


def cannot_open_rows(fault: FaultTold, wording: Wording) -> CannotOpenRows:
    """The rows of the screen."""
    fields = dict(fault.fields)
    name = f"cannot_open.{fault.code}"
    own = wording.texts.has(f"{name}.safe")
    safe = wording.say(f"{name}.safe" if own else "cannot_open.safe", **fields)
    return CannotOpenRows(
        prompt=Prompt("warning", wording.say(f"{name}.what", **fields), level=Level.STOP),
        answers=(
            (wording.say("cannot_open.caption.safe"), safe),
            (wording.say("cannot_open.caption.do"), wording.say(f"{name}.do", **fields)),
        ),
    )
