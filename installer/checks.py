"""The checks of this project, in one list: what `.ci/run`, the README and a developer run."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from installer import scratch

FAILED, SKIPPED = 1, 77
"""Exit codes of a check: 77 where it need not or cannot run here."""

_WORDS = {0: "held   ", FAILED: "FAILED ", SKIPPED: "skipped"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold.

    Attributes:
        name: What the report calls it.
        commands: What is run, one after the other, each with a program of `.venv`; the first that
            does not exit 0 fails the check, or with `SKIPPED` skips it and has told why.
        in_memory: Whether what it writes for a while goes where no disk is waited for.
    """

    name: str
    commands: tuple[tuple[str, ...], ...]
    in_memory: bool = False


PARALLEL = ("-n", "auto", "--maxprocesses", "6", "--dist", "worksteal")
"""A process for each core, each with a part of the tests in the one random order of the run."""

CHECKS = (
    Check("lint", (("ruff", "check"),)),
    Check("format", (("ruff", "format", "--check"),)),
    Check("imports", (("lint-imports", "--no-cache", "--no-logo"),)),
    Check("types", (("basedpyright",),)),
    Check(
        "tests",
        (("coverage", "erase"), ("coverage", "run", "-m", "pytest", *PARALLEL)),
        in_memory=True,
    ),
    Check("coverage", (("python", "-m", "installer.coverage_floors"),)),
    Check("devices on a real kernel", (("python", "-m", "tests.kernel"),)),
)
"""In the order they run: the quick ones first."""

BENCHMARKS = "tests/benchmarks"
"""Scripts that compare speeds, each a check of its own at small scale; `_` marks their helpers."""


def all_checks(root: Path) -> Iterator[Check]:
    """List every check, the benchmarks that the checkout has last."""
    yield from CHECKS
    for script in sorted((root / BENCHMARKS).glob("[!_]*.py")):
        yield Check(f"speed: {script.stem}", (("python", str(script), "--small"),))


def run(root: Path, scripts: Path, arguments: Sequence[str]) -> int:
    """Run every check and say how each went; with arguments, only pytest with them.

    Args:
        root: The checkout.
        scripts: Where the programs of `.venv` lie.
        arguments: What to pass to pytest.

    Returns:
        0 when all held, else 1; with arguments, what pytest returned.
    """
    if arguments:
        return _call(root, scripts, ("pytest", *arguments))
    lines: list[str] = []
    counted = dict.fromkeys(_WORDS, 0)
    for check in all_checks(root):
        print(f"\n=== {check.name}", flush=True)
        started = time.monotonic()
        outcome = _outcome(root, scripts, check)
        outcome = outcome if outcome in _WORDS else FAILED
        counted[outcome] += 1
        took = time.monotonic() - started
        lines.append(f"{_WORDS[outcome]} {took:8.1f} s  {check.name}")
    print("\n=== checks", *lines, "", sep="\n")
    skipped = f", {counted[SKIPPED]} skipped" if counted[SKIPPED] else ""
    print(f"{counted[0]} passed, {counted[FAILED]} failed{skipped}", flush=True)
    return 1 if counted[FAILED] else 0


def _outcome(root: Path, scripts: Path, check: Check) -> int:
    """Run the commands of a check; 0, or what the first that did not exit 0 returned."""
    with ExitStack() as stack:
        more = stack.enter_context(scratch.environ()) if check.in_memory else {}
        codes = (_call(root, scripts, command, **more) for command in check.commands)
        return next((code for code in codes if code), 0)


def _call(root: Path, scripts: Path, command: Sequence[str], **more: str) -> int:
    """Run a program of the environment as if the environment were active."""
    environ = {
        **os.environ,
        **more,
        "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "VIRTUAL_ENV": str(scripts.parent),
    }
    program = str(scripts / command[0])
    return subprocess.run(
        [program, *command[1:]], cwd=root, env=environ, stdin=subprocess.DEVNULL, check=False
    ).returncode
