"""Every target holds for its seeds and for the same mutations of them, on any system.

``REPAIR_BENCH_FUZZ_RUNS`` says how many mutations of each; `python -m tests.fuzz` goes on from
there with a fuzzer that watches the code it reaches.
"""

import os
import subprocess
import sys
import tracemalloc
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.drilling import heaps, inputs
from tests.fuzz.target import NAMES, Choices, Target, load, pieces

ROOT = Path(__file__).parents[2]
RUNS = int(os.environ.get("REPAIR_BENCH_FUZZ_RUNS", "500"))


@pytest.mark.parametrize("name", NAMES)
def test_no_input_breaks_a_target(name: str) -> None:
    target = load(name)
    for data in inputs(target, RUNS, name):
        try:
            target.check(data)
        except Exception as error:
            error.add_note(f"{name}: {data.hex()}")
            raise


@pytest.mark.parametrize("name", NAMES)
def test_no_input_takes_memory_beyond_its_size(name: str) -> None:
    target = load(name)
    for seed in target.seeds():
        target.check(seed)  # whatever is imported or kept for good
    tracemalloc.start()
    try:
        for data in heaps(target):
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            target.check(data)
            _, peak = tracemalloc.get_traced_memory()
            assert peak - before < 4 * 2**20 + 200 * len(data), data.hex()
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", NAMES)
def test_every_target_begins_with_samples_that_are_not_too_long(name: str) -> None:
    target = load(name)
    assert len(target.seeds()) > 1
    assert all(len(seed) <= target.longest for seed in target.seeds())


def test_the_same_run_tries_the_same_inputs() -> None:
    target = load("gs1")
    first = list(inputs(target, 50, "gs1"))
    assert first == list(inputs(target, 50, "gs1"))
    assert first != list(inputs(target, 50, "other"))
    assert len(set(first)) > len(target.seeds()) + 40


def test_a_target_that_breaks_is_found() -> None:
    def check(data: bytes) -> None:
        assert b"[)>" not in data

    target = Target(lambda: (b"abc", b"def"), check, (b"[)>",))
    assert any(b"[)>" in data for data in inputs(target, 200, "broken"))


def test_every_module_of_the_folder_is_a_target_or_a_known_helper() -> None:
    helpers = {"__main__", "drilling", "target", "test_targets"}
    assert {path.stem for path in Path(__file__).parent.glob("*.py")} == {*NAMES, *helpers}


def test_choices_end_quietly() -> None:
    choices = Choices(b"\x07abc")
    assert (choices.number(4), choices.rest()) == (3, b"abc")
    assert [Choices(b"").number(9), Choices(b"").rest()] == [0, b""]
    assert pieces(b"abcde", 2) == [b"ab", b"cd", b"e"]


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no wheel for this system")
def test_the_guided_fuzzer_runs_and_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", "gs1", "--runs", "300", "--seconds", "0"]
    ended = subprocess.run(
        [*command, "--findings", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "stat::number_of_executed_units" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no wheel for this system")
def test_what_the_guided_fuzzer_breaks_is_left_as_a_file(tmp_path: Path) -> None:
    script = (
        "import sys; from tests.fuzz import target, __main__ as run\n"
        "def broken(data): assert b'[)>' not in data\n"
        "run.load = lambda name: target.Target(lambda: (b'abc',), broken, (b'[)>',))\n"
        f"sys.argv = ['fuzz', 'gs1', '--seconds', '60', '--findings', {str(tmp_path)!r}]\n"
        "run.main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode not in {0, 1}, ended.stderr
    assert "AssertionError" in ended.stdout + ended.stderr
    (found,) = tmp_path.glob("gs1-crash-*")
    assert b"[)>" in found.read_bytes()


def test_the_plain_fuzzer_tells_the_input_that_broke_a_target() -> None:
    script = (
        "import sys; from dataclasses import replace; from tests.fuzz import gs1, __main__ as run\n"
        "def broken(data): raise ValueError('broken')\n"
        "gs1.TARGET = replace(gs1.TARGET, check=broken)\n"
        "sys.argv = ['fuzz', 'gs1', '--plain', '--runs', '1']\n"
        "run.main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert f"broken by {load('gs1').seeds()[0].hex()}" in ended.stdout
