"""Strokes fed to a recogniser, and what it said of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.ui.wedge.keys import Fate, Stroke
from app.ui.wedge.recognition import Burst, Recogniser, Rules


@dataclass
class Typed:
    """Feeds a recogniser and remembers what it said of each stroke."""

    recogniser: Recogniser = field(default_factory=lambda: Recogniser(Rules()))
    strokes: list[Stroke] = field(default_factory=list[Stroke])
    bursts: list[Burst] = field(default_factory=list[Burst])

    def press(self, code: int, at: int, **more: bool) -> Stroke:
        stroke = Stroke(code, at, ctrl=more.pop("ctrl", False), alt=int(more.pop("alt", False)))
        self.strokes.append(stroke)
        self.recogniser.press(stroke, **more)
        self._take()
        return stroke

    def release(self, code: int, at: int) -> None:
        self.recogniser.release(code, at)
        self._take()

    def tap(self, code: int, at: int, held: int = 3, **more: bool) -> Stroke:
        stroke = self.press(code, at, **more)
        self.release(code, at + held)
        return stroke

    def scan(self, codes: Sequence[int], at: int = 1000, pace: int = 8) -> int:
        """Type at a scanner's pace; gives when it ended."""
        for code in codes:
            self.tap(code, at)
            at += pace
        return at

    def expire(self) -> None:
        self.recogniser.expire()
        self._take()

    def interrupt(self) -> None:
        self.recogniser.interrupt()
        self._take()

    def _take(self) -> None:
        self.bursts.extend(self.recogniser.take_bursts())

    @property
    def fates(self) -> set[Fate]:
        return {one.fate for one in self.strokes}

    def codes(self) -> list[list[int]]:
        return [[one.code for one in burst.strokes] for burst in self.bursts]
