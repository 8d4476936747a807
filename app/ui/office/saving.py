"""Binds the files that boards are written to: by one key, or where somebody says.

A file goes on being written while its board is away: whoever comes back is told what came of it.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

    from app.services.office_sight import FileKind, FileSight, OfficeTold
    from app.ui.controller import Controller
    from app.ui.office.panel import Office
    from app.ui.port import OfficePort


class SavingDesk:
    """The files of one window's boards.

    Args:
        controller: Whose state the boards are painted from.

    Attributes:
        dialog: The platform's own dialog for a file, while it is open.
    """

    def __init__(self, controller: "Controller") -> None:
        self._controller = controller
        self._port: OfficePort | None = None
        self._told: Callable[[OfficeTold], None] | None = None
        self._file: FileSight | None = None
        self._folder: Path | None = None
        self.dialog: QFileDialog | None = None

    def attach(self, port: "OfficePort | None", told: "Callable[[OfficeTold], None]") -> None:
        """Who writes, None where nobody does; and through what is told what came of it."""
        self._port, self._told = port, told

    def on_sight(self, file: "FileSight", office: "Office | None") -> None:
        """A file was written, or not; where nobody sees it, it is told to who comes back."""
        self._file = None if office is not None and office.is_about(file.ask) else file

    def with_file(self, office: "Office") -> "Office":
        """A board that is asked for, with the file of it that nobody was told of yet."""
        file = self._file
        if file is None or not office.is_about(file.ask):
            return office
        self._file = file if file.is_coming else None
        return office.told(file)

    def save(self, kind: "FileKind", target: Path | None = None) -> None:
        """Write what is shown as a file; one at a time."""
        from app.services.office_sight import FileSight, Shown

        office = self._idle()
        if office is not None and self._port is not None and self._told is not None:
            ask = replace(office.ask, first=0, shown=Shown.ALL)
            self._file = FileSight(ask, kind)
            self._controller.show_office(office.told(self._file))
            self._port.save(ask, kind, self._controller.look.language, self._told, target)

    def _idle(self) -> "Office | None":
        """The board that is shown; None while a file of it is being written."""
        office = self._controller.state.office
        return None if office is None or (office.file and office.file.is_coming) else office

    # ------------------------------------------------------------------
    # Where somebody says
    # ------------------------------------------------------------------

    def save_as(self) -> None:
        """Ask where to; it begins with what `save` would write, in the folder chosen before."""
        office = self._idle()
        kinds = () if office is None else _kinds_of(office)
        if office is not None and self._port is not None and kinds and self.dialog is None:
            place = self._port.place_of(office.ask, kinds[0])
            self._open((self._folder or place.parent) / place.name, kinds)

    def _open(self, place: Path, kinds: "tuple[FileKind, ...]") -> None:
        """Ask, beginning with a place; what can be chosen as kinds, the usual one first."""
        from app.ui.file_dialog import file_dialog  # its types are made when it is wanted

        wording = self._controller.wording
        say = wording.say
        filters = {f"{say(f'office.file.kind.{kind}')} (*.{kind})": kind for kind in kinds}
        title = say("office.file.save_as")
        self.dialog = dialog = file_dialog(self._controller.shell, title, wording)
        dialog.setAcceptMode(dialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(filters))
        dialog.setDefaultSuffix(kinds[0])
        dialog.setDirectory(str(place.parent))
        dialog.selectFile(place.name)

        def filtered(name: str) -> None:
            _change_kind(dialog, filters[name], kinds)

        def chosen(path: str) -> None:
            self.take(Path(path), kinds)

        dialog.filterSelected.connect(filtered)
        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(lambda: self._done(dialog))
        dialog.open()

    def take(self, path: Path, kinds: "tuple[FileKind, ...]") -> None:
        """Write it there; a name of no kind gets one, and is asked about again where it is taken.

        Args:
            path: What was chosen; the dialog has asked whether a file that is there is replaced.
            kinds: As what it can be written, the usual one first.
        """
        self._folder = path.parent
        kind = _kind_of(path, kinds)
        if kind is None:
            kind = kinds[0]
            path = path.with_name(f"{path.name}.{kind}")
            if path.exists():
                self._open(path, kinds)
                return
        self.save(kind, path)

    def _done(self, dialog: "QFileDialog") -> None:
        if self.dialog is dialog:
            self.dialog = None

    def put_away(self) -> None:
        """The board is put away: nothing of it is asked any more."""
        if self.dialog is not None:
            self.dialog.reject()


def _kinds_of(office: "Office") -> "tuple[FileKind, ...]":
    """As what a board can be written now, the usual one first."""
    from app.services.office_sight import FileKind, ProgrammeSight
    from app.ui.office.recall_rows import list_shown

    if isinstance(office.sight, ProgrammeSight):
        return (FileKind.PDF,)
    return () if list_shown(office) is None else (FileKind.PDF, FileKind.CSV)


def _kind_of(path: Path, kinds: "tuple[FileKind, ...]") -> "FileKind | None":
    """As what a file of that name is written; None where its name does not say."""
    return next((one for one in kinds if path.suffix.casefold() == f".{one}"), None)


def _change_kind(dialog: "QFileDialog", kind: "FileKind", kinds: "tuple[FileKind, ...]") -> None:
    """Another kind is chosen: the name that stands there says so."""
    path = Path(dialog.selectedFiles()[0])
    if _kind_of(path, kinds) is not None:
        dialog.selectFile(path.with_suffix(f".{kind}").name)
    dialog.setDefaultSuffix(kind)
