"""The lead's boards as the window is told of them: full, empty, searched, hostile."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.bootstrap import programme
from app.domain.account import AccountTerms, Standing
from app.domain.calibrations import CalibrationState
from app.domain.equipment import Equipment
from app.domain.equipment_tests import PieceState, PieceVerdict
from app.domain.esd_plan import PlanLine, PlanState
from app.domain.installed_base import BaseCount, InstalledBase
from app.domain.journal import GENESIS, Draft, Entry, Json, sealed
from app.domain.parts import FittedPart
from app.domain.policy import Severity
from app.domain.products import (
    Asset,
    Coverage,
    Family,
    FormerIdentity,
    Ownership,
    Purchase,
)
from app.domain.programme import Situation, programme_standing
from app.domain.qualifications import Held, LineStanding, ProductLine
from app.domain.repairs import Repair, Step
from app.domain.verdicts import Finding, Verdict
from app.services.office_sight import (
    Ask,
    Board,
    EquipmentSight,
    FailedSight,
    PeopleSight,
    PersonSight,
    PieceSight,
    ProductSight,
    ProgrammeSight,
    RegisterSight,
    SavedSearch,
    Sight,
)
from app.services.registering import CHANGED
from app.services.views import BenchView, ProductCard, Screen
from app.ui.office.panel import Office
from app.ui.state import WindowState
from tests.ui.esd_samples import ANNA, LEAD, PASSED, PASSES, state

TODAY = date(2026, 11, 23)
NASTY = "<b>x</b>\u202e\x00 " + "W" * 300
MAC = Asset(
    "C02XK0ABJGH5",
    "MacBook Pro 14″ (M3 Pro, 2023)",
    Family.MAC,
    Ownership.LEASED,
    tag="INV-20418",
    holder="Konstruktion, plan 4",
    department="Samhällsbyggnad",
    lessor="Atea Finans",
    leased_until=date(2027, 12, 18),
    purchase=Purchase("4500118273", date(2023, 11, 20), "Atea", "", "abm"),
    coverages=(Coverage("apple", "PP", date(2023, 11, 20), date(2026, 11, 19), "GSX", TODAY),),
    former=(FormerIdentity("C02XK0ABJGH4", date(2026, 2, 1), "4K7QX0M1"),),
)
PHONE = Asset(
    "F2LXQ0ABHG7K",
    "iPhone 15 Pro",
    Family.IPHONE,
    Ownership.OWNED,
    tag="INV-30077",
    holder="Fältservice Norr",
    proof="Avtal 2024-1187",
)
STRAY = Asset("DMPXQ0ABHG7K", "iPad (9th generation)", Family.IPAD, Ownership.UNKNOWN)
PRODUCTS = (MAC, PHONE, STRAY)
MANY = tuple(
    replace(PRODUCTS[at % 3], serial=f"C02XK{at:04}JGH", tag=f"INV-{20000 + at}")
    for at in range(128)
)
REPAIR = Repair(
    "01936f00-0000-7000-8000-00000000aaaa",
    "4K7QX0M2",
    MAC.serial,
    "p-anna",
    Step.COMPLETED,
    datetime(2026, 11, 3, 9, 12, tzinfo=UTC),
    "battery_swollen",
    parts=(FittedPart("661-21993", "DVH3256A0Q8P1LMAT", "DVH3256A0Q8P1LMAU", "4500", "80", "e"),),
)


def changed(fields: dict[str, Json], bench: int = 1, who: str = "p-karin") -> Entry:
    payload: dict[str, Json] = {"set": fields, "was": {}}
    draft = Draft(CHANGED, f"assets:{MAC.serial}", f"person:{who}", payload)
    return sealed(
        draft,
        entry_id=UUID(int=6 + bench),
        bench_id=UUID(int=bench),
        seq=1,
        at=datetime(2026, 10, 1, 8, 0, tzinfo=UTC),
        previous=GENESIS,
    )


def board(sight: Sight, **more: object) -> WindowState:
    view = BenchView(Screen.HOME, ANNA, PASSED)
    office = Office(replace(sight.ask, first=0), sight)
    return state(view, PASSES, office=office, **more)


def piece(number: int, kind: str, name: str, due: date | None, place: str = "Bänk 1") -> Equipment:
    return Equipment(f"EQ{number}", kind, "", name, f"SN{number:04}", due, place)


def plan(of: Equipment, days_ago: int | None, *, failed: bool = False) -> PlanLine:
    at = datetime(2026, 11, 23, 8, tzinfo=UTC) - timedelta(days=days_ago or 0)
    verdict = PieceVerdict.FAIL_HIGH if failed else PieceVerdict.PASS
    last = PieceState("mat", "e", "surface", verdict, 10**7, False, at, "EQ1", "p-anna")
    due = TODAY if days_ago is None else TODAY + timedelta(days=90 - days_ago)
    states = {0: PlanState.DUE, 1: PlanState.OK, -1: PlanState.OVERDUE}
    where = PlanState.FAILED if failed else states[(due > TODAY) - (due < TODAY)]
    if days_ago is None:
        return PlanLine(of, "mat", ("surface",), 90, None, None, TODAY, PlanState.NEVER)
    return PlanLine(of, "mat", ("surface",), 90, last, at.date(), due, where)


TESTER = piece(1, "esd_tester", "Warmbier PGT 130", date(2026, 11, 2))
MAT = piece(2, "esd_mat", "Matta 60", None)
POINT = piece(3, "ground_point", "Jordpunkt", None, "")
SCANNER = piece(4, "scanner", "Zebra DS2208", date(2026, 12, 20))
NEW = piece(5, "floor_mat", "Golvmatta", None)
PEOPLE = PeopleSight(
    Ask(Board.PEOPLE),
    (
        PersonSight(
            ANNA,
            (
                LineStanding(ProductLine.MAC, Held.CERTIFIED, date(2028, 2, 2)),
                LineStanding(ProductLine.IOS, Held.ENDS_SOON, date(2026, 12, 4)),
            ),
        ),
        PersonSight(
            LEAD,
            (
                LineStanding(ProductLine.MAC, Held.ENDED, date(2025, 5, 15)),
                LineStanding(ProductLine.IOS, Held.CERTIFIED),
            ),
        ),
        PersonSight(
            replace(LEAD, id="x", name=NASTY, badge="", tech_id=NASTY),
            (
                LineStanding(ProductLine.MAC, Held.NOT_YET, date(2027, 1, 1)),
                LineStanding(ProductLine.IOS, Held.NEVER),
            ),
        ),
    ),
)
EQUIPMENT = EquipmentSight(
    Ask(Board.EQUIPMENT),
    (
        PieceSight(TESTER, CalibrationState.OVERDUE, None),
        PieceSight(replace(TESTER, calibration_due=None), CalibrationState.UNKNOWN, None),
        PieceSight(NEW, CalibrationState.NOT_ASKED, plan(NEW, None)),
        PieceSight(POINT, CalibrationState.NOT_ASKED, plan(POINT, 3, failed=True)),
        PieceSight(MAT, CalibrationState.NOT_ASKED, plan(MAT, 90)),
        PieceSight(SCANNER, CalibrationState.SOON, plan(SCANNER, 10)),
        PieceSight(SCANNER, CalibrationState.OK, plan(SCANNER, 100)),
    ),
)
CARD = ProductCard(
    MAC.serial,
    MAC,
    Verdict.WARNING,
    (Finding("P1", Severity.WARN, "lease_ends_soon", (("until", "2026-12-18"),)),),
    (),
)
PRODUCT = ProductSight(
    Ask(Board.PRODUCT, serial=MAC.serial),
    CARD,
    (REPAIR, replace(REPAIR, number="å", technician_id="gone", step=Step.CANCELLED, parts=())),
    (changed({"holder": "Konstruktion"}),),
    (("p-anna", ANNA.name), ("p-karin", LEAD.name)),
)
PROGRAMME = ProgrammeSight(
    Ask(Board.PROGRAMME),
    programme_standing(
        Situation(
            TODAY,
            "SSA-1",
            AccountTerms(
                date(2026, 10, 1), "se", Standing.GOOD, TODAY, 10_000_000, 9_500_000, "SEK"
            ),
            InstalledBase((BaseCount(Family.MAC, Ownership.OWNED, True, 987),)),
            (ANNA, LEAD),
            (TESTER, MAT, POINT, SCANNER),
        ),
        programme("se"),
    ),
)
OFFICE_STATES: dict[str, WindowState] = {
    "office_register": board(RegisterSight(Ask(Board.REGISTER), 1_000_000, MANY)),
    "office_register_found": replace(
        board(RegisterSight(Ask(Board.REGISTER, "15 pro", Family.IPHONE), 1, (PHONE,))),
        office=Office(
            Ask(Board.REGISTER, "15 pro", Family.IPHONE),
            RegisterSight(Ask(Board.REGISTER, "15 pro", Family.IPHONE), 1, (PHONE,)),
            saved=(
                SavedSearch("15 pro", Family.IPHONE),
                SavedSearch("Fältservice"),
                SavedSearch("", Family.IPAD),
                SavedSearch(NASTY),
            ),
        ),
    ),
    "office_register_more": board(
        RegisterSight(Ask(Board.REGISTER, "mac"), 1_000, MANY, is_cut=True)
    ),
    "office_register_none": board(RegisterSight(Ask(Board.REGISTER, NASTY), 0, ())),
    "office_register_empty": board(RegisterSight(Ask(Board.REGISTER), 0, ())),
    "office_register_asking": state(
        BenchView(Screen.HOME, ANNA, PASSED), PASSES, office=Office(Ask(Board.REGISTER))
    ),
    "office_hostile": board(
        RegisterSight(
            Ask(Board.REGISTER),
            1,
            (replace(MAC, serial=NASTY, model=NASTY, holder=NASTY, tag=NASTY, department=NASTY),),
        )
    ),
    "office_product": board(PRODUCT),
    "office_product_new": board(replace(PRODUCT, repairs=(), changes=())),
    "office_people": board(PEOPLE),
    "office_people_empty": board(PeopleSight(Ask(Board.PEOPLE), ())),
    "office_failed": board(FailedSight(Ask(Board.PROGRAMME), "bug")),
    "office_programme": board(PROGRAMME),
    "office_equipment": board(EQUIPMENT),
    "office_equipment_empty": board(EquipmentSight(Ask(Board.EQUIPMENT), ())),
}
