"""One go through a whole file for the window: checked, imported, or its refused rows written."""

import logging
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.commands.import_process import Ended, ImportProcess, Wanted, own_program
from app.commands.window_import_preview import mapping_of, problem_of, refusal_problem, table_of
from app.data.imports import ImportFileError, MappingError, save_mapping
from app.services.import_sight import (
    WHOLE_ROW,
    FileAsk,
    Order,
    Problem,
    Reason,
    RunKind,
    RunSight,
    RunState,
)
from app.services.importing import Phase, Progress
from app.ui.overriding import override

if TYPE_CHECKING:
    from app.settings import Settings

log = logging.getLogger("repair_bench.importing")

MOST_SHOWN: Final = 200
"""Reasons that the screen shows; the file of refused rows has every one."""
_BY_HAND: Final = "by hand"
_LOCALES: Final = {"sv": "sv_SE.UTF-8", "en": "en_US.UTF-8"}


@dataclass(frozen=True)  # with slots the class would be made anew, and `super` would not find it
class _Read(Wanted):
    """What is to be imported, and how the file is read."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""

    @override
    def words(self) -> tuple[str, ...]:
        """The command line."""
        told = {
            "--encoding": self.encoding,
            "--delimiter": self.delimiter,
            "--sheet": self.sheet,
        }
        more = (f"{name}={value}" for name, value in told.items() if value)
        return (*super().words(), *more)


@dataclass
class _Spoken(ImportProcess):
    """An import that speaks the window's language."""

    language: str = ""

    @override
    def _environment(self) -> dict[str, str]:
        return {**super()._environment(), "LC_ALL": _LOCALES[self.language]}


class Run:
    """One go through a whole file.

    Args:
        settings: Of the home.
        order: What is wanted.
        passphrase: What opens the home where its key comes from a passphrase, else empty.
        monotonic: Seconds that never go back, for the rate.
        program: What runs the command line.

    Attributes:
        order: What is wanted.
        is_over: Whether its end was told.
    """

    def __init__(
        self,
        settings: "Settings",
        order: Order,
        passphrase: str,
        monotonic: Callable[[], float],
        program: Sequence[str] | None = None,
    ) -> None:
        self.order = order
        self.is_over = False
        self._settings = settings
        self._passphrase = passphrase
        self._monotonic = monotonic
        self._program = program if program is not None else own_program()
        self._gate = threading.Lock()
        self._stopped = False
        self._process: ImportProcess | None = None

    def cancel(self) -> None:
        """End it; the register stays as it was."""
        with self._gate:
            self._stopped = True
            if self._process is not None:
                self._process.cancel()

    def follow(self, badge: str, pin: str, told: Callable[[RunSight], None]) -> None:
        """Do it, and wait for its end; the end is told last.

        Args:
            badge: Of who wants it.
            pin: Theirs, where one is demanded.
            told: Is told how it stands, from several threads.
        """
        order = self.order
        if order.target is not None and order.target.resolve() == order.ask.path.resolve():
            told(failed(order, Problem("import_screen.failed.same_file")))
            return
        with tempfile.TemporaryDirectory(prefix="repair-bench-") as folder:
            try:
                mapping = self._mapping(Path(folder))
                ended = self._ended(_wanted(order, mapping, badge, pin), told)
            except (ImportFileError, MappingError) as error:
                told(failed(order, problem_of(error)))
            except OSError as error:
                reason = (("reason", error.strerror or str(error)),)
                told(failed(order, Problem("import_screen.failed.not_started", reason)))
            else:
                told(self._sight(ended))

    def _mapping(self, folder: Path) -> Path:
        """The mapping as it is used now, in a file: what was seen is what is imported."""
        home, ask = self._settings.home, self.order.ask
        mapping = mapping_of(home, ask, table_of(home, ask))
        if ask.fields is not None or ask.dates:
            mapping = replace(mapping, name=_BY_HAND)  # what the journal says of it
        return save_mapping(folder, mapping)

    def _ended(self, wanted: Wanted, told: Callable[[RunSight], None]) -> Ended:
        """Start it, and wait for its end."""
        began, start = RunSight(self.order, RunState.RUNNING), self._monotonic()
        ends: list[Ended] = []
        over = threading.Event()

        def moved(progress: Progress) -> None:
            passed = self._monotonic() - start
            reading = progress.phase is Phase.READING and passed > 0
            rate = int(progress.read / passed) if reading else 0
            told(replace(began, progress=progress, rate=rate))

        def done(ended: Ended) -> None:
            ends.append(ended)
            over.set()

        process = _Spoken(
            self._settings.home,
            wanted,
            moved,
            done,
            self._passphrase,
            self._program,
            language=self.order.language,
        )
        with self._gate:
            if self._stopped:
                return Ended(None)
            process.start()
            self._process = process
        over.wait()
        process.close()  # it has ended: its thread is joined
        return ends[0]

    def _sight(self, ended: Ended) -> RunSight:
        """What it came to."""
        if ended.counts is not None:
            reasons = (
                Reason(
                    one.row,
                    one.column,
                    WHOLE_ROW,
                    refusal_problem(one.code, one.value, one.other),
                )
                for one in ended.reasons[:MOST_SHOWN]
            )
            left = (
                Reason(one.row, "", WHOLE_ROW, Problem(f"import.left.{one.key}", one.fields))
                for one in ended.left[:MOST_SHOWN]
            )
            done = RunSight(self.order, RunState.DONE, counts=ended.counts)
            return replace(done, reasons=tuple(reasons), left=tuple(left))
        if self._stopped:
            return RunSight(self.order, RunState.CANCELLED)
        return failed(self.order, _complaint(ended.error))


def failed(order: Order, problem: Problem | None) -> RunSight:
    """It was not done."""
    return RunSight(order, RunState.FAILED, problem=problem)


def _complaint(text: str) -> Problem:
    """What the program said last, where it is a sentence for a person."""
    if not text or "Traceback" in text:
        return Problem("import_screen.failed.crashed")
    return Problem("", text=text.splitlines()[-1])


def _wanted(order: Order, mapping: Path, badge: str, pin: str) -> _Read:
    ask: FileAsk = order.ask
    imports = order.kind is RunKind.IMPORT
    return _Read(
        ask.path.absolute(),
        str(mapping),
        order.target.absolute() if order.target is not None else None,
        badge if imports else "",  # of what changes nothing the journal says nothing
        pin if imports else "",
        dry=not imports,
        brings_back=order.brings_back,
        encoding=ask.encoding,
        delimiter=ask.delimiter,
        sheet=ask.sheet,
    )
