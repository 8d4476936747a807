"""A running bench judges by the account's region, and tells where it has no programme."""

import threading
from collections.abc import Callable, Mapping

import pytest

from app.domain.frames import DeviceState, Frame
from app.services.ports import RegisterRow
from app.services.reporting import ReportMade
from app.services.views import BenchView, Outcome
from app.settings import load_settings
from app.station import Station
from app.sync.worker import SyncStatus
from app.texts import Language
from tests.end_to_end.programs import Home

Fault = tuple[str, dict[str, str]]


class Listening:
    """Hears of every picture and fault of a bench."""

    def __init__(self) -> None:
        self.heard: list[str | Fault] = []
        self._changed = threading.Condition()

    def _hear(self, one: str | Fault) -> None:
        with self._changed:
            self.heard.append(one)
            self._changed.notify_all()

    def tell_opened(self, view: BenchView) -> None:
        self._hear(view.screen.value)

    def tell_outcome(self, outcome: Outcome, frame: Frame) -> None:
        del outcome, frame

    def tell_device(self, state: DeviceState) -> None:
        del state

    def tell_sync(self, status: SyncStatus) -> None:
        del status

    def tell_report(self, made: ReportMade) -> None:
        del made

    def tell_fault(self, code: str, fields: Mapping[str, str]) -> None:
        self._hear((code, dict(fields)))

    def until(self, seen: Callable[[list[str | Fault]], bool]) -> None:
        with self._changed:
            self._changed.wait_for(lambda: seen(self.heard))


@pytest.fixture
def heard() -> Listening:
    return Listening()


def named(home: Home, region: str) -> None:
    with home.store() as store:
        value: dict[str, object] = {"name": "KTH", "time_zone": "UTC", "region": region}
        assert store.load_registers([RegisterRow("account", "account", value)]) == ()


def test_a_region_without_a_programme_is_told_once(home: Home, heard: Listening) -> None:
    named(home, "mars")
    station = Station(load_settings(home.path), heard, lambda: "", lambda: Language.ENGLISH)
    station.start()
    try:
        heard.until(lambda said: len(said) == 2)
        station.bench.refresh()
        heard.until(lambda said: len(said) == 3)
        station.bench.call(lambda _: None).result()
    finally:
        station.close()
    fault = ("no_programme", {"region": "mars", "used": "se"})
    assert heard.heard == ["sign_in", fault, "sign_in"]


def test_a_region_with_a_programme_is_not_told_of(home: Home, heard: Listening) -> None:
    named(home, "ca")
    station = Station(load_settings(home.path), heard, lambda: "", lambda: Language.ENGLISH)
    station.start()
    try:
        heard.until(lambda said: len(said) == 1)
        station.bench.refresh()
        heard.until(lambda said: len(said) == 2)
        station.bench.call(lambda _: None).result()
    finally:
        station.close()
    assert heard.heard == ["sign_in", "sign_in"]
