"""`journal verify`: a change of anything in any entry is named; so is an end that was cut off."""

import os
import tracemalloc
from uuid import UUID

import pytest

from app.data.store import LocalStore
from app.domain.journal import Draft, Json

TEN = 10


@pytest.fixture
def journal(store: LocalStore) -> LocalStore:
    """A store with ten entries."""
    with store.writing() as transaction:
        for number in range(TEN):
            payload: dict[str, Json] = {
                "text": f"note {number}",
                "n": number,
                "deep": {"a": [1, None, True]},
            }
            transaction.append(Draft("repair.noted", f"repair:r{number % 2}", "bench", payload))
    return store


def tamper(store: LocalStore, statement: str, *values: object) -> None:
    """Change the database behind the program's back."""
    store.database.bare.execute("PRAGMA foreign_keys = OFF")
    store.database.bare.execute(statement, values)
    store.database.bare.execute("PRAGMA foreign_keys = ON")


def fault(store: LocalStore) -> tuple[UUID, int, str] | None:
    told = store.verify().first_fault
    return None if told is None else (told.bench_id, told.seq, told.code)


def test_an_untouched_journal_is_proved(journal: LocalStore) -> None:
    told = journal.verify()
    assert (told.entries, told.benches, told.first_fault, told.verified) == (TEN, 1, None, True)


def test_an_empty_journal_is_proved(store: LocalStore) -> None:
    told = store.verify()
    assert (told.entries, told.benches, told.verified) == (0, 1, True)


CHANGES: list[tuple[str, str, str]] = [
    ("kind", "'repair.nooed'", "changed"),
    ("subject", "'repair:r9'", "changed"),
    ("actor", "'bencj'", "changed"),
    ("recorded_at", "recorded_at + 1", "changed"),
    ("schema", "2", "changed"),
    ("schema", "9007199254740993", "unreadable"),
    ("payload", "replace(payload, 'note', 'nope')", "changed"),
    ("payload", "payload || ' '", "changed"),
    ("payload", "'[1]'", "unreadable"),
    ("payload", "'{'", "unreadable"),
    ("payload", "'{\"n\":1.5}'", "unreadable"),
    ("payload", "CAST(x'7b2261223a22ff227d' AS TEXT)", "unreadable"),
    ("payload", "replace(hex(zeroblob(3000)), '0', '[')", "unreadable"),
    ("kind", "CAST(x'ff' AS TEXT)", "unreadable"),
    ("hash", "zeroblob(32)", "changed"),
    ("hash", "zeroblob(31)", "changed"),
    ("id", "zeroblob(16)", "changed"),
    ("id", "zeroblob(15)", "unreadable"),
    ("recorded_at", "9223372036854775807", "unreadable"),
    ("revision", "5", "changed"),
    ("former_revision", "5", "changed"),
    ("outcome", "'rejected'", "changed"),
    ("outcome", "CAST(x'ff' AS TEXT)", "changed"),
    ("outcome_code", "'x'", "changed"),
    ("answer_seal", "zeroblob(32)", "changed"),
    ("arrival_digest", "zeroblob(32)", "changed"),
]


@pytest.mark.parametrize("seq", [1, 5, TEN])
@pytest.mark.parametrize(("column", "value", "code"), CHANGES)
def test_a_changed_entry_is_named(
    journal: LocalStore, column: str, value: str, code: str, seq: int
) -> None:
    tamper(journal, f"UPDATE entries SET {column} = {value} WHERE seq = ?", seq)  # noqa: S608 - our own
    assert fault(journal) == (journal.bench_id, seq, code)


def test_any_one_byte_of_any_entry_is_named(journal: LocalStore) -> None:
    """Every byte of every column, each once, changed by one bit."""
    read = journal.database.bare.execute
    columns = ("kind", "subject", "actor", "payload", "hash", "id")
    for column in columns:
        kind = "BLOB" if column in {"hash", "id"} else "TEXT"
        select = f"SELECT CAST({column} AS BLOB) FROM entries WHERE seq = 4"  # noqa: S608 - our own
        (found,) = read(select).fetchall()
        (raw,) = found
        for place in range(len(raw)):
            changed = bytearray(raw)
            changed[place] ^= 1 << place % 8
            update = f"UPDATE entries SET {column} = CAST(? AS {kind}) WHERE seq = 4"  # noqa: S608 - our own
            tamper(journal, update, bytes(changed))
            told = fault(journal)
            assert told is not None, (column, place)
            assert told[1] == 4, (column, place)
            tamper(journal, update, raw)
    assert fault(journal) is None


def test_an_entry_that_was_taken_out_is_missing(journal: LocalStore) -> None:
    tamper(journal, "DELETE FROM entries WHERE seq = 4")
    assert fault(journal) == (journal.bench_id, 4, "missing")


def test_entries_cut_off_the_end_are_missing(journal: LocalStore) -> None:
    tamper(journal, "DELETE FROM entries WHERE seq > 7")
    assert fault(journal) == (journal.bench_id, 8, "missing")
    tamper(journal, "DELETE FROM entries")
    assert fault(journal) == (journal.bench_id, 1, "missing")


def test_an_entry_that_was_moved_is_missing_where_it_was(journal: LocalStore) -> None:
    tamper(journal, "UPDATE entries SET seq = 99 WHERE seq = 10")
    assert fault(journal) == (journal.bench_id, 10, "missing")


def test_an_entry_given_to_another_bench_is_missing(journal: LocalStore) -> None:
    tamper(journal, "UPDATE entries SET bench = 2 WHERE seq = 3")
    assert fault(journal) == (journal.bench_id, 3, "missing")


def test_a_changed_head_is_told(journal: LocalStore) -> None:
    tamper(journal, "UPDATE benches SET head_hash = zeroblob(32)")
    assert fault(journal) == (journal.bench_id, TEN, "changed")


def test_an_entry_added_behind_the_head_is_told(journal: LocalStore) -> None:
    tamper(journal, "UPDATE benches SET head_seq = 9")
    assert fault(journal) == (journal.bench_id, TEN, "changed")


def test_a_changed_bench_id_breaks_its_chain(journal: LocalStore) -> None:
    tamper(journal, "UPDATE benches SET bench_id = zeroblob(16)")
    assert fault(journal) == (UUID(int=0), 1, "changed")
    tamper(journal, "UPDATE benches SET bench_id = zeroblob(15)")
    told = journal.verify().first_fault
    assert told is not None
    assert told.seq == 1


def test_the_code_of_a_report_finds_its_entry(journal: LocalStore) -> None:
    with journal.reading() as reader:
        head = reader.head()
    assert head is not None
    bench = journal.bench_id

    def found(code: str) -> str | None:
        told = journal.look_up(code)
        return told and told.found

    assert found(f"RBJ1:{bench}:{head.seq}:{head.hash}") == "found"
    assert found(f" RBJ1:{bench}:{head.seq}:{head.hash}\n") == "found"
    assert found(f"RBJ1:{bench}:{head.seq}:{'0' * 64}") == "other_hash"
    assert found(f"RBJ1:{bench}:99:{head.hash}") == "missing"
    assert found(f"RBJ1:{UUID(int=4)}:1:{head.hash}") == "missing"
    for nonsense in ("", "RBJ1", f"RBJ2:{bench}:1:00", "RBJ1:x:1:00", f"RBJ1:{bench}:0:00"):
        assert journal.look_up(nonsense) is None


def test_read_models_made_again_are_equal(journal: LocalStore) -> None:
    with journal.writing() as transaction:
        opened = {"number": "7", "serial": "C02XK0ABJGH5"}
        transaction.append(Draft("repair.opened", "repair:r7", "person:anna", dict(opened)))
        measured = {"channel": "wrist", "verdict": "fail_high"}
        transaction.append(Draft("esd.measured", "person:anna", "bench", dict(measured)))
        transaction.append(Draft("badge.read", "person:anna", "bench", {}))
    told = journal.rebuild()
    assert told.equal
    assert told.subjects == 4
    assert not (journal.path.parent / "backups").exists()


MENDED: list[tuple[str, tuple[str, str, str]]] = [
    ("UPDATE repairs SET is_open = 0 WHERE id = 'r1'", ("repairs", "r1", "changed")),
    (
        "DELETE FROM repair_conflicts WHERE repair = 'r1' AND place = 0",
        ("repair_conflicts", "r1:0", "missing"),
    ),
    ("INSERT INTO repair_notes VALUES ('r1', 99, 'x')", ("repair_notes", "r1:99", "extra")),
    ("UPDATE repairs SET step = 'nonsense' WHERE id = 'r0'", ("repairs", "r0", "changed")),
]


@pytest.mark.parametrize(("statement", "difference"), MENDED)
def test_a_read_model_that_differs_is_told_and_mended_after_a_backup(
    journal: LocalStore, statement: str, difference: tuple[str, str, str]
) -> None:
    tamper(journal, statement)
    told = journal.rebuild()
    assert [(one.table, one.key, one.code) for one in told.differences] == [difference]
    assert len(list((journal.path.parent / "backups").glob("before-rebuild-*.db"))) == 1
    assert journal.rebuild().equal


def test_many_entries_are_proved_in_bounded_memory(store: LocalStore) -> None:
    """100,000 with REPAIR_BENCH_FAULT_ROUNDS=50 or more; all at once would be some 2 KB each."""
    total = min(100_000, 2_000 * max(5, int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "5"))))
    with store.writing() as transaction:
        for number in range(total):
            transaction.append(Draft("scan.read", "bench", "bench", {"n": number}))
    tracemalloc.start()
    try:
        told = store.verify()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (told.entries, told.verified) == (total, True)
    assert peak < 4 * 1024 * 1024
