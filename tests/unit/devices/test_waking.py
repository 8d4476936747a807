"""A computer that slept is noticed by two clocks, and every device is opened anew."""

import threading
from collections.abc import Iterator

import pytest

from app.devices.waking import Waking, boot_seconds


class Clocks:
    """Two clocks that are moved at each look; the last look stops the watch."""

    def __init__(self, slept: list[float]) -> None:
        self.slept: Iterator[float] = iter(slept)
        self.asleep = 0.0
        self.awake = 0.0

    def wait(self, event: threading.Event, seconds: float) -> bool:
        try:
            gap = next(self.slept)
        except StopIteration:
            return True
        self.asleep += seconds
        self.awake += seconds + gap
        return event.is_set()


@pytest.mark.parametrize(
    ("slept", "woken"),
    [([0.0, 0.0], 0), ([0.0, 3600.0, 0.0], 1), ([10.0, 0.0, 10.0], 2), ([1.0, 1.0, 1.0, 1.0], 0)],
    ids=["awake", "once", "twice", "a clock that drifts"],
)
def test_each_sleep_is_told_once(slept: list[float], woken: int) -> None:
    clocks = Clocks(slept)
    told: list[None] = []
    watch = Waking(
        lambda: told.append(None), lambda: clocks.asleep, lambda: clocks.awake, clocks.wait
    )
    watch.start()
    watch.stop()
    assert len(told) == woken


def test_a_watch_that_never_began_can_be_stopped() -> None:
    told: list[None] = []
    Waking(lambda: told.append(None)).stop()
    assert told == []


def test_the_clock_that_does_not_sleep_runs_forward() -> None:
    assert boot_seconds() <= boot_seconds()
