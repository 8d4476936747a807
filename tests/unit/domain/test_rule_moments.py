"""What ends with a day holds through the site's last second of it, and not one second longer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.site_days import site_day
from app.domain.verdicts import Work, work_gate
from tests.unit.domain.verdict_samples import (
    PASSED,
    SECOND,
    TESTER,
    WORK,
    covered,
    held,
    leased,
    policy_in,
    until,
)

PLAIN = replace(WORK, person=held(until(None)), part=None, tester=None, read_on=None)
"""Work that nothing speaks against, on any day."""
SITES = ("Europe/Stockholm", "America/Los_Angeles", "Pacific/Auckland", "UTC")
DAYS = (date(2026, 11, 23), date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31))
"""A plain day, those of 23 and 25 hours in Sweden, and the last of a year."""


def next_midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of the day after, UTC."""
    after = day + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=zone).astimezone(UTC)


def codes(work: Work, at: datetime, zone: ZoneInfo, region: str = "se") -> set[str]:
    """What is found at a moment, by a strap that is tested anew."""
    fresh = replace(PASSED, measured_at=at, valid_until=at + timedelta(hours=12))
    gate = work_gate(replace(work, esd=fresh), policy_in(region), now=at, today=site_day(at, zone))
    return {one.code for one in gate.findings}


def lasting(day: date) -> dict[str, tuple[Work, str, set[str], set[str]]]:
    """What ends with a day: the work, whose programme, what is found on it, what on the next."""
    year_before = until(None, day - timedelta(days=364))
    return {
        "a lease": (
            replace(PLAIN, asset=leased(day)),
            *("se", {"lease_ends_soon"}, {"lease_ended"}),
        ),
        "another's warranty": (
            replace(PLAIN, asset=covered("Seller AB", None, day)),
            *("se", {"other_warranty"}, set[str]()),
        ),
        "a warranty of which nobody knows whose": (
            replace(PLAIN, asset=covered("", None, day)),
            *("se", {"warranty_issuer_unknown"}, set[str]()),
        ),
        "a certificate": (
            replace(PLAIN, person=held(until(day))),
            *("se", {"certificate_ends_soon"}, {"not_certified"}),
        ),
        "a certificate's year": (
            replace(PLAIN, person=held(year_before)),
            *("ca", {"certificate_ends_soon"}, {"certificate_too_old"}),
        ),
    }


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("what", lasting(DAYS[0]))
def test_what_ends_with_a_day_holds_through_its_last_second(
    what: str, site: str, day: date
) -> None:
    work, region, on_it, after = lasting(day)[what]
    midnight = next_midnight(day, zone := ZoneInfo(site))
    assert codes(work, midnight - SECOND, zone, region) == on_it
    assert codes(work, midnight, zone, region) == after


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("site", SITES)
def test_what_begins_with_a_day_holds_from_its_first_moment(site: str, day: date) -> None:
    """A certificate, and another's warranty: a second before, neither is there yet."""
    begins = day + timedelta(days=1)
    person = held(until(None, begins))
    work = replace(PLAIN, asset=covered("Seller AB", begins, None), person=person)
    midnight = next_midnight(day, zone := ZoneInfo(site))
    assert codes(work, midnight - SECOND, zone) == {"not_certified"}
    assert codes(work, midnight, zone) == {"other_warranty"}


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("site", SITES)
def test_a_reading_counts_by_its_own_day_of_the_calibration(site: str, day: date) -> None:
    """Made in the calibration's last second it holds its time; a second later it never does."""
    zone, tester = ZoneInfo(site), replace(TESTER, calibration_due=day)
    midnight = next_midnight(day, zone)
    for made, found in (
        (midnight - SECOND, set[str]()),
        (midnight, {"tester_out_of_calibration"}),
    ):
        work = replace(PLAIN, tester=tester, read_on=site_day(made, zone))
        reading = replace(PASSED, measured_at=made, valid_until=made + timedelta(hours=12))
        later = made + timedelta(hours=1)
        gate = work_gate(
            replace(work, esd=reading), policy_in("se"), now=later, today=site_day(later, zone)
        )
        assert {one.code for one in gate.findings} == found


@pytest.mark.parametrize("micro", [timedelta(microseconds=1), SECOND])
def test_a_reading_holds_up_to_its_end_and_not_at_it(micro: timedelta) -> None:
    """Across a midnight, which is no end of it: a night shift's strap."""
    made = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    reading = replace(PASSED, measured_at=made, valid_until=made + timedelta(hours=12))
    work = replace(PLAIN, esd=reading)

    def found(at: datetime) -> list[str]:
        gate = work_gate(work, policy_in("se"), now=at, today=site_day(at, UTC))
        return [one.code for one in gate.findings]

    assert found(made - micro) == ["esd_stale"]
    assert found(made) == []
    assert found(reading.valid_until - micro) == []
    assert found(reading.valid_until) == ["esd_stale"]
