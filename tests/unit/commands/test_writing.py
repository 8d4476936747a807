"""No command writes into a file that is there: what it writes is put in its place, whole."""

import errno
from pathlib import Path

import pytest

from app.commands import journal
from app.domain.journal import Entry
from tests.unit.commands.lines import Line, said

OLD = b"what was there before\n"


@pytest.mark.parametrize(
    "words",
    [
        ("recall", "lot", "--serial", "none", "--csv"),
        ("recall", "lot", "--serial", "none", "--out"),
        ("programme", "readiness", "--out"),
        ("report", "readiness", "--out"),
        ("report", "command-sheet", "--out"),
        ("report", "test-sheet", "--out"),
        ("report", "badges", "--out"),
        ("report", "equipment-labels", "--out"),
        ("import", "assets", "{products}", "--dry-run", "--refused"),
    ],
    ids=" ".join,
)
def test_a_file_that_is_there_is_replaced_and_never_written_into(
    bench: Line, tmp_path: Path, words: tuple[str, ...]
) -> None:
    products = tmp_path / "products.csv"
    products.write_text("Serial,Model\n,without one\n", encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    path, same = folder / "file", tmp_path / "same"
    path.write_bytes(OLD)
    same.hardlink_to(path)
    done = bench.run(*(word.format(products=products) for word in words), str(path))
    assert (done.code, done.err) == (0, "")
    assert path.read_bytes() not in {OLD, b""}
    assert same.read_bytes() == OLD
    assert list(folder.iterdir()) == [path]


def test_an_export_leaves_a_file_that_is_there_as_it_is(bench: Line, tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(OLD)
    told = said("cli.not_written", path=path, reason="File exists")
    assert bench.refused("journal", "export", "--out", str(path)) == told
    assert path.read_bytes() == OLD


def test_an_export_that_fails_leaves_no_half_a_file(
    bench: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.told("repair", "open", "C02XK0ABJGH5", "--badge", "1001")
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "journal.jsonl"
    lines = iter([{"seq": 1}])

    def until_full(_entry: Entry) -> dict[str, int]:
        try:
            return next(lines)
        except StopIteration as error:
            raise OSError(errno.ENOSPC, "No space left on device") from error

    monkeypatch.setattr(journal, "entry_document", until_full)
    told = said("cli.not_written", path=path, reason="No space left on device")
    assert bench.run("journal", "export", "--out", str(path)).err == told
    assert list(folder.iterdir()) == []
