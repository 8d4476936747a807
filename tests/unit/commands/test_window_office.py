"""The boards' questions: asked between two scans, the newest alone while somebody types."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from app.commands.window_office import WindowOffice
from app.services.office_sight import Ask, Board, RegisterSight, Sight

if TYPE_CHECKING:
    from app.station import Station

Question = Callable[[Any, Any], Sight | None]


@dataclass
class SlowBench:
    """A bench that answers when it is told to."""

    waiting: list[tuple[Question, "Future[Sight | None]"]] = field(
        default_factory=list[tuple[Question, "Future[Sight | None]"]]
    )

    @property
    def bench(self) -> "SlowBench":
        return self

    def ask(self, question: Question) -> "Future[Sight | None]":
        future: Future[Sight | None] = Future()
        self.waiting.append((question, future))
        return future

    def answer(self) -> None:
        for question, future in self.waiting:
            try:
                future.set_result(question(None, None))
            except ValueError as error:
                future.set_exception(error)
        self.waiting.clear()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Ask]:
    """What the store is really asked."""
    seen: list[Ask] = []

    def look(reader: object, ask: Ask, rules: object) -> Sight:
        del reader, rules
        seen.append(ask)
        if ask.text == "broken":
            raise ValueError("broken")
        return RegisterSight(ask, 0, ())

    monkeypatch.setattr("app.services.office.look", look)
    return seen


def office_of(bench: SlowBench | None) -> WindowOffice:
    return WindowOffice(lambda: cast("Station | None", bench))


def test_of_what_is_typed_in_a_hurry_only_the_last_is_asked(asked: list[Ask]) -> None:
    bench, told = SlowBench(), list[Sight]()
    office = office_of(bench)
    for text in ("i", "ip", "iph"):
        office.look(Ask(Board.REGISTER, text), told.append)
    bench.answer()
    assert [ask.text for ask in asked] == ["iph"]
    assert [sight.ask.text for sight in told] == ["iph"]


def test_a_page_further_down_is_always_told(asked: list[Ask]) -> None:
    bench, told = SlowBench(), list[Sight]()
    office = office_of(bench)
    for first in (0, 128, 256):
        office.look(Ask(Board.REGISTER, first=first), told.append)
    bench.answer()
    assert [ask.first for ask in asked] == [0, 128, 256]
    assert len(told) == 3


def test_a_question_that_fails_is_logged_and_told_nobody(
    asked: list[Ask], caplog: pytest.LogCaptureFixture
) -> None:
    bench, told = SlowBench(), list[Sight]()
    office = office_of(bench)
    with caplog.at_level(logging.ERROR, "repair_bench.office"):
        office.look(Ask(Board.REGISTER, "broken"), told.append)
        bench.answer()
    assert told == []
    assert len(asked) == len(caplog.records) == 1


def test_a_bench_that_ends_answers_no_more(asked: list[Ask]) -> None:
    bench, told = SlowBench(), list[Sight]()
    office_of(bench).look(Ask(Board.PEOPLE), told.append)
    ((_, future),) = bench.waiting
    assert future.cancel()
    assert future.cancelled()
    assert (asked, told) == ([], [])


def test_before_there_is_a_bench_nothing_is_asked(asked: list[Ask]) -> None:
    told = list[Sight]()
    office_of(None).look(Ask(Board.PEOPLE), told.append)
    assert (asked, told) == ([], [])
