"""Scanners and testers without the hardware: real bytes on a real pseudo-terminal.

What is behind the port is simulated; the kernel's terminal, pyserial, the reader and all above are
the real ones. The device's path is a link that stays the same when it is unplugged and plugged in
again, as udev's links do. Not for Windows, which has no pseudo-terminals.
"""

import os
import select
import tempfile
import threading
import tty
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from app.devices.esd.grammar import Sample
from app.devices.profile import Profile
from app.domain.esd import EsdVerdict

_TURN_SECONDS: Final = 0.05


class UnpluggedError(Exception):
    """The simulated device was pulled out while it was writing."""


class SimulatedPort:
    """A serial device's end of the cable.

    Args:
        link: Where the program finds it; None makes a temporary folder that `close` removes.
    """

    def __init__(self, link: Path | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="repair-bench-") if link is None else None
        self._link = link or Path(self._folder.name if self._folder else "") / "port"
        self._guard = threading.Lock()
        self._ends: tuple[int, int] | None = None
        self.plug()

    @property
    def path(self) -> str:
        """The path that the program opens."""
        return str(self._link)

    def write(self, data: bytes) -> None:
        """Send bytes; waits while the program does not read.

        Raises:
            UnpluggedError: The device is not plugged in, or was pulled out meanwhile.
        """
        rest = memoryview(data)
        while rest:
            with self._guard:
                rest = rest[self._write_some(rest) :]

    def received(self) -> bytes:
        """What the program wrote to the device since the last time."""
        with self._guard:
            if self._ends is None:
                raise UnpluggedError(self.path)
            try:
                return os.read(self._ends[0], 65536)
            except BlockingIOError:
                return b""

    def wait_received(self, seconds: float) -> bytes:
        """The same, waiting a moment for the first byte; nothing where it is not plugged in."""
        with self._guard:
            ends = self._ends
        if ends is None:
            return b""
        try:
            select.select([ends[0]], [], [], seconds)
            return self.received()
        except (OSError, ValueError, UnpluggedError):  # pulled out meanwhile
            return b""

    def plug(self) -> None:
        """Connect: a new terminal under the same path. Does nothing if it is connected."""
        with self._guard:
            if self._ends is not None:
                return
            master, slave = os.openpty()  # ours stays open: an end without a peer answers EIO
            tty.setraw(slave)
            os.set_blocking(master, False)
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(os.ttyname(slave))
            self._ends = master, slave

    def unplug(self) -> None:
        """Pull the cable, in the middle of whatever is on it. Does nothing if it is pulled."""
        with self._guard:
            if self._ends is None:
                return
            self._link.unlink(missing_ok=True)
            for end in self._ends:
                os.close(end)
            self._ends = None

    def replug(self) -> None:
        """Pull the cable and connect it again."""
        self.unplug()
        self.plug()

    def close(self) -> None:
        """Pull the cable for good."""
        self.unplug()
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write_some(self, data: memoryview) -> int:
        if self._ends is None:
            raise UnpluggedError(self.path)
        master = self._ends[0]
        try:
            return os.write(master, data)
        except BlockingIOError:
            select.select([], [master], [], _TURN_SECONDS)  # a turn only: it may be pulled out
            return 0


class SimulatedScanner(SimulatedPort):
    """A scanner that marks its messages as its profile says."""

    def __init__(self, profile: Profile, link: Path | None = None) -> None:
        super().__init__(link)
        self._framing = profile.framing

    def scan(self, code: str | bytes) -> None:
        """Send what a barcode holds."""
        raw = code.encode() if isinstance(code, str) else code
        ends = self._framing.terminators
        self.write(self._framing.start + raw + (ends[0] if ends else b""))


class SimulatedTester(SimulatedPort):
    """An ESD tester that writes the lines of its profile."""

    def __init__(self, profile: Profile, link: Path | None = None) -> None:
        super().__init__(link)
        self._profile = profile

    def send(self, line: str | bytes) -> None:
        """Send a line."""
        grammar = self._profile.grammar
        encoding = grammar.encoding if grammar else "utf-8"
        raw = line.encode(encoding) if isinstance(line, str) else line
        self.write(self._profile.framing.sealed(raw))

    def measure(self, verdict: EsdVerdict) -> Sample:
        """Send the profile's first sample with this verdict of the tester, and say which it was.

        Raises:
            LookupError: The profile has no such sample.
        """
        for sample in self._profile.samples:
            told = {getattr(each, "tester_verdict", None) for each in sample.expected}
            if told == {verdict}:
                self.send(sample.raw)
                return sample
        raise LookupError(f"{self._profile.name} has no sample that is {verdict.value}")
