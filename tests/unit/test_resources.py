"""The files that ship with the program are where it looks for them."""

from pathlib import Path

import pytest

from app import resources
from app.resources import resource


@pytest.mark.parametrize(
    "parts",
    [
        ("programmes", "se.toml"),
        ("devices", "esd", "generic-wrist-line.toml"),
        ("i18n", "sv", "cli.toml"),
        ("samples", "registers.jsonl"),
        ("fonts", "OFL.txt"),
        ("sounds", "accepted.wav"),
    ],
    ids="/".join,
)
def test_what_is_shipped_is_found(parts: tuple[str, ...]) -> None:
    assert resource(*parts).is_file()


def test_an_installed_package_uses_its_own_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "programmes").mkdir()
    monkeypatch.setattr(resources, "_INSTALLED", tmp_path)
    assert resource("programmes") == tmp_path / "programmes"
