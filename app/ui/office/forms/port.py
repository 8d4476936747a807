"""What UNDO on the boards asks of the bench, beside the port of the forms."""

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.form_sight import FormSight, UndoOrder


@runtime_checkable
class UndoPort(Protocol):
    """Takes back what was saved; the call returns at once, and tells from any thread."""

    def undo(self, order: "UndoOrder", told: "Callable[[FormSight], None]") -> None:
        """Take back what somebody saved last, unless anybody has changed it since."""
        ...
