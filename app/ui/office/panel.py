"""What the window knows while a board is shown, as one frozen value. No Qt."""

from dataclasses import dataclass, replace

from app.services.office_sight import Ask, Board, RegisterSight, SavedSearch, Sight


@dataclass(frozen=True, slots=True)
class Office:
    """A board as it is shown.

    Attributes:
        ask: What is wanted.
        sight: What came of it last; None before the first answer.
        saved: The searches of the register that were saved, the oldest first.
    """

    ask: Ask
    sight: Sight | None = None
    saved: tuple[SavedSearch, ...] = ()

    def asking(self, ask: Ask) -> "Office":
        """Something else is wanted: what is here stays until the answer comes."""
        kept = self.sight if self.sight is not None and self.sight.ask.board is ask.board else None
        return replace(self, ask=ask, sight=kept)

    def told(self, sight: Sight) -> "Office":
        """An answer came; one to a question that nobody has any more is left out."""
        asked = replace(sight.ask, first=0)
        return replace(self, sight=sight) if asked == replace(self.ask, first=0) else self

    @property
    def register(self) -> RegisterSight | None:
        """The page of the register that is here."""
        return self.sight if isinstance(self.sight, RegisterSight) else None


def opened(board: Board) -> Office:
    """A board that was just chosen."""
    return Office(Ask(board))
