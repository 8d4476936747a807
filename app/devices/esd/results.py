"""What a tester says about its own measurement: a verdict in words or bits, and a status."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.devices.esd.ohms import Resistance
from app.domain.esd import EsdVerdict
from app.domain.line_fault import LineFault

SHOWN: Final = 80
"""Characters of a line that a fault repeats."""
_MASK: Final = re.compile(r"[0-9]{1,9}|0[xX][0-9a-fA-F]{1,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Bit:
    """One bit of a verdict that is a number.

    Attributes:
        value: The bit, such as 4.
        channel: The channel that it is about; empty for all of them.
        verdict: What it says where it is set.
    """

    value: int
    channel: str
    verdict: EsdVerdict


@dataclass(frozen=True, slots=True)
class Results:
    """What the tester's own verdicts mean.

    Attributes:
        words: The tester's word, upper case, and its verdict; None stands for a plain "fail" that
            does not say which way.
        fail_below_ohm: A plain fail of a value under this is a low one, else a high one.
        bits: The bits of a verdict that is a number; none where it is no number.
    """

    words: tuple[tuple[str, EsdVerdict | None], ...] = ()
    fail_below_ohm: int = 0
    bits: tuple[Bit, ...] = ()

    def verdict(self, word: str, channel: str) -> "EsdVerdict | LineFault | Plain | None":
        """What a word says about a channel; None for nothing."""
        words = dict(self.words)
        if word.upper() in words:
            return words[word.upper()] or Plain.FAIL
        if self.bits and _MASK.fullmatch(word):
            return self._of_mask(int(word, 16 if word[:2].lower() == "0x" else 10), word, channel)
        return LineFault("unknown_result", word[:SHOWN])

    def _of_mask(self, mask: int, word: str, channel: str) -> EsdVerdict | LineFault | None:
        known = 0
        for bit in self.bits:
            known |= bit.value
        if mask & ~known:
            return LineFault("unknown_result", word[:SHOWN])
        own = [bit for bit in self.bits if bit.channel == channel]
        common = [bit for bit in self.bits if not bit.channel]
        said = next((bit.verdict for bit in (*own, *common) if bit.value & mask), None)
        return EsdVerdict.PASS if said is None and own else said


class Plain(StrEnum):
    """A verdict that has to be read together with the value."""

    FAIL = "fail"


def verdict_of(
    results: Results, word: str | None, channel: str, value: Resistance | None
) -> EsdVerdict | LineFault | None:
    """The tester's verdict on a channel.

    Args:
        results: What its words mean.
        word: What it wrote; None for nothing.
        channel: The channel.
        value: Its value, which tells a plain fail's direction; None where there is none.
    """
    if word is None:
        return None
    said = results.verdict(word, channel)
    if said is not Plain.FAIL:
        return said
    if value is None:
        return EsdVerdict.INVALID
    low = value.under_range or (value.ohm is not None and value.ohm < results.fail_below_ohm)
    return EsdVerdict.FAIL_LOW if low else EsdVerdict.FAIL_HIGH


class Status(StrEnum):
    """What an instrument's status says about the value beside it."""

    OK = "ok"
    OVER = "over"
    UNDER = "under"
    DOUBTFUL = "doubtful"
    """The value is one, but the instrument does not stand for it: it only indicates."""
    NONE = "none"
    """There is no value."""
