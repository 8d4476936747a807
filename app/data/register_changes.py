"""What a bench changes in a register: an entry that sets fields of a row (docs/adr/0019).

A row is what came down last, and over it the entries that are later, in canonical order: so every
bench comes to the same row, in whatever order it learns of them. An entry from another bench may
say anything; what gives no readable row is kept apart, as with rows.
"""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from app.data import entries, products, registers
from app.data.compiled import register_writing as sql
from app.data.driver import Connection
from app.data.register_writing import Misfit, keep_misfit, put
from app.domain.journal import Entry, Json
from app.services import register_values as values
from app.services.ports import RegisterRow
from app.services.registering import CHANGED

_NOW: Final[Mapping[str, Callable[[Connection, str], dict[str, Json] | None]]] = MappingProxyType(
    {
        "assets": lambda connection, key: _value(
            values.asset_value, products.asset_by_serial(connection, key)
        ),
        "people": lambda connection, key: _value(
            values.person_value, registers.person(connection, key)
        ),
        "equipment": lambda connection, key: _value(
            values.equipment_value, registers.piece(connection, key)
        ),
        "account": lambda connection, _: _value(
            values.account_value, registers.known_organisation(connection)
        ),
    }
)


def apply(connection: Connection, entry: Entry) -> tuple[Misfit, ...]:
    """Write what an entry sets over the row as it stands.

    Returns:
        What gave no readable row, and is kept as it came.
    """
    return _write(connection, entry.subject, entry.payload.get("set", False))


def follow(connection: Connection, subject: str, revision: int) -> tuple[Misfit, ...]:
    """Give the entries the last word again that are later than what was just written.

    Nothing else is written again: what lies between, such as an import, keeps its word over the
    entries before it.

    Args:
        connection: A writing transaction.
        subject: The register and the key of the row, with a colon between.
        revision: Of the row, or the entry, that was just written.
    """
    found: list[Misfit] = []
    for entry in entries.folded(connection, subject):
        if entry.kind == CHANGED and (entry.revision is None or entry.revision > revision):
            found += apply(connection, entry)
    return tuple(found)


def take_back(connection: Connection, entry: Entry) -> tuple[Misfit, ...]:
    """Undo what an entry set that the service rejected, where nobody has changed it since.

    Of the same fields, others' entries that came while this one lay over them have their word
    again.
    """
    said, was = entry.payload.get("set"), entry.payload.get("was")
    now = _now(connection, entry.subject)
    if not isinstance(said, Mapping) or not isinstance(was, Mapping) or now is None:
        # the whole row came, or went, with it
        return _write(connection, entry.subject, was) if now == said else ()
    still = {name: was.get(name) for name in said if now.get(name) == said[name]}
    base = _base(connection, entry.subject) or 0
    for other in entries.folded(connection, entry.subject):
        told = other.payload.get("set") if other.kind == CHANGED else None
        if isinstance(told, Mapping) and (other.revision is None or other.revision > base):
            still |= {name: told[name] for name in still if name in told}
    return _write(connection, entry.subject, still)


def _write(connection: Connection, subject: str, said: Json) -> tuple[Misfit, ...]:
    """Set fields of a row; None takes the row away."""
    register, _, key = subject.partition(":")
    base = _base(connection, subject)
    value: dict[str, object] | None = None
    if isinstance(said, Mapping):
        value = {**(_now(connection, subject) or {}), **said}
    elif said is not None:
        misfit = Misfit(register, key, "not_a_table", "set")
        keep_misfit(connection, misfit, raw=json.dumps(said), revision=base)
        return (misfit,)
    misfit = put(connection, RegisterRow(register, key, value), base)
    return () if misfit is None else (misfit,)


def _now(connection: Connection, subject: str) -> dict[str, Json] | None:
    """A row as it stands; None where there is none, or no such register."""
    register, _, key = subject.partition(":")
    return _NOW[register](connection, key) if register in _NOW else None


def _base(connection: Connection, subject: str) -> int | None:
    """The revision of the row that came down last; None where none did."""
    register, _, key = subject.partition(":")
    if register not in _NOW:
        return None
    if register == "assets":
        return products.revision(connection, key)
    row = sql.REVISION[register].first(connection, of=key)
    return None if row is None else row[0]


def _value(
    value_of: Callable[[Any], dict[str, Json]], row: object | None
) -> dict[str, Json] | None:
    return None if row is None else value_of(row)
