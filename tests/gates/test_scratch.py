"""The tests write into memory where it has room, and onto the disk where it has not."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from installer import checks, scratch

PLENTY = 64 << 30


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file system in memory with plenty of room."""
    made = tmp_path / "shm"
    made.mkdir()
    monkeypatch.setattr(scratch, "MEMORY", made)
    have(monkeypatch)
    told(
        monkeypatch, tmp_path, f"MemTotal: 1 kB\nMemAvailable:   {PLENTY >> 10} kB\nBuffers: 0 kB\n"
    )
    return made


def have(monkeypatch: pytest.MonkeyPatch, free: int = PLENTY, flags: int = 0) -> None:
    def statvfs(path: Path) -> SimpleNamespace:
        path.stat()
        return SimpleNamespace(f_bavail=free >> 12, f_frsize=1 << 12, f_flag=flags)

    monkeypatch.setattr(os, "statvfs", statvfs)


def told(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> None:
    (folder / "meminfo").write_text(text)
    monkeypatch.setattr(scratch, "MEMINFO", folder / "meminfo")


def test_the_folder_is_in_memory_and_gone_afterwards(memory: Path) -> None:
    with scratch.environ() as environ:
        temporary = Path(environ["TMPDIR"])
        assert temporary.is_dir()
        assert temporary.parent.parent == memory
        assert {each.stat().st_mode & 0o777 for each in (temporary, temporary.parent)} == {0o711}
        (temporary / "left" / "behind").mkdir(parents=True)
    assert list(memory.iterdir()) == []


def test_what_is_compiled_is_kept_there_whatever_the_machine_says(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "imported.py").touch()
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    with scratch.environ() as environ:
        subprocess.run(
            [sys.executable, "-c", "import imported"],
            env={**os.environ, **environ},
            cwd=tmp_path,
            check=True,
        )
        assert [each.name.split(".")[0] for each in memory.rglob("imported*.pyc")] == ["imported"]
    assert list(tmp_path.rglob("imported*")) == [tmp_path / "imported.py"]


@pytest.mark.usefixtures("memory")
def test_a_small_one_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    have(monkeypatch, free=64 << 20)  # what a container has
    with scratch.environ() as environ:
        assert environ == {}


@pytest.mark.usefixtures("memory")
def test_one_that_starts_no_programs_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    have(monkeypatch, flags=os.ST_NOEXEC)
    with scratch.environ() as environ:
        assert environ == {}


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize("text", ["MemAvailable: 99 kB\n", "MemTotal: 99 kB\n", "MemAvailable:"])
def test_a_full_memory_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    told(monkeypatch, tmp_path, text)
    with scratch.environ() as environ:
        assert environ == {}


def test_a_system_without_one_writes_where_it_always_does(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "MEMORY", memory / "nowhere")
    with scratch.environ() as environ:
        assert environ == {}


@pytest.mark.parametrize("in_memory", [True, False])
def test_only_a_check_that_says_so_writes_there(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch, *, in_memory: bool
) -> None:
    scripts = tmp_path / ".venv" / "bin"
    scripts.mkdir(parents=True)
    (scripts / "says").write_text(f'#!/bin/sh\necho "$TMPDIR" > "{tmp_path}/said"\n')
    (scripts / "says").chmod(0o755)
    check = checks.Check("says", (("says",),), in_memory=in_memory)
    monkeypatch.setattr(checks, "CHECKS", (check,))
    monkeypatch.setenv("TMPDIR", "/elsewhere")
    assert checks.run(tmp_path, scripts, []) == 0
    said = Path((tmp_path / "said").read_text().strip())
    assert (said.parent.parent == memory) is in_memory
    assert in_memory or said == Path("/elsewhere")
