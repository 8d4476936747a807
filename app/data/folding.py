"""Keeps the read models in step with the journal, in the transaction that writes the entries."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from app.data import claims, equipment_tests, esd_states, ledgers, repairs
from app.data.driver import Connection
from app.domain.claims import rulings_of
from app.domain.equipment_tests import PREFIX, TESTED, fold_tests
from app.domain.folds import fold_esd
from app.domain.journal import Entry
from app.domain.repairs import fold_repair


@dataclass(frozen=True, slots=True)
class Model:
    """A kind of subject with its fold and its tables.

    Attributes:
        name: As differences name it.
        prefix: What its subjects begin with.
        kinds: What the kinds of its entries begin with.
        fold: State and entry to state.
        load: Reads the stored state by the subject's own id.
        save: Writes the new state over the stored one.
        claims: Whether its subjects claim parts from each other.
    """

    name: str
    prefix: str
    kinds: tuple[str, ...]
    fold: Callable[[Any, Entry], Any]
    load: Callable[[Connection, str], Any]
    save: Callable[[Connection, Any, Any], None]
    claims: bool = False

    def holds(self, entry: Entry) -> bool:
        """Whether an entry belongs to this model."""
        return entry.subject.startswith(self.prefix) and entry.kind.startswith(self.kinds)


MODELS: Final = (
    Model(
        name="repairs",
        prefix="repair:",
        kinds=("repair.", "part.", "report.", "conflict."),
        fold=fold_repair,
        load=repairs.load,
        save=repairs.save,
        claims=True,
    ),
    Model(
        name="esd_states",
        prefix="person:",
        kinds=("esd.measured",),
        fold=fold_esd,
        load=esd_states.load,
        save=esd_states.save,
    ),
    Model(
        name="equipment_tests",
        prefix=PREFIX,
        kinds=(TESTED,),
        fold=fold_tests,
        load=equipment_tests.load,
        save=equipment_tests.save,
    ),
)


def fold_newest(connection: Connection, entry: Entry) -> None:
    """Fold an entry that is new, and the last of its subject in canonical order."""
    ledgers.note(connection, entry)
    for model in MODELS:
        if not model.holds(entry):
            continue
        if model.claims and not claims.stands_alone(connection, entry):
            refold(connection, entry.subject)
        else:
            old = model.load(connection, entry.subject.removeprefix(model.prefix))
            model.save(connection, old, model.fold(old, entry))


def refold(connection: Connection, *subjects: str) -> None:
    """Fold all the entries of subjects again, after their order or their outcome changed.

    So are those that share a part with them.
    """
    for model in MODELS:
        left = {subject for subject in subjects if subject.startswith(model.prefix)}
        while left:
            subject = min(left)
            together = claims.connected(connection, subject) if model.claims else {subject}
            fold_together(connection, model, together)
            left -= together


def fold_together(connection: Connection, model: Model, subjects: Collection[str]) -> None:
    """Fold the entries of subjects that have a word in each other's states, and of nobody else."""
    told = [entry for entry in claims.folded(connection, subjects) if model.holds(entry)]
    fold = partial(fold_repair, rulings=rulings_of(told)) if model.claims else model.fold
    states: dict[str, Any] = dict.fromkeys(subjects)
    for entry in told:
        states[entry.subject] = fold(states[entry.subject], entry)
    for subject, state in states.items():
        old = model.load(connection, subject.removeprefix(model.prefix))
        model.save(connection, old, state)
