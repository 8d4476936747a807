"""UNDO of a lead's own change of a register: by an entry of its own, and only as it was left.

Where anybody has changed one of its fields since, here or at another bench, nothing is taken back:
what they did is not undone unseen. What a row must keep to, it keeps to also then.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from app.domain.equipment import IN_SERVICE, EquipmentKind
from app.domain.journal import Entry, Json
from app.domain.people import Person, Role
from app.services.answering import accepted, refused
from app.services.ports import Reader, Transaction
from app.services.register_values import equipment_value
from app.services.registering import CHANGED, ROWS, Changed, change
from app.services.views import Feedback

PEOPLE: Final = "people"
_Row = Mapping[str, Json]


def undo_change(tx: Transaction, change_id: UUID, lead: Person) -> Changed:
    """Take back what a lead changed of a row.

    Args:
        tx: The transaction.
        change_id: The entry of the change.
        lead: Who takes it back: nobody but whoever made it.
    """
    entry = tx.entry(change_id)
    register, _, key = ("" if entry is None else entry.subject).partition(":")
    if entry is None or register not in ROWS or not _is_of(entry, lead):
        return Changed(refused("nothing_to_undo"))
    now = ROWS[register](tx, key)
    told, was = (_side(entry, name) for name in ("set", "was"))
    named = _name(now or was or told or {}, key)
    if not _holds(now, told, was):
        return Changed(refused("change_newer", named=named, way_on="look_at_it"))
    back = _before(now, was) if told is not None else was
    stopped = _gap(tx, register, key, now, back)
    if stopped is not None:
        return Changed(stopped)
    undone = change(tx, register, key, back, f"person:{lead.id}")
    entries = (undone,) if undone is not None else ()
    return Changed(_told(register, told, was, named), entries)


def _is_of(entry: Entry, lead: Person) -> bool:
    return entry.kind == CHANGED and entry.actor == f"person:{lead.id}"


def _side(entry: Entry, name: str) -> dict[str, Json] | None:
    """What a change set, or what was there before; None for no row."""
    side = entry.payload.get(name)
    return side if isinstance(side, dict) else None


def _holds(now: _Row | None, told: _Row | None, was: _Row | None) -> bool:
    """Whether the row is still as the change left it, as far as it touched it."""
    if now is None or told is None or was is None:
        return now == told
    return all(now.get(name) == value for name, value in told.items())


def _before(now: _Row | None, was: _Row | None) -> dict[str, Json] | None:
    """The row with what was there before the change; other fields stay as they are now."""
    if was is None:
        return None
    row = {**(now or {}), **was}
    return {name: value for name, value in row.items() if value is not None}


def _told(register: str, told: _Row | None, was: _Row | None, named: str) -> Feedback:
    """What was undone, in words."""
    if was is None:
        return accepted("addition_undone", named=named)
    if told is not None:
        return accepted("change_undone", named=named)
    if register == PEOPLE:
        return accepted("removal_undone", way_on="set_pin", named=named)
    return accepted("removal_undone", named=named)


def _name(row: _Row, key: str) -> str:
    model = row.get("model")
    return f"{model} {key}" if model else str(row.get("name") or key)


# ----------------------------------------------------------------------
# What a row keeps to
# ----------------------------------------------------------------------


def _gap(
    reader: Reader, register: str, key: str, now: _Row | None, back: _Row | None
) -> Feedback | None:
    """Why a row cannot be again what it was: others hold since what it held."""
    if register == PEOPLE:
        return _lead_gap(reader, key, now, back) or _badge_gap(reader, key, back)
    return _device_gap(reader, key, back) if back is not None else None


def _lead_gap(reader: Reader, key: str, now: _Row | None, back: _Row | None) -> Feedback | None:
    stays = back is not None and back.get("role") == Role.LEAD.value
    if (
        now is None
        or stays
        or [one.id for one in reader.people() if one.role is Role.LEAD] != [key]
    ):
        return None
    return refused("last_lead", person=_name(now, key))


def _badge_gap(reader: Reader, key: str, back: _Row | None) -> Feedback | None:
    badge = "" if back is None else str(back.get("badge", ""))
    holder = reader.person_by_badge(badge)
    if holder is None or holder.id == key:
        return None
    return refused("badge_taken", badge=badge, person=holder.name)


def _device_gap(reader: Reader, key: str, back: _Row) -> Feedback | None:
    if not _reads(back):
        return None
    others = (one for one in reader.equipment() if one.id != key)
    rows = ((one.name or one.id, equipment_value(one)) for one in others)
    device = back["device"]
    taken = next((name for name, row in rows if _reads(row) and row["device"] == device), None)
    if taken is None:
        return None
    return refused("equipment_device_taken", device=str(device), piece=taken)


def _reads(row: _Row) -> bool:
    """Whether readings of a device count as a piece's own."""
    is_tester = row.get("kind") == EquipmentKind.ESD_TESTER.value and bool(row.get("device"))
    return is_tester and row.get("state") in {one.value for one in IN_SERVICE}
