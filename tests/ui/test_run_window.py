"""The window's life: painted before the bench is made, joined at the end, silent never."""

import logging
import subprocess
import sys
import threading
from datetime import UTC
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions

from app.services.ports import StoreFaultError
from app.settings import Settings
from app.texts import Language
from app.ui.bridge import Bridge, FaultTold
from app.ui.crash import Crashes
from app.ui.main import Program, Start, is_dark_at_first, language_of, run_window
from app.ui.overriding import override
from app.ui.port import BenchPort
from app.ui.theme.applying import apply_theme
from tests.ui.conftest import RememberingBench
from tests.ui.samples import NOW, PASSES, STATES, outcome


def settings(home: Path) -> Settings:
    return Settings(home, language="en", theme="light", sound=False)


def test_the_bench_is_made_after_the_first_paint_and_closed_at_the_end(
    qapp: QApplication, tmp_path: Path
) -> None:
    bench = RememberingBench()
    seen: list[bool] = []

    def make(bridge: Bridge) -> BenchPort:
        windows = [one for one in qapp.topLevelWidgets() if one.isVisible()]
        seen.append(bool(windows))
        bridge.tell_opened(STATES["home"].view)
        bridge.ask_close()
        return bench

    assert run_window(make, settings(tmp_path), lambda: NOW, UTC) == 0
    assert (seen, bench.closed) == ([True], 1)


def test_a_thread_of_the_bench_drives_the_window(tmp_path: Path) -> None:
    pictures = tmp_path / "home.png"

    class Driven(RememberingBench):
        def __init__(self, bridge: Bridge) -> None:
            super().__init__()
            self.thread = threading.Thread(target=self.drive, args=(bridge,), name="driver")
            self.thread.start()

        def drive(self, bridge: Bridge) -> None:
            bridge.tell_outcome(outcome(PASSES, STATES["home"].view))
            if bridge.ask_picture(pictures).wait(20):
                bridge.ask_close()

        @override
        def close(self) -> None:
            self.thread.join()

    assert run_window(Driven, settings(tmp_path), lambda: NOW, UTC) == 0
    assert pictures.stat().st_size > 1_000


@pytest.mark.usefixtures("qapp")
def test_a_store_that_cannot_be_opened_is_told_in_the_window(tmp_path: Path) -> None:
    def make(bridge: Bridge) -> BenchPort:
        del bridge
        raise StoreFaultError("wrong_key")

    program = Program(Start(settings(tmp_path), lambda: NOW, UTC), make)
    program.window.show()
    program.begin_work()
    assert program.controller is not None
    assert program.controller.state.fault is not None
    assert program.controller.state.fault.code == "wrong_key"
    program.close()


def test_a_defect_in_a_slot_is_kept_and_told(tmp_path: Path) -> None:
    told: list[str] = []

    def hear(fault: FaultTold) -> None:
        told.append(fault.code)

    def broken() -> None:
        raise LookupError("lost")

    def make(bridge: Bridge) -> BenchPort:
        bridge.fault.connect(hear)
        QTimer.singleShot(0, broken)
        QTimer.singleShot(1, bridge.ask_close)
        return RememberingBench()

    with capture_exceptions():
        run_window(make, settings(tmp_path), lambda: NOW, UTC)
    assert told == ["crash"]
    report = next((tmp_path / "logs").glob("crash-*.txt")).read_text()
    assert "LookupError: lost" in report
    assert NOW.isoformat() in report


@pytest.mark.usefixtures("qapp")
def test_a_window_that_was_never_painted_still_closes(tmp_path: Path) -> None:
    program = Program(Start(settings(tmp_path), lambda: NOW), lambda _: RememberingBench())
    program.close()
    assert program.port is None


# ----------------------------------------------------------------------
# Crashes
# ----------------------------------------------------------------------


def kept(folder: Path) -> tuple[Crashes, list[tuple[str, dict[str, str]]]]:
    told: list[tuple[str, dict[str, str]]] = []
    return Crashes(folder, lambda code, fields: told.append((code, fields)), lambda: NOW), told


def test_a_defect_in_a_thread_is_kept(tmp_path: Path) -> None:
    crashes, told = kept(tmp_path)

    def fails() -> None:
        raise ValueError("in a thread")

    with crashes.watching():
        thread = threading.Thread(target=fails)
        thread.start()
        thread.join()
    assert told[0][0] == "crash"
    assert "in a thread" in Path(told[0][1]["path"]).read_text()


def test_a_report_that_cannot_be_written_is_told_too(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    crashes, told = kept(tmp_path / "logs")
    crashes.keep(ValueError("no room"))
    assert told == [("crash_unwritten", {"error": "ValueError"})]
    assert "no room" in caplog.text


def test_ctrl_c_is_no_defect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[type[BaseException]] = []

    def hook(kind: type[BaseException], *_: object) -> None:
        passed.append(kind)

    monkeypatch.setattr(sys, "excepthook", hook)
    crashes, told = kept(tmp_path)
    with crashes.watching():
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert (passed, told) == ([KeyboardInterrupt], [])


def test_the_hooks_are_given_back(tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook
    crashes, _ = kept(tmp_path)
    with crashes.watching():
        assert sys.excepthook is not before[0]
    assert (sys.excepthook, threading.excepthook) == before


# ----------------------------------------------------------------------
# Language, imports
# ----------------------------------------------------------------------


def test_the_setting_names_the_language() -> None:
    assert language_of("sv") is Language.SWEDISH
    assert language_of("en") is Language.ENGLISH


@pytest.mark.parametrize(
    ("locale", "language"),
    [("sv_SE", Language.SWEDISH), ("en_GB", Language.ENGLISH), ("fi_FI", Language.ENGLISH)],
)
def test_without_a_setting_the_system_decides(locale: str, language: Language) -> None:
    assert language_of("", QLocale(locale)) is language


def test_the_first_paint_imports_nothing_that_it_does_not_need() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import app.ui.main, sys; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    heavy = ("app.domain", "app.services", "app.data", "sqlalchemy", "typing_extensions")
    assert not [one for one in told if one.startswith(heavy)]
    qt = {one for one in told if one.startswith("PySide6.Qt")}
    assert qt == {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets"}


def test_nothing_is_logged_as_an_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)

    def make(bridge: Bridge) -> BenchPort:
        for state in STATES.values():
            bridge.tell_opened(state.view)
        bridge.ask_close()
        return RememberingBench()

    run_window(make, settings(tmp_path), lambda: NOW, UTC)
    assert caplog.records == []


@pytest.mark.parametrize("dark", [True, False])
def test_the_first_picture_follows_the_systems_palette(qapp: QApplication, *, dark: bool) -> None:
    before = qapp.palette()
    apply_theme(qapp, dark=dark)
    try:
        assert is_dark_at_first("system") is dark
        assert is_dark_at_first("dark")
        assert not is_dark_at_first("light")
    finally:
        qapp.setPalette(before)


@pytest.mark.usefixtures("qapp")
def test_a_defect_before_the_window_is_filled_is_no_second_defect(tmp_path: Path) -> None:
    program = Program(Start(settings(tmp_path), lambda: NOW), lambda _: RememberingBench())
    Crashes(tmp_path, program.tell_fault, lambda: NOW).keep(ValueError("early"))
    assert next(tmp_path.glob("crash-*.txt")).is_file()
    program.close()
