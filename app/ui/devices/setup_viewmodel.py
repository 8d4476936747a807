"""What the setting up shows, step by step. No Qt."""

from dataclasses import dataclass
from typing import Final

from app.domain.scan_tests import control_text
from app.services.device_sight import ProfileFit, TrialDevice, TrialFound
from app.services.device_words import cure_of
from app.ui.devices.live_viewmodel import BACK, means_text, shown_long
from app.ui.devices.panel import Setup, SetupStep
from app.ui.shell.rows import Action, Prompt
from app.ui.shell.viewmodel import STATUS_LEVELS
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.colours import Level
from app.ui.wording import Wording, shown

USE: Final = "SETUP_USE"
AGAIN: Final = "SETUP_AGAIN"
SKIP: Final = "SETUP_SKIP"
SHEET: Final = "DEVSHEET"
NO_TABLE: Final = TableRows("", (), (), "")


@dataclass(frozen=True, slots=True)
class SetupStepRow:
    """One step at the top: its number, its name, and how far it is."""

    text: str
    level: Level
    icon: str


@dataclass(frozen=True, slots=True)
class SetupRows:
    """The setting up.

    Attributes:
        prompt: The one thing to do now.
        steps: All steps.
        table: What is connected, or what is on record.
        found: Captions and values of what spoke.
        verdict: What it comes to, in a sentence; empty while nothing spoke.
        level: How good that is.
        address: The words of the field for an address; empty where none is asked for.
    """

    prompt: Prompt
    steps: tuple[SetupStepRow, ...]
    table: TableRows
    found: tuple[tuple[str, str], ...] = ()
    verdict: str = ""
    level: Level = Level.CALM
    address: str = ""


def setup_rows(setup: Setup, wording: Wording) -> SetupRows:
    """The rows of the step."""
    steps = tuple(_step(each, setup, wording) for each in SetupStep)
    if setup.step is SetupStep.RECORD:
        return SetupRows(_record_prompt(setup, wording), steps, _record_table(setup, wording))
    found = setup.trial.found if setup.trial is not None else None
    name = f"setup.{setup.step.value}"
    if found is None:
        return SetupRows(
            Prompt(_icon(setup.step), wording.say(name), wording.say(f"{name}.detail")),
            steps,
            _device_table(setup, wording),
            address=wording.say("setup.address"),
        )
    fits = bool(found.profile) or not found.address
    key = "setup.found" if fits else "setup.unfit"
    level = Level.OK if fits else Level.ATTENTION
    return SetupRows(
        Prompt(
            "accepted" if fits else "warning", wording.say(key), wording.say(f"{key}.do"), level
        ),
        steps,
        NO_TABLE if fits else _fit_table(found, wording),
        _found_facts(found, wording),
        _verdict(found, setup.step, wording),
        level,
    )


def setup_actions(setup: Setup, wording: Wording) -> tuple[Action, ...]:
    """The large buttons of the step."""
    back = _action(BACK, "leave", "home", "Esc", wording)
    if setup.step is SetupStep.RECORD:
        return (_action(USE, "done", "check", "F2", wording, primary=setup.is_done), back)
    found = setup.trial.found if setup.trial is not None else None
    skip = _action(SKIP, "skip", "flag", "F4", wording)
    if found is None:
        return (skip, _action(SHEET, "sheet", "file-text", "", wording), back)
    use = _action(USE, "use", "check", "F2", wording, primary=True)
    again = _action(AGAIN, "again", "undo", "F3", wording)
    fits = bool(found.profile) or not found.address
    return (use, again, skip, back) if fits else (again, skip, back)


def _action(
    code: str, key: str, icon: str, shortcut: str, wording: Wording, *, primary: bool = False
) -> Action:
    name = f"setup.action.{key}"
    return Action(code, wording.say(name), wording.say(f"{name}.tip"), icon, shortcut, primary)


def _icon(step: SetupStep) -> str:
    return "scanner" if step is SetupStep.SCANNER else "gauge"


def _step(step: SetupStep, setup: Setup, wording: Wording) -> SetupStepRow:
    order = list(SetupStep)
    at, now = order.index(step), order.index(setup.step)
    text = f"{at + 1}  {wording.say(f'setup.step.{step.value}')}"
    if at < now or setup.is_done:
        return SetupStepRow(text, Level.OK, "accepted")
    return SetupStepRow(text, Level.NOTE if at == now else Level.CALM, "")


def _device_table(setup: Setup, wording: Wording) -> TableRows:
    trial = setup.trial
    looking = trial is None or trial.looking
    empty = "setup.looking" if looking else f"setup.{setup.step.value}.none"
    if trial is not None and trial.fault:
        empty = "setup.fault"
    return TableRows(
        title=wording.say("setup.connected"),
        headers=tuple(wording.say(f"setup.column.{one}") for one in ("device", "state", "cure")),
        rows=tuple(_device_row(each, wording) for each in (trial.devices if trial else ())),
        empty=wording.say(empty, reason=trial.fault if trial is not None else ""),
        widths=(5, 3, 8),
    )


def _device_row(device: TrialDevice, wording: Wording) -> tuple[Cell, ...]:
    name = Cell(shown(device.name), note=shown(device.path))
    if not device.can_be_read:
        mode = wording.say(f"device.mode.{device.mode}") if device.mode else ""
        return (name, Cell(wording.say("setup.unread"), Level.ATTENTION, "warning"), Cell(mode))
    if device.state is None:
        return (name, Cell(wording.say("device.status.opening")), Cell(""))
    status = device.state.status
    level = STATUS_LEVELS[status]
    word = wording.say("setup.listening") if level is Level.CALM else ""
    said = word or wording.say(f"device.status.{status.value}")
    cure = "" if level is Level.CALM else shown_long(cure_of(device.state, wording.texts))
    first, _, rest = cure.partition(". ")
    icon = "" if level is Level.CALM else "warning"
    return (name, Cell(said, level, icon), Cell(f"{first}." if rest else first, note=rest))


def _found_facts(found: TrialFound, wording: Wording) -> tuple[tuple[str, str], ...]:
    heard = found.heard
    told = (
        (wording.say("setup.fact.device"), shown(found.name)),
        (wording.say("setup.fact.said"), shown(control_text(found.raw))),
    )
    if heard is None:
        return told
    return (
        *told,
        (wording.say("setup.fact.means"), means_text(heard, wording)),
        (
            wording.say("setup.fact.address"),
            shown(found.address) or wording.say("setup.fact.keyboard"),
        ),
    )


def _verdict(found: TrialFound, step: SetupStep, wording: Wording) -> str:
    if not found.address:
        return wording.say("setup.verdict.keyboard")
    if found.profile:
        title = found.fits[0].title(wording.texts.language.value)
        return wording.say("setup.verdict.fits", profile=title)
    if step is SetupStep.TESTER:
        return wording.say("setup.verdict.no_profile")
    return wording.say("setup.verdict.no_end")


def _fit_table(found: TrialFound, wording: Wording) -> TableRows:
    return TableRows(
        title=wording.say("setup.profiles"),
        headers=tuple(wording.say(f"setup.column.{one}") for one in ("profile", "fit")),
        rows=tuple(_fit_row(each, wording) for each in found.fits),
        empty=wording.say("setup.profiles.none"),
        widths=(3, 2),
    )


def _fit_row(fit: ProfileFit, wording: Wording) -> tuple[Cell, ...]:
    title = shown(fit.title(wording.texts.language.value))
    if fit.fits:
        return (Cell(title), Cell(wording.say("setup.fits"), Level.OK, "accepted"))
    return (
        Cell(title),
        Cell(wording.say("setup.fits_not"), note=shown(wording.word("misfit", fit.code))),
    )


def _record_prompt(setup: Setup, wording: Wording) -> Prompt:
    if setup.is_done:
        return Prompt("accepted", wording.say("setup.done"), wording.say("setup.done.do"), Level.OK)
    key = "setup.record.reading" if setup.scans else "setup.record.scan"
    icon = "gauge" if setup.scans else "scanner"
    return Prompt(icon, wording.say(key), wording.say(f"{key}.do"))


def _record_table(setup: Setup, wording: Wording) -> TableRows:
    rows = tuple(
        (
            Cell(wording.say(f"setup.recorded.{name}")),
            Cell(wording.say("setup.on_record"), Level.OK, "accepted")
            if count
            else Cell(wording.say("setup.waiting")),
        )
        for name, count in (("scan", setup.scans), ("reading", setup.readings))
    )
    headers = tuple(wording.say(f"setup.column.{one}") for one in ("what", "state"))
    return TableRows(wording.say("setup.recorded"), headers, rows, "", widths=(3, 2))
