"""What a report lacks, or should be doubted, is said on the paper in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.esd import EsdVerdict
from app.domain.people import Certification
from app.domain.products import Family, Ownership
from app.domain.repairs import GSX_STATUS, Step
from app.services.doubting import DOUBTS
from app.services.repair_report import GAPS
from app.services.report_model import (
    Actor,
    ConflictLine,
    EsdRecord,
    FindingLine,
    RepairReport,
    UnguardedWork,
)
from app.texts import Language, texts
from tests.reports.papers import BOTH, said


def bare(report: RepairReport) -> RepairReport:
    """The same repair with nothing on record but its opening."""
    stripped = replace(
        report,
        step=Step.OPENED,
        gsx="",
        product=None,
        symptom="",
        diagnosis="",
        steps=(),
        parts=(),
        esd=EsdRecord(0, (), ()),
        findings=None,
        policy_edition="",
        notes=(),
        workers=(),
        signature=None,
    )
    return replace(stripped, gaps=tuple(code for code, lacks in GAPS.items() if lacks(stripped)))


def test_what_is_missing_is_said_in_words(report: RepairReport) -> None:
    text = said(bare(report))
    for expected in (
        "Interim report: the repair is not completed.",
        "Missing from this report The product is not in the register; how the product is held;",
        "proof of ownership; warranty and coverage; symptom; diagnosis;",
        "This product is not in the organisation's register",
        "Symptom Not on record",
        "Diagnosis Not on record",
        "No step on record.",
        "No part was fitted.",
        "No internal work on record",
        "What the rules said at opening is not on record.",
        "in force on this bench now: SE 2026-11.",
        "No notes.",
        "Nobody on record.",
        "Not signed by badge. To sign by hand:",
        "Name in print",
    ):
        assert expected in text


def test_every_text_of_a_bare_report_exists_in_swedish(report: RepairReport) -> None:
    assert "report." not in said(bare(report), Language.SWEDISH)


def test_a_product_with_gaps_names_each(report: RepairReport) -> None:
    assert report.product is not None
    product = replace(
        report.product,
        model="",
        family=None,
        maker="",
        imeis=(),
        tag=" ",
        holder="",
        ownership=Ownership.UNKNOWN,
        proof="",
        coverages=(),
    )
    text = said(replace(report, product=product))
    for expected in (
        "Model Not on record",
        "Family None of Apple's families",
        "Maker Not on record",
        "Asset tag Not on record",
        "Holder Not on record",
        "IMEI None",
        "Held as Not on record",
        "Proof of ownership Not on record",
        "No coverage on record for this product.",
    ):
        assert expected in text


def test_work_without_a_reading_is_said(report: RepairReport) -> None:
    first = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    gap = UnguardedWork(Actor("nils", ""), "esd_missing", 2, first, first + timedelta(hours=1))
    text = said(replace(report, esd=EsdRecord(2, (), (gap,))))
    assert "No ESD reading on record." in text
    assert (
        "2 pieces of internal work by nils (not in the register) were not guarded by a valid"
        " reading (2026-11-23 08:00:00 +00:00 to 2026-11-23 09:00:00 +00:00): There was no ESD"
        " reading."
    ) in text


def test_a_reading_says_what_it_lacks(report: RepairReport) -> None:
    (reading,) = report.esd.readings
    lacking = replace(
        reading,
        ohm=None,
        verdict=EsdVerdict.INVALID,
        tester_verdict=None,
        limit=None,
        tester_name="",
        tester_serial="",
        calibration_due=None,
        guarded=0,
    )
    text = said(replace(report, esd=EsdRecord(1, (lacking,), ())))
    for expected in (
        "Wrist strap, worn Not on record Ours Invalid Tester Gave none",
        "eq-7 Serial Not on record Calibr. due Not on record",
        "Guarded No work",
    ):
        assert expected in text


@pytest.mark.parametrize(
    ("over", "under", "verdict", "words"),
    [
        (True, False, EsdVerdict.FAIL_HIGH, "Over range Ours Fail, too high"),
        (False, True, EsdVerdict.FAIL_LOW, "Under range Ours Fail, too low"),
    ],
)
def test_a_value_out_of_range_is_said_in_words(
    report: RepairReport, over: bool, under: bool, verdict: EsdVerdict, words: str
) -> None:
    (reading,) = report.esd.readings
    out = replace(reading, ohm=None, over_range=over, under_range=under, verdict=verdict)
    assert words in said(replace(report, esd=EsdRecord(1, (out,), ())))


TYPED = "Source Typed off the display"


@pytest.mark.parametrize(
    ("witness", "doubt", "words"),
    [
        (Actor("bo", "Bo Ek"), "", f"{TYPED} Seen by Bo Ek"),
        (Actor("bo", ""), "", f"{TYPED} Seen by bo (not in the register)"),
        (None, "", f"{TYPED} Seen by Not on record"),
        (None, "esd_unconfirmed", f"{TYPED} Doubt No second person saw it"),
        (None, "esd_from_the_future", f"{TYPED} Doubt esd_from_the_future"),
    ],
)
def test_a_typed_value_says_who_else_saw_it(
    report: RepairReport, witness: Actor | None, doubt: str, words: str
) -> None:
    (reading,) = report.esd.readings
    typed = replace(reading, typed=True, confirmed_by=witness, doubt=doubt)
    assert words in said(replace(report, esd=EsdRecord(1, (typed,), ())))


@pytest.mark.parametrize("code", DOUBTS)
@BOTH
def test_every_doubt_has_its_words(report: RepairReport, code: str, language: Language) -> None:
    (reading,) = report.esd.readings
    doubted = replace(reading, verdict=EsdVerdict.INVALID, doubt=code)
    text = said(replace(report, esd=EsdRecord(1, (doubted,), ())), language)
    assert code not in text
    assert texts(language).say(f"report.doubt.{code}") in text
    assert "Typed off the display" not in text


def test_a_part_without_its_entry_or_purchase_says_so(report: RepairReport) -> None:
    part = replace(
        report.parts[0],
        order="",
        delivery="",
        source="",
        received_on=None,
        at=None,
        actor=None,
    )
    text = said(replace(report, parts=(part,)))
    assert (
        "Order Not on record Delivery Not on record Received Not on record From Not on record"
        " Not on record Not on record"
    ) in text


def test_later_entries_are_said_not_to_be_signed(report: RepairReport) -> None:
    assert report.signature is not None
    signed = replace(report, signature=replace(report.signature, later=1))
    assert "1 later entry is not covered by this signature." in said(signed)
    assert "not covered by this signature" not in said(report)


def test_a_signature_on_something_else_proves_nothing(report: RepairReport) -> None:
    assert report.signature is not None
    signed = replace(report, signature=replace(report.signature, found=False, later=9))
    text = said(signed)
    assert "No entry of this repair has this hash: the signature proves nothing about it." in text
    assert "9 later" not in text


def test_an_unknown_time_zone_is_said(report: RepairReport) -> None:
    organisation = replace(report.organisation, time_zone="Mars/Olympus")
    text = said(replace(report, organisation=organisation, zone="UTC", zone_known=False))
    assert "Times in UTC: this computer does not know the time zone Mars/Olympus" in text


def test_an_organisation_that_is_not_on_record_is_said_to_be_missing(
    report: RepairReport,
) -> None:
    nobody = replace(report.organisation, name="", site="", account="", time_zone="")
    text = said(replace(report, organisation=nobody, zone="UTC", zone_known=False))
    assert text.startswith("Not on record Not on record Account number Not on record")
    assert "Times in UTC: the time zone of the site is not on record." in text


def test_conflicts_stand_before_everything_else(report: RepairReport) -> None:
    line = ConflictLine("part_claimed_twice", "part.fitted", report.opened_at, Actor("x", ""), "e1")
    lost = ConflictLine("malformed", "", None, None, "e2")
    text = said(replace(report, conflicts=(line, lost)))
    assert text.index("Conflicts to be settled") < text.index("Product")
    assert "Status Completed 2 conflicts" in text
    assert "The same part was fitted twice." in text
    assert "An entry could not be read. Not on record Not on record Not on record e2" in text
    assert "onflict" not in said(report)


def test_a_cancelled_repair_says_so(report: RepairReport) -> None:
    text = said(replace(report, step=Step.CANCELLED, gsx=""))
    assert "The repair was cancelled." in text
    assert "Interim" not in text


@pytest.mark.parametrize("step", set(Step) - {Step.COMPLETED, Step.CANCELLED})
def test_a_report_before_the_end_is_called_interim(report: RepairReport, step: Step) -> None:
    text = said(replace(report, step=step, gsx=GSX_STATUS.get(step, "")))
    assert "Interim report: the repair is not completed." in text


def test_codes_without_a_word_stand_as_they_are(report: RepairReport) -> None:
    findings = (FindingLine("P99", "hint", "rule_of_tomorrow"), FindingLine("", "", ""))
    text = said(replace(report, findings=findings))
    assert "P99 hint rule_of_tomorrow Not on record Not on record Not on record" in text
    assert "The rules had nothing to say" in said(replace(report, findings=()))


def test_who_answers_for_a_rule_stands_beside_it(report: RepairReport) -> None:
    line = FindingLine("P1", "warn", "lease_ended", "Maria Ekdahl", "renewed, contract 4711")
    text = said(replace(report, findings=(line,)))
    assert "The lease had ended. Maria Ekdahl answers for it: renewed, contract 4711" in text


def test_a_certification_without_an_end_has_none(report: RepairReport) -> None:
    held = Certification("ACMT", (Family.MAC,), date(2025, 2, 1), None)
    worker = replace(report.workers[0], certifications=(held,))
    other = replace(report.workers[0], responsible=False, certifications=())
    text = said(replace(report, workers=(worker, other)))
    assert "ACMT, from 2025-02-01" in text
    assert "No certification on record for this product family on that day" in text


def test_the_program_itself_is_named_as_an_actor(report: RepairReport) -> None:
    steps = (replace(report.steps[0], actor=Actor("bench", "")),)
    assert "Received None Repair Bench" in said(replace(report, steps=steps))
