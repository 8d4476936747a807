"""An import in a process of its own, for the window: it may be ended, or die, and harms nothing."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from app.commands.homes import PASSPHRASE_VARIABLE
from app.commands.import_left_out import LeftRow, left_rows
from app.commands.proving import PIN_VARIABLE
from app.services.importing import Counts, Phase, Progress, Tell
from app.settings import HOME_VARIABLE

log = logging.getLogger("repair_bench.import")

MOST_ERROR: Final = 10_000
"""Characters of a message that are kept."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row was refused; ``other`` is the row that says otherwise, where there is one."""

    row: int
    column: str
    code: str
    value: str
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of an import.

    Attributes:
        counts: What became of the rows; None where nothing was imported.
        reasons: Why rows were refused, the first of them.
        left: Rows that are right and are not brought in, the first of them.
        error: Why nothing was imported, in the user's words; empty where it was ended by hand.
    """

    counts: Counts | None
    reasons: tuple[Reason, ...] = ()
    error: str = ""
    left: tuple[LeftRow, ...] = ()


Done: TypeAlias = Callable[[Ended], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be imported.

    Attributes:
        file: The file.
        mapping: The name of a mapping; empty for the one that fits best.
        refused: Where the refused rows are written.
        badge: Whose import it is.
        pin: Their PIN, where one is demanded.
        dry: Whether only to count.
        brings_back: Whether products come back that somebody removed by hand.
    """

    file: Path
    mapping: str = ""
    refused: Path | None = None
    badge: str = ""
    pin: str = ""
    dry: bool = False
    brings_back: bool = False

    def words(self) -> tuple[str, ...]:
        """The command line; a secret never stands there."""
        words = ["import", "assets", str(self.file), "--events"]
        words += ["--mapping", self.mapping] if self.mapping else []
        words += ["--refused", str(self.refused)] if self.refused is not None else []
        words += ["--badge", self.badge] if self.badge else []
        words += ["--bring-back"] if self.brings_back else []
        return (*words, "--dry-run") if self.dry else tuple(words)


def own_program() -> tuple[str, ...]:
    """What runs this program's command line."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "app")


@dataclass(slots=True)
class ImportProcess:
    """One import; every call returns at once.

    Args:
        home: The home of the bench.
        wanted: What is to be imported.
        tell: Is told how far it is, from a thread of its own.
        done: Is told once, from that thread, what became of it.
        passphrase: Of the home's key, where it is made from one.
        program: What runs the command line.
    """

    home: Path
    wanted: Wanted
    tell: Tell
    done: Done
    passphrase: str = ""
    program: Sequence[str] = field(default_factory=own_program)
    _process: "subprocess.Popen[str] | None" = None
    _thread: threading.Thread | None = None
    _cancelled: bool = False

    def start(self) -> None:
        """Begin.

        Raises:
            OSError: The program cannot be started.
        """
        self._process = subprocess.Popen(  # noqa: S603 - this program itself
            [*self.program, *self.wanted.words()],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._thread = threading.Thread(target=self._follow, args=(self._process,), name="import")
        self._thread.start()

    def cancel(self) -> None:
        """Ask it to end; the register stays as it was, unless it had been changed already."""
        self._cancelled = True
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)

    def close(self) -> None:
        """End it at once, and wait for its thread: nothing is half in the register."""
        self._cancelled = True
        if self._process is not None and self._thread is not None:
            if self._process.poll() is None:
                self._process.kill()
            self._thread.join()

    def _environment(self) -> dict[str, str]:
        secrets = {PASSPHRASE_VARIABLE: self.passphrase, PIN_VARIABLE: self.wanted.pin}
        told = {HOME_VARIABLE: str(self.home), "PYTHONIOENCODING": "utf-8"}
        return {**os.environ, **told, **{name: said for name, said in secrets.items() if said}}

    def _follow(self, process: "subprocess.Popen[str]") -> None:
        complaints: deque[str] = deque(maxlen=MOST_ERROR)
        ended = Ended(None)
        with process:
            listener = threading.Thread(target=_hear, args=(process, complaints), name="import-err")
            listener.start()
            try:
                for line in process.stdout or ():
                    if line.endswith("\n"):  # the last words of one that is killed are cut off
                        ended = self._heard(line) or ended
            except (ValueError, KeyError, TypeError):  # whatever it says, its end is waited for
                log.exception("the import said what it never does")
                process.kill()
            listener.join()
        if ended.counts is None and not self._cancelled:
            error = "".join(complaints)[-MOST_ERROR:].strip()
            log.warning("the import ended with %s: %s", process.returncode, error)
            ended = Ended(None, (), error)
        self.done(ended)

    def _heard(self, line: str) -> Ended | None:
        told = json.loads(line)
        if told["event"] == "progress":
            phase = Phase(told["phase"])
            self.tell(Progress(phase, told["done"], told["read"], told["refused"]))
            return None
        names = ("read", "accepted", "updated", "unchanged", "duplicates")
        counts = Counts(
            *(told[name] for name in names),
            refused=told["refused_rows"],
            removed=told["removed_rows"],
            former=told["former_rows"],
        )
        reasons = tuple(Reason(**reason) for reason in told["refused"])
        return Ended(counts, reasons, left=left_rows(told))


def _hear(process: "subprocess.Popen[str]", complaints: deque[str]) -> None:
    complaints.extend(process.stderr or ())
