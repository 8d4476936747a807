"""Codes, tokens, and who may come in."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from account_service.contract import EnrolRequest
from account_service.errors import ForbiddenError, MalformedError, NotFoundError, NotSignedInError
from account_service.services import enrolling, organisations
from account_service.services.secrecy import (
    new_code,
    new_organisation_id,
    new_token,
    read_code,
    read_token,
)
from account_service.services.signing_in import caller_of
from account_service.store.benches import BenchRow
from account_service.store.database import Database
from tests.account_service.conftest import NOON, Bench

BENCH_ID = "0193aa00-0000-7000-8000-000000000001"
MINUTE = timedelta(minutes=1)


def issued(database: Database, organisation_id: str) -> str:
    return enrolling.issue_code(
        database, organisation_id, valid=MINUTE, now=NOON, random=secrets.token_bytes
    ).code


def asked(code: str) -> EnrolRequest:
    return EnrolRequest(code, BENCH_ID, "Bänk 1")


def test_a_code_becomes_a_token_that_is_recognised(
    database: Database, organisation_id: str
) -> None:
    code = issued(database, organisation_id)
    enrolled = enrolling.enrol(database, asked(code), now=NOON, random=secrets.token_bytes)
    assert (enrolled.organisation.id, enrolled.organisation.name) == (organisation_id, "Skolan")
    caller = caller_of(database, enrolled.token)
    assert (caller.organisation_id, caller.bench_id) == (organisation_id, BENCH_ID)


def test_a_code_is_heard_once(database: Database, organisation_id: str) -> None:
    code = issued(database, organisation_id)
    enrolling.enrol(database, asked(code), now=NOON, random=secrets.token_bytes)
    with pytest.raises(ForbiddenError, match="code_used"):
        enrolling.enrol(database, asked(code), now=NOON, random=secrets.token_bytes)


def test_a_code_ends(database: Database, organisation_id: str) -> None:
    code = issued(database, organisation_id)
    with pytest.raises(ForbiddenError, match="code_expired"):
        enrolling.enrol(database, asked(code), now=NOON + MINUTE, random=secrets.token_bytes)
    just = NOON + MINUTE - timedelta(microseconds=1)
    assert enrolling.enrol(database, asked(code), now=just, random=secrets.token_bytes).token


def test_a_code_that_was_never_given_out_is_unknown(
    database: Database, organisation_id: str
) -> None:
    stranger = new_code("0" * 12, secrets.token_bytes)
    for code in ("", "x", stranger, new_code(organisation_id, secrets.token_bytes)):
        with pytest.raises(ForbiddenError, match="code_unknown"):
            enrolling.enrol(database, asked(code), now=NOON, random=secrets.token_bytes)


def test_a_code_may_be_typed_as_people_type(database: Database, organisation_id: str) -> None:
    code = issued(database, organisation_id)
    typed = f"  {code.lower().replace('-', ' ').replace('0', 'O').replace('1', 'l')} "
    assert enrolling.enrol(database, asked(typed), now=NOON, random=secrets.token_bytes).token


def test_a_code_for_nobodys_organisation_is_not_made(database: Database) -> None:
    for organisation_id in ("0" * 12, "short"):
        with pytest.raises(NotFoundError, match="organisation_unknown"):
            issued(database, organisation_id)


def test_enrolling_again_ends_the_token_before(
    bench: Bench, enrol: Callable[..., Bench], database: Database
) -> None:
    again = enrol(journal=bench.journal)
    with pytest.raises(NotSignedInError, match="token_revoked"):
        caller_of(database, bench.enrolled.token)
    assert caller_of(database, again.enrolled.token).bench_id == bench.journal.bench_id


def test_a_revoked_bench_is_shut_out_until_it_gets_a_new_code(
    bench: Bench, enrol: Callable[..., Bench], database: Database, organisation_id: str
) -> None:
    def listed() -> list[BenchRow]:
        return enrolling.list_benches(database, organisation_id)

    enrolling.revoke(database, organisation_id, bench.journal.bench_id, NOON)
    with pytest.raises(NotSignedInError, match="token_revoked"):
        caller_of(database, bench.enrolled.token)
    assert [row.revoked_at for row in listed()] != [None]
    enrol(journal=bench.journal)
    assert [row.revoked_at for row in listed()] == [None]


def test_a_bench_that_is_not_there_cannot_be_revoked(
    database: Database, organisation_id: str
) -> None:
    with pytest.raises(NotFoundError, match="bench_unknown"):
        enrolling.revoke(database, organisation_id, BENCH_ID, NOON)


def test_a_token_of_another_organisation_is_unknown_there(
    bench: Bench, database: Database, other_organisation: str
) -> None:
    _, _, secret = bench.enrolled.token.partition(".")
    with pytest.raises(NotSignedInError, match="token_unknown"):
        caller_of(database, f"{other_organisation}.{secret}")


@pytest.mark.parametrize(
    "token", ["", ".", "x", "0" * 12, "0" * 12 + ".", "0" * 12 + ".å", "0" * 11 + ".abc"]
)
def test_what_is_no_token_is_unknown(database: Database, token: str) -> None:
    with pytest.raises(NotSignedInError, match="token_unknown"):
        caller_of(database, token)


def test_only_hashes_of_codes_and_tokens_reach_the_file(
    database: Database, organisation_id: str, tmp_path: Path
) -> None:
    code = issued(database, organisation_id)
    enrolled = enrolling.enrol(database, asked(code), now=NOON, random=secrets.token_bytes)
    database.close()
    raw = (tmp_path / "account.db").read_bytes()
    assert organisation_id.encode() in raw
    assert enrolled.token.partition(".")[2].encode() not in raw
    assert code.lower().replace("-", "")[12:].encode() not in raw.lower()


def test_a_token_has_256_random_bits() -> None:
    token = new_token("0" * 12, lambda count: bytes(range(count)))
    assert token == "0" * 12 + ".AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
    assert read_token(token) is not None


def test_a_code_shows_its_organisation_and_80_bits_in_groups_of_four() -> None:
    code = new_code("abcdefgh1234", lambda count: bytes(range(count)))
    assert code == "ABCD-EFGH-1234-0123-4567-89AB-CDEF"
    read = read_code(code)
    assert read is not None
    assert read[0] == "abcdefgh1234"


def test_an_organisations_id_reads_as_itself() -> None:
    for _ in range(100):
        organisation_id = new_organisation_id(secrets.token_bytes)
        read = read_code(new_code(organisation_id, secrets.token_bytes))
        assert read is not None
        assert read[0] == organisation_id


def test_making_up_a_token_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a token"):
        enrolling.token_hash("nonsense")


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\nb", "a\x00b"])
def test_an_organisation_has_a_printable_name(database: Database, name: str) -> None:
    with pytest.raises(MalformedError, match="name_invalid"):
        organisations.add(database, name, now=NOON, random=secrets.token_bytes)


def test_an_organisation_is_found_by_id_by_name_or_by_being_the_only_one(
    database: Database, organisation_id: str
) -> None:
    for wanted in (organisation_id, organisation_id.upper(), "Skolan", None):
        assert organisations.named(database, wanted).organisation_id == organisation_id
    with pytest.raises(NotFoundError, match="organisation_unknown"):
        organisations.named(database, "Grannen")


def test_of_several_organisations_one_must_be_named(
    database: Database, organisation_id: str, other_organisation: str
) -> None:
    with pytest.raises(NotFoundError, match="organisation_ambiguous"):
        organisations.named(database, None)
    organisations.add(database, "Skolan", now=NOON, random=secrets.token_bytes)
    with pytest.raises(NotFoundError, match="organisation_ambiguous"):
        organisations.named(database, "Skolan")
    assert organisations.named(database, "Grannen").organisation_id == other_organisation
