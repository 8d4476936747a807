"""The account service as the bench sees it: three calls, each answered or failed with a code.

There is no retry here and no library for it: whether and what to send again is part of the
protocol (`app.sync.push`), and when is the worker's (`app.sync.worker`). httpx itself could only
repeat a connect.
"""

import json
import logging
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Final, Self, TypeVar
from uuid import UUID

from app.sync import wire
from app.sync.address import ServiceAddress
from app.sync.batch import Batch
from app.sync.errors import SyncFaultError
from app.sync.transport import PATIENCE, Answer, Patience, Transport

T = TypeVar("T")
log = logging.getLogger("repair_bench.sync.client")

MAX_PAGE_BYTES: Final = 4 * 1024 * 1024
MAX_OUTCOMES_BYTES: Final = 1024 * 1024
MAX_ENROLLED_BYTES: Final = 64 * 1024

_SERVER_FAILED: Final = 500
_OK: Final = 200
_CREATED: Final = 201
_BY_STATUS: Final[Mapping[int, str]] = {
    404: "not_the_service",  # another server, or another path of it
    405: "not_the_service",
    408: "timed_out",
    413: "entry_too_large",
    429: "too_many_attempts",
}
_BY_PROBLEM: Final = frozenset(
    {
        (401, "token_unknown"),
        (401, "token_revoked"),
        (403, "bench_mismatch"),
        (403, "code_unknown"),
        (403, "code_used"),
        (403, "code_expired"),
        (409, "device_forked"),
        (409, "gap"),
        (409, "hash_mismatch"),
        (410, "restored"),
    }
)
"""The refusals that the bench knows what to do about; one with another status is not believed."""


class ServiceClient:
    """A bench's line to one service; for one thread, except `stop`.

    Args:
        address: Where the service is.
        token: The bench's token; empty to enrol.
        patience: How long each call may take.
    """

    def __init__(
        self, address: ServiceAddress, token: str = "", patience: Patience = PATIENCE
    ) -> None:
        self._transport = Transport(address, patience)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def enrol(self, code: str, *, bench_id: UUID, name: str) -> wire.Enrolled:
        """Turn an enrolment code into a token.

        Raises:
            SyncFaultError: ``code_unknown``, ``code_used``, ``code_expired``, or as `push`.
        """
        asked = {"code": code, "bench_id": str(bench_id), "name": name}
        answer = self._post("/v1/enrol", json.dumps(asked).encode(), MAX_ENROLLED_BYTES)
        return _understood(_expect(answer, _CREATED), lambda body: wire.enrolled(body, bench_id))

    def push(self, batch: Batch) -> wire.Pushed:
        """Hand entries to the service.

        Raises:
            SyncFaultError: ``gap`` (with ``expected_seq``), ``device_forked``, ``hash_mismatch``
                (with ``seq``), ``token_unknown``, ``token_revoked``, ``entry_too_large``,
                ``request_refused``, ``not_the_service``, ``service_nonsense`` or whatever keeps
                an exchange from ending. The service may have stored the batch even so.
        """
        answer = self._post("/v1/entries", batch.body, MAX_OUTCOMES_BYTES)
        return _understood(_expect(answer, _OK), lambda body: wire.pushed(body, batch.entries))

    def log(self, *, after: int, chain: str, limit: int) -> wire.WirePage:
        """Ask for the log after a revision, as the service claims it.

        Raises:
            SyncFaultError: ``restored``: the service does not know this chain; or as `push`.
        """
        answer = self._transport.exchange(
            "GET",
            "/v1/log",
            params={"after": after, "chain": chain, "limit": limit},
            headers=self._headers,
            max_bytes=MAX_PAGE_BYTES,
        )
        return _understood(_expect(answer, _OK), wire.page)

    def stop(self) -> None:
        """End the call that runs with the code ``stopped``, and every later one; any thread."""
        self._transport.stop()

    def close(self) -> None:
        """Give the connection back."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _post(self, path: str, body: bytes, max_bytes: int) -> Answer:
        return self._transport.exchange(
            "POST",
            path,
            content=body,
            headers=self._headers | {"Content-Type": "application/json"},
            max_bytes=max_bytes,
        )


def _expect(answer: Answer, status: int) -> bytes:
    """The body of a success, which must be the very one that the contract names."""
    if answer.status != status:
        raise _fault(answer)
    if not answer.is_json:  # a network's login page, say
        raise SyncFaultError("not_the_service", {"status": answer.status})
    return answer.body


def _understood(body: bytes, read: Callable[[bytes], T]) -> T:
    """What a body says. One that is refused leaves its size in the log, and nothing of itself."""
    try:
        return read(body)
    except SyncFaultError as fault:
        log.warning("an answer of %d bytes was refused: %s", len(body), fault)
        raise


def _fault(answer: Answer) -> SyncFaultError:
    status = answer.status
    if status >= _SERVER_FAILED:
        return SyncFaultError("service_failed", {"status": status}, retry_after=answer.retry_after)
    if status in _BY_STATUS:
        return SyncFaultError(
            _BY_STATUS[status], {"status": status}, retry_after=answer.retry_after
        )
    problem = wire.problem(answer.body) if answer.is_json else None
    if problem is None:
        return SyncFaultError("not_the_service", {"status": status})
    if (status, problem.code) not in _BY_PROBLEM:
        return SyncFaultError("request_refused", {"status": status, "service_code": problem.code})
    return _known_fault(problem)


def _known_fault(problem: wire.Problem) -> SyncFaultError:
    fields: dict[str, str | int] = {}
    if problem.code == "gap":
        if problem.expected_seq is None:
            return wire.nonsense("gap")
        fields["expected_seq"] = problem.expected_seq
    elif problem.code in {"device_forked", "hash_mismatch"}:
        if problem.seq is None:
            return wire.nonsense(problem.code)
        fields["seq"] = problem.seq
    return SyncFaultError(problem.code, fields)
