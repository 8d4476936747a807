"""ESD limits at every edge, and who may open a device."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain import esd
from app.domain.esd import (
    EsdLimit,
    EsdState,
    EsdVerdict,
    Measurement,
    esd_gap,
    judge,
)

WRIST = EsdLimit(
    "wrist",
    750_000,
    35_000_000,
    high_inclusive=False,
    valid_for=timedelta(hours=12),
    standard="IEC 61340-5-1",
)
FOOT = EsdLimit(
    "left_foot",
    None,
    100_000_000,
    high_inclusive=True,
    valid_for=timedelta(hours=12),
    standard="IEC 61340-5-1",
)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("limit", "ohm", "verdict"),
    [
        (WRIST, 749_999, EsdVerdict.FAIL_LOW),
        (WRIST, 750_000, EsdVerdict.PASS),
        (WRIST, 34_999_999, EsdVerdict.PASS),
        (WRIST, 35_000_000, EsdVerdict.FAIL_HIGH),
        (FOOT, 0, EsdVerdict.PASS),
        (FOOT, 100_000_000, EsdVerdict.PASS),
        (FOOT, 100_000_001, EsdVerdict.FAIL_HIGH),
    ],
)
def test_the_limit_decides_at_its_edge(limit: EsdLimit, ohm: int, verdict: EsdVerdict) -> None:
    assert judge(Measurement(limit.channel, ohm), limit, calibrated=True) is verdict


def test_over_range_is_a_fail_and_not_a_gap() -> None:
    over = Measurement("wrist", None, over_range=True)
    assert judge(over, WRIST, calibrated=True) is EsdVerdict.FAIL_HIGH


def test_under_range_is_a_short() -> None:
    under = Measurement("wrist", None, under_range=True)
    assert judge(under, WRIST, calibrated=True) is EsdVerdict.FAIL_LOW


def test_a_reading_without_a_value_is_no_pass_even_if_the_tester_says_so() -> None:
    silent = Measurement("wrist", None, tester_verdict=EsdVerdict.PASS)
    assert judge(silent, WRIST, calibrated=True) is EsdVerdict.INVALID


def test_a_tester_that_fails_is_believed() -> None:
    failed = Measurement("wrist", 1_000_000, tester_verdict=EsdVerdict.FAIL_HIGH)
    assert judge(failed, WRIST, calibrated=True) is EsdVerdict.FAIL_HIGH


def test_a_tester_that_passes_does_not_outweigh_the_limit() -> None:
    passed = Measurement("wrist", 50_000_000, tester_verdict=EsdVerdict.PASS)
    assert judge(passed, WRIST, calibrated=True) is EsdVerdict.FAIL_HIGH


def test_without_limit_or_calibration_there_is_no_verdict() -> None:
    good = Measurement("wrist", 1_000_000)
    assert judge(good, None, calibrated=True) is EsdVerdict.INVALID
    assert judge(good, WRIST, calibrated=False) is EsdVerdict.INVALID


def test_the_calibration_holds_on_its_last_day() -> None:
    tester = esd.Tester("t1", "Generic", "S1", date(2026, 11, 23))
    assert tester.calibrated_on(date(2026, 11, 23))
    assert not tester.calibrated_on(date(2026, 11, 24))
    assert not esd.Tester("t2", "Generic", "S2", None).calibrated_on(date(2026, 1, 1))


def state(**changes: object) -> EsdState:
    fields: dict[str, object] = {
        "person_id": "p1",
        "reading_id": "r1",
        "verdict": EsdVerdict.PASS,
        "ohm": 1_000_000,
        "over_range": False,
        "measured_at": NOW,
        "valid_until": NOW + timedelta(hours=12),
        "tester_id": "t1",
    }
    return EsdState(**(fields | changes))  # pyright: ignore[reportArgumentType] - the test names fields


@pytest.mark.parametrize(
    ("standing", "at", "gap"),
    [
        (None, NOW, "esd_missing"),
        (state(person_id="p2"), NOW, "esd_other_person"),
        (state(verdict=EsdVerdict.INVALID), NOW, "esd_invalid"),
        (state(verdict=EsdVerdict.FAIL_LOW), NOW, "esd_failed"),
        (state(verdict=EsdVerdict.FAIL_HIGH), NOW, "esd_failed"),
        (state(), NOW, None),
        (state(), NOW + timedelta(hours=12, microseconds=-1), None),
        (state(), NOW + timedelta(hours=12), "esd_stale"),
        (state(), NOW - timedelta(microseconds=1), "esd_stale"),
    ],
)
def test_the_gap_names_what_keeps_a_person_from_internal_work(
    standing: EsdState | None, at: datetime, gap: str | None
) -> None:
    assert esd_gap(standing, "p1", at) == gap
