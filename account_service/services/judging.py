"""What an entry says, judged on its own: has every field the form that readers rely on?

An entry that fails here is stored as rejected with the code, and the bench shows it; it never
reaches other benches.
Kinds that this version does not know are let through: a newer bench may write them, and newer
    benches read them.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from account_service.contract import SealedEntry

OPENED: Final = "repair.opened"
STATUS_CHANGED: Final = "repair.status_changed"
UNDONE: Final = "repair.undone"

MAX_SCHEMA: Final = 2**31 - 1
MAX_STATUS_CHARACTERS: Final = 64

_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_KIND: Final = re.compile(r"(?=.{1,64}\Z)[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_SUBJECT: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}(:[^\x00-\x1f\x7f]{1,200})?")
_ACTOR: Final = _SUBJECT
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d\.\d{6}Z", re.ASCII)


def kind_is_well_formed(kind: str) -> bool:
    """Two or more lower-case words with points between them, at most 64 characters."""
    return _KIND.fullmatch(kind) is not None


def subject_is_well_formed(subject: str) -> bool:
    """A type, alone or with a colon and an identifier: ``repair:0191...``, ``bench``."""
    return _SUBJECT.fullmatch(subject) is not None


def fault_of(entry: SealedEntry) -> str | None:
    """The code of the first thing that is wrong with an entry's content, None where nothing is."""
    for code, holds in _RULES:
        if not holds(entry):
            return code
    return None


def _instant_exists(text: str) -> bool:
    if _INSTANT.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _payload_fits(entry: SealedEntry) -> bool:
    if entry.kind not in {OPENED, STATUS_CHANGED, UNDONE}:
        return True
    if not entry.subject.startswith("repair:"):
        return False
    names_statuses = entry.kind == STATUS_CHANGED or (
        entry.kind == UNDONE and entry.payload.get("kind") == STATUS_CHANGED
    )
    return not names_statuses or all(_is_status(entry.payload, name) for name in ("from", "to"))


def _is_status(payload: Mapping[str, Any], name: str) -> bool:
    value: object = payload.get(name)
    return (
        isinstance(value, str) and 0 < len(value) <= MAX_STATUS_CHARACTERS and value.isprintable()
    )


_RULES: Final[tuple[tuple[str, Callable[[SealedEntry], bool]], ...]] = (
    ("id_invalid", lambda entry: _UUID.fullmatch(entry.id) is not None),
    ("kind_invalid", lambda entry: kind_is_well_formed(entry.kind)),
    ("subject_invalid", lambda entry: subject_is_well_formed(entry.subject)),
    ("actor_invalid", lambda entry: _ACTOR.fullmatch(entry.actor) is not None),
    ("recorded_at_invalid", lambda entry: _instant_exists(entry.recorded_at)),
    ("schema_invalid", lambda entry: 1 <= entry.schema <= MAX_SCHEMA),
    ("payload_invalid", _payload_fits),
)
