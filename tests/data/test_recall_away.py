"""What no register holds any more is recalled all the same, by what readings and work name."""

from app.domain.journal import Draft, Json
from app.domain.recall import ByTechnician, ByTester, Period
from app.domain.repairs import Step
from tests.data.recalled import Day, at


def test_a_tester_that_is_away_has_touched_nothing_in_a_time_without_its_readings(day: Day) -> None:
    day.reading(0, "T7")
    day.begun(1)
    later = Period(at(3_000))
    assert day.told(ByTester("T7")) == [("r1", "in_repair", ())]
    assert day.found(ByTester("T7", later)).hits == ()
    day.step(2, Step.DIAGNOSED, "r2", "bo")
    assert day.found(ByTechnician("bo", later)).hits == ()


def gone(day: Day, register: str, key: str, **was: Json) -> None:
    """A lead takes a row out of its register at the bench."""
    payload: dict[str, Json] = {"set": None, "was": {"id": key, **was}}
    day.write(9, Draft("register.changed", f"{register}:{key}", "person:cleo", payload))


def test_what_left_its_register_goes_by_the_name_that_it_had_last(day: Day) -> None:
    day.reading(0, "T7")
    day.begun(1, person="bo")
    gone(day, "equipment", "T7", name="Walther WT-20")
    gone(day, "people", "bo", name="Bo Berg")
    assert day.found(ByTester("T7")).name == "Walther WT-20"
    found = day.found(ByTechnician("bo"))
    assert (found.name, found.people["bo"]) == ("Bo Berg", "Bo Berg")
    assert day.found(ByTechnician("anna")).people["anna"] == "Anna Ek"


def on_record(day: Day) -> tuple[set[str], set[str]]:
    """The testers and the people that the work names."""
    with day.store.reading() as reader:
        return set(reader.testers_on_record()), set(reader.people_on_record())


def test_only_a_tester_whose_reading_let_somebody_work_is_on_record(day: Day) -> None:
    assert on_record(day) == (set(), set())
    day.reading(0, "T7")
    day.reading(1, "T7")
    day.reading(2, "T8", verdict="fail_high")
    day.reading(3, "T9", channel="shoe")
    day.reading(4, "T10", person=None)
    day.reading(5, "")
    assert on_record(day) == ({"T7"}, set())


def test_everybody_who_did_something_is_on_record_undone_or_not(day: Day) -> None:
    day.begun(0, "r1", "bo")
    day.part(3, person="cleo")
    day.opened(4, "r2")
    day.undone(6, day.step(5, Step.DIAGNOSED, "r2", "dan"))
    day.step(7, Step.COMPLETED, "r2", "eve")  # no step that it can take: a conflict
    day.write(8, Draft("repair.noted", "repair:r2", "person:fia", {"text": "only told"}))
    assert on_record(day) == (set(), {"anna", "bo", "cleo", "dan", "eve"})
