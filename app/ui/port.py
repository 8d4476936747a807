"""What the window asks of the bench; `app.bootstrap` gives it one."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


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


@dataclass(frozen=True, slots=True)
class ReportDone:
    """A report lies on the disk.

    Attributes:
        repair_id: Whose.
        path: The PDF.
    """

    repair_id: str
    path: Path
