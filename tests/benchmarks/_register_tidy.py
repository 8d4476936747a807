"""Tidies the register of a store, in a process of its own: ``FOLDER``."""

# ruff: noqa: E402 - a script finds the program, and its neighbours, by the path that it sets

import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from _rig import KEY

from app.bootstrap import SystemClock, SystemIds
from app.data.opening import open_store


def main() -> None:
    folder = Path(sys.argv[1])
    with open_store(folder / "bench.db", KEY, SystemClock(), SystemIds()) as store:
        products = store.compact(least=1)
    sys.stdout.write(f"{products}\n")


if __name__ == "__main__":
    main()
