"""Bounds of files of text: what is too long, wide or broken is told, and fills no memory."""

from pathlib import Path

import pytest

from app.data.imports import ImportFileError, blocks, encodings, limits
from tests.data.imports.files import HEADINGS, csv_file, opened, read, serial


def test_a_file_of_open_quotes_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BROKEN", 3)
    path = tmp_path / "a"
    path.write_text("Serial,Model,Holder\n" + f'{serial(1)},"iMac,Bo\n' * 5)
    with pytest.raises(ImportFileError) as told:
        read(path)
    assert told.value.code == "too_broken"


def test_ten_thousand_columns_are_read_and_twenty_thousand_refused(tmp_path: Path) -> None:
    headings = ["Serial", *(f"Column {at}" for at in range(9_999))]
    rows = [[serial(at), *[""] * 9_999] for at in range(30)]
    found = read(csv_file(tmp_path / "a", headings, *rows))
    assert len(found.products) == 30
    assert max(len(batch.rows) for batch in found.batches) <= 10
    with pytest.raises(ImportFileError) as told:
        opened(csv_file(tmp_path / "b", [*headings, *headings], *rows))
    assert told.value.code == "too_many_columns"


def test_a_line_without_an_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = csv_file(tmp_path / "a", HEADINGS, (serial(1), "x" * 3_000_000, ""))
    monkeypatch.setattr(limits, "LINE", 2**20)
    with pytest.raises(ImportFileError) as told:
        opened(path)
    assert told.value.code == "row_too_long"


def test_a_line_may_be_longer_than_what_is_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 64)
    monkeypatch.setattr(encodings, "_MOST_WORDS", 2)
    rows = [(serial(at), "iPhone 13", f"Åsa {'ö' * 200}") for at in range(3)]
    found = read(csv_file(tmp_path / "a", HEADINGS, *rows, encoding="cp1252"))
    assert found.values("holder") == [row[2] for row in rows]
    (tmp_path / "b").write_bytes(b"x" * 1000)
    assert list(blocks.pieces(tmp_path / "b", skip=10)) == [b"x" * 990]


def test_a_row_of_endless_cells_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = csv_file(tmp_path / "a", HEADINGS, (serial(1), *["a\nb"] * 900_000))
    monkeypatch.setattr(limits, "BATCH", 2**20)
    with pytest.raises(ImportFileError) as told:
        opened(path)
    assert told.value.code == "row_too_long"


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE", 10)
    with pytest.raises(ImportFileError) as told:
        opened(csv_file(tmp_path / "a", HEADINGS, (serial(1), "iPad", "Bo")))
    assert told.value.code == "too_large"


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_row_with_a_cell_that_is_far_too_long_is_refused_alone(
    tmp_path: Path, quote: str
) -> None:
    long = quote + "x" * (limits.CELL + 1) + quote
    rows = ("Serial,Model", f"{serial(1)},{long}", f"{serial(2)},iPad")
    (tmp_path / "a").write_text("\n".join(rows), encoding="utf-8")
    found = read(tmp_path / "a")
    assert found.values("serial") == [serial(2)]
    assert found.reasons == [(2, "", "too_long")]


@pytest.mark.parametrize("before", ["", "\ud800"])
def test_letters_made_of_the_bytes_of_line_ends_end_no_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    monkeypatch.setattr(limits, "LINE", 5_000)
    monkeypatch.setattr(blocks, "BLOCK", 1_000)
    text_ = f"\ufeffSerial,Model\r\n{before}" + "\u0a0a" * 6_000
    (tmp_path / "a").write_bytes(text_.encode("utf-16-le", "surrogatepass"))
    with pytest.raises(ImportFileError) as told:
        opened(tmp_path / "a")
    assert told.value.code == "row_too_long"
