"""A floor of coverage that does not hold is named with what is missing."""

import json
import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from installer.coverage_floors import Covered, Floor, faults, read_floors, read_report

ROOT = Path(__file__).parents[2]

REPORT: dict[str, Any] = {
    "files": {
        "app/domain/esd.py": {
            "summary": {
                "covered_lines": 8,
                "num_statements": 12,
                "covered_branches": 3,
                "num_branches": 4,
            },
            "missing_lines": [10, 11, 12, 20],
            "missing_branches": [[9, 10], [30, -1]],
        },
        "app/ui/view.py": {
            "summary": {
                "covered_lines": 80,
                "num_statements": 100,
                "covered_branches": 0,
                "num_branches": 0,
            },
            "missing_lines": list(range(1, 21)),
            "missing_branches": [],
        },
        "app/ui/model.py": {
            "summary": {
                "covered_lines": 100,
                "num_statements": 100,
                "covered_branches": 0,
                "num_branches": 0,
            },
            "missing_lines": [],
            "missing_branches": [],
        },
    }
}


def found(*floors: Floor) -> list[str]:
    return list(faults(read_report(REPORT), floors))


def test_a_module_that_must_be_whole_names_its_missing_lines_and_jumps() -> None:
    assert found(Floor(("app/domain/*",), 100)) == [
        "app/domain/esd.py: 68.8 % of 100 %, missing lines 10-12, 20; jumps 9->10, 30->exit"
    ]


def test_a_lower_floor_holds_for_its_modules_together() -> None:
    assert found(Floor(("app/ui/*",), 90)) == []
    (fault,) = found(Floor(("app/ui/*",), 91))
    assert fault.startswith("app/ui/*: 90.0 % of 91 %, most missing in app/ui/view.py (80 %)")


def test_a_pattern_that_fits_no_module_is_a_fault() -> None:
    (fault,) = found(Floor(("app/ui/*", "app/attic/*"), 85))
    assert fault == "app/attic/*: no module fits this floor of 85 %"


def test_a_module_named_by_two_patterns_is_told_once() -> None:
    assert len(found(Floor(("app/domain/*", "app/*/esd.py"), 100))) == 1


def test_a_module_without_statements_is_whole() -> None:
    empty = Covered("app/domain/__init__.py", 0, 0)
    assert list(faults([empty], [Floor(("app/domain/*",), 100)])) == []


def test_the_floors_of_this_project_are_the_agreed_ones() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    agreed = {pattern: floor.percent for floor in read_floors(project) for pattern in floor.modules}
    assert agreed["app/ui/*"] == 85
    assert agreed["app/*"] == agreed["account_service/*"] == 90
    whole = {pattern for pattern, percent in agreed.items() if percent == 100}
    assert whole >= {"app/domain/*", "app/services/*", "app/sync/*"}


CHECKOUT = """
[tool.coverage.run]
branch = true
source = ["app"]
parallel = true
patch = ["subprocess"]

[tool.repair-bench.coverage]
floors = [{ percent = 100, modules = ["app/*"] }]
"""


@pytest.fixture
def measured(tmp_path: Path) -> Path:
    """A checkout whose program ran only in a child process, once to its end and once killed."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "child.py").write_text(
        "import sys\n\nprint('ready', flush=True)\nif 'wait' in sys.argv:\n    sys.stdin.read()\n"
    )
    (tmp_path / "parent.py").write_text(
        "import subprocess, sys\n"
        "command = [sys.executable, 'app/child.py']\n"
        "subprocess.run(command, check=True)\n"
        "waits = subprocess.Popen([*command, 'wait'], stdin=-1, stdout=-1)\n"
        "waits.stdout.readline()\n"
        "waits.kill()\n"
        "sys.exit(waits.wait())\n"
    )
    (tmp_path / "pyproject.toml").write_text(CHECKOUT)
    return tmp_path


def run_in(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("COVERAGE", "COV_CORE"))}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=checkout,
        env={**plain, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_child_process_counts_and_a_killed_one_only_loses_its_own(measured: Path) -> None:
    assert run_in(measured, "coverage", "run", "parent.py").returncode == 256 - signal.SIGKILL
    held = run_in(measured, "installer.coverage_floors")
    assert held.stdout.splitlines()[0] == (
        "app/child.py: 66.7 % of 100 %, missing lines 5; jumps 4->5"
    )
    assert held.returncode == 1
    whole = json.loads((measured / ".coverage.json").read_bytes())["files"]["app/child.py"]
    assert whole["executed_lines"] == [1, 3, 4]


def test_no_measurement_is_no_pass(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(CHECKOUT)
    assert run_in(tmp_path, "installer.coverage_floors").returncode != 0
