"""Debian's own kernel and a small first file system, made once and kept.

What apt offers decides which kernel it is; an image is kept under the package's name and version
and a hash of what was put in, so a security update or a change here makes a new one.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.kernel import initramfs, modules, vmlinux
from tests.kernel.problem import CannotRunError

META: Final = "linux-image-amd64"
INIT: Final = Path(__file__).with_name("init.sh")
_INTERPRETER: Final = b"/ld-"
_HEADERS: Final = 4096
"""Where a program that needs libraries names the one that loads them."""


@dataclass(frozen=True, slots=True)
class Image:
    """What a machine is started with.

    Attributes:
        name: The package and version that it came from.
        kernel: An ELF.
        first_files: The initramfs; init runs ``/job`` of a second one behind it.
    """

    name: str
    kernel: Path
    first_files: Path


@dataclass(frozen=True, slots=True)
class Package:
    """A Debian package at its version."""

    name: str
    version: str

    @property
    def label(self) -> str:
        """The name of a folder for it."""
        return f"{self.name}_{self.version.replace(':', '_')}"


def cache_folder() -> Path:
    """Where images are kept: ``XDG_CACHE_HOME``, else ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "repair-bench" / "kernel"


def find_or_build(cache: Path) -> Image:
    """Return the image for the kernel that apt offers now, from the cache or new.

    Raises:
        CannotRunError: The tools are missing, or the package cannot be had.
    """
    busybox = _busybox()
    package = offered()
    key = hashlib.sha256(
        b"\0".join([busybox.read_bytes(), INIT.read_bytes(), *map(_source, _MAKERS)])
    ).hexdigest()[:12]
    folder = cache / f"{package.label}_{key}"
    image = Image(package.label, folder / "vmlinux", folder / "initramfs")
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix="unfinished-") as scratch:
            made = _build(package, busybox, Path(scratch))
            _put(made, folder)
    return image


def offered() -> Package:
    """Name the kernel that the meta package stands for now.

    Raises:
        CannotRunError: This system's apt knows none.
    """
    depends = _told(["apt-cache", "depends", "--no-recommends", META])
    names = [
        line.split(":", 1)[1].strip() for line in depends.splitlines() if "Depends: linux-" in line
    ]
    if not names:
        raise CannotRunError(f"apt offers no {META}")
    policy = _told(["apt-cache", "policy", names[0]])
    versions = [
        line.split(":", 1)[1].strip() for line in policy.splitlines() if "Candidate:" in line
    ]
    if not versions or versions[0] == "(none)":
        raise CannotRunError(f"apt offers no {names[0]}")
    return Package(names[0], versions[0])


def _build(package: Package, busybox: Path, scratch: Path) -> Path:
    """Make the image's folder inside a scratch folder."""
    _told(["apt-get", "download", f"{package.name}={package.version}"], scratch)
    (archive,) = scratch.glob("*.deb")
    tree = scratch / "tree"
    _told(["dpkg", "-x", str(archive), str(tree)])
    (kernel,) = (tree / "boot").glob("vmlinuz-*")
    library = next(each for each in tree.glob("**/lib/modules/*") if each.is_dir())
    made = scratch / "made"
    made.mkdir()
    (made / "vmlinux").write_bytes(vmlinux.extract(kernel.read_bytes()))
    (made / "initramfs").write_bytes(initramfs.pack(_first_files(library, busybox)))
    return made


def _first_files(library: Path, busybox: Path) -> dict[str, tuple[int, bytes]]:
    order = modules.load_order(library)
    lines = [f"{each.name} {modules.OPTIONS.get(each.stem, '')}".strip() for each in order]
    return {
        "init": (0o755, INIT.read_bytes()),
        "bin/busybox": (0o755, busybox.read_bytes()),
        "modules/order": (0o644, "\n".join([*lines, ""]).encode()),
        **{f"modules/{each.name}": (0o644, each.read_bytes()) for each in order},
    }


def _put(made: Path, folder: Path) -> None:
    """Move it into its place in one step; another that was as quick made the same."""
    try:
        made.rename(folder)
    except OSError:
        if not folder.exists():
            raise
    for other in folder.parent.glob("linux-image-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _busybox() -> Path:
    found = shutil.which("busybox")
    if found is None or _INTERPRETER in Path(found).read_bytes()[:_HEADERS]:
        raise CannotRunError("a static busybox is missing (apt-get install busybox-static)")
    return Path(found)


def _source(module: object) -> bytes:
    return Path(str(getattr(module, "__file__", ""))).read_bytes()


_MAKERS: Final = (initramfs, modules, vmlinux)


def _told(command: Sequence[str], folder: Path | None = None) -> str:
    """Run a tool and return what it printed."""
    if shutil.which(command[0]) is None:
        raise CannotRunError(f"{command[0]} is missing: this is no Debian")
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotRunError(f"{' '.join(command)}: {done.stderr.strip()[-300:]}")
    return done.stdout
