"""PySide6 6.12.0 on CPython before 3.12 loses references to None and True until it aborts.

Each void call lost one to None, each emission one to True. Some thousands are enough to see it.
"""

import sys

import PySide6
from PySide6.QtCore import QObject, Signal

ROUNDS = 5_000


class Emitter(QObject):
    told = Signal(object)


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    def hear(self, value: object) -> None:
        del value
        self.heard += 1


def test_the_version_is_one_that_keeps_its_references() -> None:
    major, minor, *_ = (int(part) for part in PySide6.__version__.split("."))
    assert (6, 11) <= (major, minor) < (6, 12)


def test_calls_and_emissions_keep_none_and_true() -> None:
    emitter, receiver = Emitter(), Receiver()
    emitter.told.connect(receiver.hear)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for round_ in range(ROUNDS):
        emitter.told.emit(round_)
        emitter.setObjectName("canary")
        emitter.blockSignals(False)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert receiver.heard == ROUNDS
    lost = before[0] - after[0], before[1] - after[1]
    assert max(lost) < ROUNDS // 10, lost
