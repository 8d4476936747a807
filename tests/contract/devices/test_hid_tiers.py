"""The HID contract in the tiers that need a process of their own.

The kernel's tier is started by the tests of `tests/kernel`, inside a machine of its own.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.contract.devices.hid_rig import VARIABLE
from tests.contract.devices.hid_umockdev import PRELOAD

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SUITE = ("test_hid_port.py", "test_hid_scanner.py", "test_hid_command_line.py")


@pytest.fixture
def outside_dev() -> Iterator[dict[str, str]]:
    """Where a program writes that takes every file below /dev, as /dev/shm, for a device's."""
    with TemporaryDirectory(dir="/var/tmp") as folder:
        yield {"TMPDIR": folder, "PYTHONPYCACHEPREFIX": "", "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="umockdev is Linux's")
@pytest.mark.timeout(300)
def test_the_contract_holds_over_umockdev(outside_dev: dict[str, str]) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--no-cov",
            *(str(HERE / each) for each in SUITE),
        ],
        cwd=ROOT,
        env={
            **os.environ,
            **outside_dev,
            "LD_PRELOAD": PRELOAD,
            VARIABLE: "tests.contract.devices.hid_umockdev:UmockdevHidBench",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) >= 35, done.stdout  # it did not skip what it is there for
