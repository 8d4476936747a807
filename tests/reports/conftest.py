"""A repair with everything on record, and its parts to build others from."""

from datetime import date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from app.domain.esd import EsdVerdict
from app.domain.people import Certification
from app.domain.products import Asset, Coverage, Family, Ownership
from app.domain.repairs import Step
from app.services.ports import Organisation
from app.services.report_model import (
    Actor,
    EsdLine,
    EsdRecord,
    FindingLine,
    JournalMark,
    LimitLine,
    NoteLine,
    PartLine,
    RepairReport,
    SignatureLine,
    StepLine,
    WorkerLine,
)

CET = timezone(timedelta(hours=1))
ELSA = Actor("p-elsa", "Elsa Åkerström")
BENCH = UUID("01930000-0000-7000-8000-00000000beef")


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, second, tzinfo=CET)


def _reading() -> EsdLine:
    return EsdLine(
        entry_id=UUID("01930000-0000-7000-8000-000000000001"),
        person=ELSA,
        at=at(8, 2, 11),
        channel="wrist",
        ohm=1_050_000,
        over_range=False,
        under_range=False,
        verdict=EsdVerdict.PASS,
        tester_verdict=EsdVerdict.PASS,
        limit=LimitLine(750_000, 35_000_000, False, "IEC 61340-5-1", "iec-61340-5-1"),
        valid_until=at(20, 2, 11),
        tester_id="eq-7",
        tester_name="Personnel Grounding Tester 7100",
        tester_serial="PGT-20417",
        calibration_due=date(2027, 3, 31),
        guarded=3,
    )


def _part(number: str, name: str, kgb: str, kbb: str, minute: int) -> PartLine:
    return PartLine(
        number=number,
        name=name,
        kgb=kgb,
        kbb=kbb,
        order="PO-88412",
        delivery="DN-5530017",
        source="apple",
        received_on=date(2026, 11, 20),
        at=at(9, minute, 5),
        actor=ELSA,
    )


def _product() -> Asset:
    return Asset(
        serial="C02XK0ABJGH5",
        model="MacBook Pro (14-inch, M3 Pro, Nov 2023)",
        family=Family.MAC,
        ownership=Ownership.LEASED,
        imeis=("356938035643809",),
        tag="KTH-004711",
        holder="Institutionen för datavetenskap",
        lessor="Nordea Finans",
        leased_until=date(2027, 8, 31),
        proof="Avtal 2024-1187, 2024-09-01, Atea Sverige AB",
        coverages=(
            Coverage(
                "apple",
                "PP",
                date(2024, 9, 1),
                date(2027, 8, 31),
                "Apple Business Manager",
                date(2026, 11, 1),
            ),
            Coverage("apple", "LI", date(2024, 9, 1), date(2025, 8, 31), "GSX", date(2026, 11, 1)),
        ),
    )


def _steps() -> tuple[StepLine, ...]:
    return (
        StepLine(Step.OPENED, "", at(8, 4, 30), ELSA),
        StepLine(Step.DIAGNOSED, "AWTR", at(8, 40, 2), ELSA),
        StepLine(Step.IN_REPAIR, "BEGR", at(9, 0, 0), ELSA),
        StepLine(Step.READY, "RFPU", at(10, 12, 45), ELSA),
        StepLine(Step.COMPLETED, "SPCM", at(13, 5, 9), ELSA),
    )


def full_report() -> RepairReport:
    return RepairReport(
        organisation=Organisation(
            "Kungliga Tekniska högskolan",
            "Verkstaden, Campus Valhallavägen",
            "0001234567",
            "Europe/Stockholm",
        ),
        zone="Europe/Stockholm",
        zone_known=True,
        repair_id="01930000-0000-7000-8000-0000000000aa",
        number="K7M2Q9XD",
        serial="C02XK0ABJGH5",
        step=Step.COMPLETED,
        gsx="SPCM",
        opened_at=at(8, 4, 30),
        product=_product(),
        symptom="battery_drains",
        diagnosis="PPT002: batteriet behöver snart bytas",
        steps=_steps(),
        parts=(
            _part(
                "661-17578", "Battery with Top Case", "F5D547790KPG5NYAW", "C4H7482010WH80MA5", 20
            ),
            _part("923-06959", "Bottom Case", "C015052020KFY5J6A", "C0150520ZZKFY5J6B", 41),
        ),
        esd=EsdRecord(3, (_reading(),), ()),
        findings=(FindingLine("P1", "warn", "lease_ends_soon"),),
        policy_edition="se 2026-11",
        policy_now="se 2026-11",
        notes=(
            NoteLine("Batteriet svällt något; styrplattan klickar ojämnt.", at(8, 38), ELSA),
            NoteLine("Kalibrerad efter byte, 3 laddcykler.\nInga fel (ADP000).", at(10, 10), ELSA),
        ),
        conflicts=(),
        workers=(
            WorkerLine(
                ELSA,
                "T-55012",
                True,
                (Certification("ACMT", (Family.MAC,), date(2025, 2, 1), date(2027, 2, 1)),),
            ),
        ),
        signature=SignatureLine(ELSA, at(13, 5, 8), "ab" * 32, found=True, later=0),
        mark=JournalMark(BENCH, 4711, "3f7c" * 16, at(13, 5, 9)),
    )


@pytest.fixture
def report() -> RepairReport:
    return full_report()
