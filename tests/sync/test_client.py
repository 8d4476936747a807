"""Whatever answers, the client tells a code, in bounded time and memory."""

import logging
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.sync.address import ServiceAddress
from app.sync.batch import batch_of
from app.sync.client import MAX_PAGE_BYTES, ServiceClient
from app.sync.errors import AWAY, SyncFaultError
from app.sync.transport import MAX_PROBLEM_BYTES, Patience
from tests.sync.fakes import (
    BENCH,
    GENESIS,
    TOKEN,
    Reply,
    Request,
    Server,
    dripping,
    http,
    journal,
    log_page,
    raw,
    says,
)

Serve = Callable[..., Server]
ClientOf = Callable[..., ServiceClient]


def fault_of_log(client: ServiceClient) -> SyncFaultError:
    with pytest.raises(SyncFaultError) as caught:
        client.log(after=0, chain=GENESIS, limit=500)
    return caught.value


def fault_of_push(client: ServiceClient) -> SyncFaultError:
    with pytest.raises(SyncFaultError) as caught:
        client.push(batch_of(journal(2)))
    return caught.value


def test_the_token_goes_with_every_call_and_into_no_log(
    serve: Serve, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server = serve(says(200, log_page([])))
    client_of(server.url).log(after=0, chain=GENESIS, limit=7)
    request = server.requests[0]
    assert (request.method, request.path) == ("GET", "/v1/log")
    assert request.query == {"after": ["0"], "chain": [GENESIS], "limit": ["7"]}
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert "repair_bench.sync.transport" in {record.name for record in caplog.records}
    assert TOKEN not in caplog.text


def test_a_path_before_the_service_is_kept(serve: Serve, client_of: ClientOf) -> None:
    server = serve(says(200, log_page([])))
    client_of(server.url + "/bench/").log(after=0, chain=GENESIS, limit=7)
    assert server.requests[0].path == "/bench/v1/log"


def test_entries_go_up_as_the_bytes_that_their_hash_covers(
    serve: Serve, client_of: ClientOf
) -> None:
    server = serve(says(500, {}))
    fault_of_push(client_of(server.url))
    sent = server.requests[0].json["entries"]
    assert [(each["seq"], each["hash"]) for each in sent] == [
        (entry.seq, entry.hash) for entry in journal(2)
    ]
    assert sent[0]["payload"] == {"text": "å 1"}
    assert server.requests[0].headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("reply", "code", "fields"),
    [
        (says(401, {"code": "token_unknown"}), "token_unknown", {}),
        (says(401, {"code": "token_revoked"}), "token_revoked", {}),
        (says(409, {"code": "gap", "expected_seq": 4}), "gap", {"expected_seq": 4}),
        (says(409, {"code": "gap"}), "service_nonsense", {"reason": "gap"}),
        (says(409, {"code": "device_forked", "seq": 4}), "device_forked", {"seq": 4}),
        (
            says(409, {"code": "device_forked"}),
            "service_nonsense",
            {"reason": "device_forked"},
        ),
        (says(409, {"code": "hash_mismatch", "seq": 1}), "hash_mismatch", {"seq": 1}),
        (says(409, {"code": "gap", "expected_seq": 0}), "not_the_service", {"status": 409}),
        (says(410, {"code": "restored"}), "restored", {}),
        (
            says(400, {"code": "restored"}),
            "request_refused",
            {"status": 400, "service_code": "restored"},
        ),
        (
            says(400, {"code": "not_canonical", "seq": 3}),
            "request_refused",
            {"status": 400, "service_code": "not_canonical"},
        ),
        (says(400, {"code": "{field}!"}), "not_the_service", {"status": 400}),
        (says(400, ["code"]), "not_the_service", {"status": 400}),
        (says(408, {"code": "too_slow"}), "timed_out", {"status": 408}),
        (says(413, {"code": "too_large"}), "entry_too_large", {"status": 413}),
        (http(413, b"<h1>nginx</h1>", "text/html"), "entry_too_large", {"status": 413}),
        (http(404, b"<h1>Not found</h1>", "text/html"), "not_the_service", {"status": 404}),
        (says(404, {"code": "not_found"}), "not_the_service", {"status": 404}),
        (says(500, {"code": "store_failed"}), "service_failed", {"status": 500}),
        (http(502, b"<h1>Bad gateway</h1>", "text/html"), "service_failed", {"status": 502}),
        (http(200, b"<h1>Log in</h1>", "text/html"), "not_the_service", {"status": 200}),
        (says(201, {}), "not_the_service", {"status": 201}),
        (http(204, b""), "not_the_service", {"status": 204}),
        (
            http(302, b"", headers={"Location": "https://elsewhere.invalid/"}),
            "not_the_service",
            {"status": 302},
        ),
        (says(429, {"code": "too_many_attempts"}), "too_many_attempts", {"status": 429}),
    ],
)
def test_a_refusal_is_told_by_its_code(
    serve: Serve,
    client_of: ClientOf,
    reply: Reply,
    code: str,
    fields: dict[str, object],
) -> None:
    fault = fault_of_push(client_of(serve(reply).url))
    assert (fault.code, dict(fault.fields)) == (code, fields)


def test_a_redirect_is_not_followed(serve: Serve, client_of: ClientOf) -> None:
    elsewhere = serve(says(200, log_page([])))
    here = serve(http(307, b"", headers={"Location": elsewhere.url + "/v1/log"}))
    assert fault_of_log(client_of(here.url)).code == "not_the_service"
    assert elsewhere.requests == []


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("9999999999999999", 3600.0),
        ("Mon, 23 Nov 2026", None),
        ("-1", None),
        ("²", None),
    ],
)
def test_how_long_to_stay_away_is_bounded(
    serve: Serve, client_of: ClientOf, header: str, seconds: float | None
) -> None:
    reply = raw(
        b"HTTP/1.1 503 Busy\r\nRetry-After: "
        + header.encode("latin-1")
        + b"\r\nContent-Length: 0\r\n\r\n"
    )
    fault = fault_of_log(client_of(serve(reply).url))
    assert fault.code == "service_failed"
    assert fault.retry_after == seconds


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"{}",
        b'"items"',
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b"[" * 100_000,
        b'{"items":' * 100_000,
        b'{"items":[],"revision":1' + b"0" * 5000 + b"}",
    ],
)
def test_a_body_that_is_no_answer_is_nonsense(
    serve: Serve, client_of: ClientOf, body: bytes
) -> None:
    client = client_of(serve(http(200, body)).url)
    for fault in (fault_of_log(client), fault_of_push(client)):
        assert fault.code == "service_nonsense"
        assert not fault.away


def test_of_a_refused_answer_the_log_keeps_only_the_size(
    serve: Serve, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    fault_of_log(client_of(serve(http(200, b'["a secret of somebody else"]')).url))
    assert "an answer of 29 bytes was refused: service_nonsense" in caplog.text
    assert "secret" not in caplog.text


def test_an_endless_body_is_read_to_its_bound_only(serve: Serve, client_of: ClientOf) -> None:
    sent = threading.Event()

    def flood(_request: Request, line: socket.socket, _over: threading.Event) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        try:
            while True:
                line.sendall(b" " * 65536)
        finally:
            sent.set()

    fault = fault_of_log(client_of(serve(flood).url))
    assert (fault.code, fault.fields["reason"]) == ("service_nonsense", "too_large")
    assert sent.wait(10)  # the client hung up


@pytest.mark.parametrize(
    ("status", "size"), [(200, MAX_PAGE_BYTES + 1), (400, MAX_PROBLEM_BYTES + 1)]
)
def test_a_body_of_one_byte_too_many_is_refused(
    serve: Serve, client_of: ClientOf, status: int, size: int
) -> None:
    fault = fault_of_log(client_of(serve(http(status, b" " * size)).url))
    assert fault.fields["reason"] == "too_large"


def test_a_compressed_body_is_refused_unread(serve: Serve, client_of: ClientOf) -> None:
    reply = http(200, b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    fault = fault_of_log(client_of(serve(reply).url))
    assert (fault.code, fault.fields["reason"]) == ("service_nonsense", "encoding")


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


def test_an_address_that_no_client_can_use_is_told(client_of: ClientOf) -> None:
    with pytest.raises(SyncFaultError) as caught:
        ServiceClient(ServiceAddress("https://xn--zzzzzzzz\u2100.example", loopback=False))
    assert caught.value.code == "url_invalid"


@pytest.mark.parametrize(
    "answer",
    [
        {"token": TOKEN, "organisation": {"id": "o1", "name": "Org"}, "bench_id": "another"},
        {"token": "short", "organisation": {"id": "o1", "name": "Org"}, "bench_id": str(BENCH)},
        {
            "token": TOKEN + "\r\nX: y",
            "organisation": {"id": "o1", "name": "Org"},
            "bench_id": str(BENCH),
        },
        {"token": TOKEN, "organisation": {"id": "", "name": "Org"}, "bench_id": str(BENCH)},
        {"token": TOKEN, "organisation": None, "bench_id": str(BENCH)},
    ],
)
def test_an_enrolment_that_cannot_be_true_gives_no_token(
    serve: Serve, client_of: ClientOf, answer: object
) -> None:
    client = client_of(serve(says(201, answer)).url, token="")
    with pytest.raises(SyncFaultError) as caught:
        client.enrol("code", bench_id=BENCH, name="Bench 1")
    assert caught.value.code == "service_nonsense"


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
