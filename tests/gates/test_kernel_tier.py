"""What starts the device tests on a real kernel: when they run, and what the machine is made of."""

import lzma
import os
import stat
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernel import changes, image, initramfs, machine, modules, vmlinux
from tests.kernel.problem import CannotRunError

ROOT = Path(__file__).parents[2]


def unpacked(archive: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Read an archive back, as the kernel does."""
    at = 0
    while True:
        assert archive[at : at + 6] == b"070701"
        fields = [int(archive[at + 6 + 8 * n : at + 14 + 8 * n], 16) for n in range(13)]
        mode, size, length = fields[1], fields[6], fields[11]
        name = archive[at + 110 : at + 109 + length].decode()
        content = at + 110 + length + -(at + 110 + length) % 4
        if name == "TRAILER!!!":
            return
        yield name, mode, archive[content : content + size]
        at = content + size + -(content + size) % 4


def test_the_first_files_lie_in_their_folders_with_their_modes() -> None:
    packed = initramfs.pack({"init": (0o755, b"#!"), "a/b/c": (0o644, b"12345")})
    assert list(unpacked(packed)) == [
        ("a", stat.S_IFDIR | 0o755, b""),
        ("a/b", stat.S_IFDIR | 0o755, b""),
        ("init", stat.S_IFREG | 0o755, b"#!"),
        ("a/b/c", stat.S_IFREG | 0o644, b"12345"),
    ]
    assert len(packed) % 4 == 0  # a second archive can follow


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A kernel's modules: usb_hid needs hid, which needs what is built in."""
    for name, needs in (("usb-hid", "hid,core"), ("hid", "built-in"), ("core", "hid")):
        (tmp_path / "drivers" / name).mkdir(parents=True)
        module = tmp_path / "drivers" / name / f"{name}.ko"
        module.write_bytes(b"\x7fELF\0license=GPL\0depends=" + needs.encode() + b"\0name=x\0")
    (tmp_path / "drivers" / "packed.ko.xz").touch()
    (tmp_path / "modules.builtin").write_text("kernel/drivers/built-in.ko\n")
    return tmp_path


def test_a_module_is_loaded_after_those_that_it_needs(library: Path) -> None:
    order = modules.load_order(library, ["usb_hid", "built_in", "hid"])
    assert [each.name for each in order] == ["hid.ko", "core.ko", "usb-hid.ko"]


@pytest.mark.parametrize("name", ["missing", "packed"])
def test_a_kernel_without_a_module_is_told(library: Path, name: str) -> None:
    with pytest.raises(CannotRunError, match=f"no plain module {name}"):
        modules.load_order(library, [name])


def kernel(payload: bytes) -> bytes:
    """A boot image: a header with the payload's place, one sector of set-up, the payload."""
    header = bytearray(1024)
    header[vmlinux.SETUP_SECTORS] = 1
    struct.pack_into("<II", header, vmlinux.PAYLOAD, 16, len(payload))
    return bytes(header) + bytes(16) + payload + b"behind it"


def test_the_elf_is_taken_out_of_the_kernel_whether_packed_or_not() -> None:
    elf = b"\x7fELF" + bytes(range(256))
    assert vmlinux.extract(kernel(elf)) == elf
    assert vmlinux.extract(kernel(lzma.compress(elf) + b"size")) == elf


@pytest.mark.parametrize(
    "content", [b"", kernel(b"\x28\xb5\x2f\xfd"), kernel(lzma.compress(b"no ELF"))]
)
def test_a_kernel_that_is_packed_otherwise_is_told(content: bytes) -> None:
    with pytest.raises(CannotRunError, match="not packed with xz"):
        vmlinux.extract(content)


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=T", "-c", "user.email=t@example.invalid", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Three commits: the device code, a change of it, a change of something else."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    git(folder, "init", "-q")
    for name, text in (("app/devices/a.py", "1"), ("app/devices/a.py", "2"), ("README.md", "3")):
        write(folder, name, text)
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", name)
    return folder


def test_a_commit_that_leaves_the_devices_alone_is_not_tried(
    checkout: Path, tmp_path: Path
) -> None:
    told = changes.why_not(checkout, tmp_path)
    assert told is not None
    assert told.startswith("the last commit did not change the device code")


def test_a_commit_and_an_uncommitted_change_of_the_devices_are_tried(
    checkout: Path, tmp_path: Path
) -> None:
    write(checkout, "app/devices/new.py", "4")
    assert changes.why_not(checkout, tmp_path) is None
    (checkout / "app/devices/new.py").unlink()
    git(checkout, "checkout", "-q", "HEAD~1")
    assert changes.why_not(checkout, tmp_path) is None


def test_where_git_knows_nothing_the_devices_are_tried(tmp_path: Path) -> None:
    assert changes.why_not(tmp_path, tmp_path / "cache") is None


def test_what_passed_is_not_tried_again_until_it_changes(checkout: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    changes.remember(changes.fingerprint(checkout), cache)
    write(checkout, "app/devices/__pycache__/a.pyc", "compiled")
    write(checkout, "docs/page.md", "no device code")
    told = changes.why_not(checkout, cache)
    assert told == "the device code is as it was when it last passed here"
    write(checkout, "app/devices/b.py", "")
    assert changes.why_not(checkout, cache) is None


def test_a_run_that_is_not_wanted_is_skipped_with_its_reason() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.kernel"],
        cwd=ROOT,
        env={**os.environ, "REPAIR_BENCH_KERNEL": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (77, "")
    assert done.stdout.startswith("kernel tier: skipped: REPAIR_BENCH_KERNEL is 0")


def test_without_its_tools_the_reason_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(CannotRunError, match="busybox-static"):
        image.find_or_build(tmp_path)
    nothing = image.Image("none", tmp_path / "kernel", tmp_path / "files")
    with pytest.raises(CannotRunError, match="qemu-system-x86"):
        machine.run(nothing, "true", 1.0, sys.stdout)


def test_a_job_keeps_spaces_and_quotes() -> None:
    told = machine.script(Path("/a folder"), {"NAME": "it's"}, ["echo", "a b", "$HOME"])
    done = subprocess.run(
        ["/bin/sh", "-c", told.replace("/a folder", "/") + '\nprintf %s "$NAME"'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "a b $HOME\nit's"
