"""The service over HTTP: a real process, real sockets."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from account_service.contract import MAX_ENTRIES, MAX_PUSH_BYTES
from tests.account_service.conftest import HttpBench
from tests.account_service.journals import Journal, chain_after
from tests.fixtures_service import RunningService

SQL = "'; DROP TABLE entry; --"


def problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/json"
    return answer.status_code, answer.json()["code"]


def test_the_service_says_that_it_is_there(client: httpx.Client) -> None:
    answer = client.get("/v1/health")
    assert answer.json()["status"] == "ok"
    assert set(answer.json()) == {"status", "version"}


def test_two_benches_pull_each_others_entries(
    service: RunningService, client: httpx.Client
) -> None:
    organisation = service.organisation()
    one, two = HttpBench(service, organisation, client), HttpBench(service, organisation, client)
    assert one.enrol().status_code == two.enrol().status_code == 201
    first, second = one.journal.opened(), two.journal.entry()
    pushed = one.push(first)
    assert pushed.status_code == 200
    assert pushed.json()["outcomes"] == [
        {
            "id": first["id"],
            "seq": 1,
            "outcome": "accepted",
            "revision": 1,
            "code": None,
            "stored": None,
        }
    ]
    assert two.push(second).json()["revision"] == 2
    page = one.pull().json()
    assert page == two.pull().json()
    assert [item["entry"] for item in page["items"]] == [first, second]
    assert page["chain"] == chain_after(chain_after("0" * 64, page["items"][0]), page["items"][1])
    assert one.pull(after=2, chain=page["chain"]).json()["items"] == []


def test_an_enrolment_answers_with_the_organisation_and_the_bench(
    service: RunningService, client: httpx.Client
) -> None:
    organisation = service.organisation("Åsö skola")
    bench = HttpBench(service, organisation, client)
    answer = bench.enrol().json()
    assert answer["organisation"] == {"id": organisation, "name": "Åsö skola"}
    assert answer["bench_id"] == bench.journal.bench_id
    assert set(answer) == {"token", "organisation", "bench_id"}


def test_conflicts_carry_what_the_bench_needs(http_bench: HttpBench) -> None:
    entries = http_bench.journal.entries(3)
    http_bench.push(entries[0])
    gap = http_bench.push(entries[2])
    assert (gap.status_code, gap.json()) == (409, {"code": "gap", "expected_seq": 2})
    clone = Journal(http_bench.journal.bench_id)
    fork = http_bench.push(clone.entry())
    assert (fork.status_code, fork.json()) == (409, {"code": "device_forked", "seq": 1})
    wrong = http_bench.push({**entries[1], "hash": "a" * 64})
    assert (wrong.status_code, wrong.json()) == (409, {"code": "hash_mismatch", "seq": 2})
    other = http_bench.push(Journal().entry())
    assert problem(other) == (403, "bench_mismatch")
    restored = http_bench.pull(after=1, chain="a" * 64)
    assert problem(restored) == (410, "restored")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer x",
        "Basic eDp5",
        f"Bearer {'0' * 12}.{'a' * 43}",
        "Bearer " + SQL,
        "Bearer \xe5\xe4\xf6.\xff",
        "Bearer " + "x" * 8000,
    ],
)
def test_a_caller_without_a_known_token_is_not_let_in(client: httpx.Client, header: str) -> None:
    for method, path in (("GET", "/v1/log"), ("POST", "/v1/entries")):
        headers = {b"Authorization": header.encode("latin-1")} if header else {}
        answer = client.request(method, path, headers=headers)
        assert problem(answer) == (401, "token_unknown")
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_revoked_token_is_told_so(service: RunningService, http_bench: HttpBench) -> None:
    bench_id = http_bench.journal.bench_id
    assert service.command("bench", "revoke", http_bench.organisation_id, bench_id).returncode == 0
    assert problem(http_bench.push()) == (401, "token_revoked")
    assert problem(http_bench.pull()) == (401, "token_revoked")


def test_a_code_is_spent_by_the_first_bench(
    service: RunningService, http_bench: HttpBench, client: httpx.Client
) -> None:
    code = service.code(http_bench.organisation_id)
    assert http_bench.enrol(code).status_code == 201
    late = HttpBench(service, http_bench.organisation_id, client)
    assert problem(late.enrol(code)) == (403, "code_used")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'"entries"',
        b"{",
        b"\x00",
        b"\xff\xfe{\x00",
        b'{"entries":null}',
        b'{"entries":{}}',
        b'{"entries":[null]}',
        b'{"entries":[],"more":1}',
        b'{"entries":[[]]}',
        b'{"entries":[]}{}',
        b"\xef\xbb\xbf{}",
        b'{"entries":[' + b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"entries":[{"payload":' + b'{"a":' * 50_000,
        b"\x1f\x8b\x08\x00",
        b'{"entries":[{"kind":"\xff"}]}',
    ],
)
def test_a_body_that_is_no_batch_is_malformed(http_bench: HttpBench, body: bytes) -> None:
    status, code = problem(http_bench.post(body))
    assert status == 400
    assert code in {"malformed", "too_deep"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seq", 0),
        ("seq", -1),
        ("seq", 2**53),
        ("seq", "1"),
        ("seq", 1.0),
        ("seq", True),
        ("seq", None),
        ("seq", 10**400),
        ("hash", ""),
        ("hash", "A" * 64),
        ("hash", "a" * 63),
        ("hash", "a" * 64 + "\n"),
        ("hash", 1),
        ("payload", []),
        ("payload", None),
        ("kind", 1),
        ("kind", None),
        ("schema", "1"),
        ("schema", 1.5),
        ("recorded_at", 1),
        ("id", None),
        ("actor", {}),
        ("more", 1),
    ],
)
def test_a_field_of_the_wrong_type_is_malformed(
    http_bench: HttpBench, field: str, value: object
) -> None:
    answer = http_bench.push({**http_bench.journal.entry(), field: value})
    assert problem(answer) == (400, "malformed")


def test_a_problem_never_repeats_what_was_sent(http_bench: HttpBench) -> None:
    answer = http_bench.push({**http_bench.journal.entry(), "topsecret": "topsecret"})
    assert problem(answer) == (400, "malformed")
    assert "topsecret" not in answer.text


def test_a_missing_field_is_malformed(http_bench: HttpBench) -> None:
    whole = http_bench.journal.entry()
    for field in whole:
        part = {name: value for name, value in whole.items() if name != field}
        assert problem(http_bench.push(part)) == (400, "malformed")


@pytest.mark.parametrize("number", ["0.5", "1e3", "1.0", "-0.0", "9007199254740992", "1" * 400])
def test_a_number_that_has_no_canonical_form_is_refused(http_bench: HttpBench, number: str) -> None:
    entry = http_bench.journal.entry(payload={"n": 1})
    body = json.dumps({"entries": [entry]}).replace('"n": 1', f'"n": {number}')
    status, code = problem(http_bench.post(body.encode()))
    assert status == 400
    assert code in {"not_canonical", "malformed"}


def test_a_lone_surrogate_is_malformed(http_bench: HttpBench) -> None:
    body = json.dumps({"entries": [{**http_bench.journal.entry(), "kind": "\ud800"}]}).encode()
    assert problem(http_bench.post(body)) == (400, "malformed")


def test_an_entry_nested_too_deep_is_refused_with_its_seq(http_bench: HttpBench) -> None:
    payload: Any = 1
    for _ in range(8):
        payload = {"a": payload}
    answer = http_bench.push(http_bench.journal.entry(payload=payload))
    assert (answer.status_code, answer.json()) == (400, {"code": "too_deep", "seq": 1})


def test_an_entry_beyond_64_kib_is_too_large(http_bench: HttpBench) -> None:
    answer = http_bench.push(http_bench.journal.entry(payload={"a": "x" * 70_000}))
    assert (answer.status_code, answer.json()) == (413, {"code": "too_large", "seq": 1})


def test_a_batch_is_bounded_in_entries(http_bench: HttpBench) -> None:
    entries = http_bench.journal.entries(MAX_ENTRIES + 1, payload={})
    assert problem(http_bench.push(*entries)) == (400, "malformed")
    assert http_bench.push(*entries[:-1]).json()["revision"] == MAX_ENTRIES


def test_a_body_of_exactly_1_mib_is_read(http_bench: HttpBench) -> None:
    body = json.dumps({"entries": [http_bench.journal.entry()]}).encode()
    assert http_bench.post(body.ljust(MAX_PUSH_BYTES)).status_code == 200
    assert problem(http_bench.post(body.ljust(MAX_PUSH_BYTES + 1))) == (413, "body_too_large")


def test_a_body_that_does_not_tell_its_length_is_bounded_all_the_same(
    http_bench: HttpBench,
) -> None:
    def endless(count: int) -> Iterator[bytes]:
        for _ in range(count):
            yield b" " * 65_536

    headers = http_bench.headers
    answer = http_bench.client.post("/v1/entries", content=endless(100), headers=headers)
    assert problem(answer) == (413, "body_too_large")


def test_a_body_far_beyond_the_bound_is_cut_off(http_bench: HttpBench) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(2000):
            yield b" " * 65_536

    with pytest.raises(httpx.HTTPError):
        http_bench.client.post(
            "/v1/entries", content=endless(), headers=http_bench.headers
        ).raise_for_status()
    assert http_bench.client.get("/v1/health").status_code == 200


def test_a_stranger_cannot_make_the_service_read_a_large_body(client: httpx.Client) -> None:
    answer = client.post("/v1/entries", content=b" " * 100_000)
    assert problem(answer) == (401, "token_unknown")


def test_a_compressed_body_is_refused(http_bench: HttpBench) -> None:
    answer = http_bench.post(b"\x1f\x8b", **{"Content-Encoding": "gzip"})
    assert problem(answer) == (400, "encoding_unsupported")


@pytest.mark.parametrize(
    "query",
    [
        {"after": -1},
        {"after": "x"},
        {"after": 2**53},
        {"after": 10**30},
        {"after": 1.5},
        {"limit": 0},
        {"limit": 1001},
        {"limit": SQL},
        {"chain": ""},
        {"chain": "A" * 64},
        {"chain": "a" * 65},
        {"chain": "a" * 63 + "\n"},
        {"chain": SQL},
    ],
)
def test_a_query_out_of_bounds_is_malformed(http_bench: HttpBench, query: dict[str, Any]) -> None:
    assert problem(http_bench.pull(**query)) == (400, "malformed")


def test_text_that_looks_like_sql_is_text(http_bench: HttpBench) -> None:
    entry = http_bench.journal.entry(payload={SQL: SQL}, actor=f"person:{SQL}", subject=f"a:{SQL}")
    assert http_bench.push(entry).json()["outcomes"][0]["outcome"] == "accepted"
    assert http_bench.pull().json()["items"][0]["entry"] == entry


def test_paths_and_methods_that_are_not_there_answer_as_json(client: httpx.Client) -> None:
    assert problem(client.get("/v1/nothing")) == (404, "not_found")
    assert problem(client.get("/docs")) == (404, "not_found")
    assert problem(client.put("/v1/entries")) == (405, "method_not_allowed")
    assert problem(client.get("/v1/log/")) == (404, "not_found")


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b'{"code":1,"bench_id":"x","name":"n"}', b"\xff", b"[" * 4000],
)
def test_an_enrolment_that_cannot_be_read_is_malformed(
    own_service: RunningService, body: bytes
) -> None:
    answer = httpx.post(f"{own_service.url}/v1/enrol", content=body)
    assert problem(answer)[0] == 400


def test_failed_enrolments_are_limited_and_good_ones_are_not(own_service: RunningService) -> None:
    organisation = own_service.organisation()
    with httpx.Client(base_url=own_service.url) as client:
        bench = HttpBench(own_service, organisation, client)
        for _ in range(12):
            assert bench.enrol().status_code == 201
        codes = [bench.enrol("0" * 28).status_code for _ in range(11)]
        assert codes == [403] * 10 + [429]
        limited = bench.enrol()
        assert problem(limited) == (429, "too_many_attempts")
        assert 0 < int(limited.headers["retry-after"]) <= 60
        assert limited.json()["retry_after"] == int(limited.headers["retry-after"])


def test_an_enrolment_with_a_wrong_bench_id_or_name_is_malformed(
    own_service: RunningService,
) -> None:
    wrong = [("x", "n"), (str(uuid4()).upper(), "n"), (str(uuid4()), ""), (str(uuid4()), "n" * 101)]
    for bench_id, name in wrong:
        asked = {"code": "c", "bench_id": bench_id, "name": name}
        answer = httpx.post(f"{own_service.url}/v1/enrol", json=asked)
        assert problem(answer) == (400, "malformed")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300))
def test_no_bytes_bring_the_service_down(http_bench: HttpBench, body: bytes) -> None:
    answer = http_bench.post(body)
    assert answer.status_code == 400


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from(sorted(Journal().entry())), value=JSON)
def test_no_field_brings_the_service_down(http_bench: HttpBench, field: str, value: object) -> None:
    """Whatever stands in a field, the entry is stored, or refused with a code, and never lost."""
    bench = HttpBench(http_bench.service, http_bench.organisation_id, http_bench.client)
    bench.token, bench.journal = http_bench.token, Journal(http_bench.journal.bench_id)
    try:
        entry = {**bench.journal.entry(), field: value}
        body = json.dumps({"entries": [entry]}).encode()
    except UnicodeEncodeError:
        return
    answer = bench.post(body)
    assert answer.status_code in {200, 400, 403, 409, 413}
    if answer.status_code != 200:
        assert answer.json()["code"]


def test_the_log_of_the_service_says_nothing_of_what_it_was_sent(
    service: RunningService, http_bench: HttpBench
) -> None:
    http_bench.push(http_bench.journal.entry(payload={"text": "Skärmen flimrar"}))
    for secret in (http_bench.token, "flimrar", http_bench.journal.bench_id, "Traceback"):
        assert secret not in service.complaints()
