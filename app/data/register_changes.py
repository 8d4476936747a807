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


def settle(connection: Connection, subject: str) -> tuple[Misfit, ...]:
    """Write what the entries say that are later than a row; said again, it is the same.

    Args:
        connection: A writing transaction.
        subject: The register and the key of the row, with a colon between.

    Returns:
        What gave no readable row, and is kept as it came.
    """
    base = _base(connection, subject)
    found: list[Misfit] = []
    for entry in entries.folded(connection, subject):
        later = entry.revision is None or base is None or entry.revision > base
        if entry.kind == CHANGED and later:
            found += _write(connection, subject, entry.payload.get("set", False), base)
    return tuple(found)


def take_back(connection: Connection, entry: Entry) -> tuple[Misfit, ...]:
    """Undo what an entry set that the service rejected, and let the others have their word."""
    base = _base(connection, entry.subject)
    taken = _write(connection, entry.subject, entry.payload.get("was", False), base)
    return (*taken, *settle(connection, entry.subject))


def _write(
    connection: Connection, subject: str, said: Json, base: int | None
) -> tuple[Misfit, ...]:
    """Set fields of a row; None takes the row away."""
    register, _, key = subject.partition(":")
    value: dict[str, object] | None = None
    if isinstance(said, Mapping):
        now = _NOW[register](connection, key) if register in _NOW else None
        value = {**(now or {}), **said}
    elif said is not None:
        misfit = Misfit(register, key, "not_a_table", "set")
        keep_misfit(connection, misfit, raw=json.dumps(said), revision=base)
        return (misfit,)
    misfit = put(connection, RegisterRow(register, key, value), base)
    return () if misfit is None else (misfit,)


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
