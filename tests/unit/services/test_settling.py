"""A lead settles a conflict, and nobody else; both sides of it are shown and cited."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest

from app.domain.claims import void
from app.domain.journal import Draft, Entry, Json
from app.domain.repairs import Conflict, Repair, Step
from app.services.settling import OpenConflict, Settled, Verdict, open_conflicts, settle
from app.services.undoing import last_undoable
from tests.unit.services.desk import ANNA, CLEO, KGB, Desk, codes

REASON = "looked into both"


class Rig:
    """Two repairs of a bench, and what other benches said of them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.append("r1", "repair.opened", number="1", serial="C02XK0ABJGH5")
        self.append("r2", "repair.opened", number="2", serial="F2LXK0ABJC6K")

    def append(self, repair_id: str, kind: str, actor: str = "bo", /, **payload: Json) -> Entry:
        with self.desk.store.writing() as tx:
            return tx.append(Draft(kind, f"repair:{repair_id}", f"person:{actor}", payload))

    def fit(self, repair_id: str) -> Entry:
        lot: dict[str, Json] = {"order": "PO-1", "delivery": "DN-1"}
        part: dict[str, Json] = {"part_number": "661-17578", "kgb": KGB, "kbb": "OLD"}
        return self.append(repair_id, "part.fitted", **part, **lot)

    def step(self, source: Step, target: Step, repair_id: str = "r1") -> Entry:
        change: dict[str, Json] = {"from": source.value, "to": target.value}
        return self.append(repair_id, "repair.status_changed", **change)

    def repair(self, repair_id: str = "r1") -> Repair:
        return self.desk.repair_of(repair_id)

    def settle(
        self, entry: Entry | str, verdict: Verdict, repair_id: str = "r1", badge: str = CLEO
    ) -> Settled:
        entry_id = entry if isinstance(entry, str) else str(entry.id)
        with self.desk.store.writing() as tx:
            repair = tx.repair(repair_id)
            assert repair is not None
            return settle(tx, repair, entry_id, verdict, badge=badge, reason=REASON)

    def conflicts(self) -> tuple[OpenConflict, ...]:
        repairs = self.desk.store.in_conflict()
        with self.desk.store.reading() as reader:
            return open_conflicts(reader, repairs)

    def timeline(self, repair_id: str = "r1") -> tuple[Entry, ...]:
        with self.desk.store.reading() as reader:
            return reader.timeline(f"repair:{repair_id}")


@pytest.fixture
def rig(desk: Desk) -> Rig:
    return Rig(desk)


def codes_of(repair: Repair) -> list[str]:
    return [one.code for one in repair.conflicts]


# ----------------------------------------------------------------------
# Who may, and what
# ----------------------------------------------------------------------


def test_a_technician_is_refused_and_nothing_is_written(rig: Rig) -> None:
    odd = rig.step(Step.READY, Step.COMPLETED)
    settled = rig.settle(odd, Verdict.DROP, badge=ANNA)
    assert codes(settled.feedback) == ("refused", "settle_lead_only", "ask_lead")
    assert (settled.entries, rig.timeline()[-1].id) == ((), odd.id)
    assert codes_of(rig.repair()) == ["wrong_from"]


def test_a_badge_that_nobody_has_settles_nothing(rig: Rig) -> None:
    odd = rig.step(Step.READY, Step.COMPLETED)
    settled = rig.settle(odd, Verdict.DROP, badge="9999")
    assert codes(settled.feedback) == ("refused", "badge_unknown", "ask_lead")
    assert settled.entries == ()


@pytest.mark.parametrize("entry", ["x", str(UUID(int=7))])
def test_only_an_open_conflict_can_be_settled(rig: Rig, entry: str) -> None:
    rig.step(Step.READY, Step.COMPLETED)
    assert rig.settle(entry, Verdict.DROP).feedback.code == "conflict_unknown"


def test_a_settlement_cites_both_sides_and_says_why_and_who(rig: Rig) -> None:
    taken = rig.step(Step.OPENED, Step.DIAGNOSED)
    odd = rig.step(Step.OPENED, Step.CANCELLED)
    settled = rig.settle(odd, Verdict.DROP)
    assert settled.feedback.code == "conflict_dropped"
    (entry,) = settled.entries
    assert (entry.kind, entry.subject, entry.actor) == (
        "conflict.settled",
        "repair:r1",
        "person:cleo",
    )
    assert entry.payload == {
        "conflict": str(odd.id),
        "against": str(taken.id),
        "code": "wrong_from",
        "verdict": "drop",
        "reason": REASON,
        "person_name": "Cleo",
    }
    assert (rig.repair().step, rig.repair().conflicts) == (Step.DIAGNOSED, ())


def test_a_repair_with_a_conflict_closes_after_it_is_settled(desk: Desk) -> None:
    desk.work()
    repair_id = desk.repair.id
    rig = Rig(desk)
    odd = rig.step(Step.READY, Step.COMPLETED, repair_id)
    assert desk.do("DONE").feedback.code == "conflict_open"
    rig.settle(odd, Verdict.DROP, repair_id)
    assert desk.complete().feedback.code == "repair_completed"
    assert desk.repair_of(repair_id).step is Step.COMPLETED


# ----------------------------------------------------------------------
# One part, two repairs
# ----------------------------------------------------------------------


def test_both_claims_on_a_part_are_shown(rig: Rig) -> None:
    first, second = rig.fit("r1"), rig.fit("r2")
    (told,) = rig.conflicts()
    assert (told.repair.id, told.conflict.code) == ("r2", "part_claimed_twice")
    assert (told.entry, told.against) == (second, first)
    assert told.rival == rig.repair("r1")


def test_a_dropped_claim_leaves_the_part_where_it_is(rig: Rig) -> None:
    first, second = rig.fit("r1"), rig.fit("r2")
    settled = rig.settle(second, Verdict.DROP, "r2")
    assert [entry.kind for entry in settled.entries] == ["conflict.settled"]
    assert [part.entry_id for part in rig.repair("r1").parts] == [str(first.id)]
    assert (rig.repair("r2").parts, rig.repair("r2").conflicts) == ((), ())


def test_a_kept_claim_takes_the_part_and_the_other_repair_shows_why(rig: Rig) -> None:
    first, second = rig.fit("r1"), rig.fit("r2")
    settled = rig.settle(second, Verdict.KEEP, "r2")
    assert settled.feedback.code == "conflict_kept"
    assert [(entry.kind, entry.subject) for entry in settled.entries] == [
        ("conflict.settled", "repair:r2"),
        ("repair.undone", "repair:r1"),
    ]
    assert settled.entries[1].payload["entry"] == str(first.id)
    assert (rig.repair("r1").parts, rig.repair("r1").conflicts) == ((), ())
    assert [part.entry_id for part in rig.repair("r2").parts] == [str(second.id)]
    assert rig.repair("r2").conflicts == ()
    assert rig.desk.store.rebuild().equal


def test_a_part_claimed_twice_by_one_repair_has_no_rival(rig: Rig) -> None:
    first, second = rig.fit("r1"), rig.fit("r1")
    (told,) = rig.conflicts()
    assert (told.against, told.rival) == (first, None)
    rig.settle(second, Verdict.KEEP)
    assert [part.entry_id for part in rig.repair().parts] == [str(second.id)]


# ----------------------------------------------------------------------
# Steps
# ----------------------------------------------------------------------


def test_a_kept_step_is_taken_now_from_where_the_repair_stands(rig: Rig) -> None:
    rig.step(Step.OPENED, Step.DIAGNOSED)
    odd = rig.step(Step.OPENED, Step.CANCELLED)
    settled = rig.settle(odd, Verdict.KEEP)
    assert [entry.kind for entry in settled.entries] == [
        "conflict.settled",
        "repair.status_changed",
    ]
    assert settled.entries[1].payload["from"] == "diagnosed"
    assert (rig.repair().step, rig.repair().conflicts) == (Step.CANCELLED, ())


def test_a_step_that_both_took_is_not_taken_again(rig: Rig) -> None:
    rig.step(Step.OPENED, Step.DIAGNOSED)
    again = rig.step(Step.OPENED, Step.DIAGNOSED)
    assert [entry.kind for entry in rig.settle(again, Verdict.KEEP).entries] == ["conflict.settled"]
    assert (rig.repair().step, rig.repair().conflicts) == (Step.DIAGNOSED, ())


def test_a_step_that_may_not_follow_now_cannot_be_kept(rig: Rig) -> None:
    odd = rig.step(Step.READY, Step.COMPLETED)
    settled = rig.settle(odd, Verdict.KEEP)
    assert (settled.feedback.code, settled.entries) == ("conflict_not_kept", ())
    assert codes_of(rig.repair()) == ["wrong_from"]


def test_a_completion_is_kept_only_when_nothing_else_is_open(rig: Rig) -> None:
    rig.step(Step.OPENED, Step.DIAGNOSED)
    rig.step(Step.DIAGNOSED, Step.IN_REPAIR)
    rig.step(Step.IN_REPAIR, Step.READY)
    odd = rig.step(Step.OPENED, Step.CANCELLED)
    done = rig.step(Step.READY, Step.COMPLETED)
    assert codes_of(rig.repair()) == ["wrong_from", "conflict_open"]
    assert rig.settle(done, Verdict.KEEP).feedback.code == "conflict_not_kept"
    rig.settle(odd, Verdict.DROP)
    assert rig.settle(done, Verdict.KEEP).feedback.code == "conflict_kept"
    assert (rig.repair().step, rig.repair().conflicts) == (Step.COMPLETED, ())


# ----------------------------------------------------------------------
# Whatever else does not fit
# ----------------------------------------------------------------------


def test_what_came_before_the_opening_is_said_again_when_it_is_kept(rig: Rig) -> None:
    early = rig.append("r3", "repair.noted", text="scratched lid")
    assert rig.settle(early, Verdict.KEEP, "r3").feedback.code == "conflict_not_kept"
    rig.append("r3", "repair.opened", number="3", serial="C02XK0ABJGH7")
    settled = rig.settle(early, Verdict.KEEP, "r3")
    assert [entry.kind for entry in settled.entries] == ["conflict.settled", "repair.noted"]
    assert (rig.repair("r3").notes, rig.repair("r3").conflicts) == (("scratched lid",), ())


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("repair.noted", {}),
        ("repair.opened", {"number": "1", "serial": "C02XK0ABJGH5"}),
        ("repair.undone", {"entry": "x", "kind": "part.fitted"}),
        ("repair.status_changed", {"from": "opened", "to": "nowhere"}),
    ],
)
def test_what_makes_no_sense_can_only_be_dropped(
    rig: Rig, kind: str, payload: Mapping[str, Json]
) -> None:
    odd = rig.append("r1", kind, **payload)
    assert rig.settle(odd, Verdict.KEEP).feedback.code == "conflict_not_kept"
    assert rig.settle(odd, Verdict.DROP).feedback.code == "conflict_dropped"
    assert rig.repair().conflicts == ()


def test_a_settlement_that_came_too_late_is_shown_with_the_one_before_it(rig: Rig) -> None:
    first, second = rig.fit("r1"), rig.fit("r2")
    (kept, _) = rig.settle(second, Verdict.KEEP, "r2").entries
    sides: dict[str, Json] = {"conflict": str(second.id), "against": str(first.id)}
    late = rig.append("r2", "conflict.settled", "eve", **sides, verdict="drop")
    (told,) = rig.conflicts()
    assert (told.conflict, told.entry) == (Conflict(str(late.id), "nothing_to_settle"), late)
    assert told.against == kept
    assert [part.entry_id for part in rig.repair("r2").parts] == [str(second.id)]
    rig.settle(late, Verdict.DROP, "r2")
    assert rig.conflicts() == ()


def test_two_leads_who_say_the_same_leave_no_conflict(rig: Rig) -> None:
    odd = rig.step(Step.READY, Step.COMPLETED)
    (settled,) = rig.settle(odd, Verdict.DROP).entries
    rig.append("r1", "conflict.settled", "eve", **settled.payload)
    assert rig.repair().conflicts == ()


def test_a_conflict_whose_entry_is_lost_can_only_be_dropped(rig: Rig) -> None:
    lost = str(UUID(int=1))
    torn = replace(rig.repair(), conflicts=(Conflict(lost, "orphan"),))
    with rig.desk.store.writing() as tx:
        (told,) = open_conflicts(tx, [torn])
        assert (told.entry, told.against) == (None, None)
        settled = settle(tx, torn, lost, Verdict.KEEP, badge=CLEO, reason=REASON)
        assert settled.feedback.code == "conflict_not_kept"
        settled = settle(tx, torn, lost, Verdict.DROP, badge=CLEO, reason=REASON)
        assert settled.feedback.code == "conflict_dropped"


# ----------------------------------------------------------------------
# What was settled counts nowhere else
# ----------------------------------------------------------------------


def test_a_dropped_part_is_no_entry_that_counts(rig: Rig) -> None:
    rig.fit("r1")
    second = rig.fit("r2")
    assert void(rig.repair("r2"), rig.timeline("r2")) == {str(second.id)}
    rig.settle(second, Verdict.DROP, "r2")
    assert void(rig.repair("r2"), rig.timeline("r2")) == {str(second.id)}


def test_a_kept_part_counts_until_it_is_undone(rig: Rig) -> None:
    rig.fit("r1")
    second = rig.fit("r2")
    rig.settle(second, Verdict.KEEP, "r2")
    assert void(rig.repair("r2"), rig.timeline("r2")) == frozenset()
    assert void(rig.repair(), rig.timeline()) == frozenset()


def test_a_note_that_was_kept_counts_once(rig: Rig) -> None:
    early = rig.append("r3", "repair.noted", text="scratched")
    rig.append("r3", "repair.opened", number="3", serial="C02XK0ABJGH6")
    rig.settle(early, Verdict.KEEP, "r3")
    passed_over = void(rig.repair("r3"), rig.timeline("r3"))
    notes = [one for one in rig.timeline("r3") if one.kind == "repair.noted"]
    assert [str(one.id) in passed_over for one in notes] == [True, False]


def test_a_step_that_was_dropped_cannot_be_undone(rig: Rig) -> None:
    odd = rig.step(Step.READY, Step.COMPLETED)
    rig.settle(odd, Verdict.DROP)
    assert last_undoable(rig.timeline(), rig.repair()) is None


def test_a_symptom_that_was_dropped_cannot_be_undone(rig: Rig) -> None:
    early = rig.append("r3", "repair.symptom_recorded", symptom="no_power")
    rig.append("r3", "repair.opened", number="3", serial="C02XK0ABJGH6")
    rig.settle(early, Verdict.DROP, "r3")
    assert last_undoable(rig.timeline("r3"), rig.repair("r3")) is None
