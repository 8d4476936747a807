"""What the sync client meets in tests: a store, a vault, and a server that says what it is told."""

import hashlib
import json
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from app.domain.journal import (
    GENESIS,
    Draft,
    Entry,
    Json,
    canonical_form,
    canonical_json,
    sealed,
)
from app.services.ports import LogItem, PushOutcome, StoreFaultError, SyncState

BENCH = UUID("01910000-0000-7000-8000-000000000001")
OTHER_BENCH = UUID("01910000-0000-7000-8000-000000000002")
TOKEN = "token-of-a-bench-in-a-test"  # noqa: S105 - opens nothing
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def journal(count: int, bench: UUID = BENCH, payload: dict[str, Json] | None = None) -> list[Entry]:
    """A bench's first entries, chained."""
    entries: list[Entry] = []
    for seq in range(1, count + 1):
        entries.append(
            sealed(
                Draft("note.added", "repair:r1", "person:anna", payload or {"text": f"å {seq}"}),
                entry_id=UUID(int=bench.int + (seq << 20)),
                bench_id=bench,
                seq=seq,
                at=NOON,
                previous=entries[-1].hash if entries else GENESIS,
            )
        )
    return entries


def wire_entry(entry: Entry) -> dict[str, Any]:
    return json.loads(canonical_form(entry)) | {"hash": entry.hash}


def wire_row(register: str, key: str, value: dict[str, Json] | None) -> dict[str, Any]:
    return {"register": register, "key": key, "value": value}


def log_items(contents: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A log with these wire entries and wire rows, by the contract's own words."""
    chain, items = bytes(32), list[dict[str, Any]]()
    for revision, content in enumerate(contents, 1):
        entry = "hash" in content
        digest = (
            bytes.fromhex(content["hash"])
            if entry
            else hashlib.sha256(canonical_json(content)).digest()
        )
        chain = hashlib.sha256(chain + digest).digest()
        place = {"revision": revision, "chain": chain.hex()}
        items.append(place | {"entry" if entry else "row": content})
    return items


def log_page(items: Sequence[dict[str, Any]], /, **changed: object) -> dict[str, Any]:
    """The page that holds the whole of a log."""
    return {
        "items": list(items),
        "revision": items[-1]["revision"] if items else 0,
        "chain": items[-1]["chain"] if items else GENESIS,
        "more": False,
        "durable_revision": 0,
    } | changed


class FakeStore:
    """A `SyncStore` in memory that keeps what it was told, to look at."""

    def __init__(self, own: Sequence[Entry] = (), bench_id: UUID = BENCH) -> None:
        self.own = list(own)
        self._bench_id = bench_id
        self.outcomes: dict[int, PushOutcome] = {}
        self.pages: list[tuple[LogItem, ...]] = []
        self.items: list[LogItem] = []
        self.started_over = 0
        self.to_carry = 0
        self.fault: StoreFaultError | None = None

    @property
    def bench_id(self) -> UUID:
        return self._bench_id

    def sync_state(self) -> SyncState:
        if self.fault is not None:
            raise self.fault
        return SyncState(
            enrolled=True,
            waiting=len(self.own) - len(self.outcomes),
            rejected=sum(each.revision is None for each in self.outcomes.values()),
            revision=self.items[-1].revision if self.items else 0,
            chain=self.items[-1].chain if self.items else GENESIS,
        )

    def pending(self, limit: int) -> tuple[Entry, ...]:
        return tuple(each for each in self.own if each.seq not in self.outcomes)[:limit]

    def append(self, kind: str, subject: str, payload: dict[str, Json] | None = None) -> Entry:
        """Record something new."""
        seq = len(self.own) + 1
        self.own.append(
            sealed(
                Draft(kind, subject, "person:anna", payload or {}),
                entry_id=UUID(int=self._bench_id.int + (seq << 20)),
                bench_id=self._bench_id,
                seq=seq,
                at=NOON,
                previous=self.own[-1].hash if self.own else GENESIS,
            )
        )
        return self.own[-1]

    def record_outcomes(self, outcomes: Sequence[PushOutcome]) -> None:
        self.outcomes.update({each.seq: each for each in outcomes})

    def apply_page(self, items: Sequence[LogItem]) -> None:
        self.pages.append(tuple(items))
        self.items.extend(items)

    def carry_over(self) -> int:
        carried, self.to_carry = self.to_carry, 0
        for number in range(carried):
            self.append("repair.noted", f"repair:{number}", {"text": "carried"})
        return carried

    def start_over(self) -> None:
        self.started_over += 1
        self.outcomes.clear()
        self.items.clear()

    def seen(self) -> list[tuple[int, str, object]]:
        """What it has of the log, to compare with another's."""
        return [
            (item.revision, item.chain, replace(item.content, revision=None))
            if isinstance(item.content, Entry)
            else (item.revision, item.chain, item.content)
            for item in self.items
        ]


class FakeVault:
    """Secrets in memory."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.secrets.get(name)

    def set(self, name: str, value: str) -> None:
        self.secrets[name] = value


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body)


Reply = Callable[[Request, socket.socket, threading.Event], None]
"""Answers one request by whatever it writes; the event tells that the test is over."""


def raw(reply: bytes) -> Reply:
    """These very bytes, and the end of the connection."""

    def write(_request: Request, line: socket.socket, _over: threading.Event) -> None:
        line.sendall(reply)

    return write


def http(
    status: int, body: bytes, kind: str = "application/json", headers: dict[str, str] | None = None
) -> Reply:
    """A well-formed HTTP answer."""
    head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: {kind}\r\n"
    for name, value in (headers or {}).items():
        head += f"{name}: {value}\r\n"
    head += f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return raw(head.encode() + body)


def says(status: int, answer: object, headers: dict[str, str] | None = None) -> Reply:
    """An answer in JSON."""
    return http(status, json.dumps(answer).encode(), headers=headers)


def dripping(start: bytes, drop: bytes) -> Reply:
    """A start, and then drop after drop for as long as anybody listens."""

    def write(_request: Request, line: socket.socket, over: threading.Event) -> None:
        line.sendall(start)
        while not over.wait(0.005):
            line.sendall(drop)

    return write


class Server:
    """A real socket on loopback; each connection carries one request.

    Args:
        reply: Who answers.
        context: Its certificate, if it speaks TLS.
    """

    def __init__(self, reply: Reply, context: ssl.SSLContext | None = None) -> None:
        self.reply = reply
        self._context = context
        self.requests: list[Request] = []
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        scheme = "http" if context is None else "https"
        self.url = f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, name="fake-service")
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _secured(self, plain: socket.socket) -> socket.socket:
        if self._context is None:
            return plain
        with plain:  # left empty by the handshake, or closed where that fails
            return self._context.wrap_socket(plain, server_side=True)

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            # A client that goes away in the middle is what many of these tests are about.
            with suppress(OSError), self._secured(plain) as line:
                request = _request(line)
                self.requests.append(request)
                self.reply(request, line, self._over)


def _request(line: socket.socket) -> Request:
    plain = not isinstance(line, ssl.SSLSocket)
    if plain and line.recv(1, socket.MSG_PEEK) == b"\x16":  # a handshake, and we speak plain HTTP
        return Request("TLS", "", {}, {}, line.recv(65536))
    with line.makefile("rb") as stream:
        words = stream.readline().decode().split()
        if len(words) != 3:
            raise ConnectionAbortedError
        method, target, _ = words
        headers: dict[str, str] = {}
        while text := stream.readline().decode().strip():
            name, _, value = text.partition(":")
            headers[name.lower()] = value.strip()
        body = stream.read(int(headers.get("content-length", 0)))
    url = urlsplit(target)
    return Request(method, url.path, parse_qs(url.query), headers, body)


class FakeService:
    """A service that keeps the contract, in memory and in a few lines; a `Reply`."""

    def __init__(self) -> None:
        self.contents: list[dict[str, Any]] = []
        self.seen: dict[str, dict[int, dict[str, Any]]] = {}
        self.judge: Callable[[dict[str, Any]], str] = lambda _entry: "accepted"
        self.page = 1000

    def __call__(self, request: Request, line: socket.socket, over: threading.Event) -> None:
        reply = self._push if request.path == "/v1/entries" else self._pull
        reply(request)(request, line, over)

    def _push(self, request: Request) -> Reply:
        answers: list[dict[str, Any]] = []
        for entry in request.json["entries"]:
            bench = self.seen.setdefault(entry["bench_id"], {})
            if entry["seq"] in bench:
                stored = bench[entry["seq"]]
                answers.append(stored | {"outcome": "known", "stored": stored["outcome"]})
                continue
            if entry["seq"] != len(bench) + 1:
                return says(409, {"code": "gap", "expected_seq": len(bench) + 1})
            outcome = self.judge(entry)
            if outcome != "rejected":
                self.contents.append(entry)
            bench[entry["seq"]] = {
                "id": entry["id"],
                "seq": entry["seq"],
                "outcome": outcome,
                "revision": None if outcome == "rejected" else len(self.contents),
                "code": None if outcome == "accepted" else "because",
                "stored": None,
            }
            answers.append(bench[entry["seq"]])
        return says(200, self._end() | {"outcomes": answers})

    def _pull(self, request: Request) -> Reply:
        after, chain = int(request.query["after"][0]), request.query["chain"][0]
        items = log_items(self.contents)
        before = [GENESIS, *(item["chain"] for item in items)]
        if after >= len(before) or before[after] != chain:
            return says(410, {"code": "restored"})
        page = items[after : after + self.page]
        cursor = {"revision": after + len(page), "chain": before[after + len(page)]}
        more = after + len(page) < len(items)
        return says(200, cursor | {"items": page, "more": more, "durable_revision": 0})

    def _end(self) -> dict[str, Any]:
        items = log_items(self.contents)
        return {
            "revision": len(items),
            "chain": items[-1]["chain"] if items else GENESIS,
            "durable_revision": 0,
        }

    def restore(self, revisions: int) -> None:
        """Go back to an earlier state."""
        self.contents = self.contents[:revisions]
        for bench in self.seen.values():
            kept = {
                seq: each
                for seq, each in bench.items()
                if each["revision"] is None or each["revision"] <= revisions
            }
            bench.clear()
            bench.update(kept)
