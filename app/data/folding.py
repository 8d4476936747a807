"""Keeps the read models in step with the journal, in the transaction that writes the entries."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

from app.data import entries, esd_states, repairs
from app.data.driver import Connection
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
    """

    name: str
    prefix: str
    kinds: tuple[str, ...]
    fold: Callable[[Any, Entry], Any]
    load: Callable[[Connection, str], Any]
    save: Callable[[Connection, Any, Any], None]

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
    ),
    Model(
        name="esd_states",
        prefix="person:",
        kinds=("esd.measured",),
        fold=fold_esd,
        load=esd_states.load,
        save=esd_states.save,
    ),
)


def fold_newest(connection: Connection, entry: Entry) -> None:
    """Fold an entry that is the last of its subject in canonical order."""
    for model in MODELS:
        if model.holds(entry):
            old = model.load(connection, entry.subject.removeprefix(model.prefix))
            model.save(connection, old, model.fold(old, entry))


def refold(connection: Connection, subject: str) -> None:
    """Fold all the entries of a subject again, after their order or their outcome changed."""
    for model in MODELS:
        if subject.startswith(model.prefix):
            old = model.load(connection, subject.removeprefix(model.prefix))
            model.save(connection, old, state_of(connection, model, subject))


def state_of(connection: Connection, model: Model, subject: str) -> object:
    """A subject's state as the journal tells it."""
    nothing: object = None
    folded = filter(model.holds, entries.folded(connection, subject))
    return reduce(model.fold, folded, nothing)
