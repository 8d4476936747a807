"""Saving the forms of equipment, by the use cases of `app.services.equipping` and its tests."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.equipment import Equipment, EquipmentState
from app.services.answering import refused
from app.services.equipping import (
    Calibration,
    OutOfOrder,
    Value,
    add_piece,
    calibrate_piece,
    change_piece,
    find_bad,
    retire_piece,
)
from app.services.form_sight import YES
from app.services.form_typed import Typed
from app.services.piece_testing import record_tried
from app.services.registering import Changed
from app.services.session import Session
from app.services.typed_values import MOST_EVERY

_ROW: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kind": "kind",
        "piece_name": "name",
        "serial": "serial",
        "place": "place",
        "device": "device",
        "note": "note",
    }
)
"""The fields of a row that are texts, by the fields of the form."""


def piece_add(typed: Typed) -> Changed:
    """A piece that is new."""
    values = typed.values
    piece = Equipment(
        values["piece_id"],
        values["kind"],
        values["device"],
        values["piece_name"],
        values["serial"],
        None,
        place=values["place"],
        state=EquipmentState(values["state"]),
        test_every_days=typed.number("every_days", MOST_EVERY),
        note=values["note"],
    )
    return add_piece(typed.tx, piece, badge=typed.lead.badge, rules=typed.rules)


def piece_change(typed: Typed) -> Changed:
    """Other fields of a piece; what was left as it was stays."""
    changed = {row: typed.changed(name) for name, row in _ROW.items()}
    told: dict[str, Value] = {row: text for row, text in changed.items() if text is not None}
    if typed.changed("every_days") is not None:
        told["test_every_days"] = typed.number("every_days", MOST_EVERY)
    state = typed.changed("state")
    if state is not None:
        told["state"] = EquipmentState(state)
    badge = typed.lead.badge
    return change_piece(typed.tx, typed.key, told, badge=badge, rules=typed.rules)


def piece_retire(typed: Typed) -> Changed:
    """A piece goes out of use for good."""
    return retire_piece(typed.tx, typed.key, badge=typed.lead.badge)


def calibration(typed: Typed) -> Changed:
    """What a calibration certificate says."""
    values = typed.values
    told = Calibration(
        values["certificate"],
        typed.sure_day("calibrated_on"),
        typed.sure_day("calibration_due"),
        values["calibrated_by"],
    )
    badge = typed.lead.badge
    return calibrate_piece(typed.tx, typed.key, told, badge=badge, rules=typed.rules)


def found_bad(typed: Typed) -> Changed:
    """An instrument was out of order."""
    told = OutOfOrder(typed.sure_day("bad_from"), typed.day("bad_to"), typed.values["reason"])
    return find_bad(typed.tx, typed.key, told, badge=typed.lead.badge, rules=typed.rules)


def check(typed: Typed) -> Changed:
    """A piece was tried or looked at."""
    piece = typed.tx.piece(typed.key)
    if piece is None:
        return Changed(refused("equipment_unknown", piece=typed.key))
    session, note = Session(person_id=typed.lead.id), typed.values["check_note"]
    passed = typed.values["in_order"] == YES
    told = record_tried(typed.tx, session, piece, note, typed.rules, passed=passed)
    return Changed(told.feedback, (told.entry,))
