"""A bound on failed attempts, in bounded memory."""

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_IPV6_NETWORK: Final = 64
"""One customer has a whole /64, so one network counts as one address."""


@dataclass(slots=True)
class _Window:
    began: float
    failures: int


class FailureLimiter:
    """Hears an address until it failed too often, then not until its window is over.

    Successes cost nothing: a lead may enrol fifty benches in a row from one address. Used from one
        thread.

    Args:
        allowed: Failures in one window.
        seconds: Length of a window.
        addresses: How many addresses are remembered; the one that failed longest ago is forgotten
            first.
        monotonic: Seconds that never go back.
    """

    def __init__(
        self, *, allowed: int, seconds: float, addresses: int, monotonic: Callable[[], float]
    ) -> None:
        self._allowed = allowed
        self._seconds = seconds
        self._addresses = addresses
        self._monotonic = monotonic
        self._windows: OrderedDict[str, _Window] = OrderedDict()

    def wait(self, address: str) -> int:
        """Whole seconds until the address is heard again, 0 if it is heard now."""
        window = self._windows.get(_network(address))
        if window is None:
            return 0
        left = window.began + self._seconds - self._monotonic()
        return math.ceil(left) if left > 0 and window.failures >= self._allowed else 0

    def failed(self, address: str) -> None:
        """Count a failure."""
        network, now = _network(address), self._monotonic()
        window = self._windows.get(network)
        if window is None or now >= window.began + self._seconds:
            window = self._windows[network] = _Window(now, 0)
        window.failures += 1
        self._windows.move_to_end(network)
        if len(self._windows) > self._addresses:
            self._windows.popitem(last=False)


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:  # noqa: PLR2004 - the version's name is its number
        return address
    return str(ipaddress.ip_network((parsed, _IPV6_NETWORK), strict=False))
