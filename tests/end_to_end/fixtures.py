"""Homes of the sample organisation, each test's own, and the two wires of a bench."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.devices import load_profile
from app.devices.simulators import SimulatedScanner, SimulatedTester
from tests.end_to_end.programs import Home

SCANNER = "serial-crlf"
TESTER = "generic-wrist-line"


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sample organisation's home, key in a file, made once for a whole run: copy it."""
    home = Home(tmp_path_factory.mktemp("sample") / "home")
    made = home.told("init", "--key", "file", "--demo-data")
    assert made["key"] == "file"
    return home


@pytest.fixture
def home(sample_home: Home, tmp_path: Path) -> Home:
    """A home of the sample organisation, the test's own."""
    return sample_home.copy_to(tmp_path / "bench")


@dataclass(frozen=True, slots=True)
class Wires:
    """The devices of a bench."""

    scanner: SimulatedScanner
    tester: SimulatedTester

    @property
    def words(self) -> tuple[str, ...]:
        """How `bench` is told of them."""
        return ("--scanner", self.scanner.path, "--esd", self.tester.path, "--profile", TESTER)


@pytest.fixture
def wires() -> Iterator[Wires]:
    """A scanner and an ESD tester on pseudo-terminals."""
    with (
        SimulatedScanner(load_profile(SCANNER)) as scanner,
        SimulatedTester(load_profile(TESTER)) as tester,
    ):
        yield Wires(scanner, tester)
