"""What a lead changes in the equipment register, and what becomes known of an instrument.

Every change is an entry (`app.services.registering`); a calibration and an instrument that was
found out of order are entries of their own as well, which keep all that a row forgets.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

from app.domain.equipment import IN_SERVICE, Equipment, EquipmentKind, EquipmentState
from app.domain.equipment_tests import CALIBRATED, FOUND_BAD, PREFIX
from app.domain.journal import Draft, Json
from app.domain.people import Person
from app.services.answering import accepted, refused, repeated
from app.services.leads import lead_with
from app.services.ports import Transaction
from app.services.register_values import equipment_value
from app.services.registering import Changed, change
from app.services.session import Rules
from app.services.views import Feedback

REGISTER: Final = "equipment"
_LEAD_ONLY: Final = "equipment_lead_only"
Value: TypeAlias = "str | int | date | EquipmentState | None"
"""What a field of `Equipment` holds."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a calibration certificate says.

    Attributes:
        certificate: Its number, or the name of its file.
        on: When the instrument was calibrated.
        due: The last day on which it holds.
        by: Who calibrated it.
    """

    certificate: str
    on: date
    due: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """When an instrument was out of order, by the site's days.

    Attributes:
        since: The first day.
        until: The last day, None where it still is.
        reason: What was found.
    """

    since: date
    until: date | None
    reason: str


def add_piece(tx: Transaction, piece: Equipment, *, badge: str, rules: Rules) -> Changed:
    """Put a piece into the register.

    Args:
        tx: The transaction.
        piece: Everything that is known of it.
        badge: The lead's.
        rules: The site's day: nothing was calibrated tomorrow.
    """
    lead = lead_with(tx, badge, _LEAD_ONLY)
    if isinstance(lead, Feedback):
        return Changed(lead)
    if tx.piece(piece.id) is not None:
        return Changed(refused("equipment_known", piece=piece.id))
    ahead = _ahead(piece.calibrated_on, rules)
    return ahead or _put(tx, piece, lead, "equipment_added")


def change_piece(
    tx: Transaction, equipment_id: str, fields: Mapping[str, Value], *, badge: str, rules: Rules
) -> Changed:
    """Change fields of a piece.

    Args:
        tx: The transaction.
        equipment_id: Which piece.
        fields: Fields of `Equipment` with their new values.
        badge: The lead's.
        rules: The site's day. A calibration that the row had before is not judged by it.
    """
    found = _asked(tx, equipment_id, badge)
    if isinstance(found, Feedback):
        return Changed(found)
    piece, lead = found
    after = replace(piece, **fields)  # pyright: ignore[reportArgumentType] - named by their fields
    is_new = after.calibrated_on != piece.calibrated_on
    ahead = _ahead(after.calibrated_on, rules) if is_new else None
    return ahead or _put(tx, after, lead, "equipment_changed")


def retire_piece(tx: Transaction, equipment_id: str, *, badge: str) -> Changed:
    """Take a piece out of use for good; it stays in the register with all that it did."""
    found = _asked(tx, equipment_id, badge)
    if isinstance(found, Feedback):
        return Changed(found)
    piece, lead = found
    return _put(tx, replace(piece, state=EquipmentState.RETIRED), lead, "equipment_retired")


def calibrate_piece(
    tx: Transaction, equipment_id: str, told: Calibration, *, badge: str, rules: Rules
) -> Changed:
    """An instrument was calibrated: the register follows, unless it knows a later calibration."""
    found = _asked(tx, equipment_id, badge)
    if isinstance(found, Feedback):
        return Changed(found)
    piece, lead = found
    if told.on > rules.today or told.due < told.on:
        wrong = refused(
            "equipment_calibration_days", on=told.on.isoformat(), due=told.due.isoformat()
        )
        return Changed(wrong)
    payload: dict[str, Json] = {
        "certificate": told.certificate,
        "on": told.on.isoformat(),
        "due": told.due.isoformat(),
        "by": told.by,
    }
    entry = tx.append(_draft(CALIBRATED, piece, lead, payload))
    name, due = _name(piece), told.due.isoformat()
    if piece.calibrated_on is not None and told.on < piece.calibrated_on:
        return Changed(accepted("equipment_calibrated_before", piece=name, due=due), (entry,))
    now = replace(
        piece, calibrated_on=told.on, calibration_due=told.due, certificate=told.certificate
    )
    changed = change(tx, REGISTER, piece.id, equipment_value(now), f"person:{lead.id}")
    entries = (entry,) if changed is None else (entry, changed)
    return Changed(accepted("equipment_calibrated", piece=name, due=due), entries)


def find_bad(
    tx: Transaction, equipment_id: str, told: OutOfOrder, *, badge: str, rules: Rules
) -> Changed:
    """An instrument turned out to have been out of order: what it measured then says nothing.

    One that still is goes out of use, so that it measures nothing more.
    """
    found = _asked(tx, equipment_id, badge)
    if isinstance(found, Feedback):
        return Changed(found)
    piece, lead = found
    until = told.until
    if told.since > (until or rules.today) or (until is not None and until > rules.today):
        return Changed(refused("equipment_bad_days", since=told.since.isoformat()))
    payload: dict[str, Json] = {
        "from": told.since.isoformat(),
        "to": until.isoformat() if until is not None else None,
        "reason": told.reason,
    }
    entries = (tx.append(_draft(FOUND_BAD, piece, lead, payload)),)
    if until is None and piece.state in IN_SERVICE:
        away = equipment_value(replace(piece, state=EquipmentState.AWAY))
        changed = change(tx, REGISTER, piece.id, away, f"person:{lead.id}")
        entries = entries if changed is None else (*entries, changed)
    return Changed(accepted("equipment_found_bad", piece=_name(piece), way_on="recall"), entries)


def _asked(tx: Transaction, equipment_id: str, badge: str) -> tuple[Equipment, Person] | Feedback:
    """The piece and the lead who changes it, or why it is not changed."""
    lead = lead_with(tx, badge, _LEAD_ONLY)
    if isinstance(lead, Feedback):
        return lead
    piece = tx.piece(equipment_id)
    if piece is None:
        return refused("equipment_unknown", piece=equipment_id)
    return piece, lead


def _ahead(day: date | None, rules: Rules) -> Changed | None:
    """Why a piece was not calibrated on a day: it is yet to come."""
    if day is None or day <= rules.today:
        return None
    return Changed(refused("equipment_calibration_ahead", on=day.isoformat()))


def _put(tx: Transaction, piece: Equipment, lead: Person, code: str) -> Changed:
    """Write a row, unless another tester in service is connected as the same device."""
    taken = _rival(tx, piece)
    if taken is not None:
        told = refused("equipment_device_taken", device=piece.device, piece=_name(taken))
        return Changed(told)
    entry = change(tx, REGISTER, piece.id, equipment_value(piece), f"person:{lead.id}")
    if entry is None:
        return Changed(repeated("equipment_unchanged", piece=_name(piece)))
    return Changed(accepted(code, piece=_name(piece)), (entry,))


def _rival(tx: Transaction, piece: Equipment) -> Equipment | None:
    """Another tester in service that the bench could not tell from this one."""
    if not _reads(piece):
        return None
    return next(
        (
            one
            for one in tx.equipment()
            if one.id != piece.id and one.device == piece.device and _reads(one)
        ),
        None,
    )


def _reads(piece: Equipment) -> bool:
    """Whether readings of a device count as its own."""
    is_tester = piece.kind == EquipmentKind.ESD_TESTER and piece.device != ""
    return is_tester and piece.state in IN_SERVICE


def _draft(kind: str, piece: Equipment, lead: Person, payload: dict[str, Json]) -> Draft:
    about: dict[str, Json] = {
        "name": piece.name,
        "serial": piece.serial,
        "person": lead.id,
        "person_name": lead.name,
    }
    return Draft(kind, f"{PREFIX}{piece.id}", f"person:{lead.id}", payload | about)


def _name(piece: Equipment) -> str:
    return piece.name or piece.id
