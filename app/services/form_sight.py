"""The forms in which registers are changed at the window: what is asked for, and what came of it.

Values are texts as they were typed, so that a refused form keeps every one of them.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias
from uuid import UUID

from app.domain.verdicts import Finding
from app.services.views import Feedback

MOST: Final = 1000
"""Characters of a text, as many as an entry takes."""
YES: Final = "yes"
NO: Final = "no"

Values: TypeAlias = tuple[tuple[str, str], ...]
"""What stands in the fields, by their names."""


class FormKind(StrEnum):
    """What is done with a form."""

    PERSON_ADD = "person_add"
    PERSON_CHANGE = "person_change"
    PERSON_REMOVE = "person_remove"
    PERSON_PIN = "person_pin"
    PERSON_PIN_FORGET = "person_pin_forget"
    CERTIFICATE = "certificate"
    CERTIFICATE_REVOKE = "certificate_revoke"
    """A certificate was recorded by mistake."""
    EXAM = "exam"
    PIECE_ADD = "piece_add"
    PIECE_CHANGE = "piece_change"
    PIECE_RETIRE = "piece_retire"
    CALIBRATION = "calibration"
    FOUND_BAD = "found_bad"
    CHECK = "check"
    """A piece was tried or looked at."""
    PRODUCT_ADD = "product_add"
    PRODUCT_CHANGE = "product_change"
    PRODUCT_REMOVE = "product_remove"
    PRODUCT_IDENTITY = "product_identity"
    """Its board or the whole unit was replaced: it is called otherwise now."""
    ACCOUNT = "account"
    COUNT = "count"
    """What was counted elsewhere for the programme."""
    OVERRIDE = "override"
    """A lead answers for what stops a product."""

    @property
    def is_of_people(self) -> bool:
        """Whether it is about a person."""
        return self in _OF_PEOPLE

    @property
    def is_of_account(self) -> bool:
        """Whether it is about the organisation's account."""
        return self in _OF_ACCOUNT

    @property
    def is_of_product(self) -> bool:
        """Whether it is about a product; what is about none is about a piece of equipment."""
        return self in _OF_PRODUCT


_OF_PEOPLE: Final = frozenset(
    {
        FormKind.PERSON_ADD,
        FormKind.PERSON_CHANGE,
        FormKind.PERSON_REMOVE,
        FormKind.PERSON_PIN,
        FormKind.PERSON_PIN_FORGET,
        FormKind.CERTIFICATE,
        FormKind.CERTIFICATE_REVOKE,
        FormKind.EXAM,
    }
)
_OF_ACCOUNT: Final = frozenset({FormKind.ACCOUNT, FormKind.COUNT})
_OF_PRODUCT: Final = frozenset(
    {
        FormKind.PRODUCT_ADD,
        FormKind.PRODUCT_CHANGE,
        FormKind.PRODUCT_REMOVE,
        FormKind.PRODUCT_IDENTITY,
        FormKind.OVERRIDE,
    }
)


class FieldKind(StrEnum):
    """What is typed into a field, or chosen."""

    TEXT = "text"
    BADGE = "badge"
    """A badge number, which a scan may tell."""
    SECRET = "secret"  # noqa: S105 - a kind, not a password
    """A PIN: hidden while it is typed, and kept nowhere."""
    NUMBER = "number"
    DAY = "day"
    AMOUNT = "amount"
    """Money, with a point or a comma before the hundredths."""
    FILE = "file"
    """A number or a name; a file that is chosen gives its name."""
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Option:
    """One of a field's choices.

    Attributes:
        code: Its value.
        key: The key of its words; empty for one that has none, such as a newer program's.
        finding: The finding that its words are of, where they are of one.
    """

    code: str
    key: str = ""
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class FormField:
    """A field; its words are ``form.field.<name>``, what helps ``form.hint.<name>``.

    Attributes:
        name: Its name, the same in every form that has it.
        kind: What it takes.
        is_needed: Whether it must not be empty.
        options: What can be chosen.
        most: Characters of a text, or the greatest number.
        is_wide: Whether it has a row for itself.
    """

    name: str
    kind: FieldKind = FieldKind.TEXT
    is_needed: bool = False
    options: tuple[Option, ...] = ()
    most: int = MOST
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class FormAsk:
    """Which form is wanted.

    Attributes:
        kind: What is to be done.
        key: To whom or what: a person's or a piece's id, a serial number; empty where there is
            none yet.
    """

    kind: FormKind
    key: str = ""


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """A form, as it is before anybody has typed.

    Attributes:
        ask: What was asked for.
        fields: Its fields, in their order.
        values: What stands in them.
        subject: Whom or what it is about; empty where there is none yet.
        label: What is scanned before a piece is measured; empty for all that is not.
    """

    ask: FormAsk
    fields: tuple[FormField, ...]
    values: Values
    subject: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class RefusedForm:
    """Why there is no such form for whoever asked."""

    ask: FormAsk
    feedback: Feedback


@dataclass(frozen=True, slots=True)
class FormOrder:
    """A form that is to be saved.

    Attributes:
        ask: Which.
        person_id: Who saves it.
        values: What stands in its fields; a PIN may be among it.
        before: What stood there when it was opened: what somebody else has changed since then, and
            this form has not, stays.
    """

    ask: FormAsk
    person_id: str
    values: Values = field(repr=False)
    before: Values = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a form is not saved.

    Attributes:
        field: The field that it is about; empty where it is about none.
        feedback: The reason, in words.
    """

    field: str
    feedback: Feedback


@dataclass(frozen=True, slots=True)
class SavedForm:
    """What became of saving a form.

    Attributes:
        order: What was to be saved.
        feedback: The answer.
        problems: What keeps it from being saved; empty where it is recorded.
        change: The entry that UNDO takes back; None for what happened, which stays on record.
    """

    order: FormOrder
    feedback: Feedback
    problems: tuple[Problem, ...] = ()
    change: UUID | None = None


@dataclass(frozen=True, slots=True)
class UndoOrder:
    """A change of a register that is to be taken back.

    Attributes:
        ask: The form that it was made in.
        person_id: Who made it, and takes it back.
        change: Its entry.
    """

    ask: FormAsk
    person_id: str
    change: UUID


@dataclass(frozen=True, slots=True)
class UndoneForm:
    """What became of taking a change back.

    Attributes:
        order: What was to be taken back.
        feedback: The answer; a refusal where nothing was.
        gone: The id of the person who is out of the register by it; empty for nobody.
    """

    order: UndoOrder
    feedback: Feedback
    gone: str = ""


@dataclass(frozen=True, slots=True)
class FailedForm:
    """The store could not be asked, or could not write: nothing was recorded, and all may be anew.

    Attributes:
        ask: Which form.
        code: The store's fault, or ``bug`` for a defect of the program.
    """

    ask: FormAsk
    code: str


FormSight: TypeAlias = OpenedForm | RefusedForm | SavedForm | UndoneForm | FailedForm
