"""Tells a scanner that types from a person who types. Pure: strokes in, their fate out.

A stroke is held back until it is certain whose it is. Two things tell a scanner: it is fast, and it
lets go of each key before it presses the next, within a few milliseconds. A person holds a key for
40 ms and more, however soon the next one comes. So what was held long, or was still down when
another key went down, is a person's and is given back, in order; only what is left can be a scan.
Where a person's stroke lies among a scanner's, the scan is in doubt and is not told as whole.

Times are the events' own stamps, in milliseconds: a window that stalls sees its keys late, and by
its own clock it would see them all at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from app.ui.wedge.keys import LEFT_ALT, Fate, Stroke

LONGEST: Final = 4_200
"""More strokes than the longest barcode that is read has characters: the run is cut there."""
_WRAP: Final = 1 << 32
"""X11 counts milliseconds in 32 bits: every 49.7 days they begin anew."""


class Suffix(Enum):
    """What the scanner types after each code."""

    AUTO = "auto"
    """Return or Tab; silence as well, until the first of them was seen."""
    CR = "cr"
    TAB = "tab"
    NONE = "none"
    """Nothing: silence ends a code, and Return and Tab belong to it."""


class Opening(Enum):
    """What the first strokes of a run say, where the scanner types a preamble."""

    NO = "no"
    PARTLY = "partly"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Rules:
    """When strokes are a scanner's. Times in milliseconds.

    Attributes:
        least: How many characters a scan has at least, its suffix among them; `LONGEST` where
            speed alone tells nothing.
        least_in_field: The same in a field that is there for scans.
        average_ms: How long one takes at most, on average.
        gap_ms: How long a stroke waits for the next before it is a person's.
        hold_ms: How long a scanner holds a key at most. No setting: it guards the person.
        patience_ms: How long a scan that lacks its suffix is waited for.
        fragment_ms: How soon after a scanner's stroke without an end a scan is its rest.
        suffix: What ends a scan.
        opens: Reads the preamble; None where speed alone decides.
    """

    least: int = 6
    least_in_field: int = 3
    average_ms: int = 30
    gap_ms: int = 50
    hold_ms: int = 35
    patience_ms: int = 150
    fragment_ms: int = 300
    suffix: Suffix = Suffix.AUTO
    opens: Callable[[Sequence[Stroke]], Opening] | None = None


@dataclass(frozen=True, slots=True)
class Burst:
    """What a scanner typed.

    Attributes:
        strokes: Its characters, without the suffix.
        whole: Nothing of it is in doubt.
        too_long: It was longer than any barcode.
    """

    strokes: tuple[Stroke, ...]
    whole: bool = True
    too_long: bool = False


@dataclass(slots=True)
class _Run:
    """Strokes that came close to each other, and are not yet known to be anybody's."""

    strokes: list[Stroke] = field(default_factory=list[Stroke])
    last_at: int | None = None
    least: int = LONGEST
    after_scan: bool = False
    """It follows a scan's suffix at once: it is the same scanner's."""
    sure: bool = False
    """It was fast and long enough to be a scan: a pause does not make it typing."""
    doubt: bool = False
    """A person's stroke lay close to it, a key's stroke never came, or its beginning is missing."""


def elapsed(before: int, after: int) -> int:
    """Milliseconds between two stamps; one that went backwards is very far away."""
    return (after - before) % _WRAP


class Recogniser:
    """Decides whose each stroke is. Feed it every press and release, in order.

    A stroke's fate is written into the stroke itself.

    Args:
        rules: When strokes are a scanner's.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._run = _Run()
        self._last: Stroke | None = None
        self._down: set[int] = set()
        self._alt = 1
        self._suffix_seen = False
        self._fragment_at: int | None = None
        self._bursts: list[Burst] = []

    @property
    def wait_ms(self) -> int:
        """How long to wait for another stroke before `expire`; 0 where none is held back."""
        return self._limit() if self._run.strokes else 0

    def press(self, stroke: Stroke, *, in_field: bool = False, repeated: bool = False) -> None:
        """A key went down.

        Args:
            stroke: The key.
            in_field: It goes to a field that is there for scans: a short one is a scan as well.
            repeated: The system itself says that a held key repeats.
        """
        if stroke.code == LEFT_ALT and stroke.key not in self._down:
            self._alt += 1
        self._down.add(stroke.key)
        if stroke.is_modifier:
            stroke.fate = Fate.PERSON
            return
        stroke.alt = self._alt if stroke.alt else 0
        if self._is_late(stroke):
            self._finish()
        self._link(stroke)
        if repeated or elapsed(stroke.down_since, stroke.at) > self.rules.hold_ms:
            self._pass_on(stroke)  # held by a person, it repeats at a scanner's pace
        elif self._may_belong(stroke) and (self._goes_on or self._listens(in_field=in_field)):
            self._take(stroke, in_field=in_field)
        else:
            self._pass_on(stroke)

    def release(self, key: int, at: int) -> Stroke | None:
        """A key was let go.

        Returns:
            The stroke that it ends, None where that is long known.
        """
        lost = key not in self._down
        self._down.discard(key)
        ended = next(
            (one for one in self._run.strokes if one.key == key and one.released_at is None), None
        )
        if ended is None and self._last is not None and self._last.key == key:
            ended = self._last if self._last.released_at is None else None
        if ended is not None:
            ended.released_at = at
            self._end(ended)
            self._settle_head()
        elif lost and self._run.strokes:
            self._run.doubt = True
        return ended

    def expire(self) -> None:
        """Nothing came for `wait_ms`: decide."""
        self._finish()

    def interrupt(self) -> None:
        """Decide now: the keys go elsewhere from now on, or another key came between."""
        self._finish(whole=not self._run.strokes)

    def take_bursts(self) -> tuple[Burst, ...]:
        """What a scanner typed since this was last asked."""
        told, self._bursts = tuple(self._bursts), []
        return told

    # ------------------------------------------------------------------
    # What a stroke does to the run
    # ------------------------------------------------------------------

    def _is_late(self, stroke: Stroke) -> bool:
        last = self._run.last_at
        return last is not None and elapsed(last, stroke.at) > self._limit()

    def _limit(self) -> int:
        """How long the run waits for its next stroke."""
        run = self._run
        run.sure = run.sure or self._is_scan(run.strokes[:-1], run.least)
        expected = self.rules.suffix in (Suffix.CR, Suffix.TAB) or self._suffix_seen
        waits = run.sure and expected and self.rules.suffix is not Suffix.NONE
        return self.rules.patience_ms if waits else self.rules.gap_ms

    def _link(self, stroke: Stroke) -> None:
        """A held key repeats as a release and a press with one stamp; Qt often cannot tell.

        The first of them was held long before it repeated, so it is known as a person's.
        """
        last, self._last = self._last, stroke
        if last is None or last.key != stroke.key or last.released_at != stroke.at:
            return
        if self._is_persons(last):
            stroke.down_since = last.down_since

    def _pass_on(self, stroke: Stroke) -> None:
        """A person's stroke came between. What is still down now may be a scanner's beginning."""
        undecided = [
            one
            for one in self._run.strokes
            if one.released_at is None and elapsed(one.down_since, stroke.at) <= self.rules.hold_ms
        ]
        self.interrupt()
        if undecided:
            self._fragment_at = undecided[-1].at
        stroke.fate = Fate.PERSON

    @property
    def _goes_on(self) -> bool:
        """Whether a stroke now would follow others closely."""
        return bool(self._run.strokes) or self._run.after_scan

    def _may_belong(self, stroke: Stroke) -> bool:
        if self._goes_on:
            return stroke.is_character or stroke.is_enter or stroke.is_tab
        by_number = bool(stroke.alt) and stroke.code in _PAD_DIGITS
        plain = not (stroke.ctrl and not stroke.altgr) and not stroke.alt
        return stroke.is_character and (plain or by_number)

    def _listens(self, *, in_field: bool) -> bool:
        return in_field or self.rules.opens is not None or self.rules.least < LONGEST

    def _take(self, stroke: Stroke, *, in_field: bool) -> None:
        run = self._run
        if not run.strokes and not run.after_scan:
            run.least = self._least(in_field=in_field)
            run.doubt = run.doubt or self._is_rest(stroke)
        for one in run.strokes:
            one.overlapped = one.overlapped or one.released_at is None
        run.strokes.append(stroke)
        run.last_at = stroke.at
        if not self._may_open():
            self._start_anew(stroke)
        elif len(run.strokes) >= LONGEST:
            self._finish(whole=False, too_long=True)

    def _is_rest(self, stroke: Stroke) -> bool:
        """Whether a scanner's strokes without an end were just before: this is what they lack."""
        before = self._fragment_at
        return before is not None and elapsed(before, stroke.at) <= self.rules.fragment_ms

    def _least(self, *, in_field: bool) -> int:
        if in_field:
            return self.rules.least_in_field
        return LONGEST if self.rules.opens is not None else self.rules.least

    def _may_open(self) -> bool:
        """Read the preamble; once it was whole, one character more is enough."""
        run, opens = self._run, self.rules.opens
        if opens is None or run.after_scan or run.least < LONGEST:
            return True
        opening = opens(run.strokes)
        if opening is Opening.WHOLE:
            run.least = len(run.strokes) + 1
        return opening is not Opening.NO

    def _start_anew(self, stroke: Stroke) -> None:
        """The run is no preamble; its last stroke may begin one."""
        alone = len(self._run.strokes) == 1
        _all_are(self._run.strokes, Fate.PERSON)
        self._run = _Run()
        if not alone:
            stroke.fate = Fate.PENDING
            if self._may_belong(stroke):
                self._take(stroke, in_field=False)
            else:
                stroke.fate = Fate.PERSON

    def _ends(self, stroke: Stroke) -> bool:
        enter = stroke.is_enter and self.rules.suffix in (Suffix.CR, Suffix.AUTO)
        tab = stroke.is_tab and self.rules.suffix in (Suffix.TAB, Suffix.AUTO)
        return enter or tab

    def _end(self, suffix: Stroke) -> None:
        """A suffix was let go: what came before it is a scan, if it is fast and long enough.

        Not when it went down: a person's Return in the middle of a scan would cut it in silence.
        """
        run = self._run
        if not self._ends(suffix) or not run.strokes or run.strokes[-1] is not suffix:
            return
        before = run.strokes[:-1]
        own = [one for one in before if not self._is_persons(one)]
        second = run.after_scan and not before
        if self._is_persons(suffix) or not (
            second or run.sure or self._is_scan([*own, suffix], run.least, known=True)
        ):
            return
        run.strokes.pop()
        suffix.fate = Fate.SCANNER
        if not second:
            self._suffix_seen = True
            self._finish(ended=True)
        self._run = _Run(last_at=suffix.at, least=1, after_scan=True)

    # ------------------------------------------------------------------
    # Whose the run is
    # ------------------------------------------------------------------

    def _is_persons(self, stroke: Stroke) -> bool:
        released = stroke.released_at
        if released is None or stroke.overlapped:
            return True
        return elapsed(stroke.down_since, released) > self.rules.hold_ms

    def _is_scan(self, strokes: Sequence[Stroke], least: int, *, known: bool = False) -> bool:
        own = strokes if known else [one for one in strokes if not self._is_persons(one)]
        if len(own) < least or not own:
            return False
        took = elapsed(own[0].at, own[-1].at)
        return took <= self.rules.average_ms * (len(own) - 1)

    def _settle_head(self) -> None:
        """Give back at once what is a person's for certain and has nothing before it."""
        run = self._run
        while run.strokes and run.strokes[0].released_at is not None:
            if not self._is_persons(run.strokes[0]):
                return
            run.strokes.pop(0).fate = Fate.PERSON
            run.doubt = True

    def _finish(self, *, ended: bool = False, whole: bool = True, too_long: bool = False) -> None:
        """Decide whose the strokes of the run are, and begin a new one."""
        run, self._run = self._run, _Run()
        own = [one for one in run.strokes if not self._is_persons(one)]
        if own:
            self._fragment_at = None if ended else own[-1].at
        if not own or not (run.sure or ended or self._is_scan(own, run.least, known=True)):
            _all_are(run.strokes, Fate.PERSON)
            return
        theirs = [one for one in run.strokes if self._is_persons(one)]
        _all_are(own, Fate.SCANNER)
        _all_are(theirs, Fate.PERSON)
        missing = not ended and self._expects_suffix()
        whole = whole and not (theirs or run.doubt or missing)
        self._bursts.append(Burst(tuple(own), whole, too_long))

    def _expects_suffix(self) -> bool:
        if self.rules.suffix is Suffix.AUTO:
            return self._suffix_seen
        return self.rules.suffix is not Suffix.NONE


_PAD_DIGITS: Final = frozenset({71, 72, 73, 75, 76, 77, 79, 80, 81, 82})


def _all_are(strokes: Sequence[Stroke], fate: Fate) -> None:
    for one in strokes:
        one.fate = fate
