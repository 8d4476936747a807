"""Which repairs claim the same part: the one thing in which their states depend on each other."""

import json
from collections.abc import Collection
from typing import Final

from app.data import entries
from app.data.compiled import claims as sql
from app.data.driver import Connection
from app.domain.claims import changes_claims, claimed
from app.domain.journal import Entry

PREFIX: Final = "repair:"


def claimants(connection: Connection, kgb: str) -> set[str]:
    """The subjects of the repairs that hold a part or claim it in vain."""
    return _holders(connection, kgb) | _in_vain(connection).get(kgb, set())


def _holders(connection: Connection, kgb: str) -> set[str]:
    return {f"{PREFIX}{repair}" for (repair,) in sql.HOLDERS.all(connection, of=kgb)}


def _in_vain(connection: Connection) -> dict[str, set[str]]:
    """The subjects of the repairs that claim a part in vain, by its serial."""
    found: dict[str, set[str]] = {}
    for repair, payload in sql.CLAIMED_IN_VAIN.all(connection):
        found.setdefault(json.loads(payload)["kgb"], set()).add(f"{PREFIX}{repair}")
    return found


def stands_alone(connection: Connection, entry: Entry) -> bool:
    """Whether an entry at the end of the order can be folded without looking at other repairs."""
    kgb = claimed(entry)
    return not changes_claims(entry) and (kgb is None or not claimants(connection, kgb))


def connected(connection: Connection, subject: str) -> set[str]:
    """A repair, those that claim a part of it, those that claim a part of these, and so on.

    What a repair claims is its own entries' word alone. So whoever is not among these is not
    touched by them, whatever order their claims are put into.
    """
    in_vain = _in_vain(connection)
    found, left, asked = {subject}, [subject], set[str]()
    while left:
        for kgb in _claims_of(connection, left.pop()) - asked:
            asked.add(kgb)
            more = (_holders(connection, kgb) | in_vain.get(kgb, set())) - found
            found |= more
            left += more
    return found


def _claims_of(connection: Connection, subject: str) -> set[str]:
    """The parts that a repair claimed in any entry, in those that the service rejected too."""
    told = sql.CLAIMS_OF.all(connection, subject=subject)
    claims = {json.loads(payload).get("kgb") for (payload,) in told}
    return {kgb for kgb in claims if isinstance(kgb, str)}


def sharing(connection: Connection) -> list[str]:
    """The repairs whose read models hold a part that another one holds too."""
    return [f"{PREFIX}{repair}" for (repair,) in sql.SHARING.all(connection)]


def folded(connection: Connection, subjects: Collection[str]) -> list[Entry]:
    """The entries that the states of some subjects are made of, all in canonical order."""
    if len(subjects) == 1:
        return list(entries.folded(connection, *subjects))
    told = sql.FOLDED.all(connection, subjects=json.dumps(list(subjects)))
    return [entries.entry_of(row) for row in told]
