"""The one way in: sets up what a checkout lacks, then runs the bench or checks it.

    python3 installer/bootstrap.py run [-- ARGS]     repair-bench demo ARGS
    python3 installer/bootstrap.py test [-- ARGS]    every check; with ARGS only pytest ARGS

Needs Python 3.11 and nothing else, and parses on older ones, so that they can say so. Standard
output belongs to what is run: what the set-up has to say goes to standard error.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST_PYTHON = (3, 11)


def main(arguments: list[str]) -> int:
    """Set up, then run or check.

    Args:
        arguments: The command line without the program's name.

    Returns:
        What to exit with: 0 done, 1 the set-up or a check failed, 2 wrong usage.
    """
    sys.path[0] = str(ROOT)
    from installer import messages

    if sys.version_info < OLDEST_PYTHON:
        messages.tell("python_too_old", found=sys.version.split()[0], executable=sys.executable)
        return 1
    command, rest = (arguments or [""])[0], arguments[1:]
    if command not in ("run", "test") or (rest and rest[0] != "--"):
        messages.tell("usage")
        return 2
    scripts = _set_up(development=command == "test")
    if scripts is None:
        return 1
    if command == "test":
        from installer import checks

        return checks.run(ROOT, scripts, rest[1:])
    program = [str(scripts / "repair-bench"), "demo", *rest[1:]]
    if os.name == "nt":  # there, exec returns to the shell before the program has ended
        return subprocess.run(program, check=False).returncode
    sys.stderr.flush()
    return os.execv(program[0], program)  # noqa: S606 # its signals, terminal and exit code are ours


def _set_up(*, development: bool) -> Path | None:
    """Return where the programs are; None when the user has been told why there are none."""
    from installer import environment, loopback, messages, system_packages

    needs = system_packages.RUN + (system_packages.TEST if development else ())
    try:
        if not system_packages.ensure(needs, everything=development):
            return None
        loopback.ensure()
        return environment.ensure(ROOT, development=development)
    except environment.SetUpError as error:
        messages.tell(error.key, **error.fields)
    except KeyboardInterrupt:
        messages.tell("interrupted")
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
