"""Which repairs claim the same part: the one thing in which their states depend on each other."""

import json
from collections.abc import Sequence
from typing import Final

from app.data.compiled import claims as sql
from app.data.driver import Connection
from app.data.entries import entry_of
from app.domain.claims import changes_claims, claimed, rulings_of
from app.domain.journal import Entry
from app.domain.repairs import Repair, Rulings

_PREFIX: Final = "repair:"


def claimants(connection: Connection, kgb: str) -> set[str]:
    """The subjects of the repairs that hold a part or claim it in vain."""
    holders = {repair for (repair,) in sql.HOLDERS.all(connection, of=kgb)}
    in_vain = {
        repair
        for repair, payload in sql.CLAIMED_IN_VAIN.all(connection)
        if json.loads(payload).get("kgb") == kgb
    }
    return {f"{_PREFIX}{repair}" for repair in holders | in_vain}


def stands_alone(connection: Connection, entry: Entry) -> bool:
    """Whether an entry at the end of the order can be folded without looking at other repairs."""
    kgb = claimed(entry)
    return not changes_claims(entry) and (kgb is None or not claimants(connection, kgb))


def rulings(connection: Connection, subject: str, told: Sequence[Entry]) -> Rulings:
    """What stands above the order of a repair's entries.

    Args:
        connection: A transaction in which the read models of the other repairs hold.
        subject: The repair.
        told: All its entries that are folded, in canonical order.
    """
    others = rivals(connection, subject, None, told)
    if not others:
        return rulings_of(told)
    subjects = json.dumps([subject, *others])
    return rulings_of([entry_of(row) for row in sql.FOLDED.all(connection, subjects=subjects)])


def rivals(connection: Connection, subject: str, old: object, told: Sequence[Entry]) -> list[str]:
    """The other repairs that claim a part which this one claims, or claimed before.

    Args:
        connection: A transaction in which the read models of the other repairs hold.
        subject: The repair.
        old: Its state before; one that is no repair claimed nothing.
        told: All its entries that are folded now.
    """
    parts = {kgb for entry in told if (kgb := claimed(entry)) is not None}
    if isinstance(old, Repair):
        parts |= {part.kgb for part in old.parts}
    others = set[str]().union(*(claimants(connection, kgb) for kgb in parts))
    return sorted(others - {subject})
