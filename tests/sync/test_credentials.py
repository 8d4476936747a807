"""Enrolment keeps a token only where it belongs."""

import json
from collections.abc import Callable

import pytest

from app.sync.client import ServiceClient
from app.sync.credentials import (
    VAULT_NAME,
    connected,
    credentials_of,
    enrol,
    sign_out,
)
from app.sync.errors import SyncFaultError
from tests.sync.fakes import (
    BENCH,
    GENESIS,
    TOKEN,
    FakeVault,
    Server,
    log_page,
    says,
)

Serve = Callable[..., Server]


def welcome(organisation: str = "o1", token: str = TOKEN) -> dict[str, object]:
    return {
        "token": token,
        "organisation": {"id": organisation, "name": f"Name of {organisation}"},
        "bench_id": str(BENCH),
    }


@pytest.fixture
def vault() -> FakeVault:
    return FakeVault()


def test_an_enrolment_signs_the_bench_in(serve: Serve, vault: FakeVault) -> None:
    server = serve(says(201, welcome()))
    enrol(vault, server.url + "/", "  ABCD-EFGH \n", bench_id=BENCH, name=" Bänk 1 ")
    asked = server.requests[0]
    assert (asked.method, asked.path) == ("POST", "/v1/enrol")
    assert asked.json == {"code": "ABCD-EFGH", "bench_id": str(BENCH), "name": "Bänk 1"}
    assert "authorization" not in asked.headers
    server.reply = says(200, log_page([]))
    client = connected(vault)
    assert isinstance(client, ServiceClient)
    with client:
        client.log(after=0, chain=GENESIS, limit=1)
    assert server.requests[1].headers["authorization"] == f"Bearer {TOKEN}"


def test_a_bench_without_a_name_is_called_by_its_id(serve: Serve, vault: FakeVault) -> None:
    server = serve(says(201, welcome()))
    enrol(vault, server.url, "A", bench_id=BENCH, name=" ")
    assert server.requests[0].json["name"] == str(BENCH)


def test_a_token_is_never_shown(serve: Serve, vault: FakeVault) -> None:
    credentials = enrol(vault, serve(says(201, welcome())).url, "A", bench_id=BENCH, name="B")
    assert TOKEN not in repr(credentials)
    assert credentials.token == TOKEN


@pytest.mark.parametrize("code", ["code_unknown", "code_used", "code_expired"])
def test_a_code_that_opens_nothing_leaves_the_vault_as_it_was(
    serve: Serve, vault: FakeVault, code: str
) -> None:
    server = serve(says(201, welcome()))
    enrol(vault, server.url, "A", bench_id=BENCH, name="B")
    before = dict(vault.secrets)
    server.reply = says(403, {"code": code})
    with pytest.raises(SyncFaultError) as caught:
        enrol(vault, server.url, "A", bench_id=BENCH, name="B")
    assert caught.value.code == code
    assert vault.secrets == before


def test_too_many_attempts_tell_how_long_to_wait(serve: Serve, vault: FakeVault) -> None:
    reply = says(429, {"code": "too_many_attempts"}, {"Retry-After": "60"})
    with pytest.raises(SyncFaultError) as caught:
        enrol(vault, serve(reply).url, "A", bench_id=BENCH, name="B")
    assert (caught.value.code, caught.value.retry_after) == ("too_many_attempts", 60.0)


@pytest.mark.parametrize("code", ["", "  ", "a" * 201])
def test_what_is_no_code_is_not_sent(serve: Serve, vault: FakeVault, code: str) -> None:
    server = serve(says(201, welcome()))
    with pytest.raises(SyncFaultError) as caught:
        enrol(vault, server.url, code, bench_id=BENCH, name="B")
    assert caught.value.code == "code_unknown"
    assert server.requests == []


def test_a_code_is_never_sent_in_plain_to_another_machine(vault: FakeVault) -> None:
    with pytest.raises(SyncFaultError) as caught:
        enrol(vault, "http://bench.example.org", "A", bench_id=BENCH, name="B")
    assert caught.value.code == "tls_required"


def test_a_journal_never_reaches_another_organisation(serve: Serve, vault: FakeVault) -> None:
    server = serve(says(201, welcome("o1")))
    enrol(vault, server.url, "A", bench_id=BENCH, name="B")
    for signed_out in (False, True):
        if signed_out:
            sign_out(vault)
        server.reply = says(201, welcome("o2", "another-token-altogether"))
        with pytest.raises(SyncFaultError) as caught:
            enrol(vault, server.url, "A", bench_id=BENCH, name="B")
        assert caught.value.code == "other_organisation"
        assert caught.value.fields == {"organisation": "Name of o1"}
        assert "another-token" not in vault.secrets[VAULT_NAME]


def test_the_same_organisation_may_enrol_again(serve: Serve, vault: FakeVault) -> None:
    server = serve(says(201, welcome()))
    enrol(vault, server.url, "A", bench_id=BENCH, name="B")
    server.reply = says(201, welcome(token="another-token-altogether"))  # noqa: S106 - opens nothing
    enrol(vault, server.url, "A", bench_id=BENCH, name="B")
    kept = credentials_of(vault)
    assert kept is not None
    assert kept.token == "another-token-altogether"  # noqa: S105 - opens nothing


def test_a_bench_that_signed_out_is_not_enrolled(serve: Serve, vault: FakeVault) -> None:
    enrol(vault, serve(says(201, welcome())).url, "A", bench_id=BENCH, name="B")
    sign_out(vault)
    assert credentials_of(vault) is None
    assert connected(vault) is None
    assert TOKEN not in vault.secrets[VAULT_NAME]


def test_a_bench_that_never_enrolled_has_nothing_to_sign_out_of(vault: FakeVault) -> None:
    sign_out(vault)
    assert vault.secrets == {}
    assert credentials_of(vault) is None


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "{",
        "[]",
        "\ud800",
        json.dumps({"url": "https://a.example"}),
        json.dumps(
            {
                "url": "https://a.example",
                "organisation_id": "o",
                "organisation_name": "O",
                "token": "a\r\nX: b",
            }
        ),
    ],
)
def test_an_unreadable_secret_is_no_enrolment(vault: FakeVault, secret: str) -> None:
    vault.set(VAULT_NAME, secret)
    assert credentials_of(vault) is None


def test_a_stored_url_is_checked_like_a_typed_one(vault: FakeVault) -> None:
    kept = {
        "url": "http://bench.example.org",
        "organisation_id": "o",
        "organisation_name": "O",
        "token": TOKEN,
    }
    vault.set(VAULT_NAME, json.dumps(kept))
    with pytest.raises(SyncFaultError) as caught:
        connected(vault)
    assert caught.value.code == "tls_required"
