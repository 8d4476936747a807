"""Why a store does not open: what SQLite calls a fault of the disk, by what is wrong with it."""

import errno
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from app.data.engine import SHARED_BYTES, open_connection
from app.services.ports import StoreFaultError

KEY = bytes(32)


class Usage(NamedTuple):
    """What a disk tells of its room."""

    total: int
    used: int
    free: int


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder where the database would be: SQLite calls it a fault of the disk."""
    path = tmp_path / "store.db"
    path.mkdir()
    return path


def code_of(path: Path) -> str:
    with pytest.raises(StoreFaultError) as told:
        open_connection(path, KEY)
    return told.value.code


@pytest.mark.parametrize(
    ("free", "code"), [(0, "disk_full"), (SHARED_BYTES - 1, "disk_full"), (SHARED_BYTES, "io")]
)
def test_a_disk_without_room_for_the_shared_memory_is_full(
    folder: Path, monkeypatch: pytest.MonkeyPatch, free: int, code: str
) -> None:
    def told(_path: Path) -> Usage:
        return Usage(1 << 30, (1 << 30) - free, free)

    monkeypatch.setattr(shutil, "disk_usage", told)
    assert code_of(folder) == code


def test_a_disk_that_does_not_tell_its_room_is_no_full_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_path: Path) -> Usage:
        raise OSError(errno.EIO, "no answer")

    monkeypatch.setattr(shutil, "disk_usage", gone)
    assert code_of(folder) == "io"
