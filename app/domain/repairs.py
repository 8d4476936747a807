"""A repair: its steps, and the fold of its entries.

The fold is total: an entry that does not fit never raises, it becomes a conflict on the repair,
and a repair with an open conflict cannot be completed (design, section 3). Kinds that this version
does not know leave the repair as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.journal import Entry, Json
from app.domain.parts import FittedPart


class Step(StrEnum):
    """Where a repair stands."""

    OPENED = "opened"
    DIAGNOSED = "diagnosed"
    IN_REPAIR = "in_repair"
    READY = "ready"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


GSX_STATUS: Final[Mapping[Step, str]] = MappingProxyType(
    {
        Step.DIAGNOSED: "AWTR",
        Step.IN_REPAIR: "BEGR",
        Step.READY: "RFPU",
        Step.COMPLETED: "SPCM",
    }
)
"""GSX repair status by step; a step that is not here has none."""

NEXT_STEPS: Final[Mapping[Step, frozenset[Step]]] = MappingProxyType(
    {
        Step.OPENED: frozenset({Step.DIAGNOSED, Step.CANCELLED}),
        Step.DIAGNOSED: frozenset({Step.IN_REPAIR, Step.CANCELLED}),
        Step.IN_REPAIR: frozenset({Step.DIAGNOSED, Step.READY, Step.CANCELLED}),
        Step.READY: frozenset({Step.IN_REPAIR, Step.COMPLETED}),
        Step.COMPLETED: frozenset(),
        Step.CANCELLED: frozenset(),
    }
)
"""Which step may follow which."""


@dataclass(frozen=True, slots=True)
class StepChange:
    """One line of the status history, append-only: key metrics are counted from it."""

    step: Step
    at: datetime
    actor: str
    entry_id: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """An entry that did not fit, parked until a lead settles it.

    Attributes:
        entry_id: The entry.
        code: ``wrong_from``, ``wrong_identity``, ``bad_transition``, ``already_open``,
            ``part_claimed_twice``, ``nothing_to_undo``, ``nothing_to_settle``, ``conflict_open``,
            ``orphan`` or ``malformed``.
    """

    entry_id: str
    code: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A person's signature on the content of a repair; it never extends to later entries.

    Attributes:
        person_id: Who signed.
        content_hash: The journal hash of the last entry that it covers.
        at: When.
        entry_id: The signing entry.
    """

    person_id: str
    content_hash: str
    at: datetime
    entry_id: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair, as its entries tell it.

    Attributes:
        id: UUID text; the subject is ``repair:<id>``.
        number: Short number for labels and people.
        serial: The product's serial; the new one where the unit was replaced in this repair.
        technician_id: Who opened it.
        step: Where it stands.
        opened_at: When it was received.
        symptom: The symptom's code.
        diagnosis: The diagnosis: a reference code or words.
        history: Every step taken, in order.
        parts: The parts fitted and not removed again.
        notes: Free notes in order.
        conflicts: What a lead has to settle.
        signature: The signature on it, None while unsigned.
        report_hash: SHA-256 of the report's bytes, empty while there is none.
    """

    id: str
    number: str
    serial: str
    technician_id: str
    step: Step
    opened_at: datetime
    symptom: str = ""
    diagnosis: str = ""
    history: tuple[StepChange, ...] = ()
    parts: tuple[FittedPart, ...] = ()
    notes: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    signature: Signature | None = None
    report_hash: str = ""

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done."""
        return self.step not in {Step.COMPLETED, Step.CANCELLED}


@dataclass(frozen=True, slots=True)
class Rulings:
    """What a repair's entries in their order do not tell by themselves (`app.domain.claims`).

    Attributes:
        lost: Ids of the entries whose part another entry claims with the better right.
        repeated: Ids of the settlements that say again what was settled already.
        overruled: Ids of the settlements that contradict an earlier one on the same two sides.
    """

    lost: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()
    overruled: frozenset[str] = frozenset()


UNDISPUTED: Final = Rulings()
"""Nobody else claims a part of the repair, and nothing was settled twice."""
REPLACED: Final = "repair.identity_replaced"
"""The kind of entry that says of a repair that its product is called otherwise now."""
CLAIMED_TWICE: Final = "part_claimed_twice"
KEEP: Final = "keep"
DROP: Final = "drop"


class _MisfitError(Exception):
    """An entry that does not fit: turned into a conflict at the fold's edge, never seen outside."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def fold_repair(state: Repair | None, entry: Entry, rulings: Rulings = UNDISPUTED) -> Repair | None:
    """Apply one entry to a repair.

    Args:
        state: The repair before, None where there is none yet.
        entry: The next one in canonical order.
        rulings: What stands above the order; none is needed for an entry that claims no part,
            gives none back and settles nothing.

    Returns:
        The repair afterwards; None only where there is none yet and the entry's kind is unknown.
    """
    apply, rule = _FOLDS.get(entry.kind), _RULED.get(entry.kind)
    try:
        if apply is not None:
            return apply(state, entry)
        return state if rule is None else rule(state, entry, rulings)
    except _MisfitError as misfit:
        return _with_conflict(state or _placeholder(entry), entry, misfit.code)


def _with_conflict(repair: Repair, entry: Entry, code: str) -> Repair:
    return replace(repair, conflicts=(*repair.conflicts, Conflict(str(entry.id), code)))


def _placeholder(entry: Entry) -> Repair:
    """A repair of which something came before its opening; the opening fills it in."""
    return Repair(
        id=entry.subject.partition(":")[2],
        number="",
        serial="",
        technician_id="",
        step=Step.OPENED,
        opened_at=entry.recorded_at,
    )


def _text(payload: Mapping[str, Json], key: str) -> str:
    value = payload.get(key)
    if not isinstance(value, str):
        raise _MisfitError("malformed")
    return value


def _step(payload: Mapping[str, Json], key: str) -> Step:
    value = _text(payload, key)
    if value not in set(Step):
        raise _MisfitError("malformed")
    return Step(value)


def _present(state: Repair | None) -> Repair:
    if state is None:
        raise _MisfitError("orphan")
    return state


def _opened(state: Repair | None, entry: Entry) -> Repair:
    if state is not None and state.serial:
        raise _MisfitError("already_open")
    base = state or _placeholder(entry)
    return replace(
        base,
        number=_text(entry.payload, "number"),
        serial=_text(entry.payload, "serial"),
        technician_id=entry.actor.partition(":")[2],
        opened_at=entry.recorded_at,
        history=(
            StepChange(Step.OPENED, entry.recorded_at, entry.actor, str(entry.id)),
            *base.history,
        ),
    )


def _moved(repair: Repair, to: Step, entry: Entry) -> Repair:
    change = StepChange(to, entry.recorded_at, entry.actor, str(entry.id))
    return replace(repair, step=to, history=(*repair.history, change))


def _status_changed(state: Repair | None, entry: Entry) -> Repair:
    repair = _present(state)
    source, target = _step(entry.payload, "from"), _step(entry.payload, "to")
    if source is not repair.step:
        raise _MisfitError("wrong_from")
    if target not in NEXT_STEPS[source]:
        raise _MisfitError("bad_transition")
    if target is Step.COMPLETED and repair.conflicts:
        raise _MisfitError("conflict_open")
    return _moved(repair, target, entry)


def _symptom_recorded(state: Repair | None, entry: Entry) -> Repair:
    return replace(_present(state), symptom=_text(entry.payload, "symptom"))


def _diagnosis_recorded(state: Repair | None, entry: Entry) -> Repair:
    return replace(_present(state), diagnosis=_text(entry.payload, "diagnosis"))


def _noted(state: Repair | None, entry: Entry) -> Repair:
    repair = _present(state)
    return replace(repair, notes=(*repair.notes, _text(entry.payload, "text")))


def _fitted(state: Repair | None, entry: Entry, rulings: Rulings) -> Repair:
    repair = _present(state)
    part = FittedPart(
        part_number=_text(entry.payload, "part_number"),
        kgb=_text(entry.payload, "kgb"),
        kbb=_text(entry.payload, "kbb"),
        order=_text(entry.payload, "order"),
        delivery=_text(entry.payload, "delivery"),
        entry_id=str(entry.id),
        at=entry.recorded_at,
        actor=entry.actor,
    )
    if part.entry_id in rulings.lost:
        raise _MisfitError(CLAIMED_TWICE)
    return replace(repair, parts=(*repair.parts, part))


def _identity_replaced(state: Repair | None, entry: Entry) -> Repair:
    repair = _present(state)
    if _text(entry.payload, "from") != repair.serial:
        raise _MisfitError("wrong_identity")
    return replace(repair, serial=_text(entry.payload, "to"))


def _undone(state: Repair | None, entry: Entry) -> Repair:
    repair = _present(state)
    undone = _text(entry.payload, "entry")
    match _text(entry.payload, "kind"):
        case "part.fitted":
            kept = tuple(one for one in repair.parts if one.entry_id != undone)
            if len(kept) == len(repair.parts):
                raise _MisfitError("nothing_to_undo")
            return replace(repair, parts=kept)
        case "repair.status_changed":
            if _step(entry.payload, "to") is not repair.step:
                raise _MisfitError("nothing_to_undo")
            return _moved(repair, _step(entry.payload, "from"), entry)
        case "repair.symptom_recorded":
            return replace(repair, symptom=_text(entry.payload, "from"))
        case "repair.diagnosis_recorded":
            return replace(repair, diagnosis=_text(entry.payload, "from"))
        case "repair.identity_replaced":
            if _text(entry.payload, "to") != repair.serial:
                raise _MisfitError("nothing_to_undo")
            return replace(repair, serial=_text(entry.payload, "from"))
        case _:
            raise _MisfitError("nothing_to_undo")


def _signed(state: Repair | None, entry: Entry) -> Repair:
    repair = _present(state)
    signature = Signature(
        person_id=_text(entry.payload, "person"),
        content_hash=_text(entry.payload, "content_hash"),
        at=entry.recorded_at,
        entry_id=str(entry.id),
    )
    return replace(repair, signature=signature)


def _report_made(state: Repair | None, entry: Entry) -> Repair:
    return replace(_present(state), report_hash=_text(entry.payload, "sha256"))


def _settled(state: Repair | None, entry: Entry, rulings: Rulings) -> Repair:
    repair = _present(state)
    cited = _text(entry.payload, "conflict")
    verdict = entry.payload.get("verdict", DROP)
    if verdict not in (KEEP, DROP):  # no set: a payload may hold what has no hash
        raise _MisfitError("malformed")
    if str(entry.id) in rulings.repeated:
        return repair
    codes = dict.fromkeys((one.entry_id for one in repair.parts), CLAIMED_TWICE)
    codes |= {one.entry_id: one.code for one in repair.conflicts}
    if cited not in codes or str(entry.id) in rulings.overruled:
        raise _MisfitError("nothing_to_settle")
    if verdict == KEEP and codes[cited] == CLAIMED_TWICE:
        return repair  # which claim holds is ruled above the order
    return replace(
        repair,
        parts=tuple(one for one in repair.parts if one.entry_id != cited),
        conflicts=tuple(one for one in repair.conflicts if one.entry_id != cited),
    )


_FOLDS: Final[Mapping[str, Callable[[Repair | None, Entry], Repair]]] = MappingProxyType(
    {
        "repair.opened": _opened,
        "repair.status_changed": _status_changed,
        "repair.symptom_recorded": _symptom_recorded,
        "repair.diagnosis_recorded": _diagnosis_recorded,
        "repair.noted": _noted,
        REPLACED: _identity_replaced,
        "repair.undone": _undone,
        "repair.signed": _signed,
        "report.made": _report_made,
    }
)
_RULED: Final[Mapping[str, Callable[[Repair | None, Entry, Rulings], Repair]]] = MappingProxyType(
    {"part.fitted": _fitted, "conflict.settled": _settled}
)
