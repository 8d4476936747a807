"""The thread of one streaming device: opens it, makes frames of its bytes, finds it again.

It does nothing else (design, section 5). All that it needs from outside is an argument, so that a
test can be the clock, the wire and the wait.
"""

import threading

from app.devices.backoff import Backoff
from app.devices.errors import DeviceError
from app.devices.outlet import Outlet, Surroundings
from app.devices.spec import DeviceSpec
from app.devices.wire.base import Wire
from app.devices.wire.framing import Framer
from app.domain.frames import DeviceStatus
from app.services.device_sight import Direction


class Reader:
    """Reads one device in a thread of its own."""

    def __init__(self, spec: DeviceSpec, around: Surroundings) -> None:
        self._spec = spec
        self._around = around
        self._backoff = Backoff()
        self._wake = threading.Event()
        self._stopping = False
        self._reopen = False
        self._wire: Wire | None = None
        self._outlet = Outlet(spec, around)
        # A daemon: a driver that hangs in the kernel must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name=f"reader {spec.name}", daemon=True)

    @property
    def names(self) -> tuple[str, ...]:
        """The device's name."""
        return (self._spec.name,)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def retry(self) -> None:
        """Try again now instead of after the wait: something was plugged in, or somebody asks."""
        self._wake.set()

    def reopen(self) -> None:
        """Close what is open and open it anew: after a sleep a port may be dead and not say so."""
        self._reopen = True
        wire = self._wire
        if wire is not None:
            wire.cancel()
        self._wake.set()

    def ask_to_stop(self) -> None:
        """Let the thread end soon, whatever it waits for."""
        self._stopping = True
        self._wake.set()
        wire = self._wire
        if wire is not None:
            wire.cancel()

    def join(self, seconds: float) -> bool:
        """Wait for the thread to end; False if it did not."""
        if self._thread.ident is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._outlet.tell(DeviceStatus.OPENING)
            while not self._stopping:
                self._once()
                if self._stopping:
                    return
                self._around.wait(self._wake, self._backoff.next())
                self._wake.clear()  # a stop that came just now is seen by the loop's own test
        except Exception:
            self._outlet.tell(DeviceStatus.LOST)  # a bug ends this reader; it must not look alive
            raise

    def _once(self) -> None:
        """Open the device and read it until it is gone."""
        try:
            wire = self._around.opener(self._spec)
            try:
                self._serve(wire)
            finally:
                wire.close()
        except DeviceError as error:
            self._outlet.tell_fault(error)

    def _serve(self, wire: Wire) -> None:
        framer = Framer(self._spec.framing)
        self._wire = wire
        try:
            self._outlet.tell(DeviceStatus.READY)
            self._reopen = False
            while not (self._stopping or self._reopen):
                data = wire.read()
                self._outlet.pass_bytes(data)
                now = self._around.monotonic()
                self._outlet.give(framer.feed(data, now) if data else framer.flush(now))
                if reply := framer.replies():  # only now: the frames are on their way to the store
                    wire.write(reply)
                    self._outlet.pass_bytes(reply, Direction.OUT)
                self._backoff.reset()  # only now: a port that opens and fails at once is no success
            if self._reopen:
                self._outlet.tell(DeviceStatus.OPENING)
        finally:
            self._wire = None
            self._outlet.give(framer.cut_off())
