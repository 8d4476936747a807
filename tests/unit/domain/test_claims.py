"""A part is in one repair; a claim that is given up frees it; a lead's word stands above both."""

from datetime import UTC, datetime
from uuid import UUID

from app.domain.claims import changes_claims, claimed, rulings_of
from app.domain.folds import repairs_of
from app.domain.journal import Entry, Json
from app.domain.repairs import UNDISPUTED, Repair

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Told:
    """Entries in the order of the service's log, each on the repair that is named."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        for repair_id in ("r1", "r2", "r3"):
            self.add(repair_id, "repair.opened", number=repair_id, serial="C02XK1XXJG5H")

    def add(self, repair_id: str, kind: str, /, **payload: Json) -> str:
        number = len(self.entries) + 1
        self.entries.append(
            Entry(
                id=UUID(int=number),
                bench_id=UUID(int=1),
                seq=number,
                kind=kind,
                subject=f"repair:{repair_id}",
                actor="person:p1",
                recorded_at=AT,
                schema=1,
                payload=payload,
                hash=f"{number:064x}",
                revision=number,
            )
        )
        return str(UUID(int=number))

    def fit(self, repair_id: str) -> str:
        part: dict[str, Json] = {"part_number": "1", "kgb": "K", "kbb": ""}
        return self.add(repair_id, "part.fitted", **part, order="", delivery="")

    def undo(self, repair_id: str, entry_id: str) -> str:
        return self.add(repair_id, "repair.undone", entry=entry_id, kind="part.fitted")

    def settle(self, repair_id: str, entry_id: str, against: str, verdict: str) -> str:
        sides: dict[str, Json] = {"conflict": entry_id, "against": against}
        return self.add(repair_id, "conflict.settled", **sides, verdict=verdict)

    def repair(self, repair_id: str) -> Repair:
        return repairs_of(reversed(self.entries))[f"repair:{repair_id}"]

    def holds(self, repair_id: str) -> list[str]:
        return [part.entry_id for part in self.repair(repair_id).parts]

    def parked(self, repair_id: str) -> list[tuple[str, str]]:
        return [(one.entry_id, one.code) for one in self.repair(repair_id).conflicts]


def test_the_first_claim_in_the_log_holds_the_part() -> None:
    told = Told()
    first, second, third = told.fit("r2"), told.fit("r1"), told.fit("r3")
    assert (told.holds("r1"), told.holds("r2"), told.holds("r3")) == ([], [first], [])
    assert told.parked("r1") == [(second, "part_claimed_twice")]
    assert told.parked("r3") == [(third, "part_claimed_twice")]


def test_a_claim_that_is_undone_hands_the_part_to_the_next() -> None:
    told = Told()
    first, second, third = told.fit("r1"), told.fit("r2"), told.fit("r3")
    told.undo("r1", first)
    assert (told.holds("r1"), told.holds("r2")) == ([], [second])
    assert told.parked("r3") == [(third, "part_claimed_twice")]
    told.undo("r2", second)
    assert (told.holds("r2"), told.holds("r3"), told.parked("r3")) == ([], [third], [])


def test_a_claim_in_vain_that_is_undone_leaves_nothing_behind() -> None:
    told = Told()
    first, second = told.fit("r1"), told.fit("r2")
    told.undo("r2", second)
    assert (told.holds("r1"), told.holds("r2"), told.parked("r2")) == ([first], [], [])


def test_a_claim_in_vain_that_is_dropped_leaves_nothing_behind() -> None:
    told = Told()
    first, second = told.fit("r1"), told.fit("r2")
    told.settle("r2", second, first, "drop")
    told.undo("r1", first)
    assert (told.holds("r2"), told.parked("r2")) == ([], [])


def test_a_claim_that_never_fitted_holds_nothing() -> None:
    told = Told()
    told.add("r1", "part.fitted", kgb="K")
    second = told.fit("r2")
    assert (told.holds("r2"), [code for _, code in told.parked("r1")]) == ([second], ["malformed"])


def test_a_kept_claim_goes_before_an_earlier_one_and_before_any_later() -> None:
    told = Told()
    first, second = told.fit("r1"), told.fit("r2")
    told.settle("r2", second, first, "keep")
    third = told.fit("r3")
    assert (told.holds("r1"), told.holds("r2"), told.holds("r3")) == ([], [second], [])
    assert told.parked("r1") == [(first, "part_claimed_twice")]
    assert told.parked("r3") == [(third, "part_claimed_twice")]


def test_of_two_kept_claims_the_first_holds_and_the_other_can_still_be_settled() -> None:
    told = Told()
    first, second, third = told.fit("r1"), told.fit("r2"), told.fit("r3")
    told.settle("r3", third, first, "keep")
    told.settle("r2", second, first, "keep")
    assert (told.holds("r2"), told.holds("r3")) == ([second], [])
    assert told.parked("r3") == [(third, "part_claimed_twice")]
    told.settle("r3", third, second, "drop")
    assert (told.holds("r3"), told.parked("r3")) == ([], [])


def test_of_two_leads_the_first_holds_and_the_other_s_word_is_parked() -> None:
    told = Told()
    first, second = told.fit("r1"), told.fit("r2")
    told.settle("r2", second, first, "keep")
    told.settle("r2", second, first, "keep")
    late = told.settle("r2", second, first, "drop")
    assert told.holds("r2") == [second]
    assert told.parked("r2") == [(late, "nothing_to_settle")]


def test_entries_that_claim_nothing_need_no_ruling() -> None:
    told = Told()
    told.add("r1", "repair.noted", text="x")
    assert rulings_of(told.entries) == UNDISPUTED


def test_what_claims_and_what_changes_claims() -> None:
    told = Told()
    told.undo("r1", told.fit("r1"))
    told.add("r1", "repair.undone", entry="x", kind="repair.noted")
    told.settle("r1", "x", "y", "drop")
    told.add("r1", "part.fitted", kgb=7)
    assert [claimed(entry) for entry in told.entries[3:]] == ["K", None, None, None, None]
    assert [changes_claims(entry) for entry in told.entries[3:]] == [
        False,
        True,
        False,
        True,
        False,
    ]
