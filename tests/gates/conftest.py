"""What the tests of the set-up share: a small checkout, and a uv that only pretends."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

LOCK = """\
version = 1
revision = 5
requires-python = ">=3.11"

[[package]]
name = "uv"
version = "0.13.9"
source = { registry = "https://example.invalid/simple" }
wheels = []
"""

PRETENDED_UV = """\
#!{python}
import os, pathlib, sys
if sys.argv[1:] == ["--version"]:
    print("uv {version} (pretended)")
    sys.exit(0)
with open({calls!r}, "a") as calls:
    print(" ".join(sys.argv[1:]), file=calls)
made = pathlib.Path(os.environ["UV_PROJECT_ENVIRONMENT"])
(made / "bin").mkdir(parents=True, exist_ok=True)
if not (made / "bin" / "python").exists():
    (made / "bin" / "python").symlink_to(sys.executable)
sys.exit({code})
"""


@dataclass(frozen=True, slots=True)
class Uv:
    """A program on the PATH that says it is uv and notes how it was called."""

    calls: Path
    place: Callable[..., Path]

    def called(self) -> list[str]:
        return self.calls.read_text(encoding="utf-8").splitlines() if self.calls.exists() else []


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    root.mkdir()
    (root / "uv.lock").write_text(LOCK, encoding="utf-8")
    (root / "pyproject.toml").write_text('[project]\nname = "bench"\n', encoding="utf-8")
    return root


@pytest.fixture
def uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Uv:
    calls = tmp_path / "calls"
    folder = tmp_path / "programs"
    folder.mkdir()

    def place(version: str = "0.13.9", code: int = 0) -> Path:
        program = folder / "uv"
        source = PRETENDED_UV.format(
            python=sys.executable, version=version, calls=str(calls), code=code
        )
        program.write_text(source, encoding="utf-8")
        program.chmod(0o755)
        return program

    monkeypatch.setenv("PATH", str(folder))
    place()
    return Uv(calls, place)
