"""Keeps every device open, each in a thread of its own, so that none holds up another.

All HID scanners share one thread: hidapi wants it so (docs/adr/0014).
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from app.devices.outlet import Surroundings
from app.devices.reader import Reader
from app.devices.spec import DeviceSpec
from app.devices.waking import Waking
from app.devices.wire.base import Wire
from app.devices.wire.hid import HidApi, load_api
from app.devices.wire.hid_thread import HidThread, is_hid
from app.devices.wire.opening import Opener
from app.domain.frames import DeviceState, Frame
from app.services.device_sight import Direction
from app.services.ports import Clock

log = logging.getLogger("repair_bench.devices")

STOP_SECONDS: Final = 5.0
"""How long a stop waits for a driver that hangs before it leaves its thread behind."""


class Supervisor:
    """Starts, watches and stops the readers of all devices.

    Args:
        specs: The devices; their names differ.
        on_frame: Is told each frame, in the device's thread; must be quick (put it on a queue).
        on_state: Is told each change of a device's state, once, in the device's thread.
        clock: The time that frames and states carry.
        opener: Opens a streaming device; tests give their own.
        hid: Brings the HID devices; it is called by `start`, in the caller's thread.
        monotonic: Seconds that never run backwards.
        wait: Waits for an event, at most so many seconds.
        on_bytes: Is told the bytes of each wire, in the device's thread; must be quick.

    Raises:
        ValueError: Two devices have the same name.
    """

    def __init__(  # noqa: PLR0913 - each can be replaced by its name
        self,
        specs: Sequence[DeviceSpec],
        on_frame: Callable[[Frame], None],
        on_state: Callable[[DeviceState], None],
        clock: Clock,
        *,
        opener: Callable[[DeviceSpec], Wire] | None = None,
        hid: Callable[[], HidApi] = load_api,
        monotonic: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
        on_bytes: Callable[[str, bytes, Direction], None] | None = None,
    ) -> None:
        names = [spec.name for spec in specs]
        if len(set(names)) < len(names):
            raise ValueError(f"two devices of one name: {', '.join(names)}")
        self._on_state = on_state
        self._guard = threading.Lock()
        self._states: dict[str, DeviceState] = {}
        around = Surroundings(
            clock, on_frame, self._note, opener or Opener(), monotonic, wait, on_bytes
        )
        readers: list[Reader | HidThread] = [
            Reader(spec, around) for spec in specs if not is_hid(spec)
        ]
        scanners = [spec for spec in specs if is_hid(spec)]
        self._hid = HidThread(scanners, around, hid) if scanners else None
        self._waking = Waking(self.reopen)
        self._readers = (*readers, *((self._hid,) if self._hid is not None else ()))

    def start(self) -> None:
        """Start the threads. Call it once, in the main thread: it may import hidapi."""
        for reader in self._readers:
            reader.start()
        self._waking.start()

    def stop(self, seconds: float = STOP_SECONDS) -> tuple[str, ...]:
        """Stop all threads and wait for them; what stood half-read is given as cut off before.

        Args:
            seconds: How long to wait for all of them together.

        Returns:
            The devices whose driver hangs, so that their thread is left behind; normally none.
        """
        self._waking.stop()
        for reader in self._readers:
            reader.ask_to_stop()
        until = time.monotonic() + seconds
        hung = tuple(
            name
            for reader in self._readers
            if not reader.join(max(0.0, until - time.monotonic()))
            for name in reader.names
        )
        if hung:
            log.error("drivers that hang: %s", ", ".join(hung))
        return hung

    def retry(self) -> None:
        """Look for what is missing now instead of at the next turn (up to 5 s away)."""
        for reader in self._readers:
            reader.retry()

    def reopen(self) -> None:
        """Open every device anew, as after a sleep; half a frame is given as cut off."""
        for reader in self._readers:
            reader.reopen()

    def send(self, device: str, command: str) -> bool:
        """Let a HID scanner do something that its profile names, such as ``beep``.

        Returns:
            Whether the device's profile has such a command. It is sent in the device's thread.
        """
        return self._hid is not None and self._hid.send(device, command)

    def states(self) -> tuple[DeviceState, ...]:
        """The last state told of each device, by name."""
        with self._guard:
            return tuple(self._states[name] for name in sorted(self._states))

    def _note(self, state: DeviceState) -> None:
        with self._guard:
            self._states[state.device] = state
        self._on_state(state)
