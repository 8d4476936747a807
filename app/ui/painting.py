"""The whole picture: the frame, and the rows of the screen that the work is at. Pure, no Qt.

What stands before the bench is imported when it is shown: on most days it never is.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from app.services.views import Screen
from app.ui.screens.esd_gate.viewmodel import EsdGateRows, esd_gate_rows
from app.ui.screens.home.viewmodel import HomeRows, home_rows
from app.ui.screens.repair.viewmodel import RepairRows, repair_rows
from app.ui.screens.sign_in.viewmodel import SignInRows, sign_in_rows
from app.ui.shell.opening import opening_prompt
from app.ui.shell.rows import Frame
from app.ui.shell.viewmodel import frame_of, keeps_shut, pin_now
from app.ui.state import Stage, WindowState
from app.ui.wording import Wording

if TYPE_CHECKING:
    from app.ui.devices.live_viewmodel import LiveRows
    from app.ui.devices.setup_viewmodel import SetupRows
    from app.ui.office.forms.rows import FormRows
    from app.ui.office.importing.rows import ImportRows
    from app.ui.office.rows import OfficeRows
    from app.ui.screens.cannot_open.viewmodel import CannotOpenRows
    from app.ui.screens.first_run.viewmodel import FirstRunRows
    from app.ui.screens.unlock.viewmodel import UnlockRows

WorkRows: TypeAlias = SignInRows | EsdGateRows | HomeRows | RepairRows
DoorRows: TypeAlias = "FirstRunRows | UnlockRows | CannotOpenRows"
PanelRows: TypeAlias = "LiveRows | SetupRows"
Rows: TypeAlias = "WorkRows | DoorRows | PanelRows | OfficeRows | ImportRows | FormRows"


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is painted."""

    frame: Frame
    rows: Rows


def picture_of(state: WindowState, wording: Wording, now: datetime, *, dark: bool) -> Picture:
    """The picture of a state at a moment."""
    frame = frame_of(state, wording, now, dark=dark)
    if state.panel is not None and state.stage is Stage.OPEN:
        from app.ui.devices.painting import panel_actions, panel_rows

        rows = panel_rows(state.panel, state.view, wording)
        return Picture(replace(frame, actions=panel_actions(state.panel, wording)), rows)
    if state.importing is not None and state.stage is Stage.OPEN:
        from app.ui.office.importing.painting import import_actions, import_rows

        actions = import_actions(state.importing, wording)
        return Picture(replace(frame, actions=actions), import_rows(state.importing, wording))
    if state.form is not None and state.stage is Stage.OPEN:
        from app.ui.office.forms.painting import form_actions, form_rows

        actions = form_actions(state.form, wording)
        return Picture(replace(frame, actions=actions), form_rows(state.form, wording))
    if state.office is not None and state.stage is Stage.OPEN:
        from app.ui.office.painting import office_actions, office_rows

        actions = office_actions(state.office, wording)
        return Picture(replace(frame, actions=actions), office_rows(state.office, wording))
    return Picture(frame, _rows(state, wording, now))


def _rows(state: WindowState, wording: Wording, now: datetime) -> Rows:
    if state.stage is Stage.OPENING:
        return _opening_rows(state, wording)
    match state.view.screen:
        case Screen.SIGN_IN:
            return sign_in_rows(replace(state.view, pin=pin_now(state.view, now)), wording)
        case Screen.ESD_GATE:
            return esd_gate_rows(state.view, wording, now)
        case Screen.HOME:
            return home_rows(state.view, wording, now)
        case Screen.REPAIR:
            rows = repair_rows(state.view, wording, now)
            return rows if rows is not None else home_rows(state.view, wording, now)


def _opening_rows(state: WindowState, wording: Wording) -> Rows:
    """What keeps the bench shut, what opens it, or that it is being opened."""
    if state.fault is not None and keeps_shut(state.fault, wording):
        from app.ui.screens.cannot_open.viewmodel import cannot_open_rows

        return cannot_open_rows(state.fault, wording)
    if state.door is None:
        return SignInRows(opening_prompt(wording.say), "")
    if state.door.is_first_run:
        from app.ui.screens.first_run.viewmodel import first_run_rows

        return first_run_rows(state.door, wording)
    from app.ui.screens.unlock.viewmodel import unlock_rows

    return unlock_rows(state.door, wording)
