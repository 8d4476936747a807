"""What the window knows of a form, as one frozen value. No Qt."""

from dataclasses import dataclass, field, replace

from app.services.form_sight import (
    FailedForm,
    FieldKind,
    FormOrder,
    OpenedForm,
    Problem,
    SavedForm,
    Values,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is filled in.

    Attributes:
        person_id: Who fills it in.
        opened: The form as the register knows it.
        values: What stands in its fields now; a PIN may be among it.
        problems: Why it was not saved, by field.
        failed: Why it could not be saved at all; empty where nothing kept it.
        is_saving: Whether it is being saved.
        is_held: Whether somebody wanted to leave it, and it holds what is not saved.
    """

    person_id: str
    opened: OpenedForm
    values: Values = field(repr=False)
    problems: tuple[Problem, ...] = ()
    failed: str = ""
    is_saving: bool = False
    is_held: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether it holds what would be lost."""
        return self.values != self.opened.values

    @property
    def order(self) -> FormOrder:
        """What is to be saved."""
        return FormOrder(self.opened.ask, self.person_id, self.values, self.opened.values)

    @property
    def badge_field(self) -> str:
        """The field that a scanned badge belongs into; empty where there is none."""
        return self._first(FieldKind.BADGE)

    @property
    def file_field(self) -> str:
        """The field that a file's name belongs into; empty where there is none."""
        return self._first(FieldKind.FILE)

    def _first(self, kind: FieldKind) -> str:
        return next((one.name for one in self.opened.fields if one.kind is kind), "")

    @property
    def _secrets(self) -> frozenset[str]:
        secret = (one.name for one in self.opened.fields if one.kind is FieldKind.SECRET)
        return frozenset(secret)

    @property
    def is_secret(self) -> bool:
        """Whether it holds what must not be kept once it is left."""
        return bool(self._secrets)

    def typed(self, name: str, value: str) -> "Form":
        """A field says something else: what was wrong with it is not known any more."""
        values = tuple((key, value if key == name else held) for key, held in self.values)
        if values == self.values:
            return self
        left = tuple(one for one in self.problems if one.field not in {name, ""})
        return replace(self, values=values, problems=left, failed="", is_held=False)

    def saving(self) -> "Form":
        """It is handed on."""
        return replace(self, is_saving=True, is_held=False, problems=(), failed="")

    def told(self, sight: SavedForm | FailedForm) -> "Form":
        """It was not saved: every value stays, but a PIN that is to be typed anew."""
        if isinstance(sight, FailedForm):
            return replace(self, is_saving=False, failed=sight.code)
        wrong = {one.field for one in sight.problems} & self._secrets
        values = tuple((name, "" if name in wrong else held) for name, held in self.values)
        return replace(self, values=values, is_saving=False, problems=sight.problems)

    @property
    def first_wrong(self) -> str:
        """The first field that something is wrong with; empty where there is none."""
        wrong = {one.field for one in self.problems}
        return next((one.name for one in self.opened.fields if one.name in wrong), "")


def begun(person_id: str, opened: OpenedForm) -> Form:
    """A form that nobody has typed in."""
    return Form(person_id, opened, opened.values)
