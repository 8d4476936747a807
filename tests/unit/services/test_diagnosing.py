"""What diagnostic tools say: on the repair of the product that it was said of, and nowhere else."""

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.diagnostics.record import IMPORTED, RecordedRun, Stage
from app.domain.journal import Draft
from app.services.diagnosing import (
    Imported,
    ResultsFile,
    file_time,
    import_results,
    read_file,
    runs_of,
)
from app.services.reference_codes import shipped_codes
from app.services.views import Feedback, Tone
from tests.unit.domain.diagnostics.samples import PRIVATE, raw_of
from tests.unit.services.desk import MAC, PHONE, Desk, codes, field_of

LATER = datetime(2027, 1, 1, tzinfo=UTC)
LINK = f"https://diagnostics.example/?serialno={MAC}&refcodes=PPT002,NDR001"


def results(name: str, written: datetime = LATER) -> ResultsFile:
    read = read_file(raw_of(name), written, shipped_codes())
    assert isinstance(read, ResultsFile)
    return read


def bring(desk: Desk, name: str, actor: str = "person:anna") -> Imported:
    """Import a sample onto the repair in hand."""
    return onto_repair(desk, results(name), actor)


def onto_repair(desk: Desk, read: ResultsFile, actor: str = "person:anna") -> Imported:
    repair = desk.repair
    with desk.store.writing() as tx:
        return import_results(tx, repair, read, actor)


def runs(desk: Desk) -> tuple[RecordedRun, ...]:
    repair = desk.repair
    with desk.store.reading() as reader:
        return runs_of(reader, repair)


# ----------------------------------------------------------------------
# Reference codes
# ----------------------------------------------------------------------


def test_a_code_before_the_work_is_the_diagnosis_and_says_what_it_means(desk: Desk) -> None:
    desk.open()
    said = desk.scan("PPT002").feedback
    assert codes(said) == ("accepted", "diagnosis_recorded", "opened")
    assert (field_of(said, "component"), field_of(said, "outcome")) == ("battery", "wear")
    (run,) = runs(desk)
    assert (run.stage, run.run.codes[0].code, desk.repair.diagnosis) == (
        Stage.BEFORE,
        "PPT002",
        "PPT002",
    )


def test_a_code_after_the_work_began_leaves_the_diagnosis_alone(desk: Desk) -> None:
    desk.open()
    desk.scan("PPT002")
    desk.do("DIAG", "WORK")
    said = desk.scan("ADP000").feedback
    assert codes(said) == ("accepted", "diagnostics_codes_recorded", "in_repair")
    assert desk.repair.diagnosis == "PPT002"
    assert [one.stage for one in runs(desk)] == [Stage.BEFORE, Stage.AFTER]
    assert codes(desk.scan("adp000").feedback)[:2] == ("repeated", "diagnostics_codes_already")
    assert desk.scan("PPT002").feedback.tone is Tone.ACCEPTED


def test_the_same_code_after_another_part_is_a_result_of_its_own(desk: Desk) -> None:
    desk.work()
    desk.scan("ADP000")
    assert desk.scan("ADP000").feedback.tone is Tone.REPEATED
    desk.fit()
    assert desk.scan("ADP000").feedback.tone is Tone.ACCEPTED
    desk.do("UNDO")
    assert desk.scan("ADP000").feedback.tone is Tone.ACCEPTED
    desk.do("READY")
    assert desk.scan("ADP000").feedback.tone is Tone.ACCEPTED
    assert [one.stage for one in runs(desk)] == [Stage.AFTER] * 3


def test_undo_takes_the_code_after_the_work_back_and_not_the_part(desk: Desk) -> None:
    desk.work()
    desk.fit()
    desk.scan("ADP000")
    assert desk.do("UNDO").feedback.code == "undone.diagnostics.imported"
    assert (runs(desk), len(desk.repair.parts), desk.repair.conflicts) == ((), 1, ())
    assert desk.do("UNDO").feedback.code == "undone.part.fitted"


def test_undo_of_the_diagnosis_takes_its_run_along(desk: Desk) -> None:
    desk.open()
    desk.scan("PPT002")
    desk.do("UNDO")
    assert (runs(desk), desk.repair.diagnosis) == ((), "")


def test_undo_never_takes_back_what_came_by_the_folder(desk: Desk) -> None:
    desk.work()
    desk.fit()
    bring(desk, "mac.json", "bench")
    assert desk.do("UNDO").feedback.code == "undone.part.fitted"
    assert len(runs(desk)) == 1


def test_a_dangerous_product_is_put_aside_before_anything_else(desk: Desk) -> None:
    desk.open()
    assert codes(desk.scan("PPT005").feedback) == ("accepted", "diagnosis_recorded", "stop_using")


def test_a_code_that_nobody_knows_is_kept_as_unknown(desk: Desk) -> None:
    desk.open()
    said = desk.scan("QQQ123").feedback
    assert (field_of(said, "component"), field_of(said, "outcome")) == ("unknown", "unknown")
    assert desk.repair.diagnosis == "QQQ123"


def test_a_result_s_link_brings_all_its_codes_at_once(desk: Desk) -> None:
    desk.open()
    said = desk.scan(LINK).feedback
    assert codes(said) == ("accepted", "diagnosis_recorded", "opened")
    assert (desk.repair.diagnosis, field_of(said, "component")) == ("PPT002, NDR001", "trackpad")
    assert codes(desk.scan(LINK).feedback)[:2] == ("repeated", "diagnosis_already")


def test_what_a_link_says_besides_its_codes_stays_on_this_bench(desk: Desk) -> None:
    desk.open()
    scan, found = desk.scan(f"{LINK}&name=Svante+Privatsson&phone=%2B46701234567").entries
    assert (scan.payload["raw_hex"], scan.payload["candidates"]) == ("", [])
    assert "Svante" not in json.dumps([dict(scan.payload), dict(found.payload)])
    frame = desk.store.frame(scan.id)
    assert frame is not None
    assert b"Svante" in frame.raw


def test_a_link_of_another_product_is_refused_with_both_serials(desk: Desk) -> None:
    desk.open()
    said = desk.scan(LINK.replace(MAC, PHONE)).feedback
    assert codes(said) == ("refused", "diagnostics_other_serial", "other_results")
    assert (field_of(said, "found"), field_of(said, "serial")) == (PHONE, MAC)
    assert (runs(desk), desk.repair.diagnosis) == ((), "")


def test_a_link_without_a_code_that_can_be_read_is_refused(desk: Desk) -> None:
    desk.open()
    said = desk.scan(f"https://x.example/?serialno={MAC}&refcodes=4MOT").feedback
    assert codes(said) == ("refused", "diagnostics_no_code", "scan_again")


def test_a_link_without_a_repair_asks_for_the_product(desk: Desk) -> None:
    desk.sign_in()
    assert codes(desk.scan(LINK).feedback) == ("refused", "no_repair", "scan_product")


# ----------------------------------------------------------------------
# Files
# ----------------------------------------------------------------------


def test_a_file_of_the_repair_s_product_is_recorded_with_its_hash(desk: Desk) -> None:
    desk.open()
    imported = bring(desk, "mac.json")
    assert codes(imported.feedback) == ("accepted", "diagnostics_recorded", "opened")
    assert dict(imported.feedback.fields)["outcome"] == "no_issue"
    (run,) = runs(desk)
    assert (run.run, run.sha256) == (results("mac.json").run, results("mac.json").sha256)
    assert (run.stage, run.actor) == (Stage.BEFORE, "person:anna")
    assert desk.repair.diagnosis == ""


def test_a_file_from_before_the_work_proves_nothing_of_it_however_late_it_comes(desk: Desk) -> None:
    desk.work()
    began = desk.repair.history[-1].at
    for seconds, stage in ((-1, Stage.BEFORE), (1, Stage.AFTER)):
        written = began + timedelta(seconds=seconds)
        name = "mac.json" if stage is Stage.BEFORE else "mac.spx"
        imported = onto_repair(desk, results(name, written))
        assert field_of(imported.feedback, "stage") == stage.value
        assert (runs(desk)[-1].stage, runs(desk)[-1].written) == (stage, written)


@pytest.mark.parametrize(
    ("nanoseconds", "year"), [(0, 1970), (1_795_000_000 * 10**9, 2026), (10**28, 1970)]
)
def test_a_file_s_time_outside_of_the_calendar_is_long_ago(nanoseconds: int, year: int) -> None:
    assert file_time(nanoseconds).year == year


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    desk.open()
    bring(desk, "mac.json")
    with desk.store.reading() as reader:
        head = reader.head()
    again = bring(desk, "mac.json")
    assert codes(again.feedback) == ("repeated", "diagnostics_already", "")
    with desk.store.reading() as reader:
        assert reader.head() == head
    assert again.entry is None


def test_a_file_that_was_taken_back_can_be_brought_again(desk: Desk) -> None:
    desk.open()
    bring(desk, "mac.json")
    assert desk.do("UNDO").feedback.code == "undone.diagnostics.imported"
    assert bring(desk, "mac.json").feedback.tone is Tone.ACCEPTED
    assert len(runs(desk)) == 1


def test_a_file_of_another_product_is_refused_with_both_serials(desk: Desk) -> None:
    desk.open()
    refused = bring(desk, "iphone.txt").feedback
    assert codes(refused) == ("refused", "diagnostics_other_serial", "other_results")
    assert (field_of(refused, "found"), field_of(refused, "serial")) == (PHONE, MAC)
    assert runs(desk) == ()


@pytest.mark.parametrize("name", ["mac-mini-detail.json", "codes.txt"])
def test_a_file_that_names_no_product_is_refused(desk: Desk, name: str) -> None:
    desk.open()
    refused = bring(desk, name).feedback
    assert codes(refused) == ("refused", "diagnostics_no_serial", "results_with_serial")


def test_an_imei_that_the_register_knows_names_the_product_too(desk: Desk) -> None:
    desk.open(PHONE)
    read = results("iphone.txt")
    nameless = replace(read.run, device=replace(read.run.device, serial=None))
    imported = onto_repair(desk, replace(read, run=nameless))
    assert imported.feedback.tone is Tone.ACCEPTED
    stranger = replace(nameless, device=replace(nameless.device, imeis=("354178036859797",)))
    refused = onto_repair(desk, ResultsFile(stranger, "ff", LATER))
    assert refused.feedback.code == "diagnostics_no_serial"


def test_nothing_is_recorded_on_a_repair_that_is_closed(desk: Desk) -> None:
    desk.open()
    desk.do("CANCEL")
    assert codes(bring(desk, "mac.json").feedback)[:2] == ("refused", "repair_closed")


def test_a_dangerous_finding_in_a_file_says_so_first(desk: Desk) -> None:
    desk.open()
    read = read_file(LINK.replace("PPT002", "PPT005").encode(), LATER, shipped_codes())
    assert isinstance(read, ResultsFile)
    imported = onto_repair(desk, read)
    assert imported.feedback.way_on == "stop_using"


def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(desk: Desk) -> None:
    read = read_file(b"not results", LATER, shipped_codes())
    assert isinstance(read, Feedback)
    assert codes(read) == ("refused", "diagnostics_unreadable.not_known", "other_results")
    with desk.store.reading() as reader:
        assert reader.head() is None


# ----------------------------------------------------------------------
# Privacy
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("serial", "names"), [(MAC, ["mac.json", "mac.spx"]), (PHONE, ["iphone.txt", "iphone.plist"])]
)
def test_no_private_value_reaches_an_entry_a_log_or_the_store(
    desk: Desk, caplog: pytest.LogCaptureFixture, serial: str, names: list[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        desk.open(serial)
        for name in names:
            assert bring(desk, name).feedback.tone is Tone.ACCEPTED
            assert bring(desk, "iphone.txt" if serial == MAC else "mac.json").entry is None
    subject = f"repair:{desk.repair.id}"
    with desk.store.reading() as reader:
        timeline = reader.timeline(subject)
    entries = json.dumps([dict(entry.payload) for entry in timeline], ensure_ascii=False)
    with desk.store.database.reading() as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        rows = [
            repr(row)
            for (table,) in list(named)
            for row in connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - its own names
        ]
    assert sum(IMPORTED in row for row in rows) == len(names)
    kept = entries + caplog.text + "".join(rows)
    private = [one for one in PRIVATE if one != "Europe/Stockholm"]  # the site's own time zone too
    assert [one for one in private if one in kept] == []


def test_a_run_of_a_newer_bench_is_passed_over_where_it_names_an_unknown_tool(desk: Desk) -> None:
    desk.open()
    subject = f"repair:{desk.repair.id}"
    with desk.store.writing() as tx:
        tx.append(Draft(IMPORTED, subject, "person:bo", {"run": {"source": "crystal_ball"}}))
    assert runs(desk) == ()
