"""What the repair screen shows: what to do now, the steps, the parts, the symptom choice."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.commands import COMMANDS, Verb
from app.domain.repairs import GSX_STATUS, Repair, Step
from app.services.views import BenchView, PendingPart, ProductCard
from app.ui.screens.repair.timeline import timeline_table
from app.ui.shell.actions import action
from app.ui.shell.rows import Action, Prompt
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.colours import Level
from app.ui.wording import Wording, or_dash, shown

PATH: Final = (Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR, Step.READY, Step.COMPLETED)

_ICONS: Final = {
    Step.OPENED: "stethoscope",
    Step.DIAGNOSED: "wrench",
    Step.IN_REPAIR: "part",
    Step.READY: "check",
    Step.COMPLETED: "accepted",
    Step.CANCELLED: "x-circle",
}


@dataclass(frozen=True, slots=True)
class StepMark:
    """One step of the stepper.

    Attributes:
        name: Its word.
        detail: When it was reached; for those to come, empty.
        code: Its GSX status, empty where it has none.
        state: ``done``, ``now``, ``ahead`` or ``stopped``.
    """

    name: str
    detail: str
    code: str
    state: str


@dataclass(frozen=True, slots=True)
class RepairRows:
    """The repair screen.

    Attributes:
        prompt: The one thing to do now.
        number: The repair's short number, and the product's name.
        serial: The product's serial.
        about: Symptom, diagnosis, signature.
        steps: The stepper.
        conflicts: What a lead has to settle, empty for nothing.
        symptoms_title: Over the symptom buttons.
        symptoms: Buttons to say what is wrong, while nobody has.
        parts: The parts fitted.
        timeline: What happened, newest first.
    """

    prompt: Prompt
    number: str
    serial: str
    about: str
    steps: tuple[StepMark, ...]
    conflicts: str
    symptoms_title: str
    symptoms: tuple[Action, ...]
    parts: TableRows
    timeline: TableRows


def repair_rows(view: BenchView, wording: Wording, now: datetime) -> RepairRows | None:
    """The rows of the screen; None where no repair is in hand."""
    repair = view.repair
    if repair is None:
        return None
    choosing = repair.step is Step.OPENED and not repair.symptom
    return RepairRows(
        prompt=prompt_of(view, repair, wording),
        number=_title(repair, view.product, wording),
        serial=or_dash(repair.serial),
        about=_about(repair, wording, now),
        steps=step_marks(repair, wording, now),
        conflicts=wording.count("repair.conflicts", len(repair.conflicts))
        if repair.conflicts
        else "",
        symptoms_title=wording.say("repair.symptoms"),
        symptoms=_symptoms(wording) if choosing else (),
        parts=parts_table(repair, view.pending_part, wording),
        timeline=timeline_table(view, wording, now),
    )


def prompt_of(view: BenchView, repair: Repair, wording: Wording) -> Prompt:
    """The one thing to do now: sign, finish the part in hand, or take the next step."""
    if view.awaiting_signature:
        return Prompt("pen", wording.say("repair.prompt.sign"), wording.say("repair.detail.sign"))
    if view.pending_part is not None:
        return _part_prompt(view.pending_part, wording)
    if view.awaits_radio:
        detail = wording.say("repair.detail.radio", serial=repair.serial)
        return Prompt("barcode", wording.say("repair.prompt.radio"), detail)
    step = repair.step.value
    if repair.step is Step.OPENED and not repair.symptom:
        step = "symptom"
    return Prompt(
        "activity" if step == "symptom" else _ICONS[repair.step],
        wording.say(f"repair.prompt.{step}"),
        wording.say(f"repair.detail.{step}", serial=repair.serial),
        Level.OK if repair.step is Step.COMPLETED else Level.CALM,
    )


def _part_prompt(part: PendingPart, wording: Wording) -> Prompt:
    if not part.kgb:
        detail = wording.say("repair.detail.kgb", part=part.name, number=part.number)
        return Prompt("part", wording.say("repair.prompt.kgb"), detail)
    if part.is_unit:
        detail = wording.say("repair.detail.unit", kgb=part.kgb)
        return Prompt("asked", wording.say("repair.prompt.unit"), detail)
    detail = wording.say("repair.detail.kbb", part=part.name, kgb=part.kgb)
    return Prompt("part-out", wording.say("repair.prompt.kbb"), detail)


def _about(repair: Repair, wording: Wording, now: datetime) -> str:
    """Symptom, diagnosis and signature in one line; what is not there yet is left out."""
    told: list[str] = []
    if repair.symptom:
        told.append(wording.word("symptom", repair.symptom))
    if repair.diagnosis:
        told.append(wording.say("repair.diagnosis", text=repair.diagnosis))
    if repair.signature is not None:
        told.append(wording.say("repair.signed", time=wording.moment(repair.signature.at, now)))
    return " · ".join(told) or wording.say("repair.no_symptom")


def _title(repair: Repair, card: ProductCard | None, wording: Wording) -> str:
    title = wording.say("repair.title", number=or_dash(repair.number))
    if card is None or card.asset is None:
        return title
    return f"{title} · {shown(card.asset.model)}"


def step_marks(repair: Repair, wording: Wording, now: datetime) -> tuple[StepMark, ...]:
    """The way of a repair with the times of what was reached; a cancelled one ends where it did."""
    times = {change.step: change.at for change in repair.history}
    if repair.step is Step.CANCELLED:
        reached = [step for step in PATH if step in times]
        path = (*reached, Step.CANCELLED)
    else:
        path = PATH
    current = path.index(repair.step)

    def mark(at: int, step: Step) -> StepMark:
        if at > current:
            state, detail = "ahead", ""
        else:
            state = "done" if at < current or step is Step.COMPLETED else "now"
            detail = wording.moment(times[step], now) if step in times else ""
        if step is Step.CANCELLED:
            state = "stopped"
        name = wording.say(f"step.{step.value}")
        return StepMark(name, detail, GSX_STATUS.get(step, ""), state)

    return tuple(mark(at, step) for at, step in enumerate(path))


def _symptoms(wording: Wording) -> tuple[Action, ...]:
    return tuple(
        replace(action(command, wording), icon="")  # the same drawing ten times tells nothing
        for command in COMMANDS.values()
        if command.verb is Verb.SYMPTOM
    )


def parts_table(repair: Repair, pending: PendingPart | None, wording: Wording) -> TableRows:
    """The parts with the serial that went in (KGB) and the one that came out (KBB).

    The part that is being fitted stands first, with what is still to be scanned marked.
    """
    fitted = tuple(
        (
            Cell(or_dash(part.part_number), note=or_dash(part.order)),
            Cell(or_dash(part.kgb)),
            Cell(or_dash(part.kbb)),
        )
        for part in repair.parts
    )
    return TableRows(
        title=wording.say("parts.title"),
        headers=tuple(wording.say(f"parts.{name}") for name in ("number", "kgb", "kbb")),
        rows=(_pending_row(pending, wording), *fitted) if pending is not None else fitted,
        empty=wording.say("parts.empty"),
        widths=(24, 38, 38),
    )


def _pending_row(part: PendingPart, wording: Wording) -> tuple[Cell, ...]:
    waiting = Cell(wording.say("parts.waiting"), Level.ATTENTION, "asked")
    number = Cell(or_dash(part.number), note=or_dash(part.name))
    if not part.kgb:
        return (number, waiting, Cell(or_dash("")))
    return (number, Cell(shown(part.kgb)), waiting)
