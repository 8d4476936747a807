"""A lead puts a product right: what is changed, what cannot be, and that the verdict follows."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.products import Asset, Ownership
from app.services.form_sight import FormAsk, FormKind, RefusedForm
from app.services.opening import product_card
from app.services.product_desk import change_product
from tests.unit.services.desk import ENDED, UNKNOWN_OWNER, Desk
from tests.unit.services.form_desk import ask_for, opened, order_of, save_order, wrong

CHANGE = FormKind.PRODUCT_CHANGE
LESSOR_ALONE = {"ownership": "owned", "leased_until": "", "lessor": "NL"}
LEASE = {"ownership": "leased", "lessor": "NL", "leased_until": "2030-01-31"}


def product(desk: Desk, serial: str) -> Asset:
    with desk.store.reading() as reader:
        found = reader.asset(serial)
    assert found is not None
    return found


def stops(desk: Desk, serial: str) -> set[str]:
    rules = desk.rules
    with desk.store.reading() as reader:
        return {one.code for one in product_card(reader, serial, rules).findings if one.blocks}


def test_a_lease_that_was_renewed_is_put_right_and_the_verdict_follows(desk: Desk) -> None:
    assert stops(desk, ENDED) == {"lease_ended"}
    form = opened(desk, CHANGE, ENDED)
    assert dict(form.values)["leased_until"] == "2026-11-22"
    assert form.subject == f"MacBook Pro {ENDED}"
    done = save_order(desk, order_of(form, leased_until="2028-11-22", lessor="NL"))
    assert (done.feedback.code, wrong(done)) == ("product_changed", [])
    assert product(desk, ENDED).leased_until == date(2028, 11, 22)
    assert stops(desk, ENDED) == set()


def test_only_what_was_changed_is_an_entry_with_who_did_it(desk: Desk) -> None:
    before = product(desk, UNKNOWN_OWNER)
    done = save_order(
        desk,
        order_of(
            opened(desk, CHANGE, UNKNOWN_OWNER),
            ownership="owned",
            order="4711",
            bought_on="2026-01-15",
            holder="Karin",
        ),
    )
    assert done.feedback.code == "product_changed"
    with desk.store.reading() as reader:
        entry = reader.timeline(f"assets:{UNKNOWN_OWNER}")[-1]
    assert (entry.kind, entry.actor) == ("register.changed", "person:cleo")
    assert entry.payload["set"] == {
        "ownership": "owned",
        "order": "4711",
        "bought_on": "2026-01-15",
        "holder": "Karin",
        "source": "Cleo",
    }
    after = product(desk, UNKNOWN_OWNER)
    assert after == replace(
        before,
        ownership=Ownership.OWNED,
        holder="Karin",
        purchase=replace(before.purchase, order="4711", bought_on=date(2026, 1, 15), source="Cleo"),
    )


def test_what_somebody_else_has_changed_meanwhile_stays(desk: Desk) -> None:
    form = opened(desk, CHANGE, UNKNOWN_OWNER)
    save_order(desk, order_of(form, holder="Karin"))
    save_order(desk, order_of(form, department="North"))
    assert (product(desk, UNKNOWN_OWNER).holder, product(desk, UNKNOWN_OWNER).department) == (
        "Karin",
        "North",
    )


def test_what_is_saved_as_it_was_appends_nothing(desk: Desk) -> None:
    with desk.store.reading() as reader:
        before = len(reader.timeline(f"assets:{ENDED}"))
    done = save_order(desk, order_of(opened(desk, CHANGE, ENDED)))
    assert done.feedback.code == "product_changed"
    with desk.store.reading() as reader:
        assert len(reader.timeline(f"assets:{ENDED}")) == before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"ownership": "owned"}, ("leased_until", "product_lease")),
        (
            {"ownership": "owned", "leased_until": "", "lessor": "NL"},
            ("leased_until", "product_lease"),
        ),
        ({"bought_on": "2026-11-24"}, ("bought_on", "product_bought_ahead")),
        ({"bought_on": "yesterday"}, ("bought_on", "form_day")),
        ({"ownership": ""}, ("ownership", "form_needed")),
        ({"holder": "a\u202eb"}, ("holder", "form_odd")),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    desk: Desk, typed: dict[str, str], told: tuple[str, str]
) -> None:
    before = product(desk, ENDED)
    assert wrong(save_order(desk, order_of(opened(desk, CHANGE, ENDED), **typed))) == [told]
    assert product(desk, ENDED) == before


def test_what_was_bought_today_is_bought(desk: Desk) -> None:
    done = save_order(desk, order_of(opened(desk, CHANGE, ENDED), bought_on="2026-11-23"))
    assert done.feedback.code == "product_changed"


def test_a_product_becomes_owned_where_its_lease_is_taken_away(desk: Desk) -> None:
    typed = {"ownership": "owned", "leased_until": "", "lessor": "", "order": "1"}
    save_order(desk, order_of(opened(desk, CHANGE, ENDED), **typed))
    assert product(desk, ENDED).leased_until is None
    assert stops(desk, ENDED) == set()
    save_order(desk, order_of(opened(desk, CHANGE, ENDED), **LEASE))
    assert product(desk, ENDED).lessor == "NL"


def test_only_a_lead_and_only_a_product_that_is_there(desk: Desk) -> None:
    refusals = [
        ask_for(desk, FormAsk(CHANGE, ENDED), "anna"),
        ask_for(desk, FormAsk(CHANGE, "C02NEVERSEEN")),
        ask_for(desk, FormAsk(CHANGE, ENDED), None),
    ]
    codes = [one.feedback.code for one in refusals if isinstance(one, RefusedForm)]
    assert codes == ["product_lead_only", "product_gone", "sign_in_first"]
    order = order_of(opened(desk, CHANGE, ENDED), holder="x")
    assert wrong(save_order(desk, replace(order, person_id="anna"))) == [("", "product_lead_only")]
    gone = replace(order, ask=FormAsk(CHANGE, "C02NEVERSEEN"))
    assert wrong(save_order(desk, gone)) == [("", "product_gone")]


def test_a_badge_that_is_no_leads_changes_nothing(desk: Desk) -> None:
    rules = desk.rules
    with desk.store.writing() as tx:
        for badge, code in (("1001", "product_lead_only"), ("9999", "badge_unknown")):
            done = change_product(tx, ENDED, {"holder": "x"}, badge=badge, rules=rules)
            assert (done.feedback.code, done.entries) == (code, ())
