"""The import as the window reaches it: what keeps it from beginning, and what a process says."""

import sys
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from typing import Final

import pytest

from app.commands.window_import import WindowImport
from app.commands.window_import_run import Run
from app.data.onlooking import Onlooker
from app.services.import_sight import (
    WHOLE_ROW,
    FileAsk,
    ImportSight,
    Order,
    Problem,
    RunKind,
    RunSight,
    RunState,
    UnreadableSight,
)
from app.services.ports import StoreFaultError
from app.settings import Settings

PATIENCE: Final = 60
CRASHES: Final = "raise OSError"
SAYS: Final = "import sys; sys.stderr.write('First.\\nThe disk is full.\\n'); sys.exit(1)"
LISTENS: Final = (
    "import json, os; print(json.dumps({'event': 'done', 'read': 1, 'accepted': 1, 'updated': 0,"
    " 'unchanged': 0, 'duplicates': 0, 'refused_rows': 0, 'refused': [], 'removed_rows': 0,"
    " 'removed': [], 'former_rows': 0, 'former': [], 'mapping': '',"
    " 'dry_run': True, 'refused_file': None}))"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "products.csv"
    path.write_text("Serial\nSERNUM12345\n", encoding="utf-8")
    return path


def order(file: Path, kind: RunKind = RunKind.CHECK, **ask: object) -> Order:
    return Order(kind, FileAsk(file, **ask), "lead", "en")  # pyright: ignore[reportArgumentType] - by name


def followed(settings: Settings, wanted: Order, code: str) -> list[RunSight]:
    """What a program that does this instead leads to."""
    told: list[RunSight] = []
    ticks = count()
    program = (sys.executable, "-c", code)
    Run(settings, wanted, "", lambda: next(ticks), program).follow("1004", "", told.append)
    return told


def test_a_process_that_dies_without_a_word_is_told_as_one(tmp_path: Path, file: Path) -> None:
    settings = Settings(tmp_path)
    for code in (CRASHES, "import os; os._exit(3)"):
        (sight,) = followed(settings, order(file), code)
        assert (sight.state, sight.problem) == (
            RunState.FAILED,
            Problem("import_screen.failed.crashed"),
        )


@pytest.mark.parametrize("line", ["Hello.", "7", "{}", '{"event": "progress"}', '{"event": 1}'])
def test_a_process_that_says_something_else_is_ended_and_told(
    tmp_path: Path, file: Path, caplog: pytest.LogCaptureFixture, line: str
) -> None:
    goes_on = f"import threading; print({line!r}, flush=True); threading.Event().wait()"
    (sight,) = followed(Settings(tmp_path), order(file), goes_on)
    assert sight.problem == Problem("import_screen.failed.crashed")
    assert "said what it never does" in caplog.text


def test_what_a_process_says_last_is_what_is_told(tmp_path: Path, file: Path) -> None:
    (sight,) = followed(Settings(tmp_path), order(file), SAYS)
    assert sight.problem == Problem("", text="The disk is full.")


def test_columns_that_were_said_by_hand_are_handed_on_as_they_are(
    tmp_path: Path, file: Path
) -> None:
    wanted = order(file, fields=((0, "serial"),), encoding="utf-8", delimiter=",")
    (sight,) = followed(Settings(tmp_path), wanted, LISTENS)
    assert sight.counts is not None
    assert sight.counts.accepted == 1


@pytest.mark.parametrize("back", [False, True])
def test_rows_that_are_left_out_are_told_with_their_reasons(
    tmp_path: Path, file: Path, *, back: bool
) -> None:
    gone = "[{'row': 2, 'serial': 'S', 'on': '2026-11-20', 'by': str('--bring-back' in sys.argv)}]"
    code = LISTENS.replace("import json", "import sys, json").replace(
        "'removed': []", f"'removed': {gone}"
    )
    wanted = replace(order(file), brings_back=back)
    (sight,) = followed(Settings(tmp_path), wanted, code)
    (row,) = sight.left
    fields = (("serial", "S"), ("on", "2026-11-20"), ("by", str(back)))
    assert (row.row, row.at) == (2, WHOLE_ROW)
    assert row.problem == Problem("import.left.removed", fields)


def test_a_program_that_is_not_there_is_told(tmp_path: Path, file: Path) -> None:
    told: list[RunSight] = []
    Run(Settings(tmp_path), order(file), "", lambda: 0.0, ("/no/such/program",)).follow(
        "", "", told.append
    )
    assert told[0].problem is not None
    assert told[0].problem.key == "import_screen.failed.not_started"


def test_what_was_cancelled_before_it_began_never_begins(tmp_path: Path, file: Path) -> None:
    told: list[RunSight] = []
    run = Run(Settings(tmp_path), order(file), "", lambda: 0.0, ("/no/such/program",))
    run.cancel()
    run.follow("", "", told.append)
    assert [one.state for one in told] == [RunState.CANCELLED]


# ----------------------------------------------------------------------
# Without a bench
# ----------------------------------------------------------------------


@dataclass
class Faulty:
    """A bench whose store cannot be read."""

    error: Exception

    def onlook(self) -> Onlooker:
        raise self.error

    def sync_now(self) -> None:
        """Nothing is synced."""


def first(sights: "SimpleQueue[ImportSight]") -> ImportSight:
    return sights.get(timeout=PATIENCE)


def port(tmp_path: Path, station: object = None, **settings: object) -> WindowImport:
    made = Settings(tmp_path, **settings)  # pyright: ignore[reportArgumentType] - by name
    return WindowImport(made, lambda: station, lambda: "")  # pyright: ignore[reportArgumentType] - a fake


@pytest.mark.parametrize(
    ("station", "looked", "begun"),
    [
        (None, "import_screen.failed.no_store", "import_screen.failed.no_store"),
        (Faulty(StoreFaultError("disk_full")), "fault.disk_full", "fault.disk_full"),
        (
            Faulty(RuntimeError("a defect")),
            "import_screen.failed.look",
            "import_screen.failed.crashed",
        ),
    ],
)
def test_a_bench_that_cannot_be_asked_imports_nothing(
    tmp_path: Path, file: Path, station: Faulty | None, looked: str, begun: str
) -> None:
    made = port(tmp_path, station)
    sights: SimpleQueue[ImportSight] = SimpleQueue()
    made.preview(FileAsk(file), sights.put)
    unreadable = first(sights)
    assert isinstance(unreadable, UnreadableSight)
    assert unreadable.problem.key == looked
    made.begin(order(file), sights.put)
    failed = first(sights)
    assert isinstance(failed, RunSight)
    assert failed.problem is not None
    assert failed.problem.key == begun
    made.close()


def test_cancelling_nothing_keeps_the_next_import_from_nothing(tmp_path: Path, file: Path) -> None:
    made = port(tmp_path)
    made.cancel()
    sights: SimpleQueue[ImportSight] = SimpleQueue()
    made.begin(order(file), sights.put)
    begun = first(sights)
    made.close()
    assert isinstance(begun, RunSight)
    assert (begun.state, begun.problem) == (  # and not cancelled
        RunState.FAILED,
        Problem("import_screen.failed.no_store"),
    )
    assert sights.empty()


@pytest.mark.parametrize(("required", "needed"), [("never", False), ("lead", True)])
def test_a_pin_is_needed_where_the_settings_demand_one(
    tmp_path: Path, required: str, needed: bool
) -> None:
    assert port(tmp_path, pin_required=required).needs_pin() is needed
