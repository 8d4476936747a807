"""A file is there whole, or as it was."""

import os
import threading
from pathlib import Path

import pytest

from app.services.placing import free_place, placed


def test_a_file_is_put_in_place_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "list.csv"
    with placed(path) as half:
        half.write_bytes(b"whole")
        assert not path.exists()
    assert path.read_bytes() == b"whole"
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")

    def write() -> None:
        with placed(path) as half:
            half.write_bytes(b"ha")
            raise OSError

    with pytest.raises(OSError, match=r"^$"):
        write()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_one_and_what_is_replaced_hands_its_rights_on(tmp_path: Path) -> None:
    path, link = tmp_path / "list.csv", tmp_path / "link.csv"
    path.write_bytes(b"old")
    path.chmod(0o600)
    link.symlink_to(path)
    with placed(link) as half:
        half.write_bytes(b"new")
    assert (link.is_symlink(), path.read_bytes()) == (True, b"new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_pipe_is_written_itself(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    heard: list[bytes] = []
    reading = threading.Thread(target=lambda: heard.append(path.read_bytes()))
    reading.start()
    with placed(path) as half:
        half.write_bytes(b"told")
    reading.join()
    assert (heard, path.is_fifo()) == ([b"told"], True)


def test_a_name_that_is_taken_is_followed_by_the_next_that_is_free(tmp_path: Path) -> None:
    path = tmp_path / "list 2026-11-23.csv"
    assert free_place(path) == path
    path.touch()
    (tmp_path / "list 2026-11-23-2.csv").symlink_to(tmp_path / "nowhere")
    third = tmp_path / "list 2026-11-23-3.csv"
    assert free_place(path) == third
    assert free_place(path, {third}).name == "list 2026-11-23-4.csv"
