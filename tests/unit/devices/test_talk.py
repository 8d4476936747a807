"""A conversation with an instrument: what was said before the question is no answer to it."""

import logging
import threading
from collections import deque
from dataclasses import dataclass, field

import pytest
from typing_extensions import override

from app.devices.errors import InstrumentError
from app.devices.esd.dialogue import Dialogue, Talk, check_identity
from app.devices.esd.grammar import Grammar
from app.devices.esd.hioki import Charge
from app.devices.esd.patterns import Pattern, compile_pattern
from app.devices.wire.framing import Framing

QUESTION = b"READ?\r\n"
OLD, NEW = b"+9.9E+09\r\n", b"+1.0E+06\r\n"
GRAMMAR = Grammar((compile_pattern("(?P<value>.*)"),), ignore=compile_pattern("[0-9]"))


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


@dataclass
class Answering(Line):
    """A wire that answers every command with what it is told to."""

    answer: bytes = b""

    @override
    def write(self, data: bytes) -> None:
        self.waiting.append(self.answer)


MARKED = Framing(start=b"\x02", terminators=(b"\x03",))


def test_the_end_of_what_came_before_is_no_answer() -> None:
    line = Answering(answer=b"9.9E+09\x02+1.0E+06\x03")
    assert Talk(line, MARKED, threading.Event()).ask(QUESTION, 1.0) == b"+1.0E+06"


def test_an_answer_that_is_broken_is_told() -> None:
    line = Answering(answer=b"1" * 100)
    with pytest.raises(InstrumentError, match="broken_answer"):
        Talk(line, Framing(maximum=16), threading.Event()).ask(QUESTION, 1.0)


def test_a_profile_that_does_not_ask_who_it_is_takes_any_instrument() -> None:
    line = Line()
    check_identity(talk(line), Dialogue("ask"), GRAMMAR)
    assert not line.waiting


@pytest.mark.parametrize(
    ("answer", "told"),
    [(b"\xff\xfe\r\n", "fffe"), (b"OTHER,1\r\n", "OTHER,1")],
)
def test_an_identity_that_is_not_the_profiles_is_told(answer: bytes, told: str) -> None:
    dialogue = Dialogue("ask", identify=b"*IDN?\r\n", identity=compile_pattern("HIOKI.*"))
    with pytest.raises(InstrumentError, match="another_instrument") as error:
        check_identity(talk(Answering(answer=answer)), dialogue, GRAMMAR)
    assert error.value.detail == told


@pytest.mark.parametrize("identity", [None, compile_pattern("HIOKI.*")])
def test_an_acknowledgement_before_the_identity_is_passed_over(identity: Pattern | None) -> None:
    line = Answering(answer=b"0\r\nHIOKI,SM7110\r\n")
    dialogue = Dialogue("ask", identify=b"*IDN?\r\n", identity=identity)
    check_identity(talk(line), dialogue, GRAMMAR)
    assert not line.waiting


def no_wait(seconds: float) -> None:
    assert seconds > 0


def test_after_it_was_made_safe_nothing_is_started_any_more() -> None:
    line = Answering(answer=b"IDLE\r\n")
    with Charge(lambda: line, Framing(), threading.Event(), no_wait) as charge:
        charge.make_safe()
        with pytest.raises(InstrumentError, match="cancelled"):
            charge.start(talk(line))


def test_a_program_that_ends_under_voltage_that_cannot_be_stopped_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    line = Answering(answer=b"BUSY\r\n")
    charge = Charge(lambda: line, Framing(), threading.Event(), no_wait)
    charge.rest(talk(line))
    line.answer = b"MEASURING\r\n"
    charge.start(talk(line))
    with caplog.at_level(logging.CRITICAL, "repair_bench.devices.hioki"):
        charge.at_exit()
    assert [one.levelno for one in caplog.records if one.levelno == logging.CRITICAL] == [
        logging.CRITICAL
    ]
    with pytest.raises(InstrumentError, match="voltage_may_be_on"):
        charge.make_safe()
