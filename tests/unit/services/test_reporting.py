"""Reports are gathered beside the store, drawn apart from it, and named in the journal."""

import hashlib
import threading
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from app.services.repair_report import RepairReport, RepairUnknownError
from app.services.reporting import ReportDesk
from app.texts import Language, Texts
from tests.unit.services.desk import Desk
from tests.unit.services.told import MakeBench


def drawn(report: RepairReport, words: Texts) -> bytes:
    """Stands in for the renderer, which another room owns."""
    assert threading.current_thread().name.startswith("reports")
    return f"{report.number} {words.language.value}".encode()


@pytest.fixture
def repair_id(desk: Desk) -> str:
    desk.work()
    done = desk.complete()
    return done.report_for


def test_a_report_lies_on_the_disk_and_its_hash_in_the_journal(
    make: MakeBench, desk: Desk, repair_id: str, tmp_path: Path
) -> None:
    bench = make()
    bench.start()
    reports = ReportDesk(bench, drawn, tmp_path / "new", lambda: Language.SWEDISH)
    made = reports.make(repair_id, "person:anna").result()
    reports.stop()

    number = desk.repair_of(repair_id).number
    raw = f"{number} sv".encode()
    assert made.path == tmp_path / "new" / f"{number}-sv.pdf"
    assert made.path.read_bytes() == raw
    assert made.sha256 == hashlib.sha256(raw).hexdigest()
    assert [one.name for one in made.path.parent.iterdir()] == [made.path.name]
    assert desk.repair_of(repair_id).report_hash == made.sha256
    with desk.store.reading() as reader:
        last = reader.timeline(f"repair:{repair_id}")[-1]
    assert (last.kind, last.actor) == ("report.made", "person:anna")
    assert last.payload == {"sha256": made.sha256, "language": "sv"}


def test_each_report_is_in_the_language_of_its_moment(
    make: MakeBench, desk: Desk, repair_id: str, tmp_path: Path
) -> None:
    bench = make()
    bench.start()
    languages = [Language.ENGLISH, Language.SWEDISH]
    reports = ReportDesk(bench, drawn, tmp_path, languages.pop)
    asked = [reports.make(repair_id, "person:anna") for _ in range(2)]
    reports.stop()
    assert [one.result().path.stem[-2:] for one in asked] == ["sv", "en"]


def test_a_later_report_takes_the_place_of_the_one_before(
    make: MakeBench, desk: Desk, repair_id: str, tmp_path: Path
) -> None:
    bench = make()
    bench.start()
    texts = [b"later", b"first"]

    def draw(report: RepairReport, words: Texts) -> bytes:
        del report, words
        return texts.pop()

    reports = ReportDesk(bench, draw, tmp_path, lambda: Language.ENGLISH)
    first, later = (reports.make(repair_id, "person:anna").result() for _ in range(2))
    reports.stop()
    assert first.path == later.path
    assert later.path.read_bytes() == b"later"


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_named(
    make: MakeBench, desk: Desk, repair_id: str, tmp_path: Path
) -> None:
    (tmp_path / "reports").write_text("a file in the way")
    bench = make()
    bench.start()
    reports = ReportDesk(bench, drawn, tmp_path / "reports", lambda: Language.ENGLISH)
    with pytest.raises(FileExistsError):
        reports.make(repair_id, "person:anna").result()
    reports.stop()
    assert desk.repair_of(repair_id).report_hash == ""


def test_a_repair_that_nobody_knows_has_no_report(
    make: MakeBench, desk: Desk, tmp_path: Path
) -> None:
    bench = make()
    bench.start()
    reports = ReportDesk(bench, drawn, tmp_path, lambda: Language.ENGLISH)
    with pytest.raises(RepairUnknownError):
        reports.make("gone", "person:anna").result()
    reports.stop()


def test_a_bench_that_ended_makes_no_report(make: MakeBench, desk: Desk, tmp_path: Path) -> None:
    bench = make()
    bench.start()
    bench.stop()
    reports = ReportDesk(bench, drawn, tmp_path, lambda: Language.ENGLISH)
    with pytest.raises(CancelledError):
        reports.make("any", "person:anna").result()
    reports.stop()
