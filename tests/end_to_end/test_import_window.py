"""The import as the window does it: the real port, a real file, the real store, its own process."""

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pytest

from app.commands.window_import import WindowImport
from app.services.import_sight import (
    FileAsk,
    ImportSight,
    Order,
    PreviewSight,
    RunKind,
    RunSight,
    RunState,
    SavedSight,
    UnreadableSight,
)
from app.services.importing import Phase
from app.settings import Settings, load_settings
from app.station import Station
from app.texts import Language
from tests.end_to_end.programs import Home
from tests.end_to_end.quiet import Quiet

FILE: Final = (
    "Nummer;Vad;Till vem;Köpt\n"
    "SERNUM12345;MacBook Air;Åsa;2025-03-01\n"
    "SERNUM12346;iPad 10;Bo;2025-03-02\n"
    "SERNUMO2347;iPad 10;Carl;2025-13-45\n"
)
LEAD: Final = "1004"
MANY: Final = 60_000
PATIENCE: Final = 120


@dataclass
class Desk:
    """A bench with somebody at the import's screen."""

    home: Home
    settings: Settings
    station: Station
    told: Quiet
    port: WindowImport
    lead: str
    sights: "queue.SimpleQueue[ImportSight]" = field(default_factory=queue.SimpleQueue)

    def look(self, ask: FileAsk) -> ImportSight:
        self.port.preview(ask, self.sights.put)
        return self.sights.get(timeout=PATIENCE)

    def seen(self, ask: FileAsk) -> PreviewSight:
        sight = self.look(ask)
        assert isinstance(sight, PreviewSight)
        return sight

    def save(self, ask: FileAsk, name: str) -> ImportSight:
        self.port.save_mapping(ask, name, self.sights.put)
        return self.sights.get(timeout=PATIENCE)

    def begin(self, ask: FileAsk, kind: RunKind, target: Path | None = None) -> None:
        self.port.begin(Order(kind, ask, self.lead, "sv", target), self.sights.put)

    def told_until(self, holds: Callable[[RunSight], bool]) -> list[RunSight]:
        """What is told, up to what is waited for."""
        heard: list[RunSight] = []
        while not heard or not holds(heard[-1]):
            sight = self.sights.get(timeout=PATIENCE)
            assert isinstance(sight, RunSight)
            heard.append(sight)
        return heard

    def end(self) -> RunSight:
        return self.told_until(lambda sight: sight.state is not RunState.RUNNING)[-1]

    def go(self, ask: FileAsk, kind: RunKind, target: Path | None = None) -> RunSight:
        self.begin(ask, kind, target)
        return self.end()


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    with home.store() as store, store.reading() as reader:
        person = reader.person_by_badge(LEAD)
    assert person is not None
    settings = load_settings(home.path)
    told = Quiet()
    station = Station(settings, told, lambda: "", lambda: Language.SWEDISH)
    port = WindowImport(settings, lambda: station, lambda: "")
    station.start()
    told.opened.get(timeout=PATIENCE)
    yield Desk(home, settings, station, told, port, person.id)
    station.close()
    port.close()
    assert told.faults == []


def counted(sight: RunSight) -> tuple[int, ...]:
    counts = sight.counts
    assert counts is not None, sight.problem
    return (counts.read, counts.accepted, counts.updated, counts.unchanged, counts.refused)


def test_a_file_of_ones_own_is_mapped_checked_imported_and_its_refused_rows_mended(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "våra produkter.csv"
    path.write_text(FILE, encoding="cp1252")
    seen = desk.seen(FileAsk(path))
    assert seen.problem is not None
    assert seen.problem.key == "import_screen.no_serial"
    assert (seen.encoding, seen.delimiter) == ("cp1252", ";")
    by_hand = FileAsk(path, "plain", ((0, "serial"), (1, "model"), (2, "holder"), (3, "bought_on")))
    seen = desk.seen(by_hand)
    assert seen.problem is None
    assert [one.field for one in seen.columns] == ["serial", "model", "holder", "bought_on"]
    assert [(one.row, one.at) for row in seen.rows for one in row.reasons] == [(4, 0), (4, 3)]
    assert desk.save(by_hand, "Våra egna") == SavedSight("våra egna")
    own = desk.seen(FileAsk(path))
    assert (own.mapping.name, own.problem) == ("våra egna", None)
    ask = own.ask

    assert counted(desk.go(ask, RunKind.CHECK)) == (3, 2, 0, 0, 1)
    assert counted(desk.go(ask, RunKind.IMPORT)) == (3, 2, 0, 0, 1)
    desk.told.opened.get(timeout=PATIENCE)  # what is shown is painted anew
    told = desk.home.told("asset", "SERNUM12345")["asset"]
    assert (told["model"], told["holder"]) == ("MacBook Air", "Åsa")

    mend = tmp_path / "rätta.csv"
    assert desk.go(ask, RunKind.REFUSED, mend).state is RunState.DONE
    text = mend.read_text("utf-8-sig")
    assert "Varför inte" in text  # in the language of the window
    mend.write_text(text.replace("NUMO2347", "NUM02347").replace("13-45", "12-05"), "utf-8")
    assert counted(desk.go(FileAsk(mend), RunKind.IMPORT)) == (1, 1, 0, 0, 0)
    assert counted(desk.go(ask, RunKind.IMPORT)) == (3, 0, 0, 2, 1)
    with desk.home.store() as store, store.reading() as reader:
        head = reader.head()
    assert head is not None
    assert head.actor == f"person:{desk.lead}"


def test_a_cancelled_import_leaves_the_register_as_it_was(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    lines = (f"SERN{number:07},iPad 10" for number in range(MANY))
    path.write_text("\n".join(("Serial,Model", *lines)), encoding="utf-8")
    ask = FileAsk(path)
    desk.begin(ask, RunKind.IMPORT)
    heard = desk.told_until(lambda sight: sight.progress is not None)
    assert heard[-1].progress is not None
    assert heard[-1].progress.phase is Phase.READING
    desk.begin(ask, RunKind.CHECK)
    busy = desk.told_until(lambda sight: sight.order.kind is RunKind.CHECK)[-1]
    assert busy.problem is not None
    assert busy.problem.key == "import_screen.failed.busy"
    desk.port.cancel()
    assert desk.end().state is RunState.CANCELLED
    assert counted(desk.go(ask, RunKind.CHECK)) == (MANY, MANY, 0, 0, 0)


def test_only_a_lead_imports(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    path.write_text("Serial\nSERNUM12345\n", encoding="utf-8")
    nobody = replace(desk, lead="gone")
    sight = nobody.go(FileAsk(path), RunKind.IMPORT)
    assert sight.problem is not None
    assert sight.problem.key == "import_screen.failed.lead_only"


def test_what_cannot_be_imported_says_why(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    gone = desk.look(FileAsk(path))
    assert isinstance(gone, UnreadableSight)
    assert gone.problem.key == "import.file.unreadable"
    failed = desk.go(FileAsk(path), RunKind.IMPORT)
    assert failed.problem is not None
    assert failed.problem.key == "import.file.unreadable"
    path.write_text("Serial\nSERNUM12345\n", encoding="utf-8")
    written = desk.go(FileAsk(path), RunKind.REFUSED, path)
    assert written.problem is not None
    assert written.problem.key == "import_screen.failed.same_file"
    bad = desk.save(FileAsk(path), "?")
    assert isinstance(bad, SavedSight)
    assert bad.problem is not None
    assert bad.problem.key == "import.mapping.bad_name"
    nowhere = desk.go(FileAsk(path), RunKind.REFUSED, tmp_path / "no" / "where.csv")
    assert nowhere.state is RunState.DONE  # there is nothing to write
    path.write_text("Serial\nSERNUM1\n", encoding="utf-8")
    nowhere = desk.go(FileAsk(path), RunKind.REFUSED, path / "where.csv")
    assert nowhere.problem is not None
    assert "where.csv" in nowhere.problem.text


def test_closing_the_window_ends_an_import(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    lines = (f"SERN{number:07},iPad 10" for number in range(MANY))
    path.write_text("\n".join(("Serial,Model", *lines)), encoding="utf-8")
    desk.begin(FileAsk(path), RunKind.IMPORT)
    desk.told_until(lambda sight: sight.progress is not None)
    desk.port.close()
    assert desk.end().state is RunState.CANCELLED


def test_whoever_imports_types_their_pin_where_one_is_demanded(desk: Desk, tmp_path: Path) -> None:
    """The process of the import checks it, as the command line does."""
    path = tmp_path / "products.csv"
    path.write_text("Serial\nSERNUM12345\n", encoding="utf-8")
    settings = desk.home.path / "settings.toml"
    before = settings.read_text("utf-8") if settings.exists() else ""
    settings.write_text(f'pin_required = "lead"\n{before}', encoding="utf-8")
    assert desk.go(FileAsk(path), RunKind.CHECK).state is RunState.DONE
    order = Order(RunKind.IMPORT, FileAsk(path), desk.lead, "en")
    desk.port.begin(order, desk.sights.put, "4711")
    refused = desk.end()
    assert refused.state is RunState.FAILED
    assert refused.problem is not None
    assert "PIN" in refused.problem.text
