"""A recall by tester against the journal, gone through entry by entry."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import count
from typing import Final, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data.store import LocalStore
from app.domain.esd import EsdState, esd_gap
from app.domain.folds import fold_esd
from app.domain.journal import Entry
from app.domain.recall import ByTester, Doubt
from app.domain.repairs import NEXT_STEPS, Step
from tests.data.recalled import SHIFT, Day
from tests.fixtures_store import SteppingClock

TESTER: Final = "T1"
STEP: Final = "repair.status_changed"


class Deed(NamedTuple):
    """Something that is done, so many seconds after what was done before."""

    what: str
    person: str
    repair: str
    tester: str
    wait: int


DEEDS: Final = st.builds(
    Deed,
    st.sampled_from(
        ["pass"] * 5 + ["fail_low", "begin", "begin", "back", "ready", "undo"] + ["part"] * 4
    ),
    st.sampled_from(["anna", "anna", "anna", "bo"]),
    st.sampled_from(["r1", "r2"]),
    st.sampled_from([TESTER, "T2"]),
    st.sampled_from([1, 600, 1_800, 3_600]),
)


def waiting(deed: Deed, wait: int) -> Deed:
    return deed._replace(wait=wait)


BACKWARDS: Final = st.builds(waiting, DEEDS, st.sampled_from([-3_000, -1, 0, 1, 900]))


def moved(last: dict[str, Entry], entry: Entry) -> None:
    """A bench takes back a step only where it led somewhere."""
    source, to = (Step(str(entry.payload[name])) for name in ("from", "to"))
    if to in NEXT_STEPS[source]:
        last[entry.subject.removeprefix("repair:")] = entry


def take_back(day: Day, seconds: float, entry: Entry | None) -> None:
    """Undo what was done last, where there is something."""
    if entry is None:
        return
    day.undone(seconds, entry)
    if entry.kind == STEP:
        day.steps[entry.subject.removeprefix("repair:")] = Step(str(entry.payload["from"]))


def play(day: Day, deeds: Iterable[Deed]) -> None:
    """Do it all: whatever does not fit is parked."""
    last: dict[str, Entry] = {}
    seconds = 0
    for number, deed in enumerate(deeds):
        seconds += deed.wait
        match deed.what:
            case "begin":
                step = Step.DIAGNOSED if number % 3 else Step.IN_REPAIR
                if deed.repair not in day.steps:
                    day.opened(seconds, deed.repair, deed.person)
                day.step(seconds, step, deed.repair, deed.person)
                moved(last, day.step(seconds, Step.IN_REPAIR, deed.repair, deed.person))
            case "back":
                day.step(seconds, Step.DIAGNOSED, deed.repair, deed.person)
            case "ready":
                moved(last, day.step(seconds, Step.READY, deed.repair, deed.person))
            case "part":
                kgb = f"KGB{number % 4}"
                last[deed.repair] = day.part(seconds, kgb, deed.repair, deed.person)
            case "undo":
                take_back(day, seconds, last.pop(deed.repair, None))
            case verdict:
                day.reading(seconds, deed.tester, deed.person, verdict)


def is_work(entry: Entry) -> bool:
    """Whether an entry is internal work, whatever has become of it since."""
    come_to = {"repair.status_changed": "to", "repair.undone": "from"}.get(entry.kind, "")
    return entry.kind == "part.fitted" or entry.payload.get(come_to) == Step.IN_REPAIR


def by_the_journal(entries: Iterable[Entry]) -> Iterator[str]:
    """The work that the gate let begin by a reading of the tester: what it was asked then."""
    states: dict[str, EsdState | None] = {}
    for entry in entries:
        person = (entry.subject if entry.kind == "esd.measured" else entry.actor).partition(":")[2]
        state = states.get(person)
        states[person] = fold_esd(state, entry)
        if is_work(entry) and esd_gap(state, person, entry.recorded_at) is None:
            assert state is not None
            if state.tester_id == TESTER:
                yield str(entry.id)


def by_the_clocks(entries: Iterable[Entry]) -> Iterator[str]:
    """The work within a reading's time with no other reading between, by the clocks alone."""
    told = list(entries)
    readings = [entry for entry in told if entry.kind == "esd.measured"]
    for work in filter(is_work, told):
        person = work.actor.partition(":")[2]
        own = [one for one in readings if one.subject == f"person:{person}"]
        for one in own:
            passed = one.payload["verdict"] == "pass" and one.payload["tester"] == TESTER
            in_time = one.recorded_at <= work.recorded_at < one.recorded_at + SHIFT
            between = any(one.recorded_at < n.recorded_at < work.recorded_at for n in own)
            if passed and in_time and not between:
                yield str(work.id)


def found(day: Day) -> dict[str, tuple[Doubt, ...]]:
    """The work that the recall lists, with its doubts."""
    hits = day.found(ByTester(TESTER)).hits
    return {touch.work.entry_id: touch.doubts for hit in hits for touch in hit.touches}


NAMES: Final = count()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(DEEDS, min_size=8, max_size=24))
def test_by_a_clock_that_goes_on_the_list_is_what_the_gate_let_begin(
    make_store: Callable[..., LocalStore], store_clock: SteppingClock, deeds: list[Deed]
) -> None:
    day = Day(make_store(f"on{next(NAMES)}"), store_clock)
    day.registers()
    play(day, deeds)
    assert set(found(day)) == set(by_the_journal(day.store.entries()))
    assert all(Doubt.ORDER not in doubts for doubts in found(day).values())


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(BACKWARDS, min_size=8, max_size=24))
def test_by_clocks_that_are_set_back_nothing_is_missed_and_what_is_certain_is_certain(
    make_store: Callable[..., LocalStore], store_clock: SteppingClock, deeds: list[Deed]
) -> None:
    day = Day(make_store(f"back{next(NAMES)}"), store_clock)
    day.registers()
    play(day, deeds)
    listed = found(day)
    told = list(day.store.entries())
    assert set(by_the_journal(told)) <= set(listed)
    sure = {entry_id for entry_id, doubts in listed.items() if Doubt.ORDER not in doubts}
    assert sure <= set(by_the_clocks(told))


def test_the_force_finds_work_and_leaves_some(
    make_store: Callable[..., LocalStore], store_clock: SteppingClock
) -> None:
    day = Day(make_store("by hand"), store_clock)
    day.registers()
    day.reading(0)
    begun = day.begun(1)
    day.part(timedelta(hours=2).total_seconds())
    assert list(by_the_journal(day.store.entries())) == [str(begun.id)]
    assert list(by_the_clocks(day.store.entries())) == [str(begun.id)]
