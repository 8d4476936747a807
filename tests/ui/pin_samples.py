"""A PIN that is asked for: of nobody who is signed in yet, and of the next while somebody works."""

from dataclasses import replace
from datetime import timedelta

from app.domain.pins import PinPurpose, PinWait
from app.services.views import BenchView, Screen, Tone
from app.ui.state import WindowState
from tests.ui.esd_samples import (
    ANNA,
    ASKS,
    LEAD,
    NOW,
    PASSED,
    PASSES,
    TYPED,
    UNTESTED,
    feedback,
    state,
)

WAIT = PinWait(ANNA.id, ANNA.name, NOW + timedelta(seconds=90))
ASKED = feedback(Tone.ASKED, "pin_asked", "type_pin", person=ANNA.name)
WRONG = feedback(Tone.REFUSED, "pin_wrong", "type_pin", person=ANNA.name, left="3")
LOCKED = feedback(
    Tone.REFUSED, "pin_locked", "pin_locked", person=ANNA.name, until="13:05", minutes="5"
)
OF_LEAD = replace(WAIT, person_id=LEAD.id, name=LEAD.name)
CONFIRMS = replace(OF_LEAD, purpose=PinPurpose.CONFIRM, until=TYPED.until)

PIN_STATES: dict[str, WindowState] = {
    "pin": state(BenchView(Screen.SIGN_IN, pin=WAIT), ASKED),
    "pin_wrong": state(BenchView(Screen.SIGN_IN, pin=WAIT), ASKED, WRONG),
    "pin_locked": state(BenchView(Screen.SIGN_IN), WRONG, LOCKED),
    "pin_choose": state(
        BenchView(Screen.HOME, LEAD, PASSED, pin=replace(WAIT, purpose=PinPurpose.CHOOSE)),
        feedback(Tone.ASKED, "pin_choose", "choose_pin", person=ANNA.name),
    ),
    "pin_of_the_next": state(
        BenchView(Screen.HOME, ANNA, PASSED, pin=OF_LEAD),
        PASSES,
        feedback(Tone.ASKED, "pin_asked", "type_pin", person=LEAD.name),
    ),
    "pin_of_who_confirms": state(
        BenchView(Screen.ESD_GATE, ANNA, UNTESTED, typed=TYPED, pin=CONFIRMS),
        ASKS,
        feedback(Tone.ASKED, "pin_asked", "type_pin", person=LEAD.name),
    ),
}
