"""How long to wait before a device is tried again: short at first, then longer, never for ever."""

from typing import Final

FIRST_SECONDS: Final = 0.1
LONGEST_SECONDS: Final = 5.0


class Backoff:
    """Doubles from 0.1 s to 5 s; begins anew once the device has worked."""

    def __init__(self, first: float = FIRST_SECONDS, longest: float = LONGEST_SECONDS) -> None:
        self._first = first
        self._longest = longest
        self._next = first

    def next(self) -> float:
        """The seconds to wait this time."""
        seconds = self._next
        self._next = min(self._longest, seconds * 2)
        return seconds

    def reset(self) -> None:
        """The device has answered: the next wait is the short one again."""
        self._next = self._first
