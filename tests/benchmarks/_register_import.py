"""Imports a file of products into a store, in a process of its own: ``FOLDER FILE``."""

# ruff: noqa: E402 - a script finds the program, and its neighbours, by the path that it sets

import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from _rig import KEY

from app.bootstrap import SystemClock, SystemIds
from app.data.imports import fit, known_headings, mapping_named, open_table, presets, rows
from app.data.opening import open_store
from app.services.importing import ImportFile


def main() -> None:
    folder, path = Path(sys.argv[1]), Path(sys.argv[2])
    today = SystemClock().now().date()
    table = open_table(path, known=known_headings(presets()))
    mapping = mapping_named(None, "plain")
    file = ImportFile(path.name, "0" * 64, mapping.name, "bench")
    with open_store(folder / "bench.db", KEY, SystemClock(), SystemIds()) as store:
        gives = fit(table, mapping, today).gives
        counts = store.importing().run(file, rows(table, mapping, today), gives)
    sys.stdout.write(f"{counts.accepted + counts.updated} {counts.refused}\n")


if __name__ == "__main__":
    main()
