"""Notices that the computer slept: a device that was open before may be dead without saying so."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

log = logging.getLogger("repair_bench.devices")

LOOK_SECONDS: Final = 2.0
"""How often the clocks are compared."""
SLEPT_SECONDS: Final = 4.0
"""How much further the one clock must be: a stalled computer is not one that slept."""


def boot_seconds() -> float:
    """Seconds that run on while the computer sleeps; the wall clock where the system has none."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.time() if clock is None else time.clock_gettime(clock)


class Waking:
    """Compares a clock that sleeps with one that does not, in a thread of its own.

    Args:
        woken: Is told, in that thread, each time that the computer slept.
        sleeping: Seconds that stand still while the computer sleeps.
        waking: Seconds that run on.
        wait: Waits for an event, at most so many seconds.
    """

    def __init__(
        self,
        woken: Callable[[], None],
        sleeping: Callable[[], float] = time.monotonic,
        waking: Callable[[], float] = boot_seconds,
        wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
    ) -> None:
        self._woken = woken
        self._sleeping = sleeping
        self._waking = waking
        self._wait = wait
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="waking", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for the end."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        apart = self._waking() - self._sleeping()
        while not self._wait(self._stop, LOOK_SECONDS):
            now = self._waking() - self._sleeping()
            if now - apart >= SLEPT_SECONDS:
                log.info("the computer slept for %.0f s: devices are opened anew", now - apart)
                self._woken()
            apart = now
