"""The boards' questions: read beside the store's thread, the newest alone while somebody types."""

import logging
import queue
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from app.commands.saved_searches import FILE, read_searches, write_searches
from app.commands.window_office import WindowOffice
from app.domain.products import Family
from app.services.office_sight import (
    Ask,
    Board,
    FailedSight,
    RegisterSight,
    SavedSearch,
    SearchesSight,
    Sight,
)
from app.services.ports import StoreFaultError

if TYPE_CHECKING:
    from app.station import Station

PATIENCE = 60.0
"""Seconds after which a test that waits has failed."""


@dataclass
class FakeStation:
    """A bench whose store opens when it is let; `gate` keeps the first answer back."""

    is_open: bool = True
    gate: threading.Event = field(default_factory=threading.Event)
    opened: int = 0
    closed: int = 0

    @property
    def bench(self) -> "FakeStation":
        return self

    def rules(self, reader: object) -> object:
        return reader

    def onlook(self) -> "FakeStation":
        if not self.is_open:
            raise StoreFaultError("missing")
        self.opened += 1
        return self

    @contextmanager
    def reading(self) -> Generator[str]:
        assert self.gate.wait(PATIENCE)
        yield "reader"

    def close(self) -> None:
        self.closed += 1


@dataclass
class Boards:
    """Boards that ask, and what they are told."""

    station: FakeStation
    office: WindowOffice
    told: "queue.Queue[Sight]" = field(default_factory=queue.Queue)
    asked: list[Ask] = field(default_factory=list[Ask])

    def ask(self, *asks: Ask) -> None:
        for ask in asks:
            self.office.look(ask, self.told.put)

    def answers(self, count: int) -> list[Ask]:
        return [self.told.get(timeout=PATIENCE).ask for _ in range(count)]


@pytest.fixture
def boards(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Boards]:
    station = FakeStation()
    made = Boards(station, WindowOffice(lambda: cast("Station", station), tmp_path))

    def look(reader: object, ask: Ask, rules: object) -> Sight:
        assert reader == rules == "reader"
        made.asked.append(ask)
        if ask.text == "broken":
            raise ValueError("broken")
        return RegisterSight(ask, 0, ())

    monkeypatch.setattr("app.services.office.look", look)
    yield made
    station.gate.set()
    made.office.close()
    assert station.opened == station.closed


def test_of_what_is_typed_in_a_hurry_only_the_last_is_asked(boards: Boards) -> None:
    first, *others = (Ask(Board.REGISTER, text) for text in ("i", "ip", "iph"))
    boards.ask(first, *others)
    boards.station.gate.set()
    assert boards.answers(1)[0] in {first, others[-1]}
    boards.ask(Ask(Board.PEOPLE))
    while boards.answers(1) != [Ask(Board.PEOPLE)]:
        pass  # the one that was typed last, where the first was taken before
    assert others[0] not in boards.asked
    assert boards.station.opened == 1


def test_every_page_of_what_is_shown_is_told_and_none_of_what_was(boards: Boards) -> None:
    pages = [Ask(Board.REGISTER, first=first) for first in (0, 128, 256)]
    others = [replace(one, text="i") for one in pages]
    boards.ask(*pages, *others)
    boards.station.gate.set()
    answers = boards.answers(3)
    while answers[-1] != others[-1]:
        answers += boards.answers(1)
    assert answers[-3:] == others
    assert answers[:-3] in ([], pages[:1])  # the first may have been taken before


def test_a_question_that_fails_is_logged_and_the_next_is_answered(
    boards: Boards, caplog: pytest.LogCaptureFixture
) -> None:
    boards.station.gate.set()
    with caplog.at_level(logging.ERROR, "repair_bench.office"):
        broken = Ask(Board.REGISTER, "broken", first=1)
        boards.ask(broken)
        assert boards.told.get(timeout=PATIENCE) == FailedSight(broken, "bug")
        boards.ask(Ask(Board.PEOPLE))
        assert boards.answers(1) == [Ask(Board.PEOPLE)]
    assert len(caplog.records) == 1


def test_a_store_that_is_not_open_is_asked_again_with_the_next(
    boards: Boards, caplog: pytest.LogCaptureFixture
) -> None:
    boards.station.gate.set()
    boards.station.is_open = False
    early = Ask(Board.PEOPLE, first=1)
    with caplog.at_level(logging.ERROR, "repair_bench.office"):
        boards.ask(early)
        assert boards.told.get(timeout=PATIENCE) == FailedSight(early, "missing")
        boards.office.close()
    boards.station.is_open = True
    boards.ask(Ask(Board.PEOPLE))
    assert boards.answers(1) == [Ask(Board.PEOPLE)]
    assert len(caplog.records) == 1


def test_what_waits_when_the_window_is_closed_is_not_asked(boards: Boards) -> None:
    shown, other = Ask(Board.REGISTER), Ask(Board.REGISTER, first=128)
    telling, held = threading.Event(), threading.Event()

    def told(sight: Sight) -> None:
        boards.told.put(sight)
        telling.set()
        held.wait(PATIENCE)

    boards.station.gate.set()
    boards.office.look(shown, told)
    assert telling.wait(PATIENCE)
    boards.ask(other)
    closing = threading.Thread(target=boards.office.close)
    closing.start()
    while boards.office._newest is not None:  # pyright: ignore[reportPrivateUsage] - tells that it closes
        assert closing.is_alive()
    held.set()
    closing.join(PATIENCE)
    boards.office.close()
    assert boards.asked == boards.answers(1) == [shown]
    assert boards.told.empty()


def test_before_there_is_a_bench_nothing_is_asked(boards: Boards, tmp_path: Path) -> None:
    office = WindowOffice(lambda: None, tmp_path)
    office.look(Ask(Board.PEOPLE), boards.told.put)
    office.close()
    assert boards.told.empty()


# ----------------------------------------------------------------------
# Saved searches
# ----------------------------------------------------------------------

SAVED = (SavedSearch("åäö 98", Family.MAC), SavedSearch("x"))


def test_searches_are_there_again_at_the_next_start(boards: Boards, tmp_path: Path) -> None:
    other = WindowOffice(lambda: None, tmp_path)
    told: queue.Queue[SearchesSight] = queue.Queue()
    boards.office.saved_searches(told.put)
    boards.office.keep_searches(SAVED)
    boards.office.close()  # what is to be kept is
    other.saved_searches(told.put)
    other.keep_searches(())
    other.saved_searches(told.put)
    other.close()
    assert [told.get_nowait().saved for _ in range(3)] == [(), SAVED, ()]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", ()),
        (b"{", ()),
        (b"{}", ()),
        (b"[" * 10_000, ()),
        (b"\xff\xfe", ()),
        (b'["x", 7, null, {}, {"text": 3}]', ()),
        (b'[{"text": "a", "family": "planet"}, {"text": "b"}]', ("a", "b")),
        (b'[{"text": "' + b"x" * 81 + b'"}]', ()),
        (b"[" + b'{"text": "a"},' * 9 + b'{"text": "b"}]', ("a",) * 5),
        (b" " * 10_001, ()),
    ],
)
def test_a_file_that_somebody_changed_is_read_as_far_as_it_can_be(
    tmp_path: Path, raw: bytes, found: tuple[str, ...]
) -> None:
    (tmp_path / FILE).write_bytes(raw)
    assert tuple(one.text for one in read_searches(tmp_path)) == found


def test_a_home_that_takes_no_file_is_told_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "repair_bench.office"):
        (tmp_path / "file").touch()
        write_searches(tmp_path / "file", SAVED)
    assert "cannot be written" in caplog.text
