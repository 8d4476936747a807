"""A value typed into the real window over a real bench: asked, refused, confirmed, painted."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.data.store import LocalStore
from app.services.bench import Bench, Listeners
from app.services.playing import badge
from app.ui.state import Stage
from app.ui.widgets.text import Text
from tests.fixtures_store import CountedIds, SteppingClock, make_store, store_clock
from tests.ui.conftest import Open, Opened
from tests.ui.samples import NOW
from tests.unit.services.desk import ANNA, BO, REGISTERS, swedish_programmes

__all__ = ["make_store", "store_clock"]


class AtTheWindow:
    """Two people at one window: what they type, and what they read."""

    def __init__(self, opened: Opened, qtbot: QtBot) -> None:
        self.opened = opened
        self._qtbot = qtbot

    @property
    def code(self) -> str:
        feedback = self.opened.controller.state.feedback
        return feedback.code if feedback is not None else ""

    def types(self, text: str, *, until: str) -> None:
        """Type anywhere, press Enter, and wait for the answer."""
        window = self.opened.window
        QTest.keyClicks(QApplication.focusWidget() or window, text)
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
        self.waits_for(until)

    def waits_for(self, code: str) -> None:
        self._qtbot.waitUntil(lambda: self.code == code, timeout=60_000)

    def reads(self) -> set[str]:
        labels = self.opened.window.findChildren(Text)
        return {one.text() for one in labels if one.isVisible()}


@pytest.fixture
def people(
    open_window: Open,
    qtbot: QtBot,
    make_store: Callable[..., LocalStore],
    store_clock: SteppingClock,
) -> Iterator[AtTheWindow]:
    """A window over a real bench at which Anna and Bo are known."""
    store_clock.moment = NOW
    opened = open_window()

    def opening() -> LocalStore:
        store = make_store()
        assert store.load_registers(REGISTERS) == ()
        return store

    bridge = opened.bridge
    listeners = Listeners(
        bridge.tell_opened,
        lambda outcome, _: bridge.tell_outcome(outcome),
        lambda fault: bridge.tell_fault(fault.code),
        lambda _, error: bridge.tell_fault(str(error)),
        lambda _: None,
    )
    bench = Bench(opening, swedish_programmes(), store_clock, CountedIds(lane=9), listeners)
    opened.controller.attach(_Port(bench))
    bench.start()
    try:
        qtbot.waitUntil(lambda: opened.controller.state.stage is Stage.OPEN, timeout=60_000)
        opened.window.activateWindow()
        yield AtTheWindow(opened, qtbot)
    finally:
        bench.stop()


class _Port:
    """The bench as the window sees it."""

    def __init__(self, bench: Bench) -> None:
        self.command = bench.command
        self.typed = bench.typed
        self.pin = bench.pin
        self.close = bench.stop


def test_a_second_person_opens_the_gate_for_what_was_typed(people: AtTheWindow) -> None:
    people.types(badge(ANNA), until="signed_in")
    people.types("ESD 1,05", until="esd_typed_unreadable")
    people.types("ESD 1,05M", until="esd_typed")
    assert {"Second person: scan your badge", "1.05 MΩ", "Not confirmed"} <= people.reads()
    people.types(badge(ANNA), until="esd_witness_same")
    assert "1.05 MΩ" in people.reads()
    people.types(badge(BO), until="esd_confirmed")
    view = people.opened.controller.state.view
    assert view.person is not None
    assert (view.person.name, view.typed) == ("Anna", None)
    assert "Wrist strap passed for Anna, confirmed by Bo." in people.reads()
    assert "Scan a product" in people.reads()


def test_escape_takes_a_typed_value_back(people: AtTheWindow) -> None:
    people.types(badge(ANNA), until="signed_in")
    people.types("esd 2 Mohm", until="esd_typed")
    QTest.keyClick(people.opened.window, Qt.Key.Key_Escape)
    people.waits_for("esd_typed_dropped")
    assert "Test your wrist strap" in people.reads()
    people.types(badge(BO), until="signed_in")
