"""Whether what the kernel tier proves may have changed since it was last proven.

What passed is remembered by its content. A machine that remembers nothing, as a new one of the CI,
asks git what the last commit and the working tree changed.
"""

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

CODE: Final = (
    "app/devices",
    "app/domain/frames.py",
    "app/ui/wedge",
    "resources/keyboards",
    "installer/udev",
    "tests/contract/devices",
    "tests/kernel",
    "tests/faults/test_device_unplugging.py",
    "tests/faults/test_hid_unplugging.py",
    "uv.lock",  # pyserial, hidapi
)
"""What the tier tries, and with what."""

_PASSED: Final = "passed"


def why_not(root: Path, cache: Path) -> str | None:
    """Say why the tier need not run; None where it must.

    Args:
        root: The checkout.
        cache: Where it is remembered what passed.
    """
    passed = cache / _PASSED
    if passed.exists():
        if passed.read_text(encoding="ascii") == fingerprint(root):
            return "the device code is as it was when it last passed here"
        return None
    base = _git(root, "rev-parse", "--verify", "--short", "HEAD~1").strip()
    if not base or _git(root, "status", "--porcelain", "--", *CODE):
        return None
    changed = _git(root, "diff", "--name-only", base, "HEAD", "--", *CODE)
    return None if changed else f"the last commit did not change the device code (since {base})"


def remember(tried: str, cache: Path) -> None:
    """Note that the code of a fingerprint, taken before it was tried, passed."""
    cache.mkdir(parents=True, exist_ok=True)
    (cache / _PASSED).write_text(tried, encoding="ascii")


def fingerprint(root: Path) -> str:
    """A hash over the names and contents of the code."""
    total = hashlib.sha256()
    for path in sorted(_files(root)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return total.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for each in CODE:
        place = root / each
        for path in [place, *place.rglob("*")]:
            if path.is_file() and path.suffix != ".pyc":
                yield path


def _git(root: Path, *arguments: str) -> str:
    """What git prints; nothing where it is missing or does not know."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""
