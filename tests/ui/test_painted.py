"""Every screen in every state, painted: plain text, large enough, nothing cut, no warning."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.ui import icons
from app.ui.office.forms.choice_field import ChoiceField
from app.ui.state import Stage, WindowState
from app.ui.theme.applying import BODY, PROMPT, SMALL, font
from app.ui.widgets.button import EDGE, GLOVE, ActionButton
from app.ui.widgets.choice import ChoiceButton
from app.ui.widgets.text import Line, Lines, Text
from tests.ui.conftest import Open, Opened
from tests.ui.samples import STATES

KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")
SIZES = [(1280, 800), (1024, 720), (1920, 1080)]
HOSTILE = {"hostile", "hostile_home"}


def shown(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in window.findChildren(kind) if one.isVisible()]


def paint(opened: Opened, name: str) -> QImage:
    opened.controller.state = STATES[name]
    opened.controller.render()
    return opened.window.picture()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_state_is_painted_differently(open_window: Open, language: str, theme: str) -> None:
    opened = open_window(language, theme)
    pictures = {name: paint(opened, name) for name in STATES}
    assert all(not picture.isNull() for picture in pictures.values())
    assert len({bytes(picture.constBits()) for picture in pictures.values()}) == len(STATES)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_no_words_are_cut_and_no_key_is_shown(
    open_window: Open, language: str, size: tuple[int, int]
) -> None:
    opened = open_window(language)
    opened.window.resize(*size)
    for name in STATES:
        paint(opened, name)
        for label in shown(opened.window, Text):
            assert isinstance(label, Text)
            assert not KEY.fullmatch(label.text()), (name, label.text())
            if name not in HOSTILE:
                assert fits(label), (name, label.text(), label.size(), label.sizeHint())
        for button in shown(opened.window, ActionButton):
            assert has_room(button), (name, button.accessibleName(), button.size())


def fits(label: Text) -> bool:
    """Whether a label has the room that its words need; one that may elide needs its height."""
    metrics = label.fontMetrics()
    if isinstance(label, Line | Lines):
        return label.height() >= metrics.height() - 2
    flags = Qt.TextFlag.TextWordWrap if label.wordWrap() else Qt.TextFlag.TextSingleLine
    needed = metrics.boundingRect(QRect(0, 0, label.width(), 9_999), flags, label.text())
    return needed.width() <= label.width() + 1 and needed.height() <= label.height() + 2


def has_room(button: QWidget) -> bool:
    """Whether the longest word of a large button has room between its edges."""
    metrics = QFontMetrics(font(BODY, strong=True))
    words = button.accessibleName().split()
    return max(map(metrics.horizontalAdvance, words), default=0) <= button.width() - 2 * EDGE


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("size", SIZES[:2])
def test_what_gloves_press_is_large_enough(
    open_window: Open, name: str, size: tuple[int, int]
) -> None:
    opened = open_window("sv")
    opened.window.resize(*size)
    paint(opened, name)
    for button in shown(opened.window, ActionButton):
        assert button.height() >= GLOVE, (name, button.accessibleName(), button.height())
        assert button.width() >= GLOVE


@pytest.mark.parametrize("size", SIZES[:2])
def test_large_buttons_do_not_overlap(open_window: Open, size: tuple[int, int]) -> None:
    opened = open_window("sv")
    opened.window.resize(*size)
    paint(opened, "repair_symptom")
    places = [
        QRect(one.mapTo(opened.window, one.rect().topLeft()), one.size())
        for one in shown(opened.window, ActionButton)
    ]
    assert len(places) >= 14
    for at, place in enumerate(places):
        assert opened.window.rect().contains(place)
        assert not any(place.intersects(other) for other in places[at + 1 :])


@pytest.mark.parametrize("name", STATES)
def test_every_control_has_a_name_and_none_takes_the_focus(open_window: Open, name: str) -> None:
    opened = open_window()
    paint(opened, name)
    for button in shown(opened.window, QAbstractButton):
        assert button.accessibleName(), button
        makes = isinstance(button, ActionButton) and button.code == "MAKE"
        by_tab = makes or isinstance(
            button, ChoiceButton | ChoiceField
        )  # before the first scan there ever is
        wanted = Qt.FocusPolicy.TabFocus if by_tab else Qt.FocusPolicy.NoFocus
        assert button.focusPolicy() is wanted


def test_markup_in_a_name_is_shown_as_it_is(open_window: Open) -> None:
    opened = open_window()
    for name in HOSTILE:
        paint(opened, name)
        labels = shown(opened.window, QLabel)
        assert any(isinstance(one, QLabel) and "<b>Ada</b>" in one.text() for one in labels)
        for label in labels:
            assert isinstance(label, QLabel)
            assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_long_name_does_not_widen_the_window(open_window: Open) -> None:
    opened = open_window()
    opened.window.resize(1024, 720)
    for name in STATES:
        paint(opened, name)
        assert opened.window.size().width() == 1024, name
        assert opened.window.minimumSizeHint().width() <= 1024, name


def frame_works(state: WindowState) -> bool:
    """Whether the bench is open: before that there is little to read."""
    return state.stage is Stage.OPEN


def test_sizes_are_those_of_the_house(open_window: Open) -> None:
    opened = open_window()
    for name in STATES:
        paint(opened, name)
        points = {label.font().pointSize() for label in shown(opened.window, Text)}
        assert min(points) >= SMALL
        assert PROMPT in points
        assert BODY in points or not frame_works(STATES[name])


@pytest.mark.parametrize("name", ["repair_part_out", "repair_sign", "home_rejected", "esd_stale"])
def test_a_change_of_theme_reaches_everything(open_window: Open, name: str) -> None:
    changed = open_window("en", "light")
    paint(changed, name)
    changed.bridge.ask_look(theme="dark")
    after = changed.window.picture()
    assert after == paint(open_window("en", "dark"), name)


@pytest.mark.parametrize("change", [("sv", "dark"), ("en", "light")])
def test_language_and_theme_change_while_it_runs(
    open_window: Open, change: tuple[str, str]
) -> None:
    other = {"sv": "en", "en": "sv", "dark": "light", "light": "dark"}
    opened = open_window(*change)
    before = paint(opened, "repair_fitted")
    opened.controller.shell.language_pressed.emit()
    opened.controller.shell.theme_pressed.emit()
    assert opened.controller.look.language.value == other[change[0]]
    assert opened.controller.look.theme == other[change[1]]
    after = opened.window.picture()
    assert after != before
    opened.controller.shell.language_pressed.emit()
    opened.controller.shell.theme_pressed.emit()
    assert opened.window.picture() == before


def test_words_change_with_the_language(open_window: Open) -> None:
    opened = open_window("sv")
    say: Callable[[], set[str]] = lambda: {  # noqa: E731 - a look at the window, twice
        one.text() for one in shown(opened.window, QLabel) if isinstance(one, QLabel)
    }
    paint(opened, "home")
    swedish = say()
    opened.controller.shell.language_pressed.emit()
    english = say()
    assert "Skanna en produkt" in swedish
    assert "Scan a product" in english
    assert "Scan a product" not in swedish


def test_a_missing_drawing_leaves_the_word(
    open_window: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def nowhere(*parts: str) -> Path:
        return Path("/nowhere", *parts)

    monkeypatch.setattr(icons, "resource", nowhere)
    assert icons.icon("accepted", "#123456", 24).isNull()
    assert "accepted" in caplog.text
    icons.icon.cache_clear()
    assert not paint(open_window(), "home").isNull()
    icons.icon.cache_clear()


def test_an_icon_is_drawn_in_its_colour_and_at_the_screens_density() -> None:
    image = icons.icon("check", "#FF0000", 24, 2.0)
    assert (image.width(), image.devicePixelRatio()) == (48, 2.0)
    seen = {image.pixelColor(x, y).name() for x in range(48) for y in range(48)}
    assert "#ff0000" in seen
