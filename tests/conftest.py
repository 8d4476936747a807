"""What holds for every test: a home of its own, no keyring by accident, and nothing left behind.

A test that leaves a thread, a socket, a pseudo-terminal or a window behind fails, because on a
bench the same leak grows until the program stands still in the middle of a repair.
"""

from __future__ import annotations

import gc
import importlib
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
import pytest

# Before anything imports Qt or keyring: both read these once, when they are first used.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

pytest_plugins = ["pytester"]

hypothesis.settings.register_profile("bench", deadline=None, print_blob=True)
hypothesis.settings.load_profile("bench")

ENDING_SECONDS = 5.0
"""How long a thread that was told to stop may take to end before it counts as left behind."""

FOREIGN_THREADS = ("Dummy-",)
"""Name prefixes of threads that Python did not start and cannot join (Qt's own)."""

WATCHED_FILES = ("socket:", "/dev/ptmx", "/dev/pts/")
"""What a descriptor of this process may not still point at after a test."""

SERVICE_SECONDS = 30.0
"""How long the Secret Service may take to appear on its bus, on a busy machine."""


@pytest.fixture(autouse=True)
def isolated_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home of its own: neither it nor its child processes see the user's data."""
    home = tmp_path / "home"
    monkeypatch.setenv("REPAIR_BENCH_HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    return home


# ----------------------------------------------------------------------
# What the tests' processes tell the one that reports
# ----------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """Write lone surrogates out: what travels between the processes of a run is UTF-8.

    Hostile names and texts put them into logs and into what an assertion tells.
    """
    return _as_utf_8((yield))


def _as_utf_8(told: Any) -> Any:  # noqa: ANN401 - whatever a report is made of
    if isinstance(told, str):
        return told.encode(errors="backslashreplace").decode()
    if isinstance(told, dict):
        return {_as_utf_8(name): _as_utf_8(value) for name, value in told.items()}  # pyright: ignore[reportUnknownVariableType] # of anything
    if isinstance(told, list | tuple):
        return type(told)(map(_as_utf_8, told))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType, reportCallIssue] # of anything
    return told


# ----------------------------------------------------------------------
# Nothing is left behind
# ----------------------------------------------------------------------


def _own_threads() -> set[threading.Thread]:
    return {each for each in threading.enumerate() if not each.name.startswith(FOREIGN_THREADS)}


def _where(thread: threading.Thread) -> str:
    frame = sys._current_frames().get(thread.ident or 0)  # pyright: ignore[reportPrivateUsage] # no other way to a stack
    return "".join(traceback.format_stack(frame)[-3:]) if frame else "    (already ending)\n"


def _watched_files() -> set[str]:
    """Name what the open descriptors stand for: a socket's inode, a terminal."""
    found: set[str] = set()
    descriptors = Path("/proc/self/fd")
    for each in descriptors.iterdir() if descriptors.is_dir() else ():
        try:
            target = str(each.readlink())
        except FileNotFoundError:  # the descriptor that listed the folder is closed by now
            continue
        if target.startswith(WATCHED_FILES):
            found.add(f"{target} as descriptor {each.name}")
    return found


@pytest.fixture(autouse=True)
def no_thread_is_left_behind() -> Iterator[None]:
    """Fail the test when a thread that it started, daemon or not, still runs after it."""
    before = _own_threads()
    yield
    left = _own_threads() - before
    for thread in left:
        thread.join(ENDING_SECONDS)
    alive = [each for each in left if each.is_alive()]
    if alive:
        told = "\n".join(f"{each.name}:\n{_where(each)}" for each in alive)
        pytest.fail(f"threads left behind by the test:\n{told}", pytrace=False)


@pytest.fixture(autouse=True)
def no_socket_is_left_behind() -> Iterator[None]:
    """Fail the test when a socket or a pseudo-terminal that it opened is still open after it."""
    before = _watched_files()
    yield
    left = _watched_files() - before
    if left:
        gc.collect()  # what only a reference cycle held is reported by its ResourceWarning
        left = _watched_files() - before
    if left:
        pytest.fail(f"left open by the test: {', '.join(sorted(left))}", pytrace=False)


@pytest.fixture(autouse=True)
def no_window_is_left_behind() -> Iterator[None]:
    """Fail the test when a top-level widget that it made still exists after it.

    Looks only where the test imported Qt's widgets: tests without a window pay nothing.
    """
    before = set(_windows())
    yield
    left = {each: told for each, told in _windows().items() if each not in before}
    if left:
        gc.collect()
        left = {each: told for each, told in _windows().items() if each not in before}
    if left:
        pytest.fail(f"windows left behind by the test: {', '.join(left.values())}", pytrace=False)


def _windows() -> dict[int, str]:
    """Map the address of each top-level widget to what it is, after pending deletions are done."""
    if "PySide6.QtWidgets" not in sys.modules:
        return {}
    from PySide6.QtCore import QCoreApplication, QEvent  # only where a test did
    from PySide6.QtWidgets import QApplication
    from shiboken6 import Shiboken

    if QApplication.instance() is None:
        return {}
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return {
        Shiboken.getCppPointer(each)[0]: f"{type(each).__name__} {each.objectName()!r}"
        for each in QApplication.topLevelWidgets()
        if Shiboken.isValid(each)
    }


# ----------------------------------------------------------------------
# A real Secret Service
# ----------------------------------------------------------------------


@pytest.fixture
def secret_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run an unlocked gnome-keyring on a session bus of its own; `keyring` uses it in this test.

    Child processes find it too. It is a real one, so a machine that cannot start it fails the test:
    `installer/bootstrap.py test` installs it.

    Yields:
        The address of the bus.
    """
    import keyring  # few tests need it
    from keyring.backends.SecretService import Keyring

    with ExitStack() as stack:
        # the name of a socket has at most 107 characters, and a test's own folder may have as many
        runtime = stack.enter_context(TemporaryDirectory(prefix="keyring-"))
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        stack.callback(keyring.set_keyring, keyring.get_keyring())
        bus = _child(
            stack, "dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"
        )
        assert bus.stdout is not None
        address = bus.stdout.readline().decode().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        _start_unlocked_keyring(stack, address)
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.SecretService.Keyring")
        keyring.set_keyring(Keyring())
        yield address


def _child(stack: ExitStack, *command: str) -> subprocess.Popen[bytes]:
    """Start a program that ends, and is waited for, with the stack."""
    process = stack.enter_context(
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it grumbles about limits that a container does not grant
        )
    )
    stack.callback(process.terminate)
    return process


def _start_unlocked_keyring(stack: ExitStack, address: str) -> None:
    """Start the keyring and wait until it owns its name: a call before starts a locked one."""
    jeepney: Any = importlib.import_module("jeepney")  # without types
    blocking: Any = importlib.import_module("jeepney.io.blocking")
    owned = jeepney.MatchRule(
        type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged"
    )
    owned.add_arg_condition(0, "org.freedesktop.secrets")
    with (
        blocking.open_dbus_connection(bus=address) as connection,
        connection.filter(owned) as signals,
    ):
        connection.send_and_get_reply(jeepney.message_bus.AddMatch(owned))
        daemon = _child(
            stack, "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"
        )
        assert daemon.stdin is not None
        daemon.stdin.write(b"a password of this test alone")
        daemon.stdin.close()
        connection.recv_until_filtered(signals, timeout=SERVICE_SECONDS)
