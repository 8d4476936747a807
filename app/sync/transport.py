"""One HTTP exchange, bounded in size and in time, that another thread can cut short.

httpx's time limits are for each read: a service that drips a byte now and then never meets them.
So every exchange also has a deadline as a whole, and both the deadline and `Transport.stop` work
by shutting the socket down, which wakes whatever waits on it. The bodies are read as they lie on
the wire: nothing is decompressed, so nothing grows after it was measured.
"""

import logging
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.sync.address import ServiceAddress
from app.sync.errors import SyncFaultError
from app.sync.line import Line

if TYPE_CHECKING:
    import httpx

log = logging.getLogger("repair_bench.sync.transport")

MAX_PROBLEM_BYTES: Final = 64 * 1024
"""How much of an answer that is not a success is read."""
MAX_RETRY_AFTER: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one exchange may take, in seconds.

    Attributes:
        connect: To reach the service, and again for the TLS handshake.
        idle: Between two bytes.
        total: From the first to the last; 1 MiB fits at 9 KB a second.
    """

    connect: float = 10.0
    idle: float = 30.0
    total: float = 120.0


PATIENCE: Final = Patience()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        status: The HTTP status.
        is_json: Whether the body says that it is JSON.
        retry_after: Seconds that the service asked to be left alone, None where it named none.
        body: All of it.
    """

    status: int
    is_json: bool
    retry_after: float | None
    body: bytes


class Transport:
    """A connection to one service, used by one thread; only `stop` is for others."""

    def __init__(self, address: ServiceAddress, patience: Patience) -> None:
        import httpx

        self._patience = patience
        self._line = Line()
        try:
            self._client = httpx.Client(
                base_url=address.url,
                verify=_trust(address),
                # A proxy of the environment would see what plain HTTP to this machine says.
                trust_env=not address.loopback,
                follow_redirects=False,
                headers={"Accept": "application/json", "Accept-Encoding": "identity"},
                timeout=httpx.Timeout(patience.idle, connect=patience.connect),
                limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            )
        except (httpx.InvalidURL, ValueError) as error:
            raise SyncFaultError("url_invalid") from error

    def exchange(
        self,
        method: str,
        path: str,
        *,
        max_bytes: int,
        headers: Mapping[str, str],
        content: bytes | None = None,
        params: Mapping[str, str | int] | None = None,
    ) -> Answer:
        """Send a request and read its answer.

        Raises:
            SyncFaultError: ``unreachable``, ``timed_out``, ``connection_lost``, ``tls_failed``,
                ``certificate_untrusted``, ``service_nonsense`` (the body is longer than
                ``max_bytes``) or ``stopped``.
        """
        import httpx

        self._line.begin()
        deadline = threading.Timer(self._patience.total, self._line.expire)
        deadline.name = "sync-deadline"
        deadline.start()
        try:
            with self._client.stream(
                method,
                path,
                headers=dict(headers),
                content=content,
                params=params,
                extensions={"trace": self._line.trace},
            ) as response:
                body = _body(response, max_bytes if response.is_success else MAX_PROBLEM_BYTES)
                answer = Answer(
                    response.status_code, _is_json(response), _retry_after(response), body
                )
            self._line.check()
        except httpx.HTTPError as error:
            self._line.check(error)
            raise _translated(error) from error
        finally:
            deadline.cancel()
            deadline.join()
        log.debug(
            "%s %s: %d bytes up, %d, %d bytes down",
            method,
            path,
            len(content or b""),
            answer.status,
            len(body),
        )
        return answer

    def stop(self) -> None:
        """End the exchange that runs, and refuse every later one; from any thread."""
        self._line.stop()

    def close(self) -> None:
        """Give the connection back."""
        self._client.close()


def _trust(address: ServiceAddress) -> ssl.SSLContext:
    """Whom to trust: the list that comes with httpx, and what this machine's owner installed."""
    import httpx

    if not address.url.startswith("https:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # nobody: reading the lists takes 30 ms
    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context


def _body(response: "httpx.Response", max_bytes: int) -> bytes:
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise SyncFaultError("service_nonsense", {"reason": "encoding"})
    body = bytearray()
    for piece in response.iter_raw(64 * 1024):
        body += piece
        if len(body) > max_bytes:
            raise SyncFaultError("service_nonsense", {"reason": "too_large"})
    return bytes(body)


def _is_json(response: "httpx.Response") -> bool:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in {"application/json", "application/problem+json"}


def _retry_after(response: "httpx.Response") -> float | None:
    text = response.headers.get("retry-after", "")
    if not (text.isascii() and text.isdigit()):
        return None
    return min(float(text[:10]), MAX_RETRY_AFTER)


def _translated(error: "httpx.HTTPError") -> SyncFaultError:
    import httpx

    causes = _causes(error)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return SyncFaultError("certificate_untrusted")
    if isinstance(error, (httpx.ConnectTimeout, httpx.ProxyError)):
        return SyncFaultError("unreachable")
    if isinstance(error, httpx.TimeoutException):
        return SyncFaultError("timed_out")
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return SyncFaultError("tls_failed")
    if isinstance(error, httpx.ConnectError):
        return SyncFaultError("unreachable")
    return SyncFaultError("connection_lost")


def _causes(error: BaseException) -> list[BaseException]:
    causes: list[Any] = [error]
    while causes[-1] is not None:
        causes.append(causes[-1].__cause__ or causes[-1].__context__)
    return causes[:-1]
