"""What the window knows while a board is shown, as one frozen value. No Qt."""

from dataclasses import dataclass, replace

from app.services.office_sight import (
    Ask,
    RegisterSight,
    SavedSearch,
    SearchesSight,
    Sight,
)


@dataclass(frozen=True, slots=True)
class Office:
    """A board as it is shown.

    Attributes:
        ask: What is wanted.
        sight: What came of it last; None before the first answer.
        begun: The answer that a table of any length began with; its pages are of it.
        saved: The searches of the register that were saved, the oldest first; None until read.
    """

    ask: Ask
    sight: Sight | None = None
    begun: Sight | None = None
    saved: tuple[SavedSearch, ...] | None = None

    def asking(self, ask: Ask) -> "Office":
        """Something else is wanted: what is here stays until the answer comes."""
        if self.sight is not None and self.sight.ask.board is ask.board:
            return replace(self, ask=ask)
        return replace(self, ask=ask, sight=None, begun=None)

    def told(self, sight: "Sight | SearchesSight") -> "Office":
        """An answer came; one to a question that nobody has any more is left out."""
        if isinstance(sight, SearchesSight):
            return replace(self, saved=sight.saved)
        if replace(sight.ask, first=0) != replace(self.ask, first=0):
            return self
        goes_on = bool(sight.ask.first) and isinstance(self.begun, type(sight))
        return replace(self, sight=sight, begun=self.begun if goes_on else sight)

    @property
    def register(self) -> RegisterSight | None:
        """The page of the register that is here."""
        return self.sight if isinstance(self.sight, RegisterSight) else None
