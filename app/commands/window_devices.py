"""The devices as the window reaches them: what they say, their tests, and their setting up.

What may take long (closing a device that hangs, listing, drawing a PDF) is done in threads. What it
needs is imported when it is first asked.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.devices.trying import Trial
    from app.domain.frames import DeviceRole, Frame
    from app.services.device_sight import BenchSight, SheetSight, TrialSight
    from app.settings import Settings
    from app.station import Station

log = logging.getLogger("repair_bench.devices")

_KEYS: Final = {"scanner": ("scanner_url", "scanner_profile"), "esd": ("esd_url", "esd_profile")}
"""The settings of each device, by its role."""


class WindowDevices:
    """What the devices screen and the setting up ask of the bench; every call returns at once.

    Args:
        settings: Of the home; what is set up is kept in them and in its ``settings.toml``.
        station: The bench, once there is one.
    """

    def __init__(self, settings: "Settings", station: "Callable[[], Station | None]") -> None:
        self._settings = settings
        self._station = station
        self._trial: Trial | None = None
        self._sheet: SheetSight | None = None
        self._work: list[threading.Thread] = []

    def sight(self) -> "BenchSight":
        """The devices now."""
        from app.services.device_sight import BenchSight

        station = self._station()
        return station.attendant().watch.sight() if station is not None else BenchSight()

    def set_up(self) -> "tuple[DeviceRole, ...]":
        """What is set up."""
        from app.domain.frames import DeviceRole

        found = ((role, getattr(self._settings, keys[0])) for role, keys in _KEYS.items())
        return tuple(DeviceRole(role) for role, url in found if url)

    def test(self, seconds: float) -> None:
        """Keep scans from the bench for so long; 0 ends the test."""
        station = self._station()
        if station is None:
            return
        watch = station.attendant().watch
        if seconds > 0:
            watch.begin_test(seconds)
        else:
            watch.end_test()

    def retry(self) -> None:
        """Look for what is missing now."""
        station = self._station()
        if station is not None:
            station.attendant().retry()

    # ------------------------------------------------------------------
    # The test sheet
    # ------------------------------------------------------------------

    def make_sheet(self, language: str) -> None:
        """Draw the test sheet into the reports' folder."""
        self._start("test sheet", lambda: self._draw(language))

    def sheet(self) -> "SheetSight":
        """What became of it."""
        from app.services.device_sight import SheetSight

        return self._sheet or SheetSight()

    def _draw(self, language: str) -> None:
        from app.reports.scanner_sheet import render_scanner_sheet
        from app.services.device_sight import SheetSight
        from app.services.placing import placed
        from app.texts import Language, texts

        path = self._settings.reports / f"test-sheet-{language}.pdf"
        try:
            with placed(path) as half:
                half.write_bytes(render_scanner_sheet(texts(Language(language))))
        except OSError as error:
            log.exception("the test sheet could not be made")
            self._sheet = SheetSight(str(path), error.strerror or str(error))
        else:
            self._sheet = SheetSight(str(path))

    # ------------------------------------------------------------------
    # Setting up
    # ------------------------------------------------------------------

    def begin_trial(self, role: "DeviceRole", typed: str = "") -> None:
        """Listen to everything that is connected, until something speaks."""
        from app.bootstrap import SystemClock
        from app.devices.trying import Trial, Wanted, load_hid

        self.end_trial()
        station = self._station()
        if station is None:
            return
        others = (getattr(self._settings, keys[0]) for of, keys in _KEYS.items() if of is not role)
        wanted = Wanted(role, self._settings.home, tuple(url for url in others if url), typed)
        # hidapi is imported here, in the main thread; the rest is done in the trial's own
        self._trial = Trial(wanted, SystemClock(), load_hid(), station.attendant().let_go)
        self._trial.start()

    def trial(self) -> "TrialSight | None":
        """What the trial has found, None where none runs."""
        return self._trial.sight() if self._trial is not None else None

    def again(self) -> None:
        """Listen on."""
        if self._trial is not None:
            self._trial.again()

    def typed(self, frame: "Frame") -> bool:
        """A scanner in keyboard mode typed; whether it was for the trial."""
        if self._trial is None:
            return False
        self._trial.typed(frame)
        return True

    def choose(self, role: "DeviceRole", address: str, profile: str) -> None:
        """Keep a device: it is this one from now on."""
        from app.commands.look import keep_settings

        url_key, profile_key = _KEYS[role]
        wanted = {url_key: address} | ({profile_key: profile} if profile else {})
        keep_settings(self._settings.home, wanted)
        self._settings = replace(self._settings, **wanted)

    def end_trial(self) -> None:
        """Listen no more, and give the bench its devices back."""
        trial, self._trial = self._trial, None
        if trial is not None:
            self._start("devices", lambda: self._give_back(trial))

    def _give_back(self, trial: "Trial") -> None:
        from app.devices import DeviceError

        trial.stop()
        station = self._station()
        if station is None or self._trial is not None:
            return
        try:
            station.use_devices(self._settings)
        except DeviceError:
            log.exception("the devices cannot be used as they are set up")

    def close(self) -> None:
        """The window is gone: end what runs, and give nothing back."""
        trial, self._trial = self._trial, None
        if trial is not None:
            trial.stop()
        for each in self._work:
            each.join()

    def _start(self, name: str, work: Callable[[], None]) -> None:
        self._work = [each for each in self._work if each.is_alive()]
        thread = threading.Thread(target=work, name=name)
        self._work.append(thread)
        thread.start()
