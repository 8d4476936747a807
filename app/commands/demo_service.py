"""An account service of its own for the demo: a process on loopback with sample data."""

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.commands.console import CommandFailedError
from app.resources import resource

ORGANISATION: Final = "Norrviken kommun"
STOP_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class DemoService:
    """A running service.

    Attributes:
        url: Where it listens.
        code: A one-time code that enrols the demo's bench.
        database: Its SQLite file.
    """

    url: str
    code: str
    database: Path


@contextmanager
def demo_service(folder: Path) -> Generator[DemoService]:
    """Run a service with the sample organisation until the block ends.

    Raises:
        CommandFailedError: It did not start.
    """
    database = folder / "service.db"
    organisation = str(_ask(database, "organisation", "add", ORGANISATION)["id"])
    samples = resource("samples", "registers.jsonl")
    _ask(database, "import", "rows", str(samples), "--organisation", organisation)
    code = str(_ask(database, "bench", "enrol-code", organisation)["code"])
    command = _command("serve", "--until-input-ends", "--database", str(database), "--port", "0")
    log = (folder / "service.log").open("wb")
    pipe = subprocess.PIPE  # the service ends with whoever holds its input, even one that is killed
    with log, subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=log, text=True) as process:  # noqa: S603 - our own program
        try:
            yield DemoService(_url(process), code, database)
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "account_service", *words]


def _ask(database: Path, *words: str) -> dict[str, object]:
    command = _command(*words, "--database", str(database), "--json")
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    if done.returncode != 0:
        raise CommandFailedError("cli.demo_failed", reason=done.stderr.strip())
    return json.loads(done.stdout)


def _url(process: "subprocess.Popen[str]") -> str:
    """Where it listens, from the one line that it prints."""
    line = process.stdout.readline() if process.stdout is not None else ""
    try:
        return str(json.loads(line)["url"])
    except (ValueError, KeyError) as error:
        raise CommandFailedError("cli.demo_failed", reason=f"account-service: {line!r}") from error
