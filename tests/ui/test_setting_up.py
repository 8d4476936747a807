"""From nothing connected to a recorded scan and a recorded reading: the real bench, keys alone.

The devices are simulated behind real pseudo-terminals; no list of ports has those, so that their
addresses are typed, as a tester's on the network is.
"""

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.commands.homes import PASSPHRASE_VARIABLE
from app.commands.window import WindowBench
from app.devices.profiles import load_profile
from app.devices.simulators import SimulatedScanner, SimulatedTester
from app.domain.frames import DeviceStatus
from app.domain.labels import LabelKind, label_text
from app.domain.scan_tests import TEXTS
from app.settings import Settings, load_settings
from app.ui.devices.panel import Panel, SetupStep
from app.ui.devices.setup_view import SetupView
from app.ui.door import DoorStage
from app.ui.main import Program, Start
from app.ui.screens.first_run.view import FirstRunView
from app.ui.state import WindowState
from tests.ui.samples import NOW, UTC

PATIENCE_MS = 60_000
MOST_TABS = 30


class Person:
    """Somebody at a new computer who has only a keyboard."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program = program
        self._qtbot = qtbot

    @property
    def state(self) -> WindowState:
        assert self.program.controller is not None
        return self.program.controller.state

    @property
    def panel(self) -> Panel | None:
        return self.state.panel

    def waits(self, holds: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(holds()), timeout=PATIENCE_MS)

    def presses(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.program.window, key)

    def tabs_to(self, wanted: Callable[[QWidget], bool]) -> None:
        for _ in range(MOST_TABS):
            self.presses(Qt.Key.Key_Tab)
            focus = QApplication.focusWidget()
            if focus is not None and wanted(focus):
                return
        raise AssertionError("Tab does not reach it")

    def types_address(self, address: str) -> None:
        view = self.program.window.findChild(SetupView)
        assert view is not None
        self.tabs_to(lambda focus: focus is view.address)
        QTest.keyClicks(view.address, address)
        self.presses(Qt.Key.Key_Return)
        self.waits(lambda: DeviceStatus.READY in self.trial_states())

    def trial_states(self) -> list[DeviceStatus]:
        trial = self.panel.setup.trial if self.panel is not None and self.panel.setup else None
        devices = trial.devices if trial is not None else ()
        return [one.state.status for one in devices if one.state is not None]

    def found(self) -> str:
        trial = self.panel.setup.trial if self.panel is not None and self.panel.setup else None
        return trial.found.profile if trial is not None and trial.found is not None else ""

    def step(self) -> SetupStep | None:
        return self.panel.setup.step if self.panel is not None and self.panel.setup else None


@contextmanager
def at_a_new_computer(qtbot: QtBot, home: Path) -> Generator[Person]:
    wanted = Settings(home, language="en", theme="light", sound=False)
    with ExitStack() as held:
        bench = WindowBench(wanted, held)
        start = Start(
            wanted, lambda: NOW, UTC, bench.make_door, bench.keep_look, bench, bench.make_rooms
        )
        program = Program(start, bench.make_bench)
        try:
            with qtbot.waitExposed(program.window):
                program.window.show()
            program.window.activateWindow()
            qtbot.waitUntil(lambda: program.controller is not None, timeout=PATIENCE_MS)
            yield Person(program, qtbot)
        finally:
            program.close()


def make_the_bench(person: Person) -> None:
    """The first run, by Tab and Enter."""
    person.waits(lambda: person.state.door and person.state.door.stage is DoorStage.CHOOSING)
    view = person.program.window.findChild(FirstRunView)
    assert view is not None
    for code in ("file", "sample"):
        person.tabs_to(lambda focus, code=code: getattr(focus, "code", "") == code)
        person.presses(Qt.Key.Key_Return)
    person.tabs_to(lambda focus: focus is view.make)
    person.presses(Qt.Key.Key_Return)
    person.waits(lambda: person.step() is SetupStep.SCANNER)


def test_a_newcomer_gets_from_nothing_to_a_recorded_scan_and_reading_by_keys(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qapp
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    home = tmp_path / "home"
    with (
        SimulatedScanner(load_profile("serial-crlf")) as scanner,
        SimulatedTester(load_profile("generic-comma-line")) as tester,
        at_a_new_computer(qtbot, home) as person,
    ):
        make_the_bench(person)
        person.types_address(scanner.path)
        scanner.scan("C02XK0ABJGH5")
        person.waits(person.found)
        person.presses(Qt.Key.Key_F2)
        assert person.step() is SetupStep.TESTER
        person.presses(Qt.Key.Key_Escape)
        assert person.panel is None
        assert load_settings(home).scanner_url == scanner.path
        person.waits(lambda: [one.status for one in person.state.devices][-1:] == ["ready"])
        person.presses(Qt.Key.Key_F12)
        person.waits(lambda: person.step() is SetupStep.TESTER)
        person.types_address(tester.path)
        tester.send("R= 1,05 MOhm  OK")
        person.waits(person.found)
        person.presses(Qt.Key.Key_F2)
        assert load_settings(home).esd_profile == "generic-comma-line"
        person.waits(
            lambda: (
                {one.device for one in person.state.devices if one.status == "ready"}
                == {"scanner-1", "esd-1"}
            )
        )
        scanner.scan(label_text(LabelKind.BADGE, "1001"))
        tester.send("R= 1,05 MOhm  OK")
        person.waits(lambda: person.panel and person.panel.setup and person.panel.setup.is_done)
        person.presses(Qt.Key.Key_F2)
        assert person.panel is None
        tries_the_scanner(person, scanner)


def tries_the_scanner(person: Person, scanner: SimulatedScanner) -> None:
    """The test keeps its scans from the bench; a scan after it is the bench's again."""
    scanner.scan(label_text(LabelKind.COMMAND, "DEVTEST"))
    person.waits(lambda: person.panel is not None and person.panel.is_testing)
    before = len(person.state.events), person.state.feedback
    for text in TEXTS.values():
        scanner.scan(text)
    person.waits(lambda: person.panel and len(person.panel.sight.tested) == len(TEXTS))
    assert (len(person.state.events), person.state.feedback) == before
    scanner.scan(label_text(LabelKind.COMMAND, "HOME"))
    person.waits(lambda: person.panel is None)
    scanner.scan("C02XK0ABJGH5")
    person.waits(lambda: person.state.view.product is not None)


def test_a_passphrase_field_leads_on_by_enter_and_by_tab(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qapp
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    with at_a_new_computer(qtbot, tmp_path / "home") as person:
        person.waits(lambda: person.state.door and person.state.door.stage is DoorStage.CHOOSING)
        view = person.program.window.findChild(FirstRunView)
        assert view is not None
        person.tabs_to(lambda focus: getattr(focus, "code", "") == "passphrase")
        person.presses(Qt.Key.Key_Return)
        for field in (view.first, view.again):
            assert isinstance(field, QLineEdit)
            field.setFocus()
            person.tabs_to(lambda focus: focus is view.make)
        view.first.setFocus()
        QTest.keyClicks(view.first, "correct horse battery")
        person.presses(Qt.Key.Key_Return)
        assert view.again.hasFocus()
        QTest.keyClicks(view.again, "correct horse battery")
        person.presses(Qt.Key.Key_Return)
        person.waits(lambda: person.step() is SetupStep.SCANNER)
