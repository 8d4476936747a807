"""The register's table of a million rows, scrolled, against a plain table of the rows that show.

The board as the window makes it, offscreen, 1280 by 800, with pages answered at once: reading them
is the store's business (``register.py``). Every figure is a ratio against a ``QStandardItemModel``
in a plain ``QTableView`` of the same size, rows and columns that holds some windows full of rows,
moved by as much, by turns in one process, in CPU time:

* wheel: three rows further in each frame;
* jump: a place that nobody has seen, its page asked for, made into cells and painted: two frames,
  empty rows and full ones, against two of the plain table;
* memory: what the process holds after all of it, against before.

By hand: ``python -m tests.benchmarks.table``; ``--small`` is what the checks run. Ratios above
their targets are marked; with ``--strict`` they fail.
"""

# ruff: noqa: E402 - a script finds the program, and its neighbours, by the path that it sets

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
sys.path[:0] = [str(HERE), str(ROOT)]
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from _register_rows import products
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from app.domain.products import Asset, Family, Ownership, Purchase
from app.services.office_sight import Ask, Board, RegisterSight
from app.texts import Language, texts
from app.ui.office.painting import office_rows
from app.ui.office.panel import Office
from app.ui.office.view import OfficeView
from app.ui.theme.applying import apply_theme
from app.ui.widgets.paged_model import PAGE
from app.ui.window import install_fonts
from app.ui.wording import Wording

TOTAL: Final = 1_000_000
WHEEL: Final = 3
"""Rows that a step of a wheel moves."""
FLOOR_ROWS: Final = 400
TARGETS: Final = {"wheel": 1.7, "jump": 1.7, "memory": 1.1}


class Shown:
    """The register's board, which answers its own questions."""

    def __init__(self, pages: list[tuple[Asset, ...]], wording: Wording) -> None:
        self._pages = pages
        self._wording = wording
        self.view = OfficeView()
        self.view.resize(1280, 800)
        self._begun = self._sight(0)
        self.view.wanted.connect(self._answer)
        self._answer(0)
        self.view.show()
        self.table: QTableView = self.view.paged.table

    def _sight(self, first: int) -> RegisterSight:
        page = self._pages[first // PAGE % len(self._pages)]
        return RegisterSight(Ask(Board.REGISTER, first=first), TOTAL, page)

    def _answer(self, first: int) -> None:
        office = Office(Ask(Board.REGISTER), self._sight(first), self._begun, ())
        self.view.show_rows(office_rows(office, self._wording))


def plain(like: QTableView, rows: list[Asset]) -> QTableView:
    """A plain table of the same size, rows and columns."""
    model = QStandardItemModel()
    for asset in rows:
        told = (
            asset.serial,
            asset.model,
            asset.holder,
            asset.ownership.value,
            asset.purchase.order,
        )
        model.appendRow([QStandardItem(text) for text in told])
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    view.resize(like.size())
    view.verticalHeader().setVisible(False)
    view.verticalHeader().setDefaultSectionSize(like.rowHeight(0))
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setShowGrid(False)
    for column in range(model.columnCount()):
        view.setColumnWidth(column, like.columnWidth(column))
    view.show()
    return view


def frame(view: QTableView, row: int) -> float:
    """CPU seconds until a row is at the top, painted with all that it asked for."""
    start = time.thread_time()
    view.verticalScrollBar().setValue(row * view.rowHeight(0))
    view.viewport().repaint()
    for _ in range(3):  # asked for after it was painted, answered, painted again
        QApplication.processEvents()  # noqa: TID251 - a frame is what is timed
    return time.thread_time() - start


def ratio(
    ours: QTableView,
    floor: QTableView,
    places: Callable[[int], int],
    frames: int,
    *,
    floor_frames: int = 1,
) -> float:
    """Frames of ours against so many of the floor's each, by turns, p50."""
    own: list[float] = []
    other: list[float] = []
    for number in range(frames):
        own.append(frame(ours, places(number)))
        rows = (number * WHEEL + at * WHEEL for at in range(floor_frames))
        other.append(sum(frame(floor, row % (FLOOR_ROWS // 2)) for row in rows))
    told = [round(statistics.median(values) * 1e3, 2) for values in (own, other)]
    tell(f"  p50 {told[0]} ms, the plain table {told[1]} ms")
    return statistics.median(own) / statistics.median(other)


def megabytes() -> float:
    """What the process holds in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--strict", action="store_true")
    args = parser.parse_args()
    frames = 60 if args.small else 1_000
    app = QApplication([])
    install_fonts()
    apply_theme(app, dark=False)
    assets = [asset(row) for row in products(8 * PAGE)]
    pages = [tuple(assets[at : at + PAGE]) for at in range(0, len(assets), PAGE)]
    board = Shown(pages, Wording(texts(Language.SWEDISH), UTC))
    floor = plain(board.table, assets[:FLOOR_ROWS])
    chance = random.Random(4711)  # noqa: S311 - the same places in every run
    ratio(board.table, floor, lambda _: chance.randrange(TOTAL), 40)  # what first frames load
    before = megabytes()
    ratios = {
        "wheel": ratio(board.table, floor, lambda number: number * WHEEL, frames),
        "jump": ratio(
            board.table, floor, lambda _: chance.randrange(TOTAL), frames, floor_frames=2
        ),
    }
    ratios["memory"] = megabytes() / before
    above = [name for name, value in ratios.items() if value > TARGETS[name]]
    for name, value in ratios.items():
        mark = "ABOVE" if name in above else "within"
        tell(f"{name}: {value:.2f}, {mark} its target of {TARGETS[name]}")
    return 1 if above and args.strict else 0


def asset(row: tuple[str, ...]) -> Asset:
    """A product of a row of the synthetic register."""
    return Asset(
        serial=row[0],
        model=row[1],
        family=Family.IPHONE,
        ownership=Ownership.OWNED,
        tag=row[4],
        holder=row[5],
        department=row[6],
        purchase=Purchase(row[8], date(2024, 1, 15), row[10]),
    )


if __name__ == "__main__":
    sys.exit(main())
