"""A replaced board or unit: the product goes on under its new numbers, and the old ones find it."""

from datetime import date

import pytest

from app.domain.journal import Draft, Json
from app.domain.products import Asset, FormerIdentity
from app.services.diagnosing import serial_today
from app.services.office import look
from app.services.office_sight import Ask, Board, ProductSight
from app.services.overriding import Override, override_rule
from app.services.repair_report import repair_report
from tests.unit.services import desk as bench
from tests.unit.services.desk import ANNA, CLEO, KBB, MAC, PHONE, PHONE_IMEI, Desk, codes, field_of

UNIT, UNIT_NAME = "661-22311", "iPhone 15, whole unit"
NEW = "F2LZZ0ABJC6K"
IMEI, IMEI2 = "490154203237518", "356938035643809"
EID = "89049032000001000000000000000074"
TODAY = date(2026, 11, 23)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.put(
        bench.row("catalogue", UNIT, number=UNIT, name=UNIT_NAME),
        bench.lot(NEW, UNIT),
        bench.asset(
            PHONE,
            family="iphone",
            model="iPhone 15",
            imeis=[PHONE_IMEI],
            holder="Ada",
            tag="IT-1",
            configuration="128 GB",
        ),
    )
    desk.work(PHONE)
    return desk


def product(desk: Desk, identifier: str) -> Asset:
    with desk.store.reading() as reader:
        found = reader.asset(identifier)
    assert found is not None
    return found


def replace_unit(desk: Desk) -> None:
    assert desk.scans(UNIT, NEW, PHONE, PHONE).feedback.code == "unit_replaced"


def test_a_whole_unit_is_asked_for_twice_and_gives_the_product_its_new_serial(desk: Desk) -> None:
    asked = desk.scans(UNIT, NEW, PHONE)
    assert codes(asked.feedback) == ("asked", "unit_replaced_sure", "scan_unit_again")
    assert asked.view.pending_part is not None
    assert asked.view.pending_part.is_unit
    done = desk.scan(PHONE)
    assert codes(done.feedback) == ("accepted", "unit_replaced", "scan_new_imei")
    assert done.feedback.can_undo
    assert done.view.awaits_radio
    assert desk.repair.serial == NEW
    assert [(one.kgb, one.kbb) for one in desk.repair.parts] == [(NEW, PHONE)]
    now = product(desk, NEW)
    assert (now.holder, now.tag, now.imeis) == ("Ada", "IT-1", ())
    number = desk.repair.number
    assert now.former == (
        FormerIdentity(PHONE, TODAY, number),
        FormerIdentity(PHONE_IMEI, TODAY, number),
    )
    for old in (PHONE, PHONE_IMEI):
        assert product(desk, old) == now


def test_the_new_numbers_are_scanned_one_by_one_after_it(desk: Desk) -> None:
    replace_unit(desk)
    first = desk.scan(IMEI)
    assert codes(first.feedback) == ("accepted", "identity_replaced", "scan_new_imei")
    assert field_of(first.feedback, "numbers") == IMEI
    desk.scans(IMEI2, EID)
    now = product(desk, IMEI2)
    assert (now.serial, now.imeis, now.eid) == (NEW, (IMEI, IMEI2), EID)
    assert [one.value for one in now.former] == [PHONE, PHONE_IMEI]
    assert codes(desk.scan(IMEI).feedback) == ("repeated", "identity_same", "scan_new_imei")
    assert codes(desk.scan(NEW).feedback) == ("repeated", "identity_same", "scan_new_imei")
    desk.complete()
    done = desk.repair_of(desk.entries[-1].subject.partition(":")[2])
    assert (done.serial, done.is_open) == (NEW, False)


def test_any_other_scan_goes_on_with_the_repair(desk: Desk) -> None:
    replace_unit(desk)
    assert desk.scan(bench.BATTERY).feedback.code == "part_begun"
    assert desk.session.radios is None
    desk.do("UNDO")
    assert desk.scan(IMEI).feedback.code != "identity_replaced"
    assert product(desk, NEW).imeis == ()


def test_a_part_without_a_radio_has_nothing_more_to_scan(desk: Desk) -> None:
    desk.put(bench.lot("C02ZZ0ABJGH5", UNIT))
    desk.work(MAC)
    done = desk.scans(UNIT, "C02ZZ0ABJGH5", MAC, MAC)
    assert codes(done.feedback) == ("accepted", "unit_replaced", "scan_done")
    assert not done.view.awaits_radio


def test_another_serial_after_the_question_is_the_removed_part(desk: Desk) -> None:
    fitted = desk.scans(UNIT, NEW, PHONE, KBB)
    assert fitted.feedback.code == "part_fitted"
    assert desk.repair.serial == PHONE


def test_a_component_s_serial_never_becomes_a_product_s(desk: Desk) -> None:
    refused = desk.scans(bench.BATTERY, bench.KGB, PHONE)
    assert codes(refused.feedback) == ("refused", "component_is_product", "scan_kbb")
    assert desk.scan(PHONE).feedback.code == "component_is_product"


def test_undo_takes_the_question_back_before_the_new_serial(desk: Desk) -> None:
    desk.scans(UNIT, NEW, PHONE)
    assert codes(desk.do("UNDO").feedback) == ("accepted", "undone_scan", "scan_kbb")
    assert desk.scan(PHONE).feedback.code == "unit_replaced_sure"


def test_a_unit_whose_purchase_was_withdrawn_is_not_fitted(desk: Desk) -> None:
    desk.scans(UNIT, NEW, PHONE)
    desk.without("lots", NEW)
    assert desk.scan(PHONE).feedback.code == "finding.part_not_purchased"
    assert desk.repair.serial == PHONE
    assert desk.session.part is not None
    assert not desk.session.part.is_unit


def test_undo_gives_the_product_its_old_name_and_takes_the_unit_off(desk: Desk) -> None:
    before = product(desk, PHONE)
    replace_unit(desk)
    undone = desk.do("UNDO")
    assert codes(undone.feedback) == ("accepted", "undone.part.fitted", "in_repair")
    assert product(desk, PHONE) == before
    assert desk.repair.serial == PHONE
    assert desk.repair.parts == ()
    with desk.store.reading() as reader:
        assert reader.asset(NEW) is None
    replace_unit(desk)  # the unit is free again


def test_undo_takes_the_numbers_back_one_by_one(desk: Desk) -> None:
    replace_unit(desk)
    desk.scans(IMEI, IMEI2)
    assert desk.do("UNDO").feedback.code == "undone.repair.identity_replaced"
    assert product(desk, NEW).imeis == (IMEI,)
    desk.do("UNDO")
    assert product(desk, NEW).imeis == ()
    assert desk.do("UNDO").feedback.code == "undone.part.fitted"
    assert product(desk, PHONE_IMEI).serial == PHONE


def test_what_was_changed_since_stays_when_the_name_goes_back(desk: Desk) -> None:
    replace_unit(desk)
    with desk.store.writing() as tx:
        said: dict[str, Json] = {"set": {"holder": "Bea"}, "was": {"holder": "Ada"}}
        tx.append(Draft("register.changed", f"assets:{NEW}", "person:cleo", said))
    desk.do("UNDO")
    assert product(desk, PHONE).holder == "Bea"


def test_a_row_that_somebody_took_away_does_not_come_back_with_undo(desk: Desk) -> None:
    replace_unit(desk)
    desk.without("assets", NEW)
    assert desk.do("UNDO").feedback.code == "undone.part.fitted"
    assert desk.repair.serial == PHONE
    with desk.store.reading() as reader:
        assert reader.asset(PHONE) is None


@pytest.mark.parametrize("told", ["nothing", {"serial": ""}, {"serial": NEW, "imeis": "no list"}])
def test_an_identity_of_another_bench_that_cannot_be_read_is_undone_all_the_same(
    desk: Desk, told: Json
) -> None:
    payload: dict[str, Json] = {"from": PHONE, "to": "F2LZZ0ABJC7K", "was": told, "now": told}
    payload["part"] = [told]
    with desk.store.writing() as tx:
        subject = f"repair:{desk.session.repair_id}"
        tx.append(Draft("repair.identity_replaced", subject, "person:anna", payload))
    assert desk.repair.serial == "F2LZZ0ABJC7K"
    assert desk.do("UNDO").feedback.code == "undone.repair.identity_replaced"
    assert desk.repair.serial == PHONE


def test_a_unit_that_the_register_holds_already_becomes_the_product(desk: Desk) -> None:
    desk.put(
        bench.asset(
            NEW, family="iphone", model="iPhone 15", configuration="256 GB", proof="", tag="MDM-9"
        )
    )
    before = product(desk, NEW)
    assert desk.scan(NEW).feedback.code == "product_allowed"
    desk.scan(PHONE)
    replace_unit(desk)
    now = product(desk, NEW)
    assert (now.configuration, now.tag, now.holder) == ("256 GB", "IT-1", "Ada")
    assert product(desk, PHONE) == now
    desk.do("UNDO")
    assert product(desk, NEW) == before
    assert product(desk, PHONE).holder == "Ada"


def test_the_new_unit_s_serial_is_said_again_where_the_register_holds_it(desk: Desk) -> None:
    desk.put(bench.asset(NEW, family="iphone"))
    assert codes(desk.scans(UNIT, NEW, NEW).feedback) == ("repeated", "kgb_taken", "scan_kbb")


def test_a_unit_that_was_repaired_here_as_a_product_of_its_own_is_not_taken(desk: Desk) -> None:
    desk.put(bench.asset(NEW, family="iphone"))
    desk.work(NEW)
    desk.do("HOME")
    desk.scan(PHONE)
    refused = desk.scans(UNIT, NEW, PHONE)
    assert codes(refused.feedback) == ("refused", "identity_taken", "ask_lead_identity")


def test_a_board_brings_a_new_imei(desk: Desk) -> None:
    asked = desk.do("NEWIMEI")
    assert codes(asked.feedback) == ("asked", "new_imei", "scan_new_imei")
    assert asked.view.awaits_radio
    assert desk.scan(PHONE_IMEI).feedback.code == "identity_same"
    desk.do("NEWIMEI")
    desk.scan(IMEI)
    now = product(desk, PHONE)
    assert (now.serial, now.imeis) == (PHONE, (IMEI,))
    assert product(desk, PHONE_IMEI) == now
    assert desk.repair.serial == PHONE


def test_a_part_whose_serial_was_scanned_is_not_dropped_for_it(desk: Desk) -> None:
    desk.scans(bench.BATTERY, bench.KGB)
    refused = desk.do("NEWIMEI")
    assert codes(refused.feedback) == ("refused", "part_unfinished", "scan_kbb")
    assert desk.scan(KBB).feedback.code == "part_fitted"


def test_an_imei_of_another_product_is_not_taken(desk: Desk) -> None:
    desk.put(bench.asset("F2L0THER0001", family="iphone", imeis=[IMEI]))
    desk.do("NEWIMEI")
    refused = desk.scan(IMEI)
    assert codes(refused.feedback) == ("refused", "identity_taken", "ask_lead_identity")
    assert "F2L0THER0001" in field_of(refused.feedback, "product")


@pytest.mark.parametrize("code", ["DIAG", "READY"])
def test_new_numbers_are_taken_only_while_the_repair_is_in_work(desk: Desk, code: str) -> None:
    desk.do(code)
    assert desk.do("NEWIMEI").feedback.code == "identity_not_now"


def test_new_numbers_need_who_may_work_on_the_product(desk: Desk) -> None:
    desk.without("people", "anna")
    desk.put(bench.person("anna", "Anna", ANNA, "technician"))
    assert desk.do("NEWIMEI").feedback.code == "finding.not_certified"


def test_a_number_waits_no_longer_when_another_bench_took_the_repair_on(desk: Desk) -> None:
    desk.do("NEWIMEI")
    with desk.store.writing() as tx:
        subject = f"repair:{desk.session.repair_id}"
        said = {"from": "in_repair", "to": "ready"}
        tx.append(Draft("repair.status_changed", subject, "person:bo", {**said}))
    assert desk.scan(IMEI).feedback.code != "identity_replaced"


def test_a_label_tells_several_numbers_at_once(desk: Desk) -> None:
    rs, gs, eot = "\x1e", "\x1d", "\x04"
    desk.do("NEWIMEI")
    done = desk.scan(f"[)>{rs}06{gs}S{PHONE}{gs}S{IMEI}{gs}S{EID}{rs}{eot}")
    assert field_of(done.feedback, "numbers") == f"{IMEI}, {EID}"
    assert (product(desk, PHONE).imeis, product(desk, PHONE).eid) == ((IMEI,), EID)


def test_what_a_lead_answered_for_holds_under_the_new_serial(desk: Desk) -> None:
    desk.put(bench.asset(PHONE, family="iphone", model="iPhone 15", ownership="unknown"))
    assert desk.scan(UNIT).feedback.code == "finding.owner_unknown"
    rules = desk.rules
    with desk.store.writing() as tx:
        wanted = Override(PHONE, "owner_unknown", CLEO, "the contract lies at the lender's")
        assert override_rule(tx, wanted, rules).entries
    replace_unit(desk)
    assert desk.do("READY", "WORK").feedback.code == "step_taken"


def test_results_of_the_old_unit_are_still_the_product_s(desk: Desk) -> None:
    replace_unit(desk)
    with desk.store.reading() as reader:
        assert serial_today(reader, PHONE) == NEW
        assert serial_today(reader, NEW) == NEW
        assert serial_today(reader, "C02N0WHERE01") == "C02N0WHERE01"


def test_the_card_s_history_goes_back_beyond_the_new_serial(desk: Desk) -> None:
    first = desk.repair.number
    desk.do("HOME", "CANCEL")
    desk.scan(PHONE)
    replace_unit(desk)
    rules = desk.rules
    with desk.store.reading() as reader:
        sight = look(reader, Ask(Board.PRODUCT, serial=NEW), rules)
    assert isinstance(sight, ProductSight)
    assert first in [one.number for one in sight.repairs]
    assert [one.subject for one in sight.changes] == [f"assets:{PHONE}", f"assets:{NEW}"]


def test_a_card_of_what_the_register_lost_still_tells_its_repairs(desk: Desk) -> None:
    desk.without("assets", PHONE)
    rules = desk.rules
    with desk.store.reading() as reader:
        sight = look(reader, Ask(Board.PRODUCT, serial=PHONE), rules)
    assert isinstance(sight, ProductSight)
    assert [one.id for one in sight.repairs] == [desk.session.repair_id]


def test_the_report_says_what_the_product_was_called_until_then(desk: Desk) -> None:
    replace_unit(desk)
    desk.scan(IMEI)
    repair_id = desk.repair.id
    with desk.store.reading() as reader:
        report = repair_report(reader, repair_id, desk.policy)
    assert (report.serial, report.former) == (NEW, (PHONE, PHONE_IMEI))
