"""Runs in the journal: what is written, and what is read back from any bench's entries."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diagnostics.record import (
    IMPORTED,
    Stage,
    payload_of,
    recorded_runs,
    run_document,
    run_of,
    stage_of,
)
from app.domain.diagnostics.run import (
    Answer,
    Battery,
    CodeResult,
    Device,
    DiagnosticsRun,
    Disk,
    Outcome,
    Source,
    gravest,
)
from app.domain.journal import Entry, Json, instant_of, instant_text
from app.domain.parts import FittedPart
from app.domain.repairs import Repair, Step, StepChange
from tests.unit.domain.diagnostics.samples import SAMPLES, run_of_sample

AT = instant_of("2026-11-23T09:00:00.000000Z")
BENCH = UUID(int=1)
FITTED = FittedPart("661-17578", "F5D547790KPG5NYAW", "C4H7482010WH80MA5", "PO-1", "DN-1", "e")


def entry(number: int, kind: str = IMPORTED, **payload: Json) -> Entry:
    return Entry(
        UUID(int=number), BENCH, number, kind, "repair:x", "person:anna", AT, 1, payload, "0" * 64
    )


def carrying(number: int, name: str, stage: Stage, sha256: str = "", kind: str = IMPORTED) -> Entry:
    return entry(number, kind, **payload_of(run_of_sample(name), stage, sha256))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_run_comes_back_from_the_journal_as_it_was(name: str) -> None:
    run = run_of_sample(name)
    assert run_of(run_document(run)) == run


def test_the_runs_of_a_repair_are_those_of_its_entries_in_order() -> None:
    timeline = [
        entry(1, "repair.opened", serial="C02XK0ABJGH5"),
        carrying(2, "codes.txt", Stage.BEFORE, kind="repair.diagnosis_recorded"),
        carrying(3, "mac.json", Stage.AFTER, "aa"),
        entry(4, "repair.diagnosis_recorded", diagnosis="a word"),
    ]
    runs = recorded_runs(timeline)
    assert [(one.stage, one.sha256, one.run.source.value) for one in runs] == [
        (Stage.BEFORE, "", "apple_diagnostics"),
        (Stage.AFTER, "aa", "system_profiler"),
    ]
    assert {(one.actor, one.at) for one in runs} == {("person:anna", AT)}


@pytest.mark.parametrize("kind", ["repair.undone", "diagnostics.undone"])
def test_a_run_that_was_taken_back_is_none(kind: str) -> None:
    undone = entry(3, kind, entry=str(UUID(int=2)))
    assert recorded_runs([carrying(2, "mac.json", Stage.BEFORE, "aa"), undone]) == ()


def test_a_file_that_two_benches_recorded_counts_once() -> None:
    timeline = [carrying(number, "mac.json", Stage.BEFORE, "aa") for number in (2, 3)]
    assert [one.entry_id for one in recorded_runs(timeline)] == [str(UUID(int=2))]


def test_codes_told_twice_count_twice() -> None:
    timeline = [carrying(number, "codes.txt", Stage.AFTER) for number in (2, 3)]
    assert len(recorded_runs(timeline)) == 2


def test_an_odd_entry_of_another_bench_is_read_as_far_as_it_can_be() -> None:
    odd: Json = {"source": "apple_diagnostics", "codes": [{"code": "PPT002", "outcome": 7}, 9]}
    (found,) = recorded_runs([entry(2, run=odd, stage="between", sha256=9)])
    assert (found.stage, found.sha256) == (Stage.BEFORE, "")
    assert found.run.codes == (CodeResult("PPT002", Outcome.UNKNOWN, "unknown"),)
    assert recorded_runs([entry(2), entry(3, run="x"), entry(4, run={"source": "crystal"})]) == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(
            st.sampled_from(["serial", "imeis", "disks", "codes", "code", "health", "unread", "x"]),
            below,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["device", "battery", "disks", "codes", "unread"]), JSON))
def test_any_payload_is_a_run_that_can_be_written_again(payload: dict[str, Json]) -> None:
    run = run_of({"source": "ideviceinfo", **payload})
    assert run is not None
    assert run_of(run_document(run)) == run


def repair_at(step: Step, *parts: FittedPart) -> Repair:
    return Repair("x", "R-1", "C02XK0ABJGH5", "anna", step, AT, parts=parts)


def test_a_run_is_before_the_work_until_the_work_begins() -> None:
    before = [stage_of(repair_at(step)) for step in (Step.OPENED, Step.DIAGNOSED)]
    after = [stage_of(repair_at(step)) for step in (Step.IN_REPAIR, Step.READY)]
    assert (set(before), set(after)) == ({Stage.BEFORE}, {Stage.AFTER})
    assert stage_of(repair_at(Step.DIAGNOSED, FITTED)) is Stage.AFTER


def changed(*steps: Step) -> tuple[StepChange, ...]:
    """Steps taken, a minute apart."""
    return tuple(
        StepChange(step, AT + timedelta(minutes=number), "person:anna", str(number))
        for number, step in enumerate(steps)
    )


@pytest.mark.parametrize(
    ("steps", "minute"),
    [
        ((Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR), 2),
        ((Step.IN_REPAIR,), 0),
        ((Step.DIAGNOSED, Step.IN_REPAIR, Step.DIAGNOSED, Step.IN_REPAIR), 3),
        ((Step.DIAGNOSED, Step.IN_REPAIR, Step.READY, Step.IN_REPAIR), 1),
    ],
)
def test_a_file_from_before_the_work_began_is_of_before(
    steps: tuple[Step, ...], minute: int
) -> None:
    repair = replace(repair_at(Step.IN_REPAIR), history=changed(*steps))
    began = AT + timedelta(minutes=minute)
    assert stage_of(repair, began) is Stage.AFTER
    assert stage_of(repair, began - timedelta(seconds=1)) is Stage.BEFORE
    assert stage_of(repair_at(Step.IN_REPAIR), AT) is Stage.AFTER


@pytest.mark.parametrize("written", [None, 5, "yesterday", "2026-13-45T99:00:00.000000Z"])
def test_a_file_s_time_that_is_none_is_not_known(written: Json) -> None:
    sound = carrying(2, "mac.json", Stage.AFTER, "aa")
    for told, read in ((instant_text(AT), AT), (written, None)):
        (run,) = recorded_runs([replace(sound, payload={**sound.payload, "written": told})])
        assert run.written == read


def test_the_gravest_finding_is_what_a_run_comes_to() -> None:
    assert gravest([]) is Outcome.UNKNOWN
    assert gravest([Outcome.NO_ISSUE, Outcome.UNKNOWN]) is Outcome.UNKNOWN
    assert gravest([Outcome.WEAR, Outcome.SAFETY, Outcome.FAULT]) is Outcome.SAFETY
    good = DiagnosticsRun(
        Source.SYSTEM_PROFILER,
        Device(),
        Battery(Answer.YES, Outcome.NO_ISSUE),
        (Disk(health=Outcome.NO_ISSUE),),
    )
    assert good.outcome is Outcome.NO_ISSUE
    assert replace(good, disks=()).outcome is Outcome.UNKNOWN
    assert DiagnosticsRun(Source.APPLE_DIAGNOSTICS).outcome is Outcome.UNKNOWN
    assert DiagnosticsRun(Source.APPLE_DIAGNOSTICS).worst_code is None
