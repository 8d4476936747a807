"""A machine without uv gets the one that the lock names, or hears why not."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from installer import uv_wheel
from installer.errors import SetUpError
from installer.uv_wheel import Locked, Wheel

if TYPE_CHECKING:
    from tests.gates.conftest import Uv

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("system", "machine", "libc", "expected"),
    [
        ("linux", "x86_64", "glibc", "manylinux_2_17_x86_64"),
        ("linux", "x86_64", "", "musllinux_1_1_x86_64"),
        ("linux", "aarch64", "glibc", "manylinux"),
        ("darwin", "arm64", "", "macosx_11_0_arm64"),
        ("darwin", "x86_64", "", "macosx_10_12_x86_64"),
        ("win32", "AMD64", "", "win_amd64"),
        ("win32", "ARM64", "", "win_arm64"),
    ],
)
def test_the_lock_has_a_uv_for_every_machine_that_a_bench_runs_on(
    system: str, machine: str, libc: str, expected: str
) -> None:
    locked = uv_wheel.read_lock(ROOT / "uv.lock")
    url = uv_wheel.choose(locked, system, machine, libc).url
    assert expected in url
    assert url.endswith(".whl")


def test_a_machine_that_the_lock_does_not_know_is_told() -> None:
    with pytest.raises(SetUpError) as told:
        uv_wheel.choose(uv_wheel.read_lock(ROOT / "uv.lock"), "linux", "vax", "glibc")
    assert told.value.key == "no_wheel"


@pytest.mark.parametrize(
    ("version", "stands_in"),
    [
        ("0.13.9", True),
        ("0.13.10", True),
        ("0.13.8", False),
        ("0.14.0", False),
        ("1.13.9", False),
        ("", False),
        ("0.13.x", False),
    ],
)
def test_only_a_uv_of_the_same_line_and_no_older_stands_in(version: str, stands_in: bool) -> None:
    assert uv_wheel.is_kin(version, "0.13.9") is stands_in


def test_a_uv_on_the_path_is_taken(checkout: Path, uv: Uv) -> None:
    assert uv_wheel.find(checkout) == uv.place()


def test_another_uv_on_the_path_is_passed_over(checkout: Path, uv: Uv) -> None:
    uv.place(version="0.12.0")
    with pytest.raises(SetUpError, match="no_wheel"):  # this checkout's lock lists none
        uv_wheel.find(checkout)


@pytest.mark.parametrize("program", ["#!/bin/sh\nexit 1\n", "#!/nowhere/sh\n", "\x7fnot a program"])
def test_a_program_that_does_not_run_is_no_uv(tmp_path: Path, program: str) -> None:
    path = tmp_path / "uv"
    path.write_text(program)
    path.chmod(0o755)
    assert uv_wheel.version_of(str(path)) == ""


def wheel_of(folder: Path, program: bytes) -> Wheel:
    """Write a wheel with a program in it, and say where it lies and what its hash is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("uv-0.13.9.data/scripts/uv", program)
        archive.writestr("uv/__init__.py", b"")
    path = folder / "uv-0.13.9-py3-none-manylinux_2_17_x86_64.whl"
    path.write_bytes(packed.getvalue())
    return Wheel(path.as_uri(), hashlib.sha256(packed.getvalue()).hexdigest())


def test_a_fetched_wheel_yields_a_program_that_runs(tmp_path: Path) -> None:
    wheel = wheel_of(tmp_path, f"#!{sys.executable}\nprint('uv 0.13.9')\n".encode())
    kept = tmp_path / "uv-0.13.9"
    uv_wheel.unpack(uv_wheel.fetch(wheel, "0.13.9"), kept)
    assert uv_wheel.version_of(str(kept)) == "0.13.9"
    assert sorted(each.name for each in tmp_path.iterdir() if "part" in each.name) == []


def test_a_wheel_with_another_hash_is_refused(tmp_path: Path) -> None:
    wheel = Wheel(wheel_of(tmp_path, b"").url, "0" * 64)
    with pytest.raises(SetUpError) as told:
        uv_wheel.fetch(wheel, "0.13.9")
    assert told.value.key == "wrong_hash"


def test_a_wheel_that_cannot_be_fetched_names_the_address_and_the_way_on(tmp_path: Path) -> None:
    url = (tmp_path / "nowhere.whl").as_uri()
    with pytest.raises(SetUpError) as told:
        uv_wheel.fetch(Wheel(url, ""), "0.13.9")
    assert told.value.key == "download_failed"
    assert told.value.fields["url"] == url
    assert "No such file" in str(told.value.fields["reason"])


@pytest.mark.parametrize(
    "text", ["", "version = 1\n", "[[package]]\nname = 'uv'\n", "package = 3\n", "["]
)
def test_a_lock_without_uv_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "uv.lock"
    path.write_text(text)
    with pytest.raises(SetUpError, match="lock_unreadable"):
        uv_wheel.read_lock(path)


def test_a_wheel_is_chosen_by_its_tags_not_by_its_name() -> None:
    odd = Wheel("https://example.invalid/x86_64/uv-1-py3-none-win_arm64.whl", "")
    with pytest.raises(SetUpError):
        uv_wheel.choose(Locked("1", (odd,)), "linux", "x86_64", "glibc")
