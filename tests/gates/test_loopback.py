"""Where there is no network at all, the set-up brings the loopback interface up."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer import loopback

ROOT = Path(__file__).parents[2]

CALL_HOME = """
import socket
from installer import loopback
loopback.ensure()
with socket.create_server(("127.0.0.1", 0)) as server:
    socket.create_connection(server.getsockname(), 5).close()
"""


def without_network(script: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a network namespace of its own, where nothing is up."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "--net", "true"], check=False).returncode != 0:
        pytest.skip("only root may be without a network")
    return subprocess.run(
        [unshare, "--net", *more, sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_loopback_interface_is_brought_up() -> None:
    done = without_network(CALL_HOME)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_the_set_up_it_would_be_down() -> None:
    done = without_network(CALL_HOME.replace("loopback.ensure()", ""))
    assert "Network is unreachable" in done.stderr


def test_who_may_not_is_told_what_to_do() -> None:
    done = without_network(
        "from installer import loopback; loopback.ensure()",
        *("setpriv", "--bounding-set", "-net_admin"),
    )
    assert done.returncode == 0
    assert "ip link set lo up" in done.stderr


def test_an_interface_that_is_up_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    loopback.ensure()
    assert capsys.readouterr().err == ""
