"""Who a part belongs to where several entries claim it, and what leads settled.

A part with a serial is in one repair only. Of the entries that claim it and were not taken back,
the first in canonical order holds it, unless a lead kept another; the rest are conflicts, each on
its own repair (docs/adr/0010). So a claim that is undone or dropped frees the part for the
next one, and every bench comes to the same answer, whatever reached it first.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.domain.journal import Entry
from app.domain.repairs import CLAIMED_TWICE, DROP, KEEP, UNDISPUTED, Repair, Rulings, fold_repair

FITTED: Final = "part.fitted"
SETTLED: Final = "conflict.settled"
_UNDONE: Final = "repair.undone"


def claimed(entry: Entry) -> str | None:
    """The serial that an entry claims for its repair, None for an entry that claims none."""
    kgb = entry.payload.get("kgb")
    return kgb if entry.kind == FITTED and isinstance(kgb, str) else None


def changes_claims(entry: Entry) -> bool:
    """Whether an entry may change what an earlier one claims."""
    undoes = entry.kind == _UNDONE and entry.payload.get("kind") == FITTED
    return undoes or entry.kind == SETTLED


def void(repair: Repair, timeline: Iterable[Entry]) -> frozenset[str]:
    """Ids of the repair's entries that do not count, whatever they say.

    Those that are in conflict, and those that a lead settled: dropped, or kept by saying them anew.
    Only a claim that was kept counts as it stands.

    Args:
        repair: The repair.
        timeline: All its entries.
    """
    cited = {
        str(entry.payload.get("conflict")): entry.payload.get("code") == CLAIMED_TWICE
        and entry.payload.get("verdict") == KEEP
        for entry in timeline
        if entry.kind == SETTLED
    }
    held = {part.entry_id for part in repair.parts}
    settled = {entry_id for entry_id, counts in cited.items() if not counts or entry_id not in held}
    return frozenset({conflict.entry_id for conflict in repair.conflicts} | settled)


def rulings_of(entries: Sequence[Entry]) -> Rulings:
    """What stands above the order of the entries.

    Args:
        entries: Of every repair that claims one of the same parts, in canonical order.
    """
    if not any(entry.kind in {FITTED, SETTLED} for entry in entries):
        return UNDISPUTED
    settled, kept = _settlements(entries)
    ranks: dict[str, tuple[bool, int]] = {
        str(entry.id): (str(entry.id) not in kept, place) for place, entry in enumerate(entries)
    }
    standing = [
        (part.kgb, ranks[part.entry_id])
        for repair in _folded(entries, settled).values()
        if repair is not None
        for part in repair.parts
    ]
    best: dict[str, tuple[bool, int]] = {}
    for kgb, rank in standing:
        best[kgb] = min(rank, best.get(kgb, rank))
    stands = {rank for _, rank in standing}
    lost = {
        str(entry.id)
        for entry in entries
        for kgb in [claimed(entry)]
        if kgb in best and (rank := ranks[str(entry.id)]) in stands and rank > best[kgb]
    }
    return Rulings(frozenset(lost), settled.repeated, settled.overruled)


def _folded(entries: Sequence[Entry], rulings: Rulings) -> Mapping[str, Repair | None]:
    states: dict[str, Repair | None] = {}
    for entry in entries:
        states[entry.subject] = fold_repair(states.get(entry.subject), entry, rulings)
    return states


def _settlements(entries: Sequence[Entry]) -> tuple[Rulings, frozenset[str]]:
    """Which settlements came too late, and the ids of the entries that were kept in the end.

    Two leads may settle the same two sides without knowing of each other: the first holds. Whoever
    settles the entry against another side knew that things had changed.
    """
    first: dict[tuple[str, str], object] = {}
    repeated: set[str] = set()
    overruled: set[str] = set()
    kept: dict[str, bool] = {}
    for entry in entries:
        if entry.kind != SETTLED:
            continue
        verdict = entry.payload.get("verdict", DROP)
        cited = str(entry.payload.get("conflict"))
        sides = (cited, str(entry.payload.get("against")))
        if sides not in first:
            first[sides] = verdict
            kept[cited] = verdict == KEEP
        else:
            (repeated if first[sides] == verdict else overruled).add(str(entry.id))
    return (
        Rulings(repeated=frozenset(repeated), overruled=frozenset(overruled)),
        frozenset(cited for cited, is_kept in kept.items() if is_kept),
    )
