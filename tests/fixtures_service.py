"""The real account service for tests: a process of its own on loopback, over a real SQLite file.

`service` is shared by a whole run: take an organisation of your own. `own_service` is the test's
alone, to stop, kill and start again.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from secrets import token_bytes
from typing import Any

import pytest

from account_service.clock import system_clock
from account_service.services import organisations
from account_service.services.enrolling import issue_code
from account_service.store.database import Database, open_database
from account_service.store.schema import upgrade

_PROGRAM = (sys.executable, "-m", "account_service")


@dataclass
class RunningService:
    """An account service, or the database of one that is stopped."""

    folder: Path
    extra: tuple[str, ...] = ()
    url: str = ""
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def database(self) -> Path:
        return self.folder / "account.db"

    def start(self) -> None:
        """Start it and wait until it listens."""
        with (self.folder / "stderr.txt").open("a") as errors:
            self._process = subprocess.Popen(
                [*_PROGRAM, "serve", "--port", "0", "--database", str(self.database), *self.extra],
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the service did not start: {self.complaints()}"
        said = json.loads(line)
        assert said["event"] == "listening"
        self.url = said["url"]

    def stop(self) -> int:
        """End it as an operator does; its exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """End it as a power cut does."""
        return self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        assert process.stdout is not None
        with process.stdout:
            process.send_signal(number)
            return process.wait()

    def complaints(self) -> str:
        """What it wrote to standard error so far."""
        with contextlib.suppress(FileNotFoundError):
            return (self.folder / "stderr.txt").read_text()
        return ""

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of its commands on the same database."""
        return subprocess.run(
            [*_PROGRAM, *arguments],
            env={**os.environ, "ACCOUNT_SERVICE_DATABASE": str(self.database)},
            capture_output=True,
            text=True,
            check=False,
        )

    def told(self, *arguments: str) -> dict[str, Any]:
        """Run a command that must succeed; its JSON."""
        done = self.command(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def organisation(self, name: str = "Skolan") -> str:
        """Add an organisation; its id."""
        with self.opened() as database:
            row = organisations.add(database, name, now=system_clock(), random=token_bytes)
        return row.organisation_id

    def code(self, organisation: str) -> str:
        """A fresh enrolment code."""
        hour = timedelta(hours=1)
        with self.opened() as database:
            issued = issue_code(
                database, organisation, valid=hour, now=system_clock(), random=token_bytes
            )
        return issued.code

    @contextlib.contextmanager
    def opened(self) -> Generator[Database]:
        """Its database, as one of its commands would open it, without the cost of a process."""
        database = open_database(str(self.database))
        try:
            upgrade(database)
            yield database
        finally:
            database.close()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """One service for the whole run."""
    running = RunningService(tmp_path_factory.mktemp("service"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[RunningService]:
    """A service of the test's own."""
    folder = tmp_path / "service"
    folder.mkdir()
    running = RunningService(folder)
    running.start()
    yield running
    running.stop()
