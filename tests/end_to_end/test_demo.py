"""The demo from outside: JSON, PDF, the bench's store and the service's database tell the same."""

import hashlib
import json
import re
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pypdf
import pytest
from PIL import Image

from tests.end_to_end.programs import ENGLISH, SWEDISH, Home, Told

SHOWN: Final = ("sign-in", "esd-gate", "esd-failed", "home", "not-ours", "product", "repair")
LOOKS: Final = tuple(f"{lang}-{theme}" for lang in ("en", "sv") for theme in ("light", "dark"))
COLOURS: Final = 16
"""A picture of fewer colours shows nothing."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that was played, and what is left of it."""

    folder: Path
    told: Told

    @property
    def document(self) -> dict[str, Any]:
        return self.told.json

    @property
    def bench(self) -> Home:
        return Home(self.folder / "bench")

    @property
    def report(self) -> str:
        """The report's text, its lines as one."""
        pages = pypdf.PdfReader(self.document["report"]).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())


def played(folder: Path, language: str = ENGLISH) -> Demo:
    """Play a demo."""
    words = ("demo", "--offscreen", "--out", str(folder), "--json")
    return Demo(folder, Home(folder / "nobody").run(*words, language=language))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo, played twice in one folder, as a newcomer might; what is left is the second one's.

    In Swedish, then in English.
    """
    folder = tmp_path_factory.mktemp("demos") / "en mapp för demon"
    first = played(folder, SWEDISH)
    assert first.told.code == 0, first.told.err
    assert "Reparationsrapport" in first.report
    second = played(folder)
    assert second.told.code == 0, second.told.err
    assert first.document["repair"] != second.document["repair"]
    return second


def test_the_demo_answers_one_document_of_the_promised_shape(demo: Demo) -> None:
    told = demo.document
    assert demo.told.err == ""
    assert re.fullmatch(r"[0-9A-Z]{8}", told["repair"])
    assert told["esd"].keys() == {"ohm", "verdict"}
    assert (told["esd"]["ohm"], told["esd"]["verdict"]) == (1_050_000, "pass")
    (part,) = told["parts"]
    assert part.keys() == {"number", "kgb", "kbb"}
    assert told["journal"]["verified"] is True
    assert told["sync"]["waiting"] == 0
    assert told["sync"]["pushed"] == told["journal"]["entries"] > 0
    assert told["sync"]["revision"] >= told["sync"]["pushed"]


def test_the_report_tells_the_same_repair(demo: Demo) -> None:
    told, text = demo.document, demo.report
    repair = demo.bench.told("repair", "show", told["repair"])
    (part,) = told["parts"]
    for word in (
        told["repair"],
        repair["serial"],
        part["number"],
        part["kgb"],
        part["kbb"],
        "1.05 MΩ",
        "Anna Lindqvist",
        "Norrviken kommun",
        "NVK1001A",
    ):
        assert word in text, word
    raw = Path(told["report"]).read_bytes()
    assert repair["report_sha256"] == hashlib.sha256(raw).hexdigest()


def test_the_code_on_the_report_is_found_in_the_journal(demo: Demo) -> None:
    (code,) = set(re.findall(r"RBJ1:[0-9a-f-]{36}:\d+: ?[0-9a-f]{64}", demo.report))
    verified = demo.bench.told("journal", "verify", "--code", code.replace(" ", ""))
    assert verified["code"]["found"] == "found"
    bent = code.replace(" ", "")[:-1] + ("0" if code[-1] != "0" else "1")
    wrong = demo.bench.run("journal", "verify", "--code", bent, "--json")
    assert wrong.code == 1
    assert wrong.json["code"]["found"] != "found"
    assert wrong.json["verified"] is True


def test_the_benchs_store_tells_the_same_repair(demo: Demo) -> None:
    told = demo.document
    repair = demo.bench.told("repair", "show", told["repair"])
    assert repair["step"] == "completed"
    assert repair["technician"] == repair["signed_by"] == "anna.lindqvist"
    assert [{key: one[key] for key in ("number", "kgb", "kbb")} for one in repair["parts"]] == told[
        "parts"
    ]
    assert repair["symptom"] == "battery_drains"
    assert demo.bench.told("repair", "list") == []
    verified = demo.bench.told("journal", "verify")
    assert (verified["verified"], verified["entries"]) == (True, told["journal"]["entries"])


def test_the_services_database_tells_the_same_repair(demo: Demo, tmp_path: Path) -> None:
    told = demo.document
    out = tmp_path / "journal.jsonl"
    demo.bench.told("journal", "export", "--out", str(out))
    own = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    connection = sqlite3.connect(f"file:{told['service_database']}?mode=ro", uri=True)
    try:
        rows = connection.execute(
            "SELECT seq, entry_id, outcome, hash, canonical FROM entry ORDER BY seq"
        ).fetchall()
    finally:
        connection.close()
    assert [row[:4] for row in rows] == [
        (one["seq"], one["id"], "accepted", one["hash"]) for one in own
    ]
    sent = [json.loads(row[4]) for row in rows]
    assert [one["payload"] for one in sent] == [one["payload"] for one in own]
    by_kind = {one["kind"]: one for one in sent}
    assert by_kind["repair.opened"]["payload"]["number"] == told["repair"]
    fitted = by_kind["part.fitted"]["payload"]
    assert told["parts"] == [
        {"number": fitted["part_number"], "kgb": fitted["kgb"], "kbb": fitted["kbb"]}
    ]
    assert by_kind["repair.signed"]["payload"]["person"] == "anna.lindqvist"
    passed = [one for one in sent if one["kind"] == "esd.measured"][-1]["payload"]
    assert {key: passed[key] for key in ("ohm", "verdict")} == told["esd"]


def test_the_screenshots_show_something_each(demo: Demo) -> None:
    names = {Path(path).stem for path in demo.document["screenshots"]}
    assert {f"{shown}-{look}" for shown in SHOWN for look in LOOKS} <= names
    seen: set[str] = set()
    for path in demo.document["screenshots"]:
        with Image.open(path) as picture:
            assert min(picture.size) >= 400, path
            colours = picture.convert("RGB").reduce(4).getcolors(maxcolors=1 << 24)
            assert colours is not None
            assert len(colours) >= COLOURS, path
        seen.add(hashlib.sha256(Path(path).read_bytes()).hexdigest())
    assert len(seen) == len(names), "two screens look the same"


def test_nothing_of_the_demo_runs_on(demo: Demo) -> None:
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert str(demo.folder) not in listed.stdout


def test_a_folder_with_somebodys_bench_is_refused_and_left(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "somebodys"
    folder.mkdir()
    theirs = home.copy_to(folder / "bench")
    before = theirs.database.read_bytes()
    demo = played(folder)
    assert demo.told.code == 1
    assert demo.told.out == ""
    assert str(folder) in demo.told.err
    assert theirs.database.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["bench"]


def test_a_folder_with_somebodys_files_keeps_them(tmp_path: Path) -> None:
    theirs = tmp_path / "somebodys" / "service.db"
    theirs.parent.mkdir()
    theirs.write_text("years of work")
    assert played(theirs.parent).told.code == 1
    assert theirs.read_text() == "years of work"


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    english, swedish = (played(tmp_path / "file" / "x", one).told for one in (ENGLISH, SWEDISH))
    for told in (english, swedish):
        assert told.code == 1
        assert told.out == ""
        assert "Traceback" not in told.err
    assert english.err != swedish.err


def test_a_service_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    alone = ("unshare", "--net")  # a network namespace of its own, where even loopback is down
    if subprocess.run([*alone, "true"], check=False).returncode != 0:
        pytest.skip("only root may be without a network")
    home = Home(tmp_path / "nobody", prefix=alone)
    words = ("demo", "--offscreen", "--out", str(tmp_path / "demo"), "--json")
    assert home.refused(*words) != home.refused(*words, language=SWEDISH)
