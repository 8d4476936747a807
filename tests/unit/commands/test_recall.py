"""``recall``: what turned out bad, given on the command line, and the files that it writes."""

from pathlib import Path
from typing import Any, Final

import pytest

from app.commands.recall_documents import recall_document, recall_lines
from app.domain.recall import Doubt
from app.texts import Language, texts
from tests.unit.commands.lines import SWEDISH, Line
from tests.unit.services.recall_lists import UNOPENED, hit, listed, part

MAC: Final = "C02XK0ABJGH5"
BATTERY: Final = "661-38402"
KGB: Final = "F8Y53MZJ42W6P2H94"
KBB: Final = "F5D547790KPG5NYAW"
ANNA: Final = ("--badge", "1001")


@pytest.fixture
def repair(bench: Line) -> str:
    """A repair with a part in it, done by Anna after she tested her wrist strap."""
    bench.told("esd", "record", *ANNA, "--ohm", "1050000", "--confirmed-by", "1002")
    number: str = bench.told("repair", "open", MAC, *ANNA)["number"]
    for step in ("diagnosed", "in_repair"):
        bench.told("repair", "step", number, step, *ANNA)
    bench.told("repair", "fit", number, BATTERY, KGB, KBB, *ANNA)
    return number


def connected_tester(bench: Line) -> str:
    told = bench.told("recall", "lot", "--serial", KGB)
    assert told["repairs"] == 1
    pieces: list[dict[str, Any]] = bench.told("equipment", "list")
    return next(str(one["id"]) for one in pieces if one["kind"] == "esd_tester")


def test_a_tester_tells_the_repair_the_product_and_why(bench: Line, repair: str) -> None:
    tester = connected_tester(bench)
    told = bench.told("recall", "tester", tester)
    assert (told["kind"], told["asked"], told["repairs"], told["certain"]) == (
        "tester",
        {"tester_id": tester},
        1,
        1,
    )
    (hit,) = told["hits"]
    assert (hit["number"], hit["serial"], hit["step"]) == (repair, MAC, "in_repair")
    assert hit["model"]
    assert [(one["kind"], one["what"]) for one in hit["touches"]] == [
        ("step", "in_repair"),
        ("part", BATTERY),
    ]
    assert {one["reading"]["tester"] for one in hit["touches"]} == {tester}
    assert hit["touches"][1]["part"]["kgb"] == KGB


def test_a_period_is_of_days_or_of_moments(bench: Line, repair: str) -> None:
    tester = connected_tester(bench)
    asked = ("recall", "tester", tester)
    at = bench.told(*asked)["hits"][0]["touches"][0]["reading"]["measured_at"]
    day = at[:10]
    del repair
    assert bench.told(*asked, "--from", "2020-01-01", "--to", "2020-01-02")["repairs"] == 0
    assert bench.told(*asked, "--from", at)["repairs"] == 1
    assert bench.told(*asked, "--to", at)["repairs"] == 0
    told = bench.told(*asked, "--from", f"{day}T00:00:00", "--to", "2999-12-31")
    assert told["repairs"] == 1
    assert told["from"] is not None
    assert told["to"].startswith("2999-12-31")


def test_a_technician_is_named_by_badge_or_by_id(bench: Line, repair: str) -> None:
    by_badge = bench.told("recall", "technician", "1001")
    by_id = bench.told("recall", "technician", by_badge["asked"]["person_id"])
    assert by_badge["hits"] == by_id["hits"]
    assert by_badge["hits"][0]["number"] == repair
    whats = [one["what"] for one in by_badge["hits"][0]["touches"]]
    assert whats == ["opened", "diagnosed", "in_repair", BATTERY]


def test_a_certificate_touches_the_work_that_asked_for_it(bench: Line, repair: str) -> None:
    person = bench.told("people", "show", "1001")
    name = person["certifications"][0]["name"]
    told = bench.told("recall", "certificate", "1001", name)
    assert told["hits"][0]["number"] == repair


def test_a_lot_is_told_in_words(bench: Line, repair: str) -> None:
    english = bench.run("recall", "lot", "--part", BATTERY)
    swedish = bench.run("recall", "lot", "--part", BATTERY, language=SWEDISH)
    assert english.code == swedish.code == 0
    assert f"Parts: part number {BATTERY}, the whole time" in english.out
    assert "1 repair is touched: 1 certain, 0 in doubt." in english.out
    assert f"{repair}  {MAC}" in english.out
    assert f"KGB {KGB}" in english.out
    assert "1 reparation är berörd" in swedish.out


def test_what_is_in_doubt_says_why() -> None:
    found = listed([hit(part(2, Doubt.TAKEN_BACK)), UNOPENED])
    lines = recall_lines(found, texts(Language.ENGLISH))
    assert lines[0] == "ESD tester Warmbier (T1), the whole time"
    assert "In doubt: the entry was undone, or settled by a lead" in lines[3]
    assert lines[4] == "r9"
    document = recall_document(found)
    assert (document["repairs"], document["certain"]) == (2, 0)


def test_the_list_goes_into_files(bench: Line, repair: str, tmp_path: Path) -> None:
    table, paper = tmp_path / "to" / "list.csv", tmp_path / "pdf" / "list.pdf"
    words = ("recall", "lot", "--serial", KGB, "--csv", str(table), "--out", str(paper))
    told = bench.told(*words, "--language", "sv")
    assert (told["csv"], told["pdf"]) == (str(table), str(paper))
    text = table.read_text(encoding="utf-8-sig")
    assert text.startswith("Reparation;Serienummer;")
    assert f"{repair};{MAC};" in text
    assert paper.read_bytes().startswith(b"%PDF")
    said = bench.run(*words)
    assert f"Written to {table}." in said.out
    assert table.read_text(encoding="utf-8-sig").startswith("Repair,")


@pytest.mark.parametrize("option", ["--csv", "--out"])
def test_a_file_that_cannot_be_written_is_told(bench: Line, tmp_path: Path, option: str) -> None:
    (tmp_path / "taken").write_text("")
    path = tmp_path / "taken" / "list"
    assert str(path) in bench.refused("recall", "lot", "--serial", KGB, option, str(path))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("tester", "T-none"), "T-none"),
        (("calibration", "T-none", "--certificate", "K-none"), "K-none"),
        (("certificate", "nobody", "ACMT"), "nobody"),
        (("certificate", "1001", "None"), "None"),
        (("technician", "nobody"), "nobody"),
        (("lot",), "order"),
    ],
)
def test_what_is_not_there_is_refused_in_words(
    bench: Line, words: tuple[str, ...], told: str
) -> None:
    assert told in bench.refused("recall", *words)


def test_a_calibration_is_named_by_its_certificate(bench: Line, repair: str) -> None:
    tester = connected_tester(bench)
    day = ("--on", "2026-11-01", "--due", "2099-01-09", "--certificate", "K-77")
    bench.told("equipment", "calibrated", tester, *day, "--badge", "1004")
    told = bench.told("recall", "calibration", tester, "--certificate", "K-77")
    assert (told["repairs"], told["hits"][0]["number"]) == (1, repair)


@pytest.mark.parametrize("text", ["yesterday", "9999-12-31", "0001-01-01T00:00:00+01:00", ""])
def test_a_day_that_is_none_is_wrong_usage(line: Line, text: str) -> None:
    said = line.run("recall", "tester", "T1", "--from", text)
    assert said.code == 2
    assert f"{text} is neither a day" in said.err
