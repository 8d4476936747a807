"""Scans while a register that came by sync is tidied (docs/adr/0018).

Products lie over the base, as sync brings them, on the encrypted store. A process of its own puts
them into a base, takes them out of the database and gives its pages back to the disk; a scanner
scans all the while. Told are the scans' way from the last byte on the wire to the durable entry,
p50 and p99, against an idle store in the same run, before it or after, whichever was quieter; and
what the database takes of the disk, before and after: the scans' own entries stay in it, and free
pages, against those from which they are given back.

By hand: ``python -m tests.benchmarks.tidy --rows 50000``; ``--small`` is what the checks run.
Ratios above their targets are marked; with ``--strict`` they fail.
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

from _register_rows import products
from _rig import KEY, Rig, organisation, over
from register import ended, late, one_scan, ready, tell, tell_scans

from app.bootstrap import SystemClock, SystemIds
from app.data.engine import PAGE
from app.data.opening import create_store, open_store
from app.data.shrinking import WORTH
from app.services.ports import RegisterRow

TARGETS: Final = {"scans meanwhile p50": 4.0, "scans meanwhile p99": 60.0, "free pages": 1.0}
FIELDS: Final = ("serial", "model", "product_type", "", "tag", "holder", "department")
_AT_ONCE: Final = 1_000


def filled(folder: Path, rows: int) -> list[str]:
    """A store with products that no file brought; their serials."""
    create_store(folder / "bench.db", KEY, SystemClock(), SystemIds()).close()
    serials: list[str] = []
    with open_store(folder / "bench.db", KEY, SystemClock(), SystemIds()) as store:
        store.load_registers(organisation())
        page: list[RegisterRow] = []
        for number, row in enumerate(products(rows), 1):
            value: dict[str, object] = dict(zip(FIELDS, row[:7], strict=True))
            imei = value.pop("")
            value["imeis"] = [imei] if imei else []
            serials.append(row[0])
            page.append(RegisterRow("assets", row[0], value))
            if len(page) == _AT_ONCE or number == rows:
                store.load_registers(page)
                page.clear()
    return serials


def tidied(rig: Rig, folder: Path) -> tuple[float, list[float]]:
    """Tidy in a process of its own, scanning all the while; its CPU, and the scans."""
    command = [sys.executable, str(HERE / "_register_tidy.py"), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        scans: list[float] = []
        while not ended(process.pid):
            scans.append(one_scan(rig, len(scans)))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said = process.stdout.read() if process.stdout is not None else ""
    if process.returncode != 0 or said == "0\n":
        raise SystemExit(f"nothing is tidied: {said}")
    return usage.ru_utime + usage.ru_stime, scans


def size(folder: Path) -> tuple[int, int]:
    """Bytes of the database, and those of them that nothing is in."""
    with open_store(folder / "bench.db", KEY, SystemClock(), SystemIds()) as store:
        (free,) = store.database.bare.execute("PRAGMA freelist_count").fetchall()
    return (folder / "bench.db").stat().st_size, free[0] * PAGE


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--strict", action="store_true")
    args = parser.parse_args()
    rows, count = (2_500, 60) if args.small else (args.rows, 500)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        serials = filled(folder, rows)
        taken = (folder / "bench.db").stat().st_size
        with over(folder, serials[:10_000]) as rig:
            ready(rig)
            before = [one_scan(rig, number) for number in range(count)]
            start = time.perf_counter()
            cpu, meanwhile = tidied(rig, folder)
            whole = time.perf_counter() - start
            after = [one_scan(rig, number) for number in range(count)]
        left, free = size(folder)
    tell(f"{rows} products tidied in {whole:.0f} s, {cpu:.1f} s CPU")
    tell(f"the database: {taken / 1e6:.1f} MB before, {left / 1e6:.1f} MB after, free {free}")
    for told, values in (
        ("idle before", before),
        ("idle after", after),
        ("meanwhile", meanwhile),
    ):
        tell_scans(told, values)
    ratios = {
        "scans meanwhile p50": statistics.median(meanwhile)
        / min(map(statistics.median, (before, after))),
        "scans meanwhile p99": late(meanwhile) / min(map(late, (before, after))),
        "free pages": free / (WORTH * PAGE),
    }
    above = [name for name, ratio in ratios.items() if ratio > TARGETS[name]]
    for name, ratio in ratios.items():
        mark = "ABOVE" if name in above else "within"
        tell(f"{name}: {ratio:.2f}, {mark} its target of {TARGETS[name]}")
    return 1 if above and args.strict else 0


if __name__ == "__main__":
    sys.exit(main())
