"""What the frame says while the store is being opened."""

from collections.abc import Callable

from app.ui.shell.rows import Answer, Frame, Prompt, Switches
from app.ui.theme.colours import Level

Say = Callable[[str], str]
"""Gives the text of a key."""


def opening_frame(say: Say, *, dark: bool) -> Frame:
    """The frame while the store is being opened."""
    return Frame(
        title=say("window.title"),
        items=(),
        answer=Answer(
            Level.CALM,
            "hourglass",
            say("window.opening"),
            say("window.opening.why"),
        ),
        actions=(),
        events=(),
        no_events=say("events.none"),
        undo=None,
        switches=switches(say, dark=dark),
    )


def opening_prompt(say: Say) -> Prompt:
    """What the sign-in screen says meanwhile."""
    return Prompt("badge", say("sign_in.prompt"), say("sign_in.opening"))


def switches(say: Say, *, dark: bool) -> Switches:
    """The words of the window's own controls."""
    theme = "light" if dark else "dark"
    return Switches(
        language=say("switch.language"),
        language_name=say("switch.language.name"),
        theme=say(f"switch.theme.{theme}"),
        theme_icon="sun" if dark else "moon",
        type_here=say("type.placeholder"),
        type_name=say("type.name"),
    )
