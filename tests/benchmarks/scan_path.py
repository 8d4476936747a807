"""From the last byte on the wire to the committed entry, to the painted answer; and the start.

Every figure is a ratio against a floor of the same run, so that it holds on any machine:

* commit: a scan's way from the last byte on a pseudo-terminal to its durable entry, against one
  bare durable commit of one row by the raw driver to the same encrypted database, at 10,000
  products;
* paint: from the commit to the painted answer at p95, against one frame of 16.7 ms, offscreen;
* start: first paint, and ready for a scan, against the first paint of an empty PySide6 window.

By hand: ``python -m tests.benchmarks.scan_path``; ``--small`` is what the checks run. Ratios above
their targets are marked; with ``--strict`` they fail.
"""

# ruff: noqa: E402 - a script finds the program, and its neighbours, by the path that it sets

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
sys.path[:0] = [str(HERE), str(ROOT)]

from _rig import Rig, rig

from app.services.playing import badge

FRAME_SECONDS: Final = 1 / 60
CACHE: Final = Path(tempfile.gettempdir()) / "repair-bench-bytecode"
TARGETS: Final = {"commit": 4.0, "paint": 1.0, "first paint": 1.5, "ready for a scan": 4.0}

EMPTY_WINDOW: Final = """
import sys, time
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        sys.stdout.write(f"{time.time()!r}\\n"); sys.stdout.flush()
        QApplication.quit()
app = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""


def commit_ratio(rounds: int, products: int) -> float:
    """The way of a scan against a bare commit, in turns."""
    with rig(products) as parts:
        parts.start()
        parts.answers.wait_ready()
        parts.scanner.scan(badge("1001"))
        parts.answers.wait_for(1)
        bare, scans = _in_turns(parts, rounds)
    floor, middle = statistics.median(bare), statistics.median(scans)
    last = sorted(scans)[int(len(scans) * 0.99)]
    us = [round(value * 1e6) for value in (floor, middle, last)]
    tell(f"bare durable commit {us[0]} us, scan {us[1]} us, p99 {us[2]} us")
    return middle / floor


def _in_turns(parts: Rig, rounds: int) -> tuple[list[float], list[float]]:
    """A bare commit, then a scan, on the same connection: another one's would empty its cache."""
    bare: list[float] = []
    scans: list[float] = []
    raw = parts.timed.inner.database.bare
    raw.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, raw TEXT)")

    def one_bare(text: str) -> None:
        start = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO bare (raw) VALUES (?)", (text,))
        raw.execute("COMMIT")
        bare.append(time.perf_counter() - start)

    for number in range(rounds):
        parts.bench.call(lambda _, text=f"{number:020}": one_bare(text)).result()
        start = time.perf_counter()
        parts.scanner.scan(parts.names[number % len(parts.names)])
        parts.answers.wait_for(number + 2)
        scans.append(parts.timed.committed[-1] - start)
    return bare, scans


def paint_ratio(rounds: int) -> float:
    """From the commit to the painted answer, at p95, against one frame."""
    command = [sys.executable, str(HERE / "_window.py"), str(rounds)]
    seconds = sorted(_numbers(command, _around()))
    late = seconds[int(len(seconds) * 0.95)]
    tell(f"commit to paint p50 {statistics.median(seconds) * 1e3:.1f} ms, p95 {late * 1e3:.1f} ms")
    return late / FRAME_SECONDS


def start_ratios(rounds: int) -> tuple[float, float]:
    """First paint, and ready for a scan, against an empty window, in turns."""
    empty: list[float] = []
    paint: list[float] = []
    ready: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        around = _around(REPAIR_BENCH_HOME=home)
        init = [sys.executable, "-m", "app", "init", "--demo-data", "--key", "file"]
        subprocess.run(init, env=around, cwd=ROOT, check=True, capture_output=True)
        _since_start([sys.executable, str(HERE / "_start.py")], around)  # compiles what it imports
        for _ in range(rounds):
            empty += _since_start([sys.executable, "-c", EMPTY_WINDOW], around)
            first, taken = _since_start([sys.executable, str(HERE / "_start.py")], around)
            paint.append(first)
            ready.append(taken)
    floor = statistics.median(empty)
    first, taken = statistics.median(paint), statistics.median(ready)
    tell(
        f"empty window {floor * 1e3:.0f} ms, ours {first * 1e3:.0f} ms, ready {taken * 1e3:.0f} ms"
    )
    return first / floor, taken / floor


def _since_start(command: list[str], around: dict[str, str]) -> list[float]:
    start = time.time()
    return [moment - start for moment in _numbers(command, around)]


def _numbers(command: list[str], around: dict[str, str]) -> list[float]:
    done = subprocess.run(
        command, env=around, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return [float(line) for line in done.stdout.split()]


def _around(**more: str) -> dict[str, str]:
    """The environment of a process that is measured.

    A program that somebody uses is compiled once; a test environment may forbid that, and every
    start would be a compilation. So the measured processes share a cache of their own.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    here = {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    return {**kept, **here, "PYTHONPYCACHEPREFIX": str(CACHE), **more}


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--strict", action="store_true")
    args = parser.parse_args()
    scans, starts = (60, 3) if args.small else (500, 11)
    ratios = {"commit": commit_ratio(scans, 10_000), "paint": paint_ratio(scans)}
    ratios["first paint"], ratios["ready for a scan"] = start_ratios(starts)
    above = [name for name, ratio in ratios.items() if ratio > TARGETS[name]]
    for name, ratio in ratios.items():
        mark = "ABOVE" if name in above else "within"
        tell(f"{name}: {ratio:.2f}, {mark} its target of {TARGETS[name]}")
    return 1 if above and args.strict else 0


if __name__ == "__main__":
    sys.exit(main())
