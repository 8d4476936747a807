"""Whose each key is: a scanner's is taken whole, a person's always comes back, in order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.wedge.keys import Fate, Stroke, redacted
from app.ui.wedge.recognition import LONGEST, Burst, Opening, Recogniser, Rules, Suffix

ENTER, TAB, CTRL, ALT, BACKSPACE, A, B, C, J = 28, 15, 29, 56, 14, 30, 48, 46, 36
DIGITS = (11, 2, 3, 4, 5, 6, 7, 8, 9, 10)


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

    def _take(self) -> None:
        self.bursts.extend(self.recogniser.take_bursts())

    @property
    def fates(self) -> set[Fate]:
        return {one.fate for one in self.strokes}

    def codes(self) -> list[list[int]]:
        return [[one.code for one in burst.strokes] for burst in self.bursts]


def test_a_fast_run_that_ends_with_return_is_a_scan() -> None:
    typed = Typed()
    typed.scan([*DIGITS, ENTER])
    assert typed.codes() == [list(DIGITS)]
    assert typed.bursts[0].whole
    typed.expire()
    assert typed.fates == {Fate.SCANNER}


def test_a_scan_without_a_suffix_ends_with_silence() -> None:
    typed = Typed()
    typed.scan(DIGITS)
    assert typed.bursts == []
    assert typed.recogniser.wait_ms == 50
    typed.expire()
    assert (typed.codes(), typed.bursts[0].whole) == ([list(DIGITS)], True)
    assert typed.recogniser.wait_ms == 0


def test_a_scan_that_lacks_the_suffix_which_others_had_is_waited_for_and_then_in_doubt() -> None:
    typed = Typed()
    at = typed.scan([*DIGITS, ENTER])
    typed.scan(DIGITS, at + 500)
    assert typed.recogniser.wait_ms == 150
    typed.expire()
    assert [one.whole for one in typed.bursts] == [True, False]


def test_a_pause_in_a_scan_that_is_sure_does_not_cut_it() -> None:
    typed = Typed(Recogniser(Rules(suffix=Suffix.CR)))
    at = typed.scan(DIGITS)
    typed.scan([A, B, ENTER], at + 120)
    assert typed.codes() == [[*DIGITS, A, B]]


def test_what_follows_a_suffix_at_once_is_the_same_scanner_s() -> None:
    typed = Typed()
    at = typed.scan([*DIGITS, ENTER])
    line_feed = typed.tap(J, at, ctrl=True)
    at = typed.scan([A, B, ENTER], at + 8)
    typed.expire()
    assert line_feed.fate is Fate.SCANNER
    assert typed.codes() == [list(DIGITS), [A, B]]


def test_five_characters_are_a_person_s() -> None:
    typed = Typed()
    typed.scan(DIGITS[:5])
    typed.expire()
    assert (typed.bursts, typed.fates) == ([], {Fate.PERSON})


def test_a_slow_run_is_a_person_s() -> None:
    typed = Typed()
    typed.scan(DIGITS, pace=40)
    typed.expire()
    assert (typed.bursts, typed.fates) == ([], {Fate.PERSON})


def test_keys_that_no_barcode_begins_with_are_never_held_back() -> None:
    typed = Typed()
    first = [typed.tap(code, 1000 + 500 * at) for at, code in enumerate((ENTER, TAB, BACKSPACE))]
    first.append(typed.tap(32, 4000, ctrl=True))
    first.append(typed.tap(A, 5000, alt=True))
    assert {one.fate for one in first} == {Fate.PERSON}
    assert typed.recogniser.wait_ms == 0


def test_a_key_that_is_no_character_gives_back_what_was_held_before_it() -> None:
    typed = Typed()
    held = typed.tap(A, 1000)
    assert held.fate is Fate.PENDING
    typed.tap(BACKSPACE, 1020)
    assert held.fate is Fate.PERSON


def test_a_fist_on_the_keyboard_is_a_person_s() -> None:
    typed = Typed()
    for at, code in enumerate(DIGITS):
        typed.press(code, 1000 + 2 * at)
    for at, code in enumerate(DIGITS):
        typed.release(code, 1100 + at)
    assert (typed.bursts, typed.fates) == ([], {Fate.PERSON})


@pytest.mark.parametrize("flagged", [True, False])
def test_a_held_key_that_repeats_fast_is_a_person_s(*, flagged: bool) -> None:
    typed = Typed()
    typed.press(A, 1000)
    typed.expire()
    at = 1400
    for _ in range(40):
        if not flagged:
            typed.release(A, at)
        again = typed.press(A, at, repeated=flagged)
        assert again.fate is Fate.PERSON
        at += 15
    typed.release(A, at)
    typed.expire()
    assert (typed.bursts, typed.fates) == ([], {Fate.PERSON})


def test_a_scanner_that_types_one_character_many_times_is_none() -> None:
    typed = Typed()
    for at in range(20):
        typed.press(A, 1000 + 5 * at)
        typed.release(A, 1005 + 5 * at)
    typed.expire()
    assert typed.codes() == [[A] * 20]


def test_a_person_s_key_within_a_scan_comes_back_and_puts_the_scan_in_doubt() -> None:
    typed = Typed()
    typed.scan(DIGITS[:4])
    persons = typed.press(A, 1033)
    typed.scan([*DIGITS[4:], ENTER], 1040)
    typed.release(A, 1120)
    assert persons.fate is Fate.PERSON
    assert (typed.codes(), typed.bursts[0].whole) == ([list(DIGITS)], False)


def test_a_return_that_is_held_long_is_a_person_s() -> None:
    typed = Typed()
    at = typed.scan(DIGITS)
    enter = typed.press(ENTER, at)
    assert (len(typed.bursts), enter.fate) == (1, Fate.PENDING)
    typed.release(ENTER, at + 80)
    assert enter.fate is Fate.PERSON


def test_a_release_without_its_press_puts_the_scan_in_doubt() -> None:
    typed = Typed()
    at = typed.scan(DIGITS[:3])
    typed.release(27, at)
    typed.scan([*DIGITS[3:], ENTER], at + 4)
    assert typed.bursts[0].whole is False


def test_a_scan_longer_than_any_barcode_is_cut() -> None:
    typed = Typed()
    typed.scan([A, B] * (LONGEST // 2))
    assert typed.bursts[0].too_long
    assert len(typed.bursts[0].strokes) == LONGEST - 1


def test_what_is_given_up_is_the_person_s() -> None:
    typed = Typed()
    typed.scan(DIGITS)
    typed.recogniser.give_up()
    assert typed.fates == {Fate.PERSON}
    assert typed.recogniser.wait_ms == 0


def test_a_field_for_scans_takes_a_short_scan() -> None:
    typed = Typed()
    for at, code in enumerate((A, B, ENTER)):
        typed.tap(code, 1000 + 8 * at, in_field=True)
    assert typed.codes() == [[A, B]]


def test_where_only_a_field_counts_nothing_else_is_held_back() -> None:
    typed = Typed(Recogniser(Rules(least=LONGEST)))
    assert typed.tap(A, 1000).fate is Fate.PERSON


def test_return_and_tab_belong_to_the_scan_of_a_scanner_without_a_suffix() -> None:
    typed = Typed(Recogniser(Rules(suffix=Suffix.NONE)))
    typed.scan([*DIGITS, ENTER, TAB, A])
    assert typed.bursts == []
    typed.expire()
    assert typed.codes() == [[*DIGITS, ENTER, TAB, A]]


def test_a_tab_within_the_code_stays_where_return_ends_it() -> None:
    typed = Typed(Recogniser(Rules(suffix=Suffix.CR)))
    typed.scan([*DIGITS, TAB, A, ENTER])
    assert typed.codes() == [[*DIGITS, TAB, A]]


def test_the_clock_of_x11_may_begin_anew_within_a_scan() -> None:
    typed = Typed()
    for at, code in enumerate([*DIGITS, ENTER]):
        now = ((1 << 32) - 40 + 8 * at) % (1 << 32)
        typed.press(code, now)
        typed.release(code, (now + 3) % (1 << 32))
    assert typed.codes() == [list(DIGITS)]


# ----------------------------------------------------------------------
# A preamble
# ----------------------------------------------------------------------


def by_preamble() -> Typed:
    """The preamble is A B."""

    def opens(strokes: Sequence[Stroke]) -> Opening:
        codes = [one.code for one in strokes]
        if codes[:2] == [A, B]:
            return Opening.WHOLE
        return Opening.PARTLY if codes == [A] else Opening.NO

    return Typed(Recogniser(Rules(opens=opens)))


def test_a_preamble_makes_a_short_code_a_scan() -> None:
    typed = by_preamble()
    typed.scan([A, B, C, ENTER])
    assert typed.codes() == [[A, B, C]]


def test_without_the_preamble_nothing_is_held_back() -> None:
    typed = by_preamble()
    assert typed.tap(C, 1000).fate is Fate.PERSON
    typed.scan([*DIGITS, ENTER], 2000)
    assert typed.fates == {Fate.PERSON}


def test_a_preamble_may_begin_where_another_failed() -> None:
    typed = by_preamble()
    first = typed.tap(A, 1000)
    typed.scan([A, B, C, ENTER], 1008)
    assert first.fate is Fate.PERSON
    assert typed.codes() == [[A, B, C]]


def test_a_person_who_types_the_preamble_keeps_it() -> None:
    typed = by_preamble()
    for at, code in enumerate((A, B, C)):
        typed.tap(code, 1000 + 90 * at, held=60)
    typed.expire()
    assert (typed.bursts, typed.fates) == ([], {Fate.PERSON})


def test_strokes_are_logged_without_their_keys() -> None:
    typed = Typed()
    typed.scan([A, 71, ENTER, TAB])
    assert redacted(tuple(typed.strokes)) == "key(3)+0 pad(3)+8 enter(3)+16 tab(3)+24"
    assert redacted(()) == "no keys"
    held = Stroke(A, 5, shift=True, altgr=True, ctrl=True, alt=1)
    assert redacted((held,)) == "SGCA-key+0"
    assert str(A) not in redacted((held,))


# ----------------------------------------------------------------------
# Any mixture of a person and a scanner
# ----------------------------------------------------------------------

LETTERS = [*range(16, 26), *range(30, 39)]
PERSONS_KEYS = st.sampled_from([*LETTERS, 57, 2, 3, ENTER, TAB, BACKSPACE, 1, 106])


@dataclass(frozen=True)
class Event:
    """A key of somebody."""

    at: int
    turn: int
    down: bool
    code: int
    who: str


@st.composite
def persons(draw: st.DrawFn) -> list[Event]:
    """A person: fast, with keys that overlap, in bursts of 12 a second and more."""
    events: list[Event] = []
    at = draw(st.integers(0, 3000))
    free: dict[int, int] = {}
    for _ in range(draw(st.integers(0, 25))):
        at += draw(st.one_of(st.integers(5, 60), st.integers(60, 140), st.integers(140, 900)))
        code = draw(PERSONS_KEYS)
        at = max(at, free.get(code, 0))
        held = draw(st.integers(40, 160))
        events += [Event(at, 1, True, code, "person"), Event(at + held, 0, False, code, "person")]
        free[code] = at + held + 1
    return events


@st.composite
def scanners(draw: st.DrawFn) -> list[Event]:
    """A scanner: one key after the other, each let go within a few milliseconds."""
    events: list[Event] = []
    at = draw(st.integers(0, 1500))
    for _ in range(draw(st.integers(0, 3))):
        pace = draw(st.integers(4, 24))
        codes = draw(st.lists(st.sampled_from([*DIGITS, 44, 45, 46, 47]), min_size=6, max_size=20))
        for code in [*codes, 96]:  # the pad's Enter: no person here types it
            held = draw(st.integers(1, pace - 1))
            events.append(Event(at, 1, True, code, "scanner"))
            events.append(Event(at + held, 0, False, code, "scanner"))
            at += pace
        at += draw(st.integers(200, 1500))
    return events


def played(events: list[Event], stalls: list[int]) -> tuple[Typed, dict[int, str]]:
    """Feed events with their own stamps, to a window that reads them late.

    A timer decides only when nothing that has arrived is unread: that is the second phase.
    """
    typed, who = Typed(), dict[int, str]()
    now = 0
    for number, event in enumerate(events):
        wait = typed.recogniser.wait_ms
        if wait and event.at > now + wait:
            typed.expire()
        now = max(now, event.at) + stalls[number % len(stalls)]
        if event.down:
            who[len(typed.strokes)] = event.who
            typed.press(event.code, event.at)
        else:
            typed.release(event.code, event.at)
    typed.expire()
    return typed, who


@given(persons(), scanners(), st.lists(st.sampled_from([0, 0, 0, 3, 40, 400]), min_size=1))
def test_a_person_is_never_eaten_and_no_scan_is_wrong_in_silence(
    person: list[Event], scanner: list[Event], stalls: list[int]
) -> None:
    events = sorted([*person, *scanner], key=lambda one: (one.at, one.turn))
    typed, who = played(events, stalls)
    assert Fate.PENDING not in typed.fates
    eaten = [
        one
        for number, one in enumerate(typed.strokes)
        if who[number] == "person" and one.fate is not Fate.PERSON
    ]
    assert eaten == []
    intended: list[list[int]] = [[]]
    for event in sorted(scanner, key=lambda one: one.at):
        if event.down and event.code == 96:
            intended.append([])
        elif event.down:
            intended[-1].append(event.code)
    for burst, codes in zip(typed.bursts, typed.codes(), strict=True):
        assert not burst.whole or codes in intended


@given(scanners(), st.lists(st.sampled_from([0, 0, 3, 40, 400]), min_size=1))
def test_every_scan_is_read_when_nobody_types(scanner: list[Event], stalls: list[int]) -> None:
    typed, _ = played(sorted(scanner, key=lambda one: (one.at, one.turn)), stalls)
    assert Fate.PERSON not in typed.fates
    assert all(one.whole for one in typed.bursts)
    ends = sum(one.down and one.code == 96 for one in scanner)
    assert len(typed.bursts) == ends


@given(persons(), st.lists(st.sampled_from([0, 0, 3, 40, 400]), min_size=1))
def test_typing_alone_is_never_a_scan(person: list[Event], stalls: list[int]) -> None:
    typed, _ = played(sorted(person, key=lambda one: (one.at, one.turn)), stalls)
    assert typed.bursts == []
    assert typed.fates <= {Fate.PERSON}
