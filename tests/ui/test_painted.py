"""Every screen in every state, painted: plain text, large enough, nothing cut, no warning."""

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QRect, QSize, Qt
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


# ----------------------------------------------------------------------
# All states, one after the other in one window
# ----------------------------------------------------------------------


class Words(NamedTuple):
    """A text that was shown."""

    text: str
    fit: bool
    points: int
    told: str


class Control(NamedTuple):
    """Something that was shown to be pressed; `large` where gloves press it."""

    name: str
    size: QSize
    large: bool
    has_room: bool
    by_tab: bool
    focus: Qt.FocusPolicy


class Seen(NamedTuple):
    """What one state looked like."""

    picture: bytes
    words: tuple[Words, ...]
    controls: tuple[Control, ...]
    width: int
    narrowest: int


Look = Callable[..., dict[str, Seen]]


@pytest.fixture(scope="module")
def album() -> dict[tuple[object, ...], dict[str, Seen]]:
    """What was seen already: painting every state takes seconds, and many tests look at it."""
    return {}


@pytest.fixture
def look(open_window: Open, album: dict[tuple[object, ...], dict[str, Seen]]) -> Look:
    """Look at every state, in a window of a language, a theme and a size."""

    def seen(
        language: str = "en", theme: str = "light", size: tuple[int, int] = SIZES[0]
    ) -> dict[str, Seen]:
        key = (language, theme, size)
        if key not in album:
            opened = open_window(language, theme)
            opened.window.resize(*size)
            album[key] = {name: look_at(opened, paint(opened, name)) for name in STATES}
        return album[key]

    return seen


def look_at(opened: Opened, picture: QImage) -> Seen:
    window = opened.window
    assert not picture.isNull()
    return Seen(
        sha256(picture.constBits()).digest(),
        tuple(words_of(label) for label in shown(window, Text)),
        tuple(control_of(button) for button in shown(window, QAbstractButton)),
        window.width(),
        window.minimumSizeHint().width(),
    )


def words_of(label: QWidget) -> Words:
    assert isinstance(label, Text)
    told = f"{label.text()!r} in {label.size()} of {label.sizeHint()}"
    return Words(label.text(), fits(label), label.font().pointSize(), told)


def control_of(button: QWidget) -> Control:
    assert isinstance(button, QAbstractButton)
    large = isinstance(button, ActionButton)
    makes = isinstance(button, ActionButton) and button.code == "MAKE"
    return Control(
        button.accessibleName(),
        button.size(),
        large=large,
        has_room=not large or has_room(button),
        by_tab=makes  # before the first scan there ever is
        or isinstance(button, ChoiceButton | ChoiceField),
        focus=button.focusPolicy(),
    )


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


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_state_is_painted_differently(look: Look, language: str, theme: str) -> None:
    pictures = {seen.picture: name for name, seen in look(language, theme).items()}
    assert [name for name in STATES if name not in pictures.values()] == []


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_no_words_are_cut_and_no_key_is_shown(
    look: Look, language: str, size: tuple[int, int]
) -> None:
    states = look(language, size=size)
    for name, seen in states.items():
        for words in seen.words:
            assert not KEY.fullmatch(words.text), (name, words.text)
            assert words.fit or name in HOSTILE, (name, words.told)
        for control in seen.controls:
            assert control.has_room, (name, control)
    assert all(seen.words and seen.controls for seen in states.values())


@pytest.mark.parametrize("size", SIZES[:2])
def test_what_gloves_press_is_large_enough(look: Look, size: tuple[int, int]) -> None:
    states = look("sv", size=size)
    for name, seen in states.items():
        for control in seen.controls:
            if control.large:
                assert control.size.height() >= GLOVE, (name, control)
                assert control.size.width() >= GLOVE, (name, control)
    assert any(control.large for seen in states.values() for control in seen.controls)


def test_every_control_has_a_name_and_none_takes_the_focus(look: Look) -> None:
    for name, seen in look().items():
        for control in seen.controls:
            assert control.name, name
            wanted = Qt.FocusPolicy.TabFocus if control.by_tab else Qt.FocusPolicy.NoFocus
            assert control.focus is wanted, (name, control)


def test_a_long_name_does_not_widen_the_window(look: Look) -> None:
    for name, seen in look(size=(1024, 720)).items():
        assert seen.width == 1024, name
        assert seen.narrowest <= 1024, name


def frame_works(state: WindowState) -> bool:
    """Whether the bench is open: before that there is little to read."""
    return state.stage is Stage.OPEN


def test_sizes_are_those_of_the_house(look: Look) -> None:
    for name, seen in look().items():
        points = {words.points for words in seen.words}
        assert min(points) >= SMALL, name
        assert PROMPT in points, name
        assert BODY in points or not frame_works(STATES[name]), name


# ----------------------------------------------------------------------
# Single states
# ----------------------------------------------------------------------


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


def test_markup_in_a_name_is_shown_as_it_is(open_window: Open) -> None:
    opened = open_window()
    for name in HOSTILE:
        paint(opened, name)
        labels = shown(opened.window, QLabel)
        assert any(isinstance(one, QLabel) and "<b>Ada</b>" in one.text() for one in labels)
        for label in labels:
            assert isinstance(label, QLabel)
            assert label.textFormat() is Qt.TextFormat.PlainText


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
