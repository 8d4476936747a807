"""A bench with all its threads ends whole: again, early, and at any moment between."""

import threading
from collections.abc import Callable

import pytest

from app.bootstrap import Passphrase
from app.bootstrap import open_store as opening
from app.data.store import LocalStore
from app.settings import Settings, load_settings
from app.station import Station
from app.texts import Language
from tests.end_to_end.programs import Home
from tests.end_to_end.quiet import Quiet

PATIENCE = 60.0
"""Seconds after which a test that waits has failed."""
THREADS = {"store", "sync", "backup", "reports"}


def made(home: Home) -> tuple[Station, Quiet]:
    told = Quiet()
    return Station(load_settings(home.path), told, lambda: "", lambda: Language.ENGLISH), told


def at_work() -> set[str]:
    return THREADS & {one.name for one in threading.enumerate()}


def test_a_bench_that_is_closed_again_is_as_it_was(home: Home) -> None:
    station, told = made(home)
    station.start()
    told.opened.get(timeout=PATIENCE)
    station.close()
    station.close()
    assert at_work() == set()
    assert told.faults == []


def test_a_bench_that_never_began_is_closed_twice(home: Home) -> None:
    station, _ = made(home)
    station.close()
    station.close()
    assert at_work() == set()


def test_a_closing_that_was_cut_off_is_taken_up_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    station, told = made(home)
    station.start()
    told.opened.get(timeout=PATIENCE)

    def cut_off(store: LocalStore) -> None:
        del store
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(LocalStore, "close", cut_off)
        with pytest.raises(KeyboardInterrupt):
            station.close()
    station.close()
    assert at_work() == set()
    with home.store() as store:  # no other has it open any more
        assert store.verify().first_fault is None


def test_nothing_begins_at_a_bench_that_is_closed_while_its_store_opens(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, opens = threading.Event(), threading.Event()

    def held_back(settings: Settings, passphrase: Passphrase) -> LocalStore:
        opens.set()
        assert go_on.wait(PATIENCE)
        return opening(settings, passphrase)

    monkeypatch.setattr("app.station.open_store", held_back)
    station, told = made(home)
    begun: list[Callable[[], None]] = []
    monkeypatch.setattr(station, "_start_sync", lambda: begun.append(station.sync_now))
    station.start()
    assert opens.wait(PATIENCE)
    closing = threading.Thread(target=station.close, name="closing")
    closing.start()
    while not station._closing.is_set():  # pyright: ignore[reportPrivateUsage] - tells that it closes
        assert closing.is_alive()
    go_on.set()
    closing.join(PATIENCE)
    assert not closing.is_alive()
    assert told.opened.qsize() == 1
    assert begun == []
    assert at_work() == set()
