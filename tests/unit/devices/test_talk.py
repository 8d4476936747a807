"""A conversation with an instrument, its end, and its danger: over a wire that a test plays."""

import logging
import threading
from collections.abc import Callable, Iterable

import pytest

from app.devices.errors import InstrumentError, WireCode, WireError
from app.devices.esd import hioki
from app.devices.esd.dialogue import ASK, Dialogue, Talk, check_identity
from app.devices.esd.grammar import Grammar
from app.devices.esd.hints import hint_of
from app.devices.esd.hioki import STOP, Charge
from app.devices.esd.patterns import compile_pattern
from app.devices.wire.framing import Framing

LINES = Framing(terminators=(b"\n",), idle=1.0, maximum=8)
GRAMMAR = Grammar((compile_pattern("(?P<value>x)"),), channel="surface")


class Played:
    """A wire that gives what it was told to, then nothing."""

    def __init__(self, *data: bytes) -> None:
        self.data = list(data)
        self.written: list[bytes] = []
        self.closed = 0

    def read(self) -> bytes:
        return self.data.pop(0) if self.data else b""

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def cancel(self) -> None: ...

    def close(self) -> None:
        self.closed += 1


class Dead(Played):
    """A wire to nobody."""

    def write(self, data: bytes) -> None:  # pyright: ignore[reportImplicitOverride] - a fake
        super().write(data)
        raise WireError(WireCode.LOST)


def ticking(step: float = 0.3) -> Callable[[], float]:
    seconds = iter(range(10**6))
    return lambda: next(seconds) * step


def talk(wire: Played, cancelled: threading.Event | None = None) -> Talk:
    return Talk(wire, LINES, cancelled or threading.Event(), ticking())


def test_the_first_whole_message_is_the_answer() -> None:
    wire = Played(b"ab", b"", b"c\nd")
    assert talk(wire).ask(b"?", 9.0) == b"abc"
    assert wire.written == [b"?"]


def test_half_a_message_that_stays_half_is_no_answer() -> None:
    wire = Played(b"half", b"", b"", b"", b"", b"", b"whole\n")
    assert talk(wire).ask(b"?", 99.0) == b"whole"


def test_a_message_that_came_damaged_is_told() -> None:
    with pytest.raises(InstrumentError) as error:
        talk(Played(b"far too long for this\n")).ask(b"?", 9.0)
    assert (error.value.code, error.value.detail) == ("broken_answer", "oversize")


def test_nothing_is_told_with_the_question() -> None:
    with pytest.raises(InstrumentError) as error:
        talk(Played()).ask(b"MEAS?\n", 2.0)
    assert (error.value.code, error.value.detail) == ("no_answer", "MEAS?")


def test_who_cancels_gets_no_answer() -> None:
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(InstrumentError) as error:
        talk(Played(b"x\n"), cancelled).ask(b"?", 2.0)
    assert error.value.code == "cancelled"


def test_an_identity_that_is_no_text_is_another_instrument() -> None:
    dialogue = Dialogue(ASK, b"ID\n", None, b"?\n")
    with pytest.raises(InstrumentError) as error:
        check_identity(talk(Played(b"\xff\n")), dialogue, GRAMMAR)
    assert (error.value.code, error.value.detail) == ("another_instrument", "ff")


def test_who_need_not_be_asked_is_not() -> None:
    wire = Played()
    check_identity(talk(wire), Dialogue(ASK, command=b"?\n"), GRAMMAR)
    assert wire.written == []


def test_a_pattern_of_which_not_even_the_beginning_fits() -> None:
    grammar = Grammar((compile_pattern("x(?P<value>.)"),), channel="surface")
    hint = hint_of(grammar, "y")
    assert (hint.matched, hint.column, hint.wanted) == ("", 1, "x(?P<value>.)")


# ----------------------------------------------------------------------
# Voltage
# ----------------------------------------------------------------------


def charge(wires: Iterable[Played], cancelled: threading.Event | None = None) -> Charge:
    left = iter(wires)
    return Charge(lambda: next(left), LINES, cancelled or threading.Event(), lambda seconds: None)


def test_who_is_over_is_never_started() -> None:
    wire = Played()
    with charge([wire]) as over:
        over.make_safe()
        with pytest.raises(InstrumentError) as error:
            over.start(talk(wire))
    assert error.value.code == "cancelled"
    assert set(wire.written) == {STOP}


def test_an_instrument_that_cannot_be_greeted_is_closed() -> None:
    wire = Dead()
    with pytest.raises(WireError), charge([wire]):
        raise AssertionError("it was opened")
    assert wire.closed == 1


def test_the_end_of_the_program_breaks_off_and_says_where_it_could_not_stop(
    caplog: pytest.LogCaptureFixture,
) -> None:
    cancelled = threading.Event()
    dying = Played()
    live = charge([dying, *(Dead() for _ in range(99))], cancelled)
    live.start(talk(dying))
    dying.write = Dead().write
    with caplog.at_level(logging.CRITICAL, hioki.log.name):
        live._at_exit()  # pyright: ignore[reportPrivateUsage] - what atexit calls
    assert cancelled.is_set()
    assert "may be under voltage" in caplog.text
