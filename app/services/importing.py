"""Importing a file of products: what is asked, how far it is, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from app.domain.journal import Json

IMPORTED: Final = "register.imported"
"""The kind of the entry."""
SUBJECT: Final = "assets:import"
"""Whom the entry is about: the register's products."""


class Phase(StrEnum):
    """What an import is doing."""

    WAITING = "waiting"
    READING = "reading"
    COMPARING = "comparing"
    MERGING = "merging"
    INDEXING = "indexing"
    CHECKING = "checking"
    CHANGING = "changing"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is.

    Attributes:
        phase: What it is doing.
        done: Of the whole, 0 to 1.
        read: Rows that were read so far.
        refused: Rows of them that are not taken.
    """

    phase: Phase
    done: float
    read: int = 0
    refused: int = 0


Tell: TypeAlias = Callable[[Progress], None]
Stopped: TypeAlias = Callable[[], bool]
"""Whether somebody wants the import to end."""


class ImportCancelledError(Exception):
    """Somebody ended the import; the register is as it was."""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """What the journal says of an imported file.

    Attributes:
        name: The file's name, without its folder.
        sha256: Of its bytes, hexadecimal.
        mapping: The name of the mapping that it was read by.
        actor: Who imported it.
    """

    name: str
    sha256: str
    mapping: str
    actor: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of a file: each is counted once.

    Attributes:
        read: All rows; empty ones do not count.
        accepted: Products that are new.
        updated: Products that the file changed.
        unchanged: Products that are in the register as the file says.
        duplicates: Rows that say the same as an earlier one.
        refused: Rows that are not taken.
    """

    read: int = 0
    accepted: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    refused: int = 0

    @property
    def changes(self) -> int:
        """Products that the register does not have yet as the file says."""
        return self.accepted + self.updated


def imported(file: ImportFile, counts: Counts) -> dict[str, Json]:
    """The payload of the entry that tells of an import; no row of it leaves the bench with it."""
    return {
        "file": file.name,
        "sha256": file.sha256,
        "mapping": file.mapping,
        "read": counts.read,
        "accepted": counts.accepted,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "duplicates": counts.duplicates,
        "refused": counts.refused,
    }
