"""The import of products as the window reaches it: a look at the file, mappings, the import.

What takes long is done in threads, and the whole file is gone through by a process of its own.
What it needs is imported when it is first asked.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from datetime import date

    from app.commands.window_import_run import Run
    from app.domain.people import Person
    from app.services.import_sight import FileAsk, ImportSight, Order, Problem, RunSight
    from app.services.ports import Reader, StoreFaultError
    from app.services.session import Rules
    from app.settings import Settings
    from app.station import Station

    Told = Callable[[ImportSight], None]

T = TypeVar("T")
log = logging.getLogger("repair_bench.importing")


class WindowImport:
    """What the import's screen asks for; every call returns at once.

    Args:
        settings: Of the home.
        station: The bench, once there is one.
        passphrase: What opens the home where its key comes from a passphrase, else empty: the
            import's process opens it by itself.
    """

    def __init__(
        self,
        settings: "Settings",
        station: "Callable[[], Station | None]",
        passphrase: Callable[[], str],
    ) -> None:
        self._settings = settings
        self._station = station
        self._passphrase = passphrase
        self._newest: FileAsk | None = None
        self._run: Run | None = None
        self._work: list[threading.Thread] = []

    # ------------------------------------------------------------------
    # A look at the file
    # ------------------------------------------------------------------

    def preview(self, ask: "FileAsk", told: "Told") -> None:
        """Read the first rows of a file, unless another look at one is asked for."""
        self._newest = ask
        self._start("import preview", lambda: self._preview(ask, told))

    def _preview(self, ask: "FileAsk", told: "Told") -> None:
        from app.services.import_sight import Problem, UnreadableSight
        from app.services.ports import StoreFaultError

        try:
            today = self._asked(_today)
            from app.commands.window_import_preview import preview_of

            sight = preview_of(self._settings.home, ask, today)
        except StoreFaultError as fault:
            sight = UnreadableSight(ask, _of_fault(fault))
        except Exception:
            log.exception("%s could not be looked at", ask.path)
            sight = UnreadableSight(ask, Problem("import_screen.failed.look"))
        if ask is self._newest:
            told(sight)

    def _asked(self, question: "Callable[[Reader, Rules], T]") -> "T":
        """The answer to a question, beside the thread in which scans are written.

        Raises:
            StoreFaultError: ``missing``: the store is not open, or it cannot be read.
        """
        from app.services.ports import StoreFaultError

        station = self._station()
        if station is None:
            raise StoreFaultError("missing")
        with closing(station.onlook()) as onlooker, onlooker.reading() as reader:
            return question(reader, station.bench.rules(reader))

    def save_mapping(self, ask: "FileAsk", name: str, told: "Told") -> None:
        """Save how a file's columns are read, by a name."""
        self._start("import mapping", lambda: self._save(ask, name, told))

    def _save(self, ask: "FileAsk", name: str, told: "Told") -> None:
        from app.commands.window_import_preview import problem_of, saved_mapping
        from app.data.imports import ImportFileError, MappingError, save_mapping
        from app.services.import_sight import SavedSight

        home = self._settings.home
        try:
            mapping = saved_mapping(home, ask, name)
            save_mapping(home, mapping)
        except (ImportFileError, MappingError) as error:
            told(SavedSight(name, problem_of(error)))
            return
        told(SavedSight(mapping.name))

    # ------------------------------------------------------------------
    # The whole file
    # ------------------------------------------------------------------

    def needs_pin(self) -> bool:
        """Whether whoever imports types their PIN."""
        from app.domain.pins import PinRequired

        return self._settings.pin_of_whom is not PinRequired.NEVER

    def begin(self, order: "Order", told: "Told", pin: str = "") -> None:
        """Go through a whole file; one at a time. The PIN is kept nowhere."""
        from app.commands.window_import_run import Run, failed
        from app.services.import_sight import Problem

        if self._run is not None and not self._run.is_over:
            told(failed(order, Problem("import_screen.failed.busy")))
            return
        self._run = run = Run(self._settings, order, self._passphrase(), monotonic)
        self._start("import order", lambda: self._go(run, pin, told))

    def _go(self, run: "Run", pin: str, told: "Told") -> None:
        from app.commands.window_import_run import failed
        from app.services.import_sight import Problem
        from app.services.ports import StoreFaultError

        def tell(sight: "RunSight") -> None:
            self._tell(run, sight, told)

        order = run.order
        try:
            person = self._asked(lambda reader, _: _lead(reader, order.person_id))
            if person is None:
                tell(failed(order, Problem("import_screen.failed.lead_only")))
            else:
                run.follow(person.badge, pin, tell)
        except StoreFaultError as fault:
            tell(failed(order, _of_fault(fault)))
        except Exception:
            log.exception("the import of %s failed", order.ask.path)
            tell(failed(order, Problem("import_screen.failed.crashed")))

    def cancel(self) -> None:
        """End what runs; the register stays as it was."""
        if self._run is not None:
            self._run.cancel()

    def close(self) -> None:
        """The window is gone: end what runs, and wait for its end."""
        self.cancel()
        for each in self._work:
            each.join()

    def _tell(self, run: "Run", sight: "RunSight", told: "Told") -> None:
        """Hand on how it stands; what is in the register now is shown and sent."""
        from app.services.import_sight import RunKind, RunState

        run.is_over = sight.state is not RunState.RUNNING
        told(sight)
        station = self._station()
        imported = sight.order.kind is RunKind.IMPORT and sight.state is RunState.DONE
        if imported and station is not None:
            station.bench.refresh()
            station.sync_now()

    def _start(self, name: str, work: Callable[[], None]) -> threading.Thread:
        self._work = [each for each in self._work if each.is_alive()]
        thread = threading.Thread(target=work, name=name)
        self._work.append(thread)
        thread.start()
        return thread


def _today(reader: "Reader", rules: "Rules") -> "date":
    del reader
    return rules.today


def _lead(reader: "Reader", person_id: str) -> "Person | None":
    """Who imports; None where they may not."""
    from app.services.import_access import may_import

    return reader.person(person_id) if may_import(reader, person_id) else None


def _of_fault(fault: "StoreFaultError") -> "Problem":
    """What keeps the bench from being asked."""
    from app.services.import_sight import Problem

    is_open = fault.code != "missing"
    return Problem(f"fault.{fault.code}" if is_open else "import_screen.failed.no_store")
