"""Questions that the tests of HID scanners ask again and again."""

import threading
import time
from collections.abc import Callable

import pytest

from app.devices.errors import WireCode, WireError
from tests.contract.devices.rig import PATIENCE


def code_of(ask: Callable[[], object]) -> WireCode:
    """Why something is refused."""
    with pytest.raises(WireError) as error:
        ask()
    return error.value.reason


def until(is_so: Callable[[], object]) -> None:
    """Wait until something is so that nothing tells of."""
    pause, ended = threading.Event(), time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < ended
        pause.wait(0.001)
