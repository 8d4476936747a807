"""What the frame paints, ready to lay out: words, icons and levels, nothing to decide. No Qt."""

from dataclasses import dataclass
from typing import Final

from app.ui.theme.colours import Level

MOST_ACTIONS: Final = 5
"""Large actions on a screen; more are not found in time."""
EVENTS_KEPT: Final = 3
"""How many of the last events are shown."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the status strip.

    Attributes:
        name: What it stands for; items keep their widget by it.
        icon: Its drawing.
        caption: What it is: ``Scanner``.
        value: How it stands: ``Ready``.
        level: Calm unless somebody should look.
    """

    name: str
    icon: str
    caption: str
    value: str
    level: Level = Level.CALM


@dataclass(frozen=True, slots=True)
class Action:
    """One large button.

    Attributes:
        code: The command that it gives.
        label: Its words.
        tip: What it does, in a sentence.
        icon: Its drawing; empty for none.
        key: Its key, as printed on the button; empty for none.
        primary: Whether it is the one thing to do next.
    """

    code: str
    label: str
    tip: str
    icon: str = ""
    key: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The feedback bar: colour, shape, word, sentence, way on; a note that takes none of them."""

    level: Level
    icon: str
    word: str
    sentence: str
    way_on: str = ""
    undo: Action | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One of the last events; ``undoable`` only on the one that UNDO takes back."""

    level: Level
    icon: str
    time: str
    sentence: str
    undoable: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """The message about what is wrong."""

    word: str
    sentence: str
    dismiss: str


@dataclass(frozen=True, slots=True)
class Switches:
    """The words of the controls that belong to the window itself.

    ``devices`` is empty where there is no way to the devices, as while the store opens; ``secret``
    hides what is typed: it is a PIN.
    """

    language: str
    language_name: str
    theme: str
    theme_icon: str
    type_here: str
    type_name: str
    devices: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """The one thing to do now, at the same place on every screen."""

    icon: str
    text: str
    detail: str = ""
    level: Level = Level.CALM


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several.

    Attributes:
        code: What is chosen by it.
        title: Its words.
        note: What it means.
        chosen: Whether it is the chosen one.
    """

    code: str
    title: str
    note: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around the screen.

    Attributes:
        title: Of the window.
        items: The status strip.
        answer: The feedback bar.
        actions: The large buttons.
        events: The last events.
        no_events: What stands in their place.
        undo: Beside the events wherever it can do something.
        switches: The window's own controls.
        fault: What is wrong.
        working: Whether there is work to do: without it neither verbs nor the field to type into,
            where a passphrase would be taken for a scan.
    """

    title: str
    items: tuple[Item, ...]
    answer: Answer
    actions: tuple[Action, ...]
    events: tuple[EventLine, ...]
    no_events: str
    undo: Action | None
    switches: Switches
    fault: Fault | None = None
    working: bool = True
