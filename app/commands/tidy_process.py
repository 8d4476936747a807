"""Runs ``tidy`` in a process of its own, beside a bench that is at work."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from app.commands.homes import PASSPHRASE_VARIABLE
from app.commands.import_process import own_program
from app.settings import HOME_VARIABLE


class TidyProcess:
    """One run; it begins at once, and says nothing.

    Args:
        home: The home of the bench.
        passphrase: Of the home's key, where it is made from one.
        program: What runs the command line.

    Raises:
        OSError: The program cannot be started.
    """

    def __init__(self, home: Path, passphrase: str = "", program: Sequence[str] = ()) -> None:
        told = {HOME_VARIABLE: str(home)}
        told |= {PASSPHRASE_VARIABLE: passphrase} if passphrase else {}
        self._process = subprocess.Popen(  # noqa: S603 - this program itself
            [*(program or own_program()), "tidy", "--json"],
            env={**os.environ, **told},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @property
    def is_running(self) -> bool:
        """Whether it is still at work."""
        return self._process.poll() is None

    def wait(self) -> int:
        """Wait for its end; its exit code."""
        return self._process.wait()

    def close(self) -> None:
        """End it at once: the register is as it was, or as it was to become."""
        if self.is_running:
            self._process.kill()
        self._process.wait()
