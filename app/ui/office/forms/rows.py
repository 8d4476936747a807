"""What a form paints, ready to lay out. No Qt."""

from dataclasses import dataclass, field

from app.services.form_sight import FieldKind
from app.ui.shell.rows import Choice, Prompt
from app.ui.theme.colours import Level


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field.

    Attributes:
        name: Which.
        kind: What it takes.
        label: Above it.
        hint: Below it, while nothing is wrong.
        error: What is wrong with it, in place of the hint.
        value: What stands in it.
        choices: What can be chosen, each as it stands.
        shown: The words of the chosen one, or what stands there before one is.
        is_wide: Whether it has a row for itself.
    """

    name: str
    kind: FieldKind
    label: str
    hint: str
    error: str
    value: str = field(repr=False)
    choices: tuple[Choice, ...] = ()
    shown: str = ""
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A sentence about the form as a whole."""

    text: str
    level: Level
    icon: str


@dataclass(frozen=True, slots=True)
class FormRows:
    """A form.

    Attributes:
        prompt: What it is for.
        fields: Its fields, in their order.
        note: What is to be known of it; None for nothing.
        is_locked: Whether nothing can be typed now: it is being saved.
    """

    prompt: Prompt
    fields: tuple[FieldRow, ...]
    note: NoteRow | None = None
    is_locked: bool = False
