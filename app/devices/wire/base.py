"""What every wire can do, and how a thread waits on it."""

from typing import Final, Protocol

READ_SECONDS: Final = 0.25
"""How long a read waits for the first byte: idling is cheap, and a stop is noticed soon."""


class Wire(Protocol):
    """An open connection to a device that streams bytes.

    All but ``cancel`` belong to the thread that opened it.
    """

    def read(self) -> bytes:
        """What arrived; waits for the first byte for a moment, and gives nothing when none came.

        Raises:
            WireError: The device is gone.
        """
        ...

    def write(self, data: bytes) -> None:
        """Send bytes to the device.

        Raises:
            WireError: The device is gone.
        """
        ...

    def cancel(self) -> None:
        """Let a waiting read return soon. Any thread may call it, at any time; it never raises."""
        ...

    def close(self) -> None:
        """Let go of the device. Never raises, and may be called twice."""
        ...
