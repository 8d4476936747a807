"""The real home behind the window: made on the first run, opened with its passphrase."""

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.commands import window
from app.commands.console import CommandFailedError
from app.commands.doorway import HomeDoor, Unlocking
from app.commands.homes import PASSPHRASE_VARIABLE
from app.commands.window import WindowBench
from app.domain.labels import LabelKind, label_text
from app.services.ports import StoreFaultError
from app.services.rescue import take_frames
from app.settings import Settings, load_settings
from app.ui.bridge import Bridge
from app.ui.door import Door, DoorStage, HomeWanted, KeyAt
from app.ui.main import Program, Start
from app.ui.state import Stage, WindowState
from tests.ui.samples import NOW, UTC

TYPED = "correct horse battery"


@pytest.fixture(autouse=True)
def no_passphrase_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)


def settings(home: Path, **more: str) -> Settings:
    return Settings(home, language="en", theme="light", sound=False, **more)  # pyright: ignore[reportArgumentType] - texts only


@dataclass
class Running:
    """A window with a real bench behind it."""

    program: Program
    until: Callable[[Callable[[WindowState], bool]], None] = field(repr=False)

    @property
    def state(self) -> WindowState:
        assert self.program.controller is not None
        return self.program.controller.state


@contextmanager
def running(qtbot: QtBot, wanted: Settings) -> Generator[Running]:
    """The window of a home, as the command shows it."""
    with ExitStack() as held:
        bench = WindowBench(wanted, held)
        program = Program(
            Start(wanted, lambda: NOW, UTC, bench.make_door, bench.keep_look), bench.make_bench
        )
        try:
            program.begin_work()

            def until(holds: Callable[[WindowState], bool]) -> None:
                assert program.controller is not None
                controller = program.controller
                qtbot.waitUntil(lambda: holds(controller.state), timeout=60_000)

            yield Running(program, until)
        finally:
            program.close()


def door_of(run: Running) -> HomeDoor:
    assert isinstance(run.program.door, HomeDoor)
    return run.program.door


def choosing(state: WindowState) -> bool:
    return state.door is not None and state.door.stage is DoorStage.CHOOSING


def locked(state: WindowState) -> bool:
    return state.door is not None and state.door.stage is DoorStage.LOCKED


def is_open(state: WindowState) -> bool:
    return state.stage is Stage.OPEN


@pytest.mark.usefixtures("qapp")
def test_the_first_run_makes_the_home_and_opens_the_bench(qtbot: QtBot, tmp_path: Path) -> None:
    home = settings(tmp_path / "new")
    with running(qtbot, home) as run:
        run.until(choosing)
        assert not home.home.exists()
        door_of(run).make_home(HomeWanted(KeyAt.FILE, sample=True))
        run.until(is_open)
        run.program.port.typed(label_text(LabelKind.BADGE, "1001"))  # pyright: ignore[reportOptionalMemberAccess] - it is open
        run.until(lambda state: state.view.person is not None)
    assert (home.home / "bench.key").exists()


@pytest.mark.usefixtures("qapp")
def test_a_new_passphrase_need_not_be_typed_again(qtbot: QtBot, tmp_path: Path) -> None:
    home = settings(tmp_path)
    with running(qtbot, home) as run:
        run.until(choosing)
        door_of(run).make_home(HomeWanted(KeyAt.PASSPHRASE, TYPED))
        run.until(is_open)
    with bootstrap.open_store(home, lambda: TYPED) as store:
        assert store.bench_id


@pytest.mark.usefixtures("qapp")
def test_a_home_that_cannot_be_made_is_asked_for_again(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    home = settings(tmp_path / "file" / "home")
    with running(qtbot, home) as run:
        run.until(choosing)
        door_of(run).make_home(HomeWanted(KeyAt.FILE, sample=True))
        run.until(
            lambda state: choosing(state) and state.door is not None and state.door.wrong != ""
        )
        assert run.state.door is not None
        assert (run.state.door.key, run.state.door.sample) == (KeyAt.FILE, True)
        assert run.program.port is None


@pytest.mark.usefixtures("qapp")
def test_scans_wait_while_the_passphrase_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    home = settings(tmp_path)
    bootstrap.make_home(home, "passphrase", lambda: TYPED)
    with running(qtbot, home) as run:
        run.until(locked)
        assert run.program.port is not None
        run.program.port.typed("scanned too early")
        door_of(run).unlock("not the passphrase")
        run.until(
            lambda state: (
                locked(state) and state.door == Door(DoorStage.LOCKED, wrong="unlock.wrong")
            )
        )
        assert run.state.fault is None
        door_of(run).unlock(TYPED)
        run.until(lambda state: len(state.events) == 1)
        assert run.state.door is None


@pytest.mark.usefixtures("qapp")
def test_a_window_that_is_closed_while_it_asks_keeps_the_scans(
    qtbot: QtBot, tmp_path: Path
) -> None:
    home = settings(tmp_path)
    bootstrap.make_home(home, "passphrase", lambda: TYPED)
    with running(qtbot, home) as run:
        run.until(locked)
        assert run.program.port is not None
        run.program.port.typed("kept")
    assert [frame.raw for frame in take_frames(home.unsaved)] == [b"kept"]


@pytest.mark.usefixtures("qapp")
def test_the_environments_passphrase_opens_the_bench_unasked(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = settings(tmp_path)
    bootstrap.make_home(home, "passphrase", lambda: TYPED)
    monkeypatch.setenv(PASSPHRASE_VARIABLE, TYPED)
    with running(qtbot, home) as run:
        run.until(is_open)


@pytest.mark.usefixtures("qapp")
def test_a_second_window_says_that_the_first_one_runs(qtbot: QtBot, tmp_path: Path) -> None:
    home = settings(tmp_path)
    bootstrap.make_home(home, "file", str)
    with bootstrap.held(home), running(qtbot, home) as run:
        run.until(lambda state: state.fault is not None)
        assert run.state.fault is not None
        assert run.state.fault.code == "second_instance"
        assert run.program.port is None


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"scanner_url": "nonsense://x"}, "device_setting"),
        ({"programme": "nowhere"}, "policy_invalid"),
    ],
)
def test_settings_that_cannot_work_are_told(
    qtbot: QtBot, tmp_path: Path, more: dict[str, str], code: str
) -> None:
    home = settings(tmp_path, **more)
    bootstrap.make_home(home, "file", str)
    with running(qtbot, home) as run:
        run.until(lambda state: state.fault is not None)
        assert run.state.fault is not None
        assert run.state.fault.code == code


@pytest.mark.usefixtures("qapp")
def test_a_lost_key_is_told_and_the_bench_opens_when_it_is_back(
    qtbot: QtBot, tmp_path: Path
) -> None:
    home = settings(tmp_path)
    bootstrap.make_home(home, "file", str)
    (tmp_path / "bench.key").rename(tmp_path / "elsewhere")
    with running(qtbot, home) as run:
        run.until(lambda state: state.fault is not None and state.fault.code == "key_missing")
        (tmp_path / "elsewhere").rename(tmp_path / "bench.key")
        run.until(is_open)
        assert run.state.fault is None


@pytest.mark.usefixtures("qapp")
def test_the_language_chosen_on_the_first_run_is_kept_when_there_is_a_home(
    qtbot: QtBot, tmp_path: Path
) -> None:
    home = settings(tmp_path / "new")
    with running(qtbot, home) as run:
        run.until(choosing)
        assert run.program.controller is not None
        run.program.controller.shell.language_pressed.emit()
        assert not home.home.exists()
        door_of(run).make_home(HomeWanted(KeyAt.FILE))
        run.until(is_open)
        assert load_settings(home.home).language == "sv"
        run.program.controller.shell.theme_pressed.emit()
    kept = load_settings(home.home)
    assert (kept.language, kept.theme) == ("sv", "dark")


# ----------------------------------------------------------------------
# The passphrase alone
# ----------------------------------------------------------------------


def test_a_passphrase_is_kept_until_the_store_is_open_and_no_longer() -> None:
    told: list[Door] = []
    asked = Unlocking(told.append, TYPED)
    assert (asked(), asked(), told) == (TYPED, TYPED, [])
    asked.opened()
    asked.close()
    with pytest.raises(StoreFaultError, match="passphrase_needed"):
        asked()


def test_a_fault_of_a_home_without_a_passphrase_is_a_fault() -> None:
    assert not Unlocking(lambda _: None).refused("wrong_key")


def test_a_fault_that_is_not_the_passphrases_is_told() -> None:
    asked = Unlocking(lambda _: None, TYPED)
    asked()
    assert not asked.refused("disk_full")
    assert asked() == TYPED


def test_a_door_that_was_never_used_closes(qapp: QApplication, tmp_path: Path) -> None:
    assert qapp is not None
    door = HomeDoor(settings(tmp_path), Bridge())
    assert not door.is_made()
    door.close()


@pytest.mark.usefixtures("qapp")
def test_settings_that_cannot_be_read_are_told_in_the_window_and_on_the_terminal(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPAIR_BENCH_HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text("scanner_url = [")
    seen: list[str] = []
    began = Program.begin_bench

    def begin_and_close(program: Program) -> None:
        began(program)
        assert program.controller is not None
        assert program.controller.state.fault is not None
        seen.append(program.controller.state.fault.code)
        program.window.close()

    monkeypatch.setattr(Program, "begin_bench", begin_and_close)
    with pytest.raises(CommandFailedError, match="settings_invalid"):
        window.run([])
    assert seen == ["settings_invalid"]


def test_settings_that_cannot_be_read_need_no_display(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("REPAIR_BENCH_HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text("scanner_url = [")
    with pytest.raises(CommandFailedError, match="settings_invalid"):
        window.run([])


def test_without_a_display_the_window_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.commands.window import need_display

    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(CommandFailedError, match="no_display"):
        need_display()
