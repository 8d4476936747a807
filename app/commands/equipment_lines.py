"""What ``equipment`` answers: pieces, lines of the plan, missed tests; in words and as JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import fields

from app.domain.calibrations import calibration_of
from app.domain.equipment import Equipment
from app.domain.equipment_labels import equipment_code
from app.domain.esd_plan import PlanLine
from app.domain.journal import Entry, instant_text
from app.domain.labels import LabelKind, label_text
from app.domain.missed_tests import Occasion
from app.services.esd_planning import Kept
from app.services.ports import Reader
from app.services.session import Rules
from app.texts import Texts

_NAMED = ("on", "due", "certificate", "from", "to", "reason")
"""What the sentences of a piece's entries name."""
_FIELDS = tuple(one.name for one in fields(Equipment))


def piece_document(piece: Equipment, rules: Rules) -> dict[str, object]:
    """A row of the register, with where its calibration stands and its label's text."""
    due, on = piece.calibration_due, piece.calibrated_on
    return {
        "id": piece.id,
        "kind": piece.kind,
        "device": piece.device,
        "name": piece.name,
        "serial": piece.serial,
        "place": piece.place,
        "state": piece.state.value,
        "calibration": calibration_of(piece, rules.policy, rules.today).value,
        "calibration_due": due.isoformat() if due is not None else None,
        "calibrated_on": on.isoformat() if on is not None else None,
        "certificate": piece.certificate,
        "test_every_days": piece.test_every_days,
        "note": piece.note,
        "label": _label(piece) or None,
    }


def _label(piece: Equipment) -> str:
    """The text of its label; empty where no label can carry its id."""
    body = equipment_code(piece.id)
    return label_text(LabelKind.COMMAND, body) if body is not None else ""


def piece_line(piece: Equipment, rules: Rules, texts: Texts) -> str:
    """A row of the register in a line."""
    state = calibration_of(piece, rules.policy, rules.today).value
    due = piece.calibration_due.isoformat() if piece.calibration_due is not None else "—"
    return texts.say(
        "cli.equipment_line",
        id=piece.id,
        kind=_word(texts, "kind", piece.kind),
        name=piece.name or "—",
        place=piece.place or "—",
        state=_word(texts, "state", piece.state.value),
        calibration=texts.say(f"equipment.calibration.{state}", due=due),
    )


def piece_lines(
    piece: Equipment, plan: PlanLine | None, timeline: Iterable[Entry], rules: Rules, texts: Texts
) -> list[str]:
    """A piece with its label, its place in the plan, and what was recorded of it."""
    lines = [piece_line(piece, rules, texts)]
    label = _label(piece)
    if label:
        lines.append(texts.say("cli.equipment_label", label=label))
    if plan is not None:
        lines.append(plan_text(plan, texts))
    return [*lines, *(_told(entry, texts) for entry in timeline)]


def _told(entry: Entry, texts: Texts) -> str:
    named = {name: str(entry.payload.get(name) or "—") for name in _NAMED}
    named |= {
        name: _word(texts, name, str(entry.payload.get(name) or "—"))
        for name in ("item", "verdict")
    }
    changed = entry.payload.get("set")
    names = [name for name in _FIELDS if isinstance(changed, dict) and name in changed]
    named["fields"] = ", ".join(_word(texts, "field", name) for name in names) or "—"
    key = f"timeline.{entry.kind}"
    said = texts.say(key, **named) if texts.has(key) else entry.kind
    return f"{instant_text(entry.recorded_at)}  {said}"


def _word(texts: Texts, of: str, value: str) -> str:
    """A word of the register; one of a newer program as it is."""
    key = f"equipment.{of}.{value}"
    return texts.say(key) if texts.has(key) else value


def line_document(line: PlanLine) -> dict[str, object]:
    """A line of the plan."""
    last = line.last
    return {
        "id": line.piece.id,
        "name": line.piece.name,
        "place": line.piece.place,
        "item": line.item,
        "channels": list(line.channels),
        "every_days": line.every_days,
        "state": line.state.value,
        "due": line.due.isoformat(),
        "fails_on": line.fails_on.isoformat(),
        "last_on": line.last_on.isoformat() if line.last_on is not None else None,
        "verdict": last.verdict.value if last is not None else None,
        "ohm": last.ohm if last is not None else None,
        "tests": last.count if last is not None else 0,
    }


def plan_text(line: PlanLine, texts: Texts) -> str:
    """A line of the plan in words."""
    return texts.say(
        "cli.plan_line",
        due=line.due.isoformat(),
        id=line.piece.id,
        item=_word(texts, "item", line.item),
        name=line.piece.name or "—",
        state=texts.say(f"equipment.plan.{line.state.value}"),
        days=str(line.every_days),
    )


def occasion_document(one: Occasion) -> dict[str, object]:
    """A test that was missed."""
    return {
        "item": one.item,
        "due": one.due.isoformat(),
        "id": one.equipment_id or None,
        "person": one.person_id or None,
    }


def missed_lines(reader: Reader, kept: Kept, texts: Texts) -> Sequence[str]:
    """Every missed test of a period, and how many were planned."""
    total = texts.say(
        "cli.missed_sum",
        since=kept.since.isoformat(),
        until=kept.until.isoformat(),
        planned=str(len(kept.occasions)),
        missed=str(len(kept.missed)),
        passed=str(kept.passed),
    )
    return [*(_missed(reader, one, texts) for one in kept.missed), total]


def _missed(reader: Reader, one: Occasion, texts: Texts) -> str:
    person = reader.person(one.person_id) if one.person_id else None
    who = person.name if person is not None else one.person_id or one.equipment_id
    item = _word(texts, "item", one.item)
    return texts.say("cli.missed_line", due=one.due.isoformat(), item=item, who=who)
