"""What the lead's boards show, and what is asked for them: frozen pictures of a moment."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

from app.domain.calibrations import CalibrationState
from app.domain.equipment import Equipment
from app.domain.esd_plan import PlanLine
from app.domain.journal import Entry
from app.domain.people import Person
from app.domain.products import Asset, Family
from app.domain.programme import ProgrammeStanding
from app.domain.qualifications import LineStanding
from app.domain.repairs import Repair
from app.services.recall_sight import RecallAsk, RecallChoices
from app.services.recalling import RecallList
from app.services.views import ProductCard


class Board(StrEnum):
    """One of the lead's boards."""

    REGISTER = "register"
    PRODUCT = "product"
    PEOPLE = "people"
    EQUIPMENT = "equipment"
    PROGRAMME = "programme"
    RECALL = "recall"


class Shown(StrEnum):
    """Which repairs of a recall's list are shown."""

    ALL = "all"
    CERTAIN = "certain"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody wants to see.

    Attributes:
        board: Which board.
        text: What is searched for in the register; empty for all of it.
        family: Only this product family.
        first: The first row wanted of the register, or of a recall's list, from 0.
        serial: Whose card, on the product's board.
        recall: What turned out bad, on the recall's board; None before that is chosen.
        shown: Which repairs of its list.
    """

    board: Board
    text: str = ""
    family: Family | None = None
    first: int = 0
    serial: str = ""
    recall: RecallAsk | None = None
    shown: Shown = Shown.ALL


MOST_SAVED: Final = 5
"""Searches that are kept; a sixth takes the place of the oldest."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search of the register that somebody wants to have at hand."""

    text: str
    family: Family | None = None


def toggled(saved: tuple[SavedSearch, ...], search: SavedSearch) -> tuple[SavedSearch, ...]:
    """Save a search, or let go of one that is saved."""
    others = tuple(one for one in saved if one != search)
    return others if len(others) < len(saved) else (*others, search)[-MOST_SAVED:]


@dataclass(frozen=True, slots=True)
class RegisterSight:
    """A page of the register.

    Attributes:
        ask: What was asked.
        total: How many products fit what was asked.
        rows: Those of the page, in the order of the register; what was searched for, best first.
        is_cut: Whether more fit than are counted.
    """

    ask: Ask
    total: int
    rows: tuple[Asset, ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class ProductSight:
    """A product's card with its history.

    Attributes:
        ask: What was asked.
        card: The product with every reason of its verdict.
        repairs: All repairs of it, newest first, those under a serial that it had before too.
        changes: What was changed of its row here, oldest first, under an earlier serial before.
        names: The id and name of everybody who did something in them.
    """

    ask: Ask
    card: ProductCard
    repairs: tuple[Repair, ...]
    changes: tuple[Entry, ...]
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PersonSight:
    """A person with what they may work on today."""

    person: Person
    lines: tuple[LineStanding, ...]


@dataclass(frozen=True, slots=True)
class PeopleSight:
    """Everybody of the register."""

    ask: Ask
    people: tuple[PersonSight, ...]


@dataclass(frozen=True, slots=True)
class PieceSight:
    """A piece of equipment, with its calibration, and its line of the ESD plan where it has one."""

    piece: Equipment
    calibration: CalibrationState
    plan: PlanLine | None


@dataclass(frozen=True, slots=True)
class EquipmentSight:
    """All equipment that is not retired, what is due first at the front."""

    ask: Ask
    pieces: tuple[PieceSight, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeSight:
    """Where the organisation stands with the programme."""

    ask: Ask
    standing: ProgrammeStanding


@dataclass(frozen=True, slots=True)
class RecallChoicesSight:
    """What can be chosen on the recall's board."""

    ask: Ask
    choices: RecallChoices


@dataclass(frozen=True, slots=True)
class RecallSight:
    """A page of the repairs that something which turned out bad has touched.

    Attributes:
        ask: What was asked.
        found: The list, with the repairs of the page alone.
        total: How many repairs are touched.
        certain: How many of them beyond doubt.
        shown: How many of them the table has.
    """

    ask: Ask
    found: RecallList
    total: int
    certain: int
    shown: int


@dataclass(frozen=True, slots=True)
class FailedSight:
    """A board that could not be read; the work goes on.

    Attributes:
        ask: What was asked.
        code: The store's fault, ``bug`` for a defect of the program, or why there is nothing to
            recall (`app.services.recalling.RecallRefusedError`).
        named: What was named there.
    """

    ask: Ask
    code: str
    named: str = ""


class FileKind(StrEnum):
    """As what a board is written."""

    CSV = "csv"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class FileSight:
    """A board as a file: being written, written, or not.

    Attributes:
        ask: What is written.
        kind: As what.
        path: Where it lies, or was to lie; None while it is being written.
        fault: Why it could not be written: `FULL`, `NOT_ALLOWED`, `BUG`, else the system's words;
            empty where it was.
    """

    ask: Ask
    kind: FileKind
    path: Path | None = None
    fault: str = ""

    @property
    def is_coming(self) -> bool:
        """Whether it is still being written."""
        return self.path is None and not self.fault


BUG: Final = "bug"
"""In place of a reason: a defect of the program, which is in the log."""
FULL: Final = "full"
"""There is no room on the disk."""
NOT_ALLOWED: Final = "not_allowed"
"""Nothing may be written there: another's folder, or a disk that is only read."""


@dataclass(frozen=True, slots=True)
class SearchesSight:
    """The searches of the register that were saved, the oldest first."""

    saved: tuple[SavedSearch, ...]


Sight: TypeAlias = (
    FailedSight
    | RegisterSight
    | ProductSight
    | PeopleSight
    | EquipmentSight
    | ProgrammeSight
    | RecallChoicesSight
    | RecallSight
)
OfficeTold: TypeAlias = Sight | SearchesSight | FileSight
"""What the boards are told."""
