"""What the window asks of the bench; `app.bootstrap` gives it one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.domain.frames import DeviceRole, Frame
    from app.services.device_sight import BenchSight, SheetSight, TrialSight
    from app.services.form_sight import FormAsk, FormOrder, FormSight, UndoOrder
    from app.services.import_sight import FileAsk, ImportSight, Order
    from app.services.office_sight import (
        Ask,
        FileKind,
        FileSight,
        SavedSearch,
        SearchesSight,
        Sight,
    )
    from app.texts import Language
    from app.ui.door import HomeWanted


class BenchPort(Protocol):
    """The bench as the window sees it: every call returns at once, answers come by the bridge."""

    def command(self, code: str) -> None:
        """A verb of the command table was pressed: the same path as its barcode."""
        ...

    def typed(self, text: str) -> None:
        """A person typed this into the input field: the same path as a scan."""
        ...

    def pin(self, text: str) -> None:
        """A person typed this where a PIN is asked for: it is recorded nowhere."""
        ...

    def close(self) -> None:
        """The window is gone: finish what is queued, then end and join every thread."""
        ...


class KeyboardPort(Protocol):
    """Whom a scanner in keyboard mode reaches; every call returns at once."""

    def submit(self, frame: "Frame") -> None:
        """It typed this: the same path as any scanner's frame."""
        ...

    def keep_settings(self, wanted: Mapping[str, str]) -> None:
        """Keep what its test code told, for the next start."""
        ...


class DevicesPort(Protocol):
    """The devices, as the window shows, tests and sets them up; every call returns at once."""

    def sight(self) -> "BenchSight":
        """The devices now."""
        ...

    def set_up(self) -> "tuple[DeviceRole, ...]":
        """What is set up."""
        ...

    def test(self, seconds: float) -> None:
        """Keep scans from the bench for so long; 0 ends the test."""
        ...

    def retry(self) -> None:
        """Look for what is missing now."""
        ...

    def make_sheet(self, language: str) -> None:
        """Make the test sheet."""
        ...

    def sheet(self) -> "SheetSight":
        """What became of it."""
        ...

    def begin_trial(self, role: "DeviceRole", typed: str = "") -> None:
        """Listen to everything that is connected, until something speaks."""
        ...

    def trial(self) -> "TrialSight | None":
        """What the trial has found; None where none runs."""
        ...

    def again(self) -> None:
        """Listen on."""
        ...

    def choose(self, role: "DeviceRole", address: str, profile: str) -> None:
        """Keep a device: it is this one from now on."""
        ...

    def end_trial(self) -> None:
        """Listen no more, and give the bench its devices back."""
        ...

    def close(self) -> None:
        """The window is gone."""
        ...


class OfficePort(Protocol):
    """The registers and the programme, as the lead's boards show them."""

    def look(self, ask: "Ask", told: "Callable[[Sight], None]") -> None:
        """Find out; returns at once, and tells from any thread unless something else is asked."""
        ...

    def saved_searches(self, told: "Callable[[SearchesSight], None]") -> None:
        """Find out which searches of the register were saved; tells from any thread."""
        ...

    def keep_searches(self, saved: "tuple[SavedSearch, ...]") -> None:
        """Keep these searches; returns at once."""
        ...

    def save(
        self,
        ask: "Ask",
        kind: "FileKind",
        language: "Language",
        told: "Callable[[FileSight], None]",
        target: "Path | None" = None,
    ) -> None:
        """Write a board that is shown as a file; returns at once, and tells from any thread.

        Without a target it gets a name of its own in the folder for reports, and replaces nothing.
        """
        ...

    def place_of(self, ask: "Ask", kind: "FileKind") -> "Path":
        """Where a board that is shown would be written without a target."""
        ...

    def leave(self) -> None:
        """No board is shown any more: what was read for one is let go of."""
        ...

    def close(self) -> None:
        """The window is gone."""
        ...


class ImportPort(Protocol):
    """The import of products; every call returns at once, and tells from any thread."""

    def preview(self, ask: "FileAsk", told: "Callable[[ImportSight], None]") -> None:
        """Read the first rows of a file, unless another look at one is asked for."""
        ...

    def save_mapping(
        self, ask: "FileAsk", name: str, told: "Callable[[ImportSight], None]"
    ) -> None:
        """Save how a file's columns are read, by a name."""
        ...

    def needs_pin(self) -> bool:
        """Whether whoever imports types their PIN."""
        ...

    def begin(self, order: "Order", told: "Callable[[ImportSight], None]", pin: str = "") -> None:
        """Go through a whole file; one at a time. The PIN is kept nowhere."""
        ...

    def cancel(self) -> None:
        """End what runs; the register stays as it was."""
        ...

    def close(self) -> None:
        """The window is gone: end what runs."""
        ...


class FormsPort(Protocol):
    """The forms of the registers; every call returns at once, and tells from any thread."""

    def open(
        self, ask: "FormAsk", person_id: str | None, told: "Callable[[FormSight], None]"
    ) -> None:
        """Find out what the register says now, and whether somebody may change it."""
        ...

    def save(self, order: "FormOrder", told: "Callable[[FormSight], None]") -> None:
        """Save a form, or find out what keeps it from being saved."""
        ...

    def undo(self, order: "UndoOrder", told: "Callable[[FormSight], None]") -> None:
        """Take back what somebody saved last, unless anybody has changed it since."""
        ...

    def close(self) -> None:
        """The window is gone: wait for the end of what is being done."""
        ...


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the window's rooms reach the bench through; None where there is nobody to ask.

    Attributes:
        devices: Shows, tests and sets up the devices.
        office: Finds out what the lead's boards show.
        importing: Imports products.
        forms: Opens and saves the forms of the registers.
    """

    devices: DevicesPort | None = None
    office: OfficePort | None = None
    importing: ImportPort | None = None
    forms: FormsPort | None = None

    def close(self) -> None:
        """End what they began; before the bench is closed."""
        for one in (self.devices, self.office, self.importing, self.forms):
            if one is not None:
                one.close()


class DoorPort(Protocol):
    """What stands before the bench; every call returns at once, answers come by the bridge."""

    def is_made(self) -> bool:
        """Whether there is a home; asked once, at the start."""
        ...

    def look(self) -> None:
        """Find out where a new home's key can lie."""
        ...

    def make_home(self, wanted: "HomeWanted") -> None:
        """Make the home as a person asked for it."""
        ...

    def unlock(self, passphrase: str) -> None:
        """A person typed the passphrase."""
        ...

    def close(self) -> None:
        """The window is gone: whoever waits for a person waits no more."""
        ...


class BenchNotMadeError(Exception):
    """There is no bench to show: its devices are held by another program, or set up wrongly.

    Attributes:
        code: Its sentences are ``cannot_open.<code>.what`` and so on.
        fields: What they name.
    """

    def __init__(self, code: str, **fields: str) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


@dataclass(frozen=True, slots=True)
class ReportDone:
    """A report lies on the disk.

    Attributes:
        repair_id: Whose.
        path: The PDF.
    """

    repair_id: str
    path: Path
