"""The repair's fold is total and deterministic; what does not fit is parked, not lost."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.esd import EsdVerdict
from app.domain.folds import canonical_order, esd_of, repair_of
from app.domain.journal import Entry, Json
from app.domain.repairs import GSX_STATUS, NEXT_STEPS, Step

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
OPENED: tuple[str, dict[str, Json]] = ("repair.opened", {"number": "R1", "serial": "C02XK1XXJG5H"})


def entry(seq: int, kind: str, payload: dict[str, Json], revision: int | None = None) -> Entry:
    return Entry(
        id=UUID(int=seq),
        bench_id=UUID(int=1),
        seq=seq,
        kind=kind,
        subject="repair:r1",
        actor="person:p1",
        recorded_at=AT,
        schema=1,
        payload=payload,
        hash=f"{seq:064x}",
        revision=revision,
    )


def told(*rows: tuple[str, dict[str, Json]]) -> list[Entry]:
    return [entry(seq, kind, payload) for seq, (kind, payload) in enumerate(rows, 1)]


def step(source: Step, target: Step) -> tuple[str, dict[str, Json]]:
    return "repair.status_changed", {"from": source.value, "to": target.value}


def part(kgb: str = "KGB1") -> tuple[str, dict[str, Json]]:
    fields: dict[str, Json] = {
        "part_number": "661-1",
        "kgb": kgb,
        "kbb": "KBB1",
        "order": "PO1",
        "delivery": "DN1",
    }
    return "part.fitted", fields


def codes(*rows: tuple[str, dict[str, Json]]) -> list[str]:
    repair = repair_of(told(*rows))
    assert repair is not None
    return [one.code for one in repair.conflicts]


WORKING = (OPENED, step(Step.OPENED, Step.DIAGNOSED), step(Step.DIAGNOSED, Step.IN_REPAIR))


def test_a_repair_is_told_by_its_entries() -> None:
    repair = repair_of(
        told(
            *WORKING,
            ("repair.symptom_recorded", {"symptom": "no_power"}),
            ("repair.diagnosis_recorded", {"diagnosis": "ADP000"}),
            ("repair.noted", {"text": "scratched lid"}),
            part(),
            step(Step.IN_REPAIR, Step.READY),
            ("repair.signed", {"person": "p1", "content_hash": "ab"}),
            step(Step.READY, Step.COMPLETED),
            ("report.made", {"sha256": "cd"}),
        )
    )
    assert repair is not None
    assert (repair.id, repair.number, repair.serial, repair.technician_id) == (
        "r1",
        "R1",
        "C02XK1XXJG5H",
        "p1",
    )
    assert (repair.symptom, repair.diagnosis, repair.notes) == (
        "no_power",
        "ADP000",
        ("scratched lid",),
    )
    assert [one.step for one in repair.history] == [
        Step.OPENED,
        Step.DIAGNOSED,
        Step.IN_REPAIR,
        Step.READY,
        Step.COMPLETED,
    ]
    assert (repair.parts[0].kgb, repair.parts[0].entry_id) == ("KGB1", str(UUID(int=7)))
    assert repair.signature is not None
    assert (repair.signature.person_id, repair.signature.content_hash) == ("p1", "ab")
    assert (repair.report_hash, repair.conflicts, repair.is_open) == ("cd", (), False)


def test_a_wrong_from_is_parked_and_changes_nothing() -> None:
    repair = repair_of(told(OPENED, step(Step.READY, Step.COMPLETED)))
    assert repair is not None
    assert repair.step is Step.OPENED
    assert [(one.entry_id, one.code) for one in repair.conflicts] == [
        (str(UUID(int=2)), "wrong_from")
    ]


def test_a_step_that_may_not_follow_is_parked() -> None:
    assert codes(OPENED, step(Step.OPENED, Step.READY)) == ["bad_transition"]


def test_a_repair_with_an_open_conflict_cannot_be_completed() -> None:
    rows = (
        *WORKING,
        step(Step.READY, Step.DIAGNOSED),
        step(Step.IN_REPAIR, Step.READY),
        step(Step.READY, Step.COMPLETED),
    )
    assert codes(*rows) == ["wrong_from", "conflict_open"]


def test_a_settled_conflict_is_gone_and_the_repair_can_be_completed() -> None:
    settled: tuple[str, dict[str, Json]] = ("conflict.settled", {"conflict": str(UUID(int=4))})
    rows = (
        *WORKING,
        step(Step.READY, Step.DIAGNOSED),
        settled,
        step(Step.IN_REPAIR, Step.READY),
        step(Step.READY, Step.COMPLETED),
    )
    repair = repair_of(told(*rows))
    assert repair is not None
    assert repair.step is Step.COMPLETED
    assert codes(OPENED, settled) == ["nothing_to_settle"]


def test_a_second_opening_is_parked() -> None:
    assert codes(OPENED, OPENED) == ["already_open"]


def test_what_comes_before_the_opening_is_parked_and_the_opening_still_counts() -> None:
    repair = repair_of(told(part(), OPENED))
    assert repair is not None
    assert (repair.serial, [one.code for one in repair.conflicts]) == ("C02XK1XXJG5H", ["orphan"])


def test_a_part_claimed_twice_is_parked() -> None:
    assert codes(*WORKING, part(), part()) == ["part_claimed_twice"]


@pytest.mark.parametrize(
    "row",
    [
        ("repair.opened", {"number": "R1"}),
        ("repair.status_changed", {"from": "opened", "to": "nowhere"}),
        ("part.fitted", {"kgb": 7}),
        ("repair.noted", {}),
        ("repair.identity_replaced", {"from": 7}),
        ("repair.undone", {"entry": "x"}),
        ("conflict.settled", {"conflict": "x", "verdict": "maybe"}),
        ("conflict.settled", {"conflict": "x", "verdict": ["keep"]}),
        ("conflict.settled", {"conflict": "x", "verdict": {}}),
    ],
)
def test_a_malformed_entry_is_parked(row: tuple[str, dict[str, Json]]) -> None:
    rows = (row,) if row[0] == "repair.opened" else (OPENED, row)
    assert codes(*rows) == ["malformed"]


def test_undo_takes_back_a_part_a_step_a_symptom_and_a_diagnosis() -> None:
    rows: tuple[tuple[str, dict[str, Json]], ...] = (
        *WORKING,
        part(),
        ("repair.undone", {"entry": str(UUID(int=4)), "kind": "part.fitted"}),
        ("repair.symptom_recorded", {"symptom": "no_power"}),
        (
            "repair.undone",
            {"entry": str(UUID(int=6)), "kind": "repair.symptom_recorded", "from": ""},
        ),
        ("repair.diagnosis_recorded", {"diagnosis": "ADP000"}),
        (
            "repair.undone",
            {"entry": str(UUID(int=8)), "kind": "repair.diagnosis_recorded", "from": "x"},
        ),
        (
            "repair.undone",
            {
                "entry": str(UUID(int=3)),
                "kind": "repair.status_changed",
                "from": "diagnosed",
                "to": "in_repair",
            },
        ),
    )
    repair = repair_of(told(*rows))
    assert repair is not None
    assert (repair.parts, repair.symptom, repair.diagnosis, repair.step) == (
        (),
        "",
        "x",
        Step.DIAGNOSED,
    )
    assert repair.conflicts == ()


@pytest.mark.parametrize(
    "payload",
    [
        {"entry": "gone", "kind": "part.fitted"},
        {"entry": "gone", "kind": "repair.status_changed", "from": "opened", "to": "ready"},
        {"entry": "gone", "kind": "repair.noted"},
        {"entry": "gone", "kind": "repair.identity_replaced", "from": "A", "to": "B"},
    ],
)
def test_an_undo_of_what_is_not_there_is_parked(payload: dict[str, Json]) -> None:
    assert codes(OPENED, ("repair.undone", payload)) == ["nothing_to_undo"]


def test_a_new_identity_is_the_repairs_serial_until_it_is_undone() -> None:
    serial = OPENED[1]["serial"]
    renamed: tuple[str, dict[str, Json]] = (
        "repair.identity_replaced",
        {"from": serial, "to": "F2LZZ0ABJC6K"},
    )
    repair = repair_of(told(OPENED, renamed))
    assert repair is not None
    assert repair.serial == "F2LZZ0ABJC6K"
    back = {"entry": "x", "kind": "repair.identity_replaced", **renamed[1]}
    undone = repair_of(told(OPENED, renamed, ("repair.undone", back)))
    assert undone is not None
    assert (undone.serial, undone.conflicts) == (serial, ())


def test_a_new_identity_of_what_is_called_otherwise_is_parked() -> None:
    renamed: dict[str, Json] = {"from": "SOMETHING", "to": "F2LZZ0ABJC6K"}
    assert codes(OPENED, ("repair.identity_replaced", renamed)) == ["wrong_identity"]


def test_unknown_kinds_leave_a_repair_as_it_is() -> None:
    assert repair_of(told(("repair.dreamt_of", {}))) is None
    assert repair_of(told(OPENED, ("repair.dreamt_of", {}))) == repair_of(told(OPENED))


def test_the_service_s_order_goes_before_the_bench_s_own_pending_entries() -> None:
    pending, second, first = (
        entry(1, "a", {}),
        entry(9, "b", {}, revision=2),
        entry(5, "c", {}, revision=1),
    )
    assert canonical_order([pending, second, first]) == [first, second, pending]


def test_every_step_has_its_followers_and_only_known_gsx_codes() -> None:
    assert NEXT_STEPS.keys() == set(Step)
    assert set(GSX_STATUS.values()) <= {"AWTP", "AWTR", "BEGR", "RFPU", "SPCM"}


KINDS = [
    "repair.opened",
    "repair.status_changed",
    "repair.undone",
    "part.fitted",
    "repair.signed",
    "conflict.settled",
    "repair.noted",
    "report.made",
    "x",
]
FIELDS = st.sampled_from(
    [
        "number",
        "serial",
        "from",
        "to",
        "entry",
        "kind",
        "kgb",
        "kbb",
        "text",
        "person",
        "conflict",
        "verdict",
        "against",
        "order",
    ]
)
VALUES = (
    st.none()
    | st.integers(0, 3)
    | st.text(max_size=3)
    | st.sampled_from([one.value for one in Step])
    | st.sampled_from(["keep", "drop"])
    | st.lists(st.just("keep"), max_size=1)
    | st.dictionaries(st.just("keep"), st.booleans(), max_size=1)
)


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.dictionaries(FIELDS, VALUES)), max_size=12),
    st.randoms(use_true_random=False),
)
def test_the_fold_is_total_and_does_not_depend_on_the_order_of_arrival(
    rows: list[tuple[str, dict[str, Json]]], shuffled: object
) -> None:
    entries = told(*rows)
    mixed = list(entries)
    shuffled.shuffle(mixed)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - hypothesis' Random
    assert repair_of(entries) == repair_of(mixed)


def reading(seq: int, **payload: Json) -> Entry:
    good: dict[str, Json] = {
        "channel": "wrist",
        "verdict": "pass",
        "ohm": 1_000_000,
        "valid_until": "2026-11-23T20:00:00.000000Z",
        "tester": "t1",
    }
    return Entry(
        UUID(int=seq),
        UUID(int=1),
        seq,
        "esd.measured",
        "person:p1",
        "person:p1",
        AT,
        1,
        good | payload,
        "",
    )


def test_the_latest_wrist_reading_is_the_standing() -> None:
    standing = esd_of([reading(1), reading(2, verdict="fail_high", ohm=None, over_range=True)])
    assert standing is not None
    assert (standing.verdict, standing.ohm, standing.over_range) == (
        EsdVerdict.FAIL_HIGH,
        None,
        True,
    )
    assert standing.valid_until == AT


def test_a_passed_reading_holds_until_its_recorded_end() -> None:
    standing = esd_of([reading(1)])
    assert standing is not None
    assert (standing.person_id, standing.tester_id, standing.valid_until.hour) == ("p1", "t1", 20)


def test_other_channels_and_other_kinds_do_not_open_the_bench() -> None:
    assert esd_of([reading(1, channel="left_foot"), entry(2, "repair.noted", {})]) is None


def test_an_unreadable_verdict_or_validity_never_passes() -> None:
    odd = esd_of([reading(1, verdict="brilliant", ohm=True)])
    endless = esd_of([reading(1, valid_until="for ever")])
    assert odd is not None
    assert endless is not None
    assert (odd.verdict, odd.ohm) == (EsdVerdict.INVALID, None)
    assert endless.valid_until == AT
