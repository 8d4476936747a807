"""A recall by a calibration's certificate: which time it stood for."""

from app.domain.journal import Draft, Json
from app.domain.recall import ByCalibration, Period
from tests.data.recalled import Day, at


def test_a_calibration_touches_what_was_measured_while_it_held(day: Day) -> None:
    before, first, last, after = (
        (moment - at(0)).total_seconds()
        for moment in (
            at(0).replace(2026, 1, 9),
            at(0).replace(2026, 1, 10),
            at(0).replace(2027, 1, 9),
            at(0).replace(2027, 1, 10),
        )
    )
    for place, seconds in enumerate((before, first, last, after)):
        day.reading(seconds)
        day.begun(seconds + 1, f"r{place}")
    found = day.found(ByCalibration("T1", "K-2026"))
    assert [hit.repair.id for hit in found.hits] == ["r1", "r2"]
    assert found.name == "Warmbier"


def days_of(day: Day, certificate: str) -> tuple[str, str]:
    """The first day of a calibration, and the day after its last."""
    period = day.found(ByCalibration("T1", certificate)).period
    assert period.start is not None
    assert period.end is not None
    return period.start.date().isoformat(), period.end.date().isoformat()


def test_a_calibration_of_before_is_told_by_what_was_changed(day: Day) -> None:
    before: dict[str, Json] = {
        "certificate": "K-2025",
        "calibrated_on": "2025-01-08",
        "calibration_due": "2026-01-07",
    }
    now: dict[str, Json] = {
        "certificate": "K-2026",
        "calibrated_on": "2026-01-10",
        "calibration_due": "2027-01-09",
    }
    changed: dict[str, Json] = {"set": now, "was": before}
    day.write(0, Draft("register.changed", "equipment:T1", "person:lead", changed))
    assert days_of(day, "K-2025") == ("2025-01-08", "2026-01-08")
    assert days_of(day, "K-2026") == ("2026-01-10", "2027-01-10")


def test_a_calibration_ends_with_the_day_of_the_next_one(day: Day) -> None:
    told = {"certificate": "K-2025", "on": "2025-06-01", "due": "2026-05-31", "by": "RISE"}
    day.write(0, Draft("equipment.calibrated", "equipment:T1", "person:lead", dict(told)))
    day.write(1, Draft("equipment.found_bad", "equipment:T1", "person:lead", {"from": "?"}))
    assert days_of(day, "K-2025") == ("2025-06-01", "2026-01-11")


def test_a_calibration_that_is_said_to_hold_to_the_end_of_the_calendar_does(day: Day) -> None:
    told = {"certificate": "K-9", "on": "2026-06-01", "due": "9999-12-31", "by": "RISE"}
    day.write(0, Draft("equipment.calibrated", "equipment:T1", "person:lead", dict(told)))
    assert days_of(day, "K-9") == ("2026-06-01", "9999-12-31")


def test_a_calibration_whose_days_nobody_knows_has_no_ends(day: Day) -> None:
    changed: dict[str, Json] = {"set": None, "was": {"certificate": "K-0", "calibrated_on": None}}
    day.write(0, Draft("register.changed", "equipment:T9", "person:lead", changed))
    day.reading(1, "T9")
    period = day.found(ByCalibration("T9", "K-0")).period
    assert period == Period()
