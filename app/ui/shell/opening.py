"""The first picture: painted before the store, the devices or the domain are even imported."""

from app.ui.shell.rows import Answer, Frame, Prompt, Switches
from app.ui.theme.colours import Level
from app.ui.wording import Wording


def opening_frame(wording: Wording, *, dark: bool) -> Frame:
    """The frame while the store is being opened."""
    return Frame(
        title=wording.say("window.title"),
        items=(),
        answer=Answer(
            Level.CALM,
            "hourglass",
            wording.say("window.opening"),
            wording.say("window.opening.why"),
        ),
        actions=(),
        events=(),
        no_events=wording.say("events.none"),
        undo=None,
        switches=switches(wording, dark=dark),
    )


def opening_prompt(wording: Wording) -> Prompt:
    """What the sign-in screen says meanwhile."""
    return Prompt("badge", wording.say("sign_in.prompt"), wording.say("sign_in.opening"))


def switches(wording: Wording, *, dark: bool) -> Switches:
    """The words of the window's own controls."""
    theme = "light" if dark else "dark"
    return Switches(
        language=wording.say("switch.language"),
        language_name=wording.say("switch.language.name"),
        theme=wording.say(f"switch.theme.{theme}"),
        theme_icon="sun" if dark else "moon",
        type_here=wording.say("type.placeholder"),
        type_name=wording.say("type.name"),
    )
