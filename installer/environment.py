"""The program's own packages: `.venv`, made from uv.lock by uv, also where pip is missing.

The lock names uv itself with its hash, so a machine without uv gets exactly that one. A stamp in
`.venv` says what it was made from: as long as that holds, nothing is started and no network used.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from installer import messages, uv_wheel
from installer.errors import SetUpError

__all__ = ["SetUpError", "ensure"]

STAMP = "repair-bench-stamp.json"
TOOLS = ".venv-tools"
UNFINISHED = "unfinished"
PROJECT_SECTIONS = ("project", "dependency-groups", "build-system")
"""What of pyproject.toml shapes the environment; the settings of the tools do not."""


def ensure(root: Path, *, development: bool) -> Path:
    """Make `.venv` match uv.lock.

    Args:
        root: The checkout.
        development: Whether the tools that check the program are wanted too. An environment that
            has them keeps them.

    Returns:
        The folder of the environment's programs.

    Raises:
        SetUpError: When it cannot be made; the next run tries again.
    """
    environment = root / ".venv"
    wanted = fingerprint(root)
    if _is_made_from(environment, wanted, development=development):
        return _scripts(environment)
    try:
        with _alone(root / TOOLS) as held:
            # The one that was waited for may have made it by now.
            if not _is_made_from(environment, wanted, development=development):
                _make(root, environment, wanted, held, development=development)
    except OSError as error:
        path = error.filename or root
        raise SetUpError("not_writable", path=path, reason=error.strerror or error) from error
    return _scripts(environment)


def fingerprint(root: Path) -> str:
    """Return a hash of everything that decides what is installed."""
    try:
        lock = (root / "uv.lock").read_bytes()
        project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SetUpError("lock_unreadable", path=root, reason=error) from error
    shape: dict[str, Any] = {name: project.get(name) for name in PROJECT_SECTIONS}
    shape["hatch"] = project.get("tool", {}).get("hatch")
    shape["python"] = [sys.implementation.name, *sys.version_info[:3], sys.base_prefix]
    told = json.dumps(shape, sort_keys=True).encode()
    return hashlib.sha256(lock + b"\0" + told).hexdigest()


def _scripts(environment: Path) -> Path:
    return environment / ("Scripts" if os.name == "nt" else "bin")


def _stamp(environment: Path) -> Mapping[str, object]:
    try:
        read = json.loads((environment / STAMP).read_bytes())
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}  # pyright: ignore[reportUnknownVariableType] # json's own


def _is_made_from(environment: Path, wanted: str, *, development: bool) -> bool:
    stamp = _stamp(environment)
    return (
        stamp.get("fingerprint") == wanted
        and stamp.get("place") == str(environment.parent)
        and (bool(stamp.get("development")) or not development)
        and (_scripts(environment) / "python").exists()
    )


def _make(
    root: Path, environment: Path, wanted: str, held: Sequence[int], *, development: bool
) -> None:
    development = development or bool(_stamp(environment).get("development"))
    unfinished = root / TOOLS / UNFINISHED
    uv = uv_wheel.find(root)
    moved = _stamp(environment).get("place", str(root)) != str(root)
    if (unfinished.exists() or moved) and os.path.lexists(environment):
        # A package that was being unpacked when the machine stopped looks installed and is not;
        # the programs of an environment that was moved name an interpreter that is not there.
        messages.tell("healing")
        _remove(environment)
    messages.tell("syncing")
    unfinished.touch()
    (environment / STAMP).unlink(missing_ok=True)
    code = _sync(uv, root, environment, held, development=development)
    if code != 0:
        raise SetUpError("sync_failed", code=code)
    stamp = {"fingerprint": wanted, "development": development, "place": str(root)}
    (environment / STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    unfinished.unlink()


def _sync(
    uv: Path, root: Path, environment: Path, held: Sequence[int], *, development: bool
) -> int:
    # Compiled once here, not at every start: some machines do not let Python keep what it compiled.
    command = [str(uv), "sync", "--frozen", "--compile-bytecode", "--python", sys.executable]
    command += [] if development else ["--no-dev"]
    environ = {
        **os.environ,
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PROJECT_ENVIRONMENT": str(environment),
        "UV_SYSTEM_CERTS": os.environ.get("UV_SYSTEM_CERTS", "1"),
    }
    environ.pop("VIRTUAL_ENV", None)
    return subprocess.run(
        command,
        cwd=root,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        pass_fds=held,  # it keeps the lock even where this process is killed and it is not
        check=False,
    ).returncode


def _remove(environment: Path) -> None:
    if Path(sys.prefix).resolve() == environment.resolve():
        raise SetUpError("inside_environment")
    if environment.is_symlink():
        environment.unlink()
    else:
        shutil.rmtree(environment)


@contextmanager
def _alone(tools: Path) -> Generator[tuple[int, ...]]:
    """Hold the set-up of this checkout, so that two runs at once do not take it from each other.

    Yields:
        The descriptors that hold it.
    """
    tools.mkdir(exist_ok=True)
    with (tools / "lock").open("w") as file:
        if os.name == "nt":  # uv's own lock has to do there
            yield ()
            return
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            messages.tell("waiting_for_other")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield (file.fileno(),)
