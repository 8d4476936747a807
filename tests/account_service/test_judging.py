"""What an entry may say."""

import msgspec
import pytest

from account_service.contract import SealedEntry
from account_service.services.judging import fault_of
from tests.account_service.journals import Journal


def judged(kind: str = "repair.noted", **other: object) -> str | None:
    return fault_of(msgspec.convert(Journal().entry(kind, **other), SealedEntry))


@pytest.mark.parametrize(
    "kind", ["repair.noted", "a.b", "part.fitted", "from_newer.bench_2.kind", "a." + "b" * 62]
)
def test_a_well_formed_kind_is_let_through_even_if_unknown(kind: str) -> None:
    assert judged(kind) is None


@pytest.mark.parametrize(
    "kind",
    ["", "repair", "Repair.opened", "repair.", ".opened", "repair..opened", "repair.öppnad",
     "repair.opened\n", "1.a", "a b.c", "a." + "b" * 63, "repair.opened; DROP TABLE entry"],
)  # fmt: skip
def test_a_misshapen_kind_is_a_fault(kind: str) -> None:
    assert judged(kind) == "kind_invalid"


@pytest.mark.parametrize(
    "subject", ["bench", "person:p-17", "stock:661-17578", "asset:Å 1:2", "esd-tester:x"]
)
def test_a_subject_is_a_type_and_perhaps_an_identifier(subject: str) -> None:
    assert judged(subject=subject) is None


@pytest.mark.parametrize(
    "subject", ["", "repair:", ":x", "Repair:x", "a:\x00", "a:b\n", "a:" + "x" * 201]
)
def test_a_misshapen_subject_is_a_fault(subject: str) -> None:
    assert judged(subject=subject) == "subject_invalid"


@pytest.mark.parametrize("actor", ["", "person:", "Anna", "\ufeffbench"])
def test_a_misshapen_actor_is_a_fault(actor: str) -> None:
    assert judged(actor=actor) == "actor_invalid"


@pytest.mark.parametrize(
    "instant",
    ["", "2026-03-02T07:05:09Z", "2026-03-02 07:05:09.000000Z", "2026-03-02T07:05:09.000000+00:00",
     "2026-02-30T07:05:09.000000Z", "2026-03-02T24:00:00.000000Z", "0000-03-02T07:05:09.000000Z",
     "2026-03-02T07:05:60.000000Z", "2026-03-02T07:05:09.000000Z\n", "٢٠٢٦-03-02T07:05:09.000000Z"],
)  # fmt: skip
def test_an_instant_that_does_not_exist_or_is_written_otherwise_is_a_fault(instant: str) -> None:
    assert judged(recorded_at=instant) == "recorded_at_invalid"


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z"])
def test_a_clock_that_is_far_off_is_no_fault(instant: str) -> None:
    assert judged(recorded_at=instant) is None


@pytest.mark.parametrize("schema", [0, -1, 2**31])
def test_a_schema_counts_from_one(schema: int) -> None:
    assert judged(schema=schema) == "schema_invalid"


@pytest.mark.parametrize(
    "identifier",
    ["", "1", "0193AA00-0000-7000-8000-000000000001", "0193aa00000070008000000000000001"],
)
def test_an_id_is_a_uuid_in_lower_case(identifier: str) -> None:
    assert judged(id=identifier) == "id_invalid"


@pytest.mark.parametrize("kind", ["repair.opened", "repair.status_changed", "repair.undone"])
def test_what_moves_a_repair_is_about_a_repair(kind: str) -> None:
    assert (
        judged(kind, subject="person:p-17", payload={"from": "a", "to": "b"}) == "payload_invalid"
    )


@pytest.mark.parametrize("status", [None, 1, True, "", ["opened"], "x" * 65, "a\nb"])
def test_a_transition_names_two_statuses(status: object) -> None:
    wrong = {"from": status, "to": "diagnosed"}, {"from": "opened", "to": status}
    for payload in wrong:
        assert judged("repair.status_changed", payload=payload) == "payload_invalid"
        undone = {"kind": "repair.status_changed", **payload}
        assert judged("repair.undone", payload=undone) == "payload_invalid"


def test_a_transition_without_its_from_is_a_fault() -> None:
    assert judged("repair.status_changed", payload={"to": "diagnosed"}) == "payload_invalid"


def test_taking_back_something_else_than_a_status_names_none() -> None:
    assert judged("repair.undone", payload={"kind": "part.fitted"}) is None
