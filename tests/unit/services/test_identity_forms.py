"""A lead records that a product came back from elsewhere under other numbers."""

from datetime import date

import pytest

from app.domain.identities import Identity
from app.domain.products import Asset, FormerIdentity
from app.services.form_sight import FormAsk, FormKind, RefusedForm, SavedForm
from app.services.product_desk import NewIdentity, rename_product
from tests.unit.services import desk as bench
from tests.unit.services.desk import ANNA, CLEO, MAC, PHONE, PHONE_IMEI, Desk
from tests.unit.services.form_desk import ask_for, opened, order_of, save_order, wrong

IDENTITY = FormKind.PRODUCT_IDENTITY
NEW, IMEI, IMEI2 = "F2LZZ0ABJC6K", "490154203237518", "356938035643809"
MEID = "A0000042A1B2C3"
TODAY = "2026-11-23"


def product(desk: Desk, identifier: str) -> Asset:
    with desk.store.reading() as reader:
        found = reader.asset(identifier)
    assert found is not None
    return found


def save(desk: Desk, serial: str = PHONE, **values: str) -> SavedForm:
    done = save_order(desk, order_of(opened(desk, IDENTITY, serial), **values))
    assert isinstance(done, SavedForm)
    return done


def test_the_form_says_what_the_product_is_called_now(desk: Desk) -> None:
    form = opened(desk, IDENTITY, PHONE)
    assert form.subject == f"iPhone 15 {PHONE}"
    assert dict(form.values) == {
        "new_serial": PHONE,
        "imei": PHONE_IMEI,
        "imei2": "",
        "meid": "",
        "eid": "",
        "replaced_on": TODAY,
        "replaced_in": "",
    }


def test_a_unit_that_came_back_from_apple_goes_on_under_its_new_numbers(desk: Desk) -> None:
    typed = {"new_serial": NEW.lower(), "imei": IMEI, "imei2": IMEI2, "meid": MEID.lower()}
    done = save(desk, **typed, replaced_on="2026-11-20", replaced_in="R1234")
    assert (done.feedback.code, wrong(done)) == ("product_renamed", [])
    now = product(desk, PHONE)
    assert (now.serial, now.imeis, now.meid) == (NEW, (IMEI, IMEI2), MEID)
    day = date(2026, 11, 20)
    assert now.former == (
        FormerIdentity(PHONE, day, "R1234"),
        FormerIdentity(PHONE_IMEI, day, "R1234"),
    )


def test_a_repair_that_is_open_follows(desk: Desk) -> None:
    desk.open(PHONE)
    save(desk, new_serial=NEW)
    assert desk.repair.serial == NEW
    assert desk.scan(NEW).feedback.code == "repair_in_hand"
    assert desk.scan(PHONE).feedback.code == "repair_in_hand"


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"new_serial": ""}, "new_serial", "form_needed"),
        ({}, "new_serial", "identity_same"),
        ({"new_serial": "SHORT"}, "new_serial", "identity_odd"),
        ({"new_serial": "C02XK0ABJGHO"}, "new_serial", "identity_odd"),
        ({"new_serial": MAC}, "new_serial", "identity_taken"),
        ({"imei": "490154203237519"}, "imei", "identity_odd"),
        ({"imei2": "1"}, "imei2", "identity_odd"),
        ({"meid": "x"}, "meid", "identity_odd"),
        ({"eid": "9" * 32}, "eid", "identity_odd"),
        ({"new_serial": NEW, "replaced_on": "2026-11-24"}, "replaced_on", "identity_ahead"),
        ({"replaced_on": "soon"}, "replaced_on", "form_day"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    desk: Desk, values: dict[str, str], field: str, code: str
) -> None:
    before = product(desk, PHONE)
    done = save(desk, **values)
    assert [(one.field, one.feedback.code) for one in done.problems] == [(field, code)]
    assert product(desk, PHONE) == before


def test_the_serial_of_another_product_is_refused_even_if_nobody_repaired_it(desk: Desk) -> None:
    desk.put(bench.asset(NEW, family="iphone"))
    assert wrong(save(desk, new_serial=NEW)) == [("new_serial", "identity_taken")]
    desk.put(bench.lot(NEW, "661-22311"))  # it was bought as a part: it is the unit itself
    assert save(desk, new_serial=NEW).feedback.code == "product_renamed"


def test_only_a_lead_may(desk: Desk) -> None:
    desk.sign_in(ANNA)
    assert isinstance(ask_for(desk, FormAsk(IDENTITY, PHONE), "anna"), RefusedForm)
    wanted = NewIdentity(PHONE, Identity(NEW), date(2026, 11, 23))
    rules = desk.rules
    with desk.store.writing() as tx:
        assert rename_product(tx, wanted, badge=ANNA, rules=rules).feedback.code == (
            "product_lead_only"
        )


def test_a_product_that_went_meanwhile_is_not_renamed(desk: Desk) -> None:
    rules = desk.rules
    wanted = NewIdentity("C02N0WHERE01", Identity(NEW), date(2026, 11, 23))
    with desk.store.writing() as tx:
        done = rename_product(tx, wanted, badge=CLEO, rules=rules)
    assert (done.feedback.code, done.entries) == ("product_gone", ())
