"""The system's packages are asked for by what is really missing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer import messages, system_packages
from installer.system_packages import KERNEL, RUN, TEST, Need

ROOT = Path(__file__).parents[2]


def test_this_machine_has_everything_that_the_checks_need() -> None:
    assert [each.proof for each in RUN + TEST if not system_packages.is_there(each)] == []


@pytest.mark.parametrize(
    ("proof", "there"),
    [
        ("libc.so.6", True),
        ("libnothing-of-the-kind.so.9", False),
        ("sh", True),
        ("no-such-program", False),
        ("/nowhere|/etc", True),
        ("/nowhere", False),
    ],
)
def test_a_need_is_proven_by_the_thing_itself(proof: str, there: bool) -> None:
    assert system_packages.is_there(Need(proof, ("x",))) is there


def test_every_package_is_one_that_this_debian_offers() -> None:
    if shutil.which("apt-cache") is None:
        pytest.skip("only Debian and Ubuntu know these names")
    printed = subprocess.run(
        ["apt-cache", "policy", *(name for each in RUN + TEST + KERNEL for name in each.packages)],
        capture_output=True,
        text=True,
        check=True,
    )
    offered = system_packages.offered_by(printed.stdout)
    assert [each for each in RUN + TEST + KERNEL if offered.isdisjoint(each.packages)] == []


POLICY = """\
libglib2.0-0t64:
  Installed: (none)
  Candidate: 2.84.4-3
  Version table:
     2.84.4-3 500
libglib2.0-0:
  Installed: (none)
  Candidate: (none)
  Version table:
xvfb:
  Installed: 2:21.1.16-1
  Candidate: 2:21.1.16-1
"""


def test_the_name_that_this_release_offers_is_chosen() -> None:
    offered = system_packages.offered_by(POLICY)
    assert offered == {"libglib2.0-0t64", "xvfb"}
    glib = Need("libglib-2.0.so.0", ("libglib2.0-0t64", "libglib2.0-0"))
    assert system_packages.choose([glib], offered) == ["libglib2.0-0t64"]
    assert system_packages.choose([glib], frozenset({"libglib2.0-0"})) == ["libglib2.0-0"]


def test_a_package_that_is_not_offered_does_not_keep_the_others_away() -> None:
    needs = [Need("a", ("gone",)), Need("b", ("xvfb",)), Need("c", ("xvfb",))]
    assert system_packages.choose(needs, frozenset({"xvfb"})) == ["xvfb"]


@pytest.mark.parametrize(
    ("is_root", "sudo", "has_terminal", "expected"),
    [
        (True, None, False, []),
        (False, "/usr/bin/sudo", True, ["/usr/bin/sudo"]),
        (False, "/usr/bin/sudo", False, ["/usr/bin/sudo", "-n"]),
        (False, None, True, None),
    ],
)
def test_root_is_asked_for_only_where_it_can_be_answered(
    is_root: bool,
    sudo: str | None,
    has_terminal: bool,
    expected: list[str] | None,
) -> None:
    found = system_packages.elevation(is_root=is_root, sudo=sudo, has_terminal=has_terminal)
    assert found == expected


def test_nothing_missing_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")  # where neither apt-get nor sudo could be started
    assert system_packages.ensure([Need("libc.so.6", ("libc6",))])


def test_what_is_missing_is_named_with_its_package_where_it_cannot_be_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert not system_packages.ensure([Need("libnone.so.1", ("libnone1t64", "libnone1"))])
    told = capsys.readouterr()
    assert told.out == ""
    assert "libnone.so.1" in told.err
    assert "apt-get install -y libnone1\n" in told.err


def test_the_bench_goes_on_without_what_it_can_do_without(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    need = Need("libnone.so.1", ("libnone1",), optional="without_sound")
    assert system_packages.ensure([need])
    assert "no sound (apt-get install libnone1)" in capsys.readouterr().err


def test_what_the_bench_can_do_without_is_not_fetched_at_every_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = tmp_path / "called"
    for name in ("apt-get", "apt-cache", "sudo", "env"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n: > {called}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    need = Need("libnone.so.1", ("libnone1",), optional="without_sound")
    assert system_packages.ensure([need], everything=False)
    assert not called.exists()
    assert system_packages.ensure([need], everything=True)
    assert called.exists()


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "sv"}, "sv"),
        ({}, "en"),
    ],
)
def test_the_language_follows_the_locale(environ: dict[str, str], expected: str) -> None:
    assert messages.language(environ) == expected


@pytest.mark.parametrize("key", messages.TEXTS)
def test_both_languages_name_the_same_fields(key: str) -> None:
    class Fields(dict[str, str]):
        def __missing__(self, name: str) -> str:
            self[name] = name
            return name

    english, swedish = Fields(), Fields()
    messages.TEXTS[key][0].format_map(english)
    messages.TEXTS[key][1].format_map(swedish)
    assert english == swedish
    assert messages.TEXTS[key][0] != messages.TEXTS[key][1]


def test_a_poor_terminal_gets_the_message_all_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from installer import messages; messages.tell('usage')"],
        env={"PYTHONIOENCODING": "ascii", "LANG": "sv_SE", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert done.stderr.startswith(b"anv?ndning:")
