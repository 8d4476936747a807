"""Any mixture of a person and a scanner, under a window that reads its keys late."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from app.ui.wedge.keys import Fate
from tests.ui.wedge_typed import Typed

ENTER, TAB, BACKSPACE = 28, 15, 14
DIGITS = (11, 2, 3, 4, 5, 6, 7, 8, 9, 10)
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
