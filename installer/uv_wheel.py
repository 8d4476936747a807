"""uv itself: one that is here, or the one that uv.lock names, fetched and proven by its hash."""

from __future__ import annotations

import hashlib
import io
import os
import platform
import shutil
import ssl
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer import messages
from installer.errors import SetUpError
from installer.system_packages import CERTIFICATES

FETCH_SECONDS = 120.0
"""How long the other end may be silent."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A file that the lock names: where it lies and its SHA-256 in hexadecimal."""

    url: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Locked:
    """uv as the lock has it: its version and one wheel for each kind of machine."""

    version: str
    wheels: tuple[Wheel, ...]


def find(root: Path) -> Path:
    """Return a uv that reads the lock as it was written, fetching it where there is none.

    Raises:
        SetUpError: When there is none for this machine, or it cannot be fetched or proven.
    """
    locked = read_lock(root / "uv.lock")
    kept = root / ".venv-tools" / f"uv-{locked.version}{'.exe' if os.name == 'nt' else ''}"
    for each in (str(kept), shutil.which("uv")):
        if each and is_kin(version_of(each), locked.version):
            return Path(each)
    messages.tell("getting_uv", version=locked.version)
    wheel = choose(locked, sys.platform, platform.machine(), platform.libc_ver()[0])
    unpack(fetch(wheel, locked.version), kept)
    return kept


def read_lock(path: Path) -> Locked:
    """Read which uv the lock names."""
    try:
        lock: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        entry = next(each for each in lock["package"] if each["name"] == "uv")
        wheels = [Wheel(w["url"], w["hash"].removeprefix("sha256:")) for w in entry["wheels"]]
        return Locked(entry["version"], tuple(wheels))
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        raise SetUpError("lock_unreadable", path=path, reason=error) from error


def is_kin(version: str, locked: str) -> bool:
    """Tell whether a uv may stand in for the locked one: the same line of releases, no older."""
    try:
        have = [int(part) for part in version.split(".")]
        want = [int(part) for part in locked.split(".")]
    except ValueError:
        return False
    return have[:2] == want[:2] and have >= want


def version_of(uv: str) -> str:
    """Return what version a program says it is; empty where it is no uv that runs."""
    try:
        printed = subprocess.run(
            [uv, "--version"], capture_output=True, text=True, check=False, timeout=FETCH_SECONDS
        ).stdout.split()
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ""
    return printed[1] if printed[:1] == ["uv"] and printed[1:] else ""


def choose(locked: Locked, system: str, machine: str, libc: str) -> Wheel:
    """Choose the wheel for a machine.

    Args:
        locked: What the lock names.
        system: As `sys.platform` has it.
        machine: As `platform.machine` has it.
        libc: As `platform.libc_ver` has it: "glibc", or empty with another.

    Raises:
        SetUpError: When the lock has none for it.
    """
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine.lower(), machine.lower())
    if system == "darwin":
        wanted = ("macosx", {"aarch64": "arm64"}.get(machine, machine))
    elif system == "win32":
        wanted = ("win_", {"x86_64": "amd64", "aarch64": "arm64"}.get(machine, machine))
    else:
        wanted = ("manylinux" if libc == "glibc" else "musllinux", machine)
    for wheel in locked.wheels:
        tags = wheel.url.removesuffix(".whl").rsplit("-", 1)[-1].split(".")
        if any(tag.startswith(wanted[0]) and tag.endswith(wanted[1]) for tag in tags):
            return wheel
    raise SetUpError("no_wheel", version=locked.version, platform=f"{system} {machine} {libc}")


def fetch(wheel: Wheel, version: str) -> bytes:
    """Fetch a wheel and prove it.

    Raises:
        SetUpError: When it cannot be fetched, or is not what the lock says.
    """
    try:
        with urllib.request.urlopen(  # noqa: S310 # the address stands in our own lock
            wheel.url, timeout=FETCH_SECONDS, context=_trust()
        ) as answer:
            content: bytes = answer.read()
    except (OSError, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise SetUpError(
            "download_failed", url=wheel.url, reason=reason, version=version
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != wheel.sha256:
        raise SetUpError("wrong_hash", url=wheel.url, found=found, expected=wheel.sha256)
    return content


def unpack(content: bytes, target: Path) -> None:
    """Take the program out of a wheel and put it in its place in one step."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names: Sequence[str] = archive.namelist()
        inside = next(n for n in names if n.endswith(("/scripts/uv", "/scripts/uv.exe")))
        program = archive.read(inside)
    beside = target.with_name(f"{target.name}.{os.getpid()}.part")
    beside.write_bytes(program)
    beside.chmod(0o755)
    beside.replace(target)


def _trust() -> ssl.SSLContext:
    """Trust what SSL_CERT_FILE or Python names, and where that is nothing, what the system does."""
    context = ssl.create_default_context()
    if not context.get_ca_certs():
        for each in CERTIFICATES.split("|"):
            if Path(each).exists():
                context.load_verify_locations(each)
    return context
