"""The recall's board as the window is told of it: asked, answered, refused, written, hostile."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.domain.equipment import EquipmentState
from app.domain.people import Certification
from app.domain.products import Family
from app.domain.recall import (
    ByCertificate,
    ByLot,
    ByTester,
    Doubt,
    Period,
    Recall,
    Suspicion,
    Touch,
    Work,
    WorkKind,
)
from app.services.calibrations import Calibration
from app.services.office_sight import (
    FULL,
    Ask,
    Board,
    FailedSight,
    FileKind,
    FileSight,
    RecallChoicesSight,
    RecallSight,
    Shown,
    Sight,
)
from app.services.recall_sight import (
    GonePerson,
    GoneTester,
    KnownTester,
    RecallAsk,
    RecallChoices,
    Suspect,
)
from app.services.recalling import Hit, RepairLine
from app.services.views import BenchView, Screen
from app.ui.office.panel import Office, RecallForm
from app.ui.state import WindowState
from tests.ui.esd_samples import ANNA, LEAD, PASSED, PASSES, state
from tests.ui.office_samples import NASTY, PROGRAMME, TESTER
from tests.unit.services.recall_lists import UNOPENED, hit, listed, part, step

CALIBRATIONS = (
    Calibration("RISE-77", date(2026, 1, 10), date(2026, 11, 2)),
    Calibration("RISE-41", None, None),
)
AWAY = replace(TESTER, id="EQ9", name="Walther WT-20", state=EquipmentState.RETIRED, place="")
ACMT = Certification("ACMT", (Family.MAC,), date(2025, 2, 3), date(2028, 2, 2))
CHOICES = RecallChoicesSight(
    Ask(Board.RECALL),
    RecallChoices(
        (KnownTester(TESTER, CALIBRATIONS), KnownTester(AWAY, ())),
        (
            replace(ANNA, certifications=(ACMT, replace(ACMT, valid_until=None))),
            replace(LEAD, certifications=()),
        ),
        (
            GoneTester("EQ3", "Hioki ST5541", "HI-7", (Calibration("RISE-12", None, None),)),
            GoneTester("esd-old", "", "", ()),
        ),
        (GonePerson("p-bo", "Bo Berg", "1009"), GonePerson("p-x", "", "")),
    ),
)
NASTY_CHOICES = RecallChoicesSight(
    Ask(Board.RECALL),
    RecallChoices(
        (KnownTester(replace(TESTER, name=NASTY, place=NASTY), ()),),
        (replace(ANNA, name=NASTY),),
    ),
)
BY_TESTER = RecallAsk(Suspect.TESTER, TESTER.id, start=date(2026, 11, 1), end=date(2026, 11, 20))
BY_LOT = RecallAsk(Suspect.LOT, lot=ByLot(part_number="661-17578", delivery="80012345"))
_DAYS = Period(datetime(2026, 10, 31, 23, tzinfo=UTC), datetime(2026, 11, 20, 23, tzinfo=UTC))
DOUBTFUL = hit(step(9, "in_repair", Doubt.ORDER, Doubt.NO_TESTER), number="R8")


def sight(
    asked: RecallAsk,
    *hits: Hit,
    recall: Recall = ByTester(TESTER.id),  # noqa: B008 - it is frozen
    total: int | None = None,
    shown: Shown = Shown.ALL,
) -> RecallSight:
    found = listed(hits, recall, name="Warmbier PGT 130")
    found = replace(found, period=_DAYS if asked is BY_TESTER else Period())
    many = len(hits) if total is None else total
    certain = many - sum(not one.is_certain for one in hits)
    ask = Ask(Board.RECALL, recall=asked, shown=shown)
    return RecallSight(ask, found, many, certain, many)


def lines(count: int) -> tuple[Hit, ...]:
    """As many repairs as a page has, each with a number of its own."""
    return tuple(hit(step(at), part(at), number=f"4K7Q{at:04}") for at in range(count))


LISTED = sight(BY_TESTER, *lines(126), DOUBTFUL, replace(UNOPENED), total=3_214)
FEW = sight(BY_TESTER, hit(), DOUBTFUL)
SUSPECTED = replace(FEW, found=replace(FEW.found, suspicions=(Suspicion(_DAYS),)))
NONE = sight(BY_LOT, recall=BY_LOT.lot)
HOSTILE = sight(
    RecallAsk(Suspect.CERTIFICATE, "p-anna", NASTY),
    Hit(
        RepairLine(NASTY, NASTY, NASTY),
        None,
        NASTY,
        (
            Touch(
                Work(
                    NASTY,
                    WorkKind.PART,
                    NASTY,
                    datetime(2026, 11, 23, 8, tzinfo=UTC) - timedelta(days=3),
                    NASTY,
                    "e",
                )
            ),
        ),
    ),
    recall=ByCertificate(NASTY, NASTY),
)


def recall_board(
    told: Sight | None,
    *,
    asked: RecallAsk | None = None,
    form: RecallForm = RecallForm(),  # noqa: B008 - it is frozen
    file: FileSight | None = None,
) -> WindowState:
    """The board with an answer, asked by a lead."""
    office = Office(Ask(Board.RECALL, recall=asked), told, told, form=form, file=file)
    return state(BenchView(Screen.HOME, LEAD, PASSED), PASSES, office=office)


WRITTEN = FileSight(
    FEW.ask, FileKind.CSV, Path("/home/karin/RepairBench/reports/recall-tester-EQ1.csv")
)
RECALL_STATES: dict[str, WindowState] = {
    **{
        f"office_recall_{suspect}": recall_board(CHOICES, form=RecallForm(suspect))
        for suspect in Suspect
    },
    "office_recall_no_fit": recall_board(CHOICES, form=RecallForm(text="zz")),
    "office_recall_backwards": recall_board(CHOICES, form=RecallForm(problem="backwards")),
    "office_recall_empty": recall_board(
        RecallChoicesSight(Ask(Board.RECALL), RecallChoices((), ()))
    ),
    "office_recall_looking": recall_board(CHOICES, asked=BY_TESTER),
    "office_recall_listed": recall_board(LISTED, asked=BY_TESTER),
    "office_recall_few": recall_board(FEW, asked=BY_TESTER),
    "office_recall_suspected": recall_board(SUSPECTED, asked=BY_TESTER),
    "office_recall_writing": recall_board(
        FEW, asked=BY_TESTER, file=FileSight(FEW.ask, FileKind.PDF)
    ),
    "office_recall_written": recall_board(FEW, asked=BY_TESTER, file=WRITTEN),
    "office_recall_not_written": recall_board(
        FEW, asked=BY_TESTER, file=replace(WRITTEN, fault=FULL)
    ),
    "office_recall_none": recall_board(NONE, asked=BY_LOT),
    "office_recall_refused": recall_board(
        FailedSight(Ask(Board.RECALL, recall=BY_TESTER), "tester_unknown", "EQ1"), asked=BY_TESTER
    ),
    "office_recall_failed": recall_board(FailedSight(Ask(Board.RECALL), "bug")),
    "office_recall_hostile": recall_board(HOSTILE, asked=HOSTILE.ask.recall),
    "office_recall_hostile_choices": recall_board(NASTY_CHOICES),
    "office_readiness_written": state(
        BenchView(Screen.HOME, LEAD, PASSED),
        PASSES,
        office=Office(
            PROGRAMME.ask,
            PROGRAMME,
            file=FileSight(
                PROGRAMME.ask,
                FileKind.PDF,
                Path("/home/karin/RepairBench/reports/readiness-2026-11-23.pdf"),
            ),
        ),
    ),
}
