"""Binds the import's screen: what a person chooses goes to the port, what comes of it is shown.

An import goes on while its screen is away: a scan brings the work to the front, and whoever comes
back finds the import where it is.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.views import BenchView, Outcome

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

    from app.services.import_sight import FileAsk, ImportSight, RunKind
    from app.ui.controller import Controller
    from app.ui.office.importing.panel import Importing
    from app.ui.office.importing.rows import ImportRows
    from app.ui.office.importing.view import ImportView
    from app.ui.port import ImportPort

SHOWN: Final = "import_shown"
"""The answer that shows the screen."""
_HOME: Final = frozenset({"home", "home_already"})
_KEYS: Final = {
    "OPEN": ("IMPORT_FILE",),
    "DIAG": ("IMPORT_SAVE", "IMPORT_REFUSED"),
    "WORK": ("IMPORT_COLUMNS",),
    "READY": ("IMPORT_STOP", "IMPORT_RETURN"),
    "DONE": ("IMPORT_CHECK", "IMPORT_RUN"),
    "HOME": ("IMPORT_BACK",),
}
"""What the keys of the work mean while the import is shown, by the codes of their commands."""


class ImportDesk(QObject):
    """The import of one window.

    Args:
        controller: Whose state it is painted from.

    Attributes:
        dialog: The platform's own dialog for a file, while it is open.
    """

    def __init__(self, controller: "Controller") -> None:
        super().__init__(controller)
        self._controller = controller
        self._port: ImportPort | None = None
        self._told: Callable[[ImportSight], None] | None = None
        self._view: ImportView | None = None
        self._kept: Importing | None = None
        self.dialog: QFileDialog | None = None

    def attach(self, port: "ImportPort | None", told: "Callable[[ImportSight], None]") -> None:
        """Who imports, None where nobody does; and through what the answers come."""
        self._port, self._told = port, told

    # ------------------------------------------------------------------
    # What the bench tells
    # ------------------------------------------------------------------

    def on_outcome(self, outcome: Outcome, before: BenchView) -> None:
        """A frame was answered: show the screen that it asks for, or go back to the work."""
        code = outcome.feedback.code
        if code == SHOWN:
            self._become(self._state())
        elif code in _HOME or code.startswith("office_") or before != outcome.view:
            self.leave()

    def on_sight(self, sight: "ImportSight") -> None:
        """Something was found out, or something that runs has moved on."""
        from app.services.import_sight import SavedSight

        state = self._state()
        if isinstance(sight, SavedSight) and sight.problem is None and state.ask is not None:
            ask = replace(state.ask, mapping=sight.name, fields=None, dates="")
            self._kept = state = state.asking(ask)  # from now on it is read by what was saved
            if self._port is not None and self._told is not None:
                self._port.preview(ask, self._told)
        self._kept = state.told(sight)
        if self._controller.state.importing is not None:
            self._controller.show_importing(self._kept)

    # ------------------------------------------------------------------
    # What the person does
    # ------------------------------------------------------------------

    def takes(self, code: str) -> bool:
        """Take a button or a key that is about what is shown; False where it is the bench's."""
        if self._controller.state.importing is None:
            return False
        from app.ui.office.importing.painting import import_actions

        offered = {one.code for one in import_actions(self._state(), self._controller.wording)}
        meant = next((one for one in _KEYS.get(code, (code,)) if one in offered), None)
        if meant is None:
            return code in _KEYS  # a key of the work is not to do it unseen
        self._do(meant)
        return True

    def leave(self) -> None:
        """Go back to what was shown before; what runs goes on."""
        if self.dialog is not None:
            self.dialog.reject()
        if self._controller.state.importing is not None:
            self._controller.show_importing(None)

    def _do(self, code: str) -> None:
        from app.services.import_sight import RunKind
        from app.ui.office.importing import painting

        match code:
            case painting.FILE:
                self._ask_file()
            case painting.SAVE:
                self._begin_naming()
            case painting.CHECK:
                self._begin(RunKind.CHECK)
            case painting.RUN:
                self._import()
            case painting.REFUSED:
                self._ask_target()
            case painting.COLUMNS:
                self._become(replace(self._state(), run=None, written=None, brings_back=False))
            case painting.RETURN:
                self._kept = replace(self._state(), brings_back=True)
                self._begin(RunKind.CHECK)
            case painting.STOP:
                self._stop()
            case _:
                self.leave()

    def _ask_file(self) -> None:
        words = self._controller.wording.say
        dialog = self._dialog(words("command.import_file"))
        dialog.setFileMode(dialog.FileMode.ExistingFile)
        kinds = f"{words('import_screen.kinds')} (*.csv *.txt *.tsv *.xlsx)"
        dialog.setNameFilters([kinds, f"{words('import_screen.all_files')} (*)"])
        dialog.fileSelected.connect(self.open_file)
        dialog.open()

    def open_file(self, path: str) -> None:
        """Look at a file; while something runs none is taken."""
        from app.services.import_sight import FileAsk

        if path and self._state().running is None:
            self._look(FileAsk(Path(path)))

    def _ask_target(self) -> None:
        ask = self._state().ask
        if ask is None:
            return
        words = self._controller.wording.say
        dialog = self._dialog(words("command.import_refused"))
        dialog.setAcceptMode(dialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        name = words("import_screen.target", name=ask.path.stem)
        dialog.setDirectory(str(ask.path.parent))
        dialog.selectFile(f"{name}.csv")
        dialog.fileSelected.connect(self.write_refused)
        dialog.open()

    def write_refused(self, path: str) -> None:
        """Write the rows that are not taken into a file."""
        from app.services.import_sight import RunKind

        if path:
            self._begin(RunKind.REFUSED, Path(path))

    def _dialog(self, title: str) -> "QFileDialog":
        from app.ui.file_dialog import file_dialog  # its types are made when it is wanted

        shell, wording = self._controller.shell, self._controller.wording
        self.dialog = dialog = file_dialog(shell, title, wording)
        dialog.finished.connect(self._dialog_done)
        return dialog

    def _dialog_done(self) -> None:
        self.dialog = None

    def _begin_naming(self) -> None:
        from app.ui.office.importing.panel import Subject

        self._become(replace(self._state(), subject=Subject.MAPPING, saved=None))
        if self._view is not None:
            self._view.columns.begin_naming()

    def _named(self, name: str) -> None:
        ask = self._state().ask
        if ask is not None and self._port is not None and self._told is not None:
            self._port.save_mapping(ask, name, self._told)

    def _begin(self, kind: "RunKind", target: Path | None = None, *, pin: str = "") -> None:
        from app.services.import_sight import Order, RunKind, RunSight, RunState

        state, person = self._state(), self._controller.state.view.person
        if state.ask is None or person is None or self._port is None or self._told is None:
            return
        language = self._controller.look.language.value
        order = Order(kind, state.ask, person.id, language, target, state.brings_back)
        began = RunSight(order, RunState.RUNNING)
        kept = replace(state, is_stopping=False)
        if kind is RunKind.REFUSED:
            self._become(replace(kept, written=began))
        else:
            self._become(replace(kept, run=began, written=None))
        self._port.begin(order, self._told, pin)

    def _import(self) -> None:
        """Import; where a PIN is demanded it is typed first."""
        from app.services.import_sight import RunKind

        needed = self._state().needs_pin and self._view is not None
        pin = self._view.result.take_pin() if needed and self._view is not None else ""
        if pin or not needed:
            self._begin(RunKind.IMPORT, pin=pin)

    def _stop(self) -> None:
        self._become(replace(self._state(), is_stopping=True))
        if self._port is not None:
            self._port.cancel()

    # ------------------------------------------------------------------
    # How the file is read
    # ------------------------------------------------------------------

    def _look(self, ask: "FileAsk") -> None:
        needs_pin = self._port is not None and self._port.needs_pin()
        self._become(replace(self._state().asking(ask), needs_pin=needs_pin))
        if self._port is not None and self._told is not None:
            self._port.preview(ask, self._told)

    def _subject(self, code: str) -> None:
        from app.ui.office.importing.panel import Subject

        self._become(replace(self._state(), subject=Subject(code)))

    def _marked(self, row: int, column: int) -> None:
        from app.ui.office.importing.panel import Subject

        state = replace(self._state(), row=row, column=column, subject=Subject.FIELD)
        if state != self._kept:
            self._become(state)

    def _choose(self, code: str) -> None:
        from app.ui.office.importing.choosing import chosen

        ask = chosen(self._state(), code)
        if ask is not None:
            self._look(ask)

    # ------------------------------------------------------------------
    # Painting
    # ------------------------------------------------------------------

    def _state(self) -> "Importing":
        if self._kept is None:
            from app.ui.office.importing.panel import Importing

            self._kept = Importing()
        return self._kept

    def _become(self, state: "Importing") -> None:
        self._kept = state
        self._controller.show_importing(state)

    def show_rows(self, rows: "ImportRows") -> QWidget:
        """Give the rows to the view, which is made when it is first shown."""
        if self._view is None:
            from app.ui.office.importing.view import ImportView

            self._view = view = ImportView()
            view.dropped.connect(self.open_file)
            view.result.pin.returnPressed.connect(self._import)
            view.columns.subject_chosen.connect(self._subject)
            view.columns.marked.connect(self._marked)
            view.columns.chosen.connect(self._choose)
            view.columns.named.connect(self._named)
            self._controller.shell.add_screen(view)
        self._view.show_rows(rows)
        return self._view
