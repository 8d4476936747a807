"""The forms of equipment, and of what stops a product: saved as the commands do."""

from dataclasses import replace

import pytest

from app.domain.equipment import EquipmentState
from app.services.form_sight import (
    FormAsk,
    FormKind,
    RefusedForm,
)
from app.services.playing import command
from tests.unit.services.desk import ENDED, OTHER_MAKER, TESTER, Desk, asset
from tests.unit.services.form_desk import (
    CALIBRATED,
    ask_for,
    opened,
    order_of,
    piece,
    save,
    save_order,
    wrong,
)

# ----------------------------------------------------------------------
# Equipment
# ----------------------------------------------------------------------


def test_a_piece_is_added_changed_and_retired(desk: Desk) -> None:
    typed = {"piece_id": "mat-9", "kind": "esd_mat", "every_days": "30", "place": "Bench 1"}
    assert save(desk, FormKind.PIECE_ADD, **typed).feedback.code == "equipment_added"
    assert wrong(save(desk, FormKind.PIECE_ADD, **typed)) == [("piece_id", "equipment_known")]
    typed = {"place": "Bench 2", "state": "spare", "serial": "S-1"}
    assert save(desk, FormKind.PIECE_CHANGE, "mat-9", **typed).feedback.code == "equipment_changed"
    held = piece(desk, "mat-9")
    assert (held.place, held.serial, held.test_every_days) == ("Bench 2", "S-1", 30)
    assert held.state is EquipmentState.SPARE
    assert save(desk, FormKind.PIECE_RETIRE, "mat-9").feedback.code == "equipment_retired"
    assert piece(desk, "mat-9") == replace(held, state=EquipmentState.RETIRED)


def test_a_retired_piece_can_be_opened_as_it_is(stocked: Desk) -> None:
    save(stocked, FormKind.PIECE_RETIRE, "mat-1")
    states = next(
        one for one in opened(stocked, FormKind.PIECE_CHANGE, "mat-1").fields if one.name == "state"
    )
    assert states.options[-1].code == "retired"


def test_a_device_that_another_tester_is_connected_as_is_told_at_its_field(desk: Desk) -> None:
    typed = {"piece_id": "t-9", "kind": "esd_tester", "device": TESTER}
    assert wrong(save(desk, FormKind.PIECE_ADD, **typed)) == [("device", "equipment_device_taken")]


def test_a_calibration_is_recorded(desk: Desk) -> None:
    done = save(desk, FormKind.CALIBRATION, TESTER, **CALIBRATED)
    assert done.feedback.code == "equipment_calibrated"
    assert (piece(desk, TESTER).certificate, wrong(done)) == ("C-2", [])


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"calibrated_on": "2026-11-24"}, "calibrated_on"),
        ({"calibration_due": "2026-11-19"}, "calibration_due"),
    ],
)
def test_days_of_a_calibration_that_cannot_be_are_told_where_they_stand(
    desk: Desk, typed: dict[str, str], field: str
) -> None:
    done = save(desk, FormKind.CALIBRATION, TESTER, **(CALIBRATED | typed))
    assert wrong(done) == [(field, "equipment_calibration_days")]


def test_an_instrument_that_was_out_of_order_is_recorded(desk: Desk) -> None:
    typed = {"bad_from": "2026-11-01", "reason": "dropped"}
    wrong_days = save(desk, FormKind.FOUND_BAD, TESTER, **(typed | {"bad_to": "2026-10-01"}))
    assert wrong(wrong_days) == [("bad_from", "equipment_bad_days")]
    done = save(desk, FormKind.FOUND_BAD, TESTER, **typed)
    assert done.feedback.code == "equipment_found_bad"
    assert piece(desk, TESTER).state is EquipmentState.AWAY


@pytest.mark.parametrize(("in_order", "code"), [("yes", "passed"), ("no", "failed")])
def test_a_check_is_recorded_whatever_it_says(stocked: Desk, in_order: str, code: str) -> None:
    done = save(stocked, FormKind.CHECK, "tool-1", in_order=in_order, check_note="worn")
    assert (done.feedback.code, wrong(done)) == (f"equipment_{code}", [])
    with stocked.store.reading() as reader:
        entry = reader.timeline("equipment:tool-1")[-1]
    assert (entry.payload["note"], entry.payload["person"]) == ("worn", "cleo")


def test_a_check_of_what_is_gone_is_refused(stocked: Desk) -> None:
    order = order_of(opened(stocked, FormKind.CHECK, "tool-1"), in_order="yes")
    gone = replace(order, ask=FormAsk(FormKind.CHECK, "gone"))
    assert wrong(save_order(stocked, gone)) == [("", "equipment_unknown")]


# ----------------------------------------------------------------------
# A product that a rule stops
# ----------------------------------------------------------------------


def test_a_lead_answers_for_what_stops_a_product(desk: Desk) -> None:
    form = opened(desk, FormKind.OVERRIDE, ENDED)
    rule, answer = form.fields
    assert [one.code for one in rule.options] == ["lease_ended"]
    assert form.subject == f"MacBook Pro {ENDED}"
    assert dict(form.values) == {"rule": "lease_ended", "answer": ""}
    assert wrong(save_order(desk, order_of(form))) == [("answer", "form_needed")]
    assert wrong(save_order(desk, order_of(form, answer="x" * (answer.most + 1)))) == [
        ("answer", "form_long")
    ]
    done = save_order(desk, order_of(form, answer="renewed, contract 4711"))
    assert (done.feedback.code, wrong(done)) == ("override_recorded", [])
    with desk.store.reading() as reader:
        entry = reader.timeline(f"asset:{ENDED}")[-1]
    assert (entry.kind, entry.payload["reason"]) == ("rule.overridden", "renewed, contract 4711")
    again = ask_for(desk, FormAsk(FormKind.OVERRIDE, ENDED))
    assert isinstance(again, RefusedForm)
    assert again.feedback.code == "rule_not_broken"
    late = save_order(desk, order_of(form, answer="renewed"))
    assert wrong(late) == [("rule", "form_choice")]


def test_a_lead_answers_for_one_repair_alone(desk: Desk) -> None:
    desk.put(asset(ENDED, ownership="leased", leased_until="2026-12-31"))
    desk.sign_in()
    desk.measure()
    desk.scan(ENDED)
    assert desk.scan(command("OPEN")).entries[-1].kind == "repair.opened"
    desk.put(asset(ENDED, ownership="leased", leased_until="2026-11-22"))
    with desk.store.reading() as reader:
        (repair,) = reader.open_repairs(ENDED)
    form = opened(desk, FormKind.OVERRIDE, ENDED)
    scope = form.fields[-1]
    assert [one.code for one in scope.options] == ["product", repair.number]
    assert dict(form.values)["holds_for"] == "product"
    wanted = order_of(form, answer="renewed", holds_for=repair.number)
    done = save_order(desk, wanted)
    assert (done.feedback.code, wrong(done)) == ("override_recorded", [])
    with desk.store.reading() as reader:
        entry = reader.timeline(f"repair:{repair.id}")[-1]
        assert not [one for one in reader.timeline(f"asset:{ENDED}") if one.kind == entry.kind]
    assert entry.kind == "rule.overridden"
    assert wrong(save_order(desk, wanted)) == [("rule", "form_choice")], "nothing stops it now"


def test_an_override_holds_for_no_repair_that_is_not_open(desk: Desk) -> None:
    form = opened(desk, FormKind.OVERRIDE, ENDED)
    assert [one.name for one in form.fields] == ["rule", "answer"]
    done = save_order(desk, order_of(form, answer="renewed", holds_for="R-0"))
    assert wrong(done) == [("", "override_of_nothing")]


def test_what_nobody_may_answer_for_has_no_form(desk: Desk) -> None:
    for named in (OTHER_MAKER, "C02NEVERSEEN"):
        form = ask_for(desk, FormAsk(FormKind.OVERRIDE, named))
        assert isinstance(form, RefusedForm)
        assert form.feedback.code == "rule_not_answerable"


def test_only_a_lead_answers_for_a_rule(desk: Desk) -> None:
    form = ask_for(desk, FormAsk(FormKind.OVERRIDE, ENDED), "anna")
    assert isinstance(form, RefusedForm)
    assert (form.feedback.code, form.feedback.way_on) == ("override_lead_only", "override_lead")


def test_of_several_rules_that_stop_a_product_none_is_chosen_for_a_lead(desk: Desk) -> None:
    desk.put(asset("C02B0TH00001", ownership="leased", leased_until="2026-11-22", maker=""))
    form = opened(desk, FormKind.OVERRIDE, "C02B0TH00001")
    assert len(form.fields[0].options) > 1, form.fields[0].options
    assert dict(form.values)["rule"] == ""
