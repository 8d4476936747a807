"""Puts a theme on the application: our palette on Fusion, Inter. Can be called again at any time.

Widgets ask their own palette which colours hold (`colours_of`), so that a change of theme needs no
list of widgets: Qt repaints them all.
"""

from functools import cache
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.ui.theme.colours import DARK, LIGHT, Colours

BODY: Final = 13
SMALL: Final = 11
HEAD: Final = 16
PROMPT: Final = 24
READING: Final = 40
"""Sizes in points."""

_DARKER_THAN: Final = 128


@cache
def font(points: int, *, strong: bool = False, figures: bool = False) -> QFont:
    """Inter.

    Args:
        points: Its size.
        strong: Semibold instead of regular.
        figures: Tabular figures, so that numbers keep their place when they change. Words with
            hyphens look torn with them, so they are asked for where numbers stand alone.
    """
    made = QFont("Inter", points)
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return made


def is_dark(theme: str) -> bool:
    """Whether a theme setting means dark now; ``system`` follows the desktop."""
    if theme != "system":
        return theme == "dark"
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def apply_theme(app: QApplication, *, dark: bool) -> None:
    """Give the application a theme; open windows are repainted."""
    app.setPalette(palette(DARK if dark else LIGHT))


def palette(colours: Colours) -> QPalette:
    """Qt's palette of a theme, for what Fusion paints itself."""
    role = QPalette.ColorRole
    made = QPalette()
    for target, colour in (
        (role.Window, colours.page),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.page),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.muted),
        (role.Button, colours.surface),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.on_accent),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.ToolTipBase, colours.surface),
        (role.ToolTipText, colours.text),
        (role.Light, colours.surface),
        (role.Midlight, colours.line),
        (role.Mid, colours.line),
        (role.Dark, colours.edge),
        (role.Shadow, colours.edge),
    ):
        made.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, target, QColor(colours.muted))
    return made


def colours_of(held: QPalette) -> Colours:
    """The colours that go with a widget's palette."""
    return DARK if held.color(QPalette.ColorRole.Window).lightness() < _DARKER_THAN else LIGHT
