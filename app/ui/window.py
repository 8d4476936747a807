"""The window and its first picture, painted before anything else of the program is imported.

Qt's own namespace (`PySide6.QtCore.Qt`) is left alone here: to import it alone costs a tenth of
what an empty window takes to paint.
"""

import tomllib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFont,
    QFontDatabase,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.resources import resource
from app.texts import Language, Texts
from app.ui.overriding import override
from app.ui.theme.colours import DARK, LIGHT, Level

if TYPE_CHECKING:
    from app.ui.shell.shell import Shell

SIZE: Final = (1280, 800)
LEAST: Final = (1024, 720)
_STRIP: Final = 68
_FOOT: Final = 148
_SIDE: Final = 16
_BAR: Final = (78, 98)
"""Top and height of the feedback bar."""
_SCREEN: Final = 186
"""Top of the screen."""
_CENTRE: Final = 0x84
"""Qt.AlignCenter, as `QPainter.drawText` takes it."""
_START: Final = 0x81
"""Qt.AlignLeft | Qt.AlignVCenter."""
_ROUNDS: Final = 3


def first_texts(language: Language) -> Texts:
    """The few words of the first picture, from a file of their own: the rest is read later."""
    with resource("i18n", language.value, "opening.toml").open("rb") as stream:
        return Texts(language, tomllib.load(stream))


class BenchWindow(QWidget):
    """The one window of the program.

    Signals:
        painted: The first picture is on the screen; emitted once.
        closed: The window was closed.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self, words: Texts, *, dark: bool) -> None:
        super().__init__()
        self._words = words
        self._dark = dark
        self._painted = False
        self._shell: Shell | None = None
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        self.setWindowTitle(words.say("window.title"))

    def settle(self, shell: "Shell") -> None:
        """Fill the window with what it is for."""
        self._shell = shell
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(shell)

    def picture(self) -> QImage:
        """What the window looks like now; equal to its pixels on the screen."""
        for _ in range(_ROUNDS):  # a label that wraps asks for another round of layout
            QCoreApplication.sendPostedEvents()
        return self.grab().toImage()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        if self._shell is None:
            self._paint_opening()
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def _paint_opening(self) -> None:
        """The frame's grounds where they will be, and what the program is doing."""
        colours = DARK if self._dark else LIGHT
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(colours.page))
            painter.fillRect(QRect(0, 0, self.width(), _STRIP), QColor(colours.surface))
            painter.fillRect(
                QRect(0, self.height() - _FOOT, self.width(), _FOOT), QColor(colours.surface)
            )
            width = self.width() - 2 * _SIDE
            bar = QRect(_SIDE, _BAR[0], width, _BAR[1])
            screen = QRect(_SIDE, _SCREEN, width, self.height() - _SCREEN - _FOOT - 10)
            card = colours.fills[Level.CALM]
            painter.setBrush(QColor(card.back))
            painter.setPen(QPen(QColor(card.border), 1))
            for ground in (bar, screen):
                painter.drawRoundedRect(QRectF(ground).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
            painter.setPen(QColor(colours.text))
            painter.setFont(QFont("Inter", 20, QFont.Weight.DemiBold))
            painter.drawText(bar.adjusted(92, 0, 0, 0), _START, self._words.say("window.opening"))
            painter.setFont(QFont("Inter", 24, QFont.Weight.DemiBold))
            painter.drawText(
                screen.adjusted(0, 70, 0, 0), _CENTRE, self._words.say("sign_in.prompt")
            )

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if self._shell is None or not self._shell.type_in(event.text()):
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent, /) -> None:
        self.closed.emit()
        super().closeEvent(event)


def install_fonts() -> None:
    """Make Inter known; where its files are missing the system's typeface serves."""
    for weight in ("Regular", "SemiBold"):
        QFontDatabase.addApplicationFont(str(resource("fonts", f"Inter-{weight}.ttf")))
