"""A conversation with an instrument: what was said before the question is no answer to it."""

import threading
from collections import deque
from dataclasses import dataclass, field

import pytest

from app.devices.errors import InstrumentError
from app.devices.esd.dialogue import Talk
from app.devices.wire.framing import Framing

QUESTION = b"READ?\r\n"
OLD, NEW = b"+9.9E+09\r\n", b"+1.0E+06\r\n"


@dataclass
class Line:
    """A wire that gives what waits on it, and an answer to every command."""

    waiting: deque[bytes] = field(default_factory=deque[bytes])
    babbles: bool = False

    def read(self) -> bytes:
        if self.waiting:
            return self.waiting.popleft()
        return OLD if self.babbles else b""

    def write(self, data: bytes) -> None:
        assert data == QUESTION
        self.waiting.append(NEW)

    def cancel(self) -> None:
        pass

    def close(self) -> None:
        pass


def talk(line: Line, cancelled: threading.Event | None = None) -> Talk:
    return Talk(line, Framing(), cancelled or threading.Event())


def test_an_old_answer_is_not_taken_for_a_new_value() -> None:
    talking = talk(Line(deque([OLD[:3], OLD[3:], OLD])))
    talking.hush()
    assert talking.ask(QUESTION, 1.0) == NEW.strip()


def test_without_listening_first_the_old_answer_would_be_taken() -> None:
    assert talk(Line(deque([OLD]))).ask(QUESTION, 1.0) == OLD.strip()


def test_one_that_never_stops_talking_is_asked_all_the_same() -> None:
    line = Line(babbles=True)
    talking = talk(line)
    talking.hush()
    assert talking.ask(QUESTION, 1.0) == NEW.strip()


def test_listening_for_silence_can_be_cancelled() -> None:
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(InstrumentError, match="cancelled"):
        talk(Line(), cancelled).hush()
