"""The floors of coverage: which modules must be covered how far, as pyproject.toml has it.

    python -m installer.coverage_floors      after the tests, in the checkout

A floor of 100 holds for each module alone and names what is missing; a lower one holds for its
modules together. A pattern that fits no module is a fault too: such a floor guards nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import groupby
from pathlib import Path
from typing import Any

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Covered:
    """How far one module is covered.

    Attributes:
        module: Its path from the checkout, with slashes.
        reached: Statements and branches that ran.
        total: Statements and branches that there are.
        lines: The lines that did not run.
        branches: The jumps that were not made, from line to line.
    """

    module: str
    reached: int
    total: int
    lines: tuple[int, ...] = ()
    branches: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Floor:
    """What some modules must reach: patterns of paths (a `*` crosses folders) and percent."""

    modules: tuple[str, ...]
    percent: float


def read_report(report: Mapping[str, Any]) -> list[Covered]:
    """Read what `coverage json` wrote."""
    found: list[Covered] = []
    for path, file in report["files"].items():
        summary = file["summary"]
        found.append(
            Covered(
                module=path.replace("\\", "/"),
                reached=summary["covered_lines"] + summary["covered_branches"],
                total=summary["num_statements"] + summary["num_branches"],
                lines=tuple(file["missing_lines"]),
                branches=tuple((start, end) for start, end in file["missing_branches"]),
            )
        )
    return found


def faults(modules: Sequence[Covered], floors: Sequence[Floor]) -> Iterator[str]:
    """Say, a line each, where a floor does not hold."""
    for floor in floors:
        inside: list[Covered] = []
        for pattern in floor.modules:
            fitting = [each for each in modules if fnmatch(each.module, pattern)]
            if not fitting:
                yield f"{pattern}: no module fits this floor of {floor.percent:g} %"
            inside += fitting
        if floor.percent == WHOLE:
            yield from (
                f"{each.module}: {percent([each]):.1f} % of {WHOLE} %, missing {missing(each)}"
                for each in dict.fromkeys(inside)
                if each.reached < each.total
            )
        elif inside and percent(inside) < floor.percent:
            worst = sorted(inside, key=lambda each: each.reached - each.total)[:5]
            told = ", ".join(f"{each.module} ({percent([each]):.0f} %)" for each in worst)
            yield (
                f"{', '.join(floor.modules)}: {percent(inside):.1f} % of {floor.percent:g} %, "
                f"most missing in {told}"
            )


def percent(modules: Sequence[Covered]) -> float:
    """Return how much of some modules ran; all of nothing is 100."""
    total = sum(each.total for each in modules)
    return WHOLE * sum(each.reached for each in modules) / total if total else WHOLE


def missing(module: Covered) -> str:
    """Name the lines and jumps that did not run, runs of lines as from-to."""
    runs: list[str] = []
    for _, group in groupby(enumerate(sorted(module.lines)), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in group]
        runs.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}")
    jumps = [
        f"{start}->{'exit' if end < 0 else end}"
        for start, end in module.branches
        if start not in module.lines
    ]
    told = [
        f"{name} {', '.join(items)}" for name, items in (("lines", runs), ("jumps", jumps)) if items
    ]
    return "; ".join(told)


def read_floors(project: Mapping[str, Any]) -> list[Floor]:
    """Read the floors from a parsed pyproject.toml."""
    table = project["tool"]["repair-bench"]["coverage"]["floors"]
    return [Floor(tuple(each["modules"]), float(each["percent"])) for each in table]


def main() -> int:
    """Join what the tests' processes measured, and hold it against the floors."""
    coverage = [sys.executable, "-m", "coverage"]
    target = Path(".coverage.json")
    for command in (["combine", "-q"], ["json", "-q", "-o", str(target)]):
        done = subprocess.run([*coverage, *command], check=False)
        if done.returncode != 0:
            return done.returncode
    modules = read_report(json.loads(target.read_bytes()))
    floors = read_floors(tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8")))
    found = list(faults(modules, floors))
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{percent(modules):.1f} % of {len(modules)} modules is covered")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
