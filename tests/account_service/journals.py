"""A bench's journal as the wire shows it, made by a third implementation of the canonical form."""

import hashlib
import json
from typing import Any
from uuid import uuid4

Wire = dict[str, Any]
REPAIR = "repair:0193aa00-0000-7000-8000-0000000000aa"


def canonical(value: Wire) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


class Journal:
    """Seals one entry after the other."""

    def __init__(self, bench_id: str | None = None) -> None:
        self.bench_id = bench_id or str(uuid4())
        self.seq = 0
        self.hash = "0" * 64

    def entry(self, kind: str = "repair.noted", **other: object) -> Wire:
        """The next entry; any field can be given another value, even a wrong one."""
        unsealed: Wire = {
            "actor": "person:p-17",
            "bench_id": self.bench_id,
            "id": str(uuid4()),
            "kind": kind,
            "payload": {"text": "Skärmen flimrar"},
            "recorded_at": "2026-03-02T07:05:09.000000Z",
            "schema": 1,
            "seq": self.seq + 1,
            "subject": REPAIR,
            **other,
        }
        hashed = hashlib.sha256(bytes.fromhex(self.hash) + canonical(unsealed)).hexdigest()
        self.seq, self.hash = self.seq + 1, hashed
        return {**unsealed, "hash": hashed}

    def entries(self, count: int, kind: str = "repair.noted", **other: object) -> list[Wire]:
        return [self.entry(kind, **other) for _ in range(count)]

    def opened(self, subject: str = REPAIR) -> Wire:
        payload = {"number": "R-1", "serial": "C02XK0AAJG5H"}
        return self.entry("repair.opened", subject=subject, payload=payload)

    def moved(self, source: object, target: object, subject: str = REPAIR) -> Wire:
        payload = {"from": source, "to": target}
        return self.entry("repair.status_changed", subject=subject, payload=payload)

    def undone(self, source: object, target: object, subject: str = REPAIR) -> Wire:
        """Takes back a move from ``source`` to ``target``."""
        payload = {"entry": str(uuid4()), "kind": "repair.status_changed"}
        return self.entry(
            "repair.undone", subject=subject, payload={**payload, "from": source, "to": target}
        )


def chain_after(chain: str, item: Wire) -> str:
    """The log's chain after an item, computed from what the item says."""
    if "entry" in item:
        digest = bytes.fromhex(item["entry"]["hash"])
    else:
        row = item["row"]
        parts = {"key": row["key"], "register": row["register"], "value": row["value"]}
        digest = hashlib.sha256(canonical(parts)).digest()
    return hashlib.sha256(bytes.fromhex(chain) + digest).hexdigest()
