"""What reading a register's file costs, against reading it with the `csv` module alone.

    python tests/benchmarks/_register_rows.py [ROWS]

A synthetic file of products from a seed, 12 columns. CPU seconds and the peak of memory, each in a
process of its own; the reading half of `repair-bench import assets`, without the store.
"""

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from app.data.imports import known_headings, mapping_named, open_table, presets, rows

SEED: Final = 20260301
ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
HEADINGS: Final = (
    "Serial number", "Model", "Product type", "IMEI", "Asset tag", "Holder", "Department",
    "Ownership", "Order", "Purchase date", "Seller", "Part number",
)  # fmt: skip
MODELS: Final = (
    ("iPhone 13", "iPhone14,5", "MLPF3KS/A", True),
    ("iPhone 15 Pro", "iPhone16,1", "MTUX3KS/A", True),
    ("iPad (9th generation)", "iPad12,1", "MK2K3KN/A", False),
    ("iPad Pro 11-inch (4th generation)", "iPad14,3", "MNXD3KN/A", True),
    ("MacBook Air (M2, 2022)", "Mac14,2", "MLY33KS/A", False),
    ("MacBook Pro (14-inch, 2023)", "Mac14,9", "MPHE3KS/A", False),
    ("Mac mini (2023)", "Mac14,3", "MMFJ3KS/A", False),
)
FIRST: Final = (
    "Aino",
    "Björn",
    "Cecilia",
    "Dag",
    "Elin",
    "Förnamn",
    "Gun",
    "Hägg",
    "Ines",
    "Jörgen",
)
LAST: Final = ("Alm", "Berg", "Dahl", "Ek", "Fors", "Gran", "Holm", "Lind", "Åberg", "Öst")


def imei(at: int) -> str:
    body = f"{35417803 + at // 10**6}{at % 10**6:06}"
    doubled = [int(each) * (1 + at % 2) for at, each in enumerate(body)]
    return body + str(-sum(each // 10 + each % 10 for each in doubled) % 10)


def products(count: int) -> Iterator[tuple[str, ...]]:
    number = random.Random(SEED)  # noqa: S311 - synthetic rows, the same each time
    start = date(2019, 1, 1)
    for at in range(count):
        model, product_type, part, is_cellular = number.choice(MODELS)
        bought = start + timedelta(days=number.randrange(2500))
        serial, rest = "", at * 7919 + 34**9
        while rest:
            rest, digit = divmod(rest, 34)
            serial += ALPHABET[digit]
        holder = f"{number.choice(FIRST)} {number.choice(LAST)} {number.randrange(20_000)}"
        yield (
            serial, model, product_type, imei(at) if is_cellular else "", f"T-{at:07}", holder,
            f"Förvaltning {number.randrange(60)}", number.choice(("owned", "owned", "leased")),
            f"PO-{number.randrange(count // 20 + 1):06}", bought.isoformat(), "Butiken AB", part,
        )  # fmt: skip


def write(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(products(count))


def plain(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def read(path: Path) -> int:
    table = open_table(path, known=known_headings(presets()))
    mapping = mapping_named(None, "plain")
    taken = 0
    for batch in rows(table, mapping, date(2026, 11, 23)):
        assert not batch.refused, batch.refused[0]
        taken += len(batch.rows)
    return taken


def measure(name: str, path: Path) -> None:
    began = time.process_time()
    count = {"plain": plain, "read": read}[name](path)
    taken = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"what": name, "rows": count, "cpu": round(taken, 2), "mb": peak}))


def main() -> None:
    if len(sys.argv) > 2:
        measure(sys.argv[1], Path(sys.argv[2]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "products.csv"
        write(path, count)
        for name in ("plain", "read") * 3:
            command = [sys.executable, __file__, name, str(path)]
            told = subprocess.run(command, capture_output=True, text=True, check=True)
            sys.stdout.write(f"{told.stdout}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
