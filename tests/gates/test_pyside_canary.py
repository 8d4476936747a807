"""PySide keeps the references that it is lent.

PySide6 6.12.0 on CPython older than 3.12 dropped one to None with every call that returns nothing,
and one to True with every emission; some thousands abort the program. This fails before that.
"""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal

ROUNDS = 2_000
NOISE = 200
"""How many references other threads and the test itself may take or drop meanwhile."""


class Bell(QObject):
    """Something to call and to ring."""

    rung = Signal(object)

    def hear(self, what: object) -> None:
        """Be rung."""
        self.setProperty("heard", what)


def call(bell: Bell) -> None:
    bell.setObjectName("bell")


def ring(bell: Bell) -> None:
    bell.rung.emit(None)


@pytest.mark.parametrize("use", [call, ring], ids=["call", "emission"])
@pytest.mark.parametrize("kept", [None, True, False], ids=repr)
def test_a_constant_is_not_used_up(use: Callable[[Bell], None], kept: bool | None) -> None:
    bell = Bell()
    bell.rung.connect(bell.hear)
    before = sys.getrefcount(kept)
    for _ in range(ROUNDS):
        use(bell)
    assert abs(sys.getrefcount(kept) - before) < NOISE
