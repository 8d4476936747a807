"""A recall as a file for a spreadsheet: what it holds, and that nothing in it runs."""

import csv
from pathlib import Path

import pytest

from app.domain.parts import FittedPart
from app.domain.recall import Doubt
from app.services.recall_table import COLUMNS, write_table
from app.services.recalling import RecallList
from app.texts import Language, texts
from tests.unit.services.recall_lists import UNOPENED, hit, listed, part, step

EN, SV = texts(Language.ENGLISH), texts(Language.SWEDISH)


def written(
    path: Path, found: RecallList, language: Language = Language.ENGLISH
) -> list[dict[str, str]]:
    count = write_table(path, found, texts(language))
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    delimiter = ";" if language is Language.SWEDISH else ","
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=delimiter))
    names: tuple[str, ...] = COLUMNS
    told: list[dict[str, str]] = [dict(zip(names, row, strict=True)) for row in rows]
    assert len(told) == count + 1
    return told


def test_a_row_for_each_piece_of_work(tmp_path: Path) -> None:
    headings, first, second = written(tmp_path / "r.csv", listed([hit()]))
    assert (headings["repair"], headings["holder"]) == ("Repair", "Holder")
    assert first == {
        "repair": "R7",
        "serial": "C02XK0ABJGH5",
        "model": "MacBook Pro",
        "holder": "Karin Holm",
        "department": "Library",
        "status": "Completed",
        "received": "2026-11-23 08:00:00+01:00",
        "opened_by": "Anna Ek",
        "certain": "certain",
        "what": "In repair",
        "kgb": "",
        "kbb": "",
        "order": "",
        "delivery": "",
        "at": "2026-11-23 08:01:00+01:00",
        "by": "Anna Ek",
        "reading": "2026-11-23 08:00:00+01:00",
        "tester": "T1",
        "doubts": "",
        "entry": "e1",
    }
    assert (second["what"], second["kgb"], second["order"]) == (
        "661-17578",
        "F5D547790KPG5NYAW",
        "PO-1",
    )
    assert (second["by"], second["reading"]) == ("bo", "")


def test_the_delimiter_is_what_a_spreadsheet_of_the_language_expects(tmp_path: Path) -> None:
    doubtful = listed([hit(step(1, "in_repair", Doubt.ORDER))])
    headings, row = written(tmp_path / "r.csv", doubtful, Language.SWEDISH)
    assert (headings["repair"], row["status"], row["certain"]) == (
        "Reparation",
        "Avslutad",
        "kanske berörd",
    )
    assert row["doubts"].startswith("enligt klockorna")


def test_what_is_not_on_record_is_empty_and_the_repair_named_by_its_id(tmp_path: Path) -> None:
    _, row = written(tmp_path / "r.csv", listed([UNOPENED]))
    assert (row["repair"], row["model"], row["status"], row["received"]) == ("r9", "", "", "")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.parametrize("language", list(Language))
def test_no_cell_is_a_formula_whatever_the_registers_and_the_labels_say(
    tmp_path: Path, sign: str, language: Language
) -> None:
    evil = f"{sign}cmd|'/c calc'!A1"
    fitted = FittedPart(evil, evil, evil, evil, evil, evil)
    told = hit(part(2, fitted=fitted), number=evil)
    path = tmp_path / "r.csv"
    write_table(path, listed([told]), texts(language))
    delimiter = ";" if language is Language.SWEDISH else ","
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    cells = [cell for row in rows for cell in row]
    assert f"'{evil}" in cells
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r")]


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.mkdir()
    with pytest.raises(OSError, match=r"r\.csv"):
        write_table(path, listed([hit()]), EN)
    assert path.is_dir()


def test_a_lone_surrogate_is_told_as_a_question_mark(tmp_path: Path) -> None:
    _, row, _ = written(tmp_path / "r.csv", listed([hit(number="R\ud800")]))
    assert row["repair"] == "R?"


def test_a_table_that_nobody_wants_any_more_ends_at_the_next_row(tmp_path: Path) -> None:
    turns: list[int] = []

    def go_on() -> None:
        turns.append(1)
        if len(turns) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_table(tmp_path / "r.csv", listed([hit(), hit(), hit()]), EN, go_on)
    assert len((tmp_path / "r.csv").read_text("utf-8-sig").splitlines()) == 2
