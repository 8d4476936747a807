"""The frame's rows, made from the window's state. Pure functions, no Qt."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.domain.commands import COMMANDS
from app.domain.frames import DeviceRole, DeviceState, DeviceStatus
from app.domain.people import Person
from app.domain.pins import PinPurpose, PinWait
from app.domain.repairs import Step
from app.domain.typed_readings import TypedReading
from app.services.answering import refused
from app.services.ports import SyncState
from app.services.saying import say_feedback, say_way_on
from app.services.views import BenchView, EsdStanding, Feedback, Tone
from app.ui.shell.actions import action, actions_of
from app.ui.shell.opening import opening_frame, switches
from app.ui.shell.rows import Action, Answer, EventLine, Fault, Frame, Item, Switches
from app.ui.state import Stage, WindowState
from app.ui.theme.colours import Level
from app.ui.wording import Wording, shown

if TYPE_CHECKING:
    from app.ui.bridge import FaultTold
    from app.ui.door import Door

UNDO: Final = COMMANDS["UNDO"]

LEVELS: Final = {
    Tone.ACCEPTED: Level.OK,
    Tone.REPEATED: Level.NOTE,
    Tone.REFUSED: Level.STOP,
    Tone.ASKED: Level.ATTENTION,
}
"""The colour of an answer; its shape is the icon named like the tone."""

STATUS_LEVELS: Final = {
    DeviceStatus.READY: Level.CALM,
    DeviceStatus.OPENING: Level.CALM,
    DeviceStatus.BUSY: Level.ATTENTION,
    DeviceStatus.ABSENT: Level.ATTENTION,
    DeviceStatus.DENIED: Level.STOP,
    DeviceStatus.LOST: Level.STOP,
    DeviceStatus.WRONG_MODE: Level.STOP,
}
_PIN_WAITING: Final = frozenset(
    {
        *("pin_asked", "pin_wrong", "pin_first", "pin_form", "pin_checking"),
        *("pin_choose", "pin_repeat", "pins_differ", "pin_easy"),
    }
)
"""The answers while a PIN is asked for."""
_PIN_EXPIRED: Final = refused("pin_expired", way_on="scan_badge")
_WAITING: Final = frozenset({"esd_typed", "esd_witness_same", "esd_witness_unknown"})
"""The answers while a typed reading waits for a second person."""
_EXPIRED: Final = refused("esd_typed_expired", way_on="type_reading")
_ROLE_ICONS: Final = {
    DeviceRole.SCANNER: "scanner",
    DeviceRole.ESD_TESTER: "gauge",
    DeviceRole.DIAGNOSTICS: "stethoscope",
    DeviceRole.RESULTS: "folder-plus",
}


def frame_of(state: WindowState, wording: Wording, now: datetime, *, dark: bool) -> Frame:
    """Everything around the screen."""
    fault = fault_of(state, wording)
    if state.stage is Stage.OPENING:
        frame = replace(
            opening_frame(wording.say, dark=dark), items=_devices(state, wording), fault=fault
        )
        return _before_work(frame, state, wording)
    return Frame(
        title=wording.say("window.title"),
        items=items_of(state, wording, now),
        answer=answer_of(_now_told(state, now), wording),
        actions=actions_of(state.view, wording),
        events=events_of(state, wording),
        no_events=wording.say("events.none"),
        undo=_undo(state.view, wording, now),
        switches=_switches(state.view, wording, now, dark=dark),
        fault=fault,
    )


def _switches(view: BenchView, wording: Wording, now: datetime, *, dark: bool) -> Switches:
    """The window's own controls; what is typed is hidden while a PIN is asked for."""
    devices = wording.say("switch.devices", shortcut=COMMANDS["DEVICES"].shortcut)
    usual = replace(switches(wording.say, dark=dark), devices=devices)
    wait = pin_now(view, now)
    if wait is None:
        return usual
    key = "pin.type_new" if wait.is_new else "pin.type_here"
    here = wording.say(key, person=shown(wait.name))
    return replace(usual, type_here=here, type_name=wording.say("pin.type_name"), secret=True)


def keeps_shut(fault: "FaultTold", wording: Wording) -> bool:
    """Whether a fault is one that keeps the bench from opening, and has a screen of its own."""
    return wording.texts.has(f"cannot_open.{fault.code}.what")


def _before_work(frame: Frame, state: WindowState, wording: Wording) -> Frame:
    """The frame around what keeps the bench shut, and around what opens it."""
    if state.fault is not None and keeps_shut(state.fault, wording):
        word, why = wording.say("cannot_open.word"), wording.say("cannot_open.why")
        return replace(
            frame, answer=Answer(Level.STOP, "refused", word, why), fault=None, working=False
        )
    if state.door is None:
        return frame
    return replace(frame, answer=_door_answer(state.door, wording), working=False)


def _door_answer(door: "Door", wording: Wording) -> Answer:
    if door.wrong:
        word = "door.refused" if door.is_first_run else "unlock.refused"
        return Answer(Level.STOP, "refused", wording.say(word), wording.say(door.wrong))
    name = "first_run" if door.is_first_run else "unlock"
    icon = "hourglass" if door.is_busy else "ready"
    return Answer(Level.CALM, icon, wording.say(f"{name}.word"), wording.say(f"{name}.sentence"))


def _undo(view: BenchView, wording: Wording, now: datetime) -> Action | None:
    """UNDO takes back what was done to the repair in hand, its cancelling too; not a signature.

    And a typed reading, as long as it waits.
    """
    repair = view.repair
    done = repair is None or repair.step is Step.COMPLETED
    if done and typed_now(view, now) is None:
        return None
    return action(UNDO, wording)


# ----------------------------------------------------------------------
# The status strip
# ----------------------------------------------------------------------


def items_of(state: WindowState, wording: Wording, now: datetime) -> tuple[Item, ...]:
    """Who, ESD, devices, sync; only what there is. Grey is normal."""
    items = [_person(state.view.person, wording)]
    if state.view.person is not None and state.view.esd is not None:
        typed = typed_now(state.view, now)
        items.append(
            _esd(state.view.esd, wording, now) if typed is None else _typed(typed, wording)
        )
    items.extend(_devices(state, wording))
    if state.sync is not None:
        items.append(_sync(state.sync, wording))
    if state.report is not None:
        name = shown(state.report.path.name)
        items.append(Item("report", "file-text", wording.say("strip.report"), name))
    return tuple(items)


def _person(person: Person | None, wording: Wording) -> Item:
    if person is None:
        return Item("person", "person", wording.say("strip.person"), wording.say("strip.nobody"))
    role = wording.say(f"role.{person.role.value}")
    return Item("person", "person", role, shown(person.name))


def gap_now(esd: EsdStanding, now: datetime) -> str:
    """Why internal work is not allowed at this moment: a validity also ends between two scans."""
    if not esd.gap and esd.state is not None and now >= esd.state.valid_until:
        return "esd_stale"
    return esd.gap


def typed_now(view: BenchView, now: datetime) -> TypedReading | None:
    """The typed reading that waits at this moment: its time also ends between two scans."""
    typed = view.typed
    return typed if typed is not None and now <= typed.until else None


def pin_now(view: BenchView, now: datetime) -> PinWait | None:
    """The PIN that is asked for at this moment, likewise."""
    wait = view.pin
    return wait if wait is not None and now <= wait.until else None


def _typed(typed: TypedReading, wording: Wording) -> Item:
    value = wording.say("strip.esd.typed", ohm=wording.ohm(typed.ohm))
    return Item("esd", "strap", wording.say("strip.esd"), value, Level.ATTENTION)


def _esd(esd: EsdStanding, wording: Wording, now: datetime) -> Item:
    caption = wording.say("strip.esd")
    gap = gap_now(esd, now)
    if gap or esd.state is None:
        return Item("esd", "strap", caption, wording.say(f"gap.{gap}"), Level.ATTENTION)
    until = wording.say("strip.esd.until", time=wording.until(esd.state.valid_until, now))
    return Item("esd", "strap", caption, until)


def _devices(state: WindowState, wording: Wording) -> tuple[Item, ...]:
    return tuple(_device(device, wording) for device in state.devices)


def _device(device: DeviceState, wording: Wording) -> Item:
    return Item(
        name=f"device:{device.device}",
        icon=_ROLE_ICONS[device.role],
        caption=wording.say(f"device.{device.role.value}"),
        value=wording.say(f"device_status.{device.status.value}"),
        level=STATUS_LEVELS[device.status],
    )


def _sync(sync: SyncState, wording: Wording) -> Item:
    """Offline is neutral; only what the service refused asks for somebody."""
    caption = wording.say("strip.sync")
    if sync.rejected:
        value = wording.count("strip.sync.rejected", sync.rejected)
        return Item("sync", "sync", caption, value, Level.ATTENTION)
    if not sync.enrolled:
        value = wording.say("strip.sync.alone")
    elif sync.waiting:
        value = wording.count("strip.sync.waiting", sync.waiting)
    else:
        value = wording.say("strip.sync.done")
    return Item("sync", "sync", caption, value)


# ----------------------------------------------------------------------
# Answers, events, faults
# ----------------------------------------------------------------------


def fit(feedback: Feedback) -> Feedback:
    """A feedback whose fields are fit to be painted."""
    return replace(feedback, fields=tuple((name, shown(one)) for name, one in feedback.fields))


def _now_told(state: WindowState, now: datetime) -> WindowState:
    """A typed reading for which nobody came in time is told by itself, and so is a PIN."""
    if state.feedback is not None and state.feedback.code in _PIN_WAITING:
        if pin_now(state.view, now):
            return state
        wait = state.view.pin
        confirms = wait is not None and wait.purpose is PinPurpose.CONFIRM
        return state.with_answer(_EXPIRED if confirms else _PIN_EXPIRED)
    waited = state.feedback is not None and state.feedback.code in _WAITING
    over = waited and typed_now(state.view, now) is None
    return state.with_answer(_EXPIRED) if over else state


def answer_of(state: WindowState, wording: Wording) -> Answer:
    """The feedback bar."""
    if state.feedback is None:
        return Answer(Level.CALM, "ready", wording.say("tone.none"), wording.say("window.ready"))
    feedback = fit(state.feedback)
    return Answer(
        level=LEVELS[feedback.tone],
        icon=feedback.tone.value,
        word=wording.say(f"tone.{feedback.tone.value}"),
        sentence=say_feedback(wording.texts, feedback),
        way_on=say_way_on(wording.texts, feedback),
        undo=action(UNDO, wording) if feedback.can_undo else None,
        note=wording.say("tone.repeated") if state.echoed else "",
    )


def events_of(state: WindowState, wording: Wording) -> tuple[EventLine, ...]:
    """The last events, newest first."""
    undo_at = state.undo_at
    return tuple(
        EventLine(
            level=LEVELS[event.feedback.tone],
            icon=event.feedback.tone.value,
            time=wording.clock(event.at),
            sentence=say_feedback(wording.texts, fit(event.feedback)),
            undoable=at == undo_at,
        )
        for at, event in enumerate(state.events)
    )


def fault_of(state: WindowState, wording: Wording) -> Fault | None:
    """The message about what is wrong; a code without a sentence is told by its name."""
    if state.fault is None:
        return None
    code = state.fault.code
    key = code if "." in code else f"fault.{code}"  # another room's own sentence has its full key
    fields = dict(state.fault.fields)
    if not wording.texts.has(key):
        key, fields = "fault.other", {"code": state.fault.code}
    return Fault(
        wording.say("fault.word"), wording.say(key, **fields), wording.say("fault.dismiss")
    )
