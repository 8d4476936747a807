"""What one cell means: texts, days, identifiers, words."""

import doctest
import importlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data.imports.cells import Fault, text_of
from app.data.imports.columns import Remembered, serials, texts
from app.data.imports.days import DateOrder, day_reader, months_after
from app.data.imports.encodings import is_utf8_in_disguise
from app.data.imports.families import family_of
from app.data.imports.ids import eid_of, imeis_of, meid_of, serial_of
from app.data.imports.words import choice_reader, maker_reader, months, part_number
from app.domain.identifiers import is_imei
from app.domain.spreadsheet_cells import guarded, unguarded
from tests.data.imports.files import EID, IMEI, OTHER_IMEI, TODAY


@pytest.mark.parametrize(
    "module", ["cells", "days", "families", "headings", "ids", "mapping", "words", "xlsx_cells"]
)
def test_the_examples_in_the_documentation_hold(module: str) -> None:
    found = doctest.testmod(importlib.import_module(f"app.data.imports.{module}"))
    assert found.attempted
    assert not found.failed


def fault(code: str) -> Fault:
    return Fault(code)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Bo\u00a0 Ek ", "Bo Ek"),
        ("Bo\tEk\nOl", "Bo Ek Ol"),
        ('="0042"', "0042"),
        ('="a ""b"""', 'a "b"'),
        ("'+46", "+46"),
        ("'t Hooft", "'t Hooft"),
        ("#1 in the hall", "#1 in the hall"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("", ""),
        ("#n/a", fault("error_value")),
        ("#SAKNAS!", fault("error_value")),
        ("=A1", fault("formula_without_value")),
        ("'=A1", fault("formula_without_value")),
        ("a\x1bb", fault("not_text")),
        ("a\ud800", fault("not_text")),
        ("x" * 1001, fault("too_long")),
    ],
)
def test_a_cell_s_text(cell: str, text: str | Fault) -> None:
    assert text_of(cell) == text


@given(st.text(max_size=20))
def test_what_is_guarded_for_a_spreadsheet_comes_back_and_is_no_formula(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.text(max_size=12), min_size=1, max_size=8))
def test_a_column_of_texts_says_what_its_cells_say(cells: list[str]) -> None:
    values, faults = texts(cells)
    for at, cell in enumerate(cells):
        alone = text_of(cell)
        assert values[at] == ("" if isinstance(alone, Fault) else alone)
        assert faults.get(at) == (alone.code if isinstance(alone, Fault) else None)


SERIAL_CELLS = st.one_of(
    st.text("ABCIO019 ", max_size=15),
    st.sampled_from(["C02XK0ABJGH5", "c02xk0abjgh5", "pf-0ab", "'C02XK0ABJGH5", "", "-", "å" * 9]),
)


@given(
    st.lists(st.tuples(SERIAL_CELLS, st.sampled_from(["apple", "Lenovo"])), min_size=1, max_size=6)
)
def test_a_column_of_serials_says_what_its_cells_say(rows: list[tuple[str, str]]) -> None:
    values, faults = serials([cell for cell, _ in rows], [maker for _, maker in rows])
    for at, (cell, maker) in enumerate(rows):
        alone = serial_of(cell, is_apple=maker == "apple")
        assert values[at] == ("" if isinstance(alone, Fault) else alone)
        assert faults.get(at) == (alone.code if isinstance(alone, Fault) else None)


@pytest.mark.parametrize(
    ("cell", "is_apple", "serial"),
    [
        ("c02xk0abjgh5", True, "C02XK0ABJGH5"),
        ('="C02XK0ABJGH5"', True, "C02XK0ABJGH5"),
        ("'12345678", True, "12345678"),
        ("12345678.0", True, "12345678"),
        ("4E123456", True, "4E123456"),
        ("C02XKOABJGH5", True, fault("serial_i_or_o")),
        ("C02-XK0", True, fault("not_a_serial")),
        ("C02", True, fault("not_a_serial")),
        ("N/A", True, fault("missing")),
        ("=A1", True, fault("formula_without_value")),
        ("1.23457E+11", True, fault("lost_digits")),
        ("1,23457E+11", True, fault("lost_digits")),
        ("pf-0IO", False, "pf-0IO"),
        ("C02XKOABJGH5", False, "C02XKOABJGH5"),
        ("å1", False, fault("not_a_serial")),
        ("x" * 65, False, fault("not_a_serial")),
    ],
)
def test_a_serial(cell: str, is_apple: bool, serial: str | Fault) -> None:
    assert serial_of(cell, is_apple=is_apple) == serial


@pytest.mark.parametrize(
    ("cell", "imeis"),
    [
        (IMEI, (IMEI,)),
        ("35 417803 685978 9", (IMEI,)),
        ("35-417803-685978-9", (IMEI,)),
        (f"{IMEI}.0", (IMEI,)),
        (f"{IMEI}, {OTHER_IMEI}", (IMEI, OTHER_IMEI)),
        (f"['{IMEI}', '{IMEI}']", (IMEI,)),
        (f"{IMEI}/", (IMEI,)),
        ("Not available", ()),
        ("-", ()),
        ("354178036859788", fault("imei_check_digit")),
        ("35417803 6859788", fault("imei_check_digit")),
        ("٣" * 15, fault("not_an_imei")),
        ("1234", fault("not_an_imei")),
        ("3.54178E+14", fault("lost_digits")),
        ("#REF!", fault("error_value")),
    ],
)
def test_the_imeis_of_a_cell(cell: str, imeis: tuple[str, ...] | Fault) -> None:
    assert imeis_of(cell) == imeis


@given(st.text("0123456789", min_size=15, max_size=15))
def test_the_quick_check_of_an_imei_is_the_check_of_an_imei(digits: str) -> None:
    assert (imeis_of(digits) == (digits,)) is is_imei(digits)


def test_meids_and_eids() -> None:
    assert meid_of("a0 0000 0029 2788") == "A0000000292788"
    assert meid_of("n/a") == ""
    assert meid_of("A00000002927881") == fault("not_a_meid")
    assert meid_of("=1") == fault("formula_without_value")
    assert eid_of(" ".join(EID[at : at + 4] for at in range(0, 32, 4))) == EID
    assert eid_of("") == ""
    assert eid_of(EID[:-1] + "6") == fault("not_an_eid")
    assert eid_of(EID[:16] + "0" * 16) == fault("lost_digits")
    assert eid_of(f"{EID[:16]}{'0' * 16}.0") == fault("lost_digits")
    assert eid_of("#N/A") == fault("error_value")


UNSTATED = day_reader(DateOrder.UNSTATED, has_1904=None, latest=TODAY)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-01", "2026/3/1", "2026.03.01", "20260301", "2026-03-01T23:59:59Z",
        "2026-03-01 08:12:33.0000000", "2026-03-01 08.12", "1 mars 2026", "den 1 mars 2026",
        "1 Mar 2026", "1-Mar-26", "1:e mars 2026", "March 1, 2026", "Mar 1st, 2026",
        "1. March 2026",
        "1 mars 2026 kl. 08:12", "March 1, 2026 at 8:12 AM", "  2026-03-01 ", "'2026-03-01",
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_ways_that_people_write_it(cell: str) -> None:
    assert UNSTATED(cell) == "2026-03-01"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("", None),
        ("N/A", None),
        ("0001-01-01 00:00:00.0000000", None),
        ("1970-01-01", None),
        ("13/02/2026", "2026-02-13"),
        ("02/13/2026", "2026-02-13"),
        ("02/02/26", "2026-02-02"),
        ("02/02/99", "1999-02-02"),
        ("3/1/26", fault("ambiguous_day")),
        ("31/31/2026", fault("not_a_day")),
        ("2026-02-30", fault("not_a_day")),
        ("1 blurg 2026", fault("not_a_day")),
        ("soon", fault("not_a_day")),
        ("46082", fault("not_a_day")),
        ("1812-01-01", fault("not_a_day")),
        ("2026-11-24", fault("day_in_future")),
        ("#N/A", fault("error_value")),
        ("99999999", fault("not_a_day")),
    ],
)
def test_a_day_that_is_none_or_not_certain(cell: str, day: str | Fault | None) -> None:
    assert UNSTATED(cell) == day


def test_the_order_of_a_day_and_a_month_can_be_stated() -> None:
    day_first = day_reader(DateOrder.DAY_FIRST, has_1904=None)
    month_first = day_reader(DateOrder.MONTH_FIRST, has_1904=None)
    assert day_first("3/1/26") == "2026-01-03"
    assert month_first("3/1/26") == "2026-03-01"
    assert day_first("03/13/2026") == fault("not_a_day")
    assert month_first("2026-03-04") == "2026-03-04"


@given(st.dates(date(1980, 1, 1), TODAY))
def test_any_day_is_read_back(day: date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%Y%m%d"):
        assert UNSTATED(day.strftime(form)) == day.isoformat()
    assert (
        day_reader(DateOrder.DAY_FIRST, has_1904=None)(day.strftime("%d.%m.%Y")) == day.isoformat()
    )


def test_a_coverage_of_some_months_ends_the_day_before() -> None:
    assert months_after("2026-03-01", 36) == "2029-02-28"
    assert months_after("2025-12-31", 2) == "2026-02-27"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("36", 36), ("36 months", 36), ("36,0", 36), ("2,5 år", 30), ("3 years", 36), ("", None),
        ("2000", fault("not_a_number")), ("x", fault("not_a_number")),
        ("=1", fault("formula_without_value")),
    ],
)  # fmt: skip
def test_a_number_of_months(cell: str, number: int | Fault | None) -> None:
    assert months(cell) == number


def test_words_of_a_few_meanings() -> None:
    own = choice_reader("ownership", {"Pool": "owned"})
    assert [own(each) for each in ("Pool", "Company", "LEASAD", "Privat", "", "N/A")] == [
        "owned", "owned", "leased", "other", "", "",
    ]  # fmt: skip
    assert own("what") == fault("unknown_value")
    assert own("#N/A") == fault("error_value")
    assert choice_reader("ownership", {"*": "unknown"})("what") == "unknown"
    family = choice_reader("family", {"Laptop": "mac", "*": ""})
    assert [family(each) for each in ("Laptop", "iPad Air", "Monitor")] == ["mac", "ipad", ""]
    find_my = choice_reader("find_my", {})
    assert [find_my(each) for each in ("Ja", "0", "Not supported", "TRUE")] == [
        "on", "off", "unknown", "on",
    ]  # fmt: skip


def test_every_way_to_write_apple_is_apple() -> None:
    maker = maker_reader({"Äpplet": "apple"})
    written = ("Apple", "APPLE INC.", "Apple Computer", "äpplet")
    assert {maker(each) for each in written} == {"apple"}
    assert maker("Applegate Ltd") == "Applegate Ltd"
    assert maker("=1") == fault("formula_without_value")
    assert part_number("mk183ks/a") == "MK183KS/A"
    assert part_number("#REF!") == fault("error_value")


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("iPhone 15 Pro", "iphone"), ("iPad12,1", "ipad"), ("iPod touch (7th generation)", "ipod"),
        ("Mac14,2", "mac"), ("iMac21,1", "mac"), ("MacBookPro18,3", "mac"), ("Mac mini", "mac"),
        ("Macmini9,1", "mac"), ("Mac Studio", "mac"), ("MAC", "mac"), ("Power Mac G5", "mac"),
        ("Apple TV 4K", None), ("Watch6,2", None), ("iPad Case", None), ("Skal till iPhone", None),
        ("VMware7,1 Mac", None), ("Machine", None),
    ],
)  # fmt: skip
def test_a_family_is_told_by_a_model(text: str, family: str | None) -> None:
    assert family_of(text) == family


def test_few_values_are_read_once_and_many_do_not_fill_the_memory() -> None:
    asked: list[str] = []

    def note(cell: str) -> object:
        asked.append(cell)
        return Fault("not_a_day") if cell.startswith("x") else cell

    column = Remembered(note)
    assert column(["a", "xb", "a"]) == (["a", None, "a"], {1: "not_a_day"})
    assert column(["a", "c"]) == (["a", "c"], {})
    assert asked == ["a", "xb", "c"]
    column([str(at) for at in range(20_001)])
    assert column(["a"]) == (["a"], {})
    assert asked.count("a") == 2


def test_utf8_is_known_in_another_encoding() -> None:
    assert is_utf8_in_disguise("Ã¥", "cp1252")
    assert not is_utf8_in_disguise("å", "cp1252")
    assert not is_utf8_in_disguise("plain", "cp1252")
    assert not is_utf8_in_disguise("漢", "cp1252")
