"""What is kept of a PIN: argon2id, the one home of its library.

A PIN has few digits, so the hash only delays whoever has the open database; what protects it is the
store's own key, and at the bench the lock after a few wrong tries (`app.domain.pins`).
"""

from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

TIME_COST: Final = 3
MEMORY_KIB: Final = 64 * 1024
LANES: Final = 4
"""RFC 9106, section 4, the second recommended choice: about a tenth of a second on a bench."""


class Argon2Hasher:
    """PINs by argon2id (`app.services.pins.PinHasher`).

    Args:
        time_cost: Passes over the memory.
        memory_kib: How much memory.
        lanes: Computed side by side.
    """

    def __init__(
        self, time_cost: int = TIME_COST, memory_kib: int = MEMORY_KIB, lanes: int = LANES
    ) -> None:
        self._hasher = PasswordHasher(time_cost, memory_kib, lanes)

    def hash(self, pin: str) -> str:
        """What may be kept of a PIN, with a salt of its own."""
        return self._hasher.hash(pin)

    def verify(self, kept: str, pin: str) -> bool:
        """Whether it is the PIN that this was made of; False for what is no hash."""
        try:
            return self._hasher.verify(kept, pin)
        except (VerificationError, InvalidHashError):
            return False
