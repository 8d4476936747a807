"""Parts: label, new serial, removed serial, and everything that must not be fitted."""

from dataclasses import replace

import pytest

from app.domain.policy import PolicyRow, Severity
from app.domain.repairs import Step
from app.services.playing import badge, tag
from app.services.stepping import change_step
from tests.unit.services import desk as bench
from tests.unit.services.desk import (
    ANNA,
    BATTERY,
    BO,
    CASE,
    KBB,
    KGB,
    KGB2,
    MAC,
    PHONE,
    Desk,
    codes,
    field_of,
)

GS, RS, EOT = "\x1d", "\x1e", "\x04"


def label(number: str, serial: str) -> str:
    return f"[)>{RS}06{GS}1P{number}{GS}S{serial}{RS}{EOT}"


def test_each_scan_of_a_part_asks_for_the_next(desk: Desk) -> None:
    desk.work()
    assert codes(desk.scan(BATTERY).feedback) == ("asked", "part_begun", "scan_kgb")
    assert codes(desk.scan(KGB).feedback) == ("asked", "kgb_taken", "scan_kbb")
    assert codes(desk.scan(KBB).feedback) == ("accepted", "part_fitted", "scan_done")


def test_a_second_part_is_fitted_after_the_first(desk: Desk) -> None:
    desk.work()
    desk.fit()
    desk.fit(CASE, bench.CASE_KGB, bench.OLD_KBB)
    assert [part.part_number for part in desk.repair.parts] == [BATTERY, CASE]


@pytest.mark.parametrize(
    ("kgb", "code"),
    [
        ("F5D000NEVER001", "part_not_purchased"),
        (bench.GREY_KGB, "part_other_source"),
        (bench.CASE_KGB, "part_other_number"),
    ],
)
def test_a_part_that_does_not_trace_to_the_right_purchase_is_not_taken(
    desk: Desk, kgb: str, code: str
) -> None:
    desk.work()
    refused = desk.scans(BATTERY, kgb)
    assert codes(refused.feedback) == ("refused", f"finding.{code}", code)
    assert desk.session.part is not None
    assert desk.session.part.kgb == ""
    assert desk.scan(KGB).feedback.code == "kgb_taken"


def test_a_part_of_another_repair_is_not_taken(desk: Desk) -> None:
    desk.work()
    number = desk.repair.number
    desk.fit()
    desk.complete()
    desk.work(PHONE)
    refused = desk.scans(BATTERY, KGB)
    assert refused.feedback.code == "finding.part_used_before"
    assert field_of(refused.feedback, "repair") == number


def test_a_part_that_was_used_between_its_two_scans_is_not_fitted(desk: Desk) -> None:
    desk.work()
    desk.scans(BATTERY, KGB)
    desk.work(bench.LEASED, BO)
    desk.fit()
    desk.sign_in(ANNA)
    desk.measure()
    assert desk.scan(KBB).feedback.code == "finding.part_used_before"
    assert desk.repair.parts == ()
    assert desk.fit(BATTERY, KGB2).feedback.code == "part_fitted"


def test_a_part_whose_purchase_was_withdrawn_between_its_two_scans_is_not_fitted(
    desk: Desk,
) -> None:
    desk.work()
    desk.scans(BATTERY, KGB)
    desk.without("lots", KGB)
    assert desk.scan(KBB).feedback.code == "finding.part_not_purchased"


def test_a_finding_that_only_warns_lets_the_part_in_without_a_purchase(desk: Desk) -> None:
    row = desk.policy.rows["part_not_purchased"]
    lenient = PolicyRow(row.code, row.rule, Severity.WARN, None, "", row.source)
    desk.policy = replace(desk.policy, rows={**desk.policy.rows, row.code: lenient})
    desk.work()
    fitted = desk.fit(BATTERY, "F5D000NEVER001")
    assert fitted.feedback.code == "part_fitted"
    assert fitted.entries[-1].payload["order"] == ""


def test_a_part_fitted_in_this_repair_already_is_not_taken_again(desk: Desk) -> None:
    desk.work()
    desk.fit()
    assert desk.scans(BATTERY, KGB).feedback.code == "finding.part_used_before"


def test_a_part_that_was_taken_back_can_be_fitted_again(desk: Desk) -> None:
    desk.work()
    desk.fit()
    desk.do("UNDO")
    assert desk.fit().feedback.code == "part_fitted"
    assert len(desk.repair.parts) == 1


def test_a_new_part_from_stock_is_not_the_one_that_was_taken_out(desk: Desk) -> None:
    desk.work()
    refused = desk.scans(BATTERY, KGB, KGB2)
    assert codes(refused.feedback) == ("refused", "kbb_is_new", "scan_kbb")
    assert desk.scan(KBB).feedback.code == "part_fitted"


def test_a_part_that_the_bench_fitted_before_may_be_taken_out(desk: Desk) -> None:
    desk.work()
    desk.fit()
    desk.complete()
    desk.work()
    assert desk.fit(BATTERY, KGB2, KGB).feedback.code == "part_fitted"


def test_the_new_serial_again_is_not_taken_for_the_removed_one(desk: Desk) -> None:
    desk.work()
    repeated = desk.scans(BATTERY, KGB, KGB)
    assert codes(repeated.feedback) == ("repeated", "kgb_taken", "scan_kbb")
    assert desk.repair.parts == ()


@pytest.mark.parametrize("product", [MAC, PHONE])
def test_a_product_is_neither_a_new_nor_a_removed_part(desk: Desk, product: str) -> None:
    desk.work()
    first = desk.scans(BATTERY, product)
    assert codes(first.feedback) == ("refused", "component_is_product", "scan_kgb")
    second = desk.scans(KGB, product)
    assert codes(second.feedback) == ("refused", "component_is_product", "scan_kbb")


def test_a_removed_part_may_have_a_serial_that_nobody_knows_and_no_check(desk: Desk) -> None:
    desk.work()
    assert desk.fit(kbb=bench.OLD_KBB).feedback.code == "part_fitted"
    assert desk.repair.parts[0].kbb == bench.OLD_KBB


def test_the_announcing_s_of_a_serial_is_dropped_where_the_purchase_says_so(desk: Desk) -> None:
    desk.work()
    assert desk.scans(BATTERY, f"S{KGB}").feedback.code == "kgb_taken"


def test_a_part_outside_the_catalogue_is_not_begun(desk: Desk) -> None:
    desk.work()
    assert codes(desk.scan("661-99999").feedback) == ("refused", "part_unknown", "ask_lead")


def test_the_letters_of_a_stock_before_a_number_name_no_other_part(desk: Desk) -> None:
    desk.work()
    assert desk.fit(f"ZM{BATTERY}").feedback.code == "part_fitted"
    assert desk.repair.parts[0].part_number == BATTERY


@pytest.mark.parametrize(
    ("steps", "step"),
    [((), "opened"), (("DIAG",), "diagnosed"), (("DIAG", "WORK", "READY"), "ready")],
)
def test_a_part_is_begun_only_while_the_repair_is_in_work(
    desk: Desk, steps: tuple[str, ...], step: str
) -> None:
    desk.open()
    for one in steps:
        desk.do(one)
    assert codes(desk.scan(BATTERY).feedback) == ("refused", "not_in_repair", step)


def test_a_repair_that_was_moved_on_meanwhile_takes_no_part(desk: Desk) -> None:
    desk.work()
    desk.scans(BATTERY, KGB)
    with desk.store.writing() as tx:
        repair = tx.repair(desk.session.repair_id or "")
        assert repair is not None
        change_step(tx, repair, Step.READY, "person:bo")
    refused = desk.scan(KBB)
    assert codes(refused.feedback) == ("refused", "not_in_repair", "ready")
    assert refused.view.pending_part is None


# ----------------------------------------------------------------------
# Labels that hold number and serial
# ----------------------------------------------------------------------


def test_a_label_with_number_and_serial_saves_a_scan(desk: Desk) -> None:
    desk.work()
    assert codes(desk.scan(label(BATTERY, KGB)).feedback) == ("asked", "kgb_taken", "scan_kbb")
    assert desk.scan(KBB).feedback.code == "part_fitted"


def test_the_label_of_the_removed_part_gives_its_serial(desk: Desk) -> None:
    desk.work()
    desk.scan(label(BATTERY, KGB))
    assert desk.scan(label("661-05999", KBB)).feedback.code == "part_fitted"
    assert desk.repair.parts[0].part_number == BATTERY


def test_a_label_after_its_number_was_scanned_gives_the_serial(desk: Desk) -> None:
    desk.work()
    assert desk.scans(BATTERY, label(BATTERY, KGB)).feedback.code == "kgb_taken"


def test_a_label_of_a_part_that_is_not_in_the_catalogue_gives_nothing(desk: Desk) -> None:
    desk.work()
    assert desk.scan(label("661-99999", KGB)).feedback.code == "part_unknown"
    assert desk.session.part is None


# ----------------------------------------------------------------------
# A part that was begun is not lost
# ----------------------------------------------------------------------


def test_the_same_label_again_is_a_repetition_and_loses_nothing(desk: Desk) -> None:
    desk.work()
    assert codes(desk.scans(BATTERY, BATTERY).feedback) == ("repeated", "part_begun", "scan_kgb")
    assert codes(desk.scans(KGB, BATTERY).feedback) == ("repeated", "part_begun", "scan_kbb")
    assert desk.scan(KBB).feedback.code == "part_fitted"


def test_another_label_takes_the_place_of_one_without_a_serial(desk: Desk) -> None:
    desk.work()
    assert desk.scans(BATTERY, CASE).feedback.code == "part_begun"
    assert desk.session.part is not None
    assert desk.session.part.number == CASE


@pytest.mark.parametrize(
    "way", ["other label", "HOME", "DIAG", "CANCEL", "READY", "DONE", "tag", "product"]
)
def test_a_new_serial_that_was_scanned_is_not_dropped_without_a_word(desk: Desk, way: str) -> None:
    desk.open("C02TAGGED002", ANNA)
    other = desk.repair.number
    desk.do("HOME")
    desk.scan(MAC)
    desk.do("OPEN", "DIAG", "WORK")
    desk.scans(BATTERY, KGB)
    before = desk.session
    scans = {"other label": CASE, "tag": tag(other), "product": bench.DASH_TAG}
    outcome = desk.scan(scans[way]) if way in scans else desk.do(way)
    assert codes(outcome.feedback) == ("refused", "part_unfinished", "scan_kbb")
    assert desk.session == before


@pytest.mark.parametrize("way", ["DONE", "READY"])
def test_nothing_is_ready_with_a_part_that_was_begun(desk: Desk, way: str) -> None:
    desk.work()
    desk.scan(BATTERY)
    outcome = desk.do(way)
    assert codes(outcome.feedback) == ("refused", "part_unfinished", "scan_kgb")
    assert desk.repair.step is Step.IN_REPAIR


def test_a_label_without_a_serial_keeps_nobody(desk: Desk) -> None:
    desk.work()
    desk.scan(BATTERY)
    assert desk.do("HOME").feedback.code == "home"


def test_lock_keeps_a_part_in_the_middle(desk: Desk) -> None:
    desk.work()
    desk.scans(BATTERY, KGB)
    desk.do("LOCK")
    back = desk.scan(badge(ANNA))
    assert codes(back.feedback) == ("accepted", "signed_in", "scan_kbb")
    assert desk.scan(KBB).feedback.code == "part_fitted"
