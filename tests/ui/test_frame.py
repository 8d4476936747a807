"""What the frame says: strip, answer, actions, events, faults."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.commands import COMMANDS
from app.domain.esd import EsdVerdict
from app.domain.frames import DeviceStatus
from app.services.views import BenchView, EsdStanding, Screen, Tone
from app.ui.bridge import FaultTold
from app.ui.shell.actions import actions_of
from app.ui.shell.rows import MOST_ACTIONS, Item
from app.ui.shell.viewmodel import answer_of, events_of, fault_of, frame_of, items_of
from app.ui.state import WindowState
from app.ui.theme.colours import Level
from app.ui.wording import Wording
from tests.ui.samples import (
    ANNA,
    BLOCKED_CARD,
    CANCELLED,
    COMPLETED,
    DEVICES,
    DIAGNOSED,
    FAILS,
    FOREIGN,
    IN_REPAIR,
    LIMIT,
    LOST,
    NOW,
    PASSED,
    PHONE_CARD,
    READY,
    RECEIVED,
    REJECTED,
    STATES,
    SYMPTOM,
    SYNCED,
    TORN,
    TWICE,
    TYPED,
    UNTESTED,
    WAITING,
    at_repair,
    feedback,
    outcome,
    reading,
    state,
)

SIGNED_OUT = BenchView(Screen.SIGN_IN)
HOME = BenchView(Screen.HOME, ANNA, PASSED)


def item(items: tuple[Item, ...], name: str) -> Item:
    return next(one for one in items if one.name == name)


# ----------------------------------------------------------------------
# The strip
# ----------------------------------------------------------------------


def test_only_what_exists_is_shown(english: Wording) -> None:
    bare = WindowState().with_view(SIGNED_OUT)
    assert [one.name for one in items_of(bare, english, NOW)] == ["person"]
    full = state(HOME)
    assert [one.name for one in items_of(full, english, NOW)] == [
        "person",
        "esd",
        "device:scanner-1",
        "device:esd-1",
        "sync",
    ]


def test_grey_is_normal(english: Wording) -> None:
    assert {one.level for one in items_of(state(HOME, sync=WAITING), english, NOW)} == {Level.CALM}


def test_a_lost_device_and_a_refused_entry_ask_for_somebody(english: Wording) -> None:
    items = items_of(state(HOME, devices=LOST, sync=REJECTED), english, NOW)
    assert item(items, "device:esd-1").level is Level.STOP
    assert item(items, "device:esd-1").value == "Connection lost"
    assert item(items, "sync").level is Level.ATTENTION
    assert item(items, "sync").value == "1 entry refused"


@pytest.mark.parametrize("status", list(DeviceStatus))
def test_every_state_of_a_device_has_words(english: Wording, status: DeviceStatus) -> None:
    devices = (replace(DEVICES[0], status=status),)
    value = item(items_of(state(HOME, devices=devices), english, NOW), "device:scanner-1").value
    assert value
    assert "." not in value


def test_sync_says_what_waits(english: Wording) -> None:
    says = [
        item(items_of(state(HOME, sync=sync), english, NOW), "sync").value
        for sync in (replace(SYNCED, enrolled=False), SYNCED, WAITING, replace(SYNCED, waiting=1))
    ]
    assert says == ["This bench only", "Up to date", "14 entries waiting", "1 entry waiting"]


def test_a_pass_shows_until_when_it_holds(english: Wording) -> None:
    esd = item(items_of(state(HOME), english, NOW), "esd")
    assert (esd.value, esd.level) == ("Valid until 01:12", Level.CALM)


def test_a_pass_ends_by_itself_between_two_scans(english: Wording) -> None:
    later = NOW + timedelta(hours=12)
    esd = item(items_of(state(HOME), english, later), "esd")
    assert (esd.value, esd.level) == ("Has run out", Level.ATTENTION)


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        (UNTESTED, "Not tested"),
        (EsdStanding(reading(9, EsdVerdict.FAIL_LOW), LIMIT, "esd_failed"), "Failed"),
        (EsdStanding(reading(9, EsdVerdict.INVALID), LIMIT, "esd_invalid"), "Not valid"),
        (EsdStanding(reading(9, EsdVerdict.PASS), LIMIT, "esd_other_person"), "Other person"),
    ],
)
def test_what_is_missing_of_esd_is_named(
    english: Wording, standing: EsdStanding, says: str
) -> None:
    items = items_of(state(replace(HOME, esd=standing)), english, NOW)
    assert item(items, "esd").value == says
    assert item(items, "esd").level is Level.ATTENTION


def test_a_typed_reading_that_waits_is_named_and_can_be_taken_back(english: Wording) -> None:
    waiting = STATES["esd_typed_same"]
    esd = item(items_of(waiting, english, NOW), "esd")
    assert (esd.value, esd.level) == ("1.05 MΩ, not confirmed", Level.ATTENTION)
    undo = frame_of(waiting, english, NOW, dark=False).undo
    assert undo is not None
    assert undo.code == "UNDO"
    later = TYPED.until + timedelta(seconds=1)
    assert item(items_of(waiting, english, later), "esd").value == "Failed"
    assert frame_of(waiting, english, later, dark=False).undo is None


@pytest.mark.parametrize("name", ["esd_typed", "esd_typed_same"])
def test_a_typed_reading_that_nobody_confirms_ends_by_itself_and_is_told(
    english: Wording, name: str
) -> None:
    before = frame_of(STATES[name], english, TYPED.until, dark=False).answer
    assert "in time" not in before.sentence
    later = TYPED.until + timedelta(seconds=1)
    answer = frame_of(STATES[name], english, later, dark=False).answer
    assert answer.sentence == "Nobody confirmed the typed value in time. It is not used."
    assert (answer.level, answer.undo) == (Level.STOP, None)
    assert "ESD 1.05 M" in answer.way_on


def test_an_answer_about_something_else_outlives_a_typed_reading(english: Wording) -> None:
    other = replace(STATES["esd_typed"], feedback=FAILS)
    later = TYPED.until + timedelta(seconds=1)
    answer = frame_of(other, english, later, dark=False).answer
    assert answer == answer_of(other, english)


def test_a_report_is_told_by_its_file(english: Wording) -> None:
    items = items_of(STATES["repair_completed"], english, NOW)
    assert item(items, "report").value == "4K7QX0M2.pdf"


# ----------------------------------------------------------------------
# Answers
# ----------------------------------------------------------------------


def test_before_the_first_scan_the_bar_is_calm(english: Wording) -> None:
    answer = answer_of(WindowState(), english)
    assert (answer.level, answer.word, answer.undo) == (Level.CALM, "Ready", None)


@pytest.mark.parametrize("tone", list(Tone))
def test_every_tone_has_a_colour_a_shape_and_a_word(english: Wording, tone: Tone) -> None:
    answer = answer_of(state(HOME, feedback(tone, "home")), english)
    assert answer.level is not Level.CALM
    assert answer.icon == tone.value
    assert answer.word != tone.value


def test_the_four_tones_look_and_read_apart(english: Wording) -> None:
    answers = [answer_of(state(HOME, feedback(tone, "home")), english) for tone in Tone]
    assert len({one.level for one in answers}) == len(Tone)
    assert len({one.word for one in answers}) == len(Tone)


def test_a_refusal_says_why_and_what_to_do(english: Wording) -> None:
    answer = answer_of(state(HOME, FOREIGN), english)
    assert "Reservdelar i Norden AB" in answer.sentence
    assert answer.way_on == "Put the part in quarantine and take one bought from Apple."
    assert answer.undo is None


def test_undo_is_offered_with_its_key(english: Wording) -> None:
    answer = answer_of(STATES["repair_fitted"], english)
    assert answer.undo is not None
    assert (answer.undo.code, answer.undo.key) == ("UNDO", "Ctrl+Z")


def test_a_scan_that_comes_twice_leaves_the_reason_and_the_way_on(english: Wording) -> None:
    refused = feedback(Tone.REFUSED, "esd_failed_high", "esd_failed_high")
    once = WindowState().with_outcome(outcome(refused, STATES["home"].view))
    twice = once.with_outcome(outcome(TWICE, STATES["home"].view))
    thrice = twice.with_outcome(outcome(TWICE, STATES["home"].view))
    said = answer_of(once, english)
    assert said.note == ""
    for now in (twice, thrice):
        assert answer_of(now, english) == replace(said, note="Repeated")
    assert [one.icon for one in events_of(thrice, english)] == ["repeated", "repeated", "refused"]
    next_one = thrice.with_outcome(outcome(refused, STATES["home"].view))
    assert answer_of(next_one, english) == said


def test_a_repetition_before_anything_else_is_told_itself(english: Wording) -> None:
    state = WindowState().with_outcome(outcome(TWICE, STATES["home"].view))
    assert answer_of(state, english).level is Level.NOTE


def test_events_mark_what_undo_takes_back(english: Wording) -> None:
    lines = events_of(STATES["repair_part"], english)
    assert [line.undoable for line in lines] == [False, True, False]
    assert [line.time for line in lines] == ["13:42", "13:41", "13:40"]


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("home", False),
        ("repair_opened", True),
        ("repair_part", True),
        ("repair_cancelled", True),
        ("repair_completed", False),
    ],
)
def test_undo_stands_beside_the_events_until_the_repair_is_signed(
    english: Wording, name: str, *, offered: bool
) -> None:
    frame = frame_of(STATES[name], english, NOW, dark=False)
    assert (frame.undo is not None) is offered


def test_a_fault_without_a_sentence_is_told_by_its_code(english: Wording) -> None:
    told = fault_of(WindowState(fault=FaultTold("brand_new")), english)
    assert told is not None
    assert "brand_new" in told.sentence


def test_there_is_a_way_to_the_devices_as_soon_as_the_bench_is_open(english: Wording) -> None:
    opening = frame_of(WindowState(), english, NOW, dark=False)
    assert opening.switches.devices == ""
    assert frame_of(state(HOME), english, NOW, dark=False).switches.devices == "Devices (F9)"


def test_while_the_store_opens_the_devices_are_shown(english: Wording) -> None:
    opening = WindowState(devices=DEVICES, fault=FaultTold("bug"))
    frame = frame_of(opening, english, NOW, dark=False)
    assert [one.name for one in frame.items] == ["device:scanner-1", "device:esd-1"]
    assert frame.fault is not None
    assert frame.actions == ()


# ----------------------------------------------------------------------
# Actions
# ----------------------------------------------------------------------

VIEWS = {
    "signed out": (SIGNED_OUT, "", ()),
    "gate": (BenchView(Screen.ESD_GATE, ANNA, UNTESTED), "", ("HOME", "LOCK")),
    "home": (HOME, "", ("LOCK",)),
    "allowed": (replace(HOME, product=PHONE_CARD), "OPEN", ("OPEN", "HOME", "LOCK")),
    "blocked": (replace(HOME, product=BLOCKED_CARD), "HOME", ("HOME", "LOCK")),
    "no symptom": (at_repair(RECEIVED), "", ("DIAG", "HOME", "LOCK", "CANCEL")),
    "opened": (at_repair(SYMPTOM), "DIAG", ("DIAG", "HOME", "LOCK", "CANCEL")),
    "diagnosed": (at_repair(DIAGNOSED), "WORK", ("WORK", "HOME", "LOCK", "CANCEL")),
    "in repair": (at_repair(IN_REPAIR), "DONE", ("DONE", "READY", "HOME", "LOCK", "CANCEL")),
    "conflict": (at_repair(TORN), "", ("DONE", "READY", "HOME", "LOCK", "CANCEL")),
    "ready": (at_repair(READY), "DONE", ("DONE", "WORK", "REPORT", "HOME", "LOCK")),
    "signing": (
        at_repair(READY, awaiting_signature=True),
        "",
        ("DONE", "WORK", "REPORT", "HOME", "LOCK"),
    ),
    "completed": (at_repair(COMPLETED), "REPORT", ("REPORT", "HOME")),
    "cancelled": (at_repair(CANCELLED), "HOME", ("HOME",)),
    "no repair": (BenchView(Screen.REPAIR, ANNA, PASSED), "", ("HOME", "LOCK")),
}


@pytest.mark.parametrize("name", VIEWS)
def test_the_next_step_is_the_large_blue_one(english: Wording, name: str) -> None:
    view, primary, codes = VIEWS[name]
    actions = actions_of(view, english)
    assert tuple(one.code for one in actions) == codes
    assert [one.code for one in actions if one.primary] == ([primary] if primary else [])
    assert len(actions) <= MOST_ACTIONS


def test_a_button_carries_name_tip_icon_and_key_of_the_command_table(english: Wording) -> None:
    button = actions_of(VIEWS["allowed"][0], english)[0]
    table = COMMANDS["OPEN"]
    assert (button.label, button.icon, button.key) == ("Open repair", table.icon, table.shortcut)
    assert button.tip
