"""The report says which reading guarded whose work, and which work none did."""

from collections.abc import Mapping
from datetime import date, timedelta

from app.domain.esd import EsdVerdict
from app.domain.journal import Json, instant_text
from app.domain.repairs import Step
from app.services.report_model import Actor
from tests.unit.services.paper_trail import (
    NILS,
    Journal,
    whole,
)


def test_the_reading_before_the_work_guards_it(journal: Journal) -> None:
    esd = whole(journal).report().esd
    (reading,) = esd.readings
    assert (esd.work, reading.guarded, esd.unguarded) == (2, 2, ())
    assert (reading.ohm, reading.verdict, reading.tester_verdict) == (
        1_050_000,
        EsdVerdict.PASS,
        EsdVerdict.PASS,
    )
    assert reading.limit is not None
    assert (reading.limit.low_ohm, reading.limit.high_ohm) == (750_000, 35_000_000)
    assert (reading.tester_name, reading.tester_serial) == ("PGT 7100", "20417")
    assert reading.calibration_due == date(2027, 3, 31)
    assert reading.at.isoformat() == "2026-11-23T08:01:00+01:00"
    assert reading.valid_until.isoformat() == "2026-11-23T20:00:00+01:00"


def test_readings_of_other_days_stay_out(journal: Journal) -> None:
    journal.measured()
    journal.now += timedelta(days=1)
    whole(journal)
    journal.measured()
    assert len(journal.report().esd.readings) == 1


def test_a_reading_during_the_work_is_shown_even_when_it_failed(journal: Journal) -> None:
    journal.measured()
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    journal.measured(verdict="fail_high", ohm=None, over_range=True, valid_until="")
    journal.fitted()
    esd = journal.report().esd
    assert [(one.verdict, one.guarded) for one in esd.readings] == [
        (EsdVerdict.PASS, 1),
        (EsdVerdict.FAIL_HIGH, 0),
    ]
    (gap,) = esd.unguarded
    assert (gap.code, gap.count) == ("esd_failed", 1)
    assert journal.report().gaps[-2:] == ("esd_work", "signature")


def test_work_after_the_validity_is_named_with_its_span(journal: Journal) -> None:
    journal.measured(valid_until=instant_text(journal.now + timedelta(minutes=2)))
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    first = journal.fitted()
    last = journal.fitted(kgb="C015052020KFY5J6A")
    report = journal.report()
    (gap,) = report.esd.unguarded
    assert (gap.code, gap.count, gap.actor.name) == ("esd_stale", 3, "Elsa Åkerström")
    assert gap.last == last.recorded_at
    assert gap.first < first.recorded_at
    assert report.esd.readings == ()
    assert "esd" in report.gaps


def test_work_without_any_reading_is_a_gap(journal: Journal) -> None:
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    report = journal.report()
    assert [one.code for one in report.esd.unguarded] == ["esd_missing"]
    assert "esd" in report.gaps


def test_no_internal_work_needs_no_reading(journal: Journal) -> None:
    journal.measured()
    journal.opened()
    esd = journal.report().esd
    assert (esd.work, esd.readings, esd.unguarded) == (0, (), ())


def test_each_persons_work_is_judged_by_their_own_reading(journal: Journal) -> None:
    journal.measured()
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    journal.fitted(actor=NILS)
    esd = journal.report().esd
    assert [one.guarded for one in esd.readings] == [1]
    assert [(one.actor.id, one.code) for one in esd.unguarded] == [("nils", "esd_missing")]


def test_work_that_was_parked_did_not_happen(journal: Journal) -> None:
    journal.measured()
    journal.opened()
    journal.moved(Step.OPENED, Step.IN_REPAIR)
    assert journal.report().esd.work == 0


def test_readings_between_two_spells_of_work_stay_out(journal: Journal) -> None:
    journal.measured()
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR, Step.READY)
    journal.now += timedelta(minutes=5)
    between = journal.measured()
    journal.now += timedelta(minutes=5)
    journal.measured()
    journal.moved(Step.READY, Step.IN_REPAIR, Step.READY)
    readings = journal.report().esd.readings
    assert [one.guarded for one in readings] == [1, 1]
    assert between.id not in {one.entry_id for one in readings}


def test_a_reading_that_cannot_be_read_is_told_as_far_as_it_goes(journal: Journal) -> None:
    journal.persons = {}
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    odd: Mapping[str, Json] = {
        "ohm": True,
        "verdict": "splendid",
        "tester_verdict": None,
        "limit": "none",
        "valid_until": "tomorrow",
        "calibration_due": "soon",
        "tester": None,
        "tester_name": 7,
        "tester_serial": None,
        "person_name": None,
    }
    entry = journal.measured(**odd)
    (reading,) = journal.report().esd.readings
    assert (reading.ohm, reading.verdict, reading.tester_verdict, reading.limit) == (
        None,
        EsdVerdict.INVALID,
        None,
        None,
    )
    assert reading.valid_until == entry.recorded_at
    assert (reading.calibration_due, reading.tester_name) == (None, "")
    assert reading.person == Actor("elsa", "")


def test_a_typed_value_names_who_confirmed_it(journal: Journal) -> None:
    journal.measured(source="manual", confirmed_by="nils", confirmed_by_name="Nils N.", doubt=None)
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    journal.measured(source="manual", confirmed_by="nils", confirmed_by_name=None)
    journal.measured(source="manual", verdict="invalid", doubt="esd_unconfirmed")
    journal.measured(source="tester", confirmed_by=7, doubt=7)
    told = [
        (one.typed, one.confirmed_by and one.confirmed_by.name, one.doubt)
        for one in journal.report().esd.readings
    ]
    assert told == [
        (True, "Nils N.", ""),
        (True, "", ""),
        (True, None, "esd_unconfirmed"),
        (False, None, ""),
    ]
