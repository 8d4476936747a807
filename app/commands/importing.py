"""``import assets FILE``: products of a file into the register; what is refused is told by row."""

import hashlib
import signal
import sys
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.commands.console import (
    CommandFailedError,
    answer,
    event,
    parser_of,
    readable,
    speak,
    words_of,
)
from app.commands.homes import opened
from app.commands.import_left_out import left_out_document, left_out_lines
from app.services.importing import Counts, ImportCancelledError, ImportFile, LeftOut, Progress

if TYPE_CHECKING:
    from datetime import date

    from app.bootstrap import Home
    from app.data.imports import Batch, Mapping, Refusal, Refused, Table
    from app.texts import Texts

MOST_TOLD: Final = 10_000
"""Reasons that the answer lists; the file of refused rows has every one."""
NOBODY: Final = "bench"
"""Who imported, where nobody says."""
_BLOCK: Final = 2**20


def run(words: Sequence[str]) -> int:
    """Import a file; 1 where nothing of it could be taken, or it was cancelled."""
    args = _parser().parse_args(words)
    from app.data.imports import ImportFileError, MappingError

    with opened(args.badge) as home, stopped_by_hand() as stopped:
        importing = _Importing(home, args, stopped)
        try:
            importing.run()
        except ImportFileError as error:
            raise CommandFailedError(f"import.file.{error.code}", detail=error.detail) from error
        except MappingError as error:
            key = f"import.mapping.{error.code}"
            raise CommandFailedError(key, field=error.field, detail=error.detail) from error
        except ImportCancelledError as error:
            raise CommandFailedError("import.cancelled") from error
    return 0


def _parser() -> ArgumentParser:
    texts = words_of()
    parser = parser_of("import")
    parser.add_argument("register", choices=("assets",))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--mapping", metavar="NAME|FILE", help=texts.say("import.help.mapping"))
    parser.add_argument("--dry-run", action="store_true", help=texts.say("import.help.dry_run"))
    parser.add_argument(
        "--refused", type=Path, metavar="FILE", help=texts.say("import.help.refused")
    )
    parser.add_argument("--encoding", help=texts.say("import.help.encoding"))
    parser.add_argument("--delimiter", help=texts.say("import.help.delimiter"))
    parser.add_argument("--sheet", help=texts.say("import.help.sheet"))
    parser.add_argument("--heading-row", type=int, help=texts.say("import.help.heading_row"))
    parser.add_argument(
        "--badge", type=readable, metavar="NUMBER", help=texts.say("import.help.badge")
    )
    parser.add_argument(
        "--bring-back", action="store_true", help=texts.say("import.help.bring_back")
    )
    parser.add_argument("--events", action="store_true", help=texts.say("import.help.events"))
    return parser


@contextmanager
def stopped_by_hand() -> Generator[threading.Event]:
    """Ctrl+C asks the import to end; a second one ends the program."""
    stopped = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return

    def stop(number: int, _frame: object) -> None:
        stopped.set()
        signal.signal(number, before[number])

    before: dict[int, Any] = {
        number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass(slots=True)
class _Importing:
    """One import at the command line."""

    home: "Home"
    args: Namespace
    stopped: threading.Event
    reasons: "list[Refusal]" = field(default_factory=list["Refusal"])
    shown: int = -1

    def run(self) -> None:
        """Import the file, and tell what became of it."""
        from app.data.imports import fit

        path: Path = self.args.file
        table = self._table(path)
        mapping = self._mapping(table)
        today = self._today()
        fitted = fit(table, mapping, today)
        file = ImportFile(path.name, _digest(path), mapping.name, self._actor())
        store = self.home.store
        importing = store.importing(self._tell, self.stopped.is_set)
        batches = self._batches(table, mapping, today)
        counts = importing.run(
            file,
            batches,
            fitted.gives,
            clears=fitted.clears,
            dry=self.args.dry_run,
            brings_back=self.args.bring_back,
        )
        refused = self._write_refused(table, mapping, today) if counts.refused else None
        self._answer(mapping.name, counts, refused, importing.left_out)

    def _table(self, path: Path) -> "Table":
        from app.data.imports import Options, known_headings, open_table, own_mappings, presets

        args = self.args
        known = known_headings((*presets(), *own_mappings(self.home.settings.home)))
        options = Options(args.encoding, args.delimiter, args.sheet, args.heading_row)
        return open_table(path, options=options, known=known)

    def _mapping(self, table: "Table") -> "Mapping":
        """The mapping that is named, else the one that fits best."""
        from app.data.imports import (
            detect,
            mapping_named,
            own_mappings,
            presets,
            read_mapping,
        )

        wanted: str | None = self.args.mapping
        if wanted is None:
            fits = detect(table.headings, (*presets(), *own_mappings(self.home.settings.home)))
            if not fits or not fits[0].is_usable:
                raise CommandFailedError("import.no_fit", file=self.args.file.name)
            return fits[0].mapping
        if wanted.endswith(".toml") or "/" in wanted:
            return read_mapping(Path(wanted))
        return mapping_named(self.home.settings.home, wanted)

    def _actor(self) -> str:
        """Whom the journal names.

        Raises:
            CommandFailedError: Nobody has the badge.
        """
        badge: str | None = self.args.badge
        if badge is None:
            return NOBODY
        with self.home.store.reading() as reader:
            person = reader.person_by_badge(badge)
        if person is None:
            raise CommandFailedError("feedback.badge_unknown", badge=badge)
        return f"person:{person.id}"

    def _today(self) -> "date":
        with self.home.store.reading() as reader:
            return self.home.rules(reader).today

    def _batches(self, table: "Table", mapping: "Mapping", today: "date") -> "Iterator[Batch]":
        from app.data.imports import rows

        for batch in rows(table, mapping, today):
            for refused in batch.refused:
                if len(self.reasons) < MOST_TOLD:
                    self.reasons.extend(refused.reasons)
            yield batch

    def _write_refused(self, table: "Table", mapping: "Mapping", today: "date") -> Path | None:
        """Write what was refused: the file is read once more, so that memory stays bounded."""
        from app.data.imports import rows, write_refused

        target: Path | None = self.args.refused
        if target is None:
            return None

        def refused() -> "Iterator[Refused]":
            for batch in rows(table, mapping, today):
                yield from batch.refused

        write_refused(target, table, refused(), words_of())
        return target

    def _tell(self, progress: Progress) -> None:
        if self.args.events:
            told = {"phase": progress.phase.value, "done": round(progress.done, 3)}
            event({"event": "progress", **told, "read": progress.read, "refused": progress.refused})
            return
        percent = int(progress.done * 100)
        if percent != self.shown and sys.stderr.isatty():
            self.shown = percent
            said = words_of().say(f"import.phase.{progress.phase.value}")
            with suppress(OSError):
                sys.stderr.write(f"\r\x1b[K{percent:3} %  {said}")
                sys.stderr.flush()

    def _answer(self, mapping: str, counts: Counts, refused: Path | None, left: LeftOut) -> None:
        texts = words_of()
        with self.home.store.reading() as reader:
            left_out = left_out_document(left, counts, reader.organisation().time_zone)
        if sys.stderr.isatty() and self.shown >= 0:
            speak("\r\x1b[K")
        document = document_of(counts, self.reasons[:MOST_TOLD])
        document |= left_out | {"mapping": mapping, "dry_run": self.args.dry_run}
        document["refused_file"] = None if refused is None else str(refused)
        if self.args.events:
            event({"event": "done", **document})
            return
        lines = (*self._lines(texts, counts, refused), *left_out_lines(left_out, counts, texts))
        answer(document, as_json=self.args.json, text="\n".join(lines))

    def _lines(self, texts: "Texts", counts: Counts, refused: Path | None) -> Iterator[str]:
        from app.data.imports import reason

        yield texts.say(
            "import.dry" if self.args.dry_run else "import.done",
            read=counts.read,
            accepted=counts.accepted,
            updated=counts.updated,
            unchanged=counts.unchanged,
            duplicates=counts.duplicates,
            refused=counts.refused,
        )
        for each in self.reasons[:_ON_SCREEN]:
            yield texts.say("import.row", row=each.row, reason=reason(each, texts))
        if len(self.reasons) > _ON_SCREEN:
            yield texts.say("import.more", count=counts.refused)
        if refused is not None:
            yield texts.say("import.refused_file", path=refused)


_ON_SCREEN: Final = 20
"""Reasons that a person reads without asking for the file."""


def document_of(counts: Counts, reasons: "Sequence[Refusal]") -> dict[str, object]:
    """The answer as JSON (design, section 7)."""
    return {
        "read": counts.read,
        "accepted": counts.accepted,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "duplicates": counts.duplicates,
        "refused_rows": counts.refused,
        "refused": [
            {"row": one.row, "column": one.column, "code": one.code, "value": one.value}
            | ({} if one.other is None else {"other": one.other})
            for one in reasons
        ],
    }


def _digest(path: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        CommandFailedError: It cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        detail = f"{path.name}: {error.strerror}"
        raise CommandFailedError("import.file.unreadable", detail=detail) from error
    return digest.hexdigest()
