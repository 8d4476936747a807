"""The one gate of internal work: product, technician and ESD, at every place where it stands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.esd import WRIST, EsdVerdict, Measurement
from app.domain.policy import PolicyRow, Severity
from app.domain.repairs import Step
from app.services.gating import gate_refusal
from app.services.playing import command
from app.services.session import Session
from app.services.views import Tone
from tests.unit.services import desk as bench
from tests.unit.services.desk import (
    ANNA,
    BATTERY,
    BO,
    CABLE,
    DAN,
    KBB,
    KGB,
    MAC,
    Desk,
    asset,
    codes,
)

HALF_A_DAY = timedelta(hours=12)


@pytest.mark.parametrize(
    ("serial", "code"),
    [
        ("C02NEW000001", "not_in_register"),
        (bench.OTHERS, "owner_other"),
        (bench.UNKNOWN_OWNER, "owner_unknown"),
        (bench.ENDED, "lease_ended"),
        (bench.OTHER_MAKER, "other_maker"),
        (bench.COVERED, "other_warranty"),
    ],
)
def test_a_product_that_may_not_be_repaired_is_shown_and_never_opened(
    desk: Desk, serial: str, code: str
) -> None:
    desk.sign_in()
    shown = desk.scan(serial)
    refused = desk.do("OPEN")
    assert codes(shown.feedback) == codes(refused.feedback) == ("refused", f"finding.{code}", code)
    assert shown.view.product is not None
    assert shown.view.product.verdict.value == "blocked"
    assert refused.view.open_repairs == ()


@pytest.mark.parametrize("serial", [bench.LEASED, bench.NO_PROOF])
def test_a_warning_stops_nothing_and_goes_into_the_journal(desk: Desk, serial: str) -> None:
    opened = desk.open(serial)
    assert opened.feedback.code == "repair_opened"
    findings = opened.entries[-1].payload["findings"]
    assert isinstance(findings, list)
    assert len(findings) == 1


def test_the_lease_ends_by_the_day_of_the_site(desk: Desk) -> None:
    desk.put(asset(MAC, ownership="leased", leased_until="2026-11-23"))
    desk.sign_in()
    desk.clock.moment = desk.clock.moment.replace(hour=22, minute=59, second=0)
    assert desk.scan(MAC).feedback.code == "product_allowed"
    desk.clock.moment = desk.clock.moment.replace(hour=23, minute=1)  # midnight in Stockholm
    assert desk.scan(MAC).feedback.code == "finding.lease_ended"


def test_who_is_not_certified_opens_nothing(desk: Desk) -> None:
    refused = desk.open(number=DAN)
    assert codes(refused.feedback) == ("refused", "finding.not_certified", "not_certified")


def test_a_certificate_for_another_family_opens_nothing(desk: Desk) -> None:
    assert desk.open(bench.PHONE, BO).feedback.code == "finding.not_certified"


Changed = Callable[[Desk], object]


def later(desk: Desk) -> None:
    desk.clock.moment += HALF_A_DAY


def earlier(desk: Desk) -> None:
    desk.clock.moment -= HALF_A_DAY


def failed(desk: Desk) -> None:
    desk.measure(Measurement(WRIST, None, over_range=True))


def old_tester(desk: Desk) -> None:
    desk.measure(device=bench.OLD_TESTER)


def strange_tester(desk: Desk) -> None:
    desk.measure(device=bench.STRANGE_TESTER)


def product_lost(desk: Desk) -> None:
    desk.without("assets", MAC)


def certificate_lost(desk: Desk) -> None:
    desk.put(bench.person("anna", "Anna", ANNA, "technician"))


STOPS: list[tuple[Changed, str]] = [
    (later, "esd_stale"),
    (earlier, "esd_stale"),
    (failed, "esd_failed"),
    (old_tester, "esd_invalid"),
    (strange_tester, "esd_invalid"),
    (product_lost, "not_in_register"),
    (certificate_lost, "not_certified"),
]


@pytest.mark.parametrize(("change", "code"), STOPS)
def test_work_does_not_begin_with_a_blocking_finding(
    desk: Desk, change: Changed, code: str
) -> None:
    desk.open()
    desk.do("DIAG")
    change(desk)
    refused = desk.do("WORK")
    assert codes(refused.feedback) == ("refused", f"finding.{code}", code)
    assert desk.repair.step is Step.DIAGNOSED


@pytest.mark.parametrize(("change", "code"), STOPS)
def test_no_part_is_begun_with_a_blocking_finding(desk: Desk, change: Changed, code: str) -> None:
    desk.work()
    change(desk)
    assert codes(desk.scan(BATTERY).feedback) == ("refused", f"finding.{code}", code)
    assert desk.session.part is None


@pytest.mark.parametrize(("change", "code"), STOPS)
def test_no_part_is_fitted_with_a_blocking_finding_and_its_scans_stay(
    desk: Desk, change: Changed, code: str
) -> None:
    desk.work()
    desk.scans(BATTERY, KGB)
    change(desk)
    assert codes(desk.scan(KBB).feedback) == ("refused", f"finding.{code}", code)
    assert desk.repair.parts == ()
    assert desk.session.part is not None
    assert desk.session.part.kgb == KGB


@pytest.mark.parametrize(("change", "code"), STOPS)
def test_undo_does_not_take_a_repair_into_work_with_a_blocking_finding(
    desk: Desk, change: Changed, code: str
) -> None:
    desk.work()
    desk.do("READY")
    change(desk)
    assert codes(desk.do("UNDO").feedback) == ("refused", f"finding.{code}", code)
    assert desk.repair.step is Step.READY


def test_work_does_not_begin_without_any_reading(desk: Desk) -> None:
    desk.sign_in()
    desk.scan(MAC)
    desk.do("OPEN", "DIAG")
    assert codes(desk.do("WORK").feedback) == ("refused", "finding.esd_missing", "esd_missing")


def test_the_reading_of_another_person_opens_nothing(desk: Desk) -> None:
    desk.sign_in()
    desk.measure(replace(bench.PASSING, operator=BO))
    desk.scan(MAC)
    desk.do("OPEN", "DIAG")
    assert desk.do("WORK").feedback.code == "finding.esd_missing"


def test_a_pass_after_a_fail_opens_the_gate_again(desk: Desk) -> None:
    desk.open()
    desk.do("DIAG")
    failed(desk)
    assert desk.do("WORK").feedback.tone is Tone.REFUSED
    desk.measure()
    assert desk.do("WORK").feedback.tone is Tone.ACCEPTED


def test_a_tester_that_fails_the_person_is_believed(desk: Desk) -> None:
    desk.open()
    desk.do("DIAG")
    desk.measure(Measurement(WRIST, 1_000_000, tester_verdict=EsdVerdict.FAIL_LOW))
    assert desk.do("WORK").feedback.code == "finding.esd_failed"


def test_a_part_outside_the_device_needs_no_wrist_strap(desk: Desk) -> None:
    desk.work()
    later(desk)
    fitted = desk.fit(CABLE, bench.CABLE_KGB)
    assert fitted.feedback.code == "part_fitted"


def test_a_part_outside_the_device_needs_a_certified_technician(desk: Desk) -> None:
    desk.work()
    certificate_lost(desk)
    assert desk.scan(CABLE).feedback.code == "finding.not_certified"


def test_a_part_that_left_the_catalogue_counts_as_internal_work(desk: Desk) -> None:
    desk.work()
    desk.scans(CABLE, bench.CABLE_KGB)
    desk.without("catalogue", CABLE)
    later(desk)
    assert desk.scan(KBB).feedback.code == "finding.esd_stale"


def test_the_gate_is_shut_for_nobody(desk: Desk) -> None:
    desk.open()
    repair, rules = desk.repair, desk.rules
    with desk.store.writing() as tx:
        stopped = gate_refusal(tx, Session(), repair, rules)
    assert stopped is not None
    assert stopped.code == "sign_in_first"


def test_a_policy_that_only_warns_still_opens_nothing_that_is_not_in_the_register(
    desk: Desk,
) -> None:
    row = desk.policy.rows["not_in_register"]
    lenient = PolicyRow(row.code, row.rule, Severity.WARN, None, "", row.source)
    desk.policy = replace(desk.policy, rows={**desk.policy.rows, row.code: lenient})
    desk.sign_in()
    shown = desk.scan("C02NEW000001")
    opened = desk.scan(command("OPEN"))
    assert shown.feedback.code == opened.feedback.code == "finding.not_in_register"
