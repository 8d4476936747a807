"""`bootstrap.py test` runs every check, says how each went, and fails when one fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer import checks

ROOT = Path(__file__).parents[2]


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A folder of programs that note how they were called, and fail when told so."""
    folder = tmp_path / ".venv" / "bin"
    folder.mkdir(parents=True)
    for name in {command[0] for check in checks.CHECKS for command in check.commands} | {"pytest"}:
        program = folder / name
        program.write_text(
            f'#!/bin/sh\necho "{name} $*" >> "{tmp_path}/calls"\n'
            f'for each in "{name}" "$2"; do test "${{FAILING:-none}}" != "$each" || exit 1; done\n'
        )
        program.chmod(0o755)
    return folder


def calls(root: Path) -> list[str]:
    return (root / "calls").read_text().splitlines()


def test_every_check_runs_and_the_count_stands_last(
    tmp_path: Path, scripts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert checks.run(tmp_path, scripts, []) == 0
    assert capfd.readouterr().out.splitlines()[-1] == f"{len(checks.CHECKS)} passed, 0 failed"
    assert calls(tmp_path) == [
        "ruff check",
        "ruff format --check",
        "lint-imports --no-cache --no-logo",
        "basedpyright ",
        "coverage erase",
        "coverage run -m pytest -n auto --maxprocesses 6 --dist worksteal",
        "python -m installer.coverage_floors",
        "python -m tests.kernel",
    ]


def test_a_check_that_was_skipped_is_told_and_fails_nothing(
    tmp_path: Path, scripts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (scripts / "python").write_text('#!/bin/sh\ntest "$2" != tests.kernel || exit 77\n')
    assert checks.run(tmp_path, scripts, []) == 0
    *_, kernel, _, last = capfd.readouterr().out.splitlines()
    assert kernel.startswith("skipped")
    assert last == f"{len(checks.CHECKS) - 1} passed, 0 failed, 1 skipped"


@pytest.mark.parametrize("failing", ["ruff", "lint-imports", "basedpyright", "coverage", "python"])
def test_one_failing_check_fails_the_run_and_the_others_still_run(
    tmp_path: Path,
    scripts: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    failing: str,
) -> None:
    monkeypatch.setenv("FAILING", failing)
    assert checks.run(tmp_path, scripts, []) == 1
    lines = capfd.readouterr().out.splitlines()
    failed = [check for check in checks.CHECKS if check.commands[0][0] == failing]
    held = len(checks.CHECKS) - len(failed)
    assert lines[-1] == f"{held} passed, {len(failed)} failed"
    assert {line.split(" s  ")[1] for line in lines if line.startswith("FAILED")} == {
        check.name for check in failed
    }
    assert calls(tmp_path)[-1] == "python -m tests.kernel"


def test_benchmarks_run_last_and_small_and_their_helpers_not_at_all(
    tmp_path: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / checks.BENCHMARKS
    folder.mkdir(parents=True)
    for name in ("scan_path.py", "_timing.py", "start_up.py"):
        (folder / name).touch()
    assert checks.run(tmp_path, scripts, []) == 0
    expected = [f"python {folder}/{name} --small" for name in ("scan_path.py", "start_up.py")]
    assert calls(tmp_path)[-2:] == expected
    monkeypatch.setenv("FAILING", "--small")
    assert checks.run(tmp_path, scripts, []) == 1


def test_arguments_go_to_pytest_alone(
    tmp_path: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checks.run(tmp_path, scripts, ["-k", "esd"]) == 0
    assert calls(tmp_path) == ["pytest -k esd"]
    monkeypatch.setenv("FAILING", "pytest")
    assert checks.run(tmp_path, scripts, ["-x"]) == 1


def bootstrap(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "installer" / "bootstrap.py"), *arguments],
        env={**os.environ, **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [[], ["walk"], ["run", "--offscreen"], ["--help"]])
def test_wrong_usage_shows_the_right_one_and_exits_2(arguments: list[str]) -> None:
    told = bootstrap(*arguments, LC_ALL="sv_SE.UTF-8")
    assert (told.returncode, told.stdout) == (2, "")
    assert "användning: python3 installer/bootstrap.py run" in told.stderr


def test_the_ci_runs_the_readme_s_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "set -euo pipefail" in script
    assert script.splitlines()[-1] == "python3 installer/bootstrap.py test"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
