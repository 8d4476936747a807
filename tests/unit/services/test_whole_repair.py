"""A repair by scans alone, and what it leaves behind."""

from app.domain.repairs import Step
from app.services.playing import badge, command
from app.services.views import Screen, Tone
from tests.unit.services.desk import ANNA, BATTERY, KBB, KGB, MAC, Desk


def test_a_whole_repair_is_done_by_scans_alone(desk: Desk) -> None:
    place = [desk.sign_in().view.screen, desk.measure().view.screen]
    place += [desk.scan(MAC).view.screen, desk.do("OPEN").view.screen]
    last = desk.scans(
        command("SYM02"),
        command("DIAG"),
        command("WORK"),
        BATTERY,
        KGB,
        KBB,
        command("DONE"),
        badge(ANNA),
    )
    repair_id = last.report_for
    desk.do("LOCK")

    assert place == [Screen.ESD_GATE, Screen.HOME, Screen.HOME, Screen.REPAIR]
    assert (last.feedback.code, last.view.screen) == ("repair_completed", Screen.HOME)
    repair = desk.repair_of(repair_id)
    assert repair.step is Step.COMPLETED
    assert [one.step.value for one in repair.history] == [
        "opened",
        "diagnosed",
        "in_repair",
        "ready",
        "completed",
    ]
    assert [(one.part_number, one.kgb, one.kbb, one.order) for one in repair.parts] == [
        (BATTERY, KGB, KBB, "PO-1")
    ]
    assert repair.symptom == "battery_swollen"
    assert repair.signature is not None
    assert repair.signature.person_id == "anna"


def test_a_whole_repair_leaves_an_entry_of_every_scan_before_what_it_did(desk: Desk) -> None:
    desk.work()
    desk.fit()
    desk.complete()

    assert desk.kinds() == [
        "scan.recorded", "person.signed_in",
        "esd.measured",
        "scan.recorded",
        "scan.recorded", "repair.opened",
        "scan.recorded", "repair.symptom_recorded",
        "scan.recorded", "repair.status_changed",
        "scan.recorded", "repair.status_changed",
        "scan.recorded", "scan.recorded", "scan.recorded", "part.fitted",
        "scan.recorded", "repair.status_changed",
        "scan.recorded", "repair.signed", "repair.status_changed",
    ]  # fmt: skip
    verified = desk.store.verify()
    assert verified.first_fault is None
    assert verified.entries == len(desk.entries)


def test_the_steps_carry_the_status_of_gsx(desk: Desk) -> None:
    desk.work()
    desk.complete()
    told = [one.payload["gsx"] for one in desk.entries if one.kind == "repair.status_changed"]
    assert told == ["AWTR", "BEGR", "RFPU", "SPCM"]


def test_the_signature_covers_everything_up_to_it(desk: Desk) -> None:
    desk.work()
    ready = desk.do("DONE").entries[-1]
    signed = desk.scan(badge(ANNA)).entries[1]
    assert signed.payload["content_hash"] == ready.hash


def test_the_raw_bytes_lie_beside_the_entry_of_their_scan(desk: Desk) -> None:
    entry = desk.sign_in().entries[0]
    frame = desk.store.frame(entry.id)
    assert frame is not None
    assert frame.raw == badge(ANNA).encode()


def test_the_view_tells_the_whole_place(desk: Desk) -> None:
    desk.work()
    view = desk.scan(BATTERY).view
    assert view.person is not None
    assert view.product is not None
    assert view.repair is not None
    assert view.pending_part is not None
    assert view.product.open_repairs == (view.repair,)
    assert view.open_repairs == (view.repair,)
    assert [entry.kind for entry in view.timeline] == [
        "repair.opened",
        "repair.symptom_recorded",
        "repair.status_changed",
        "repair.status_changed",
    ]
    assert view.esd is not None
    assert view.esd.gap == ""
    assert view.esd.limit is not None


def test_a_repair_without_a_part_can_be_completed(desk: Desk) -> None:
    desk.work()
    assert desk.complete().feedback.tone is Tone.ACCEPTED


def test_a_report_can_be_asked_for_at_any_time(desk: Desk) -> None:
    desk.open()
    outcome = desk.do("REPORT")
    assert outcome.report_for == desk.repair.id
    assert outcome.feedback.code == "report_asked"
