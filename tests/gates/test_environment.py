"""`.venv` follows uv.lock, costs nothing while it does, and heals after an interruption."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from installer import environment
from installer.errors import SetUpError

if TYPE_CHECKING:
    from tests.gates.conftest import Uv

ROOT = Path(__file__).parents[2]


def test_the_environment_is_made_from_the_lock_with_this_python(checkout: Path, uv: Uv) -> None:
    scripts = environment.ensure(checkout, development=True)
    assert scripts == checkout / ".venv" / "bin"
    assert uv.called() == [f"sync --frozen --compile-bytecode --python {sys.executable}"]


def test_a_second_run_starts_nothing(checkout: Path, uv: Uv) -> None:
    environment.ensure(checkout, development=True)
    environment.ensure(checkout, development=True)
    assert len(uv.called()) == 1


def test_running_the_bench_does_not_need_the_tools_of_development(checkout: Path, uv: Uv) -> None:
    environment.ensure(checkout, development=False)
    assert uv.called()[-1].endswith("--no-dev")


def test_tools_that_are_wanted_later_are_added(checkout: Path, uv: Uv) -> None:
    environment.ensure(checkout, development=False)
    environment.ensure(checkout, development=True)
    assert len(uv.called()) == 2
    assert "--no-dev" not in uv.called()[-1]


def test_running_the_bench_keeps_the_tools_that_are_there(checkout: Path, uv: Uv) -> None:
    environment.ensure(checkout, development=True)
    (checkout / "uv.lock").write_text((checkout / "uv.lock").read_text() + "\n# newer\n")
    environment.ensure(checkout, development=False)
    assert len(uv.called()) == 2
    assert "--no-dev" not in uv.called()[-1]


@pytest.mark.parametrize(
    ("text", "syncs"),
    [
        pytest.param('[project]\nname = "other"\n', 2, id="what is installed"),
        pytest.param('[project]\nname = "bench"\n[tool.ruff]\nfix = true\n', 1, id="a tool"),
    ],
)
def test_only_what_shapes_the_environment_makes_it_anew(
    checkout: Path, uv: Uv, text: str, syncs: int
) -> None:
    environment.ensure(checkout, development=True)
    (checkout / "pyproject.toml").write_text(text)
    environment.ensure(checkout, development=True)
    assert len(uv.called()) == syncs


def test_a_failed_sync_is_told_and_tried_again(checkout: Path, uv: Uv) -> None:
    uv.place(code=3)
    with pytest.raises(SetUpError) as told:
        environment.ensure(checkout, development=True)
    assert (told.value.key, told.value.fields) == ("sync_failed", {"code": 3})
    uv.place()
    environment.ensure(checkout, development=True)
    assert len(uv.called()) == 2


def test_what_an_interrupted_sync_left_is_thrown_away(checkout: Path, uv: Uv) -> None:
    uv.place(code=130)
    with pytest.raises(SetUpError):
        environment.ensure(checkout, development=True)
    half = checkout / ".venv" / "half-unpacked"
    half.touch()
    uv.place()
    environment.ensure(checkout, development=True)
    assert not half.exists()


def test_an_environment_that_was_moved_is_made_anew(checkout: Path, uv: Uv) -> None:
    environment.ensure(checkout, development=True)
    (checkout / ".venv" / "stale").touch()
    moved = checkout.rename(checkout.with_name("moved"))
    environment.ensure(moved, development=True)
    assert not (moved / ".venv" / "stale").exists()
    assert len(uv.called()) == 2


def test_an_environment_whose_python_is_gone_is_made_again(checkout: Path, uv: Uv) -> None:
    scripts = environment.ensure(checkout, development=True)
    (scripts / "python").unlink()
    (scripts / "python").symlink_to("/nowhere/python")
    (checkout / ".venv" / "bin" / "python").unlink()
    environment.ensure(checkout, development=True)
    assert len(uv.called()) == 2


@pytest.mark.parametrize("stamp", [b"", b"\xff", b"[]", b"{"])
def test_a_stamp_that_cannot_be_read_counts_as_none(checkout: Path, uv: Uv, stamp: bytes) -> None:
    environment.ensure(checkout, development=True)
    (checkout / ".venv" / environment.STAMP).write_bytes(stamp)
    environment.ensure(checkout, development=True)
    assert len(uv.called()) == 2


@pytest.mark.parametrize("name", ["uv.lock", "pyproject.toml"])
def test_a_missing_or_broken_lock_is_told(checkout: Path, uv: Uv, name: str) -> None:
    (checkout / name).write_bytes(b"\xff = [")
    with pytest.raises(SetUpError, match="lock_unreadable"):
        environment.ensure(checkout, development=True)
    assert uv.called() == []


def test_a_folder_that_cannot_be_written_is_told(checkout: Path, uv: Uv) -> None:
    (checkout / environment.TOOLS).write_text("a file where a folder is needed")
    with pytest.raises(SetUpError, match="not_writable"):
        environment.ensure(checkout, development=True)
    assert uv.called() == []


def test_two_set_ups_at_once_make_it_once(checkout: Path, uv: Uv) -> None:
    source = (
        "import pathlib, sys; from installer import environment;"
        "environment.ensure(pathlib.Path(sys.argv[1]), development=True)"
    )
    command = [sys.executable, "-c", source, str(checkout)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [subprocess.Popen(command, env=environ) for _ in range(2)]
    assert [each.wait() for each in both] == [0, 0]
    assert len(uv.called()) == 1


def test_the_python_that_would_have_to_remove_itself_says_so(
    checkout: Path, uv: Uv, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure(checkout, development=True)
    (checkout / environment.TOOLS / environment.UNFINISHED).touch()
    (checkout / ".venv" / environment.STAMP).write_text(json.dumps({}))
    monkeypatch.setattr(sys, "prefix", str(checkout / ".venv"))
    with pytest.raises(SetUpError, match="inside_environment"):
        environment.ensure(checkout, development=True)
    assert (checkout / ".venv").exists()
