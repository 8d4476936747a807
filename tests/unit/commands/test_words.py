"""Every word of the command line inside this process: usage, refusals, shapes, both languages."""

import io
import json
import sys
from pathlib import Path
from typing import Final

import pytest

from app.__main__ import main
from app.commands import COMMANDS
from tests.unit.commands.lines import Line, said

MAC: Final = "C02XK0ABJGH5"
ANNA: Final = ("--badge", "1001")
NO_REPAIR: Final = "feedback.repair_unknown"
NO_BADGE: Final = "feedback.badge_unknown"
SEEN: Final = ("--confirmed-by", "1002")


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("--nonsense",),
        ("scan",),
        ("scan", "--hex", "xyz"),
        ("asset",),
        ("init", "--key", "pocket"),
        ("repair",),
        ("repair", "step", "1", "nonsense", "--badge", "1"),
        ("repair", "open", MAC),
        ("esd", "record", *ANNA),
        ("esd", "record", *ANNA, "--ohm", "-5"),
        ("esd", "record", *ANNA, "--ohm", "1.05"),
        ("esd", "record", *ANNA, "--ohm", "1.05m"),
        ("esd", "record", *ANNA, "--ohm", "1" + "0" * 29),
        ("report", "repair", "--out", "x.pdf"),
        ("report", "poem", "--out", "x.pdf"),
        ("devices", "nonsense"),
        ("bench", "--once", "many"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two_and_says_how(line: Line, words: tuple[str, ...]) -> None:
    told = line.run(*words)
    assert told.code == 2
    assert told.out == ""
    assert "repair-bench" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize("word", sorted(set(COMMANDS) - {"window"}))
def test_every_word_explains_itself(line: Line, word: str) -> None:
    told = line.run(word, "--help")
    assert told.code == 0, told.err
    assert f"repair-bench {word}" in told.out
    assert "--json" in told.out


@pytest.mark.parametrize("unknown", ["", "ZZZZZZZZZZ", "'; DROP TABLE assets; --", "x" * 5000, "å"])
def test_asset_answers_for_anything(bench: Line, unknown: str) -> None:
    told = bench.told("asset", unknown)
    assert told["found"] is False
    assert told["asset"] is None
    assert told["verdict"] == "blocked"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("repair", "show", "NOSUCH12"), said(NO_REPAIR, repair="NOSUCH12")),
        (("repair", "step", "NOSUCH12", "ready", *ANNA), said(NO_REPAIR, repair="NOSUCH12")),
        (("repair", "open", MAC, "--badge", "9999"), said(NO_BADGE, badge="9999")),
        (("repair", "open", "NOT-A-PRODUCT", *ANNA), said("feedback.scan.unknown")),
        (("repair", "close", "å", *ANNA), said(NO_REPAIR, repair="å")),
        (("repair", "show", "' OR 1=1"), said(NO_REPAIR, repair="' OR 1=1")),
        (("esd", "list", "--badge", "9999"), said(NO_BADGE, badge="9999")),
        (("esd", "record", "--badge", "9999", "--ohm", "1"), said(NO_BADGE, badge="9999")),
        (
            ("report", "repair", "NOSUCH12", "--out", "/nonexistent/r.pdf"),
            said(NO_REPAIR, repair="NOSUCH12"),
        ),
        (
            ("report", "command-sheet", "--out", "/proc/r.pdf"),
            said("cli.not_written", path="/proc/r.pdf", reason="No such file or directory"),
        ),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_told_and_nothing_of_it_is_recorded(
    bench: Line, words: tuple[str, ...], told: str
) -> None:
    before = bench.work()
    assert bench.refused(*words) == told
    assert bench.work() == before


def test_a_profile_that_is_not_there_is_told_by_its_file(bench: Line) -> None:
    told = bench.refused("devices", "check-profile", "/nonexistent.toml")
    assert told.startswith("/nonexistent.toml: ")
    assert "No such file or directory" in told


NO_TEXT: Final = "\udcff\udcfeX"
"""Bytes that are no UTF-8, as Python has them from the shell."""


@pytest.mark.parametrize(
    "words",
    [
        ("asset", NO_TEXT),
        ("repair", "show", NO_TEXT),
        ("repair", "list", "--serial", NO_TEXT),
        ("repair", "open", NO_TEXT, *ANNA),
        ("repair", "open", MAC, "--badge", NO_TEXT),
        ("repair", "fit", NO_TEXT, NO_TEXT, NO_TEXT, NO_TEXT, *ANNA),
        ("esd", "list", "--badge", NO_TEXT),
        ("esd", "record", *ANNA, "--ohm", "1050000", "--channel", NO_TEXT),
        ("esd", "record", *ANNA, "--ohm", "1050000", "--device", NO_TEXT),
        ("report", "repair", NO_TEXT, "--out", "/nonexistent/r.pdf"),
        ("devices", "check-profile", NO_TEXT),
        ("journal", "verify", "--code", NO_TEXT),
        ("enrol", NO_TEXT, NO_TEXT),
        ("restore", NO_TEXT),
        ("scan", NO_TEXT),
    ],
    ids=ascii,
)
def test_bytes_that_are_no_text_are_answered(bench: Line, words: tuple[str, ...]) -> None:
    said = bench.run(*words)
    assert said.code in (0, 1)
    assert (said.out + said.err).strip()


def test_a_terminal_without_the_letters_gets_them_escaped(
    bench: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = bench.told("asset", MAC)
    written = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", written)
        assert main(["asset", MAC, "--json"]) == 0
        assert main(["asset", "å"]) == 0
    written.seek(0)
    assert json.loads(written.readline()) == told
    assert written.readline().startswith("\\xe5: ")


def test_internal_work_is_refused_until_a_reading_passes(bench: Line) -> None:
    number = bench.told("repair", "open", MAC, *ANNA)["number"]
    bench.told("repair", "step", number, "diagnosed", *ANNA)
    bench.refused("repair", "step", number, "in_repair", *ANNA)
    failed = bench.run("esd", "record", *ANNA, "--ohm", "OL", "--json")
    assert failed.code == 1
    assert failed.err.strip()
    assert failed.json["verdict"] == "fail_high"
    bench.refused("repair", "step", number, "in_repair", *ANNA)
    bench.told("esd", "record", *ANNA, *SEEN, "--ohm", "1050000", "--device", "esd-1")
    assert bench.told("repair", "step", number, "in_repair", *ANNA)["step"] == "in_repair"
    assert bench.told("repair", "step", number, "cancelled", *ANNA)["step"] == "cancelled"


# ----------------------------------------------------------------------
# devices and reports
# ----------------------------------------------------------------------


def test_devices_lists_ports_and_profiles_without_a_home(line: Line) -> None:
    assert isinstance(line.told("devices", "list"), list)
    names = {one["name"]: one for one in line.told("devices", "profiles")}
    assert names["serial-crlf"]["role"] == "scanner"
    assert names["generic-wrist-line"]["shipped"] is True
    assert not line.home.exists()


def test_a_profile_is_checked_by_its_own_lines(bench: Line, tmp_path: Path) -> None:
    shipped = Path("resources/devices/esd/generic-wrist-line.toml").read_text(encoding="utf-8")
    good, bad, broken = (tmp_path / name for name in ("good.toml", "bad.toml", "broken.toml"))
    good.write_text(shipped, encoding="utf-8")
    bad.write_text(shipped.replace("ohm = 987_000", "ohm = 987_001"), encoding="utf-8")
    broken.write_bytes(b"\xff\x00 = [")
    assert bench.told("devices", "check-profile", str(good))["misses"] == []
    missed = bench.run("devices", "check-profile", str(bad), "--json")
    assert missed.code == 1
    assert missed.err.strip()
    (miss,) = missed.json["misses"]
    assert bytes.fromhex(miss["raw_hex"]) == b"LEFT;9.87E+05;PASS"
    bench.refused("devices", "check-profile", str(broken))


@pytest.mark.parametrize("kind", ["command-sheet", "badges"])
def test_sheets_are_written_in_both_languages(bench: Line, tmp_path: Path, kind: str) -> None:
    made = [
        bench.told("report", kind, "--language", language, "--out", str(tmp_path / language))
        for language in ("sv", "en")
    ]
    assert made[0]["sha256"] != made[1]["sha256"] or kind == "badges"
    for one in made:
        assert Path(one["path"]).stat().st_size == one["bytes"]


# ----------------------------------------------------------------------
# journal
# ----------------------------------------------------------------------


def test_journal_verify_counts_what_was_recorded(bench: Line) -> None:
    empty = bench.told("journal", "verify")
    promised = {"entries": 0, "benches": 1, "verified": True, "first_fault": None}
    assert empty | promised == empty
    bench.told("repair", "open", MAC, *ANNA)
    told = bench.told("journal", "verify")
    assert told["entries"] > 0
    assert told["verified"] is True
    assert told["first_fault"] is None


def test_journal_export_gives_every_entry_in_order(bench: Line, tmp_path: Path) -> None:
    bench.told("repair", "open", MAC, *ANNA)
    out = tmp_path / "journal.jsonl"
    assert bench.run("journal", "export", "--out", str(out)).code == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert bench.told("journal", "verify")["entries"] == len(rows)
    assert "repair.opened" in {row["kind"] for row in rows}


def test_journal_rebuild_finds_the_read_models_equal(bench: Line) -> None:
    bench.told("repair", "open", MAC, *ANNA)
    before = bench.told("repair", "list")
    told = bench.told("journal", "rebuild")
    assert told["differences"] == []
    assert bench.told("repair", "list") == before


@pytest.mark.parametrize("value", ["abc", "-1", "1.5", "9" * 40, ""])
def test_a_value_that_is_no_resistance_is_told_in_both_languages(bench: Line, value: str) -> None:
    words = ("esd", "record", *ANNA, "--ohm", value)
    english, swedish = bench.run(*words), bench.run(*words, language="sv_SE.UTF-8")
    assert (english.code, swedish.code) == (2, 2)
    assert "is no value in ohm" in english.err
    assert "är inget värde i ohm" in swedish.err
    assert bench.told("esd", "list", *ANNA) == []
