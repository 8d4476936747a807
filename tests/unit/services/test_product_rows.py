"""A lead takes a product into the register by hand, and out of it."""

from datetime import date

import pytest

from app.domain.products import Asset, Family, Ownership
from app.services.form_sight import FormAsk, FormKind, RefusedForm, SavedForm
from app.services.opening import product_card
from app.services.product_desk import add_product, remove_product
from tests.unit.services import desk as bench
from tests.unit.services.desk import ANNA, CLEO, MAC, PHONE, PHONE_IMEI, TAG, TAGGED, Desk
from tests.unit.services.form_desk import ask_for, save, wrong

ADD, REMOVE = FormKind.PRODUCT_ADD, FormKind.PRODUCT_REMOVE
NEW, IMEI = "F2LZZ0ABJC6K", "490154203237518"
ROW = {"product_serial": NEW, "model": "iPhone 15", "family": "iphone", "ownership": "owned"}


def found(desk: Desk, identifier: str) -> Asset | None:
    with desk.store.reading() as reader:
        return reader.asset(identifier)


def added(desk: Desk, **values: str) -> SavedForm:
    return save(desk, ADD, "", **{**ROW, **values})


def test_a_product_is_added_and_may_be_repaired_at_once(desk: Desk) -> None:
    typed = {
        "product_serial": NEW.lower(),
        "imei": IMEI,
        "order": "4711",
        "bought_on": "2026-01-15",
    }
    done = added(desk, **typed, holder="Ada", tag="IT-9", department="School")
    assert (done.feedback.code, wrong(done)) == ("product_added", [])
    product = found(desk, IMEI)
    assert product is not None
    assert (product.serial, product.family, product.ownership) == (
        NEW,
        Family.IPHONE,
        Ownership.OWNED,
    )
    assert (product.holder, product.tag, product.department) == ("Ada", "IT-9", "School")
    bought = product.purchase
    assert (bought.order, bought.bought_on, bought.source) == ("4711", date(2026, 1, 15), "Cleo")
    rules = desk.rules
    with desk.store.reading() as reader:
        assert [one.code for one in product_card(reader, NEW, rules).findings] == []


def test_what_is_not_known_of_its_purchase_names_nobody(desk: Desk) -> None:
    added(desk)
    product = found(desk, NEW)
    assert product is not None
    assert product.purchase.source == ""


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"product_serial": ""}, "product_serial", "form_needed"),
        ({"model": ""}, "model", "form_needed"),
        ({"family": ""}, "family", "form_needed"),
        ({"ownership": ""}, "ownership", "form_needed"),
        ({"product_serial": MAC}, "product_serial", "product_known"),
        ({"imei": PHONE_IMEI}, "imei", "product_known"),
        ({"product_serial": "X"}, "product_serial", "identity_odd"),
        ({"imei": "490154203237519"}, "imei", "identity_odd"),
        ({"lessor": "NL"}, "leased_until", "product_lease"),
        ({"bought_on": "2030-01-01"}, "bought_on", "product_bought_ahead"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    desk: Desk, values: dict[str, str], field: str, code: str
) -> None:
    done = added(desk, **values)
    assert wrong(done) == [(field, code)]
    assert found(desk, NEW) is None


def test_a_product_that_is_gone_is_removed_and_its_repairs_stay(desk: Desk) -> None:
    desk.work()
    repair = desk.repair.id
    assert wrong(save(desk, REMOVE, MAC)) == [("", "product_in_repair")]
    assert found(desk, MAC) is not None
    desk.complete()
    desk.do("CANCEL", "HOME")
    assert desk.repair_of(repair).serial == MAC
    desk.put(bench.asset("C02N0REPA1R1"))
    assert save(desk, REMOVE, "C02N0REPA1R1").feedback.code == "product_removed"
    assert found(desk, "C02N0REPA1R1") is None
    assert desk.scan("C02N0REPA1R1").feedback.code == "finding.not_in_register"


def test_a_product_is_found_by_its_tag_and_removed_by_its_serial(desk: Desk) -> None:
    with desk.store.writing() as tx:
        assert remove_product(tx, TAG, badge=CLEO).feedback.code == "product_removed"
    assert found(desk, TAGGED) is None


def test_only_a_lead_may(desk: Desk) -> None:
    for ask in (FormAsk(ADD), FormAsk(REMOVE, PHONE)):
        assert isinstance(ask_for(desk, ask, "anna"), RefusedForm)
    rules = desk.rules
    row = Asset(NEW, "iPhone 15", Family.IPHONE, Ownership.OWNED)
    with desk.store.writing() as tx:
        told = [
            add_product(tx, row, badge=ANNA, rules=rules),
            remove_product(tx, PHONE, badge=ANNA),
            remove_product(tx, "C02N0WHERE01", badge=CLEO),
        ]
    assert [one.feedback.code for one in told] == [
        "product_lead_only",
        "product_lead_only",
        "product_gone",
    ]
    assert [one.entries for one in told] == [(), (), ()]
