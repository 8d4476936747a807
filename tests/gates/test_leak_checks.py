"""The checks that watch every test can themselves fail."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

RunInside = Callable[..., pytest.RunResult]

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

UNSAYABLE = """
import logging

def test_that_fails(caplog):
    logging.getLogger().warning("logged \\udcff")
    assert False, "said \\udcff"

def test_that_passes(caplog):
    logging.getLogger().warning("logged \\udcff")
"""

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


@pytest.fixture(params=["one process", "two processes"])
def run_inside(pytester: pytest.Pytester, request: pytest.FixtureRequest) -> RunInside:
    """Run tests under the checks, as one process and as the whole run's processes do."""
    options = {"one process": ("-n", "0"), "two processes": ("-n", "2")}[request.param]

    def run(*sources: str) -> pytest.RunResult:
        pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
        pytester.makepyfile(**{f"test_{at}": source for at, source in enumerate(sources)})
        pytester.makepyprojecttoml(
            '[tool.pytest.ini_options]\nfilterwarnings = ["error"]\nqt_api = "pyside6"\n'
        )
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", "-ra", *options)

    return run


def test_a_test_that_leaves_something_behind_fails(run_inside: RunInside) -> None:
    result = run_inside(*(source for source, _ in LEAKS.values()))
    summary = result.stdout.str().partition("short test summary info")[2]
    for at, (leak, (_, told)) in enumerate(LEAKS.items()):
        assert re.search(rf"^(FAILED|ERROR) test_{at}\.py::test_it ", summary, re.MULTILINE), leak
        result.stdout.fnmatch_lines_random([told])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_a_test_that_cleans_up_passes(run_inside: RunInside) -> None:
    run_inside(CLEAN).assert_outcomes(passed=3)


@pytest.mark.parametrize("run_inside", ["two processes"], indirect=True)
def test_a_failure_in_words_that_utf_8_has_not_is_told(run_inside: RunInside) -> None:
    result = run_inside(UNSAYABLE)
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["*AssertionError: said *udcff*"])


def test_the_home_of_a_test_is_its_own(isolated_home: Path, tmp_path: Path) -> None:
    assert isolated_home.parent == tmp_path
    assert not isolated_home.exists()
