"""A PIN in the window: hidden while it is typed, given apart from what is scanned, forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.services.views import Screen
from app.ui.painting import picture_of
from app.ui.screens.sign_in.viewmodel import SignInRows
from app.ui.shell.type_field import TypeField
from app.ui.wording import Wording
from tests.ui.conftest import Open, Opened
from tests.ui.pin_samples import ASKED, PIN_STATES, WAIT
from tests.ui.samples import NOW, STATES, TYPED, outcome

LATE = NOW + timedelta(seconds=91)


def field(opened: Opened) -> TypeField:
    (found,) = opened.window.findChildren(TypeField)
    return found


def asked(open_window: Open, name: str = "pin") -> Opened:
    opened = open_window()
    opened.controller.state = PIN_STATES[name]
    opened.controller.render()
    return opened


@pytest.mark.parametrize("name", ["pin", "pin_wrong", "pin_choose", "pin_of_the_next"])
def test_what_is_typed_is_hidden_while_a_pin_is_asked_for(name: str, english: Wording) -> None:
    switches = picture_of(PIN_STATES[name], english, NOW, dark=False).frame.switches
    assert switches.secret
    assert switches.type_here.startswith(("PIN of ", "New PIN of "))
    after = picture_of(PIN_STATES[name], english, LATE, dark=False).frame
    assert not after.switches.secret
    assert after.answer.sentence == "Nobody typed the PIN in time. It is no longer asked for."


def test_the_pin_of_who_confirms_goes_with_the_value(english: Wording) -> None:
    state = PIN_STATES["pin_of_who_confirms"]
    last = picture_of(state, english, TYPED.until, dark=False).frame
    assert last.switches.secret
    after = picture_of(state, english, TYPED.until + timedelta(seconds=1), dark=False).frame
    assert not after.switches.secret
    assert after.answer.sentence == "Nobody confirmed the typed value in time. It is not used."


@pytest.mark.parametrize("name", ["pin_locked", "sign_in", "home"])
def test_nothing_is_hidden_otherwise(name: str, english: Wording) -> None:
    assert not picture_of(STATES[name], english, NOW, dark=False).frame.switches.secret


def test_the_sign_in_screen_asks_for_the_pin_by_name(english: Wording) -> None:
    rows = picture_of(PIN_STATES["pin"], english, NOW, dark=False).rows
    assert isinstance(rows, SignInRows)
    assert (rows.prompt.icon, rows.prompt.text) == ("lock", f"PIN of {WAIT.name}")
    late = picture_of(PIN_STATES["pin"], english, LATE, dark=False).rows
    assert isinstance(late, SignInRows)
    assert late.prompt.icon == "badge"


def test_a_typed_pin_is_given_as_a_pin_and_never_as_a_scan(open_window: Open, qtbot: QtBot) -> None:
    opened = asked(open_window)
    assert field(opened).echoMode() is QLineEdit.EchoMode.Password
    with qtbot.waitActive(opened.window):
        opened.window.activateWindow()
    QTest.keyClicks(field(opened), "2580")
    assert field(opened).displayText() != "2580"
    QTest.keyClick(field(opened), Qt.Key.Key_Return)
    assert (opened.bench.pins, opened.bench.texts) == (["2580"], [])
    assert field(opened).text() == ""


def test_what_was_typed_before_the_pin_was_asked_for_is_its_beginning(open_window: Open) -> None:
    opened = open_window()
    opened.controller.state = STATES["sign_in"]
    opened.controller.render()
    QTest.keyClicks(field(opened), "25")
    opened.bridge.tell_outcome(outcome(ASKED, PIN_STATES["pin"].view))
    QTest.keyClicks(field(opened), "80")
    QTest.keyClick(field(opened), Qt.Key.Key_Return)
    assert opened.bench.pins == ["2580"]


def test_what_is_left_of_a_pin_is_never_shown(open_window: Open) -> None:
    opened = asked(open_window)
    QTest.keyClicks(field(opened), "258")
    view = replace(PIN_STATES["pin"].view, pin=None, screen=Screen.SIGN_IN)
    opened.bridge.tell_outcome(outcome(ASKED, view))
    assert field(opened).text() == ""
    assert field(opened).echoMode() is QLineEdit.EchoMode.Normal
    QTest.keyClicks(field(opened), "C02")
    QTest.keyClick(field(opened), Qt.Key.Key_Return)
    assert (opened.bench.texts, opened.bench.pins) == (["C02"], [])
