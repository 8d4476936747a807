"""What the sign-in screen shows: the badge prompt, and what waits behind a lock. No Qt."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ui.shell.rows import Prompt

if TYPE_CHECKING:  # the first paint imports none of them
    from app.domain.pins import PinWait
    from app.services.views import BenchView
    from app.ui.wording import Wording


@dataclass(frozen=True, slots=True)
class SignInRows:
    """The sign-in screen.

    Attributes:
        prompt: What to do.
        waiting: How many repairs are open; empty where there are none.
        ways: The ways to sign in: icon and sentence.
    """

    prompt: Prompt
    waiting: str
    ways: tuple[tuple[str, str], ...] = ()


def sign_in_rows(view: "BenchView", wording: "Wording") -> SignInRows:
    """The rows of the screen."""
    if view.pin is not None:
        return _pin_rows(view.pin, wording)
    waiting = len(view.open_repairs)
    return SignInRows(
        prompt=Prompt("badge", wording.say("sign_in.prompt"), wording.say("sign_in.detail")),
        waiting=wording.count("sign_in.waiting", waiting) if waiting else "",
        ways=(
            ("scanner", wording.say("sign_in.way.scan")),
            ("keyboard", wording.say("sign_in.way.type")),
        ),
    )


def _pin_rows(wait: "PinWait", wording: "Wording") -> SignInRows:
    """The badge is known; its PIN is typed in the field below, hidden."""
    from app.ui.wording import shown

    return SignInRows(
        prompt=Prompt(
            "lock",
            wording.say("sign_in.pin", person=shown(wait.name)),
            wording.say("sign_in.pin.detail"),
        ),
        waiting="",
        ways=(("badge", wording.say("sign_in.pin.way")),),
    )
