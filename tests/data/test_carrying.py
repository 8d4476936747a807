"""A restored or a copied bench: what the service never had is written once more, once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.data.opening import open_store
from app.data.restoring import restore
from app.data.store import LocalStore
from app.domain.frames import DeviceRole, Frame
from app.domain.journal import Draft, Entry, Json
from app.domain.repairs import Repair
from app.services.ports import LogItem, PushOutcome
from tests.fixtures_store import NOON, STORE_KEY, CountedIds, SteppingClock

Make = Callable[..., LocalStore]


class Service:
    """Numbers what it takes and sends it to everybody; ``refused.`` kinds it rejects."""

    def __init__(self) -> None:
        self.log: list[LogItem] = []

    def sync(self, store: LocalStore) -> None:
        self.push(store)
        self.pull(store)

    def push(self, store: LocalStore) -> None:
        outcomes: list[PushOutcome] = []
        for entry in store.pending(1000):
            if entry.kind.startswith("refused."):
                outcomes.append(PushOutcome(entry.seq, "rejected", None, "kind_unknown"))
                continue
            revision = len(self.log) + 1
            self.log.append(LogItem(revision, f"{revision:064x}", entry))
            outcomes.append(PushOutcome(entry.seq, "accepted", revision, None))
        store.record_outcomes(outcomes)

    def pull(self, store: LocalStore) -> None:
        store.apply_page(self.log[store.sync_state().revision :])


def draft(kind: str, /, **payload: Json) -> Draft:
    return Draft(kind, "repair:r1", "person:anna", payload)


OPENED = draft("repair.opened", number="7", serial="C02XK0ABJGH5")


def note(text: str) -> Draft:
    return draft("repair.noted", text=text)


def append(store: LocalStore, *drafts: Draft) -> list[Entry]:
    with store.writing() as transaction:
        return [transaction.append(each) for each in drafts]


def repair(store: LocalStore) -> Repair:
    with store.reading() as reader:
        found = reader.repair("r1")
    assert found is not None
    return found


def restored(store: LocalStore, backup: Path) -> LocalStore:
    path = store.path
    store.close()
    restore(backup, path, STORE_KEY, SteppingClock(), CountedIds(lane=0x55))
    return open_store(path, STORE_KEY, SteppingClock(), CountedIds(lane=0x56))


def is_sound(store: LocalStore) -> bool:
    return store.verify().verified and store.rebuild().equal and store.misfits() == ()


def test_what_only_the_backup_knows_is_carried_once(make_store: Make, tmp_path: Path) -> None:
    bench, other, service = make_store("bench"), make_store("other"), Service()
    append(bench, OPENED)
    service.sync(bench)
    append(bench, note("pushed later"), draft("refused.kind"), note("known to the service"))
    part: dict[str, Json] = {"part_number": "1", "kgb": "K", "kbb": "", "order": ""}
    (fitted,) = append(bench, draft("part.fitted", **part, delivery=""))
    frame = Frame("scanner-1", DeviceRole.SCANNER, b"raw", NOON, 1)
    with bench.writing() as transaction:
        told: Json = [{"in": str(fitted.id), "n": 1}]
        undone = draft("repair.undone", kind="part.fitted", entry=str(fitted.id), more=told)
        transaction.append(undone, frame)
    backup = tmp_path / "copy.db"
    bench.back_up(backup)
    with bench.reading() as reader:
        head = reader.head()
    assert head is not None
    service.log += [
        LogItem(revision, f"{revision:064x}", entry)
        for revision, entry in ((2, bench.pending(9)[0]), (3, bench.pending(9)[2]))
    ]
    with restored(bench, backup) as again:
        service.pull(again)
        assert again.carry_over() == 2
        assert again.carry_over() == 0
        assert again.sync_state().waiting == 2
        service.sync(again)
        service.pull(other)
        assert repair(again) == repair(other)
        assert repair(again).notes == ("pushed later", "known to the service")
        assert repair(again).parts == ()
        assert repair(again).conflicts == ()
        assert is_sound(again)
        assert is_sound(other)
        with again.reading() as reader:
            carried = reader.head()
        assert carried is not None
        new_id = carried.payload["entry"]
        assert carried.payload["more"] == [{"in": new_id, "n": 1}]
        assert new_id != str(fitted.id)
        assert carried.recorded_at == NOON
        assert again.frame(carried.id) == frame
        found = again.look_up(f"RBJ1:{head.bench_id}:{head.seq}:{head.hash}")
        assert found is not None
        assert found.found == "carried"


def test_a_restored_bench_that_lost_nothing_carries_nothing(
    make_store: Make, tmp_path: Path
) -> None:
    bench, service = make_store("bench"), Service()
    append(bench, OPENED, note("1"))
    service.sync(bench)
    bench.back_up(tmp_path / "copy.db")
    append(bench, note("2"))
    service.sync(bench)
    with restored(bench, tmp_path / "copy.db") as again:
        service.pull(again)
        assert again.carry_over() == 0
        assert repair(again).notes == ("1", "2")
        append(again, note("3"))
        service.sync(again)
        assert repair(again).notes == ("1", "2", "3")
        assert is_sound(again)


def test_a_copied_bench_takes_a_new_identity_and_loses_nothing(
    make_store: Make, tmp_path: Path
) -> None:
    bench, service = make_store("bench"), Service()
    append(bench, OPENED)
    service.sync(bench)
    bench.back_up(bench.path.with_name("copied.db"))
    copy = make_store("copied")
    append(bench, note("by the bench"))
    append(copy, note("by its copy"))
    service.sync(bench)
    old = copy.bench_id
    new = copy.new_identity()
    assert copy.bench_id == new != old
    assert not copy.sync_state().enrolled
    service.sync(copy)
    service.sync(bench)
    assert repair(copy) == repair(bench)
    assert sorted(repair(copy).notes) == ["by its copy", "by the bench"]
    assert is_sound(copy)
    assert is_sound(bench)


def test_a_bench_that_never_wrote_takes_a_new_identity(store: LocalStore) -> None:
    old = store.bench_id
    assert store.new_identity() != old
    assert append(store, OPENED)[0].seq == 1
    assert is_sound(store)


def test_a_copy_that_pulled_before_it_knew_gets_what_did_not_fit(make_store: Make) -> None:
    bench, service = make_store("bench"), Service()
    append(bench, OPENED)
    service.sync(bench)
    bench.back_up(bench.path.with_name("copied.db"))
    copy = make_store("copied")
    append(bench, note("by the bench"), note("and more"))
    append(copy, note("by its copy"))
    service.sync(bench)
    service.pull(copy)
    assert {one.code for one in copy.misfits()} == {"place_taken", "chain_broken"}
    copy.new_identity()
    service.sync(copy)
    assert repair(copy).notes == ("by the bench", "and more", "by its copy")
    assert is_sound(copy)


@pytest.mark.parametrize("times", [2, 3])
def test_a_new_identity_can_be_taken_again(store: LocalStore, times: int) -> None:
    append(store, OPENED, note("1"))
    for _ in range(times):
        store.new_identity()
    assert repair(store).notes == ("1",)
    assert store.sync_state().waiting == 2
    assert is_sound(store)
