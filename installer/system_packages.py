"""The system's own packages: what Qt's wheels and the tests need and no wheel can carry.

A need is proven by the thing itself (a library that loads, a program on the PATH, a file), so the
answer is the same on every Linux, quick, and needs no network. Debian's names are the remedy.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer import messages

LOCK_SECONDS = 600
"""How long to wait for another package manager that is at work."""

CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt"  # Debian, Arch
    "|/etc/pki/tls/certs/ca-bundle.crt"  # Fedora
    "|/etc/ssl/ca-bundle.pem"  # SUSE
)


@dataclass(frozen=True, slots=True)
class Need:
    """Something of the system's.

    Attributes:
        proof: A library's soname, a program's name, or absolute paths of files, of which one will
            do, parted by "|".
        packages: The Debian packages that bring it, newest name first: any one of them.
        optional: What to say where the bench goes on without it, a key of
            `installer.messages.TEXTS`; empty where it cannot.
    """

    proof: str
    packages: tuple[str, ...]
    optional: str = ""


RUN = (
    Need(CERTIFICATES, ("ca-certificates",)),
    Need("libEGL.so.1", ("libegl1",)),
    Need("libGL.so.1", ("libgl1",)),
    Need("libglib-2.0.so.0", ("libglib2.0-0t64", "libglib2.0-0")),
    Need("libfontconfig.so.1", ("libfontconfig1",)),
    Need("libdbus-1.so.3", ("libdbus-1-3",)),
    Need("libxkbcommon.so.0", ("libxkbcommon0",)),
    # a window on X11
    Need("libxkbcommon-x11.so.0", ("libxkbcommon-x11-0",)),
    Need("libX11-xcb.so.1", ("libx11-xcb1",)),
    Need("libxcb-cursor.so.0", ("libxcb-cursor0",)),
    Need("libxcb-icccm.so.4", ("libxcb-icccm4",)),
    Need("libxcb-image.so.0", ("libxcb-image0",)),
    Need("libxcb-keysyms.so.1", ("libxcb-keysyms1",)),
    Need("libxcb-randr.so.0", ("libxcb-randr0",)),
    Need("libxcb-render-util.so.0", ("libxcb-render-util0",)),
    Need("libxcb-shape.so.0", ("libxcb-shape0",)),
    Need("libxcb-xkb.so.1", ("libxcb-xkb1",)),
    # a window on Wayland, and sound
    Need("libwayland-cursor.so.0", ("libwayland-cursor0",), optional="without_wayland"),
    Need("libwayland-egl.so.1", ("libwayland-egl1",), optional="without_wayland"),
    Need("libpulse.so.0", ("libpulse0",), optional="without_sound"),
    Need("libXrandr.so.2", ("libxrandr2",), optional="without_sound"),
)
"""What the bench needs to open a window, or to draw without one."""

TEST = (
    Need("Xvfb", ("xvfb",)),
    Need("xauth", ("xauth",)),
    Need("dbus-daemon", ("dbus-daemon", "dbus")),
    Need("dbus-run-session", ("dbus-daemon", "dbus")),
    Need("gnome-keyring-daemon", ("gnome-keyring",)),
    Need("pdftotext", ("poppler-utils",)),
    Need("sqlite3", ("sqlite3",)),
    Need("umockdev-run", ("umockdev",)),
)
"""What the checks need besides: a screen, a real Secret Service, a second reader of PDF, SQLite's
own shell to measure imports against, devices that are none."""

KERNEL = (
    Need("qemu-system-x86_64", ("qemu-system-x86",), optional="without_kernel"),
    Need("busybox", ("busybox-static",), optional="without_kernel"),
)
"""What the device tests on a real kernel need, asked for only when they run: QEMU is large."""


def is_there(need: Need) -> bool:
    """Tell whether the thing itself can be used from this process."""
    if need.proof.startswith("/"):
        return any(Path(each).exists() for each in need.proof.split("|"))
    if ".so" not in need.proof:
        return shutil.which(need.proof) is not None
    try:
        ctypes.CDLL(need.proof)
    except OSError:
        return False
    return True


def choose(needs: Iterable[Need], offered: frozenset[str]) -> list[str]:
    """Name the package to install for each need: the first that this release of the system offers.

    A need that it does not offer is left out, so that the others can still be installed.
    """
    names: dict[str, None] = {}
    for need in needs:
        names.update(dict.fromkeys([each for each in need.packages if each in offered][:1]))
    return list(names)


def offered_by(policy: str) -> frozenset[str]:
    """Read which packages can be installed from what `apt-cache policy` prints."""
    found: set[str] = set()
    name = ""
    for line in policy.splitlines():
        if line and not line.startswith(" "):
            name = line.rstrip(":")
        elif line.strip().startswith("Candidate:") and not line.endswith("(none)"):
            found.add(name)
    return frozenset(found)


def elevation(*, is_root: bool, sudo: str | None, has_terminal: bool) -> list[str] | None:
    """Return what to put before a command to run it as root; None where that is impossible."""
    if is_root:
        return []
    if sudo is None:
        return None
    return [sudo] if has_terminal else [sudo, "-n"]  # without a terminal nobody can answer it


def ensure(needs: Sequence[Need], *, everything: bool = True) -> bool:
    """Install what is missing.

    Args:
        needs: What there must be.
        everything: Whether to install also where only optional things are missing; if not, they
            are not worth a wait or a password at every start.

    Returns:
        Whether the program can go on; the user has been told what to do where it cannot.
    """
    missing = [] if not sys.platform.startswith("linux") else [n for n in needs if not is_there(n)]
    if missing and (everything or any(not each.optional for each in missing)):
        _install(missing)
        missing = [each for each in missing if not is_there(each)]
    if any(not each.optional for each in missing):
        rows = (
            f"    {each.proof.split('|')[0]:36} {' | '.join(each.packages)}" for each in missing
        )
        messages.tell("packages_needed", list="\n".join(rows), packages=_names(missing))
        return False
    for key in sorted({each.optional for each in missing}):
        messages.tell(key, packages=_names(n for n in missing if n.optional == key))
    return True


def _names(needs: Iterable[Need]) -> str:
    """Name a package for each need to somebody on a release that is not known: the oldest name."""
    return " ".join(dict.fromkeys(each.packages[-1] for each in needs))


def _install(missing: Sequence[Need]) -> None:
    root = elevation(
        is_root=os.geteuid() == 0, sudo=shutil.which("sudo"), has_terminal=sys.stdin.isatty()
    )
    if root is None or shutil.which("apt-get") is None:
        return
    possible = [name for each in missing for name in each.packages]
    offered = _offered(possible)
    fresh = any(offered.isdisjoint(each.packages) for each in missing)
    if fresh:  # a new machine has no lists yet
        _update(root)
        offered = _offered(possible)
    names = choose(missing, offered)
    if not names:
        return
    messages.tell("installing_packages", packages=" ".join(names))
    done = _apt_get(root, "install", "-y", "--no-install-recommends", *names)
    if not done and not fresh:  # the lists may name versions that are gone
        _update(root)
        _apt_get(root, "install", "-y", "--no-install-recommends", *names)


def _offered(names: Sequence[str]) -> frozenset[str]:
    printed = subprocess.run(
        ["apt-cache", "policy", *names],
        env={**os.environ, "LC_ALL": "C"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    return offered_by(printed.stdout)


def _update(root: Sequence[str]) -> None:
    if not _apt_get(root, "update"):
        messages.tell("package_lists_failed")


def _apt_get(root: Sequence[str], *arguments: str) -> bool:
    command = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    command += ["-o", f"DPkg::Lock::Timeout={LOCK_SECONDS}", "-o", "Dpkg::Use-Pty=0", *arguments]
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0
