"""UNDO takes back the last thing, each kind of it, and nothing twice."""

from dataclasses import replace

from app.domain.folds import repair_of
from app.domain.journal import Draft
from app.domain.repairs import Step
from app.services.playing import badge
from app.services.undoing import last_undoable
from app.services.views import Screen
from tests.unit.services.desk import ANNA, BATTERY, BO, KGB, MAC, Desk, codes


def test_undo_takes_a_part_off_again(desk: Desk) -> None:
    desk.work()
    desk.fit()
    undone = desk.do("UNDO")
    assert codes(undone.feedback) == ("accepted", "undone.part.fitted", "in_repair")
    assert desk.repair.parts == ()
    assert desk.repair.conflicts == ()


def test_undo_takes_steps_back_one_by_one(desk: Desk) -> None:
    desk.open()
    desk.do("DIAG", "WORK", "DONE")
    taken: list[tuple[str, str]] = []
    for _ in range(3):
        undone = desk.do("UNDO")
        assert undone.feedback.code == "undone.repair.status_changed"
        taken.append((undone.feedback.way_on, desk.repair.step.value))
    assert taken == [("in_repair",) * 2, ("diagnosed",) * 2, ("opened",) * 2]


def test_undo_gives_the_symptom_before_back(desk: Desk) -> None:
    desk.open()
    desk.do("SYM01", "SYM02")
    assert desk.do("UNDO").feedback.code == "undone.repair.symptom_recorded"
    assert desk.repair.symptom == "no_power"
    desk.do("UNDO")
    assert desk.repair.symptom == ""


def test_undo_of_a_diagnosis_gives_the_one_before_back(desk: Desk) -> None:
    desk.open()
    subject = f"repair:{desk.repair.id}"
    with desk.store.writing() as tx:
        payload = {"diagnosis": "PPT002", "from": ""}
        tx.append(Draft("repair.diagnosis_recorded", subject, "person:anna", {**payload}))
    assert desk.repair.diagnosis == "PPT002"
    assert desk.do("UNDO").feedback.code == "undone.repair.diagnosis_recorded"
    assert desk.repair.diagnosis == ""


def test_undo_of_a_scan_takes_the_new_serial_and_then_the_label(desk: Desk) -> None:
    desk.work()
    desk.scans(BATTERY, KGB)
    first = desk.do("UNDO")
    assert codes(first.feedback) == ("accepted", "undone_scan", "scan_kgb")
    assert first.view.pending_part is not None
    second = desk.do("UNDO")
    assert codes(second.feedback) == ("accepted", "undone_scan", "in_repair")
    assert second.view.pending_part is None
    assert [one.kind for one in second.entries] == ["scan.recorded"]


def test_undo_of_the_opening_cancels_the_repair_and_shows_the_product(desk: Desk) -> None:
    desk.open()
    repair_id = desk.repair.id
    undone = desk.do("UNDO")
    assert codes(undone.feedback) == ("accepted", "undone_opening", "scan_open")
    assert desk.repair_of(repair_id).step is Step.CANCELLED
    assert (undone.view.screen, undone.view.repair) == (Screen.HOME, None)
    assert undone.view.product is not None
    assert desk.do("OPEN").feedback.code == "repair_opened"


def test_undo_of_everything_ends_with_the_opening(desk: Desk) -> None:
    desk.work()
    desk.fit()
    repair_id = desk.repair.id
    told = [desk.do("UNDO").feedback.code for _ in range(6)]
    assert told == [
        "undone.part.fitted",
        "undone.repair.status_changed",
        "undone.repair.status_changed",
        "undone.repair.symptom_recorded",
        "undone_opening",
        "no_repair",
    ]
    assert desk.repair_of(repair_id).conflicts == ()


def test_a_cancelled_repair_comes_back_by_undo(desk: Desk) -> None:
    desk.work()
    desk.fit()
    cancelled = desk.do("CANCEL")
    assert codes(cancelled.feedback) == ("accepted", "repair_cancelled", "cancelled")
    assert cancelled.feedback.can_undo
    assert cancelled.view.open_repairs == ()
    assert desk.do("UNDO").feedback.code == "undone.repair.status_changed"
    assert desk.repair.step is Step.IN_REPAIR
    assert len(desk.repair.parts) == 1


def test_undo_ends_the_wait_for_a_signature(desk: Desk) -> None:
    desk.work()
    desk.do("DONE")
    undone = desk.do("UNDO")
    assert not undone.view.awaiting_signature
    assert desk.sign_in(BO).feedback.code == "signed_in"


def test_undo_goes_no_further_back_than_a_signature(desk: Desk) -> None:
    desk.work()
    desk.do("DONE")
    with desk.store.writing() as tx:
        payload = {"person": "anna", "content_hash": "00"}
        tx.append(
            Draft("repair.signed", f"repair:{desk.session.repair_id}", "person:anna", {**payload})
        )
    refused = desk.do("UNDO")
    assert codes(refused.feedback) == ("refused", "nothing_to_undo", "ready")


def test_a_completed_repair_is_not_opened_by_undo(desk: Desk) -> None:
    desk.work()
    in_hand = desk.session
    desk.complete()
    desk.session = in_hand
    refused = desk.do("UNDO")
    assert codes(refused.feedback) == ("refused", "nothing_to_undo", "completed")


def test_undo_passes_over_what_never_happened(desk: Desk) -> None:
    desk.work()
    subject = f"repair:{desk.repair.id}"
    moved = {"from": "ready", "to": "completed", "gsx": "SPCM"}
    half = {"part_number": BATTERY}
    with desk.store.writing() as tx:
        tx.append(Draft("repair.status_changed", subject, "person:bo", {**moved}))
        tx.append(Draft("part.fitted", subject, "person:bo", {**half}))
        tx.append(Draft("repair.symptom_recorded", subject, "person:bo", {}))
    assert len(desk.repair.conflicts) == 3
    assert desk.do("UNDO").feedback.code == "undone.repair.status_changed"
    assert desk.repair.step is Step.DIAGNOSED
    assert len(desk.repair.conflicts) == 3


def test_what_the_service_refused_cannot_be_undone(desk: Desk) -> None:
    desk.work()
    timeline = desk.fit().view.timeline
    last = last_undoable(timeline, replace(desk.repair, parts=()))
    assert last is not None
    assert last.kind == "repair.status_changed"


def test_what_was_undone_stays_in_the_journal(desk: Desk) -> None:
    desk.work()
    desk.fit()
    view = desk.do("UNDO").view
    assert [entry.kind for entry in view.timeline][-2:] == ["part.fitted", "repair.undone"]
    assert repair_of(view.timeline) == view.repair


def test_the_same_undo_twice_takes_two_things_back(desk: Desk) -> None:
    desk.open(MAC)
    desk.do("SYM01", "DIAG", "UNDO", "UNDO")
    assert (desk.repair.step, desk.repair.symptom) == (Step.OPENED, "")


def test_after_undo_the_repair_can_be_done_and_signed(desk: Desk) -> None:
    desk.work()
    desk.do("DONE", "UNDO", "DONE")
    assert desk.scan(badge(ANNA)).feedback.code == "repair_completed"


def test_who_did_what_is_named_whoever_is_signed_in_now(desk: Desk) -> None:
    desk.open()
    desk.do("DIAG")
    desk.sign_in(BO)
    by_bo = desk.open(number=BO)
    assert dict(by_bo.view.names).keys() == {"anna"}
    desk.without("people", "anna")
    assert dict(desk.do("WORK").view.names).keys() == {"bo"}
