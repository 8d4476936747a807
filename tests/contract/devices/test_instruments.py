"""Instruments that measure when they are asked, over a real terminal and over a real socket."""

import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest

from app.devices.errors import DeviceError, InstrumentError
from app.devices.esd.asking import measure_once
from app.devices.esd.dialogue import Dialogue
from app.devices.esd.hioki import measure_hioki
from app.devices.profile import Profile
from app.devices.profiles import load_profile
from app.devices.simulators import SimulatedPort
from app.devices.simulators_instruments import (
    SimulatedFluke,
    SimulatedHioki,
    SimulatedInstrument,
    SimulatedMultimeter,
)
from app.devices.simulators_network import SimulatedHost
from app.devices.spec import device_spec
from app.devices.wire.base import Wire
from app.devices.wire.opening import open_wire

Ends = SimulatedPort | SimulatedHost
CABLES: dict[str, Callable[[], Ends]] = {"pty": SimulatedPort, "tcp": SimulatedHost}
PATIENCE = 30.0
STEPS = 16
"""More than any measurement of the simulated instrument has."""


@pytest.fixture(params=sorted(CABLES))
def ends(request: pytest.FixtureRequest) -> Generator[Ends]:
    with CABLES[request.param]() as made:
        yield made


class UnforeseenError(Exception):
    """What nobody thought of."""


@dataclass
class Crashing:
    """A wire whose user's thread dies at one of its commands."""

    wire: Wire
    counted: list[bytes]
    at: int

    def write(self, data: bytes) -> None:
        self.counted.append(data)
        if len(self.counted) - 1 == self.at:
            raise UnforeseenError
        self.wire.write(data)

    def read(self) -> bytes:
        return self.wire.read()

    def cancel(self) -> None:
        self.wire.cancel()

    def close(self) -> None:
        self.wire.close()


def hioki_profile() -> tuple[Profile, Dialogue]:
    profile = load_profile("hioki-sm7110")
    assert profile.dialogue is not None
    return profile, profile.dialogue


def measure(
    ends: Ends,
    cancelled: threading.Event | None = None,
    around: Callable[[Wire], Wire] = lambda wire: wire,
) -> bytes:
    """One measurement, waiting only a little between the questions."""
    profile, dialogue = hioki_profile()
    assert profile.grammar is not None
    spec = device_spec("esd-1", ends.path, profile)
    return measure_hioki(
        lambda: around(open_wire(spec)),
        profile.framing,
        dialogue,
        profile.grammar,
        cancelled=cancelled or threading.Event(),
        wait=lambda seconds: threading.Event().wait(min(seconds, 0.02)),
    )


def outcome(run: Callable[[], bytes]) -> str:
    """How it went: nothing, or the code of the error that the program knows."""
    try:
        run()
    except UnforeseenError:
        return "unforeseen"
    except DeviceError as error:
        return error.code
    return ""


def assert_safe(instrument: SimulatedHioki) -> None:
    """It is not under voltage, and was told to stop after each start."""
    assert not instrument.live
    rest = instrument.commands
    while ":STARt" in rest:
        rest = rest[rest.index(":STARt") + 1 :]
        assert ":STOP" in rest


@contextmanager
def acting(ends: Ends, at: int, act: Callable[[], None]) -> Generator[SimulatedHioki]:
    """An instrument at whose command number ``at`` something happens, once."""
    seen: list[str] = []

    def noticed(command: str) -> bool:
        seen.append(command)
        if len(seen) - 1 == at:
            act()
        return True

    with SimulatedHioki(ends, noticed) as instrument:
        yield instrument


# ----------------------------------------------------------------------
# Hioki SM7110
# ----------------------------------------------------------------------


def test_it_is_stopped_first_and_last_and_gives_the_value_as_it_came(ends: Ends) -> None:
    with SimulatedHioki(ends) as instrument:
        assert measure(ends) == b"1.04997E+09,0"
        assert_safe(instrument)
    commands = instrument.commands
    assert commands[0] == ":STOP"
    assert commands[1] == "*IDN?"
    assert commands.index(":MEASure:MODE R") < commands.index(":STARt")
    assert commands[-4:] == [":STATe?"] * 4  # it answers "discharging" once, then "at rest"
    assert commands[-5] == ":STOP"


def test_another_instrument_is_never_started(ends: Ends) -> None:
    with SimulatedHioki(ends) as instrument:
        instrument.identity = "ACME,PSU,1,1"
        with pytest.raises(InstrumentError) as error:
            measure(ends)
    assert error.value.code == "another_instrument"
    assert ":STARt" not in instrument.commands


def test_no_value_at_all_ends_by_itself(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.devices.esd.hioki.MEASURE_SECONDS", 0.0)
    with SimulatedHioki(ends) as instrument:
        with pytest.raises(InstrumentError) as error:
            measure(ends)
        assert_safe(instrument)
    assert error.value.code == "no_answer"


@pytest.mark.parametrize("step", range(STEPS))
def test_a_thread_that_crashes_at_any_command_leaves_no_voltage(ends: Ends, step: int) -> None:
    counted: list[bytes] = []
    with SimulatedHioki(ends) as instrument:
        outcome(lambda: measure(ends, around=lambda wire: Crashing(wire, counted, step)))
        assert instrument.wait_for(":STOP", 1, PATIENCE)
        assert_safe(instrument)


@pytest.mark.parametrize("step", range(STEPS))
def test_breaking_off_at_any_command_leaves_no_voltage(ends: Ends, step: int) -> None:
    cancelled = threading.Event()
    with acting(ends, step, cancelled.set) as instrument:
        assert outcome(lambda: measure(ends, cancelled)) in {"", "cancelled"}
        assert_safe(instrument)


@pytest.mark.parametrize("step", range(STEPS))
def test_a_cable_pulled_and_put_back_at_any_command_leaves_no_voltage(
    ends: Ends, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.devices.esd.hioki.ANSWER_SECONDS", 0.5)
    with acting(ends, step, ends.replug) as instrument:
        assert outcome(lambda: measure(ends)) in {"", "lost", "absent", "no_answer"}
        assert_safe(instrument)


def test_an_instrument_that_is_out_of_reach_under_voltage_is_told_as_danger(ends: Ends) -> None:
    with acting(ends, 7, ends.unplug) as instrument, pytest.raises(InstrumentError) as error:
        measure(ends)
    assert ":STARt" in instrument.commands
    assert error.value.code == "voltage_may_be_on"


def test_an_instrument_that_does_not_discharge_is_told_as_danger(ends: Ends) -> None:
    with SimulatedHioki(ends) as instrument:
        instrument.discharge = 10**6
        with pytest.raises(InstrumentError) as error:
            measure(ends)
        assert not instrument.live
    assert error.value.code == "voltage_may_be_on"


PROGRAM = """
import sys, threading
from app.devices.esd.asking import measure_once
from app.devices.profiles import load_profile
from app.devices.spec import device_spec

profile = load_profile("hioki-sm7110")
spec = device_spec("esd-1", sys.argv[1], profile)
measuring = threading.Thread(
    target=lambda: measure_once(spec, profile, threading.Event()), daemon=True
)
measuring.start()
sys.stdin.readline()
"""
"""A program that ends while a thread of it measures."""


@pytest.mark.parametrize("at", [":STARt", ":MEASure?"])
def test_a_program_that_ends_leaves_no_voltage(ends: Ends, at: str) -> None:
    with SimulatedHioki(ends) as instrument:
        instrument.replies = ["9.99999E+30,1"]  # it never comes to a value
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, ends.path],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as program:
            assert instrument.wait_for(at, 1, PATIENCE)
            program.communicate("\n", PATIENCE)
        assert instrument.wait_for(":STOP", 2, PATIENCE)
        assert_safe(instrument)


def test_after_a_program_that_was_killed_the_next_one_begins_with_stop(ends: Ends) -> None:
    with SimulatedHioki(ends) as instrument:
        instrument.replies = ["9.99999E+30,1"]
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, ends.path], stdin=subprocess.PIPE
        ) as program:
            assert instrument.wait_for(":MEASure?", 1, PATIENCE)
            program.kill()
        assert instrument.live  # nobody could say it any more
        before = len(instrument.commands)
        instrument.replies = ["1.04997E+09,0"]
        outcome(lambda: measure(ends))
        later = instrument.commands[before:]
        assert later.index(":STOP") < later.index("*IDN?")
        assert_safe(instrument)


# ----------------------------------------------------------------------
# Multimeters
# ----------------------------------------------------------------------


def ask(ends: Ends, profile: Profile) -> bytes:
    spec = device_spec("esd-1", ends.path, profile)
    return measure_once(spec, profile, threading.Event())


def test_a_multimeter_over_scpi_is_asked_once(ends: Ends) -> None:
    with SimulatedMultimeter(ends) as instrument:
        assert ask(ends, load_profile("scpi-multimeter")) == b"+1.04997E+06"
    assert instrument.commands == ["*IDN?", "MEAS:RES?"]


def test_a_fluke_acknowledges_and_answers(ends: Ends) -> None:
    with SimulatedFluke(ends) as instrument:
        assert ask(ends, load_profile("fluke-287-289")) == b"1.0499E6,OHM,NORMAL,NONE"
    assert instrument.commands == ["ID", "QM"]


def test_another_meter_than_the_profile_is_for_is_refused(ends: Ends) -> None:
    with SimulatedFluke(ends) as instrument:
        instrument.identity = "FLUKE 189,V2.02,0085510089"
        with pytest.raises(InstrumentError) as error:
            ask(ends, load_profile("fluke-287-289"))
    assert (error.value.code, error.value.detail) == (
        "another_instrument",
        "FLUKE 189,V2.02,0085510089",
    )


def test_an_instrument_that_says_nothing_is_given_up(ends: Ends) -> None:
    profile = load_profile("scpi-multimeter")
    assert profile.dialogue is not None
    hurried = replace(profile, dialogue=replace(profile.dialogue, seconds=0.01))
    with SimulatedInstrument(ends), pytest.raises(InstrumentError) as error:
        ask(ends, hurried)
    assert (error.value.code, error.value.detail) == ("no_answer", "*IDN?")


def test_a_profile_without_a_dialogue_cannot_be_asked(ends: Ends) -> None:
    with pytest.raises(ValueError, match="no dialogue"):
        ask(ends, load_profile("generic-wrist-line"))
