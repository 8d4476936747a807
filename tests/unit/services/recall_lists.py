"""What a recall found, built by hand: for words, files and paper."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from app.domain.esd import EsdVerdict
from app.domain.esd_readings import EsdReading
from app.domain.parts import FittedPart
from app.domain.products import Family
from app.domain.recall import ByTester, Doubt, Period, Recall, Touch, Work, WorkKind
from app.domain.repairs import Step
from app.services.ports import Organisation
from app.services.recalling import Hit, ProductLine, RecallList, RepairLine
from app.services.report_model import JournalMark

ZONE: Final = ZoneInfo("Europe/Stockholm")
EIGHT: Final = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
MARK: Final = JournalMark(UUID(int=7), 42, "ab" * 32, EIGHT.astimezone(ZONE))
READING: Final = EsdReading(
    "e0", "anna", "T1", "wrist", EsdVerdict.PASS, EIGHT, EIGHT + timedelta(hours=12)
)
PART: Final = FittedPart(
    "661-17578", "F5D547790KPG5NYAW", "C4H7482010WH80MA5", "PO-1", "DN-1", "e2"
)
MAC: Final = ProductLine("C02XK0ABJGH5", "MacBook Pro", Family.MAC, "Karin Holm", "Library")


def step(minutes: int = 1, what: str = "in_repair", *doubts: Doubt, person: str = "anna") -> Touch:
    at = EIGHT + timedelta(minutes=minutes)
    return Touch(Work("r1", WorkKind.STEP, what, at, person, "e1"), READING, doubts)


def part(minutes: int = 2, *doubts: Doubt, fitted: FittedPart = PART) -> Touch:
    at = EIGHT + timedelta(minutes=minutes)
    work = Work("r1", WorkKind.PART, fitted.part_number, at, "bo", "e2", part=fitted)
    return Touch(work, None, doubts)


def line(number: str = "R7", step: Step | None = Step.COMPLETED) -> RepairLine:
    return RepairLine("r1", number, "C02XK0ABJGH5", step, EIGHT, "anna")


def hit(*touches: Touch, product: ProductLine | None = MAC, number: str = "R7") -> Hit:
    return Hit(line(number), product, "Anna Ek", touches or (step(), part()))


UNOPENED: Final = Hit(RepairLine("r9"), None, "", (part(3, Doubt.REJECTED),))


def listed(
    hits: Sequence[Hit] = (),
    asked: Recall = ByTester("T1"),  # noqa: B008 - it is frozen
    *,
    name: str = "Warmbier",
    period: Period = Period(),  # noqa: B008 - likewise
    mark: JournalMark | None = MARK,
) -> RecallList:
    return RecallList(
        recall=asked,
        name=name,
        period=period,
        organisation=Organisation("KTH", "Stockholm", "70112233", "Europe/Stockholm"),
        zone=ZONE,
        mark=mark,
        hits=tuple(hits),
        people={"anna": "Anna Ek"},
    )
