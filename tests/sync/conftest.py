"""A server of the test's own choice, and clients that are closed after it."""

import ipaddress
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from app.sync.address import service_address
from app.sync.client import ServiceClient
from app.sync.transport import Patience
from tests.fixtures_service import own_service, service
from tests.fixtures_store import make_store, store_clock, store_ids
from tests.sync.fakes import NOON, TOKEN, FakeService, Reply, Server

__all__ = ["make_store", "own_service", "service", "store_clock", "store_ids"]

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


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 and its key, in one file, which nobody trusts by itself."""
    from cryptography import x509  # only where a test speaks TLS
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "service of a test")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOON - timedelta(days=20_000))
        .not_valid_after(NOON + timedelta(days=20_000))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "service.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
