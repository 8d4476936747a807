"""What is asked on the recall board, and what is there to be chosen: frozen pictures."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.equipment import Equipment
from app.domain.people import Person
from app.domain.recall import ByLot
from app.services.calibrations import Calibration


class Suspect(StrEnum):
    """What can have turned out bad."""

    TESTER = "tester"
    CALIBRATION = "calibration"
    TECHNICIAN = "technician"
    CERTIFICATE = "certificate"
    LOT = "lot"


TIMED: Final = frozenset({Suspect.TESTER, Suspect.TECHNICIAN})
"""Those of which a period can be asked for; the others have their own."""

NO_LOT: Final = ByLot()
"""No parts at all."""


@dataclass(frozen=True, slots=True)
class RecallAsk:
    """What turned out bad.

    Attributes:
        suspect: Of which kind it is.
        id: Which tester, or whose id; empty for parts.
        certificate: The calibration's number, or the certification's name.
        lot: Which parts.
        start: The first day that is asked for; None from the beginning.
        end: The last one; None without an end.
    """

    suspect: Suspect
    id: str = ""
    certificate: str = ""
    lot: ByLot = NO_LOT
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class KnownTester:
    """A tester of the register, in service or not, with every calibration on record."""

    tester: Equipment
    calibrations: tuple[Calibration, ...]


@dataclass(frozen=True, slots=True)
class GoneTester:
    """A tester that readings name and the register does not.

    Attributes:
        id: By which they name it.
        name: What it was called last; empty where the journal does not tell.
        serial: Likewise.
        calibrations: Every calibration that the journal tells of.
    """

    id: str
    name: str
    serial: str
    calibrations: tuple[Calibration, ...]


@dataclass(frozen=True, slots=True)
class GonePerson:
    """Somebody who worked on repairs and whom the register does not hold.

    Attributes:
        id: By which the work names them.
        name: What they were called last; empty where the journal does not tell.
        badge: Likewise.
    """

    id: str
    name: str
    badge: str


@dataclass(frozen=True, slots=True)
class RecallChoices:
    """What a recall can begin with.

    Attributes:
        testers: The register's ESD testers, by name.
        people: Everybody of the register, by name.
        gone_testers: Testers that only readings name, by name.
        gone_people: People whom only work names, by name.
    """

    testers: tuple[KnownTester, ...]
    people: tuple[Person, ...]
    gone_testers: tuple[GoneTester, ...] = ()
    gone_people: tuple[GonePerson, ...] = ()
