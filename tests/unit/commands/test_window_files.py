"""A board as a file: the recall's list and the readiness report, written beside the boards."""

import errno
import importlib
import logging
import os
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from pypdf import PdfReader

from app.commands.window_files import WindowFiles
from app.commands.window_office import WindowOffice
from app.data.store import LocalStore
from app.services.office_sight import (
    FULL,
    NOT_ALLOWED,
    Ask,
    Board,
    FailedSight,
    FileKind,
    FileSight,
    OfficeTold,
    RecallChoicesSight,
    RecallSight,
    Shown,
)
from app.services.recall_sight import RecallAsk, Suspect
from app.texts import Language, texts
from tests.fixtures_store import (
    CountedIds,
    SteppingClock,
    make_store,
    store,
    store_clock,
)
from tests.unit.services.desk import MAC, REGISTERS, TESTER, Desk

if TYPE_CHECKING:
    from app.station import Station

__all__ = ["make_store", "store", "store_clock"]

PATIENCE = 60.0
"""Seconds after which a test that waits has failed."""
BY_TESTER = RecallAsk(Suspect.TESTER, TESTER)
LIST = Ask(Board.RECALL, recall=BY_TESTER)


@dataclass
class DeskStation:
    """A bench whose store is a desk's; a second way to read it cannot be closed."""

    desk: Desk
    lists: int = 0
    open: int = 0

    @property
    def bench(self) -> "DeskStation":
        return self

    def rules(self, reader: object) -> object:
        del reader
        return self._rules

    def __post_init__(self) -> None:
        self._rules = self.desk.rules

    def onlook(self) -> "Opened":
        self.open += 1
        return Opened(self)


@dataclass
class Opened:
    """The desk's store, read by another thread."""

    station: DeskStation

    def __post_init__(self) -> None:
        self._onlooker = self.station.desk.store.onlooker()

    def reading(self) -> object:
        return self._onlooker.reading()

    def recalling(self) -> object:
        self.station.lists += 1
        return self._onlooker.recalling()

    def close(self) -> None:
        self._onlooker.close()
        self.station.open -= 1


@dataclass
class Boards:
    """A window's office over a desk's store."""

    station: DeskStation
    home: Path
    told: "queue.Queue[OfficeTold]" = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        self.office = WindowOffice(lambda: cast("Station", self.station), self.home)

    def look(self, ask: Ask) -> OfficeTold:
        self.office.look(ask, self.told.put)
        return self.told.get(timeout=PATIENCE)

    @property
    def files(self) -> WindowFiles:
        return self.office._files  # pyright: ignore[reportPrivateUsage] - tells that it closes

    def save(
        self,
        ask: Ask,
        kind: FileKind,
        language: Language = Language.ENGLISH,
        target: Path | None = None,
    ) -> FileSight:
        self.office.save(ask, kind, language, self.told.put, target)
        sight = self.told.get(timeout=PATIENCE)
        assert isinstance(sight, FileSight)
        return sight


@pytest.fixture
def boards(store: LocalStore, store_clock: SteppingClock, tmp_path: Path) -> Iterator[Boards]:
    desk = Desk(store, store_clock, CountedIds(lane=9))
    desk.put(*REGISTERS)
    desk.work(MAC)
    desk.fit()
    made = Boards(DeskStation(desk), tmp_path / "home")
    yield made
    made.office.close()
    assert made.station.open == 0


def test_the_list_that_is_shown_is_what_is_written(boards: Boards) -> None:
    assert isinstance(boards.look(Ask(Board.RECALL)), RecallChoicesSight)
    seen = boards.look(LIST)
    assert isinstance(seen, RecallSight)
    (hit,) = seen.found.hits
    csv, pdf = (boards.save(LIST, kind, Language.SWEDISH) for kind in FileKind)
    assert boards.station.lists == 1
    for one, kind in ((csv, FileKind.CSV), (pdf, FileKind.PDF)):
        assert (one.ask, one.kind, one.fault) == (LIST, kind, "")
        assert one.path is not None
        assert one.path.parent == boards.home / "reports"
    assert csv.path is not None
    assert hit.repair.number in csv.path.read_text(encoding="utf-8-sig")
    assert texts(Language.SWEDISH).say("recall.column.repair") in csv.path.read_text("utf-8-sig")
    assert pdf.path is not None
    page = PdfReader(BytesIO(pdf.path.read_bytes())).pages[0].extract_text()
    assert hit.repair.number in page
    assert not list(csv.path.parent.glob("*.part"))


def test_other_rows_of_a_list_do_not_read_it_anew_and_its_beginning_does(boards: Boards) -> None:
    for ask in (LIST, Ask(Board.RECALL, recall=BY_TESTER, shown=Shown.DOUBTFUL)):
        assert isinstance(boards.look(ask), RecallSight)
    assert isinstance(boards.look(Ask(Board.RECALL, recall=BY_TESTER, first=64)), RecallSight)
    assert boards.station.lists == 1
    boards.look(LIST)
    assert boards.station.lists == 2


def test_a_list_that_is_not_held_any_more_is_read_for_the_file(boards: Boards) -> None:
    boards.look(LIST)
    boards.look(Ask(Board.PEOPLE))
    assert boards.save(LIST, FileKind.CSV).fault == ""
    other = RecallAsk(Suspect.TECHNICIAN, "anna")
    boards.look(LIST)
    assert boards.save(Ask(Board.RECALL, recall=other), FileKind.CSV).fault == ""
    assert boards.station.lists == 4


def test_a_list_is_not_held_for_nobody(boards: Boards) -> None:
    boards.office.leave()  # nothing was shown yet
    boards.look(LIST)
    boards.office.leave()
    boards.look(Ask(Board.RECALL, recall=BY_TESTER, first=64))
    assert boards.station.lists == 2


def test_what_cannot_be_recalled_is_told_by_its_code(boards: Boards) -> None:
    ask = Ask(Board.RECALL, recall=RecallAsk(Suspect.TESTER, "gone"))
    assert boards.look(ask) == FailedSight(ask, "tester_unknown", "gone")


def test_the_readiness_report_is_written_in_the_windows_language(boards: Boards) -> None:
    for language in Language:
        told = boards.save(Ask(Board.PROGRAMME), FileKind.PDF, language)
        assert told.path is not None
        assert (told.path.name[:10], told.fault) == ("readiness-", "")
        page = PdfReader(BytesIO(told.path.read_bytes())).pages[0].extract_text()
        assert texts(language).say("report.readiness.title") in page


def test_a_folder_that_takes_no_file_is_told_in_the_systems_words(
    boards: Boards, caplog: pytest.LogCaptureFixture
) -> None:
    boards.home.mkdir()
    (boards.home / "reports").touch()
    boards.look(LIST)
    with caplog.at_level(logging.WARNING, "repair_bench.office"):
        told = boards.save(LIST, FileKind.CSV)
    assert told.path == boards.office.place_of(LIST, FileKind.CSV)
    assert told.fault not in {"", "bug"}
    assert not told.is_coming
    assert len(caplog.records) == 1


def test_a_defect_is_told_as_one_and_stands_in_the_log(
    boards: Boards, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(report: object, words: object) -> bytes:
        raise ValueError(report, words)

    monkeypatch.setattr("app.bootstrap.render_readiness", broken)
    with caplog.at_level(logging.ERROR, "repair_bench.office"):
        told = boards.save(Ask(Board.PROGRAMME), FileKind.PDF)
    assert told.fault == "bug"
    assert len(caplog.records) == 1


@dataclass
class Slowly:
    """A call in place of one that takes long: it has begun, and goes on when the test says so."""

    real: Callable[..., Any]
    begun: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def __call__(self, *told: Any) -> Any:  # noqa: ANN401 - whatever the real one takes
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        return self.real(*told)


@pytest.mark.parametrize(
    ("ask", "kind", "slow"),
    [
        (Ask(Board.PROGRAMME), FileKind.PDF, "app.bootstrap.render_readiness"),
        (LIST, FileKind.PDF, "app.bootstrap.render_recall"),
        (LIST, FileKind.CSV, "app.commands.recall_files.write_table"),
    ],
)
def test_closing_gives_up_what_is_being_written_and_leaves_no_half_file(
    boards: Boards,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    ask: Ask,
    kind: FileKind,
    slow: str,
) -> None:
    module, name = slow.rsplit(".", 1)
    slowly = Slowly(getattr(importlib.import_module(module), name))
    monkeypatch.setattr(slow, slowly)
    boards.look(LIST)
    boards.office.save(ask, kind, Language.ENGLISH, boards.told.put)
    assert slowly.begun.wait(PATIENCE)
    closing = threading.Thread(target=boards.office.close)
    with caplog.at_level(logging.INFO, "repair_bench.office"):
        closing.start()
        while not boards.files._closing.is_set():  # pyright: ignore[reportPrivateUsage] - tells that it closes
            assert closing.is_alive()
        slowly.go_on.set()
        closing.join(PATIENCE)
    assert not closing.is_alive()
    assert boards.told.empty()
    assert not [one for one in boards.home.rglob("*") if one.is_file()]
    assert "given up" in caplog.text


def test_a_board_is_read_and_another_is_written_meanwhile(
    boards: Boards, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app import bootstrap

    slowly = Slowly(bootstrap.render_readiness)
    monkeypatch.setattr("app.bootstrap.render_readiness", slowly)
    boards.office.save(Ask(Board.PROGRAMME), FileKind.PDF, Language.ENGLISH, boards.told.put)
    assert slowly.begun.wait(PATIENCE)
    assert isinstance(boards.look(LIST), RecallSight)
    assert boards.save(LIST, FileKind.CSV).fault == ""
    slowly.go_on.set()
    told = boards.told.get(timeout=PATIENCE)
    assert isinstance(told, FileSight)
    assert (told.ask, told.fault) == (Ask(Board.PROGRAMME), "")


def test_after_the_window_is_closed_nothing_is_written(boards: Boards) -> None:
    boards.look(LIST)
    boards.office.close()
    boards.office.save(LIST, FileKind.CSV, Language.ENGLISH, boards.told.put)
    boards.office.close()
    assert boards.told.empty()


# ----------------------------------------------------------------------
# Where
# ----------------------------------------------------------------------


def test_what_was_written_before_is_never_replaced(boards: Boards) -> None:
    boards.look(LIST)
    first, second, third = (boards.save(LIST, FileKind.CSV).path for _ in range(3))
    assert first is not None
    names = [one.name for one in (first, second, third) if one is not None]
    assert names == [first.name, f"{first.stem}-2.csv", f"{first.stem}-3.csv"]
    assert len(list(first.parent.iterdir())) == 3


def test_two_that_are_written_at_once_get_names_of_their_own(
    boards: Boards, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from app.services import recall_table

    slowly = Slowly(recall_table.write_table)
    monkeypatch.setattr("app.commands.recall_files.write_table", slowly)
    boards.look(LIST)
    target = tmp_path / "chosen.csv"
    boards.office.save(LIST, FileKind.CSV, Language.ENGLISH, boards.told.put)
    assert slowly.begun.wait(PATIENCE)
    offered = boards.office.place_of(LIST, FileKind.CSV)
    for place in (None, target, target):
        boards.office.save(LIST, FileKind.CSV, Language.ENGLISH, boards.told.put, place)
    while len(boards.files._claimed) < 4:  # pyright: ignore[reportPrivateUsage] - tells that all write
        assert threading.active_count() > 1
    slowly.go_on.set()
    told = [boards.told.get(timeout=PATIENCE) for _ in range(4)]
    paths = {one.path for one in told if isinstance(one, FileSight) and not one.fault}
    first = offered.with_name(offered.name.replace("-2.csv", ".csv"))
    assert paths == {first, offered, target, target.with_name("chosen-2.csv")}
    assert all(one is not None and one.is_file() for one in paths)


def test_where_somebody_says_what_is_there_is_replaced(boards: Boards, tmp_path: Path) -> None:
    target = tmp_path / "chosen.csv"
    target.write_text("before")
    boards.look(LIST)
    told = boards.save(LIST, FileKind.CSV, target=target)
    assert (told.path, told.fault) == (target, "")
    assert "before" not in target.read_text("utf-8-sig")
    assert not boards.home.joinpath("reports").exists()


def test_the_name_that_is_offered_is_the_one_that_is_written(boards: Boards) -> None:
    programme = Ask(Board.PROGRAMME)
    early = boards.office.place_of(programme, FileKind.PDF)
    assert early == boards.home / "reports" / "programme.pdf"  # no board was shown: of no day
    assert early.parent.is_dir()
    for ask in (programme, LIST):
        boards.look(ask)
        offered = boards.office.place_of(ask, FileKind.PDF)
        assert boards.save(ask, FileKind.PDF).path == offered
        assert boards.office.place_of(ask, FileKind.PDF) != offered


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ENOSPC, FULL),
        (errno.EROFS, NOT_ALLOWED),
        (errno.EACCES, NOT_ALLOWED),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_disk_that_takes_no_file_is_told_and_what_was_there_stays(
    boards: Boards, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int, fault: str
) -> None:
    target = tmp_path / "chosen.csv"
    target.write_text("old")
    boards.look(LIST)

    def fails(path: Path, *told: object) -> int:
        path.write_text("half")
        raise OSError(number, os.strerror(number), told)

    monkeypatch.setattr("app.commands.recall_files.write_table", fails)
    told = boards.save(LIST, FileKind.CSV, target=target)
    assert (told.path, told.fault) == (target, fault)
    assert target.read_text() == "old"
    assert not list(tmp_path.rglob("*.part"))


def test_before_there_is_a_bench_nothing_is_written(tmp_path: Path) -> None:
    office = WindowOffice(lambda: None, tmp_path)
    told: list[FileSight] = []
    office.save(LIST, FileKind.CSV, Language.ENGLISH, told.append)
    office.close()
    assert told == []
    assert list(tmp_path.iterdir()) == []
