"""The HTTP server: binds, tells its address in one line, serves until it is asked to end.

A slow sender is bounded here and in `endpoints.bodies`: a body has a time limit, an idle connection
ends after a few seconds, a request's head must be there soon after the connection is made, and the
number of connections is limited.
"""

import asyncio
import contextlib
import gc
import signal
import socket
import ssl
import sys
from collections.abc import Callable, Generator
from typing import Final

import uvicorn
from fastapi import FastAPI
from typing_extensions import override
from uvicorn.protocols.http.h11_impl import H11Protocol

from account_service.errors import ServiceError
from account_service.listening import Listening

MAX_CONNECTIONS: Final = 512
KEEP_ALIVE_SECONDS: Final = 15
HEAD_SECONDS: Final = 15
"""How long the head of a connection's first request may take."""
SHUTDOWN_SECONDS: Final = 10
_BACKLOG: Final = 512


class ListenError(ServiceError):
    """The server cannot listen: ``address_unavailable`` or ``certificate_unreadable``."""


def serve(app: FastAPI, listening: Listening, announce: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; what is being answered then is answered first.

    Args:
        app: The application.
        listening: Where.
        announce: Called with the URL once requests are heard.

    Raises:
        ListenError: The address is taken or not this machine's, or the certificate cannot be used.
    """
    with contextlib.closing(_bound(listening)) as bound:
        config = _config(app, listening)
        url = listening.url(bound.getsockname()[1])
        asyncio.run(_Server(config, lambda: announce(url)).serve(sockets=[bound]))


def _bound(listening: Listening) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            listening.host, listening.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ListenError("address_unavailable") from error
    try:
        if sys.platform != "win32":  # there it would let two programs share the port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as error:
        bound.close()
        raise ListenError("address_unavailable") from error
    return bound


def _config(app: FastAPI, listening: Listening) -> uvicorn.Config:
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http=_PunctualProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # anybody could write them: the limiter must see the real address
        limit_concurrency=MAX_CONNECTIONS,
        backlog=_BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        ssl_certfile=listening.certificate,
        ssl_keyfile=listening.key,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise ListenError("certificate_unreadable") from error
    return config


class _PunctualProtocol(H11Protocol):
    """Closes a connection whose first request does not arrive; uvicorn alone waits for ever."""

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        super().connection_made(transport)
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._head_is_due)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._head_timer.cancel()
        super().connection_lost(exc)

    def _head_is_due(self) -> None:
        if self.scope is None and not self.transport.is_closing():  # pyright: ignore[reportUnnecessaryComparison]
            self.transport.close()


class _Server(uvicorn.Server):
    """Announces itself, and ends with exit code 0 when it is told to.

    What was made by then lives as long as the process, so the garbage collector need not look at it
    again.
    """

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.collect()
        gc.freeze()
        self._announce()

    @contextlib.contextmanager
    @override
    def capture_signals(self) -> Generator[None]:
        before = {
            number: signal.signal(number, self.handle_exit)
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
