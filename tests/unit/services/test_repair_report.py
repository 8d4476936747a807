"""The report says what the journal and the registers say, in the site's time, and no more."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.diagnostics.record import Stage
from app.domain.folds import repair_of
from app.domain.parts import CataloguePart
from app.domain.products import Ownership
from app.domain.repairs import Step
from app.services.repair_report import RepairUnknownError
from app.services.report_model import Actor, FindingLine, JournalMark
from tests.unit.services.paper_trail import (
    BENCH,
    KBB,
    KGB,
    MAC,
    MORNING,
    NILS,
    REPAIR,
    Journal,
    whole,
)

# ----------------------------------------------------------------------
# The whole
# ----------------------------------------------------------------------


def test_a_repair_with_everything_on_record_lacks_nothing(journal: Journal) -> None:
    report = whole(journal).report()
    assert report.gaps == ()
    assert (report.number, report.serial, report.step, report.gsx) == (
        "K7M2",
        MAC.serial,
        Step.COMPLETED,
        "SPCM",
    )
    assert (report.symptom, report.diagnosis) == ("battery_drains", "PPT002")
    assert report.product == MAC
    assert [note.text for note in report.notes] == ["Swollen."]
    assert (report.policy_edition, report.policy_now) == ("se 2026-11", "se 2026-11")


def test_the_same_entries_give_the_same_report(journal: Journal) -> None:
    first = whole(journal).report()
    journal.now += timedelta(days=400)
    assert journal.report() == first


def test_making_the_report_is_no_part_of_it(journal: Journal) -> None:
    first = whole(journal).report()
    journal.add("report.made", sha256="00" * 32, language="sv")
    assert journal.report() == first


def test_the_mark_is_the_newest_entry_of_the_repair(journal: Journal) -> None:
    whole(journal)
    newest = journal.entries[-1]
    journal.measured()
    mark = journal.report().mark
    assert (mark.bench_id, mark.seq, mark.hash) == (BENCH, newest.seq, newest.hash)


def test_the_mark_is_printed_as_bench_place_and_hash() -> None:
    mark = JournalMark(BENCH, 12, "ab" * 32, MORNING)
    assert mark.code == f"RBJ1:{BENCH}:12:{'ab' * 32}"


def test_an_unknown_repair_is_said_to_be_unknown(journal: Journal) -> None:
    with pytest.raises(RepairUnknownError) as caught:
        journal.report()
    assert (caught.value.code, caught.value.repair_id) == ("repair_unknown", REPAIR)


def test_a_read_model_without_entries_is_no_repair(journal: Journal) -> None:
    whole(journal)
    journal.folded = repair_of(journal.entries)
    journal.entries = []
    with pytest.raises(RepairUnknownError):
        journal.report()


def test_a_repair_that_nothing_is_known_of_names_every_gap(journal: Journal) -> None:
    journal.opened(serial="XXXXXXXXXX", findings=None, policy_edition=None)
    assert journal.report().gaps == (
        "product",
        "ownership",
        "proof",
        "coverage",
        "symptom",
        "diagnosis",
        "diagnostics_before",
        "diagnostics_after",
        "findings",
        "policy",
        "certification",
        "signature",
    )


def test_a_product_without_proof_and_owner_lacks_both(journal: Journal) -> None:
    unknown = replace(MAC, ownership=Ownership.UNKNOWN, proof="", coverages=())
    journal.products[MAC.serial] = unknown
    assert whole(journal).report().gaps == ("ownership", "proof", "coverage")


# ----------------------------------------------------------------------
# Time
# ----------------------------------------------------------------------


def test_steps_are_told_in_the_sites_time(journal: Journal) -> None:
    journal.opened()
    report = journal.report()
    assert report.steps[0].at.isoformat() == "2026-11-23T08:01:00+01:00"
    assert (report.zone, report.zone_known) == ("Europe/Stockholm", True)


def test_the_hour_that_comes_twice_is_told_apart_by_its_offset(journal: Journal) -> None:
    journal.now = datetime(2026, 10, 25, 0, 29, tzinfo=UTC)
    journal.opened()
    journal.now = datetime(2026, 10, 25, 1, 29, tzinfo=UTC)
    journal.moved(Step.OPENED, Step.DIAGNOSED)
    assert [step.at.isoformat() for step in journal.report().steps] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
    ]


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "Europe", "../../etc/passwd", "\x00"])
def test_a_time_zone_that_nobody_knows_is_said_and_utc_is_used(journal: Journal, name: str) -> None:
    journal.organisation_row = replace(journal.organisation_row, time_zone=name)
    journal.opened()
    report = journal.report()
    assert (report.zone, report.zone_known) == ("UTC", False)
    assert report.steps[0].at.isoformat() == "2026-11-23T07:01:00+00:00"


def test_the_last_instant_of_the_calendar_stays_in_utc(journal: Journal) -> None:
    journal.now = datetime(9999, 12, 31, 23, 58, tzinfo=UTC)
    journal.opened()
    assert journal.report().opened_at.isoformat() == "9999-12-31T23:59:00+00:00"


# ----------------------------------------------------------------------
# People
# ----------------------------------------------------------------------


def test_only_certifications_that_held_for_the_product_on_the_day_are_named(
    journal: Journal,
) -> None:
    (worker,) = whole(journal).report().workers
    assert [one.valid_from for one in worker.certifications] == [date(2025, 2, 1)]
    assert (worker.actor.name, worker.tech_id, worker.responsible) == (
        "Elsa Åkerström",
        "T-55012",
        True,
    )


def test_everybody_who_worked_is_named_after_who_opened_the_repair(journal: Journal) -> None:
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR, actor=NILS)
    journal.fitted(actor=NILS)
    workers = journal.report().workers
    assert [(one.actor.id, one.actor.name, one.responsible) for one in workers] == [
        ("elsa", "Elsa Åkerström", True),
        ("nils", "", False),
    ]
    assert workers[1].certifications == ()


def test_a_product_of_no_family_asks_for_no_certification_that_anybody_holds(
    journal: Journal,
) -> None:
    journal.products[MAC.serial] = replace(MAC, family=None)
    assert whole(journal).report().workers[0].certifications == ()


def test_what_the_program_did_is_nobodys_work(journal: Journal) -> None:
    journal.add("repair.opened", "bench", number="K7M2", serial=MAC.serial)
    report = journal.report()
    assert report.workers == ()
    assert report.steps[0].actor == Actor("bench", "")


# ----------------------------------------------------------------------
# Diagnostic results
# ----------------------------------------------------------------------


def test_the_results_before_and_after_the_work_are_told_in_order(journal: Journal) -> None:
    report = whole(journal).report()
    assert [(one.stage.value, one.run.codes[0].code, one.actor.name) for one in report.runs] == [
        ("before", "PPT002", "Elsa Åkerström"),
        ("after", "ADP000", "Elsa Åkerström"),
    ]
    assert report.runs[0].at.utcoffset() == timedelta(hours=1)


def test_a_repair_that_nobody_examined_after_the_work_lacks_that(journal: Journal) -> None:
    journal.opened()
    journal.examined("PPT002", Stage.BEFORE)
    gaps = journal.report().gaps
    assert ("diagnostics_before" in gaps, "diagnostics_after" in gaps) == (False, True)


def test_a_result_is_overtaken_by_a_part_that_is_fitted_after_it(journal: Journal) -> None:
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    journal.examined("ADP000", Stage.AFTER)
    journal.fitted()
    first = journal.report()
    assert [one.overtaken for one in first.runs] == [True]
    assert "diagnostics_after" in first.gaps
    journal.examined("ADP000", Stage.AFTER)
    second = journal.report()
    assert [one.overtaken for one in second.runs] == [True, False]
    assert "diagnostics_after" not in second.gaps


# ----------------------------------------------------------------------
# Parts, findings, notes, conflicts
# ----------------------------------------------------------------------


def test_a_fitted_part_traces_to_its_purchase(journal: Journal) -> None:
    (part,) = whole(journal).report().parts
    assert (part.number, part.name, part.kgb, part.kbb) == ("661-17578", "Battery", KGB, KBB)
    assert (part.order, part.delivery, part.source) == ("PO-1", "DN-1", "apple")
    assert part.received_on == date(2026, 11, 20)
    assert part.is_traced
    assert part.actor == Actor("elsa", "Elsa Åkerström")


def test_a_part_without_a_purchase_is_a_gap(journal: Journal) -> None:
    journal.lots = {}
    report = whole(journal).report()
    assert report.parts[0].received_on is None
    assert report.gaps == ("purchase",)


def test_what_a_part_entry_does_not_say_comes_from_the_registers(journal: Journal) -> None:
    journal.catalogue["661-17578"] = CataloguePart("661-17578", "Battery with Top Case")
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    journal.fitted(part_name=None, source=7)
    (part,) = journal.report().parts
    assert (part.name, part.source) == ("Battery with Top Case", "apple")


def test_a_part_that_no_register_knows_keeps_its_number_alone(journal: Journal) -> None:
    journal.lots = {}
    journal.opened()
    journal.fitted(part_name="", source="")
    (part,) = journal.report().parts
    assert (part.number, part.name, part.source) == ("661-17578", "", "")


def test_a_part_or_conflict_without_its_entry_says_nothing_of_when_and_who(
    journal: Journal,
) -> None:
    journal.opened()
    fitted = journal.fitted()
    journal.fitted()
    journal.folded = journal.repair(REPAIR)
    journal.entries = journal.entries[:1]
    report = journal.report()
    assert (report.parts[0].at, report.parts[0].actor) == (None, None)
    assert report.parts[0].kgb == fitted.payload["kgb"]
    (conflict,) = report.conflicts
    assert (conflict.kind, conflict.at, conflict.actor) == ("", None, None)


def test_findings_at_opening_are_told_as_recorded(journal: Journal) -> None:
    journal.opened(findings=[{"rule": "P5", "severity": "warn", "code": "no_proof"}, "nonsense"])
    findings = journal.report().findings
    assert findings is not None
    assert [(one.rule, one.severity, one.code) for one in findings] == [("P5", "warn", "no_proof")]


def test_what_a_lead_answered_for_stands_with_the_reason(journal: Journal) -> None:
    at_opening = {"rule": "P1", "severity": "warn", "code": "lease_ended"}
    journal.opened(findings=[{**at_opening, "overridden_by": "Cleo", "reason": "renewed"}])
    who = {"person": "cleo", "person_name": "Cleo"}
    what = {"rule": "P1", "code": "owner_unknown", "reason": "seen"}
    journal.add("rule.overridden", **what, **who, fields={})
    assert journal.report().findings == (
        FindingLine("P1", "warn", "lease_ended", "Cleo", "renewed"),
        FindingLine("P1", "warn", "owner_unknown", "Cleo", "seen"),
    )


def test_a_conflict_is_told_with_its_entry(journal: Journal) -> None:
    journal.opened()
    odd = journal.add("repair.status_changed", NILS, **{"from": "ready", "to": "completed"})
    (conflict,) = journal.report().conflicts
    assert (conflict.code, conflict.kind) == ("wrong_from", "repair.status_changed")
    assert (conflict.entry_id, conflict.actor) == (str(odd.id), Actor("nils", ""))


def test_a_parked_note_is_a_conflict_and_no_note(journal: Journal) -> None:
    journal.add("repair.noted", text="too early")
    journal.opened()
    journal.add("repair.noted", text="in time")
    report = journal.report()
    assert [note.text for note in report.notes] == ["in time"]
    assert [one.code for one in report.conflicts] == ["orphan"]


def test_a_repair_without_its_opening_still_gives_a_report(journal: Journal) -> None:
    journal.add("repair.noted", text="too early")
    report = journal.report()
    assert (report.number, report.findings, report.policy_edition) == ("", None, "")
    assert report.workers == ()
