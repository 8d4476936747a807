"""The import from the key to the register: the real window, port, process, file and store."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.commands.init import sample_rows
from app.commands.telling import BridgeTold
from app.commands.window_import import WindowImport
from app.services.import_sight import RunKind, RunState
from app.services.playing import badge
from app.settings import Settings
from app.station import Station
from app.texts import Language
from app.ui.office.importing.panel import Importing, Step
from app.ui.office.importing.view import ImportView
from tests.ui.conftest import Open, Opened

LEAD: Final = "1004"
PATIENCE_MS: Final = 60_000
FILE: Final = "Nummer;Vad\nSERNUM12345;MacBook Air\nSERNUMO2346;iPad 10\n"


@dataclass
class Whole:
    """A window with a real bench behind it, and a lead at it."""

    opened: Opened
    station: Station
    qtbot: QtBot

    @property
    def state(self) -> Importing:
        return self.opened.controller.state.importing or Importing()

    def wait(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=PATIENCE_MS)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        QTest.keyClick(self.opened.window, key, modifier)

    def ended(self, kind: RunKind) -> None:
        def is_over() -> bool:
            run = self.state.run
            return run is not None and run.order.kind is kind and run.state is RunState.DONE

        self.wait(is_over)


@pytest.fixture
def whole(open_window: Open, qtbot: QtBot, tmp_path: Path) -> Iterator[Whole]:
    settings = Settings(tmp_path / "home")
    bootstrap.make_home(settings, "file", lambda: "")
    with bootstrap.open_store(settings, lambda: "") as store:
        store.load_registers(sample_rows())
    opened = open_window()
    station = Station(settings, BridgeTold(opened.bridge), lambda: "", lambda: Language.ENGLISH)
    port = WindowImport(settings, lambda: station, lambda: "")
    opened.controller.attach(station)
    opened.controller.importing.attach(port, opened.bridge.tell_import)
    station.start()
    yield Whole(opened, station, qtbot)
    port.close()
    station.close()


def test_a_lead_imports_a_file_by_keys_alone(whole: Whole, tmp_path: Path) -> None:
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    path = tmp_path / "products.csv"
    path.write_text(FILE, encoding="utf-8")
    whole.station.typed(badge(LEAD))
    whole.wait(lambda: whole.opened.controller.state.view.person is not None)
    whole.key(Qt.Key.Key_F9, shift)
    whole.wait(lambda: whole.opened.controller.state.importing is not None)
    whole.opened.controller.importing.open_file(str(path))
    whole.wait(lambda: whole.state.preview is not None)
    assert not whole.state.can_check
    view = whole.opened.window.findChild(ImportView)
    assert isinstance(view, ImportView)
    QTest.keyClick(view.columns.table, Qt.Key.Key_Return)
    QTest.keyClicks(view.columns.options, "Ser")
    QTest.keyClick(view.columns.options, Qt.Key.Key_Return)
    whole.wait(lambda: whole.state.can_check)
    whole.key(Qt.Key.Key_F6, none)
    whole.ended(RunKind.CHECK)
    assert whole.state.step is Step.CHECK
    whole.key(Qt.Key.Key_F6, none)
    whole.ended(RunKind.IMPORT)
    run = whole.state.run
    assert run is not None
    assert run.counts is not None
    assert (run.counts.accepted, run.counts.refused) == (1, 1)
    whole.station.typed("SERNUM12345")
    whole.wait(lambda: whole.opened.controller.state.view.product is not None)
    card = whole.opened.controller.state.view.product
    assert card is not None
    assert card.asset is not None
    assert card.asset.serial == "SERNUM12345"
    assert whole.opened.controller.state.importing is None
