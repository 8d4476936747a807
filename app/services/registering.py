"""A bench changes a register: the change is an entry, which every other bench follows.

Only the fields that differ are named, so that two changes of one row at two benches both hold where
they touch different fields; where they touch the same one, the later revision holds (design, 3:
plain fields). Who may change what is decided by the use case that calls this.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.domain.journal import Draft, Entry, Json
from app.services.ports import Reader, Transaction
from app.services.register_values import account_value, asset_value, equipment_value, person_value
from app.services.views import Feedback

CHANGED: Final = "register.changed"
"""The kind of entry."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What somebody's change of a register did.

    Attributes:
        feedback: The answer for whoever asked.
        entries: What it appended; nothing where it was refused.
    """

    feedback: Feedback
    entries: tuple[Entry, ...] = ()


def change(
    tx: Transaction, register: str, key: str, after: Mapping[str, Json] | None, actor: str
) -> Entry | None:
    """Set a row of a register, or take it away.

    Args:
        tx: The transaction.
        register: ``assets``, ``people``, ``equipment`` or ``account``.
        key: The row's key: a serial, a person's id, a piece of equipment's id, ``account``.
        after: The whole row as it shall be (`app.services.register_values`), None to take it away.
        actor: ``person:<id>`` of who changes it.

    Returns:
        The entry; None where nothing differs, and nothing was written.
    """
    draft = change_of(register, key, ROWS[register](tx, key), after, actor)
    return None if draft is None else tx.append(draft)


def change_of(
    register: str,
    key: str,
    before: Mapping[str, Json] | None,
    after: Mapping[str, Json] | None,
    actor: str,
) -> Draft | None:
    """What makes one row of another; None where nothing differs.

    Args:
        register: As in `change`.
        key: The row's key.
        before: The whole row as it was, None where there was none.
        after: The whole row as it shall be, None to take it away.
        actor: ``person:<id>`` of who changes it.
    """
    changed, was = _differences(before, after)
    if changed == was:
        return None
    payload: dict[str, Json] = {"set": changed, "was": was}
    return Draft(CHANGED, f"{register}:{key}", actor, payload)


def _differences(
    before: Mapping[str, Json] | None, after: Mapping[str, Json] | None
) -> tuple[dict[str, Json] | None, dict[str, Json] | None]:
    """What is set, and what it was: whole rows where one of them is not there."""
    if before is None or after is None:
        return (
            None if after is None else dict(after),
            None if before is None else dict(before),
        )
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: after.get(name) for name in names}, {name: before.get(name) for name in names}


def _asset(reader: Reader, key: str) -> dict[str, Json] | None:
    found = reader.asset(key)
    return asset_value(found) if found is not None and found.serial == key else None


def _person(reader: Reader, key: str) -> dict[str, Json] | None:
    found = reader.person(key)
    return None if found is None else person_value(found)


def _piece(reader: Reader, key: str) -> dict[str, Json] | None:
    found = reader.piece(key)
    return None if found is None else equipment_value(found)


def _account(reader: Reader, key: str) -> dict[str, Json] | None:
    del key  # there is one
    found = reader.organisation()
    return account_value(found) if found.name else None


ROWS: Final[Mapping[str, Callable[[Reader, str], dict[str, Json] | None]]] = MappingProxyType(
    {"assets": _asset, "people": _person, "equipment": _piece, "account": _account}
)
"""A row of each register as it stands, as it would travel; None where there is none."""
