"""A thread that looks after one thing again and again, and tells each change of its state once."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.domain.frames import DeviceRole, DeviceState, DeviceStatus
from app.services.ports import Clock

log = logging.getLogger("repair_bench.devices.diagnostics")

STOP_SECONDS: Final = 5.0
"""How long a stop waits for a network that hangs before it leaves the thread behind."""


@dataclass(frozen=True, slots=True)
class Post:
    """What is looked after.

    Attributes:
        device: The bench's own name of it.
        role: What it is there for.
        where: Its address, as told to the technician.
        look: Looks once and says how it stands; never raises.
        every: Seconds from one look to the next.
        cancel: Lets a look that waits end soon; any thread may call it.
        anew: Has the next look take nothing as done; any thread may call it.
    """

    device: str
    role: DeviceRole
    where: str
    look: Callable[[], DeviceStatus]
    every: float
    cancel: Callable[[], None] = lambda: None
    anew: Callable[[], None] = lambda: None


class Rounds:
    """Looks after one thing in a thread of its own.

    Args:
        post: What, and how often.
        clock: The time that states carry.
        on_state: Is told each change of state once, in this thread; must be quick.
        wait: Waits for an event, at most so many seconds.
    """

    def __init__(
        self,
        post: Post,
        clock: Clock,
        on_state: Callable[[DeviceState], None],
        wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
    ) -> None:
        self._post = post
        self._clock = clock
        self._on_state = on_state
        self._wait = wait
        self._wake = threading.Event()
        self._stopping = False
        self._status: DeviceStatus | None = None
        self._was_ready = False
        # A daemon: a network file system that hangs must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name=f"rounds {post.device}", daemon=True)

    @property
    def name(self) -> str:
        """The device's name."""
        return self._post.device

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def retry(self) -> None:
        """Look now instead of after the wait, and anew: something that was waited for came."""
        self._post.anew()
        self._wake.set()

    def ask_to_stop(self) -> None:
        """Let the thread end soon, whatever it waits for."""
        self._stopping = True
        self._wake.set()
        self._post.cancel()

    def join(self, seconds: float = STOP_SECONDS) -> bool:
        """Wait for the thread to end; False where it hangs and is left behind."""
        if self._thread.ident is None:
            return True
        self._thread.join(seconds)
        if self._thread.is_alive():
            log.error("%s hangs", self._post.device)
            return False
        return True

    def _run(self) -> None:
        try:
            self._tell(DeviceStatus.OPENING)
            while not self._stopping:
                self._wake.clear()
                self._found(self._post.look())
                if not self._stopping:
                    self._wait(self._wake, self._post.every)
        except Exception:
            self._tell(DeviceStatus.LOST)  # a defect ends this thread; it must not look alive
            raise

    def _found(self, status: DeviceStatus) -> None:
        """Tell what was found: what was there and is not any more is lost, which says more."""
        if status is DeviceStatus.ABSENT and self._was_ready:
            status = DeviceStatus.LOST
        self._was_ready = self._was_ready or status is DeviceStatus.READY
        if not self._stopping:  # a look that a stop cut short found nothing out
            self._tell(status)

    def _tell(self, status: DeviceStatus) -> None:
        if status is self._status:
            return
        self._status = status
        log.info("%s: %s", self._post.device, status.value)
        self._on_state(
            DeviceState(
                device=self._post.device,
                role=self._post.role,
                status=status,
                where=self._post.where,
                at=self._clock.now(),
            )
        )
