"""Files of products at the command line: what it answers, changes and leaves alone."""

import json
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from app.commands.import_process import Ended, ImportProcess, Wanted
from app.domain.products import FormerIdentity
from app.services.importing import Counts, Phase, Progress
from app.services.register_values import asset_value
from app.services.registering import change
from tests.end_to_end.programs import SWEDISH, Home

HEADINGS: Final = "Serial,Model,Holder,Purchase date"
GOOD: Final = ("SERNUM12345,MacBook Air,Anna,2025-03-01", "SERNUM12346,iPad 10,Bo,2025-03-02")
BAD: Final = "SERNUM12347,iPad 10,Carl,2025-13-45"
PATIENCE: Final = 120
UNASKED: Final = "not asked for"


def written(path: Path, *rows: str) -> Path:
    path.write_text("\n".join((HEADINGS, *rows)) + "\n", encoding="utf-8")
    return path


def counts(told: dict[str, Any]) -> tuple[int, ...]:
    names = ("read", "accepted", "updated", "unchanged", "duplicates", "refused_rows")
    return tuple(told[name] for name in names)


def test_a_file_is_imported_and_what_is_refused_is_mended(home: Home, tmp_path: Path) -> None:
    file, mend = written(tmp_path / "products.csv", *GOOD, GOOD[0], BAD), tmp_path / "mend.csv"
    dry = home.told("import", "assets", str(file), "--dry-run", "--json")
    assert (counts(dry), dry["dry_run"]) == ((4, 2, 0, 0, 1, 1), True)
    told = home.told("import", "assets", str(file), "--refused", str(mend), "--json")
    assert counts(told) == (4, 2, 0, 0, 1, 1)
    assert told["refused"] == [
        {"row": 5, "column": "Purchase date", "code": "not_a_day", "value": "2025-13-45"}
    ]
    assert told["refused_file"] == str(mend)
    mend.write_text(mend.read_text("utf-8-sig").replace("2025-13-45", "2025-12-15"), "utf-8")
    assert counts(home.told("import", "assets", str(mend), "--json")) == (1, 1, 0, 0, 0, 0)
    again = home.told("import", "assets", str(file), "--json")
    assert counts(again) == (4, 0, 0, 2, 1, 1)
    assert home.told("asset", "SERNUM12347", "--json")["asset"]["holder"] == "Carl"


def test_the_journal_names_who_imported_and_no_row(home: Home, tmp_path: Path) -> None:
    file = written(tmp_path / "products.csv", *GOOD)
    home.told("import", "assets", str(file), "--badge", "1004", "--json")
    with home.store() as store, store.reading() as reader:
        entry = reader.head()
        lead = reader.person_by_badge("1004")
    assert entry is not None
    assert lead is not None
    assert (entry.kind, entry.actor) == ("register.imported", f"person:{lead.id}")
    assert entry.payload["file"] == "products.csv"
    assert "Anna" not in str(entry.payload)


def test_an_import_says_in_words_what_it_did(home: Home, tmp_path: Path) -> None:
    file = written(tmp_path / "products.csv", *GOOD, BAD)
    told = home.run("import", "assets", str(file), language=SWEDISH)
    assert told.code == 0
    assert "Lästa rader: 3. Nya: 2" in told.out
    assert "rad 4" in told.out
    many = [f"SERNUM2{number:04},iPad,,2025-99-99" for number in range(30)]
    told = home.run("import", "assets", str(written(file, *many)), "--refused", f"{file}.refused")
    assert "30 rows are refused in all" in told.out
    assert f"{file}.refused" in told.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothere.csv",), "could not be read"),
        (("empty.csv",), "is empty"),
        (("products.csv", "--mapping", "nonesuch"), "no mapping"),
        (("products.csv", "--mapping", "nonesuch.toml"), "no mapping"),
        (("other.csv",), "mapping"),
        (("products.csv", "--badge", "9999"), "9999"),
    ],
)
def test_what_cannot_be_imported_is_said_and_nothing_is_changed(
    home: Home, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    written(tmp_path / "products.csv", *GOOD)
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "other.csv").write_text("a;b\n1;2\n", "utf-8")
    file, *options = words
    assert said in home.refused("import", "assets", str(tmp_path / file), *options)
    assert home.told("register", "search", "SERNUM1234", "--json")["total"] == 0


@pytest.mark.parametrize("words", [("people", "x.csv"), (), ("assets",)])
def test_an_import_of_nothing_is_wrong_usage(home: Home, words: tuple[str, ...]) -> None:
    assert home.run("import", *words).code == 2


def test_a_mapping_of_a_file_says_how_columns_are_read(home: Home, tmp_path: Path) -> None:
    mapping = tmp_path / "ours.toml"
    mapping.write_text('[fields]\nserial = ["Nr"]\nholder = ["Vem"]\n', "utf-8")
    file = tmp_path / "ours.csv"
    file.write_text("Nr;Vem\nSERNUM12345;Åsa\n", "cp1252")
    words = ("--mapping", str(mapping), "--encoding", "cp1252", "--delimiter", ";", "--json")
    told = home.told("import", "assets", str(file), *words)
    assert (told["mapping"], told["accepted"]) == ("ours", 1)
    assert home.told("asset", "SERNUM12345", "--json")["asset"]["holder"] == "Åsa"


def test_the_register_is_searched_and_counted(home: Home, tmp_path: Path) -> None:
    before = home.told("register", "count", "--json")["total"]
    home.told("import", "assets", str(written(tmp_path / "p.csv", *GOOD)), "--json")
    assert home.told("register", "count", "--json")["total"] == before + 2
    found = home.told("register", "search", "1234", "--limit", "1", "--json")
    assert (found["total"], found["more"]) == (2, False)
    assert [one["serial"] for one in found["products"]] == ["SERNUM12345"]
    found = home.told("register", "search", "1234", "--family", "ipad", "--json")
    assert [one["holder"] for one in found["products"]] == ["Bo"]
    assert "SERNUM12346" in home.run("register", "search", "bo").out
    assert "No product" in home.run("register", "search", "qqqqq").out
    assert home.run("register", "search", " ").code == 2


def test_a_damaged_base_is_said_at_every_command(home: Home, tmp_path: Path) -> None:
    rows = (f"SERNUM{number:05},iPad 10,Bo,2025-03-02" for number in range(2_100))
    home.told("import", "assets", str(written(tmp_path / "p.csv", *rows)), "--json")
    (base,) = home.path.glob("register-*.db")
    base.write_bytes(b"")
    told = home.run("register", "search", "SERNUM00001")
    assert told.code == 0
    assert "missing or damaged" in told.err


# ----------------------------------------------------------------------
# In a process of its own, for the window
# ----------------------------------------------------------------------


class Heard:
    """What an import process told."""

    def __init__(self) -> None:
        self.progress: list[Progress] = []
        self.ended: list[Ended] = []
        self._reading, self._over = threading.Event(), threading.Event()

    def tell(self, progress: Progress) -> None:
        self.progress.append(progress)
        self._reading.set()

    def done(self, ended: Ended) -> None:
        self.ended.append(ended)
        self._over.set()

    def wait_reading(self) -> None:
        assert self._reading.wait(PATIENCE)

    def wait(self) -> Ended:
        assert self._over.wait(PATIENCE)
        (ended,) = self.ended
        return ended


def test_the_window_s_import_tells_how_far_it_is_and_what_became_of_it(
    home: Home, tmp_path: Path
) -> None:
    file, heard = written(tmp_path / "products.csv", *GOOD, BAD), Heard()
    wanted = Wanted(file, mapping="plain", refused=tmp_path / "mend.csv", badge="1004")
    process = ImportProcess(home.path, wanted, heard.tell, heard.done)
    process.start()
    ended = heard.wait()
    process.close()
    assert ended.counts == Counts(read=3, accepted=2, refused=1)
    assert [reason.code for reason in ended.reasons] == ["not_a_day"]
    assert {one.phase for one in heard.progress} >= {Phase.READING, Phase.CHANGING}
    assert [one.done for one in heard.progress] == sorted(one.done for one in heard.progress)
    assert (tmp_path / "mend.csv").exists()


def test_the_window_s_import_says_why_it_failed(home: Home, tmp_path: Path) -> None:
    heard = Heard()
    wanted = Wanted(tmp_path / "nothere.csv", dry=True)
    process = ImportProcess(home.path, wanted, heard.tell, heard.done, passphrase=UNASKED)
    process.start()
    assert "nothere.csv" in heard.wait().error
    process.cancel()
    process.close()


@pytest.mark.parametrize("ending", ["cancel", "close", "never"])
def test_the_window_s_import_can_be_ended(home: Home, tmp_path: Path, ending: str) -> None:
    rows = (f"SERNUM{number:05},iPad 10,Bo,2025-03-02" for number in range(40_000))
    heard = Heard()
    wanted = Wanted(written(tmp_path / "p.csv", *rows))
    process = ImportProcess(home.path, wanted, heard.tell, heard.done)
    if ending == "never":
        process.cancel()
        process.close()
        return
    process.start()
    heard.wait_reading()
    process.cancel() if ending == "cancel" else process.close()
    ended = heard.wait()
    process.close()
    assert (ended.counts, ended.error) == (None, "")
    assert home.told("register", "search", "SERNUM", "--json")["total"] == 0
    assert json.loads(home.run("journal", "verify", "--json").out)["verified"]


def swapped(home: Home, old: str, new: str, imei: str) -> None:
    """The whole unit was replaced."""
    with home.store() as store, store.writing() as tx:
        before = tx.asset(old)
        assert before is not None
        names = (FormerIdentity(old, date(2026, 1, 2), "R1"), FormerIdentity(imei))
        after = asset_value(replace(before, serial=new, former=names))
        change(tx, "assets", old, None, "person:anna")
        change(tx, "assets", new, after, "person:anna")


def test_what_a_lead_removed_stays_away_until_it_is_brought_back(
    home: Home, tmp_path: Path
) -> None:
    file = written(tmp_path / "products.csv", *GOOD)
    home.told("import", "assets", str(file), "--json")
    with home.store() as store, store.writing() as tx:
        entry = change(tx, "assets", "SERNUM12345", None, "person:nobody")
    assert entry is not None
    day = entry.recorded_at.date().isoformat()
    for words in (("--dry-run",), ()):
        told = home.told("import", "assets", str(file), *words, "--json")
        assert (*counts(told), told["removed_rows"]) == (2, 0, 0, 1, 0, 0, 1)
        row = {"row": 2, "serial": "SERNUM12345", "on": day, "by": "person:nobody"}
        assert told["removed"] == [row]
        assert (told["former_rows"], told["former"]) == (0, [])
    said = home.run("import", "assets", str(file)).out
    assert "Removed by hand before, and not brought back: 1." in said
    assert f"row 2: SERNUM12345 was removed on {day} by person:nobody" in said
    said = home.run("import", "assets", str(file), language=SWEDISH).out
    assert f"rad 2: SERNUM12345 togs bort {day} av person:nobody; tas inte tillbaka." in said
    assert not home.told("asset", "SERNUM12345", "--json")["found"]
    told = home.told("import", "assets", str(file), "--bring-back", "--json")
    assert (*counts(told), told["removed_rows"]) == (2, 1, 0, 1, 0, 0, 0)
    assert home.told("asset", "SERNUM12345", "--json")["found"]
    assert counts(home.told("import", "assets", str(file), "--json")) == (2, 0, 0, 2, 0, 0)


def test_a_former_serial_is_told_with_the_new_one(home: Home, tmp_path: Path) -> None:
    file = written(tmp_path / "products.csv", *GOOD)
    home.told("import", "assets", str(file), "--json")
    swapped(home, "SERNUM12345", "SERNEW12345", "SERNUM12399")
    written(file, *GOOD, "SERNEW12345,MacBook Air,Bo,2025-03-01", "SERNUM12399,,,")
    told = home.told("import", "assets", str(file), "--json")
    assert (*counts(told), told["former_rows"]) == (4, 0, 1, 1, 0, 0, 2)
    assert told["former"] == [
        {"row": 2, "value": "SERNUM12345", "serial": "SERNEW12345", "until": "2026-01-02"},
        {"row": 5, "value": "SERNUM12399", "serial": "SERNEW12345", "until": None},
    ]
    found = home.told("asset", "SERNUM12345", "--json")["asset"]
    assert (found["serial"], found["holder"]) == ("SERNEW12345", "Bo")
    said = home.run("import", "assets", str(file)).out
    assert "Replaced units, known by a newer number: 2." in said
    assert "SERNUM12345 is now SERNEW12345 (the old number held until 2026-01-02)" in said
    assert "row 5: SERNUM12399 is now SERNEW12345; no second product" in said


def test_of_many_rows_that_are_left_out_a_person_reads_the_first(
    home: Home, tmp_path: Path
) -> None:
    rows = [f"SERNUM1{number:04},iPad 10,Bo,2025-03-02" for number in range(25)]
    file = written(tmp_path / "products.csv", *rows)
    home.told("import", "assets", str(file), "--json")
    with home.store() as store, store.writing() as tx:
        for row in rows:
            change(tx, "assets", row.partition(",")[0], None, "person:nobody")
    said = home.run("import", "assets", str(file)).out
    assert said.count("was removed on") == 20
    assert "25 such rows in all" in said
