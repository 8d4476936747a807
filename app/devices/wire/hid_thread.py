"""The one thread that all HID scanners share: it looks for them, opens, reads and closes them.

Its three systems each want that: macOS enumerates in the thread that began it, Windows ties a read
to the thread that asked for it, and on all of them two threads in hidapi have crashed others'
programs. So no call here may take long: nodes are opened ahead by `app.devices.wire.hid_holding`,
reads wait only while nothing else has anything to say, and a scanner that floods gets a burst a
turn.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Final

from app.devices.errors import WireError
from app.devices.outlet import Surroundings
from app.devices.scanner.settings import HidCommand
from app.devices.spec import DeviceSpec
from app.devices.wire.hid import HidApi, load_api
from app.devices.wire.hid_holding import Holder
from app.devices.wire.hid_link import HidLink
from app.devices.wire.ports import PortRow, list_ports
from app.domain.frames import DeviceStatus

log = logging.getLogger("repair_bench.devices.wire")

WAIT_MS: Final = 100
"""How long a read waits where there is only one scanner: a stop is noticed that soon."""
TURN_MS: Final = 4
"""How long it waits where there are several: the others are heard that soon."""


def is_hid(spec: DeviceSpec) -> bool:
    """Whether a device is read by the HID thread."""
    return spec.url.partition(":")[0].lower() == "hid"


class HidThread:
    """Reads all HID scanners.

    Args:
        specs: The scanners.
        around: What they take from outside.
        load: Brings hidapi; it is called in the thread that calls `start`.
        ports: Lists the serial ports: a scanner that is missing may be one of them.
    """

    def __init__(
        self,
        specs: Sequence[DeviceSpec],
        around: Surroundings,
        load: Callable[[], HidApi] = load_api,
        ports: Callable[[], tuple[PortRow, ...]] = list_ports,
    ) -> None:
        self._around = around
        self._load = load
        self._ports = ports
        self._links = tuple(HidLink(spec, around) for spec in specs)
        self._by_precision = sorted(self._links, key=lambda link: -link.precision)
        self._commands = deque[tuple[HidLink, HidCommand]]()
        self._latest: HidLink | None = None
        self._hurry = False
        self._stopping = False
        self._reopen = False
        self._wake = threading.Event()
        # A daemon: a driver that hangs in the kernel must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="hid", daemon=True)
        self._api: HidApi | None = None
        self._missing: WireError | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The scanners' names."""
        return tuple(link.spec.name for link in self._links)

    def start(self) -> None:
        """Begin. Call it in the main thread: hidapi is imported here."""
        try:
            self._api = self._load()
        except WireError as error:
            self._missing = error
        self._thread.start()

    def retry(self) -> None:
        """Look for what is missing now instead of at the next turn."""
        self._hurry = True
        self._wake.set()

    def reopen(self) -> None:
        """Open what is open anew: after a sleep a handle may be dead and not say so."""
        self._reopen = True
        self.retry()

    def send(self, name: str, command: str) -> bool:
        """Let a scanner do something; whether its profile has that command.

        Returns at once: the report is sent in the thread, and a scanner that does not take it is
        logged.
        """
        for link in self._links:
            found = link.spec.hid.command(command)
            if link.spec.name == name and found is not None:
                self._commands.append((link, found))
                self._wake.set()
                return True
        return False

    def ask_to_stop(self) -> None:
        """Let the thread end soon, whatever it waits for."""
        self._stopping = True
        self._wake.set()

    def join(self, seconds: float) -> bool:
        """Wait for the thread to end; False if it did not."""
        if self._thread.ident is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        with ExitStack() as closing:
            for link in self._links:
                closing.callback(link.close)
            try:
                self._serve()
            except Exception:
                for link in self._links:  # a bug ends them all; none must look alive
                    link.outlet.tell(DeviceStatus.LOST)
                raise

    def _serve(self) -> None:
        for link in self._links:
            link.outlet.tell(DeviceStatus.OPENING)
        if self._missing is not None:
            for link in self._links:
                link.fail(self._missing)
        if self._api is not None:
            holder = Holder(self._api, self._wake.set, self._around.monotonic)
            try:
                self._turns(self._api, holder)
            finally:
                holder.let_go()

    def _turns(self, api: HidApi, holder: Holder) -> None:
        while not self._stopping:
            self._send()  # first: a command is for the scanner that was there
            self._let_go()
            self._seek(api, holder)
            self._read()

    def _let_go(self) -> None:
        reopen, self._reopen = self._reopen, False
        for link in self._links if reopen else ():
            if link.is_open:
                link.close()
                link.outlet.tell(DeviceStatus.OPENING)

    def _seek(self, api: HidApi, holder: Holder) -> None:
        """Look for the scanners whose turn it is, those that are named most exactly first."""
        now = self._around.monotonic()
        hurry, self._hurry = self._hurry, False
        due = [each for each in self._by_precision if not each.is_open]
        if hurry:
            for link in due:
                link.look_closer()
        else:
            due = [each for each in due if each.due <= now]
        if not due:
            return
        try:
            units = api.units()
        except WireError as error:
            for link in due:
                link.fail(error)
            return
        ports = self._other_ports()
        for link in due:
            taken = {each.path for each in self._links if each.is_open}
            link.open(api, holder, units, taken, ports)
        if not any(each.is_opening for each in self._links):
            holder.let_go()

    def _other_ports(self) -> tuple[PortRow, ...]:
        """The serial ports; it takes a while, so never while others are read."""
        if any(each.is_open for each in self._links):
            return ()
        try:
            return self._ports()
        except OSError as error:  # one of them went away meanwhile
            log.debug("listing ports: %s", error)
            return ()

    def _send(self) -> None:
        while self._commands:
            link, command = self._commands.popleft()
            link.send(command)

    def _read(self) -> None:
        """Hear all that are open; wait with the one that spoke last, or for the next search."""
        links = [each for each in self._links if each.is_open]
        if not links:
            self._rest()
            return
        waiting = self._latest if self._latest in links else links[0]
        wait_ms = WAIT_MS if len(links) == 1 else TURN_MS
        for link in self._links:
            if link.pump(wait_ms if link is waiting else 0):
                self._latest = link

    def _rest(self) -> None:
        """Wait until one is to be looked for. It is the wait that counts, not the clock."""
        first = min(each.due for each in self._links)
        self._around.wait(self._wake, max(0.0, first - self._around.monotonic()))
        self._wake.clear()  # a stop that came just now is seen by the loop's own test
        for link in self._links:
            if link.due <= first:
                link.due = 0.0
