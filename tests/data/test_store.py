"""The store as the use cases see it: one durable transaction, and what can be asked of it."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest

from app.data import driver
from app.data.opening import create_store, open_store
from app.data.store import LocalStore
from app.domain.frames import DeviceRole, Frame, FrameFault
from app.domain.journal import Draft, Entry, EntryInvalidError, first_fault
from app.domain.repairs import Step
from app.services.ports import StoreFaultError, Transaction
from tests.fixtures_store import NOON, STORE_KEY, CountedIds, SteppingClock

OPENED = Draft(
    "repair.opened", "repair:r1", "person:anna", {"number": "7", "serial": "C02XK0ABJGH5"}
)


class UnwantedError(Exception):
    """What a test throws into a transaction."""


def moved(source: Step, target: Step) -> Draft:
    return Draft(
        "repair.status_changed",
        "repair:r1",
        "person:anna",
        {"from": source.value, "to": target.value},
    )


def fitted(kgb: str, repair: str = "r1") -> Draft:
    payload = {
        "part_number": "661-17578",
        "kgb": kgb,
        "kbb": "F5D0",
        "order": "PO-1",
        "delivery": "DN",
    }
    return Draft("part.fitted", f"repair:{repair}", "person:anna", dict(payload))


def append(store: LocalStore, *drafts: Draft) -> list[Entry]:
    with store.writing() as transaction:
        return [transaction.append(draft) for draft in drafts]


def test_entries_get_gapless_places_and_chain_from_the_first(store: LocalStore) -> None:
    written = append(store, OPENED) + append(store, fitted("KGB1"), fitted("KGB2"))
    assert [entry.seq for entry in written] == [1, 2, 3]
    assert first_fault(written) is None
    with store.reading() as reader:
        assert reader.timeline("repair:r1") == tuple(written)
        assert reader.head() == written[-1]
        assert reader.entry(written[1].id) == written[1]
        bench_id = reader.bench_id
    assert bench_id == store.bench_id == written[0].bench_id


def test_a_new_store_has_no_head_and_nothing_to_push(store: LocalStore) -> None:
    with store.reading() as reader:
        assert reader.head() is None
        assert reader.entry(UUID(int=1)) is None
        assert reader.timeline("repair:r1") == ()
        state = reader.sync_state()
    assert (state.enrolled, state.waiting, state.rejected, state.revision) == (False, 0, 0, 0)
    assert state.chain == "0" * 64


def test_a_repair_is_folded_in_the_transaction_that_writes_its_entries(store: LocalStore) -> None:
    drafts = (OPENED, moved(Step.OPENED, Step.DIAGNOSED), fitted("KGB1"), fitted("KGB2"))
    with store.writing() as transaction:
        for draft in drafts:
            transaction.append(draft)
        repair = transaction.repair("r1")
    assert repair is not None
    assert (repair.step, repair.number, repair.technician_id) == (Step.DIAGNOSED, "7", "anna")
    assert [part.kgb for part in repair.parts] == ["KGB1", "KGB2"]
    with store.reading() as reader:
        assert reader.repair("r1") == repair
        assert reader.repair_by_number("7") == repair
        assert reader.repair_holding("KGB2") == repair
        assert reader.open_repairs() == (repair,)
        assert reader.open_repairs("C02XK0ABJGH5") == (repair,)
        assert reader.open_repairs("C02XK0ABJGH6") == ()
        assert reader.repair("r2") is reader.repair_by_number("8") is None
        assert reader.repair_holding("KGB3") is None


def test_every_field_of_a_repair_comes_back_as_it_was_folded(store: LocalStore) -> None:
    def of(kind: str, **payload: str) -> Draft:
        return Draft(kind, "repair:r1", "person:anna", dict(payload))

    (opened,) = append(store, OPENED)
    append(
        store,
        of("repair.symptom_recorded", symptom="D01"),
        of("repair.diagnosis_recorded", diagnosis="skärmen är sprucken"),
        of("repair.noted", text="rad 1\nrad 2 \u2028 \U0001f527"),
        of("repair.noted", text="nul \x00 inside, \"quoted\" and 'single'"),
        fitted("KGB1"),
        fitted("KGB1"),
        of("repair.signed", person="anna", content_hash="ab" * 32),
        of("report.made", sha256="cd" * 32),
    )
    with store.reading() as reader:
        repair = reader.repair("r1")
    assert repair is not None
    assert repair.symptom == "D01"
    assert repair.diagnosis == "skärmen är sprucken"
    assert repair.notes == (
        "rad 1\nrad 2 \u2028 \U0001f527",
        "nul \x00 inside, \"quoted\" and 'single'",
    )
    assert [one.code for one in repair.conflicts] == ["part_claimed_twice"]
    assert repair.signature is not None
    assert (repair.signature.person_id, repair.signature.at) == ("anna", NOON)
    assert repair.report_hash == "cd" * 32
    assert repair.history[0].entry_id == str(opened.id)


def test_undo_takes_a_part_from_the_middle(store: LocalStore) -> None:
    _, first, _ = append(store, OPENED, fitted("KGB1"), fitted("KGB2"))
    append(
        store,
        Draft(
            "repair.undone",
            "repair:r1",
            "person:anna",
            {"kind": "part.fitted", "entry": str(first.id)},
        ),
    )
    with store.reading() as reader:
        repair = reader.repair("r1")
        assert repair is not None
        assert [part.kgb for part in repair.parts] == ["KGB2"]
        assert reader.repair_holding("KGB1") is None


def test_a_finished_repair_is_no_longer_open(store: LocalStore) -> None:
    append(store, OPENED, moved(Step.OPENED, Step.CANCELLED))
    with store.reading() as reader:
        assert reader.open_repairs() == reader.open_repairs("C02XK0ABJGH5") == ()


def test_open_repairs_come_oldest_first(store: LocalStore, store_clock: SteppingClock) -> None:
    for name in ("b", "a", "c"):
        store_clock.moment = store_clock.moment.replace(minute=store_clock.moment.minute + 1)
        payload = {"number": name, "serial": "C02XK0ABJGH5"}
        append(store, Draft("repair.opened", f"repair:{name}", "person:anna", dict(payload)))
    with store.reading() as reader:
        assert [repair.id for repair in reader.open_repairs()] == ["b", "a", "c"]
        assert [repair.id for repair in reader.open_repairs("C02XK0ABJGH5")] == ["b", "a", "c"]


def test_the_latest_reading_is_a_persons_esd_standing(store: LocalStore) -> None:
    passed = {
        "channel": "wrist",
        "verdict": "pass",
        "ohm": 1_000_000,
        "valid_until": "2026-11-23T20:00:00.000000Z",
    }
    failed = {
        "channel": "wrist",
        "verdict": "fail_high",
        "ohm": None,
        "over_range": True,
        "tester": "t1",
    }
    append(store, Draft("esd.measured", "person:anna", "person:anna", dict(passed)))
    with store.reading() as reader:
        state = reader.esd_state("anna")
    assert state is not None
    assert state.valid_until.hour == 20
    (entry,) = append(store, Draft("esd.measured", "person:anna", "person:anna", dict(failed)))
    with store.reading() as reader:
        state = reader.esd_state("anna")
        assert reader.esd_state("johan") is None
    assert state is not None
    assert (state.reading_id, state.over_range, state.tester_id) == (str(entry.id), True, "t1")


def test_an_entry_of_an_unknown_kind_is_kept_and_folds_into_nothing(store: LocalStore) -> None:
    written = append(
        store,
        Draft("repair.teleported", "repair:r9", "bench", {"to": "moon"}),
        Draft("stock.counted", "bin:4", "bench", {}),
    )
    with store.reading() as reader:
        assert reader.repair("r9") is None
        assert reader.timeline("repair:r9") == (written[0],)
        assert reader.timeline("bin:4") == (written[1],)


def test_of_a_timeline_only_the_kinds_that_are_asked_for_are_told(store: LocalStore) -> None:
    with store.writing() as transaction:
        for subject, kind in (("a:1", "x"), ("a:1", "y"), ("a:2", "x"), ("a:1", "x"), ("a:1", "z")):
            transaction.append(Draft(kind, subject, "bench", {}))
    with store.reading() as reader:
        whole = reader.timeline("a:1")
        assert reader.told("a:1", "x", "z") == (whole[0], whole[2], whole[3])
        assert reader.told("a:1", "nothing") == reader.told("a:1") == ()


def test_a_block_that_fails_leaves_nothing(store: LocalStore) -> None:
    def fail(transaction: Transaction) -> None:
        transaction.append(OPENED)
        raise UnwantedError

    with pytest.raises(UnwantedError), store.writing() as transaction:
        fail(transaction)
    with store.reading() as reader:
        assert reader.head() is None
        assert reader.repair("r1") is None
    assert append(store, OPENED)[0].seq == 1


def test_a_payload_without_a_canonical_form_writes_nothing(store: LocalStore) -> None:
    draft = Draft("note", "repair:r1", "bench", {"n": 2**60})
    with pytest.raises(EntryInvalidError), store.writing() as transaction:
        transaction.append(draft)
    with store.reading() as reader:
        assert reader.head() is None


def test_a_frames_bytes_are_kept_beside_its_entry(store: LocalStore) -> None:
    frame = Frame(
        device="scanner-1",
        role=DeviceRole.SCANNER,
        raw=b"\x00\xff\r garbage",
        received_at=NOON,
        seq=4,
        aim="]d2",
        fault=FrameFault.CUT_OFF,
    )
    with store.writing() as transaction:
        entry = transaction.append(Draft("scan.read", "bench", "bench", {}), frame)
    plain = Frame("esd-1", DeviceRole.ESD_TESTER, b"", NOON, 1)
    with store.writing() as transaction:
        bare = transaction.append(Draft("esd.unread", "bench", "bench", {}), plain)
    assert store.frame(entry.id) == frame
    assert store.frame(bare.id) == plain
    assert store.frame(UUID(int=1)) is None


def test_what_was_written_is_there_after_opening_again(
    make_store: Callable[..., LocalStore],
) -> None:
    first = make_store()
    written = append(first, OPENED)
    bench = first.bench_id
    first.close()
    second = make_store()
    with second.reading() as reader:
        assert reader.timeline("repair:r1") == tuple(written)
    assert second.bench_id == bench
    assert append(second, fitted("KGB1"))[0].seq == 2


def test_two_stores_on_one_home_continue_one_chain(make_store: Callable[..., LocalStore]) -> None:
    one, two = make_store(), make_store()
    written = append(one, OPENED) + append(two, fitted("KGB1")) + append(one, fitted("KGB2"))
    assert first_fault(written) is None
    with two.reading() as reader:
        repair = reader.repair("r1")
    assert repair is not None
    assert len(repair.parts) == 2


def test_a_reader_sees_one_moment(make_store: Callable[..., LocalStore]) -> None:
    one, two = make_store(), make_store()
    with one.reading() as reader:
        assert reader.head() is None
        append(two, OPENED)
        assert reader.head() is None
    with one.reading() as reader:
        assert reader.head() is not None


def test_a_store_is_not_made_over_another(make_store: Callable[..., LocalStore]) -> None:
    path = make_store().path
    with pytest.raises(StoreFaultError) as told:
        create_store(path, STORE_KEY, SteppingClock(), CountedIds())
    assert told.value.code == "exists"


def test_a_missing_database_is_told(make_store: Callable[..., LocalStore]) -> None:
    path = make_store().path.with_name("nowhere.db")
    with pytest.raises(StoreFaultError) as told:
        open_store(path, STORE_KEY, SteppingClock(), CountedIds())
    assert told.value.code == "missing"
    assert not path.exists()


def test_nested_transactions_are_a_bug_that_is_told(store: LocalStore) -> None:
    with pytest.raises(RuntimeError), store.writing(), store.reading():
        raise UnwantedError
    with store.reading() as reader:
        assert reader.head() is None


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entries SET payload = '{'",
        "UPDATE entries SET id = zeroblob(3)",
        "UPDATE entries SET recorded_at = 9223372036854775807",
        "UPDATE repairs SET step = 'flying'",
        "UPDATE repairs SET opened_at = -9223372036854775807",
        "UPDATE benches SET bench_id = zeroblob(3)",
        "DELETE FROM own_bench",
    ],
)
def test_a_row_that_cannot_be_read_is_damage(store: LocalStore, damage: str) -> None:
    append(store, OPENED)
    store.database.bare.execute(damage)
    codes: list[str] = []
    with store.reading() as reader:
        for ask in (lambda: reader.timeline("repair:r1"), reader.open_repairs, reader.head):
            try:
                ask()
            except StoreFaultError as fault:
                codes.append(fault.code)
    assert set(codes) == {"corrupt"}


def test_the_whole_journal_comes_in_order(store: LocalStore) -> None:
    written = append(store, OPENED, fitted("KGB1"), moved(Step.OPENED, Step.DIAGNOSED))
    assert list(store.entries()) == written


def test_a_statement_that_the_database_refuses_is_a_bug_and_not_a_fault(store: LocalStore) -> None:
    with pytest.raises(driver.Error), store.database.reading() as connection:
        connection.execute("SELECT nonsense FROM nowhere")
    with store.reading() as reader:
        assert reader.head() is None


def test_an_sqlite_that_can_lose_commits_is_refused(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.data.engine.OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(StoreFaultError) as told:
        open_store(store.path, STORE_KEY, SteppingClock(), CountedIds())
    assert told.value.code == "old_sqlite"


def test_a_store_cannot_be_made_where_no_folder_is(store: LocalStore) -> None:
    with pytest.raises(StoreFaultError) as told:
        create_store(store.path / "bench.db", STORE_KEY, SteppingClock(), CountedIds())
    assert told.value.code == "io"


def test_a_second_thread_waits_for_its_turn(store: LocalStore) -> None:
    started = threading.Event()

    def write() -> None:
        started.set()
        append(store, OPENED)

    with store.writing() as transaction:
        thread = threading.Thread(target=write)
        thread.start()
        started.wait()
        transaction.append(fitted("KGB1"))
    thread.join()
    with store.reading() as reader:
        assert [entry.kind for entry in reader.timeline("repair:r1")] == [
            "part.fitted",
            "repair.opened",
        ]
