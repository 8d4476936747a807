"""Files of text of any encoding, delimiter, quoting and line ending are read as they were meant."""

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.data.imports import ImportFileError, Options
from app.data.imports.csv_records import csv_records
from app.data.imports.encodings import MARK
from tests.data.imports.files import HEADINGS, csv_file, opened, read, serial, text

ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1",
    "mac_roman", "cp850",
)  # fmt: skip
NAMES = ("Åsa Öberg", "Björn Ängström", "Elin Sjöö")
SWEDISH = [
    HEADINGS,
    *((serial(at), "iPhone 13", name) for at, name in enumerate(NAMES * 3)),
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_whatever_it_is_written_in(
    tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    path = tmp_path / "products"
    path.write_bytes(text(SWEDISH, delimiter, end).encode(encoding))
    found = read(path)
    assert found.values("holder") == list(NAMES * 3)
    assert found.reasons == []


def test_an_eight_bit_file_says_whether_its_encoding_is_sure(tmp_path: Path) -> None:
    swedish = csv_file(tmp_path / "a", *SWEDISH, encoding="cp1252")
    assert opened(swedish).encoding.is_sure
    russian = [("Serial", "Model", "Holder"), (serial(1), "iPhone 13", "Мария Иванова")] * 4
    strange = opened(csv_file(tmp_path / "b", *russian, encoding="cp1251")).encoding
    assert not strange.is_sure
    assert strange.name == "cp1251"
    for signs in ("\x98\x97", "\xff\xfe\xfd\x81", "\xa2\xa6\xa8", "\xf0\xff"):
        rows = (HEADINGS, (serial(1), signs, ""))
        table = opened(csv_file(tmp_path / "c", *rows, encoding="latin-1"))
        assert not table.encoding.is_sure
        assert table.headings.texts == HEADINGS


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("name", ["Malmö", "Åsa", "BJÖRN ÅKERLÖF", "Éva", "Sjöö", "Çelik Özgür"])
def test_one_name_is_enough_to_tell_an_encoding(tmp_path: Path, encoding: str, name: str) -> None:
    path = csv_file(tmp_path / "a", HEADINGS, (serial(1), "iPad", name), encoding=encoding)
    assert read(path).values("holder") == [name]


@pytest.mark.parametrize("name", ["Anna’s", "O’Brien", "100 €", "a – b", "and more…", "« x »"])  # noqa: RUF001
def test_signs_alone_are_taken_for_those_of_windows(tmp_path: Path, name: str) -> None:
    path = csv_file(tmp_path / "a", HEADINGS, (serial(1), "iPad", name), encoding="cp1252")
    assert read(path).values("holder") == [name]


def test_the_first_strange_letter_may_stand_far_into_the_file(tmp_path: Path) -> None:
    rows = [HEADINGS, *((serial(at), "iPhone 13", "Bo") for at in range(40_000))]
    found = read(
        csv_file(tmp_path / "a", *rows, (serial(50_000), "iPhone 13", "Åsa"), encoding="cp1252")
    )
    assert found.products[-1].holder == "Åsa"
    assert len(found.products) == 40_001


def test_a_row_in_another_encoding_is_refused_and_never_shown_wrong(tmp_path: Path) -> None:
    lines = [text([each]).encode() for each in SWEDISH]
    lines[2] = text([SWEDISH[2]]).encode("cp1252")
    (tmp_path / "a").write_bytes(b"".join(lines))
    found = read(tmp_path / "a")
    assert found.reasons == [(3, "Holder", "not_text")]
    assert found.refused[0].reasons[0].value == "Bj\ufffdrn \ufffdngstr\ufffdm"
    assert len(found.products) == 8


def test_a_row_of_utf8_in_an_eight_bit_file_is_refused(tmp_path: Path) -> None:
    lines = [text([each]).encode("cp1252") for each in SWEDISH]
    lines[4] = text([SWEDISH[4]]).encode()
    (tmp_path / "a").write_bytes(b"".join(lines))
    found = read(tmp_path / "a")
    assert found.reasons == [(5, "Holder", "not_text")]


def test_a_nul_makes_its_row_no_text(tmp_path: Path) -> None:
    for encoding in ("utf-8", "cp1252", "utf-16-le"):
        path = tmp_path / encoding
        rows = [HEADINGS, (serial(1), "iPhone\x0013", "Åsa"), (serial(2), "iPhone 13", "Åsa")]
        path.write_bytes(text(rows).encode(encoding))
        found = read(path)
        assert found.reasons == [(2, "Model", "not_text")]
        assert found.values("holder") == ["Åsa"]


def test_the_second_half_of_a_character_that_is_missing_is_no_text(tmp_path: Path) -> None:
    whole = text([HEADINGS, (serial(1), "iPhone 13", "Bo")]).encode("utf-16-le")
    (tmp_path / "a").write_bytes(whole + b"\x00")
    assert read(tmp_path / "a").values("holder") == ["Bo"]
    (tmp_path / "b").write_bytes(whole.replace(b"B\x00o\x00", b"B\x00\x00\xd8"))
    found = read(tmp_path / "b")
    assert [code for _, _, code in found.reasons] == ["not_text"]


def test_an_encoding_can_be_stated(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a", HEADINGS, (serial(1), "iPhone 13", "ﬁ Øst"), encoding="utf-8")
    assert read(path, options=Options(encoding="utf-8")).values("holder") == ["ﬁ Øst"]
    path = csv_file(tmp_path / "b", HEADINGS, (serial(1), "iPhone 13", "Š"), encoding="cp1250")
    assert read(path, options=Options(encoding="cp1250")).values("holder") == ["Š"]
    path = csv_file(tmp_path / "c", HEADINGS, (serial(1), "iPhone 13", "Å"), encoding="cp1252")
    assert [each[2] for each in read(path, options=Options(encoding="utf-8")).reasons] == [
        "not_text"
    ]
    path = csv_file(tmp_path / "d", HEADINGS, (serial(1), "iPhone 13", "Å"), encoding="utf-16")
    assert read(path, options=Options(encoding="utf-16")).values("holder") == ["Å"]
    big = text([HEADINGS, (serial(1), "iPhone 13", "Å")]).encode("utf-16-be")
    path.write_bytes(b"\xfe\xff" + big)
    assert read(path, options=Options(encoding="utf-16")).values("holder") == ["Å"]
    path = csv_file(tmp_path / "e", HEADINGS, (serial(1), "iPad", "Å"), encoding="utf-32-le")
    assert read(path, options=Options(encoding="utf-32")).values("holder") == ["Å"]
    path = csv_file(tmp_path / "f", HEADINGS, (serial(1), "iPad", "Å"), encoding="utf-8-sig")
    assert read(path, options=Options(encoding="utf-8-sig")).values("holder") == ["Å"]


@pytest.mark.parametrize("name", ["no-such", "base64", "a\0b", "idna"])
def test_an_encoding_that_is_none_is_told(tmp_path: Path, name: str) -> None:
    path = csv_file(tmp_path / "a", HEADINGS, (serial(1), "iPhone 13", "Bo"))
    with pytest.raises(ImportFileError) as told:
        opened(path, Options(encoding=name))
    assert told.value.code == "unknown_encoding"


def test_a_delimiter_can_be_stated_and_has_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(f"Serial:Model\n{serial(1)}:iPhone 13\n")
    assert read(path, options=Options(delimiter=":")).values("model") == ["iPhone 13"]
    for wrong in ('"', "", "ab", "\n"):
        with pytest.raises(ImportFileError) as told:
            opened(path, Options(delimiter=wrong))
        assert told.value.code == "bad_delimiter"


def test_a_first_line_that_names_the_delimiter_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(f'"sep=;"\r\nSerial;Model\r\n{serial(1)};a,b,c,d\r\nX;iPhone\r\n')
    found = read(path)
    assert found.values("model") == ["a,b,c,d"]
    assert found.values("row") == [2]
    assert found.reasons == [(3, "Serial", "not_a_serial")]


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(
        "Export of 2026\n\nSerial,Model,Holder\n"
        f'{serial(1)},"iPad\n(9th)","Bo\r\nEk"\n\n,,\n{serial(2)},iPad,Åsa\nbad,iPad,Eva\n',
        newline="",
    )
    found = read(path)
    assert found.values("row") == [4, 7]
    assert found.values("model") == ["iPad (9th)", "iPad"]
    assert found.reasons == [(8, "Serial", "not_a_serial")]
    assert found.read == 3


def test_quotes_that_are_doubled_or_stray_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(
        "Serial,Model,Holder\n"
        f'{serial(1)},"iMac ""27""",Bo\n{serial(2)},iMac 27" late,Bo\n'
        f'{serial(3)},"iMac 27" late,Bo\n'
        f'{serial(4)}, "iMac, ""27""",Bo\n'
    )
    found = read(path)
    assert found.reasons == []
    assert found.values("model") == ['iMac "27"', 'iMac 27" late', "iMac 27 late", 'iMac, "27"']


def test_a_quote_that_is_never_closed_costs_its_own_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(
        f'Serial,Model,Holder\n{serial(1)},"iMac,Bo\n{serial(2)},"iMac",Bo\n{serial(3)},iMac,Bo\n'
        f'{serial(4)},iMac,"Bo\n{serial(5)},iMac,Bo\n'
    )
    found = read(path)
    assert found.reasons == [(2, "", "open_quote"), (5, "", "open_quote")]
    assert found.refused[0].cells == (serial(1), '"iMac', "Bo")
    assert found.values("serial") == [serial(2), serial(3), serial(5)]


def test_a_title_with_a_quote_that_is_never_closed_hides_no_headings(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(f'"Export\n"of 2026\nSerial,Model\n{serial(1)},iPad\n')
    found = read(path)
    assert found.values("row") == [4]
    assert found.reasons == []


def test_half_a_file_ends_in_a_row_that_is_told(tmp_path: Path) -> None:
    whole = text([HEADINGS, (serial(1), "iMac", "Bo"), (serial(2), "iMac", "Eva")])
    path = tmp_path / "a"
    path.write_text(whole[: whole.index(",Eva")], newline="")
    assert read(path).reasons == [(3, "", "cut_off")]
    path.write_text(whole.replace("Eva\r\n", '"Ev'), newline="")
    assert read(path).reasons == [(3, "", "open_quote")]
    path.write_text(whole.removesuffix("\r\n"), newline="")
    assert len(read(path).products) == 2
    path.write_text(f"{whole}\r\n,", newline="")
    assert read(path).reasons == []


def test_a_quote_that_swallows_more_than_a_cell_is_given_up_in_its_own_row(tmp_path: Path) -> None:
    rows = "".join(f"{serial(at)},iMac,Bo\n" for at in range(10, 12_000))
    path = tmp_path / "a"
    path.write_text(f'Serial,Model,Holder\n{serial(1)},"iMac,Bo\n{rows}')
    found = read(path)
    assert found.reasons == [(2, "", "open_quote")]
    assert len(found.products) == 11_990


def test_cells_beyond_the_headings_refuse_a_row_unless_they_are_empty(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(
        f"Serial,Model,Holder\n{serial(1)},iMac,Ek, Bo\n{serial(2)},iMac,Bo,,\n{serial(3)},iMac\n"
    )
    found = read(path)
    assert found.reasons == [(2, "", "too_many_cells")]
    assert found.refused[0].cells == (serial(1), "iMac", "Ek", " Bo")
    assert found.values("holder") == ["Bo", ""]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n ,,\n", "no_table"),
        (b"sep=;\n", "no_table"),
        (b"\xef\xbb\xbf", "no_table"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "not_xlsx"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 100 + b"\0" * 2000, "no_table"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(ImportFileError) as told:
        opened(tmp_path / "a")
    assert told.value.code == code


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(ImportFileError) as told:
            opened(path)
        assert told.value.code == "unreadable"


def test_a_file_that_changed_since_it_was_looked_at_is_not_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a", *SWEDISH)
    table = opened(path)
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(ImportFileError) as told:
        next(table.records())
    assert told.value.code == "changed"


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\ufeff", exclude_categories=("Cs",)),
    max_size=12,
)


@settings(max_examples=150)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=12),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_any_rows_are_read_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str]],
    encoding: str,
    delimiter: str,
    end: str,
) -> None:
    path = tmp_path_factory.mktemp("any") / "a"
    content = text([HEADINGS, *rows], delimiter, end, is_quoted=True)
    path.write_bytes(content.encode(encoding))
    table = opened(path, Options(heading_row=1, delimiter=delimiter))
    dialect = table.dialect
    found = [
        tuple(cells)
        for batch in csv_records(path, table.encoding, dialect, 5)
        for cells in batch.rows
    ]
    strip = str.lstrip if dialect.skips_space else str
    assert [tuple(map(strip, row)) for row in found] == [
        tuple(map(strip, row)) for row in [HEADINGS, *rows]
    ]
    assert not any(MARK in cell for row in found for cell in row)


@settings(max_examples=60)
@given(
    names=st.lists(
        st.text(string.ascii_letters + "åäöÅÄÖéü ", min_size=1, max_size=20), min_size=4, max_size=9
    ),
    encoding=st.sampled_from(["cp1252", "mac_roman", "utf-8", "utf-16"]),
    delimiter=st.sampled_from(",;\t|"),
)
def test_names_come_out_of_any_encoding_as_they_went_in(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], encoding: str, delimiter: str
) -> None:
    rows = [(serial(at), "iPhone 13", f"Åsa Öberg {name.title()}") for at, name in enumerate(names)]
    path = tmp_path_factory.mktemp("any") / "a"
    path.write_bytes(text([HEADINGS, *rows], delimiter).encode(encoding))
    assert read(path).values("holder") == [" ".join(row[2].split()) for row in rows]
