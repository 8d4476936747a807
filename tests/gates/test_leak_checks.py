"""The checks that watch every test can themselves fail."""

from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"

LEAKS = {
    "a daemon thread": (
        """
        import threading
        STOP = threading.Event()
        def test_it(monkeypatch):
            import conftest
            monkeypatch.setattr(conftest, "ENDING_SECONDS", 0.01)
            threading.Thread(target=STOP.wait, name="forgotten", daemon=True).start()
        """,
        "*threads left behind*",
    ),
    "a socket": (
        """
        import socket
        KEPT = []
        def test_it():
            KEPT.append(socket.socket())
        """,
        "*left open by the test: socket:*",
    ),
    "a pseudo-terminal": (
        """
        import os
        def test_it():
            os.openpty()
        """,
        "*left open by the test: /dev/*",
    ),
    "a window": (
        """
        from PySide6.QtWidgets import QWidget
        KEPT = []
        def test_it(qapp):
            KEPT.append(QWidget(objectName="forgotten"))
        """,
        "*windows left behind*forgotten*",
    ),
    "an exception in a thread": (
        """
        import threading
        def fails():
            raise ValueError("lost")
        def test_it():
            thread = threading.Thread(target=fails)
            thread.start()
            thread.join()
        """,
        "*PytestUnhandledThreadExceptionWarning*",
    ),
    "an unclosed file": (
        """
        def test_it():
            open(__file__)
        """,
        "*ResourceWarning*unclosed file*",
    ),
}

CLEAN = """
import os, socket, threading
from PySide6.QtWidgets import QWidget

def test_it(qtbot):
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    done.set()
    one, other = os.openpty()
    os.close(one)
    os.close(other)
    with socket.socket():
        window = QWidget()
        qtbot.addWidget(window)
        window.show()

def test_that_saves_a_password(secret_service):
    import keyring
    keyring.set_password("bench", "key", "value")
    assert keyring.get_password("bench", "key") == "value"

def test_that_saves_by_accident():
    import keyring, keyring.errors, pytest
    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.set_password("bench", "key", "value")
"""


def run_inside(pytester: pytest.Pytester, source: str) -> pytest.RunResult:
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile(source)
    pytester.makepyprojecttoml(
        '[tool.pytest.ini_options]\nfilterwarnings = ["error"]\nqt_api = "pyside6"\n'
    )
    return pytester.runpytest_subprocess("-p", "no:cacheprovider")


@pytest.mark.parametrize("leak", LEAKS)
def test_a_test_that_leaves_something_behind_fails(pytester: pytest.Pytester, leak: str) -> None:
    source, told = LEAKS[leak]
    result = run_inside(pytester, source)
    result.stdout.fnmatch_lines([told])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_a_test_that_cleans_up_passes(pytester: pytest.Pytester) -> None:
    run_inside(pytester, CLEAN).assert_outcomes(passed=3)


def test_the_home_of_a_test_is_its_own(isolated_home: Path, tmp_path: Path) -> None:
    assert isolated_home.parent == tmp_path
    assert not isolated_home.exists()
