"""Keys held back from a window and given back to it: real events, with stamps of their own."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.commands import COMMANDS
from app.ui.wedge.capture import Capture
from app.ui.wedge.decoding import decode
from app.ui.wedge.layout import load_layout
from app.ui.wedge.recognition import Burst, Recogniser, Rules
from app.ui.wedge.sight import X11_OFFSET, key_of, stroke_of
from tests.ui.conftest import Open
from tests.ui.wedge_typing import Chord, chords

US, SE = load_layout("us"), load_layout("se")
ENTER, CTRL, ALTGR, A, B, Z = 28, 29, 100, 30, 48, 44
_KEYS = {
    ENTER: Qt.Key.Key_Return,
    CTRL: Qt.Key.Key_Control,
    ALTGR: Qt.Key.Key_AltGr,
    A: Qt.Key.Key_A,
    Z: Qt.Key.Key_Z,
    57: Qt.Key.Key_Space,
    14: Qt.Key.Key_Backspace,
}
_TEXTS = {ENTER: "\r", 14: "\b", CTRL: "", ALTGR: ""}


def key_event(kind: QEvent.Type, chord: Chord, at: int, *, repeat: bool = False) -> QKeyEvent:
    """The event of a key under a Swedish layout."""
    glyph = SE.glyph(chord.code, shift=chord.shift, altgr=chord.altgr)
    text = "" if glyph is None or glyph.dead or chord.ctrl else glyph.text
    held = Qt.KeyboardModifier.NoModifier
    if chord.shift:
        held |= Qt.KeyboardModifier.ShiftModifier
    if chord.ctrl:
        held |= Qt.KeyboardModifier.ControlModifier
    key = _KEYS.get(chord.code, Qt.Key.Key_unknown)
    text = _TEXTS.get(chord.code, text)
    event = QKeyEvent(kind, key, held, chord.code + X11_OFFSET, 0, 0, text, repeat)
    event.setTimestamp(at)
    return event


@dataclass
class Desk:
    """A window with a field, a button and a shortcut, and what reached them."""

    window: QWidget
    line: QLineEdit
    button: QPushButton
    capture: Capture
    bursts: list[str] = field(default_factory=list[str])
    whole: list[bool] = field(default_factory=list[bool])
    seen: list[str] = field(default_factory=list[str])

    def send(self, event: QEvent) -> bool:
        QCoreApplication.sendEvent(self.window.windowHandle(), event)
        return event.isAccepted()

    def press(self, chord: Chord, at: int, *, repeat: bool = False) -> None:
        """As Qt does: a key asks first whether it may fire a shortcut."""
        asked = key_event(QEvent.Type.ShortcutOverride, chord, at, repeat=repeat)
        asked.ignore()
        self.send(asked)
        self.send(key_event(QEvent.Type.KeyPress, chord, at, repeat=repeat))

    def release(self, chord: Chord, at: int) -> None:
        self.send(key_event(QEvent.Type.KeyRelease, chord, at))

    def tap(self, code: int, at: int, held: int = 60) -> None:
        self.press(Chord(code), at)
        self.release(Chord(code), at + held)

    def scan(self, text: str, at: int = 10_000, pace: int = 6) -> int:
        for chord in chords(text, US):
            for code in chord.modifiers:
                self.press(Chord(code), at)
            self.press(chord, at)
            self.release(chord, at + 2)
            for code in chord.modifiers:
                self.release(Chord(code), at + 2)
            at += pace
        return at


Make = Callable[..., Desk]


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot) -> Make:
    """Make desks; each is closed after the test."""

    def made(rules: Rules | None = None, **more: Callable[[], bool]) -> Desk:
        window = QWidget()
        qtbot.addWidget(window)
        line, button = QLineEdit(window), QPushButton("press", window)
        button.move(0, 60)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        capture = Capture(window, Recogniser(rules or Rules()), **more)
        desk = Desk(window, line, button, capture)

        def heard(burst: Burst) -> None:
            desk.bursts.append(decode(burst.strokes, US).text)
            desk.whole.append(burst.whole)

        capture.scanned.connect(heard)
        button.clicked.connect(lambda: desk.seen.append("clicked"))
        line.returnPressed.connect(lambda: desk.seen.append("entered"))
        line.setFocus()
        return desk

    return made


@pytest.mark.parametrize("text", ["C02XK0ABJGH5", "A B C D E", "]E0[)>\x1e06\x1dP6\x1e\x04"])
def test_a_scan_reaches_neither_field_nor_button(desk: Make, text: str) -> None:
    here = desk()
    at = here.scan(f"{text}\r")
    here.button.setFocus()
    here.scan(f"{text}\r", at + 1000)
    assert (here.bursts, here.whole) == ([text, text], [True, True])
    assert (here.line.text(), here.seen) == ("", [])


def test_a_person_s_key_comes_back_after_the_wait(desk: Make, qtbot: QtBot) -> None:
    here = desk()
    here.press(Chord(A), 10_000)
    assert here.line.text() == ""
    qtbot.waitUntil(lambda: here.line.text() == "a")
    assert here.bursts == []


def test_keys_that_were_held_back_come_in_order_with_what_was_held_beside_them(
    desk: Make, qtbot: QtBot
) -> None:
    here = desk()
    here.press(Chord(A, shift=True), 10_000)
    here.press(Chord(B), 10_020)
    here.press(Chord(53, shift=True), 10_035)
    here.press(Chord(11, altgr=True), 10_050)
    qtbot.waitUntil(lambda: here.line.text() == "Ab_}")


def test_a_held_key_repeats(desk: Make) -> None:
    here = desk()
    here.press(Chord(A), 10_000)
    for at in range(10):
        here.press(Chord(A), 10_400 + 20 * at, repeat=True)
    assert here.line.text() == "a" * 11


def test_return_space_and_backspace_of_a_person_do_what_they_do(desk: Make, qtbot: QtBot) -> None:
    here = desk()
    here.tap(A, 10_000)
    here.tap(14, 10_100)
    here.tap(ENTER, 10_200)
    assert (here.line.text(), here.seen) == ("", ["entered"])
    here.button.setFocus()
    here.tap(57, 10_400)
    assert here.seen == ["entered", "clicked"]


def test_a_click_elsewhere_gives_back_at_once(desk: Make) -> None:
    here = desk()
    here.press(Chord(A), 10_000)
    place = QPointF(1, 1)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    pressed = QMouseEvent(QEvent.Type.MouseButtonPress, place, place, left, left, none)
    here.send(pressed)
    assert here.line.text() == "a"


def test_an_event_without_a_stamp_is_left_alone(desk: Make) -> None:
    here = desk()
    here.press(Chord(A), 0)
    assert here.line.text() == "a"


def test_where_a_secret_is_typed_nothing_is_held_back(desk: Make) -> None:
    here = desk(listens=lambda: False)
    here.scan("C02XK0ABJGH5")
    assert (here.line.text(), here.bursts) == ("C02XK0ABJGH5", [])


def test_a_field_for_scans_takes_a_short_one(desk: Make) -> None:
    here = desk(in_field=lambda: True)
    here.scan("X1\r")
    assert (here.line.text(), here.bursts) == ("", ["X1"])


def test_what_an_input_method_makes_comes_after_what_was_typed_before(desk: Make) -> None:
    here = desk()
    here.press(Chord(A), 10_000)
    made = QInputMethodEvent()
    made.setCommitString("漢")
    QCoreApplication.sendEvent(here.line, made)
    assert here.line.text() == "a漢"


def test_a_shortcut_that_was_held_back_still_fires(desk: Make, qtbot: QtBot) -> None:
    here = desk()
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), here.window)
    fired: list[str] = []
    shortcut.activated.connect(lambda: fired.append("undo"))
    here.button.setFocus()
    here.press(Chord(A), 10_000)
    here.press(Chord(Z, ctrl=True), 10_030)
    assert fired == []
    qtbot.waitUntil(lambda: fired == ["undo"])
    shortcut.setEnabled(False)
    here.press(Chord(A), 11_000)
    here.press(Chord(Z, ctrl=True), 11_030)
    here.capture.let_go()
    assert fired == ["undo"]


def test_a_scan_fires_no_shortcut(desk: Make) -> None:
    here = desk()
    shortcut = QShortcut(QKeySequence("Ctrl+D"), here.window)
    fired: list[str] = []
    shortcut.activated.connect(lambda: fired.append("fired"))
    here.scan("C02XK0A")
    asked = key_event(QEvent.Type.ShortcutOverride, Chord(32, ctrl=True), 10_042)
    asked.ignore()
    assert here.send(asked), "accepted, so Qt sends a key and fires nothing"


def test_when_it_stops_it_gives_back_and_holds_nothing_more(desk: Make) -> None:
    here = desk()
    here.press(Chord(A), 10_000)
    here.capture.stop()
    assert here.line.text() == "a"
    here.scan("C02XK0ABJGH5", 20_000)
    assert here.line.text() == "aC02XK0ABJGH5"


def test_no_shortcut_is_a_key_that_scanners_type(open_window: Open) -> None:
    never = {QKeySequence(f"Ctrl+{key}").toString() for key in ("]", "[", "\\", "^", "_", "6", "D")}
    never |= {QKeySequence(f"Ctrl+Shift+{key}").toString() for key in ("6", "-")}
    never |= {QKeySequence(f"Ctrl+{key}").toString() for key in "2345678JMI"}
    taken = {QKeySequence(one.shortcut).toString() for one in COMMANDS.values() if one.shortcut}
    for shortcut in open_window().window.findChildren(QShortcut):
        taken |= {each.toString() for each in list(shortcut.keys())}
    assert taken & never == set()


# ----------------------------------------------------------------------
# Any typing
# ----------------------------------------------------------------------

LETTERS = [*range(16, 26), *range(30, 39), *range(44, 50)]


@given(
    st.lists(
        st.tuples(st.sampled_from(LETTERS), st.integers(8, 120), st.integers(40, 110)), max_size=20
    )
)
@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_person_types_stands_in_the_field_in_that_order(
    desk: Make, typed: list[tuple[int, int, int]]
) -> None:
    here = desk()
    at, free, events = 10_000, dict[int, int](), list[tuple[int, bool, int]]()
    for code, gap, held in typed:
        at = max(at + gap, free.get(code, 0))
        events += [(at, True, code), (at + held, False, code)]
        free[code] = at + held + 1
    for moment, down, code in sorted(events):
        if down:
            here.press(Chord(code), moment)
        else:
            here.release(Chord(code), moment)
    here.capture.let_go()
    presses = sorted(one for one in events if one[1])
    expected = "".join(SE.glyphs[code, 0].text for _, _, code in presses)  # pyright: ignore[reportArgumentType] - a Place is a tuple
    assert (here.line.text(), here.bursts) == (expected, [])
    here.window.close()
    here.capture.stop()


# ----------------------------------------------------------------------
# What other systems tell
# ----------------------------------------------------------------------


def event_of(scan: int, key: Qt.Key, text: str = "", virtual: int = 0) -> QKeyEvent:
    none = Qt.KeyboardModifier.NoModifier
    return QKeyEvent(QEvent.Type.KeyPress, key, none, scan, virtual, 0, text)


@pytest.mark.parametrize(
    ("platform", "scan", "code"),
    [
        ("xcb", 38, 30),
        ("wayland-egl", 38, 30),
        ("windows", 30, 30),
        ("windows", 0x138, 100),
        ("windows", 0x11C, 96),
        ("windows", 0x14B, 0x14B),  # the arrow at the left, and not the pad's 4
        ("cocoa", 0, 0),
        ("cocoa", 38, 0),
    ],
)
def test_a_key_s_place_is_told_by_its_scan_code(platform: str, scan: int, code: int) -> None:
    stroke = stroke_of(event_of(scan, Qt.Key.Key_A, "a"), platform, altgr=False)
    assert stroke.code == code


def test_where_no_place_is_told_the_key_itself_tells_return_and_shift() -> None:
    made = [
        stroke_of(event_of(0, key), "cocoa", altgr=False)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Shift, Qt.Key.Key_Tab)
    ]
    assert [one.code for one in made] == [28, 42, 15]


def test_without_a_place_a_release_is_still_told_from_others() -> None:
    first, other = event_of(0, Qt.Key.Key_A, "a", 1), event_of(0, Qt.Key.Key_S, "s", 2)
    assert key_of(first, "cocoa") != key_of(other, "cocoa")
    assert stroke_of(first, "cocoa", altgr=False).key == key_of(first, "cocoa")
