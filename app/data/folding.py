"""Keeps the read models in step with the journal, in the transaction that writes the entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any, Final

from app.data import claims, entries, esd_states, repairs
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
)


def fold_newest(connection: Connection, entry: Entry) -> None:
    """Fold an entry that is the last of its subject in canonical order."""
    for model in MODELS:
        if not model.holds(entry):
            continue
        old = model.load(connection, entry.subject.removeprefix(model.prefix))
        if model.claims and not claims.stands_alone(connection, entry):
            refold_from(connection, model, entry.subject, old)
        else:
            model.save(connection, old, model.fold(old, entry))


def refold(connection: Connection, subject: str) -> None:
    """Fold all the entries of a subject again, after their order or their outcome changed."""
    for model in MODELS:
        if subject.startswith(model.prefix):
            old = model.load(connection, subject.removeprefix(model.prefix))
            refold_from(connection, model, subject, old)


def refold_from(connection: Connection, model: Model, subject: str, old: object) -> None:
    """Fold a subject's entries over a stored state, then whom it shares a part with.

    What a subject claims is its own entries' word alone, so that nobody beyond those is touched.
    """
    told = _told(connection, model, subject)
    model.save(connection, old, _folded(connection, model, subject, told))
    if not model.claims:
        return
    for rival in claims.rivals(connection, subject, old, told):
        before = model.load(connection, rival.removeprefix(model.prefix))
        entries_of = _told(connection, model, rival)
        model.save(connection, before, _folded(connection, model, rival, entries_of))


def _told(connection: Connection, model: Model, subject: str) -> list[Entry]:
    """A subject's entries that are folded, in canonical order."""
    return list(filter(model.holds, entries.folded(connection, subject)))


def _folded(connection: Connection, model: Model, subject: str, told: Sequence[Entry]) -> object:
    """A subject's state as the journal tells it."""
    fold = model.fold
    if model.claims:
        fold = partial(fold_repair, rulings=claims.rulings(connection, subject, told))
    nothing: object = None
    return reduce(fold, told, nothing)
