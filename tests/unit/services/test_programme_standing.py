"""The standing is gathered from the registers and the year's repairs of a real store."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from app.domain.account import AccountTerms, Standing
from app.domain.journal import Draft, Json
from app.domain.programme import EsdPlan, Qualifies, RepairDone, State
from app.domain.repairs import Step
from app.services.ports import RegisterRow
from app.services.programme_standing import situation_of, standing_of
from tests.unit.services.desk import (
    BATTERY,
    CABLE,
    CABLE_KGB,
    ENDED,
    GREY_KGB,
    KGB,
    KGB2,
    LEASED,
    MAC,
    OTHERS,
    Desk,
    row,
)

STEPS = (Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR, Step.READY, Step.COMPLETED)


def done(desk: Desk) -> tuple[RepairDone, ...]:
    rules = desk.rules
    with desk.store.reading() as reader:
        return situation_of(reader, rules).done


def repaired(desk: Desk, serial: str = MAC, *parts: tuple[str, str], signed: bool = False) -> None:
    """A completed repair, as another bench may have recorded it."""
    subject = f"repair:{desk.ids.new()}"

    def record(kind: str, **payload: Json) -> None:
        with desk.store.writing() as tx:
            tx.append(Draft(kind, subject, "person:anna", payload))

    record("repair.opened", number="N", serial=serial, findings=[])
    for number, kgb in parts:
        told = {"part_number": number, "kgb": kgb, "kbb": "", "order": "", "delivery": ""}
        record("part.fitted", **told)
    if signed:
        record("repair.signed", person="anna", content_hash="0" * 64)
    for before, after in pairwise(STEPS):
        record("repair.status_changed", **{"from": before.value, "to": after.value})


def test_a_whole_repair_of_the_bench_counts_and_is_signed(desk: Desk) -> None:
    desk.work()
    desk.fit()
    desk.complete()
    assert done(desk) == (RepairDone(date(2026, 11, 23), parts=1, inside=1),)


def test_an_open_repair_does_not_count(desk: Desk) -> None:
    desk.work()
    assert done(desk) == ()


@pytest.mark.parametrize(
    ("serial", "finding"),
    [
        (OTHERS, "owner_other"),
        (ENDED, "lease_ended"),
        ("C02GONE00001", "not_in_register"),
    ],
)
def test_a_repaired_product_is_looked_at_again(desk: Desk, serial: str, finding: str) -> None:
    repaired(desk, serial)
    (found,) = done(desk)
    assert finding in found.findings
    assert not found.signed


def test_a_product_is_judged_on_the_day_of_its_opening(desk: Desk) -> None:
    desk.clock.moment -= timedelta(days=1)  # the lease's last day
    repaired(desk, ENDED)
    desk.clock.moment += timedelta(days=1)
    (found,) = done(desk)
    assert "lease_ended" not in found.findings


def test_a_repair_that_was_opened_at_the_end_of_the_calendar_is_judged_on_its_last_day(
    desk: Desk,
) -> None:
    subject, today = f"repair:{desk.ids.new()}", desk.clock.moment
    opened: dict[str, Json] = {"number": "N", "serial": LEASED, "findings": []}
    steps = [{"from": one.value, "to": other.value} for one, other in pairwise(STEPS)]
    desk.clock.moment = datetime(9999, 12, 31, 23, 30, tzinfo=UTC)  # a clock that was wrong
    with desk.store.writing() as tx:
        tx.append(Draft("repair.opened", subject, "person:anna", opened))
    desk.clock.moment = today
    for step in steps:
        with desk.store.writing() as tx:
            tx.append(Draft("repair.status_changed", subject, "person:anna", dict(step)))
    (found,) = done(desk)
    assert found.findings == {"lease_ended"}


@pytest.mark.parametrize(
    ("part", "finding", "inside"),
    [
        ((BATTERY, KGB), None, 1),
        ((BATTERY, GREY_KGB), "part_other_source", 1),
        ((BATTERY, "F5D000GHOST1"), "part_not_purchased", 1),
        ((CABLE, CABLE_KGB), None, 0),
        (("661-99999", KGB2), "part_other_number", 1),  # unknown to the catalogue: it may open it
    ],
)
def test_a_repair_s_parts_are_looked_at_again(
    desk: Desk, part: tuple[str, str], finding: str | None, inside: int
) -> None:
    repaired(desk, MAC, part, signed=True)
    (found,) = done(desk)
    assert found.findings == ({finding} if finding else frozenset())
    assert (found.parts, found.inside, found.signed) == (1, inside, True)


def test_the_year_is_the_site_s(desk: Desk) -> None:
    desk.clock.moment = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)  # 0:30 of 2026 in Stockholm
    repaired(desk)
    assert [one.completed_on for one in done(desk)] == [date(2026, 1, 1)]
    desk.clock.moment = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert done(desk) == ()


def test_a_site_of_an_unknown_time_zone_counts_in_utc(desk: Desk) -> None:
    desk.put(row("account", "account", name="KTH", time_zone="Mars/Olympus"))
    desk.clock.moment = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    repaired(desk)
    assert [one.completed_on for one in done(desk)] == [date(2025, 12, 31)]


# ----------------------------------------------------------------------
# The registers
# ----------------------------------------------------------------------


def test_the_account_and_the_registers_are_taken_as_they_are(desk: Desk) -> None:
    desk.put(
        row(
            "account",
            "account",
            name="KTH",
            account="0001",
            time_zone="Europe/Stockholm",
            created_on="2025-03-01",
            standing="good",
        )
    )
    rules = desk.rules
    with desk.store.reading() as reader:
        found = situation_of(reader, rules)
        assert (found.people, found.equipment) == (reader.people(), reader.equipment())
        assert found.base == reader.installed_base()
    terms = AccountTerms(created_on=date(2025, 3, 1), standing=Standing.GOOD)
    assert (found.today, found.account, found.terms) == (date(2026, 11, 23), "0001", terms)
    assert (found.covered, found.returns_overdue) == (None, None)


def test_the_standing_of_a_small_workshop_is_not_yet(desk: Desk) -> None:
    rules = desk.rules
    with desk.store.reading() as reader:
        found = standing_of(reader, rules)
    assert found.qualifies is Qualifies.NOT_YET
    assert "installed_base" in {one.code for one in found.in_the_way}


def esd_plan(desk: Desk) -> EsdPlan | None:
    rules = desk.rules
    with desk.store.reading() as reader:
        return situation_of(reader, rules).esd_plan


def mat(every: int = 30) -> RegisterRow:
    return row("equipment", "mat-1", id="mat-1", kind="esd_mat", name="Mat", test_every_days=every)


def measured(desk: Desk, verdict: str) -> None:
    payload: dict[str, Json] = {"item": "mat", "channel": "surface", "verdict": verdict}
    with desk.store.writing() as tx:
        tx.append(Draft("equipment.tested", "equipment:mat-1", "person:anna", payload))


def test_without_equipment_nobody_knows_of_a_plan(desk: Desk) -> None:
    for name in ("esd-1", "esd-old"):
        desk.without("equipment", name)
    assert esd_plan(desk) is None


def test_what_was_never_tested_is_missed(desk: Desk) -> None:
    desk.put(mat())
    assert esd_plan(desk) == EsdPlan(1, 1, None)


def test_what_was_tested_is_due_after_its_interval(desk: Desk) -> None:
    desk.put(mat())
    measured(desk, "pass")
    assert esd_plan(desk) == EsdPlan(1, 0, date(2026, 12, 23))
    desk.clock.moment += timedelta(days=31)
    assert esd_plan(desk) == EsdPlan(1, 1, None)


def test_a_test_that_failed_keeps_no_plan(desk: Desk) -> None:
    desk.put(mat())
    measured(desk, "fail_high")
    assert esd_plan(desk) == EsdPlan(1, 1, None)
    rules = desk.rules
    with desk.store.reading() as reader:
        standing = standing_of(reader, rules)
    found = next(one for one in standing.rules if one.code == "esd_test_missed")
    assert found.state is State.FAILED
