"""The results folder: what has come to rest is handed on once, whatever happens around it."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Self

import pytest

from app.devices.diagnostics import folder as folders
from app.devices.diagnostics.folder import (
    AGAIN_SECONDS,
    LONGEST_SECONDS,
    FolderFile,
    ResultsFolder,
)
from app.domain.diagnostics.bounds import MAX_BYTES
from app.domain.frames import DeviceStatus

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Watch:
    """A watched folder, what it handed on, and the seconds that pass."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.taken: list[FolderFile] = []
        self.settles = True
        self.stops_after = 0
        self.seconds = 0.0
        self.folder = ResultsFolder(path, self._take, lambda: self.seconds)

    def _take(self, file: FolderFile) -> bool:
        self.taken.append(file)
        if len(self.taken) == self.stops_after:
            self.folder.cancel()
        return self.settles

    def put(self, name: str, raw: bytes = b"{}") -> Path:
        path = self.path / name
        path.write_bytes(raw)
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
        return path

    def look(self, times: int = 1) -> list[str]:
        """Look so many times; the names of what was handed on meanwhile."""
        before = len(self.taken)
        for _ in range(times):
            self.seconds += 2
            assert self.folder.look() is DeviceStatus.READY
        return [one.name for one in self.taken[before:]]


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    path = tmp_path / "results"
    path.mkdir()
    return Watch(path)


def test_a_file_is_handed_on_once_when_it_has_come_to_rest(watch: Watch) -> None:
    watch.put("b.json", b"two")
    watch.put("a.json", b"one")
    assert [watch.look(), watch.look(), watch.look(50)] == [[], ["a.json", "b.json"], []]
    assert watch.taken[0] == FolderFile("a.json", b"one", NOON)


def test_a_file_that_grows_is_left_alone_until_it_rests(watch: Watch) -> None:
    path = watch.put("a.json", b"{")
    for size in range(2, 6):
        assert watch.look() == []
        path.write_bytes(b"{" * size)
    assert watch.look(2) == ["a.json"]
    assert watch.taken[0].raw == b"{{{{{"


def test_a_file_moved_in_at_once_is_taken_whole(watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"whole")
    watch.look()
    (tmp_path / "outside").rename(watch.path / "in.json")
    assert watch.look(2) == ["in.json"]


@pytest.mark.parametrize("name", [".hidden", "~lock", "a.json.part", "A.TMP", "x.crdownload"])
def test_a_temporary_file_is_nobody_s_result_until_it_is_renamed(watch: Watch, name: str) -> None:
    path = watch.put(name)
    assert watch.look(3) == []
    path.rename(watch.path / "done.json")
    assert watch.look(2) == ["done.json"]


def test_a_file_that_changed_is_handed_on_again(watch: Watch) -> None:
    path = watch.put("a.json", b"one")
    assert watch.look(2) == ["a.json"]
    path.write_bytes(b"other")
    assert watch.look(2) == ["a.json"]


def test_a_file_in_the_place_of_another_of_the_same_size_and_time_is_seen(watch: Watch) -> None:
    watch.put("a.json", b"one")
    assert watch.look(2) == ["a.json"]
    watch.put("new.part", b"two").rename(watch.path / "a.json")
    assert watch.look(2) == ["a.json"]


def test_a_file_that_went_away_and_came_back_is_handed_on_again(watch: Watch) -> None:
    path = watch.put("a.json")
    watch.look(2)
    path.unlink()
    watch.look()
    watch.put("a.json")
    assert watch.look(2) == ["a.json"]


def test_what_waits_is_handed_on_again_ever_less_often(watch: Watch) -> None:
    watch.settles = False
    watch.put("a.json")
    watch.look(2)
    came = [watch.seconds]
    while watch.seconds < 4 * LONGEST_SECONDS:
        if watch.look():
            came.append(watch.seconds)
    pauses = [later - earlier for earlier, later in pairwise(came)]
    assert pauses == [30, 60, 120, 240, 480, *[LONGEST_SECONDS] * 2]
    watch.settles = True
    assert watch.look(int(LONGEST_SECONDS)) == ["a.json"]


def test_what_waits_is_handed_on_at_once_when_what_it_waited_for_came(watch: Watch) -> None:
    watch.settles = False
    watch.put("a.json")
    assert [watch.look(2), watch.look(3)] == [["a.json"], []]
    watch.folder.anew()
    assert [watch.look(), watch.look()] == [["a.json"], []]


def test_a_stop_leaves_the_rest_for_the_next_start(watch: Watch) -> None:
    for number in range(3):
        watch.put(f"{number}.json")
    watch.look()
    watch.stops_after = 1
    assert watch.look(2) == ["0.json"]


def test_links_folders_and_pipes_are_no_files(watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (watch.path / "link").symlink_to(tmp_path / "secret")
    (watch.path / "sub").mkdir()
    os.mkfifo(watch.path / "pipe")
    assert watch.look(3) == []


def test_a_long_file_is_read_no_further_than_any_results_go(watch: Watch) -> None:
    with watch.put("long").open("wb") as file:
        file.truncate(MAX_BYTES * 4)
    watch.look(2)
    assert len(watch.taken[0].raw) == MAX_BYTES + 1


def test_a_file_that_cannot_be_read_is_tried_again_later(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch.put("a.json")
    opened = os.open
    with monkeypatch.context() as patched:
        patched.setattr(folders.os, "open", _refusing)
        assert watch.look(2) == []
    assert os.open is opened
    assert watch.look(5) == []
    assert watch.look(int(AGAIN_SECONDS // 2)) == ["a.json"]


def _refusing(path: object, flags: int) -> int:
    raise PermissionError(13, f"{path} {flags}")


@pytest.mark.parametrize("at", ["before", "while"])
def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_look(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """Something writes between the look and the reading, or in the middle of the reading."""
    path = watch.put("a.json", b"one")
    watch.look()
    real = os.fstat
    calls: list[int] = []

    def fstat(descriptor: int) -> os.stat_result:
        calls.append(descriptor)
        if len(calls) == (1 if at == "before" else 2):
            path.write_bytes(b"longer than before")
        return real(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(folders.os, "fstat", fstat)
        assert watch.look() == []
    assert watch.look(2) == ["a.json"]
    assert watch.taken[0].raw == b"longer than before"


def test_a_file_that_vanishes_while_it_is_looked_for_is_no_fault(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch.put("a.json")

    class Gone:
        name = "ghost.json"

        def stat(self, *, follow_symlinks: bool) -> os.stat_result:
            raise FileNotFoundError(str(follow_symlinks))

    class Listing(list[object]):
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *error: object) -> None:
            self.clear()

    def listing(path: Path) -> Listing:
        del path
        return Listing([Gone()])

    with monkeypatch.context() as patched:
        patched.setattr(folders.os, "scandir", listing)
        assert watch.look() == []
    assert watch.look(2) == ["a.json"]


# ----------------------------------------------------------------------
# The folder itself
# ----------------------------------------------------------------------


def test_a_folder_that_is_missing_is_absent_and_found_when_it_comes(tmp_path: Path) -> None:
    watch = Watch(tmp_path / "later")
    assert watch.folder.look() is DeviceStatus.ABSENT
    watch.path.mkdir()
    watch.put("a.json")
    assert watch.look(2) == ["a.json"]


def test_a_folder_that_was_away_is_looked_through_anew(watch: Watch, tmp_path: Path) -> None:
    watch.put("a.json")
    watch.look(2)
    watch.path.rename(tmp_path / "away")
    assert watch.folder.look() is DeviceStatus.ABSENT
    (tmp_path / "away").rename(watch.path)
    assert watch.look(2) == ["a.json"]


def test_a_file_in_its_place_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert Watch(tmp_path / "file").folder.look() is DeviceStatus.ABSENT


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (PermissionError(13, "no"), DeviceStatus.DENIED),
        (OSError(112, "host is down"), DeviceStatus.ABSENT),
    ],
)
def test_a_folder_that_cannot_be_listed_says_why(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, error: OSError, status: DeviceStatus
) -> None:
    def refuse(path: Path) -> Callable[[], None]:
        raise error

    monkeypatch.setattr(folders.os, "scandir", refuse)
    assert watch.folder.look() is status


def test_a_folder_of_too_many_files_is_told_and_still_served(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MOST_FILES", 3)
    for number in range(5):
        watch.put(f"{number}.json")
    assert [watch.folder.look() for _ in range(2)] == [DeviceStatus.WRONG_MODE] * 2
    assert len(watch.taken) >= 3


def test_a_folder_is_listed_as_it_is_without_waiting(watch: Watch) -> None:
    for name in ("b.json", "a.json", "c.part"):
        watch.put(name)
    assert [file.name for file in watch.folder.files()] == ["a.json", "b.json"]
    assert watch.taken == []


def test_a_file_that_cannot_be_read_is_left_out_of_the_list(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch.put("a.json")
    monkeypatch.setattr(folders.os, "open", _refusing)
    assert list(watch.folder.files()) == []


def test_a_file_that_changes_is_left_out_of_the_list(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = watch.put("a.json")
    real = os.fstat

    def fstat(descriptor: int) -> os.stat_result:
        path.write_bytes(b"longer than before")
        return real(descriptor)

    monkeypatch.setattr(folders.os, "fstat", fstat)
    assert list(watch.folder.files()) == []
