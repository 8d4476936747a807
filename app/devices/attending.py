"""The devices of a running bench: watched, let go, and exchanged for others while it runs."""

import threading
from collections.abc import Callable, Mapping, Sequence

from app.devices.spec import DeviceSpec
from app.devices.supervisor import Supervisor
from app.devices.watching import Watch
from app.domain.esd import Measurement
from app.domain.frames import DeviceState, Frame
from app.domain.line_fault import LineFault
from app.services.ports import Clock, EsdDecoder


class Attendant:
    """Looks after the devices that are set up now.

    Args:
        on_frame: Takes each frame that is the bench's.
        on_state: Takes each change of a device's state.
        clock: The time that frames and states carry.

    Attributes:
        watch: What is seen of the devices.
    """

    def __init__(
        self,
        on_frame: Callable[[Frame], None],
        on_state: Callable[[DeviceState], None],
        clock: Clock,
    ) -> None:
        self.watch = Watch(on_frame, on_state, clock)
        self._clock = clock
        self._decoders: dict[str, EsdDecoder] = {}
        self._supervisor: Supervisor | None = None
        self._guard = threading.Lock()

    def attend(
        self,
        specs: Sequence[DeviceSpec],
        decoders: Mapping[str, EsdDecoder],
        shown: Mapping[str, EsdDecoder],
    ) -> None:
        """Look after these devices from now on; those before are let go first.

        Args:
            specs: The devices.
            decoders: What reads the testers' frames for the bench.
            shown: The same for whoever looks: a decoder may remember what it was asked.
        """
        self.let_go()
        self._decoders = dict(decoders)
        self.watch.decode_with(shown)
        if not specs:
            return
        supervisor = Supervisor(
            specs, self.watch.frame, self.watch.state, self._clock, on_bytes=self.watch.octets
        )
        with self._guard:
            self._supervisor = supervisor
        supervisor.start()

    def let_go(self) -> None:
        """Close every device and wait for it, for some seconds at most."""
        with self._guard:
            supervisor, self._supervisor = self._supervisor, None
        if supervisor is not None:
            supervisor.stop()
            self.watch.forget()

    def retry(self) -> None:
        """Look for what is missing now."""
        with self._guard:
            supervisor = self._supervisor
        if supervisor is not None:
            supervisor.retry()

    def decode(self, frame: Frame) -> tuple[Measurement | LineFault, ...] | LineFault:
        """Read a tester's frame, as it is set up now."""
        decoder = self._decoders.get(frame.device)
        return decoder(frame) if decoder is not None else LineFault("no_profile")
