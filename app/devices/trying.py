"""Finds the device that is meant: everything connected is listened to, and what speaks is it.

So nobody has to know a port's name, and two units that look the same are told apart by using one.
Nothing is recorded and nothing is sent.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.devices.errors import WireError
from app.devices.fitting import HID, fit_profiles
from app.devices.listing import DeviceKind, DeviceRow, list_devices
from app.devices.profile import Profile
from app.devices.profiles import list_profiles
from app.devices.spec import DeviceSpec
from app.devices.supervisor import Supervisor
from app.devices.wire.framing import Framing
from app.devices.wire.hid import HidApi, load_api
from app.devices.wire.ports import list_ports
from app.domain import barcodes
from app.domain.frames import DeviceRole, DeviceState, Frame
from app.services.device_sight import (
    Direction,
    Fate,
    Heard,
    LogLine,
    ProfileFit,
    TrialDevice,
    TrialFound,
    TrialSight,
)
from app.services.ports import Clock

log = logging.getLogger("repair_bench.devices")

LOOK_SECONDS: Final = 1.5
"""How often a device that was just plugged in is looked for."""
SILENCE_SECONDS: Final = 0.25
"""A message ends when nothing came for so long: its marks are still unknown."""
LONGEST: Final = 8192


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a trial is for.

    Attributes:
        role: A scanner or a tester.
        home: Whose own profiles are tried as well.
        taken: Addresses that are some other device's already.
        typed: An address that a person typed, beside what is connected; empty for none.
    """

    role: DeviceRole
    home: Path | None = None
    taken: tuple[str, ...] = ()
    typed: str = ""


class Trial:
    """Listens until something speaks.

    Args:
        wanted: What it is for.
        clock: The time that frames carry.
        hid: The HID devices, loaded in the main thread; None where there are none.
        before: Lets go of the bench's own devices; called in the trial's thread.
        rows: Lists what is connected; tests give their own.
    """

    def __init__(
        self,
        wanted: Wanted,
        clock: Clock,
        hid: HidApi | None,
        before: Callable[[], None] = lambda: None,
        rows: Callable[[], tuple[DeviceRow, ...]] | None = None,
    ) -> None:
        self._wanted = wanted
        self._clock = clock
        self._hid = hid
        self._before = before
        self._list = rows or self._connected
        self._guard = threading.Lock()
        self._stop = threading.Event()
        self._sight = TrialSight()
        self._known: tuple[DeviceRow, ...] | None = None
        self._meant: dict[str, TrialDevice] = {}
        self._supervisor: Supervisor | None = None
        self._thread = threading.Thread(target=self._run, name="device trial", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Close everything, and wait for it."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join()

    def sight(self) -> TrialSight:
        """What it has found so far."""
        with self._guard:
            return replace(self._sight, devices=tuple(self._meant.values()))

    def again(self) -> None:
        """Forget what spoke, and listen on."""
        with self._guard:
            self._sight = replace(self._sight, found=None)

    def typed(self, frame: Frame) -> None:
        """A scanner in keyboard mode typed this: it needs no address."""
        if self._wanted.role is DeviceRole.SCANNER:
            self._found(TrialFound("", frame.device, frame.raw, (), _heard(frame)))

    def _run(self) -> None:
        self._before()
        try:
            while not self._stop.is_set():
                self._look()
                self._stop.wait(LOOK_SECONDS)
        finally:
            self._close()

    def _look(self) -> None:
        fault = ""
        try:
            rows = self._list()
        except WireError as error:
            fault, rows = error.detail or error.code, ()
        with self._guard:
            self._sight = replace(self._sight, looking=False, fault=fault)
        if rows != self._known:
            self._known = rows
            self._listen(rows)

    def _connected(self) -> tuple[DeviceRow, ...]:
        hid = self._hid
        if hid is None or self._wanted.role is not DeviceRole.SCANNER:
            return list_devices(list_ports, _NoHid)
        return list_devices(list_ports, lambda: hid)

    def _listen(self, rows: Sequence[DeviceRow]) -> None:
        """Listen to all that can be read; what was listened to before is opened anew."""
        self._close()
        meant: dict[str, TrialDevice] = {}
        specs: list[DeviceSpec] = []
        for number, row in enumerate(rows, 1):
            address = lasting_address(row, rows)
            if address in self._wanted.taken:
                continue
            name = f"trial-{number}"
            mode = row.mode.value if row.mode is not None else ""
            called = row.description if row.description not in {"", "n/a"} else row.path
            meant[name] = TrialDevice(called, row.path, address, None, mode, row.can_be_read)
            if row.can_be_read:
                specs.append(self._spec(name, row, address))
        if self._wanted.typed:
            url = self._wanted.typed
            meant["trial-0"] = TrialDevice(url, url, url)
            specs.append(DeviceSpec("trial-0", self._wanted.role, url, _BY_SILENCE))
        with self._guard:
            self._meant = meant
        if specs:
            hid = self._hid or _NoHid()
            self._supervisor = Supervisor(
                specs, self._on_frame, self._on_state, self._clock, hid=lambda: hid
            )
            self._supervisor.start()

    def _spec(self, name: str, row: DeviceRow, address: str) -> DeviceSpec:
        if row.kind is DeviceKind.HID:
            return DeviceSpec(name, self._wanted.role, address)
        return DeviceSpec(name, self._wanted.role, row.path, _BY_SILENCE)

    def _close(self) -> None:
        supervisor, self._supervisor = self._supervisor, None
        if supervisor is not None:
            supervisor.stop()

    def _on_state(self, state: DeviceState) -> None:
        with self._guard:
            if state.device in self._meant:
                seen = replace(self._meant[state.device], state=state)
                self._meant = {**self._meant, state.device: seen}

    def _on_frame(self, frame: Frame) -> None:
        with self._guard:
            device = self._meant.get(frame.device)
        if device is None or not frame.raw.strip():
            return
        is_hid = device.address.partition(":")[0] == "hid"
        if is_hid:
            fits = tuple(
                ProfileFit(each.name, each.titles, fits=True) for each in self._profiles(hid=True)
            )
            found = TrialFound(device.address, device.name, frame.raw, fits, _heard(frame))
        else:
            fits, heard = fit_profiles(frame.raw, self._profiles(hid=False), frame.received_at)
            found = TrialFound(device.address, device.name, frame.raw, fits, heard)
        self._found(found)

    def _found(self, found: TrialFound) -> None:
        with self._guard:
            before = self._sight.found
            if before is None or (before.address == found.address and not before.profile):
                self._sight = replace(self._sight, found=found)

    def _profiles(self, *, hid: bool) -> list[Profile]:
        """Those that can be tried by listening; of HID only the one that trusts the scanner."""
        rows = [row.profile for row in list_profiles(self._wanted.home)]
        known = [row for row in rows if row is not None and row.role is self._wanted.role]
        if hid:
            return [each for each in known if each.name == HID]
        mute = [each for each in known if each.poll is None and each.dialogue is None]
        tried = [each for each in mute if not each.name.startswith(HID)]
        return sorted(tried, key=lambda each: (each.name != _FIRST, each.name))


_FIRST: Final = "serial-crlf"
"""Of several that fit the most tolerant: the default."""
_BY_SILENCE: Final = Framing((), filler=b"", idle=SILENCE_SECONDS, maximum=LONGEST)


class _NoHid(HidApi):
    """No HID devices: none are asked for, or the library is missing."""

    def __init__(self) -> None:
        """Nothing to load."""

    def units(self) -> tuple[()]:  # pyright: ignore[reportImplicitOverride]
        return ()


def load_hid() -> HidApi | None:
    """The HID devices; None where the library is missing. Call it in the main thread."""
    try:
        return load_api()
    except WireError:
        log.warning("HID devices are not looked for: hidapi is missing")
        return None


def _heard(frame: Frame) -> Heard:
    line = LogLine(
        frame.seq,
        frame.received_at,
        0.0,
        Direction.IN,
        frame.raw,
        len(frame.raw),
        Fate.TESTED,
        frame.aim,
    )
    return Heard(line, barcodes.read(frame.raw, frame.aim))


def lasting_address(row: DeviceRow, rows: Sequence[DeviceRow]) -> str:
    """The address that finds this unit and no other of those that are connected.

    Cheap units all have the same serial number, or none: those are known by their USB socket, and
    where the system tells none, by the name of the port.
    """
    alike = Counter(each.address for each in rows)
    if alike[row.address] == 1:
        return row.address
    if row.location and row.vid is not None and row.pid is not None:
        scheme = "hid" if row.kind is DeviceKind.HID else "usb"
        return f"{scheme}:{row.vid:04x}:{row.pid:04x}@{row.location}"
    return row.path if row.kind is DeviceKind.SERIAL else row.address
