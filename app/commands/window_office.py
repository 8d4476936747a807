"""The registers and the programme as the window's boards reach them.

Each question is one reading transaction in the store's thread, between two scans; a question that
was followed by another before its turn came is not asked at all.
"""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.office_sight import Ask, Sight
    from app.services.ports import Reader
    from app.services.session import Rules
    from app.station import Station

log = logging.getLogger("repair_bench.office")


class WindowOffice:
    """What the boards ask of the bench; every call returns at once.

    Args:
        station: The bench, once there is one.
    """

    def __init__(self, station: "Callable[[], Station | None]") -> None:
        self._station = station
        self._newest: Ask | None = None

    def look(self, ask: "Ask", told: "Callable[[Sight], None]") -> None:
        """Find out; tells from the store's thread."""
        station = self._station()
        if station is None:
            return
        if ask.first == 0:
            self._newest = ask

        def answer(reader: "Reader", rules: "Rules") -> "Sight | None":
            from app.services.office import look

            if ask.first == 0 and ask is not self._newest:
                return None  # somebody types on
            return look(reader, ask, rules)

        def tell(found: "Future[Sight | None]") -> None:
            try:
                sight = found.result()
            except CancelledError:
                return  # the window is being closed
            except Exception:
                log.exception("the board %s could not be shown", ask.board)
                return
            if sight is not None:
                told(sight)

        station.bench.ask(answer).add_done_callback(tell)
