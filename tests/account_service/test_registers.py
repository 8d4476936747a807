"""Rows that come down."""

from collections.abc import Callable
from typing import Any

import pytest

from account_service.contract import RegisterRow
from account_service.errors import NotFoundError, TooLargeError
from account_service.services.registers import MAX_ROWS, RowsPut, fault_of, put_rows
from account_service.store.database import Database
from tests.account_service.conftest import Bench

Put = Callable[..., RowsPut]


def rows_of(bench: Bench) -> list[tuple[str, str, Any]]:
    rows = [item["row"] for item in bench.pull_all()]
    return [(row["register"], row["key"], row["value"]) for row in rows]


def test_rows_come_down_in_the_order_they_were_put(bench: Bench, put: Put) -> None:
    rows: list[tuple[str, str, Any]] = [
        ("people", "p2", {"name": "Åsa"}),
        ("assets", "A1", {"model": None}),
        ("people", "p1", {}),
    ]
    assert put(*rows) == RowsPut(3, 0, 0)
    assert rows_of(bench) == rows


def test_an_unchanged_row_gets_no_new_revision(bench: Bench, put: Put) -> None:
    row = ("assets", "A1", {"model": "MacBook Pro", "year": 2024})
    put(row)
    assert put(("assets", "A1", {"year": 2024, "model": "MacBook Pro"})) == RowsPut(0, 0, 1)
    assert rows_of(bench) == [row]


def test_a_changed_row_comes_down_again(bench: Bench, put: Put) -> None:
    put(("assets", "A1", {"a": 1}))
    assert put(("assets", "A1", {"a": 2})) == RowsPut(0, 1, 0)
    assert put(("assets", "A1", {"a": 1})) == RowsPut(0, 1, 0)
    assert [value for _, _, value in rows_of(bench)] == [{"a": 1}, {"a": 2}, {"a": 1}]


def test_a_tombstone_takes_a_row_away_once(bench: Bench, put: Put) -> None:
    put(("assets", "A1", {"a": 1}))
    assert put(("assets", "A1", None)) == RowsPut(0, 1, 0)
    assert put(("assets", "A1", None), ("assets", "never", None)) == RowsPut(0, 0, 2)
    assert put(("assets", "A1", {"a": 1})) == RowsPut(0, 1, 0)
    assert [value for _, _, value in rows_of(bench)] == [{"a": 1}, None, {"a": 1}]


def test_a_row_twice_in_a_batch_is_put_twice_and_stands_as_the_last(bench: Bench, put: Put) -> None:
    assert put(("assets", "A1", {"a": 1}), ("assets", "A1", {"a": 2})) == RowsPut(1, 1, 0)
    assert put(("assets", "A1", {"a": 2})) == RowsPut(0, 0, 1)
    assert len(rows_of(bench)) == 2


def test_the_same_key_in_two_registers_is_two_rows(bench: Bench, put: Put) -> None:
    assert put(("assets", "1", {}), ("lots", "1", {})) == RowsPut(2, 0, 0)


def test_a_batch_is_bounded(database: Database, organisation_id: str) -> None:
    rows = [RegisterRow("assets", str(number), {}) for number in range(MAX_ROWS + 1)]
    with pytest.raises(TooLargeError, match="too_many_rows"):
        put_rows(database, organisation_id, rows)
    assert put_rows(database, organisation_id, rows[:-1]) == RowsPut(MAX_ROWS, 0, 0)


def test_nobodys_rows_are_not_put(database: Database) -> None:
    with pytest.raises(NotFoundError):
        put_rows(database, "0" * 12, [])


@pytest.mark.parametrize(
    ("register", "key", "value", "code"),
    [
        ("assets", "A1", {"a": 1}, None),
        ("assets", "A1", None, None),
        ("nothing", "A1", {}, "register_unknown"),
        ("assets", "", {}, "key_invalid"),
        ("assets", "x" * 201, {}, "key_invalid"),
        ("assets", "a\nb", {}, "key_invalid"),
        ("assets", "A1", {"a": 0.5}, "not_canonical"),
        ("assets", "A1", {"a": "x" * 70_000}, "too_large"),
        ("assets", "A1", {"a": [[[[[[[1]]]]]]]}, "too_deep"),
    ],
)
def test_a_row_is_judged_before_it_is_put(
    register: str, key: str, value: dict[str, Any] | None, code: str | None
) -> None:
    assert fault_of(register, key, value) == code
