"""What the window asks of the bench; `app.bootstrap` gives it one."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.domain.frames import Frame
    from app.ui.door import HomeWanted


class BenchPort(Protocol):
    """The bench as the window sees it: every call returns at once, answers come by the bridge."""

    def command(self, code: str) -> None:
        """A verb of the command table was pressed: the same path as its barcode."""
        ...

    def typed(self, text: str) -> None:
        """A person typed this into the input field: the same path as a scan."""
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
