"""No command writes into a file that is there: what it writes is put in its place, whole."""

from pathlib import Path

import pytest

from tests.unit.commands.lines import Line

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
    said = bench.run(*(word.format(products=products) for word in words), str(path))
    assert (said.code, said.err) == (0, "")
    assert path.read_bytes() not in {OLD, b""}
    assert same.read_bytes() == OLD
    assert list(folder.iterdir()) == [path]
