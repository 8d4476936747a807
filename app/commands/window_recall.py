"""Recalls as the window's board reaches them: the list once read serves its pages and its files."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.data.onlooking import Onlooker
    from app.services.office_sight import Ask, RecallSight
    from app.services.recall_board import FoundList
    from app.services.recall_sight import RecallAsk
    from app.station import Station


class WindowRecall:
    """The list of one recall, held while its board is shown."""

    def __init__(self) -> None:
        self._held: FoundList | None = None

    def seen(
        self, station: "Station", onlooker: "Onlooker", ask: "Ask", asked: "RecallAsk"
    ) -> "RecallSight":
        """A page of the list; whoever asks for its beginning gets it read anew.

        Raises:
            RecallRefusedError: There is nothing of that name.
            StoreFaultError: The store cannot be read.
        """
        from app.services.office_sight import Shown
        from app.services.recall_board import page_of

        held = self.held(asked)
        if held is None or (not ask.first and ask.shown is Shown.ALL):
            self.forget()  # two lists need not be held at once
            self._held = held = read_list(station, onlooker, asked)
        return page_of(held, ask)

    def held(self, asked: "RecallAsk") -> "FoundList | None":
        """The list of a question, None where another one is held, or none."""
        held = self._held
        return held if held is not None and held.asked == asked else None

    def forget(self) -> None:
        """Another board is shown."""
        self._held = None


def read_list(station: "Station", onlooker: "Onlooker", asked: "RecallAsk") -> "FoundList":
    """The list of a question, as of now.

    Raises:
        RecallRefusedError: There is nothing of that name.
        StoreFaultError: The store cannot be read.
    """
    from app.services.recall_board import found_by

    with onlooker.recalling() as reader:
        return found_by(reader, asked, station.bench.rules(reader).today)
