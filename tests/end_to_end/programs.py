"""Repair Bench from outside: its command line in processes of their own, over homes on the disk.

What a bench without a window tells is collected line by line, so that a test waits for what was
announced and never for the clock. A bench that ends before that fails the test with its complaints.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Self
from uuid import UUID

from app.bootstrap import SystemClock, SystemIds
from app.data.keys import KeyPlace
from app.data.opening import open_store
from app.data.store import LocalStore
from app.domain.frames import Frame
from app.domain.journal import Entry

PROGRAM = (sys.executable, "-m", "app")
ROOT = Path(__file__).parents[2]
ENGLISH = "en_US.UTF-8"
SWEDISH = "sv_SE.UTF-8"
DEFECTS = ("Traceback", "Error:", "Exception in thread", "Warning:")
"""What no message to a person contains."""

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        """The one JSON document that is on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Home:
    """A bench's home, and its command line.

    Attributes:
        path: The folder.
        extra: What its environment has besides.
        prefix: A program that runs ours with less than it would have.
    """

    path: Path
    extra: tuple[tuple[str, str], ...] = ()
    prefix: tuple[str, ...] = ()

    def environ(self, language: str = ENGLISH, **more: str) -> dict[str, str]:
        """The environment of a program at this bench."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
        here = {"REPAIR_BENCH_HOME": str(self.path), "LANG": language, "PYTHONPATH": str(ROOT)}
        return {**kept, **here, **dict(self.extra), **more}

    def run(self, *words: str, language: str = ENGLISH, **more: str) -> Told:
        """Run a command to its end, without a terminal."""
        done = subprocess.run(
            [*self.prefix, *PROGRAM, *words],
            env=self.environ(language, **more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return Told(done.returncode, done.stdout, done.stderr)

    def told(self, *words: str) -> Any:  # noqa: ANN401 - JSON
        """Run a command that must succeed without a word on standard error; its JSON."""
        told = self.run(*words, "--json")
        assert told.code == 0, told.err
        assert told.err == ""
        return told.json

    def refused(self, *words: str, language: str = ENGLISH, **more: str) -> str:
        """Run a command that must fail; what it says, which is for a person."""
        told = self.run(*words, language=language, **more)
        assert told.code == 1, (told.out, told.err)
        assert told.out == ""
        return plain(told.err)

    def copy_to(self, path: Path) -> Self:
        """The same home at another place."""
        shutil.copytree(self.path, path)
        return replace(self, path=path)

    @property
    def database(self) -> Path:
        return self.path / "bench.db"

    @property
    def key(self) -> bytes:
        """The key of a home whose key lies in a file."""
        return KeyPlace(self.path).load()

    @contextmanager
    def store(self) -> Generator[LocalStore]:
        """Its store, opened by this process."""
        with open_store(self.database, self.key, SystemClock(), SystemIds()) as store:
            yield store

    def recorded(self, events: Sequence[Event]) -> list[tuple[Entry, Frame]]:
        """The entry and the frame of each event that announced one."""
        found: list[tuple[Entry, Frame]] = []
        with self.store() as store:
            for event in events:
                entry_id = UUID(event["entry"])
                with store.reading() as reader:
                    entry = reader.entry(entry_id)
                frame = store.frame(entry_id)
                assert entry is not None, event
                assert frame is not None, event
                found.append((entry, frame))
        return found

    def frames(self) -> list[str]:
        """The entry and the bytes of every frame on record, by the store's own words."""
        with self.store() as store, store.database.reading() as connection:
            kept = "SELECT id, frame_raw FROM entries WHERE frame_raw IS NOT NULL"
            rows = connection.execute(kept)
            return [f"{UUID(bytes=entry)} {raw.hex()}" for entry, raw in rows]


def plain(message: str) -> str:
    """A message for a person: something, and nothing of the program's inside."""
    assert message.strip()
    for word in DEFECTS:
        assert word not in message, message
    return message


def is_committed(event: Event) -> bool:
    """Whether an event tells of something that was recorded."""
    return "entry" in event


@dataclass
class RunningBench:
    """A `repair-bench bench` and everything that it has said so far."""

    process: subprocess.Popen[str]
    events: list[Event] = field(default_factory=list[Event])
    _said: list[str] = field(default_factory=list[str])
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _ended: bool = False

    def __post_init__(self) -> None:
        self._listeners = [
            threading.Thread(target=self._hear, args=args, name=f"listener {number}")
            for number, args in enumerate(
                ((self.process.stdout, self._announced), (self.process.stderr, self._said.append))
            )
        ]
        for each in self._listeners:
            each.start()

    def _hear(self, stream: IO[str], keep: Callable[[str], None]) -> None:
        with stream:
            for line in stream:
                with self._changed:
                    keep(line)
                    self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _announced(self, line: str) -> None:
        if line.endswith("\n"):  # a killed bench may leave half a line
            self.events.append(json.loads(line))

    def wait_until(self, holds: Callable[[list[Event]], bool]) -> None:
        """Wait until what it announced makes something true."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or holds(self.events))
            assert holds(self.events), (self.events[-5:], self.complaints())

    def wait_until_ready(self, devices: int = 2, times: int = 1) -> None:
        """Wait until so many devices are read, each for that many times."""

        def ready(events: list[Event]) -> bool:
            return sum(each.get("state") == "ready" for each in events) >= devices * times

        self.wait_until(ready)

    def committed(self) -> list[Event]:
        """What it announced as recorded, in order."""
        with self._changed:
            return [each for each in self.events if is_committed(each)]

    def wait_for(self, count: int) -> list[Event]:
        """Wait until so many things were announced as recorded."""
        self.wait_until(lambda events: sum(map(is_committed, events)) >= count)
        return self.committed()

    def states(self, device: str) -> list[str]:
        """The states of a device, in order."""
        with self._changed:
            return [
                each["state"]
                for each in self.events
                if each["device"] == device and "state" in each
            ]

    def complaints(self) -> str:
        """What it wrote to standard error so far."""
        with self._changed:
            return "".join(self._said)

    def wait_until_complaint(self, words: str) -> None:
        """Wait until it says something on standard error."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or words in self.complaints())
            assert words in self.complaints()

    def end(self, number: signal.Signals | None = signal.SIGTERM) -> int:
        """Send a signal, or only wait for its own end; its exit code."""
        if number is not None and self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait()
        for each in self._listeners:
            each.join()
        return code

    @property
    def peak_kib(self) -> int:
        """The most memory that it has held so far, in KiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(status.partition("VmHWM:")[2].split()[0])


@contextmanager
def running_bench(home: Home, *words: str, language: str = ENGLISH) -> Generator[RunningBench]:
    """A bench without a window that is ended with the block, whatever happens in it."""
    bench = RunningBench(
        subprocess.Popen(
            [*home.prefix, *PROGRAM, "bench", *words],
            env=home.environ(language),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    )
    try:
        yield bench
    finally:
        bench.end(signal.SIGKILL)
