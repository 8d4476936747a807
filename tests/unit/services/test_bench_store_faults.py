"""A store that fails: each frame is written once or rescued, and never done twice."""

from concurrent.futures import CancelledError

import pytest

from app.domain.frames import DeviceRole, Frame
from app.services.playing import badge
from app.services.ports import Store, StoreFaultError
from tests.fixtures_store import NOON
from tests.unit.services.desk import ANNA, MAC, Desk
from tests.unit.services.told import DISK_FULL, FailingStore, MakeBench, Told, raws

BADGE = badge(ANNA)


def scan(text: str, number: int = 1, device: str = "scanner-1") -> Frame:
    return Frame(device, DeviceRole.SCANNER, text.encode(), NOON, number)


def test_a_store_that_does_not_open_is_told_and_tried_again(
    make: MakeBench, told: Told, desk: Desk
) -> None:
    faults = [StoreFaultError("locked"), StoreFaultError("read_only")]

    def opener() -> Store:
        if faults:
            raise faults.pop(0)
        return desk.store

    bench = make(opener=opener)
    bench.submit(scan(BADGE))
    bench.start()
    told.until(lambda: bool(told.outcomes))
    assert told.faults == ["locked", "read_only"]
    assert told.codes() == ["signed_in"]


def test_a_frame_that_could_not_be_written_is_written_once(
    make: MakeBench, told: Told, desk: Desk
) -> None:
    bench = make(FailingStore(desk.store, DISK_FULL, DISK_FULL))
    bench.start()
    bench.submit(scan(BADGE))
    bench.submit(scan(MAC, 2))
    told.until(lambda: len(told.outcomes) == 2)
    assert told.faults == ["disk_full", "disk_full"]
    assert told.codes() == ["signed_in", "product_allowed"]
    assert desk.store.verify().entries == 3


def test_a_fault_at_the_commit_leaves_nothing_and_the_frame_is_written_once(
    make: MakeBench, told: Told, desk: Desk
) -> None:
    store = FailingStore(desk.store)
    store.at_commit.extend([DISK_FULL, StoreFaultError("io")])
    bench = make(store)
    bench.start()
    bench.submit(scan(BADGE))
    told.until(lambda: bool(told.outcomes))
    assert told.faults == ["disk_full", "io"]
    assert told.codes() == ["signed_in"]
    assert desk.store.verify().entries == 2


def test_a_fault_where_the_picture_is_made_writes_nothing_twice(
    make: MakeBench, told: Told, desk: Desk
) -> None:
    store = FailingStore(desk.store)
    store.unreadable.extend([StoreFaultError("io"), StoreFaultError("locked")])
    bench = make(store)
    bench.start()
    bench.submit(scan(BADGE))
    told.until(lambda: bool(told.outcomes))
    assert told.faults == ["io", "locked"]
    assert told.codes() == ["signed_in"]
    assert desk.store.verify().entries == 2


def test_a_defect_where_the_picture_is_made_leaves_the_frame_written(
    make: MakeBench, told: Told, desk: Desk
) -> None:
    store = FailingStore(desk.store)
    store.unreadable.append(ZeroDivisionError())
    bench = make(store)
    bench.start()
    bench.submit(scan(BADGE))
    bench.submit(scan(MAC, 2))
    told.until(lambda: bool(told.outcomes))
    assert told.codes() == ["product_allowed"]
    assert [frame.raw for frame, _ in told.bugs] == [BADGE.encode()]
    assert told.rescued == []
    assert desk.store.verify().entries == 3


def test_a_bench_that_stops_does_not_wait_for_the_picture(
    make: MakeBench, told: Told, desk: Desk
) -> None:
    store = FailingStore(desk.store)
    store.unreadable.extend([StoreFaultError("io")] * 1000)
    bench = make(store)
    bench.start()
    bench.submit(scan(BADGE))
    told.until(lambda: bool(told.faults))
    bench.stop()
    assert told.outcomes == []
    assert told.rescued == []
    assert desk.store.verify().entries == 2


def test_stop_hands_what_is_unwritten_to_rescue_in_order(
    make: MakeBench, told: Told, desk: Desk
) -> None:
    store = FailingStore(desk.store)
    store.always = DISK_FULL
    bench = make(store)
    bench.start()
    bench.submit(scan(BADGE))
    bench.submit(scan(MAC, 2))
    told.until(lambda: bool(told.faults))
    bench.stop()
    assert raws(told.rescued) == [BADGE.encode(), MAC.encode()]
    assert told.outcomes == []


def test_after_one_frame_that_was_not_written_none_is(
    make: MakeBench, told: Told, desk: Desk
) -> None:
    store = FailingStore(desk.store)
    bench = make(store)
    bench.start()
    bench.submit(scan(BADGE))
    told.until(lambda: bool(told.outcomes))
    bench.hurry()
    store.errors.append(DISK_FULL)
    bench.submit(scan(MAC))
    bench.command("OPEN")  # without the product it would open another one's repair
    bench.stop()
    assert raws(told.rescued)[0] == MAC.encode()
    assert len(told.rescued) == 2
    assert store.written == 1


def test_who_waits_for_a_call_is_answered_where_the_disk_is_full(
    make: MakeBench, told: Told, desk: Desk
) -> None:
    store = FailingStore(desk.store)
    store.always = DISK_FULL
    bench = make(store)
    bench.start()
    bench.submit(scan(BADGE))
    told.until(lambda: bool(told.faults))
    asked = bench.call(lambda _: "here")
    bench.hurry()
    assert asked.result() == "here"


def test_a_bench_that_never_opened_rescues_its_frames_and_cancels_its_calls(
    make: MakeBench, told: Told
) -> None:
    def opener() -> Store:
        raise StoreFaultError("wrong_key")

    bench = make(opener=opener)
    bench.submit(scan(BADGE))
    asked = bench.call(lambda _: "never")
    bench.start()
    told.until(lambda: bool(told.faults))
    bench.stop()
    assert raws(told.rescued) == [BADGE.encode()]
    with pytest.raises(CancelledError):
        asked.result()


def test_a_bench_that_was_never_started_drops_nothing(make: MakeBench, told: Told) -> None:
    bench = make()
    bench.submit(scan(BADGE))
    asked = bench.call(lambda _: None)
    bench.stop()
    assert raws(told.rescued) == [BADGE.encode()]
    assert asked.cancelled()


def test_work_after_the_end_is_handed_back_at_once(make: MakeBench, told: Told) -> None:
    bench = make()
    bench.start()
    bench.stop()
    bench.submit(scan(BADGE))
    bench.recover([scan(MAC)])
    assert raws(told.rescued) == [BADGE.encode(), MAC.encode()]
    assert bench.call(lambda _: None).cancelled()
