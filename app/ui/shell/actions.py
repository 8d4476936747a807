"""Which verbs stand on the large buttons now: at most five, the next one first. Pure, no Qt."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.commands import COMMANDS, Command
from app.domain.people import Role
from app.domain.repairs import Step
from app.domain.verdicts import Verdict
from app.services.views import BenchView, Screen
from app.ui.shell.rows import MOST_ACTIONS, Action
from app.ui.wording import Wording

_AT_STEP: Final[Mapping[Step, tuple[str, ...]]] = MappingProxyType(
    {
        Step.OPENED: ("DIAG", "HOME", "LOCK", "CANCEL"),
        Step.DIAGNOSED: ("WORK", "HOME", "LOCK", "CANCEL"),
        Step.IN_REPAIR: ("DONE", "READY", "HOME", "LOCK", "CANCEL"),
        Step.READY: ("DONE", "WORK", "REPORT", "HOME", "LOCK"),
        Step.COMPLETED: ("REPORT", "HOME"),
        Step.CANCELLED: ("HOME",),
    }
)
"""The verbs of the repair screen by step; the first one is what comes next."""


def actions_of(view: BenchView, wording: Wording) -> tuple[Action, ...]:
    """The large buttons of the screen."""
    codes, primary = _codes(view)
    made = tuple(
        action(COMMANDS[code], wording, primary=code == primary) for code in codes[:MOST_ACTIONS]
    )
    answering = _answering(view, wording)
    return made if answering is None else (*made, answering)


def _answering(view: BenchView, wording: Wording) -> Action | None:
    """The button by which a lead answers for what stops a product."""
    stopped = view.product is not None and view.product.verdict is Verdict.BLOCKED
    is_lead = view.person is not None and view.person.role is Role.LEAD
    if not (view.screen is Screen.HOME and stopped and is_lead):
        return None
    from app.ui.office.forms.boards import answering_action

    return answering_action(view.product, wording)


def _codes(view: BenchView) -> tuple[tuple[str, ...], str]:
    """The codes of the buttons, and which of them is the next thing to do (may be none)."""
    match view.screen:
        case Screen.SIGN_IN:
            return (), ""
        case Screen.ESD_GATE:
            return ("HOME", "LOCK"), ""
        case Screen.HOME:
            return _home_codes(view)
        case Screen.REPAIR:
            return _repair_codes(view)


def _home_codes(view: BenchView) -> tuple[tuple[str, ...], str]:
    if view.product is None:
        return ("LOCK",), ""
    if view.product.verdict is Verdict.BLOCKED:
        return ("HOME", "LOCK"), "HOME"
    return ("OPEN", "HOME", "LOCK"), "OPEN"


def _repair_codes(view: BenchView) -> tuple[tuple[str, ...], str]:
    if view.repair is None:
        return ("HOME", "LOCK"), ""
    codes = _AT_STEP[view.repair.step]
    unsaid = view.repair.step is Step.OPENED and not view.repair.symptom
    busy = view.pending_part is not None or view.awaiting_signature or unsaid
    return codes, "" if busy or view.repair.conflicts else codes[0]


def action(command: Command, wording: Wording, *, primary: bool = False) -> Action:
    """A command as a button."""
    return Action(
        code=command.code,
        label=wording.say(f"command.{command.key}"),
        tip=wording.say(f"command.{command.key}.tip"),
        icon=command.icon,
        key=command.shortcut.replace("Ctrl+", wording.say("key.ctrl")),
        primary=primary,
    )
