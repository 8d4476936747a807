"""The file of refused rows: it says why, harms no spreadsheet, and once mended it imports."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data.imports import ImportFileError, Refusal, Refused, reason, write_refused
from app.resources import resource
from app.texts import Language, texts
from tests.data.imports.files import IMEI, csv_file, opened, read, serial, text, xlsx_file

ENGLISH, SWEDISH = texts(Language.ENGLISH), texts(Language.SWEDISH)
ROWS = (
    ("Serienummer", "IMEI", "Användare", "Device name", "Inköpsdatum"),
    (serial(1), IMEI, "Åsa", "Åsas iPhone", "2026-03-01"),
    ("C02XKOABJGH5", "12", "=cmd|'/c calc'!A1", "Bos iPhone", "3/4/26"),
    (serial(3), "", "-Eva", "Evas iPhone", "2026-03-01"),
    (serial(3), "", "Eva, annan", "Evas iPhone", "2026-03-01"),
)


def written(tmp_path: Path, source: Path, name: str = "refused.csv") -> list[list[str]]:
    found = read(source)
    path = tmp_path / name
    assert write_refused(path, opened(source), found.refused, SWEDISH) == len(found.refused)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    delimiter = opened(path).dialect.delimiter
    return list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=delimiter))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_refused_rows_keep_their_columns_and_get_the_reasons(
    tmp_path: Path, delimiter: str
) -> None:
    source = tmp_path / "source"
    source.write_bytes(text(ROWS, delimiter).encode("cp1252"))
    table = written(tmp_path, source)
    assert table[0] == [*ROWS[0], "Varför inte"]
    assert table[1][:5] == ["C02XKOABJGH5", "12", "'=cmd|'/c calc'!A1", "", "3/4/26"]
    assert table[1][5].startswith("Serienummer: C02XKOABJGH5 har bokstaven I eller O")
    assert "IMEI: 12 är inget IMEI" in table[1][5]
    assert "finns redan på rad 4" in table[2][5]
    assert f"refused{delimiter}" not in table[0]


def test_the_refused_file_mended_completes_the_import(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(text(ROWS, ";").encode())
    first = read(source)
    written(tmp_path, source)
    path = tmp_path / "refused.csv"
    again = read(path)
    assert [code for _, _, code in again.reasons] == [
        "serial_i_or_o", "not_an_imei", "formula_without_value", "ambiguous_day",
    ]  # fmt: skip
    mended = path.read_text(encoding="utf-8-sig")
    for wrong, right in (
        ("C02XKOABJGH5", serial(2)), (";12;", f";{IMEI};"), ("3/4/26", "2026-03-04"),
        ("'=cmd|'/c calc'!A1", "'-Bo"),
    ):  # fmt: skip
        mended = mended.replace(wrong, right, 1)
    path.write_text(mended, encoding="utf-8-sig")
    whole = read(path)
    assert whole.reasons == []
    assert {*first.values("serial"), *whole.values("serial")} == {serial(1), serial(2), serial(3)}
    assert whole.values("holder") == ["-Bo", "Eva, annan"]


def test_reasons_of_before_make_room_for_those_of_now(tmp_path: Path) -> None:
    source = csv_file(tmp_path / "source", *ROWS)
    written(tmp_path, source)
    table = written(tmp_path, tmp_path / "refused.csv", "again.csv")
    assert table[0] == [*ROWS[0], "Varför inte"]
    assert len(table[1]) == 6


def test_rows_that_are_too_long_or_too_short_keep_their_cells(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_text(f'Serial,Model,Holder\n{serial(1)},a,b,c,d\n{serial(2)},"a\n')
    table = written(tmp_path, source)
    assert table[1] == [serial(1), "a", "b", table[1][3], "c", "d"]
    assert table[2][:3] == [serial(2), '"a', ""]


def test_a_second_row_of_headings_is_written_too(tmp_path: Path) -> None:
    source = csv_file(
        tmp_path / "source", ("Serial", "Type"), ("device.id", "configCode"), ("X", "Y")
    )
    table = written(tmp_path, source)
    assert table[1] == ["device.id", "configCode", ""]
    assert read(tmp_path / "refused.csv").reasons == [(3, "Serial", "not_a_serial")]


def test_rows_of_a_spreadsheet_are_written_for_a_spreadsheet(tmp_path: Path) -> None:
    source = xlsx_file(tmp_path / "a.xlsx", ("Serial", "Model"), ("X", "iPad"))
    table = written(tmp_path, source)
    assert table[1][:2] == ["X", "iPad"]
    assert opened(tmp_path / "refused.csv").dialect.delimiter == ";"


def test_cells_that_are_no_text_are_written_as_what_they_are_not(tmp_path: Path) -> None:
    source = tmp_path / "source"
    damaged = serial(1).encode() + b",a\xffb\x00c\n"
    source.write_bytes(b"Serial,Model\n" + damaged + f"{serial(2)},Åäö\n".encode())
    assert written(tmp_path, source)[1][1] == "a\ufffdb\ufffdc"


def test_a_file_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    source = csv_file(tmp_path / "source", *ROWS)
    (tmp_path / "folder").mkdir()
    for place in (source / "a.csv", tmp_path / "folder"):
        with pytest.raises(ImportFileError) as told:
            write_refused(place, opened(source), read(source).refused, ENGLISH)
        assert told.value.code == "not_written"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_no_cell_of_the_file_is_a_formula(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    table = opened(csv_file(folder / "a", ("Serial", *map(str, range(4))), ("X",)))
    row = Refused(2, (Refusal(2, "", "cut_off", ""),), tuple(cells))
    write_refused(folder / "b", table, [row], SWEDISH)
    with (folder / "b").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.reader(file))
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for each in told for cell in each
    )


CODES = (
    "ambiguous_day", "conflicting_duplicate", "cut_off", "day_in_future", "error_value",
    "formula_without_value", "imei_check_digit", "imei_of_another", "lost_digits", "merged_cell",
    "missing",
    "not_a_day", "not_a_meid", "not_a_number", "not_a_serial", "not_an_eid", "not_an_imei",
    "not_text", "open_quote", "serial_i_or_o", "too_long", "too_many_cells", "unknown_value",
)  # fmt: skip


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", list(Language))
def test_every_reason_has_its_words(language: Language, code: str) -> None:
    said = reason(Refusal(2, "IMEI", code, "12", 7), texts(language))
    assert said.startswith("IMEI: ")
    assert "{" not in said
    assert "import." not in said


def test_every_word_of_the_import_is_of_a_code_that_there_is() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (Path(__file__).parents[3] / "app" / "data" / "imports").glob("*.py")
    )
    for key in ENGLISH.words:
        room, _, code = key.rpartition(".")
        if room in {"import.refused", "import.file", "import.mapping"}:
            assert f'"{code}"' in source, key
    assert resource("imports").is_dir()
