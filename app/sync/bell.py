"""What the sync thread waits on: time, news to send, a person in a hurry, or the end."""

import threading


class Bell:
    """A ring is never lost: one that comes while nobody waits ends the next wait."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rung = False
        self._hurried = False
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether the program is ending."""
        with self._changed:
            return self._closed

    def ring(self, *, now: bool = False) -> None:
        """There is something to do; with ``now``, not even a patient wait goes on."""
        with self._changed:
            self._rung = True
            self._hurried = self._hurried or now
            self._changed.notify_all()

    def close(self) -> None:
        """End every wait, now and later."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait(self, seconds: float, *, patient: bool) -> bool:
        """Wait until the time is over or the bell rings.

        Args:
            seconds: How long at most.
            patient: Whether a ring without ``now`` leaves it waiting: what failed a moment ago
                need not be tried again because of one scan more.

        Returns:
            Whether it was rung with ``now``.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: self._closed or self._hurried or (self._rung and not patient), seconds
            )
            hurried = self._hurried
            self._rung = self._hurried = False
            return hurried
