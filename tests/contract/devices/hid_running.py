"""A bench of HID scanners for the contract, told and counted as `rig` does for streaming ones."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

from typing_extensions import override

from app.devices.scanner.settings import HidSettings
from app.devices.spec import DeviceSpec
from app.devices.supervisor import Supervisor
from app.devices.wire.base import Wire
from app.devices.wire.hid import HidApi, HidPort, HidUnit
from app.devices.wire.opening import open_wire
from app.domain.frames import DeviceRole, Frame
from tests.contract.devices.hid_rig import HidBench
from tests.contract.devices.rig import PATIENCE, TickingClock, Told


class HidTold(Told):
    """Everything that a supervisor told, and how many reports its HID thread has taken in."""

    def until_reports(self, count: int) -> None:
        """Wait until so many reports were read, and each but the last was handled."""
        self.until(lambda told: told.read >= count)


class CountedPort(HidPort):
    """A port that notes each report that was read and handled, when the next one is asked for."""

    def __init__(self, port: HidPort, told: HidTold) -> None:
        self._port = port
        self._told = told
        self._handled = False

    @override
    def descriptor(self) -> bytes:
        return self._port.descriptor()

    @override
    def read(self, size: int, wait_ms: int) -> bytes:
        if self._handled:
            self._told.on_read(1)
        report = self._port.read(size, wait_ms)
        self._handled = bool(report)
        return report

    @override
    def send(self, report: bytes, *, feature: bool) -> bool:
        return self._port.send(report, feature=feature)

    @override
    def close(self) -> None:
        self._port.close()


class CountedApi(HidApi):
    """An api whose ports are counted."""

    def __init__(self, api: HidApi, told: HidTold) -> None:
        self._api = api
        self._told = told

    @override
    def units(self) -> tuple[HidUnit, ...]:
        return self._api.units()

    @override
    def hold(self, path: str) -> Callable[[], None]:
        return self._api.hold(path)

    @override
    def open(self, path: str, release: Callable[[], None] | None = None) -> HidPort:
        return CountedPort(self._api.open(path, release), self._told)


def hid_spec(
    url: str = "hid:", name: str = "scanner-1", settings: HidSettings | None = None
) -> DeviceSpec:
    return DeviceSpec(name, DeviceRole.SCANNER, url, hid=settings or HidSettings())


@contextmanager
def running(
    bench: HidBench,
    *specs: DeviceSpec,
    hurried: bool = False,
    wait: Callable[[threading.Event, float], bool] | None = None,
    on_frame: Callable[[Frame], None] | None = None,
    load: Callable[[], HidApi] | None = None,
    opener: Callable[[DeviceSpec], Wire] = open_wire,
) -> Generator[tuple[HidTold, Supervisor]]:
    """Run a supervisor for these scanners, and stop it at the end."""
    told = HidTold()
    supervisor = Supervisor(
        specs,
        on_frame or told.on_frame,
        told.on_state,
        TickingClock(),
        opener=opener,
        hid=load or (lambda: CountedApi(bench.api(), told)),
        wait=wait or (told.hurried_wait if hurried else threading.Event.wait),
    )
    supervisor.start()
    try:
        yield told, supervisor
    finally:
        assert supervisor.stop(PATIENCE) == ()
