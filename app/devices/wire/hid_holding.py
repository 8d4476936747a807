"""Takes the nodes of HID devices ahead of the HID thread, so that no device holds up another.

Linux waits in the opening of a device until it listens: 50 ms where it is well, seconds where it is
not. While a node is held open here, hidapi's own opening of it returns at once.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.devices.errors import WireCode, WireError
from app.devices.wire.hid import HidApi

log = logging.getLogger("repair_bench.devices.wire")

HUNG_SECONDS: Final = 1.0
"""A device that has not opened after this is passed over until it does."""
LOOK_SECONDS: Final = 0.01
"""How soon to look again for one that is opening."""

Release = Callable[[], None]


@dataclass(slots=True)
class _Attempt:
    began: float
    is_wanted: bool = True
    outcome: Release | WireError | None = None


class Holder:
    """Opens nodes, each in a thread of its own that ends with the opening.

    Args:
        api: What takes a node.
        wake: Is told in that thread when one is taken or cannot be.
        monotonic: Seconds that never run backwards.
    """

    def __init__(
        self,
        api: HidApi,
        wake: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api
        self._wake = wake
        self._monotonic = monotonic
        self._guard = threading.Lock()
        self._attempts: dict[str, _Attempt] = {}

    def is_opening(self, path: str) -> bool:
        """Whether it is worth waiting for a node; the first question for it begins to open it."""
        with self._guard:
            attempt = self._attempts.get(path)
            if attempt is not None:
                attempt.is_wanted = True
                age = self._monotonic() - attempt.began
                return attempt.outcome is None and age < HUNG_SECONDS
            self._attempts[path] = attempt = _Attempt(self._monotonic())
        # A daemon: a driver that hangs in the kernel must not keep the program from ending.
        threading.Thread(
            target=self._open, args=(path, attempt), name=f"hid opens {path}", daemon=True
        ).start()
        return True

    def take(self, path: str) -> Release:
        """What lets go of a node that `is_opening` is done with; it is the caller's now.

        Raises:
            WireError: It cannot be had.
        """
        with self._guard:
            attempt = self._attempts[path]
            if attempt.outcome is None:
                attempt.is_wanted = False
                raise WireError(WireCode.BUSY, f"{path}: it does not open")
            del self._attempts[path]
        if isinstance(attempt.outcome, WireError):
            raise attempt.outcome
        return attempt.outcome

    def let_go(self) -> None:
        """Let go of what nobody took, now or as soon as it opens."""
        with self._guard:
            left = list(self._attempts.items())
            for path, attempt in left:
                attempt.is_wanted = False
                if attempt.outcome is not None:
                    del self._attempts[path]
        for _, attempt in left:
            _let_go(attempt.outcome)

    def _open(self, path: str, attempt: _Attempt) -> None:
        outcome: Release | WireError
        try:
            outcome = self._api.hold(path)
        except WireError as error:
            outcome = error
        with self._guard:
            is_wanted = attempt.is_wanted
            if is_wanted:
                attempt.outcome = outcome
            else:
                del self._attempts[path]
        if not is_wanted:
            log.info("%s opened too late", path)
            _let_go(outcome)
        self._wake()


def _let_go(outcome: Release | WireError | None) -> None:
    if outcome is not None and not isinstance(outcome, WireError):
        outcome()
