"""Whatever answers, the client tells a code, in bounded memory."""

import logging
import socket
import threading
from collections.abc import Callable

import pytest

from app.sync.address import ServiceAddress
from app.sync.client import MAX_PAGE_BYTES, ServiceClient
from app.sync.errors import SyncFaultError
from app.sync.transport import MAX_PROBLEM_BYTES
from tests.sync.fakes import (
    BENCH,
    GENESIS,
    TOKEN,
    Reply,
    Request,
    Server,
    http,
    journal,
    log_page,
    raw,
    says,
)
from tests.sync.told import fault_of_log, fault_of_push

Serve = Callable[..., Server]
ClientOf = Callable[..., ServiceClient]


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
        (says(403, {"code": "bench_mismatch", "seq": 1}), "bench_mismatch", {}),
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
