"""The one queue and its thread: in order, once, and nothing dropped whatever goes wrong."""

import threading
from concurrent.futures import Future
from dataclasses import replace

import pytest

from app.domain.frames import DeviceRole, Frame, FrameFault
from app.services.playing import badge
from app.services.ports import Store, StoreFaultError
from app.services.views import Outcome, Screen
from tests.fixtures_store import NOON
from tests.unit.services import desk as rows
from tests.unit.services.desk import ANNA, MAC, Desk
from tests.unit.services.told import DISK_FULL, FailingStore, MakeBench, Told, raws

BADGE = badge(ANNA)


def scan(text: str, number: int = 1, device: str = "scanner-1") -> Frame:
    return Frame(device, DeviceRole.SCANNER, text.encode(), NOON, number)


def test_the_first_picture_comes_when_the_store_is_open(make: MakeBench, told: Told) -> None:
    make().start()
    told.until(lambda: bool(told.opened))
    assert told.opened[0].screen is Screen.SIGN_IN


def test_work_is_done_in_the_order_that_it_came(make: MakeBench, told: Told) -> None:
    bench = make()
    bench.submit(scan(BADGE))
    bench.start()
    bench.submit(Frame(rows.TESTER, DeviceRole.ESD_TESTER, b"W", NOON, 1))
    bench.typed(MAC)
    bench.command("OPEN")
    bench.stop()
    assert told.codes() == ["signed_in", "esd_passed", "product_allowed", "repair_opened"]
    assert [frame.device for _, frame in told.outcomes] == [
        "scanner-1",
        rows.TESTER,
        "keyboard",
        "window",
    ]
    assert told.rescued == []


def test_a_bench_without_a_decoder_keeps_the_line(make: MakeBench, told: Told) -> None:
    bench = make()
    bench.start()
    bench.submit(Frame("esd-9", DeviceRole.ESD_TESTER, b"W", NOON, 1))
    bench.stop()
    assert told.codes() == ["esd_unreadable"]


def test_the_same_code_twice_in_a_moment_counts_once(make: MakeBench, told: Told) -> None:
    bench = make()
    bench.start()
    bench.submit(scan(BADGE))
    bench.submit(scan(BADGE, 2))
    bench.submit(scan(BADGE, 1, "scanner-2"))
    bench.stop()
    assert told.codes() == ["signed_in", "scanned_twice", "already_signed_in"]


@pytest.mark.parametrize("text", ["\ud800", "\udcff" * 3])
def test_typed_text_that_is_no_unicode_is_answered(make: MakeBench, told: Told, text: str) -> None:
    bench = make()
    bench.start()
    bench.typed(BADGE)
    bench.typed(text)
    bench.stop()
    assert told.codes() == ["signed_in", "scan.unknown"]


def test_a_pasted_book_is_cut_and_not_acted_on(make: MakeBench, told: Told) -> None:
    bench = make()
    bench.start()
    bench.typed("book" * 1_000_000)
    bench.stop()
    assert told.codes() == ["frame_oversize"]
    frame = told.outcomes[0][1]
    assert (len(frame.raw), frame.fault) == (4096, FrameFault.OVERSIZE)


def test_the_site_s_day_follows_what_sync_brings(make: MakeBench, told: Told, desk: Desk) -> None:
    desk.put(rows.asset(MAC, ownership="leased", leased_until="2026-11-23"))
    desk.clock.moment = NOON.replace(hour=23, minute=30)
    desk.put(rows.row("account", "account", name="KTH", time_zone="UTC"))
    bench = make()
    bench.start()
    bench.typed(BADGE)
    bench.typed(MAC)
    bench.call(lambda _: desk.put(rows.ACCOUNT)).result()
    bench.typed(f"S{MAC}")
    bench.stop()
    assert told.codes() == ["signed_in", "product_allowed", "finding.lease_ended"]


# ----------------------------------------------------------------------
# The environment
# ----------------------------------------------------------------------


def test_stop_twice_stops_once(make: MakeBench, told: Told) -> None:
    bench = make()
    bench.start()
    bench.submit(scan(BADGE))
    bench.stop()
    bench.stop()
    assert told.codes() == ["signed_in"]


def test_recovered_frames_are_recorded_and_change_nothing(
    make: MakeBench, told: Told, desk: Desk
) -> None:
    bench = make()
    bench.recover([scan(BADGE)])
    bench.start()
    bench.submit(scan(BADGE, 1))
    bench.stop()
    assert told.codes() == ["scan_late", "signed_in"]
    assert told.outcomes[0][0].view.person is None
    assert desk.store.verify().entries == 3


def test_recovered_frames_that_cannot_be_written_are_rescued_again(
    make: MakeBench, told: Told, desk: Desk
) -> None:
    store = FailingStore(desk.store)
    store.always = DISK_FULL
    bench = make(store)
    bench.recover([scan(BADGE), scan(MAC)])
    bench.start()
    told.until(lambda: bool(told.faults))
    bench.stop()
    assert raws(told.rescued) == [BADGE.encode(), MAC.encode()]


# ----------------------------------------------------------------------
# Defects
# ----------------------------------------------------------------------


def test_a_defect_is_told_its_frame_rescued_and_the_next_one_done(
    make: MakeBench, told: Told, desk: Desk
) -> None:
    defect = RuntimeError("a defect")
    bench = make(FailingStore(desk.store, defect))
    bench.start()
    bench.submit(scan(BADGE))
    bench.submit(scan(BADGE, 2))
    bench.stop()
    assert [(frame.seq, error) for frame, error in told.bugs] == [(1, defect)]
    assert [frame.seq for frame in told.rescued] == [1]
    assert told.codes() == ["signed_in"]


def test_a_defect_of_a_listener_is_told_and_the_bench_goes_on(make: MakeBench, told: Told) -> None:
    defects = [RuntimeError("the window is gone")]
    heard = told.listeners()

    def outcome(done: Outcome, frame: Frame) -> None:
        if defects:
            raise defects.pop()
        heard.outcome(done, frame)

    bench = make(listeners=replace(heard, outcome=outcome))
    bench.start()
    bench.submit(scan(BADGE))
    bench.submit(scan(MAC, 2))
    bench.stop()
    assert [str(error) for _, error in told.bugs] == ["the window is gone"]
    assert told.codes() == ["product_allowed"]
    assert told.rescued == []  # it was committed


def test_a_defect_while_opening_ends_the_thread_and_loses_no_work(
    make: MakeBench, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", reported.append)

    def opener() -> Store:
        raise RuntimeError("a defect")

    bench = make(opener=opener)
    bench.submit(scan(BADGE))
    asked = bench.call(lambda _: None)
    bench.start()
    bench.stop()
    assert [str(one.exc_value) for one in reported] == ["a defect"]
    assert raws(told.rescued) == [BADGE.encode()]
    assert asked.cancelled()


# ----------------------------------------------------------------------
# Calls
# ----------------------------------------------------------------------


def test_a_call_gives_its_result_after_the_work_before_it(make: MakeBench, desk: Desk) -> None:
    bench = make()
    bench.submit(scan(BADGE))
    asked = bench.call(lambda store: store is desk.store and desk.store.verify().entries)
    bench.start()
    assert asked.result() == 2


def test_a_call_gives_its_error_and_the_bench_goes_on(make: MakeBench, told: Told) -> None:
    def failing(store: Store) -> None:
        raise StoreFaultError("io")

    bench = make()
    bench.start()
    asked: Future[None] = bench.call(failing)
    with pytest.raises(StoreFaultError, match="io"):
        asked.result()
    bench.submit(scan(BADGE))
    bench.stop()
    assert told.codes() == ["signed_in"]


def test_a_call_that_was_cancelled_is_not_run(make: MakeBench) -> None:
    ran: list[str] = []
    bench = make()
    asked = bench.call(lambda _: ran.append("cancelled"))
    assert asked.cancel()
    bench.start()
    bench.call(lambda _: ran.append("next")).result()
    assert ran == ["next"]
