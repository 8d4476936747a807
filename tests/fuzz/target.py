"""What is fuzzed: a function that takes any bytes and fails where the product broke its word."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

NAMES: Final = (
    "addresses",
    "barcodes",
    "captures",
    "descriptor",
    "diagnostics",
    "framing",
    "gs1",
    "imports",
    "iso15434",
    "profiles",
    "redaction",
    "reports",
    "testers",
)
"""Each is a module of this folder with a `TARGET`."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that reads what anybody may send.

    Attributes:
        seeds: Inputs to begin with: samples of each kind, and every input that was once a fault.
        check: Fails, by any exception, where an input breaks what is promised of it.
        tokens: Pieces that inputs are made of, to reach further than single bytes do.
        longest: No input is longer, in bytes.
    """

    seeds: Callable[[], tuple[bytes, ...]]
    check: Callable[[bytes], None]
    tokens: tuple[bytes, ...] = ()
    longest: int = 4096


def load(name: str) -> Target:
    """Import a target; late, so that a fuzzer can instrument what it imports."""
    target = import_module(f"tests.fuzz.{name}").TARGET
    assert isinstance(target, Target)
    return target


class Choices:
    """Takes decisions out of an input: its first bytes choose, the rest is what is read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, stop: int) -> int:
        """A number under ``stop``, at most 256; 0 where the input has ended."""
        byte = self._data[self._at] if self._at < len(self._data) else 0
        self._at += 1
        return byte % stop

    def rest(self) -> bytes:
        """All that is left."""
        return self._data[self._at :]


def pieces(data: bytes, cut: int) -> list[bytes]:
    """A stream in pieces of the same size."""
    return [data[at : at + cut] for at in range(0, len(data), cut)]
