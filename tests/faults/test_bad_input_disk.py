"""A disk that is full or closed to writing: told in both languages, and nothing is lost."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from tests.end_to_end.fixtures import Wires, home, sample_home, wires
from tests.end_to_end.programs import SWEDISH, Home, running_bench

__all__ = ["home", "sample_home", "wires"]

MAC: Final = "C02XK0ABJGH5"
ANNA: Final = ("--badge", "1001")
AS_A_USER: Final = (
    # root may write anywhere: without these two it may not, as its owner of a closed folder
    ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
)
DISK_BYTES: Final = 12_000_000
"""More than the write-ahead log grows to, which is about 4 MB."""


@pytest.fixture
def closed_home(home: Home) -> Iterator[Home]:
    """A home that nothing can be written to."""
    folders = [home.path, *(path for path in home.path.rglob("*") if path.is_dir())]
    for path in home.path.rglob("*"):
        if path.is_file():
            path.chmod(0o400)
    for folder in folders:
        folder.chmod(0o500)
    yield replace(home, prefix=AS_A_USER)
    for folder in folders:
        folder.chmod(0o700)


@pytest.fixture
def small_disk(home: Home, tmp_path: Path) -> Iterator[Home]:
    """A home on a disk of its own that has little room."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    options = f"size={DISK_BYTES}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], check=True)
    try:
        yield home.copy_to(disk / "home")
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def fill(folder: Path, *, leave: int = 0) -> Path:
    """Fill the rest of a folder's disk; the file that does it."""
    stone = folder.parent / "stone"
    with stone.open("wb", buffering=0) as file:
        left = shutil.disk_usage(folder).free - leave
        while left > 0:
            try:
                left -= file.write(bytes(4096))
            except OSError:  # there was less room than the system had told
                break
    return stone


@pytest.mark.parametrize(
    "words", [("repair", "open", MAC, *ANNA), ("journal", "verify"), ("bench", "--once", "1")]
)
def test_a_home_that_cannot_be_written_is_told(closed_home: Home, words: tuple[str, ...]) -> None:
    before = closed_home.database.read_bytes()
    assert closed_home.refused(*words) != closed_home.refused(*words, language=SWEDISH)
    assert closed_home.database.read_bytes() == before


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    home = Home(closed / "home", prefix=AS_A_USER)
    making = ("init", "--key", "file")
    assert home.refused(*making) != home.refused(*making, language=SWEDISH)
    assert not list(closed.iterdir())


def test_a_home_that_opens_again_lost_nothing(home: Home, closed_home: Home) -> None:
    closed_home.refused("repair", "open", MAC, *ANNA)
    for path in (home.path, *home.path.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    assert home.told("journal", "verify")["verified"] is True
    assert home.told("repair", "open", MAC, *ANNA)["step"] == "opened"


def test_a_full_disk_is_told_and_what_was_there_stays(small_disk: Home) -> None:
    number = small_disk.told("repair", "open", MAC, *ANNA)["number"]
    stone = fill(small_disk.path)
    step = ("repair", "step", number, "diagnosed", *ANNA)
    assert "The disk is full" in small_disk.refused(*step)
    assert "Disken är full" in small_disk.refused(*step, language=SWEDISH)
    stone.unlink()
    assert small_disk.told("repair", "show", number)["step"] == "opened"
    assert small_disk.told(*step)["step"] == "diagnosed"
    assert small_disk.told("journal", "verify")["verified"] is True


def test_a_home_on_a_full_disk_is_not_made_by_half(small_disk: Home) -> None:
    fill(small_disk.path)
    other = Home(small_disk.path.parent / "other")
    other.refused("init", "--key", "file")
    (small_disk.path.parent / "stone").unlink()
    assert other.told("init", "--key", "file")["key"] == "file"
    assert other.told("repair", "list") == []


def test_scans_on_a_full_disk_wait_and_are_recorded_when_there_is_room(
    small_disk: Home, wires: Wires
) -> None:
    with running_bench(small_disk, *wires.words) as bench:
        bench.wait_until_ready()
        wires.scanner.scan("BEFORE")
        bench.wait_for(1)
        stone = fill(small_disk.path)
        sent = [f"FULL{count:04}" for count in range(200)]
        for code in sent:
            wires.scanner.scan(code)
        bench.wait_until_complaint("The disk is full")
        assert len(bench.committed()) < 1 + len(sent)
        stone.unlink()
        events = bench.wait_for(1 + len(sent))
        assert bench.end() == 0
        assert bench.complaints().count("The disk is full") < len(sent)
    assert [bytes.fromhex(each["raw_hex"]).decode() for each in events] == ["BEFORE", *sent]
    assert small_disk.told("journal", "verify")["verified"] is True
    assert len(set(small_disk.frames())) == 1 + len(sent)


def test_scans_that_never_found_room_are_told_or_kept_for_the_next_start(
    small_disk: Home, wires: Wires
) -> None:
    with running_bench(small_disk, *wires.words) as bench:
        bench.wait_until_ready()
        wires.scanner.scan("BEFORE")
        bench.wait_for(1)
        stone = fill(small_disk.path, leave=131_072)
        sent = [f"FULL{count:04}" for count in range(100)]
        for code in sent:
            wires.scanner.scan(code)
        bench.wait_until_complaint("The disk is full")
        stone.unlink()
        fill(small_disk.path, leave=65_536)  # room for the frames aside, none for the journal's log
        assert bench.end() == 0
    (small_disk.path.parent / "stone").unlink()
    with running_bench(small_disk, *wires.words) as bench:
        bench.wait_until_ready()
        wires.scanner.scan("AFTER")
        bench.wait_until(
            lambda events: any(each.get("raw_hex") == b"AFTER".hex() for each in events)
        )
        assert bench.end() == 0
    kept = sorted(bytes.fromhex(line.split()[1]).decode() for line in small_disk.frames())
    assert kept == sorted(["BEFORE", *sent, "AFTER"])
