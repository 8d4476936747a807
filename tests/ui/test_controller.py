"""Bridge, window and bench bound together."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QThread
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.commands import COMMANDS
from app.domain.frames import DeviceState
from app.services.ports import SyncState
from app.ui.port import ReportDone
from app.ui.shell.status_strip import StripItem
from app.ui.state import Stage
from app.ui.widgets.button import ActionButton, SmallButton
from app.ui.widgets.table import Table
from tests.ui.conftest import Open, Opened
from tests.ui.samples import DEVICES, KGB, NOW, PASSES, STATES, SYNCED, at_repair, outcome
from tests.ui.samples import IN_REPAIR as BEGUN


def from_a_thread(qtbot: QtBot, opened: Opened, *tells: object) -> None:
    """Tell the window from another thread, and wait until it has painted each."""

    def tell() -> None:
        for one in tells:
            match one:
                case DeviceState():
                    opened.bridge.tell_device(one)
                case SyncState():
                    opened.bridge.tell_sync(one)
                case ReportDone():
                    opened.bridge.tell_report(one)
                case str():
                    opened.bridge.tell_fault(one)
                case _:
                    opened.bridge.outcome.emit(one)

    painted: list[QThread] = []
    opened.controller.rendered.connect(lambda: painted.append(QThread.currentThread()))
    thread = threading.Thread(target=tell, name="teller")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(painted) >= len(tells))
    assert {one is opened.window.thread() for one in painted} == {True}


def button(opened: Opened, code: str) -> ActionButton:
    return next(
        one
        for one in opened.window.findChildren(ActionButton)
        if one.code == code and one.isVisible()
    )


def field(opened: Opened) -> QLineEdit:
    return opened.window.findChildren(QLineEdit)[0]


def test_what_a_thread_tells_is_painted_in_the_ui_thread(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    report = ReportDone("r", Path("/r/a.pdf"))
    told = outcome(PASSES, STATES["home"].view)
    from_a_thread(qtbot, opened, DEVICES[0], SYNCED, told, report, "disk_full")
    state = opened.controller.state
    assert state.devices == DEVICES[:1]
    assert (state.sync, state.feedback, state.report) == (SYNCED, PASSES, report)
    assert state.fault is not None


def test_the_opened_store_brings_its_view(open_window: Open) -> None:
    opened = open_window()
    opened.bridge.tell_opened(STATES["home"].view)
    assert opened.controller.state.stage is Stage.OPEN
    assert opened.controller.state.view is STATES["home"].view


def test_a_button_gives_its_command(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    opened.bridge.tell_outcome(outcome(KGB, at_repair(BEGUN)))
    for code in ("READY", "UNDO", "HOME"):
        QTest.mouseClick(button(opened, code), Qt.MouseButton.LeftButton)
    assert opened.bench.commands == ["READY", "UNDO", "HOME"]


def test_both_undo_buttons_undo(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    opened.bridge.tell_outcome(outcome(KGB, at_repair(BEGUN)))
    undos = [
        one
        for one in opened.window.findChildren(ActionButton)
        if one.code == "UNDO" and one.isVisible()
    ]
    for one in undos:
        QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    assert opened.bench.commands == ["UNDO"] * 2


def small(opened: Opened, name: str) -> SmallButton:
    found = opened.window.findChildren(SmallButton)
    return next(one for one in found if one.accessibleName() == name)


def pills(opened: Opened) -> list[StripItem]:
    return [one for one in opened.window.findChildren(StripItem) if one.isVisible()]


def test_the_strip_leads_to_the_devices(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    assert not small(opened, "").isVisible()  # there is nobody to ask yet
    opened.controller.state = STATES["home"]
    opened.controller.render()
    QTest.mouseClick(small(opened, "Devices (F9)"), Qt.MouseButton.LeftButton)
    for pill in pills(opened):  # technician, ESD, scanner, ESD tester, sync
        QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert opened.bench.commands == ["DEVICES"] * 3


def test_a_press_that_ends_beside_a_device_asks_for_nothing(
    open_window: Open, qtbot: QtBot
) -> None:
    opened = open_window()
    opened.controller.state = STATES["home"]
    opened.controller.render()
    pill = pills(opened)[2]
    QTest.mousePress(pill, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(pill, Qt.MouseButton.LeftButton, pos=QPoint(-5, -5))
    QTest.mouseClick(pill, Qt.MouseButton.RightButton)
    assert opened.bench.commands == []


def test_a_symptom_is_a_command(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    opened.controller.state = STATES["repair_symptom"]
    opened.controller.render()
    QTest.mouseClick(button(opened, "SYM02"), Qt.MouseButton.LeftButton)
    assert opened.bench.commands == ["SYM02"]


@pytest.mark.parametrize("code", [code for code, one in COMMANDS.items() if one.shortcut])
def test_every_key_of_the_command_table_gives_its_command(
    open_window: Open, qtbot: QtBot, code: str
) -> None:
    opened = open_window()
    with qtbot.waitActive(opened.window):
        opened.window.activateWindow()
    QTest.keySequence(opened.window, QKeySequence(COMMANDS[code].shortcut))
    assert opened.bench.commands == [code]


def test_no_key_is_one_that_scanners_type() -> None:
    taken = {one.shortcut for one in COMMANDS.values()}
    assert not taken & {"Ctrl+]", "Ctrl+6", "Ctrl+D"}


def test_a_pressed_repair_is_its_scanned_tag(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    opened.controller.state = STATES["home"]
    opened.controller.render()
    opened.window.picture()
    table = next(one for one in opened.window.findChildren(Table) if one.isVisible())
    place = table.visualRect(table.rows_model.index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.bench.texts == ["OR9D2HW81P" + opened.bench.texts[0][-1]]


def test_typing_anywhere_lands_in_the_field_and_enter_hands_it_on(
    open_window: Open, qtbot: QtBot
) -> None:
    opened = open_window()
    with qtbot.waitActive(opened.window):
        opened.window.activateWindow()
    QTest.keyClicks(opened.window, "C")
    QTest.keyClicks(field(opened), "02X ")
    QTest.keyClick(field(opened), Qt.Key.Key_Return)
    QTest.keyClick(field(opened), Qt.Key.Key_Return)
    assert opened.bench.texts == ["C02X"]
    assert field(opened).text() == ""


def test_escape_empties_the_field_before_it_puts_aside(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    with qtbot.waitActive(opened.window):
        opened.window.activateWindow()
    field(opened).setFocus()
    QTest.keyClicks(field(opened), "C02")
    QTest.keyClick(field(opened), Qt.Key.Key_Escape)
    assert (field(opened).text(), opened.bench.commands) == ("", [])
    QTest.keyClick(field(opened), Qt.Key.Key_Escape)
    assert opened.bench.commands == ["HOME"]


def test_keys_without_a_letter_are_left_alone(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    QTest.keyClick(opened.window, Qt.Key.Key_Shift)
    assert field(opened).text() == ""


def test_a_scan_is_answered_whatever_has_the_focus(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    field(opened).setFocus()
    QTest.keyClicks(field(opened), "half a co")
    opened.bridge.tell_outcome(outcome(PASSES, STATES["home"].view))
    assert opened.controller.state.feedback is PASSES
    assert field(opened).text() == "half a co"


def test_a_fault_stays_until_it_is_put_away(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    opened.bridge.tell_fault("disk_full")
    opened.bridge.tell_outcome(outcome(PASSES, STATES["home"].view))
    assert opened.controller.state.fault is not None
    dismiss = next(
        one
        for one in opened.window.findChildren(SmallButton)
        if one.accessibleName() == "Put the message away"
    )
    QTest.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert opened.controller.state.fault is None
    assert not dismiss.isVisible()


def test_another_thread_can_have_a_picture(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    opened = open_window()
    path = tmp_path / "new" / "home.png"
    done: list[threading.Event] = []
    thread = threading.Thread(target=lambda: done.append(opened.bridge.ask_picture(path)))
    thread.start()
    thread.join()
    qtbot.waitUntil(done[0].is_set)
    assert QImage(str(path)).size() == opened.window.size()


def test_a_picture_that_cannot_be_written_is_logged(
    open_window: Open, qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    opened = open_window()
    (tmp_path / "taken.png").mkdir()
    qtbot.waitUntil(opened.bridge.ask_picture(tmp_path / "taken.png").is_set)
    assert "could not be written" in caplog.text


def test_another_thread_can_change_the_look(open_window: Open) -> None:
    opened = open_window("en", "light")
    opened.bridge.ask_look("sv", "dark")
    assert (opened.controller.look.language.value, opened.controller.look.theme) == ("sv", "dark")
    opened.bridge.ask_look()
    assert (opened.controller.look.language.value, opened.controller.look.theme) == ("sv", "dark")
    assert opened.controller.dark


def test_another_thread_can_close_the_window(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window()
    with qtbot.waitSignal(opened.window.closed, timeout=5_000):
        opened.bridge.ask_close()
    assert not opened.window.isVisible()


def test_a_bench_nobody_uses_locks_itself(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window(lock_after_minutes=15)
    idle = opened.controller.idle
    assert not idle.isActive()
    opened.bridge.tell_outcome(outcome(PASSES, STATES["home"].view))
    assert idle.isActive()
    assert idle.interval() == 15 * 60_000
    idle.setInterval(1)
    qtbot.waitUntil(lambda: opened.bench.commands == ["LOCK"])


def test_a_bench_without_anybody_has_nothing_to_lock(open_window: Open, qtbot: QtBot) -> None:
    opened = open_window(lock_after_minutes=15)
    opened.bridge.tell_outcome(outcome(PASSES, STATES["sign_in"].view))
    opened.controller.idle.setInterval(1)
    qtbot.waitUntil(lambda: not opened.controller.idle.isActive())
    assert opened.bench.commands == []


def test_the_system_theme_is_followed_only_where_asked(open_window: Open, qtbot: QtBot) -> None:
    from PySide6.QtGui import QGuiApplication

    opened = open_window("en", "light")
    with qtbot.assertNotEmitted(opened.controller.rendered):
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    opened.bridge.ask_look(theme="system")
    with qtbot.waitSignal(opened.controller.rendered, timeout=5_000):
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)


def test_the_bridge_lives_where_it_was_made(open_window: Open) -> None:
    opened = open_window()
    assert isinstance(opened.bridge, QObject)
    assert opened.bridge.thread() is opened.window.thread()
    assert NOW.tzinfo is not None
