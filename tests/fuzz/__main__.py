"""Fuzz what reads anybody's bytes: ``python -m tests.fuzz TARGET|all [--runs N] [--seconds N]``.

With atheris (Linux) the fuzzer watches which code an input reaches and goes on from the inputs that
reached more; elsewhere, or with ``--plain``, the seeds are mutated blindly. What breaks a target is
left in ``--findings``; put it into the seeds of its module, so that it is tried for ever.
"""

import argparse
import subprocess
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tests.fuzz.drilling import inputs
from tests.fuzz.target import NAMES, Target, load

SLOWEST: Final = 60
"""Seconds that one input may take: beyond them it hangs."""
LARGEST_MB: Final = 2048


def main() -> int:
    """Fuzz one target in this process, or each in one of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=("all", *NAMES))
    parser.add_argument(
        "--runs", type=int, default=-1, help="inputs to try; without end unless told"
    )
    parser.add_argument("--seconds", type=int, default=60, help="when to stop; 0 for never")
    parser.add_argument("--plain", action="store_true", help="without atheris")
    parser.add_argument("--corpus", type=Path, help="a folder that keeps what reached new code")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    args = parser.parse_args()
    if args.target == "all":
        ended = [_in_a_process(name) for name in NAMES]
        for name, code in zip(NAMES, ended, strict=True):
            say(f"{name}: {'BROKEN' if code else 'held'}")
        return int(any(ended))
    if args.plain or find_spec("atheris") is None:
        return _drill(args.target, args.runs if args.runs >= 0 else 100_000)
    _guide(args)
    return 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _in_a_process(name: str) -> int:
    say(f"=== {name}")
    arguments = [each if each != "all" else name for each in sys.argv[1:]]
    return subprocess.run([sys.executable, "-m", "tests.fuzz", *arguments], check=False).returncode


def _drill(name: str, runs: int) -> int:
    target = load(name)
    for data in inputs(target, runs, name):
        try:
            target.check(data)
        except BaseException:
            say(f"{name}: broken by {data.hex()}")
            raise
    return 0


def _guide(args: argparse.Namespace) -> None:
    """Hand the process over to atheris, which ends it."""
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["app"]):
        target = load(args.target)
    with tempfile.TemporaryDirectory() as scratch:
        seeds = Path(scratch) / "seeds"
        seeds.mkdir()
        for number, seed in enumerate(target.seeds()):
            (seeds / f"{number:04}").write_bytes(seed)
        args.findings.mkdir(parents=True, exist_ok=True)
        corpus = args.corpus / args.target if args.corpus is not None else Path(scratch) / "corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        options = [
            f"-runs={args.runs}",
            f"-max_total_time={args.seconds}",
            f"-max_len={target.longest}",
            f"-timeout={SLOWEST}",
            f"-rss_limit_mb={LARGEST_MB}",
            f"-artifact_prefix={args.findings / args.target}-",
            f"-dict={_dictionary(Path(scratch), target)}",
            "-print_final_stats=1",
        ]
        atheris.Setup(["fuzz", *options, str(corpus), str(seeds)], target.check)
        atheris.Fuzz()


def _dictionary(folder: Path, target: Target) -> Path:
    """The target's tokens in the form that the fuzzer reads."""
    path = folder / "tokens"
    lines = ("".join(f"\\x{byte:02x}" for byte in token) for token in target.tokens if token)
    path.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")
    return path


if __name__ == "__main__":
    sys.exit(main())
