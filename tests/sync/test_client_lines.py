"""However a line fails, the client tells a code, in bounded time; TLS is never given up."""

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.sync.client import ServiceClient
from app.sync.errors import AWAY
from app.sync.transport import Patience
from tests.sync.fakes import (
    GENESIS,
    Reply,
    Request,
    Server,
    dripping,
    log_page,
    raw,
    says,
)
from tests.sync.told import fault_of_log

Serve = Callable[..., Server]
ClientOf = Callable[..., ServiceClient]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
        (HEAD + b"Content-Length: 100000\r\n\r\n", b" "),
        (HEAD + b"\r\n", b" "),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_a_service_that_drips_meets_the_deadline(
    serve: Serve, client_of: ClientOf, start: bytes, drop: bytes
) -> None:
    server = serve(dripping(start, drop))
    fault = fault_of_log(client_of(server.url, Patience(connect=5.0, idle=5.0, total=0.2)))
    assert fault.code == "timed_out"
    assert fault.away


def test_a_service_that_says_nothing_is_not_waited_for(serve: Serve, client_of: ClientOf) -> None:
    def silent(_request: Request, _line: socket.socket, over: threading.Event) -> None:
        over.wait()

    server = serve(silent)
    fault = fault_of_log(client_of(server.url, Patience(connect=5.0, idle=0.1, total=30.0)))
    assert fault.code == "timed_out"


def test_after_a_deadline_the_next_call_starts_afresh(serve: Serve, client_of: ClientOf) -> None:
    server = serve(dripping(HEAD + b"\r\n", b" "))
    client = client_of(server.url, Patience(connect=5.0, idle=5.0, total=0.2))
    assert fault_of_log(client).code == "timed_out"
    server.reply = says(200, log_page([]))
    assert client.log(after=0, chain=GENESIS, limit=1).items == ()


@pytest.mark.parametrize(
    "reply",
    [
        raw(b""),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
        raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        raw(b"HTTP/1.1 999999 OK\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000),
        raw(b"\x00" * 1000),
    ],
)
def test_a_broken_answer_is_a_lost_connection(
    serve: Serve, client_of: ClientOf, reply: Reply
) -> None:
    fault = fault_of_log(client_of(serve(reply).url))
    assert fault.code == "connection_lost"
    assert fault.code in AWAY


def test_a_body_cut_off_without_a_length_is_nonsense(serve: Serve, client_of: ClientOf) -> None:
    fault = fault_of_log(client_of(serve(raw(HEAD + b'\r\n{"items":[')).url))
    assert fault.code == "service_nonsense"


def test_a_service_that_is_not_there_is_unreachable(client_of: ClientOf) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    fault = fault_of_log(client_of(f"http://127.0.0.1:{port}"))
    assert fault.code == "unreachable"
    assert fault.away


def test_a_service_that_takes_no_connection_is_unreachable(client_of: ClientOf) -> None:
    """A listener whose queue is full answers no handshake: as behind a firewall that drops."""
    with ExitStack() as stack:
        full = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            knock = stack.enter_context(socket.socket())
            knock.setblocking(False)
            knock.connect_ex(full.getsockname())
        port = full.getsockname()[1]
        client = client_of(f"http://127.0.0.1:{port}", Patience(connect=0.1))
        assert fault_of_log(client).code == "unreachable"


def test_a_call_that_runs_can_be_stopped_from_another_thread(
    serve: Serve, client_of: ClientOf
) -> None:
    asked = threading.Event()

    def silent(_request: Request, _line: socket.socket, over: threading.Event) -> None:
        asked.set()
        over.wait()

    client = client_of(serve(silent).url, Patience(idle=300.0, total=300.0))

    def stop_when_asked() -> None:
        asked.wait()
        client.stop()

    stopper = threading.Thread(target=stop_when_asked)
    stopper.start()
    assert fault_of_log(client).code == "stopped"
    stopper.join()
    assert fault_of_log(client).code == "stopped"


def test_a_line_cut_before_it_opened_is_cut_when_it_opens(
    serve: Serve, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The deadline or a stop may come while the connection is still being made."""
    server = serve(dripping(HEAD + b"\r\n", b" "))
    client = client_of(server.url, Patience(idle=300.0, total=300.0))
    line = client._transport._line  # pyright: ignore[reportPrivateUsage] # the moment cannot be met from outside
    check = line.check

    def check_then_stop(cause: BaseException | None = None) -> None:
        check(cause)
        line.stop()

    monkeypatch.setattr(line, "check", check_then_stop)
    assert fault_of_log(client).code == "stopped"


# ----------------------------------------------------------------------
# TLS
# ----------------------------------------------------------------------


def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_certificate_that_nobody_vouches_for_ends_the_call_before_the_token(
    serve: Serve, client_of: ClientOf, certificate: Path
) -> None:
    server = serve(says(200, log_page([])), tls(certificate))
    fault = fault_of_log(client_of(server.url))
    assert (fault.code, fault.away) == ("certificate_untrusted", False)
    assert server.requests == []


def test_a_certificate_that_this_machine_trusts_is_taken(
    serve: Serve, client_of: ClientOf, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = serve(says(200, log_page([])), tls(certificate))
    assert client_of(server.url).log(after=0, chain=GENESIS, limit=1).items == ()


def test_a_dripping_service_behind_tls_meets_the_deadline(
    serve: Serve, client_of: ClientOf, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = serve(dripping(HEAD + b"\r\n", b" "), tls(certificate))
    fault = fault_of_log(client_of(server.url, Patience(connect=5.0, idle=5.0, total=0.5)))
    assert fault.code == "timed_out"


def test_plain_http_on_the_port_of_tls_is_told_apart(serve: Serve, client_of: ClientOf) -> None:
    server = serve(raw(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"))
    fault = fault_of_log(client_of(server.url.replace("http:", "https:")))
    assert (fault.code, fault.away) == ("tls_failed", False)
