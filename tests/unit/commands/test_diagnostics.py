"""Diagnostic results at the command line: read, explained, and recorded on a repair."""

import json
import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.unit.commands.lines import SWEDISH, Line
from tests.unit.domain.diagnostics.samples import PRIVATE, SAMPLES, VECTORS

MAC: Final = "C02XK0ABJGH5"
ANNA: Final = ("--badge", "1001")


def sample(name: str) -> str:
    return str(VECTORS / name)


@pytest.fixture
def number(bench: Line) -> str:
    """A repair of the Mac whose system report is among the samples."""
    return str(bench.told("repair", "open", MAC, *ANNA)["number"])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_is_read_without_a_home_and_tells_nothing_private(line: Line, name: str) -> None:
    told = line.run("diagnostics", "read", sample(name), "--json")
    assert (told.code, told.err) == (0, "")
    assert set(told.json) == {"outcome", "sha256", "run"}
    spoken = line.run("diagnostics", "read", sample(name)).out
    assert [one for one in PRIVATE if one in told.out + spoken] == []


def test_a_file_is_told_in_words_in_both_languages(line: Line) -> None:
    english = line.run("diagnostics", "read", sample("mac.json")).out
    assert english.splitlines() == [
        f"System report (system_profiler)  {MAC}",
        "  Battery: no issue found",
        "  Largest charge: 88 %",
        "  Charge cycles: 158",
        "  Storage: no issue found",
    ]
    swedish = line.run("diagnostics", "read", sample("mac-desktop.json"), language=SWEDISH).out
    assert "  Batteri: produkten har inget" in swedish.splitlines()
    mini = line.run("diagnostics", "read", sample("mac-mini-detail.json")).out.splitlines()
    assert mini[1:] == ["  Battery: unknown, which does not count as good"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [(b"", "empty"), (b"{", "JSON"), (b"bplist00", "property list"), (b"\0\0", "no text")],
)
def test_a_file_that_is_no_result_is_refused_with_the_reason(
    line: Line, tmp_path: Path, raw: bytes, why: str
) -> None:
    path = tmp_path / "results"
    path.write_bytes(raw)
    assert why in line.refused("diagnostics", "read", str(path))
    assert path.read_bytes() == raw


def test_a_file_that_is_not_there_is_told(line: Line, tmp_path: Path) -> None:
    assert "cannot be read" in line.refused("diagnostics", "read", str(tmp_path / "none"))
    assert "cannot be read" in line.refused("diagnostics", "read", str(tmp_path))


def test_codes_are_explained_as_typed_or_from_a_link(line: Line) -> None:
    spoken = line.run("diagnostics", "explain", "ppt005", "QQQ111").out.splitlines()
    assert spoken == [
        "Apple Diagnostics",
        "  PPT005  Battery: dangerous, stop using the product",
        "  QQQ111  Unknown component: unknown, which does not count as good",
    ]
    link = f"https://x.example/?serialno={MAC}&refcodes=ADP000,nonsense"
    told = line.told("diagnostics", "explain", link)
    assert (told["outcome"], told["run"]["device"]["serial"]) == ("unknown", MAC)
    assert "1 code that could not be read" in line.run("diagnostics", "explain", link).out


def test_words_without_a_code_explain_nothing(line: Line) -> None:
    assert "no reference code" in line.refused("diagnostics", "explain", "the", "fan", "rattles")


def test_a_file_is_recorded_once_on_the_repair_of_its_product(bench: Line, number: str) -> None:
    first = bench.told("repair", "diagnostics", number, sample("mac.json"), *ANNA)
    again = bench.told("repair", "diagnostics", number, sample("mac.json"), *ANNA)
    assert first == again == bench.told("repair", "diagnostics", number)
    (run,) = first["runs"]
    assert (run["stage"], run["outcome"], run["actor"]) == (
        "before",
        "no_issue",
        "person:anna.lindqvist",
    )
    told = json.dumps(first)
    assert [one for one in PRIVATE if one in told] == []
    spoken = bench.run("repair", "diagnostics", number, sample("mac.json"), *ANNA).out
    assert "already" in spoken.splitlines()[0]
    assert "Before the work: System report (system_profiler)" in spoken
    assert bench.told("journal", "verify")["verified"] is True


def test_a_repair_that_nobody_examined_says_so(bench: Line, number: str) -> None:
    assert bench.told("repair", "diagnostics", number)["runs"] == []
    assert "No diagnostic result" in bench.run("repair", "diagnostics", number).out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((sample("iphone.txt"), *ANNA), "F2LXK0ABJC6K"),
        ((sample("mac-mini-detail.json"), *ANNA), "do not say which product"),
        ((sample("mac.json"), "--badge", "9999"), "9999"),
        ((sample("README.md"), *ANNA), "no results"),
    ],
)
def test_a_file_that_may_not_be_recorded_is_refused_and_leaves_nothing(
    bench: Line, number: str, words: tuple[str, ...], why: str
) -> None:
    assert why in bench.refused("repair", "diagnostics", number, *words)
    assert bench.told("repair", "diagnostics", number)["runs"] == []


def test_a_file_without_somebody_who_brings_it_is_wrong_usage(bench: Line, number: str) -> None:
    assert bench.run("repair", "diagnostics", number, sample("mac.json")).code == 2


def test_a_link_in_a_file_is_recorded_with_its_codes(bench: Line, number: str) -> None:
    bench.told("repair", "diagnostics", number, sample("link.txt"), *ANNA)
    (run,) = bench.told("repair", "diagnostics", number)["runs"]
    assert (run["stage"], run["outcome"]) == ("before", "fault")
    assert [one["code"] for one in run["run"]["codes"]] == ["PPT002", "NDR001"]


# ----------------------------------------------------------------------
# The results folder
# ----------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A results folder with a good file, one that waits, and rubbish."""
    path = tmp_path / "results"
    path.mkdir()
    for name in ("mac.json", "iphone.txt"):
        shutil.copy(sample(name), path)
    (path / "notes.txt").write_text("buy milk", encoding="utf-8")
    (path / "unfinished.part").write_text("{", encoding="utf-8")
    return path


def test_a_folder_is_listed_with_what_each_file_waits_for(
    bench: Line, number: str, folder: Path
) -> None:
    listed = {one["file"]: one for one in bench.told("diagnostics", "folder", str(folder))}
    assert {name: (one["state"], one["repair"]) for name, one in listed.items()} == {
        "mac.json": ("ready", number),
        "iphone.txt": ("waiting", None),
        "notes.txt": ("refused", None),
    }
    assert listed["notes.txt"]["code"] == "diagnostics_unreadable.not_known"
    assert bench.told("repair", "diagnostics", number)["runs"] == []
    bench.told("repair", "diagnostics", number, str(folder / "mac.json"), *ANNA)
    spoken = bench.run("diagnostics", "folder", str(folder)).out.splitlines()
    assert "mac.json  recorded before: This file was recorded before." in spoken


def test_the_folder_of_the_settings_is_listed_where_none_is_named(
    bench: Line, folder: Path
) -> None:
    assert "diagnostics_folder" in bench.refused("diagnostics", "folder")
    text = f"diagnostics_folder = {json.dumps(str(folder))}\n"
    (bench.home / "settings.toml").write_text(text, encoding="utf-8")
    assert len(bench.told("diagnostics", "folder")) == 3


def test_a_folder_that_cannot_be_listed_is_told(bench: Line, tmp_path: Path) -> None:
    assert "cannot be read" in bench.refused("diagnostics", "folder", str(tmp_path / "none"))
