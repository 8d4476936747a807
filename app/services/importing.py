"""Importing a file of products: what is asked, how far it is, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
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
        removed: Rows of products that somebody has taken out of the register by hand.
        former: Rows that name a product by what it was called before a repair.
    """

    read: int = 0
    accepted: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    refused: int = 0
    removed: int = 0
    former: int = 0

    @property
    def changes(self) -> int:
        """Products that the register does not have yet as the file says."""
        return self.accepted + self.updated


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """A row that is not brought into the register: its product was taken out by hand.

    Attributes:
        row: Its number in the file.
        serial: The product's.
        at: When it was removed, by the clock of the bench where that was done.
        by: Who did it: a name, or what the journal calls somebody whom no register names.
    """

    row: int
    serial: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class FormerRow:
    """A row that adds no product: what it names is a known one's, from before a repair.

    Attributes:
        row: Its number in the file.
        value: The serial or IMEI that is no longer the product's.
        serial: The product's serial now.
        until: The last day of the former one, None where it is not known.
    """

    row: int
    value: str
    serial: str
    until: date | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The rows of a file that are right, and are not brought in; of many only the first."""

    removed: tuple[RemovedRow, ...] = ()
    former: tuple[FormerRow, ...] = ()


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
        "removed": counts.removed,
        "former": counts.former,
    }
