"""A bench that watches the diagnostics server and its results folder, from outside."""

import shutil
import socket
from pathlib import Path

from app.services.playing import badge, command
from tests.end_to_end.fixtures import Wires
from tests.end_to_end.programs import Event, Home, running_bench
from tests.unit.domain.diagnostics.samples import PRIVATE, VECTORS

MAC = "C02XK0ABJGH5"
ANNA = ("--badge", "1001")


def states(events: list[Event], device: str) -> list[str]:
    return [one["state"] for one in events if one.get("device") == device]


def filed(events: list[Event]) -> dict[str, str]:
    """The last that was told of each file."""
    return {one["file"]: one["state"] for one in events if one["event"] == "diagnostics"}


def test_results_that_come_by_the_folder_are_on_the_repair(home: Home, tmp_path: Path) -> None:
    number = home.told("repair", "open", MAC, *ANNA)["number"]
    results = tmp_path / "results"
    results.mkdir()
    shutil.copy(VECTORS / "iphone.txt", results)
    (results / "Svantes semester.jpg").write_bytes(b"\xff\xd8\xff\xe0JFIF")
    with running_bench(home, "--results", str(results)) as bench:
        shutil.copy(VECTORS / "mac.json", results / "mac.json.part")
        (results / "mac.json.part").rename(results / "mac.json")
        bench.wait_until(lambda events: len(filed(events)) == 3)
        assert filed(bench.events) == {
            "mac.json": "filed",
            "iphone.txt": "waiting",
            "Svantes semester.jpg": "refused",
        }
        assert bench.end() == 0
    assert sorted(one.name for one in results.iterdir()) == [
        "Svantes semester.jpg",
        "iphone.txt",
        "mac.json",
    ]
    (run,) = home.told("repair", "diagnostics", number)["runs"]
    assert (run["actor"], run["outcome"], run["stage"]) == ("bench", "no_issue", "before")
    with running_bench(home, "--results", str(results)) as again:
        again.wait_until(lambda events: len(filed(events)) == 3)
        assert filed(again.events)["mac.json"] == "known"
    assert len(home.told("repair", "diagnostics", number)["runs"]) == 1
    log = "".join(one.read_text(encoding="utf-8") for one in (home.path / "logs").iterdir())
    exported = home.run("journal", "export", "--out", str(tmp_path / "journal.jsonl"))
    assert exported.code == 0, exported.err
    kept = log + (tmp_path / "journal.jsonl").read_text(encoding="utf-8")
    assert [one for one in PRIVATE if one in kept] == []


def test_results_that_lie_there_are_taken_when_their_product_is_received(
    home: Home, wires: Wires, tmp_path: Path
) -> None:
    results = tmp_path / "results"
    results.mkdir()
    shutil.copy(VECTORS / "mac.json", results)
    with running_bench(home, *wires.words, "--results", str(results)) as bench:
        bench.wait_until(lambda events: filed(events) == {"mac.json": "waiting"})
        for number, text in enumerate((badge("1001"), MAC, command("OPEN")), 1):
            wires.scanner.scan(text)
            bench.wait_for(number)
        bench.wait_until(lambda events: filed(events) == {"mac.json": "filed"})
        assert bench.end() == 0
    (repair,) = home.told("repair", "list")
    (run,) = home.told("repair", "diagnostics", repair["number"])["runs"]
    assert run["stage"] == "before"


def test_a_server_that_goes_and_comes_is_told_like_a_cable(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        with running_bench(home, "--diagnostics", url) as bench:
            bench.wait_until(lambda events: "ready" in states(events, "diagnostics-1"))
            assert states(bench.events, "diagnostics-1") == ["opening", "ready"]
            assert bench.end() == 0


def test_a_folder_that_is_missing_is_a_state_and_no_failure(home: Home, tmp_path: Path) -> None:
    with running_bench(home, "--results", str(tmp_path / "none")) as bench:
        bench.wait_until(lambda events: "absent" in states(events, "results-1"))
        assert bench.end() == 0


def test_an_address_that_can_never_be_asked_ends_the_bench_with_the_reason(home: Home) -> None:
    refused = home.refused("bench", "--diagnostics", "smb://diag.example")
    assert "smb" in refused
