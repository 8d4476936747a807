"""A server of the test's own choice, and clients that are closed after it."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from app.sync.address import service_address
from app.sync.client import ServiceClient
from app.sync.transport import Patience
from tests.fixtures_service import own_service, service
from tests.sync.fakes import TOKEN, FakeService, Reply, Server

__all__ = ["own_service", "service"]

QUICK = Patience(connect=5.0, idle=5.0, total=30.0)


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Starts servers; they end with the test."""
    with ExitStack() as stack:

        def start(reply: Reply, context: ssl.SSLContext | None = None) -> Server:
            server = Server(reply, context)
            stack.callback(server.close)
            return server

        yield start


@pytest.fixture
def client_of() -> Iterator[Callable[..., ServiceClient]]:
    """Makes clients that are signed in; they are closed with the test."""
    with ExitStack() as stack:

        def make(url: str, patience: Patience = QUICK, token: str = TOKEN) -> ServiceClient:
            return stack.enter_context(ServiceClient(service_address(url), token, patience))

        yield make


@pytest.fixture
def fake_service() -> FakeService:
    """A service that keeps the contract."""
    return FakeService()


@pytest.fixture
def client(
    fake_service: FakeService,
    serve: Callable[..., Server],
    client_of: Callable[..., ServiceClient],
) -> ServiceClient:
    """A client of that service."""
    return client_of(serve(fake_service).url)
