"""The fields of a board, each below its name; what is typed in one stays while others are shown."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.office.rows import FieldRow
from app.ui.overriding import override
from app.ui.theme.applying import SMALL
from app.ui.widgets.field import Field
from app.ui.widgets.text import Line

_HEIGHT: Final = 44
_LONGEST: Final = 80


class _Typed(Field):
    """A field that Down leaves for what is below it.

    Signals:
        left: Down was pressed.
    """

    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Named(QWidget):
    """A field below its name."""

    def __init__(self, row: FieldRow) -> None:
        super().__init__()
        self.field = _Typed(row.icon, _HEIGHT, _LONGEST)
        self._name = Line(SMALL, muted=True)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2)
        inner.addWidget(self._name)
        inner.addWidget(self.field)

    def show_row(self, row: FieldRow) -> None:
        self._name.say(row.name)
        self.field.setPlaceholderText(row.hint)
        self.field.setAccessibleName(f"{row.name} {row.hint}".strip())


class FieldsRow(QWidget):
    """Shows fields beside each other.

    Signals:
        typed: The code of a field, and what stands in it now.
        entered: Enter was pressed in one of them.
        left: Down was pressed in one of them.
    """

    typed = Signal(str, str)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._named: dict[str, _Named] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)

    def show_fields(self, rows: tuple[FieldRow, ...]) -> None:
        """Show these, and none of the others."""
        self.setVisible(bool(rows))
        for row in rows:
            if row.code not in self._named:
                self._make(row)
            self._named[row.code].show_row(row)
        codes = {row.code for row in rows}
        for code, named in self._named.items():
            named.setVisible(code in codes)

    def _make(self, row: FieldRow) -> None:
        named = _Named(row)
        named.field.textChanged.connect(self._changed)
        named.field.returnPressed.connect(self.entered)
        named.field.left.connect(self.left)
        self._named[row.code] = named
        self._row.addWidget(named, 1)

    def field(self, code: str) -> Field | None:
        """The field of a code, None before it was ever shown."""
        named = self._named.get(code)
        return None if named is None else named.field

    def texts(self) -> dict[str, str]:
        """What stands in each that is shown."""
        return {
            code: named.field.text() for code, named in self._named.items() if not named.isHidden()
        }

    def clear(self) -> None:
        """Empty all of them."""
        for named in self._named.values():
            named.field.clear()

    def begin(self) -> None:
        """Put the focus into the first that is shown."""
        shown = (one for one in self._named.values() if not one.isHidden())
        named = next(shown, None)
        if named is not None:
            named.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, text: str) -> None:
        for code, named in self._named.items():
            if named.field is self.sender():
                self.typed.emit(code, text.strip())
