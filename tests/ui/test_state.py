"""Each message gives a new state."""

from dataclasses import replace
from datetime import timedelta

from app.domain.frames import DeviceStatus
from app.services.views import BenchView, Screen, Tone
from app.ui.bridge import FaultTold
from app.ui.state import Stage, WindowState
from tests.ui.samples import DEVICES, NOW, PASSES, SIGNED_IN, TWICE, feedback, outcome

HOME = BenchView(Screen.HOME)
UNDOABLE = feedback(Tone.ACCEPTED, "step_taken", undo=True, step="ready")


def test_an_opened_store_ends_the_opening_and_its_fault() -> None:
    waiting = WindowState().with_fault(FaultTold("locked"))
    opened = waiting.with_view(HOME)
    assert (opened.stage, opened.view, opened.fault) == (Stage.OPEN, HOME, None)


def test_a_view_that_sync_brings_keeps_the_message() -> None:
    told = WindowState().with_view(HOME).with_fault(FaultTold("disk_full"))
    assert told.with_view(HOME).fault == FaultTold("disk_full")


def test_only_the_last_three_events_are_kept_newest_first() -> None:
    state = WindowState()
    for minute in range(5):
        state = state.with_outcome(outcome(PASSES, HOME, NOW + timedelta(minutes=minute)))
    assert [event.at.minute for event in state.events] == [46, 45, 44]


def test_a_fault_outlives_the_next_scan() -> None:
    state = WindowState().with_fault(FaultTold("disk_full")).with_outcome(outcome(PASSES, HOME))
    assert state.fault == FaultTold("disk_full")
    assert state.with_fault(None).fault is None


def test_a_device_keeps_its_place_when_its_state_changes() -> None:
    lost = replace(DEVICES[0], status=DeviceStatus.LOST)
    state = WindowState(devices=DEVICES).with_device(lost)
    assert state.devices == (lost, DEVICES[1])


def test_a_refusal_in_between_leaves_the_offer_to_undo() -> None:
    state = WindowState().with_outcome(outcome(UNDOABLE, HOME)).with_outcome(outcome(TWICE, HOME))
    assert state.undo_at == 1


def test_what_cannot_be_undone_ends_the_offer() -> None:
    state = WindowState().with_outcome(outcome(UNDOABLE, HOME))
    assert state.undo_at == 0
    assert state.with_outcome(outcome(SIGNED_IN, HOME)).undo_at is None


def test_nothing_happened_nothing_to_undo() -> None:
    assert WindowState().undo_at is None
