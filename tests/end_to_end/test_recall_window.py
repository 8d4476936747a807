"""The recall's board and its files as the window has them: the real bench, the real store."""

import queue
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pytest

from app.commands.window_office import WindowOffice
from app.domain.recall import ByLot
from app.services.office_sight import (
    Ask,
    Board,
    FileKind,
    FileSight,
    OfficeTold,
    RecallChoicesSight,
    RecallSight,
)
from app.services.recall_sight import RecallAsk, Suspect
from app.settings import load_settings
from app.station import Station
from app.texts import Language
from tests.end_to_end.programs import Home
from tests.end_to_end.quiet import Quiet

MAC: Final = "C02XK0ABJGH5"
BATTERY, KGB, KBB = "661-38402", "F8Y53MZJ42W6P2H94", "F5D547790KPG5NYAW"
ANNA: Final = ("--badge", "1001", "--json")
PATIENCE: Final = 120


@dataclass
class Lead:
    """Somebody at the boards of a bench where a repair was done."""

    home: Home
    office: WindowOffice
    number: str
    told: "queue.SimpleQueue[OfficeTold]" = field(default_factory=queue.SimpleQueue)

    def look(self, ask: Ask) -> OfficeTold:
        self.office.look(ask, self.told.put)
        return self.told.get(timeout=PATIENCE)

    def listed(self, asked: RecallAsk) -> RecallSight:
        sight = self.look(Ask(Board.RECALL, recall=asked))
        assert isinstance(sight, RecallSight)
        return sight

    def save(self, ask: Ask, kind: FileKind, language: Language) -> Path:
        self.office.save(ask, kind, language, self.told.put)
        sight = self.told.get(timeout=PATIENCE)
        assert isinstance(sight, FileSight)
        assert (sight.ask, sight.kind, sight.fault) == (ask, kind, "")
        assert sight.path is not None
        return sight.path


@pytest.fixture
def lead(home: Home) -> Iterator[Lead]:
    home.told("esd", "record", "--ohm", "1050000", "--confirmed-by", "1002", *ANNA)
    number: str = home.told("repair", "open", MAC, *ANNA)["number"]
    for step in ("diagnosed", "in_repair"):
        home.told("repair", "step", number, step, *ANNA)
    home.told("repair", "fit", number, BATTERY, KGB, KBB, *ANNA)
    told = Quiet()
    station = Station(load_settings(home.path), told, lambda: "", lambda: Language.SWEDISH)
    office = WindowOffice(lambda: station, home.path)
    station.start()
    told.opened.get(timeout=PATIENCE)
    yield Lead(home, office, number)
    office.close()
    station.close()
    assert told.faults == []


def test_what_is_chosen_on_the_board_finds_the_repair_that_the_command_finds(lead: Lead) -> None:
    sight = lead.look(Ask(Board.RECALL))
    assert isinstance(sight, RecallChoicesSight)
    choices = sight.choices
    found = lead.home.told("recall", "lot", "--serial", KGB, "--json")
    assert [one["number"] for one in found["hits"]] == [lead.number]
    anna = next(one for one in choices.people if one.badge == "1001")
    asks = [RecallAsk(Suspect.TESTER, one.tester.id) for one in choices.testers]
    totals = [lead.listed(one).total for one in asks]
    assert sorted(totals) == [*(0 for _ in totals[1:]), 1]
    for asked in (
        asks[totals.index(1)],
        RecallAsk(Suspect.TECHNICIAN, anna.id),
        RecallAsk(Suspect.LOT, lot=ByLot(serial=KBB)),
    ):
        (hit,) = lead.listed(asked).found.hits
        assert (hit.repair.number, hit.repair.serial) == (lead.number, MAC)


def test_a_list_and_the_readiness_report_are_written_into_the_folder_for_reports(
    lead: Lead,
) -> None:
    asked = RecallAsk(Suspect.LOT, lot=ByLot(part_number=BATTERY))
    ask = lead.listed(asked).ask
    table = lead.save(ask, FileKind.CSV, Language.SWEDISH)
    paper = lead.save(replace(ask, recall=asked), FileKind.PDF, Language.ENGLISH)
    report = lead.save(Ask(Board.PROGRAMME), FileKind.PDF, Language.ENGLISH)
    assert {one.parent for one in (table, paper, report)} == {lead.home.path / "reports"}
    rows = table.read_text("utf-8-sig").splitlines()
    assert rows[0].startswith("Reparation;")
    assert len(rows) == 2
    assert lead.number in rows[1]
    for one in (paper, report):
        assert one.read_bytes().startswith(b"%PDF")
