"""What the rules say of a technician: their certificates (P6), their wrist strap test (P8)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from app.domain.esd import EsdState, Tester, esd_gap
from app.domain.people import Person
from app.domain.policy import Policy
from app.domain.products import Family
from app.domain.qualifications import ENDS_SOON, covered_until, lasting
from app.domain.site_days import days_later
from app.domain.verdicts.findings import Finding, finding_of


def technician_findings(
    person: Person, family: Family, policy: Policy, today: date
) -> tuple[Finding, ...]:
    """P6: whether a technician is certified for a product family today.

    A certificate counts on its first and on its last day. Where the region wants a new one every
    year, one that is older than the policy's days counts no longer, whatever it says itself. One
    whose renewal is on record does not end.
    """
    fields = {"person": person.name, "family": family.value}
    held = [one for one in person.certifications if one.covers(family, today)]
    if not held:
        return (finding_of(policy, "not_certified", *_last_of(person, family), fields),)
    until = covered_until(lasting(person.certifications, policy), family, today)
    if until is None:
        newest = max(held, key=lambda one: one.valid_from)
        since = newest.valid_from
        fields["since"] = since.isoformat()
        return (finding_of(policy, "certificate_too_old", newest.name, since, fields),)
    return tuple(_ends_soon(person, family, policy, today, until))


def qualified(
    people: Iterable[Person], family: Family, policy: Policy, today: date
) -> tuple[Person, ...]:
    """Who may repair a product of a family today, by their certificates (P6)."""
    return tuple(
        person
        for person in people
        if not any(one.blocks for one in technician_findings(person, family, policy, today))
    )


def _last_of(person: Person, family: Family) -> tuple[str, date | None]:
    """The certificate of a family that ended last, as evidence: its name and its last day."""
    ended = [
        (one.valid_until, one.name)
        for one in person.certifications
        if family in one.families and one.valid_until is not None
    ]
    day, name = max(ended, default=(None, ""))
    return name, day


def _ends_soon(
    person: Person, family: Family, policy: Policy, today: date, last: date
) -> Iterator[Finding]:
    """The certificate that lasts longest decides; one without an end never ends."""
    if last == date.max or last >= days_later(today, policy.value(ENDS_SOON)):
        return
    held = lasting(person.certifications, policy)
    name = max(one.name for one in held if family in one.families and one.valid_until == last)
    yield finding_of(policy, ENDS_SOON, name, last, {"until": last.isoformat()})


def esd_findings(
    state: EsdState | None, person: Person, policy: Policy, now: datetime
) -> tuple[Finding, ...]:
    """P8: whether a technician's ESD reading lets them open a device now."""
    code = esd_gap(state, person.id, now)
    if code is None:
        return ()
    reading = state.reading_id if state is not None else ""
    return (finding_of(policy, code, reading, fields={"person": person.name}),)


def calibration_findings(
    tester: Tester | None, person: Person, policy: Policy, day: date
) -> tuple[Finding, ...]:
    """P8: whether the tester of a reading was in calibration, by what the register says now.

    Args:
        tester: It, None where the register does not hold it.
        person: Whose reading it is.
        policy: The rules.
        day: The site's local day of the reading. The day on which a calibration is due still
            counts; a calibration of which nothing is known does not.
    """
    if tester is None:
        return (finding_of(policy, "tester_unknown", fields={"person": person.name}),)
    if tester.calibrated_on(day):
        return ()
    due, fields = tester.calibration_due, {"person": person.name, "tester": tester.name}
    return (finding_of(policy, "tester_out_of_calibration", tester.serial, due, fields),)
