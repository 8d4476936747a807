"""Tells which changes of a row lost against another bench's, whose author had not seen them.

Two leads at two benches change one field offline: the later place in the log holds at every bench
(docs/adr/0019), and the one that lost is told so where the changes are listed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.domain.journal import Entry, Json
from app.services.registering import CHANGED


@dataclass(frozen=True, slots=True)
class Lost:
    """What of a change does not hold.

    Attributes:
        fields: The fields, sorted.
        by: The change that overruled them: the first that did.
    """

    fields: tuple[str, ...]
    by: Entry


def lost_changes(changes: Sequence[Entry], now: Mapping[str, Json] | None) -> Mapping[UUID, Lost]:
    """The changes that lost, by their ids.

    A field is lost where another bench set it later to something else, having seen neither this
    change nor one that led to it, and the row does not say what this change said. All of them are
    where another bench had taken the row away, which the change's author did not know.

    Args:
        changes: Entries about one row, in canonical order; others than changes count for nothing.
        now: The row as it stands (`app.services.register_values`), None where there is none.
    """
    told = [each for each in changes if each.kind == CHANGED]
    found: dict[UUID, Lost] = {}
    for place, entry in enumerate(told):
        said = _table(entry, "set")
        gone = _gone_before(told[:place], entry)
        if gone is not None:
            found[entry.id] = Lost(tuple(sorted(said)), gone)
            continue
        open_ = {name for name in said if now is None or now.get(name) != said[name]}
        for other in told[place + 1 :]:
            if other.bench_id == entry.bench_id:
                continue
            fields = tuple(sorted(name for name in open_ if _overrules(other, name, said[name])))
            if fields:
                found[entry.id] = Lost(fields, other)
                break
    return found


def _gone_before(earlier: Sequence[Entry], entry: Entry) -> Entry | None:
    """The change that had taken the row away on which an entry sets fields; None for none."""
    sides = ((one, one.payload.get("set", False), one.payload.get("was", False)) for one in earlier)
    whole = [(one, said) for one, said, was in sides if said is None or was is None]
    if not whole or whole[-1][1] is not None or entry.payload.get("was", False) is None:
        return None
    return whole[-1][0]


def _overrules(other: Entry, name: str, value: Json) -> bool:
    """Whether a change takes another's word without knowing of it."""
    is_away = other.payload.get("set", False) is None
    theirs, was = _table(other, "set"), _table(other, "was")
    sets_it = is_away or (name in theirs and theirs[name] != value)
    return sets_it and was.get(name) != value


def _table(entry: Entry, side: str) -> Mapping[str, Json]:
    told = entry.payload.get(side)
    return told if isinstance(told, Mapping) else {}
