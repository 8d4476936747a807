"""What the window knows while a board is shown, as one frozen value. No Qt."""

from dataclasses import dataclass, replace

from app.services.office_sight import (
    Ask,
    FileSight,
    OfficeTold,
    RegisterSight,
    SavedSearch,
    SearchesSight,
    Sight,
)
from app.services.recall_sight import Suspect


@dataclass(frozen=True, slots=True)
class RecallForm:
    """What somebody is about to ask for on the recall's board.

    Attributes:
        suspect: What is to be chosen.
        text: The letters that what can be chosen is narrowed by.
        problem: Why nothing was looked for: a code of `RecallRefusedError`; empty for nothing.
        named: What was named there.
    """

    suspect: Suspect = Suspect.TESTER
    text: str = ""
    problem: str = ""
    named: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A board as it is shown.

    Attributes:
        ask: What is wanted.
        sight: What came of it last; None before the first answer.
        begun: The answer that a table of any length began with; its pages are of it.
        saved: The searches of the register that were saved, the oldest first; None until read.
        form: What is about to be asked for on the recall's board.
        file: The board as a file, the latest one that was wanted; None where none was.
    """

    ask: Ask
    sight: Sight | None = None
    begun: Sight | None = None
    saved: tuple[SavedSearch, ...] | None = None
    form: RecallForm = RecallForm()
    file: FileSight | None = None

    def asking(self, ask: Ask) -> "Office":
        """Something else is wanted: what is here stays until the answer comes."""
        file = self.file if self.is_about(ask) else None
        asked = replace(self, ask=ask, form=replace(self.form, problem=""), file=file)
        if self.sight is not None and self.sight.ask.board is ask.board:
            return asked
        return replace(asked, sight=None, begun=None)

    def told(self, sight: OfficeTold) -> "Office":
        """An answer came; one to a question that nobody has any more is left out."""
        if isinstance(sight, SearchesSight):
            return replace(self, saved=sight.saved)
        if isinstance(sight, FileSight):
            return replace(self, file=sight) if self.is_about(sight.ask) else self
        if replace(sight.ask, first=0) != replace(self.ask, first=0):
            return self
        goes_on = bool(sight.ask.first) and isinstance(self.begun, type(sight))
        return replace(self, sight=sight, begun=self.begun if goes_on else sight)

    def is_about(self, ask: Ask) -> bool:
        """Whether a file of that question is of what is shown."""
        return (ask.board, ask.recall) == (self.ask.board, self.ask.recall)

    @property
    def register(self) -> RegisterSight | None:
        """The page of the register that is here."""
        return self.sight if isinstance(self.sight, RegisterSight) else None
