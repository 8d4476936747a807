"""The process: how it starts, whom it serves, and how it ends."""

import contextlib
import gc
import os
import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fastapi import FastAPI

from account_service import bootstrap, server
from account_service.endpoints import callers
from account_service.endpoints.app import build_app
from account_service.errors import StoreError
from account_service.listening import Listening, is_loopback
from account_service.server import ListenError
from account_service.store.database import Database
from tests.account_service.conftest import HttpBench
from tests.fixtures_service import RunningService

DAY = timedelta(days=1)


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that nobody else vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    addresses = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - 3650 * DAY)
        .not_valid_after(now + 36500 * DAY)
        .add_extension(x509.SubjectAlternativeName(addresses), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate_path, key_path = folder / "cert.pem", folder / "key.pem"
    certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate_path, key_path


def test_it_ends_with_0_when_it_is_told_to(own_service: RunningService) -> None:
    with httpx.Client(base_url=own_service.url) as idle:
        assert idle.get("/v1/health").status_code == 200
        assert own_service.stop() == 0
    assert own_service.complaints() == ""


def test_it_serves_the_same_database_after_a_restart(own_service: RunningService) -> None:
    organisation = own_service.organisation()
    with httpx.Client(base_url=own_service.url) as client:
        bench = HttpBench(own_service, organisation, client)
        bench.enrol()
        pushed = bench.push(*bench.journal.entries(3)).json()
    assert own_service.stop() == 0
    own_service.start()
    with httpx.Client(base_url=own_service.url) as client:
        bench.client = client
        page = bench.pull().json()
        assert (page["revision"], page["chain"]) == (pushed["revision"], pushed["chain"])


def test_it_serves_with_tls(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path)
    extra = ("--tls-cert", str(certificate), "--tls-key", str(key), "--host", "localhost")
    running = RunningService(tmp_path, extra)
    running.start()
    try:
        assert running.url.startswith("https://localhost:")
        trust = ssl.create_default_context(cafile=str(certificate))
        assert httpx.get(f"{running.url}/v1/health", verify=trust).status_code == 200
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{running.url}/v1/health")
    finally:
        assert running.stop() == 0


def test_a_port_that_is_taken_is_told(service: RunningService, tmp_path: Path) -> None:
    port = service.url.rpartition(":")[2]
    done = service.command("serve", "--port", port, "--database", str(tmp_path / "x.db"))
    assert done.returncode == 1
    assert "address_unavailable" in done.stderr


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound
        ("::", False),
        ("192.0.2.1", False),
        ("localhost.example", False),
        ("", False),
    ],
)
def test_only_this_machines_own_addresses_are_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_an_ipv6_address_stands_in_brackets() -> None:
    assert Listening("::1", 0).url(80) == "http://[::1]:80"
    assert Listening("127.0.0.1", 0, Path("c"), Path("k")).url(80) == "https://127.0.0.1:80"


def test_a_host_that_does_not_exist_cannot_be_listened_on() -> None:
    with pytest.raises(ListenError, match="address_unavailable"):
        server.serve(FastAPI(), Listening("nowhere.invalid", 0), lambda _url: None)


# ----------------------------------------------------------------------
# Slow callers: the server in this thread, with short limits, and they in another
# ----------------------------------------------------------------------

Call = Callable[[str], None]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, database: Database) -> Iterator[Callable[[Call], None]]:
    """Serves while a caller's function runs; what the function raises fails the test."""
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.05)
    monkeypatch.setattr(server, "SHUTDOWN_SECONDS", 1)
    parts = replace(bootstrap.parts_over(database), body_seconds=0.05)
    faults: list[BaseException] = []
    threads: list[threading.Thread] = []

    def serve(call: Call) -> None:
        def run(url: str) -> None:
            try:
                call(url)
            except BaseException as fault:  # noqa: BLE001 - raised again in the test's thread
                faults.append(fault)
            os.kill(os.getpid(), signal.SIGTERM)

        def heard(url: str) -> None:
            threads.append(threading.Thread(target=run, args=(url,), name="caller"))
            threads[0].start()

        server.serve(build_app(parts), Listening("127.0.0.1", 0), heard)
        threads[0].join()
        if faults:
            raise faults[0]

    yield serve
    gc.unfreeze()


def connected(url: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=30)


def answer_on(connection: socket.socket) -> bytes:
    """What is answered, to the end of its JSON."""
    answer = connection.recv(1000)
    while not answer.endswith(b"}"):
        more = connection.recv(1000)
        assert more, answer
        answer += more
    return answer


def test_a_caller_that_sends_no_head_is_cut_off(served: Callable[[Call], None]) -> None:
    def call(url: str) -> None:
        for start in (b"", b"GET /v1/health HTTP/1.1\r\nX: "):
            with connected(url) as connection:
                connection.sendall(start)
                assert connection.recv(1000) == b""

    served(call)


def test_a_caller_that_sent_its_head_in_time_stays(served: Callable[[Call], None]) -> None:
    def call(url: str) -> None:
        with connected(url) as connection, connected(url) as silent:
            ask = b"GET /v1/health HTTP/1.1\r\nHost: a\r\n\r\n"
            connection.sendall(ask)
            assert b'"ok"' in answer_on(connection)
            assert silent.recv(1000) == b""  # by now the time for a head is over
            connection.sendall(ask)
            assert b'"ok"' in answer_on(connection)

    served(call)


def test_a_body_that_does_not_come_is_answered_with_408(served: Callable[[Call], None]) -> None:
    def call(url: str) -> None:
        with connected(url) as connection:
            connection.sendall(b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{")
            answer = answer_on(connection)
            assert answer.startswith(b"HTTP/1.1 408 ")
            assert b'{"code":"body_too_slow"}' in answer

    served(call)


def test_a_caller_that_hangs_up_in_its_body_harms_nobody(served: Callable[[Call], None]) -> None:
    def call(url: str) -> None:
        for _ in range(3):
            with connected(url) as connection:
                connection.sendall(
                    b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"
                )
        assert httpx.get(f"{url}/v1/health").status_code == 200

    served(call)


def test_what_is_no_http_harms_nobody(served: Callable[[Call], None]) -> None:
    def call(url: str) -> None:
        for nonsense in (b"\x16\x03\x01\x02\x00\r\n\r\n", b"x" * 100_000, b"\x00" * 1000):
            with connected(url) as connection, contextlib.suppress(ConnectionError):
                connection.sendall(nonsense)
                assert b" 400 " in connection.recv(100)
        assert httpx.get(f"{url}/v1/health").status_code == 200

    served(call)


def test_a_mistake_of_ours_is_answered_without_its_traceback(
    served: Callable[[Call], None], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(*_arguments: object) -> None:
        raise LookupError("topsecret")

    monkeypatch.setattr(callers, "caller_of", mistaken)

    def call(url: str) -> None:
        answer = httpx.get(f"{url}/v1/log", headers={"Authorization": "Bearer x"})
        assert (answer.status_code, answer.json()) == (500, {"code": "internal"})

    served(call)


def test_a_store_that_fails_is_answered_with_503(
    served: Callable[[Call], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_arguments: object) -> None:
        raise StoreError("disk_full")

    monkeypatch.setattr(callers, "caller_of", failing)

    def call(url: str) -> None:
        answer = httpx.get(f"{url}/v1/log", headers={"Authorization": "Bearer x"})
        assert (answer.status_code, answer.json()) == (503, {"code": "disk_full"})
        assert int(answer.headers["retry-after"]) > 0

    served(call)
