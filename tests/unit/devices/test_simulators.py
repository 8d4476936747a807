"""The simulated devices write what real ones would, and can be pulled out at any moment."""

import threading
from pathlib import Path

import pytest
import serial

from app.devices.profile import parse_profile
from app.devices.profiles import load_profile
from app.devices.simulators import (
    SimulatedPort,
    SimulatedScanner,
    SimulatedTester,
    UnpluggedError,
)
from app.domain.esd import EsdVerdict

PATIENCE = 30.0


def received(port: SimulatedPort, size: int) -> bytes:
    with serial.Serial(port.path, timeout=PATIENCE) as program:
        return program.read(size)


@pytest.mark.parametrize(
    ("profile", "wire"),
    [("serial-crlf", b"A\r\n"), ("serial-cr", b"A\r"), ("serial-stx-etx", b"\x02A\x03")],
)
def test_a_scanner_marks_its_messages_as_its_profile_says(profile: str, wire: bytes) -> None:
    with (
        SimulatedScanner(load_profile(profile)) as scanner,
        serial.Serial(scanner.path, timeout=PATIENCE) as program,
    ):
        scanner.scan("A")
        scanner.scan(b"A")
        assert program.read(2 * len(wire)) == wire * 2


def test_a_scanner_without_terminators_sends_the_code_alone() -> None:
    profile = parse_profile(b'schema = 1\nrole = "scanner"\n[framing]\nlength = 1', "mine")
    with (
        SimulatedScanner(profile) as scanner,
        serial.Serial(scanner.path, timeout=PATIENCE) as program,
    ):
        scanner.scan("A")
        assert program.read(1) == b"A"


@pytest.mark.parametrize("name", ["generic-wrist-line", "generic-comma-line"])
@pytest.mark.parametrize("verdict", [EsdVerdict.PASS, EsdVerdict.FAIL_LOW, EsdVerdict.FAIL_HIGH])
def test_a_tester_sends_a_line_of_its_profile_with_the_verdict_asked_for(
    name: str, verdict: EsdVerdict
) -> None:
    with (
        SimulatedTester(load_profile(name)) as tester,
        serial.Serial(tester.path, timeout=PATIENCE) as program,
    ):
        sample = tester.measure(verdict)
        assert program.read(len(sample.raw) + 2) == sample.raw + b"\r\n"
    assert [getattr(each, "tester_verdict", None) for each in sample.expected] == [verdict]


def test_a_tester_sends_a_reading_of_its_profile_or_says_that_there_is_none() -> None:
    with SimulatedTester(load_profile("generic-wrist-line")) as tester:
        with serial.Serial(tester.path, timeout=PATIENCE) as program:
            tester.send("WRIST;1;PASS")
            tester.send(b"\xff")
            assert program.read(17) == b"WRIST;1;PASS\r\n\xff\r\n"
        with pytest.raises(LookupError, match="generic-wrist-line"):
            tester.measure(EsdVerdict.INVALID)
    with (
        SimulatedTester(load_profile("serial-cr")) as odd,
        serial.Serial(odd.path, timeout=PATIENCE) as program,
    ):
        odd.send("\u00e5")
        assert program.read(3) == b"\xc3\xa5\r"


def test_the_path_stays_when_the_terminal_changes(tmp_path: Path) -> None:
    link = tmp_path / "scanner"
    with SimulatedPort(link) as port:
        assert port.path == str(link)
        first = link.stat().st_ino, link.readlink()
        port.plug()
        assert (link.stat().st_ino, link.readlink()) == first
        port.unplug()
        port.unplug()
        assert not link.is_symlink()
        port.replug()
        assert link.is_char_device()
    assert not link.is_symlink()
    assert tmp_path.is_dir()


def test_a_folder_of_its_own_is_removed() -> None:
    with SimulatedPort() as port:
        folder = Path(port.path).parent
        assert folder.is_dir()
    assert not folder.exists()


def test_what_the_program_wrote_can_be_looked_at() -> None:
    with SimulatedPort() as port:
        assert port.received() == b""
        with serial.Serial(port.path) as program:
            program.write(b"READ?\r")
            program.flush()
            assert port.received() == b"READ?\r"
        port.unplug()
        with pytest.raises(UnpluggedError):
            port.received()


def test_unplugging_ends_a_write_that_nobody_reads() -> None:
    faults: list[UnpluggedError] = []
    full = threading.Event()

    def flood() -> None:
        try:
            while True:
                port.write(b"x" * 65536)
        except UnpluggedError as error:
            faults.append(error)

    with SimulatedPort() as port:
        writer = threading.Thread(target=flood)
        writer.start()
        full.wait(0.2)
        port.unplug()
        writer.join(PATIENCE)
        assert len(faults) == 1
        with pytest.raises(UnpluggedError):
            port.write(b"x")
