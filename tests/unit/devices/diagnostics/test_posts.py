"""What is looked after is what the settings name."""

from pathlib import Path

import pytest

from app.devices.diagnostics import FolderFile, posts_of
from app.devices.errors import AddressError
from app.domain.frames import DeviceStatus


def take(file: FolderFile) -> bool:
    return bool(file.raw)


def test_nothing_is_looked_after_where_nothing_is_named() -> None:
    assert posts_of("", "", take) == ()


def test_server_and_folder_are_looked_after_apart(tmp_path: Path) -> None:
    server, folder = posts_of("tcp://diag.example:1", str(tmp_path), take)
    assert (server.device, server.where) == ("diagnostics-1", "tcp://diag.example:1")
    assert (folder.device, folder.where) == ("results-1", str(tmp_path))
    assert folder.look() is DeviceStatus.READY
    assert server.every > folder.every


def test_a_server_that_can_never_be_asked_is_told_at_once() -> None:
    with pytest.raises(AddressError):
        posts_of("smb://diag.example", "", take)
