"""One HID scanner as the HID thread keeps it: looked for, open, or waiting for its next turn."""

import logging
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from app.devices.backoff import FIRST_SECONDS, Backoff
from app.devices.errors import DeviceError, WireCode, WireError
from app.devices.outlet import Outlet, Surroundings
from app.devices.scanner.assembler import ScanAssembler
from app.devices.scanner.descriptor import parse_descriptor
from app.devices.scanner.layout import ScannerLayout, layout_of
from app.devices.scanner.settings import HidCommand
from app.devices.spec import DeviceSpec
from app.devices.wire.address import UsbIdentity, parse_address
from app.devices.wire.hid import HidApi, HidPort, HidUnit
from app.devices.wire.hid_choice import UsbRow, candidates, precision
from app.devices.wire.hid_holding import LOOK_SECONDS, Holder, Release
from app.domain.frames import DeviceStatus

log = logging.getLogger("repair_bench.devices.wire")

POLL_SECONDS: Final = 1.0
"""How often a missing scanner is looked for: nothing tells that one was plugged in."""
BURST: Final = 32
"""Reports that one scanner may send before the others have their turn."""


_Verdict = tuple[tuple[HidUnit, ...], tuple[WireCode, str]]
_NOTHING: Final[_Verdict] = (), (WireCode.ABSENT, "")
_DECIDED: Final = frozenset({WireCode.AMBIGUOUS, WireCode.REFUSED})
"""Why units are not opened again until there are others: looking closer would tell the same."""


@dataclass(frozen=True, slots=True)
class _Open:
    path: str
    port: HidPort
    layout: ScannerLayout


class HidLink:
    """A scanner of the HID thread, which alone may use it.

    Args:
        spec: The scanner.
        around: What it takes from outside.

    Attributes:
        due: When it is to be looked for again, monotonic seconds.
        is_opening: Whether it waits until a unit has opened.
    """

    def __init__(self, spec: DeviceSpec, around: Surroundings) -> None:
        self.spec = spec
        self.due = 0.0
        self.is_opening = False
        self.outlet = Outlet(spec, around)
        self._around = around
        self._backoff = Backoff(FIRST_SECONDS, POLL_SECONDS)
        self._open: _Open | None = None
        self._undecided = _NOTHING
        self._assembler = ScanAssembler(ScannerLayout({}, False, 1), spec.framing)

    @property
    def path(self) -> str:
        """The path that is open; empty where none is."""
        return self._open.path if self._open is not None else ""

    @property
    def is_open(self) -> bool:
        """Whether it can be read."""
        return self._open is not None

    @property
    def precision(self) -> int:
        """How exactly its address names a unit."""
        try:
            return precision(self._meant())
        except DeviceError:
            return 0

    def open(
        self,
        api: HidApi,
        holder: Holder,
        units: tuple[HidUnit, ...],
        taken: Collection[str] = (),
        ports: Iterable[UsbRow] = (),
    ) -> None:
        """Find it among the units and open it; what keeps it from that is told.

        It never waits: while a unit is opening, the next turn is soon.

        Args:
            api: Opens it.
            holder: Takes its node ahead.
            units: What there is.
            taken: The paths that others have open.
            ports: The serial ports, to tell a scanner that is one of them.
        """
        self.is_opening = False
        try:
            fitting = candidates(units, self._meant(), taken, ports)
            if fitting == self._undecided[0]:
                raise WireError(*self._undecided[1])
            waited_for = [each for each in fitting if holder.is_opening(each.path)]
            if waited_for:
                self.is_opening = True
                self.due = self._around.monotonic() + LOOK_SECONDS
                return
            self._open = self._open_one(api, holder, fitting)
        except DeviceError as error:
            self.fail(error)
            return
        self._assembler = ScanAssembler(self._open.layout, self.spec.framing)
        self.outlet.tell(DeviceStatus.READY)

    def look_closer(self) -> None:
        """Open what was looked at in vain once more: somebody asks."""
        self._undecided = _NOTHING

    def _open_one(self, api: HidApi, holder: Holder, fitting: tuple[HidUnit, ...]) -> _Open:
        self._undecided = _NOTHING
        try:
            return _open_one(api, holder, fitting, self.spec)
        except WireError as error:
            # Not each second again: some scanners tell with a beep that they were opened.
            if error.reason in _DECIDED:
                self._undecided = fitting, (error.reason, error.detail)
            raise

    def pump(self, wait_ms: int) -> bool:
        """Read what there is, for a burst at most; whether there was anything.

        Args:
            wait_ms: How long to wait for the first report; 0 for not at all.
        """
        if self._open is None:
            return False
        port, size, got = self._open.port, self._open.layout.read_size, 0
        try:
            while got < BURST:
                report = port.read(size, 0 if got else wait_ms)
                now = self._around.monotonic()
                self._backoff.reset()  # only now: one that opens and fails at once is no success
                if not report:
                    self.outlet.give(self._assembler.flush(now))
                    break
                got += 1
                self.outlet.pass_bytes(report)
                self.outlet.give(self._assembler.feed(report, now))
        except WireError as error:
            self.close()
            self.fail(error)
        return got > 0

    def send(self, command: HidCommand) -> None:
        """Send a command of its profile; one that the device does not take is logged."""
        port = self._open.port if self._open is not None else None
        if port is None or not port.send(command.report, feature=command.feature):
            log.warning("%s: did not take %s", self.spec.name, command.name)

    def close(self) -> None:
        """Let go of it, and give what was half read as cut off."""
        was, self._open = self._open, None
        if was is not None:
            was.port.close()  # first: while the dead handle is open, a new plug gets another number
            self.outlet.give(self._assembler.cut_off())

    def fail(self, error: DeviceError) -> None:
        """Tell what keeps it from working, and wait for the next turn."""
        self.outlet.tell_fault(error)
        self.due = self._around.monotonic() + self._backoff.next()

    def _meant(self) -> UsbIdentity | None:
        return parse_address(self.spec.url).usb


def _open_one(api: HidApi, holder: Holder, units: tuple[HidUnit, ...], spec: DeviceSpec) -> _Open:
    """Open the one of these units whose descriptor has a place for codes.

    Raises:
        WireError: None has, several have, or none could be opened.
    """
    found: list[_Open] = []
    faults: list[WireError] = []
    for unit in units:
        try:
            found.append(_open(api, holder.take(unit.path), unit, spec))
        except WireError as error:
            faults.append(error)
    if len(found) == 1:
        return found[0]
    for each in found:
        each.port.close()
    if found:
        raise WireError(WireCode.AMBIGUOUS, ", ".join(each.path for each in found))
    raise faults[0]


def _open(api: HidApi, release: Release, unit: HidUnit, spec: DeviceSpec) -> _Open:
    with ExitStack() as closing:
        port = api.open(unit.path, release)
        closing.callback(port.close)
        layout = layout_of(parse_descriptor(port.descriptor()), spec.hid.layout)
        if not layout.reports:
            raise WireError(WireCode.REFUSED, f"{unit.path}: no report holds decoded data")
        closing.pop_all()
    log.info("%s: %s is %s: %s", spec.name, unit.path, unit.identity, layout)
    return _Open(unit.path, port, layout)
