"""The one object through which other threads reach the window.

It lives in the UI thread. Its ``tell_`` and ``ask_`` methods may be called from any thread: they
emit, and Qt queues the signal to receivers that live in the UI thread. Connect methods of QObjects
only: a plain function connected here would run in the sender's thread.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:  # for the reader; the first paint needs none of them
    from app.domain.frames import DeviceState
    from app.services.form_sight import FormSight
    from app.services.import_sight import ImportSight
    from app.services.office_sight import OfficeTold
    from app.services.ports import SyncState
    from app.services.views import BenchView, Outcome
    from app.ui.door import Door
    from app.ui.port import ReportDone


@dataclass(frozen=True, slots=True)
class FaultTold:
    """Something in the environment, or a defect, that the user must know.

    Attributes:
        code: Its sentence is ``fault.<code>``.
        fields: What the sentence names.
    """

    code: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PictureAsked:
    """A screenshot of the window that another thread waits for."""

    path: Path
    done: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class LookAsked:
    """Another language or theme; an empty text leaves it as it is."""

    language: str = ""
    theme: str = ""


class Bridge(QObject):
    """Carries frozen dataclasses from any thread to the UI thread."""

    opened = Signal(object)
    outcome = Signal(object)
    device = Signal(object)
    sync = Signal(object)
    report = Signal(object)
    office = Signal(object)
    importing = Signal(object)
    form = Signal(object)
    fault = Signal(object)
    door = Signal(object)
    made = Signal()
    picture = Signal(object)
    look = Signal(object)
    closing = Signal()

    def tell_opened(self, view: "BenchView") -> None:
        """The store is open; this is what to paint first."""
        self.opened.emit(view)

    def tell_outcome(self, outcome: "Outcome") -> None:
        """A scan, reading or command was committed and answered."""
        self.outcome.emit(outcome)

    def tell_device(self, state: "DeviceState") -> None:
        """A device changed its state."""
        self.device.emit(state)

    def tell_sync(self, state: "SyncState") -> None:
        """Where the bench stands with the account service."""
        self.sync.emit(state)

    def tell_report(self, done: "ReportDone") -> None:
        """A report was made."""
        self.report.emit(done)

    def tell_office(self, sight: "OfficeTold") -> None:
        """What a board asked for has come."""
        self.office.emit(sight)

    def tell_import(self, sight: "ImportSight") -> None:
        """What an import's screen asked for has come, or moved on."""
        self.importing.emit(sight)

    def tell_form(self, sight: "FormSight") -> None:
        """A form was opened, was saved, or was not."""
        self.form.emit(sight)

    def tell_fault(self, code: str, fields: Mapping[str, str] | None = None) -> None:
        """Something is wrong that the user must know; the sentence is ``fault.<code>``."""
        self.fault.emit(FaultTold(code, tuple((fields or {}).items())))

    def tell_door(self, door: "Door") -> None:
        """There is no bench to show yet: this is what stands before it."""
        self.door.emit(door)

    def tell_made(self) -> None:
        """The home is made: the bench can be."""
        self.made.emit()

    def ask_picture(self, path: Path) -> threading.Event:
        """Paint the window into a PNG file.

        Returns:
            Set when the file is written; never set once the window is gone, so wait with a limit.
        """
        asked = PictureAsked(path)
        self.picture.emit(asked)
        return asked.done

    def ask_look(self, language: str = "", theme: str = "") -> None:
        """Change the language (``sv``, ``en``) or theme (``light``, ``dark``, ``system``)."""
        self.look.emit(LookAsked(language, theme))

    def ask_close(self) -> None:
        """Close the window as if the user had."""
        self.closing.emit()
