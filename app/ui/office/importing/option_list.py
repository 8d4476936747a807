"""A list to choose one of: up and down, first letters, Enter; the chosen one with a mark."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.icons import draw_icon
from app.ui.overriding import override
from app.ui.shell.rows import Choice
from app.ui.theme.applying import BODY, colours_of, font
from app.ui.widgets.scroll_bar import ScrollBar
from app.ui.widgets.table_model import Index

_ROW: Final = 36
_TEXT: Final = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})
_ChoiceRole = Qt.ItemDataRole.UserRole + 1


class _Choices(QAbstractListModel):
    """Shows choices."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices: tuple[Choice, ...] = ()

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    @override
    def rowCount(
        self,
        parent: QModelIndex | QPersistentModelIndex = QModelIndex(),  # noqa: B008 - Qt's own
    ) -> int:
        return 0 if parent.isValid() else len(self.choices)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        choice = self.choices[index.row()]
        if role == _ChoiceRole:
            return choice
        return choice.title if role in _TEXT else None


class _Painter(QStyledItemDelegate):
    """Paints a choice: its words, a check where it is chosen, an edge where the mark is."""

    def __init__(self, listed: QListView) -> None:
        super().__init__(listed)
        self._list = listed

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice = index.data(_ChoiceRole)
        if not isinstance(choice, Choice):
            return
        place: QRect = option.rect
        colours = colours_of(self._list.palette())
        painter.save()
        if choice.chosen:
            painter.fillRect(place.adjusted(2, 2, -2, -2), QColor(colours.pressed))
            tick = QRect(place.left() + 10, place.top(), 18, place.height())
            draw_icon(painter, "check", colours.text, tick)
        painter.setFont(font(BODY, strong=choice.chosen))
        painter.setPen(QColor(colours.text))
        inside = place.adjusted(38, 0, -10, 0)
        fitted = painter.fontMetrics().elidedText(
            choice.title, Qt.TextElideMode.ElideRight, inside.width()
        )
        at = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, at | Qt.TextFlag.TextSingleLine, fitted)
        if self._list.hasFocus() and self._list.currentIndex() == index:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(QRectF(place).adjusted(2, 2, -3, -3))
        painter.restore()


class OptionList(QListView):
    """Shows choices.

    Signals:
        chosen: The code of the choice that was pressed, or entered.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = _Choices(self)
        self.setModel(self._choices)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar())
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._choose)

    def show_choices(self, title: str, choices: tuple[Choice, ...]) -> None:
        """Change the choices; the mark goes to the chosen one."""
        self.setAccessibleName(title)
        if choices == self._choices.choices:
            return
        self._choices.show_choices(choices)
        at = next((at for at, one in enumerate(choices) if one.chosen), 0)
        self.setCurrentIndex(self._choices.index(at))
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: Index) -> None:
        choice = index.data(_ChoiceRole)
        if isinstance(choice, Choice):
            self.chosen.emit(choice.code)
