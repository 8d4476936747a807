"""Files of rows, good and bad."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from account_service.errors import MalformedError
from account_service.services.importing import (
    MAX_LINE,
    Imported,
    Refused,
    csv_rows,
    import_rows,
    json_lines,
)
from account_service.services.registers import MAX_ROWS
from account_service.store.database import Database
from tests.account_service.conftest import Bench


@dataclass
class Importing:
    database: Database
    organisation_id: str
    path: Path

    def csv(self, content: bytes) -> Imported:
        self.path.write_bytes(content)
        source = csv_rows(self.path, "assets", "serial")
        return import_rows(self.database, self.organisation_id, source)

    def lines(self, *lines: bytes) -> Imported:
        self.path.write_bytes(b"\n".join(lines))
        return import_rows(self.database, self.organisation_id, json_lines(self.path))


@pytest.fixture
def importing(database: Database, organisation_id: str, tmp_path: Path) -> Importing:
    return Importing(database, organisation_id, tmp_path / "rows")


def line(**row: object) -> bytes:
    return json.dumps(row).encode()


def test_a_csv_files_cells_become_the_members_of_its_rows(
    importing: Importing, bench: Bench
) -> None:
    text = '\ufeffserial,model, holder ,\r\nC02X,"MacBook Pro, 14""", \r\n\r\nC03Å,,Åsa,x\r\n'
    assert importing.csv(text.encode()) == Imported(2, 2, 0, 0, 0, [])
    assert [item["row"]["value"] for item in bench.pull_all()] == [
        {"serial": "C02X", "model": 'MacBook Pro, 14"'},
        {"serial": "C03Å", "holder": "Åsa"},
    ]
    assert [item["row"]["key"] for item in bench.pull_all()] == ["C02X", "C03Å"]


def test_an_import_again_changes_only_what_changed(importing: Importing) -> None:
    importing.csv(b"serial,model\nA,1\nB,2\n")
    assert importing.csv(b"serial,model\nA,1\nB,3\nC,4\n") == Imported(3, 1, 1, 1, 0, [])


def test_of_rows_with_the_same_key_the_first_counts(importing: Importing, bench: Bench) -> None:
    done = importing.csv(b"serial,model\nA,1\nA,2\nA,1\n")
    assert (done.read, done.accepted, done.duplicates) == (3, 1, 2)
    assert [item["row"]["value"]["model"] for item in bench.pull_all()] == ["1"]


def test_a_row_without_a_key_or_with_too_many_cells_is_refused_by_its_number(
    importing: Importing,
) -> None:
    done = importing.csv(b"serial,model\n ,1\nA,2,3\nB,4\n")
    assert (done.read, done.accepted) == (3, 1)
    assert done.refused == [
        Refused(2, "serial", "key_invalid", ""),
        Refused(3, None, "too_many_cells", "3"),
    ]


@pytest.mark.parametrize("header", [b"", b"model,holder\n", b"serial,serial\n", b"serial,a,a\n"])
def test_a_csv_file_must_name_its_key_and_no_column_twice(
    importing: Importing, header: bytes
) -> None:
    with pytest.raises(MalformedError, match="column_missing"):
        importing.csv(header + b"A,1,2\n")


@pytest.mark.parametrize(
    "content", [b"serial\nA\n\xff\n", b'serial\nA\n"open', b"serial\nA\n" + b"x" * 200_000]
)
def test_of_a_file_that_cannot_be_read_to_its_end_nothing_is_stored(
    importing: Importing, bench: Bench, content: bytes
) -> None:
    with pytest.raises(MalformedError, match="file_unreadable"):
        importing.csv(content)
    assert bench.pull_all() == []


def test_a_file_that_is_not_there_is_unreadable(database: Database, organisation_id: str) -> None:
    nowhere = Path("nowhere")
    for source in (csv_rows(nowhere, "assets", "serial"), json_lines(nowhere)):
        with pytest.raises(MalformedError, match="file_unreadable"):
            import_rows(database, organisation_id, source)


def test_json_lines_put_rows_of_any_register(importing: Importing, bench: Bench) -> None:
    done = importing.lines(
        line(register="lots", key="L1", value={"count": 3}),
        b"",
        line(register="people", key="p1", value=None),
        line(register="lots", key="L1", value={"count": 3}),
    )
    assert (done.read, done.accepted, done.unchanged, done.duplicates) == (3, 1, 1, 1)
    assert [item["row"]["key"] for item in bench.pull_all()] == ["L1"]


def test_a_bad_line_is_refused_by_its_number_and_the_others_are_stored(
    importing: Importing,
) -> None:
    done = importing.lines(
        line(register="lots", key="L1", value={}),
        b"not JSON",
        b'{"register":"lots","key":"\xff","value":null}',
        b'{"register":"lots","key":"a","value":' + b'{"a":' * 5000,
        line(register="lots", key="L2", value={}, more=1),
        line(register="nothing", key="L3", value={}),
        line(register="lots", key="", value={}),
        line(register="lots", key="L4", value={"a": 0.5}),
        b"x" * (MAX_LINE + 1),
        b"y" * (3 * MAX_LINE),
        line(register="lots", key="L5", value={}),
    )
    assert (done.read, done.accepted) == (11, 2)
    assert [(row.row, row.column, row.code) for row in done.refused] == [
        (2, None, "malformed"),
        (3, None, "malformed"),
        (4, None, "malformed"),
        (5, None, "malformed"),
        (6, "register", "register_unknown"),
        (7, "key", "key_invalid"),
        (8, None, "not_canonical"),
        (9, None, "too_large"),
        (10, None, "too_large"),
    ]
    assert done.refused[0].value == "not JSON"
    assert max(len(row.value) for row in done.refused) <= 80


def test_a_long_file_is_stored_in_parts(importing: Importing, bench: Bench) -> None:
    count = 2 * MAX_ROWS + 1
    lines = [line(register="assets", key=str(number), value={}) for number in range(count)]
    assert importing.lines(*lines).accepted == count
    assert len(bench.pull_all()) == count
