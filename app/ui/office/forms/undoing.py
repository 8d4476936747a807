"""What UNDO takes back on the boards: what each lead saved there, the last first. No Qt."""

from dataclasses import replace
from typing import TYPE_CHECKING

from app.services.answering import refused
from app.services.views import Feedback, Tone

if TYPE_CHECKING:
    from app.services.form_sight import SavedForm, UndoneForm, UndoOrder

STAYS = refused("saved_stays", way_on="saved_stays")
"""What was saved last is no change of a register: it happened, and stays on record."""


class Undoing:
    """Each lead's own changes, as long as the window is open."""

    def __init__(self) -> None:
        self._done: dict[str, list[UndoOrder | None]] = {}
        self._offer: Feedback | None = None
        self._asked: UndoOrder | None = None

    def saved(self, sight: "SavedForm") -> None:
        """A form was saved; one that changed nothing leaves what could be taken back before."""
        from app.services.form_sight import UndoOrder

        if sight.feedback.tone is Tone.REPEATED:
            return
        order, made = sight.order, None
        if sight.change is not None:
            made = UndoOrder(order.ask, order.person_id, sight.change)
        self._done.setdefault(order.person_id, []).append(made)
        self._offer = sight.feedback

    def wanted(self, person_id: str, shown: Feedback | None) -> "UndoOrder | Feedback | None":
        """What UNDO takes back for somebody now.

        Args:
            person_id: Who is signed in.
            shown: The answer that is shown. One that offers an UNDO of its own is meant by it.

        Returns:
            An answer where there is nothing to ask for; None where UNDO is the bench's.
        """
        others = shown is not None and shown.can_undo and shown != self._offer
        done = self._done.get(person_id)
        if others or not done:
            return None
        if done[-1] is None or self._asked is not None:
            return STAYS if self._asked is None else Feedback(Tone.REPEATED, "undoing")
        self._asked = done[-1]
        return self._asked

    def told(self, sight: "UndoneForm") -> Feedback:
        """It was taken back, or cannot be: either way the one before it is next.

        Returns:
            The answer, which says whether UNDO goes on.
        """
        done = self._done[sight.order.person_id]
        done.remove(sight.order)
        self._asked = None
        more = sight.feedback.tone is not Tone.REFUSED and bool(done) and done[-1] is not None
        self._offer = replace(sight.feedback, can_undo=more)
        return self._offer

    def failed(self) -> None:
        """The store could not be asked: it can be tried again."""
        self._asked = None
