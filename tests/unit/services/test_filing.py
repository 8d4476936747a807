"""The watched folder's files: filed where there is no doubt, and told why where there is."""

from datetime import datetime, timedelta

import pytest

from app.domain.diagnostics.record import RecordedRun, Stage
from app.domain.journal import Draft
from app.services.diagnosing import ResultsFile, read_file, runs_of
from app.services.filing import Filing, FilingState, file_results, look_at
from app.services.reference_codes import shipped_codes
from tests.unit.domain.diagnostics.samples import raw_of
from tests.unit.services.desk import MAC, Desk, codes


def bring(desk: Desk, name: str, modified: datetime | None = None) -> Filing:
    """File what lies in the folder; looking at it first says the same and records nothing."""
    at = modified or desk.clock.moment
    results = read_file(raw_of(name), at, shipped_codes())
    assert isinstance(results, ResultsFile)
    with desk.store.reading() as reader:
        head = reader.head()
        looked = look_at(reader, results)
        assert reader.head() == head
    with desk.store.writing() as tx:
        filing = file_results(tx, results)
    if filing.state is FilingState.FILED:
        assert (looked.state, looked.repair) == (FilingState.READY, filing.repair)
    else:
        assert looked == filing
    return filing


def runs(desk: Desk) -> tuple[RecordedRun, ...]:
    repair = desk.repair
    with desk.store.reading() as reader:
        return runs_of(reader, repair)


def test_a_file_goes_onto_the_one_open_repair_of_its_product(desk: Desk) -> None:
    desk.open()
    filing = bring(desk, "mac.json")
    assert (filing.state, filing.feedback.code) == (FilingState.FILED, "diagnostics_recorded")
    assert filing.repair == desk.repair
    (run,) = runs(desk)
    assert (run.actor, run.stage) == ("bench", Stage.BEFORE)


def test_a_file_is_known_again_and_changes_nothing_even_for_the_next_repair(desk: Desk) -> None:
    desk.open()
    bring(desk, "mac.json")
    assert bring(desk, "mac.json").state is FilingState.KNOWN
    desk.do("CANCEL")
    desk.scan(MAC)
    desk.do("OPEN")
    known = bring(desk, "mac.json")
    assert codes(known.feedback) == ("repeated", "diagnostics_filed_already", "")
    assert runs(desk) == ()


def test_a_file_waits_until_its_product_is_received(desk: Desk) -> None:
    waiting = bring(desk, "mac.json")
    assert waiting.state is FilingState.WAITING
    assert codes(waiting.feedback) == ("refused", "diagnostics_no_repair", "scan_product")
    desk.open()
    assert bring(desk, "mac.json").state is FilingState.FILED


@pytest.mark.parametrize(
    ("before", "state"),
    [(timedelta(hours=23), FilingState.FILED), (timedelta(hours=25), FilingState.WAITING)],
)
def test_a_file_from_long_before_the_repair_waits_for_a_person(
    desk: Desk, before: timedelta, state: FilingState
) -> None:
    desk.open()
    filing = bring(desk, "mac.json", desk.repair.opened_at - before)
    assert (filing.state, filing.repair) == (state, desk.repair)


def test_a_product_with_two_open_repairs_asks_for_a_person(desk: Desk) -> None:
    desk.open()
    payload = {"number": "R-2", "serial": MAC}
    with desk.store.writing() as tx:
        tx.append(Draft("repair.opened", "repair:0191", "person:bo", {**payload}))
    filing = bring(desk, "mac.json")
    assert codes(filing.feedback) == ("refused", "diagnostics_several_repairs", "import_by_hand")


@pytest.mark.parametrize("name", ["mac-mini-detail.json", "codes.txt"])
def test_a_file_that_names_no_product_is_refused_with_the_reason(desk: Desk, name: str) -> None:
    desk.open()
    filing = bring(desk, name)
    assert (filing.state, filing.feedback.code) == (FilingState.REFUSED, "diagnostics_anonymous")
