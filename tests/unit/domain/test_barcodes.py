"""What a plain text means: every kind of barcode that reaches a bench, and what is none."""

import doctest

import pytest

from app.domain import barcodes
from app.domain.barcodes import (
    MAX_BYTES,
    Candidate,
    Kind,
    read,
)
from app.domain.labels import LabelKind, label_text
from tests.unit.domain.readings import both, meaning, told


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(barcodes).failed == 0


@pytest.mark.parametrize("value", ["K9YQ7XJ2LM", "A1B2C3D4"])
def test_up_to_ten_characters_are_a_device_serial(value: str) -> None:
    assert told(value) == ([("device_serial", value)], ())


@pytest.mark.parametrize("value", ["W80123ABCDE", "C02XK0ABJGH5", "C02XK0ABJGH5AB"])
def test_eleven_to_fourteen_characters_may_be_a_component_too(value: str) -> None:
    assert told(value) == (both(value), ())


def test_small_letters_and_outer_spaces_change_nothing() -> None:
    reading = read(b"  c02xk0abjgh5 \r\n")
    assert meaning(reading) == both("C02XK0ABJGH5")
    assert reading.raw == b"  c02xk0abjgh5 \r\n"


def test_i_and_o_in_a_device_serial_are_told_with_what_they_probably_are() -> None:
    candidates, warnings = told("CO2XKOABJGH5")
    assert candidates == [
        ("device_serial", "C02XK0ABJGH5"),
        ("component_serial", "CO2XKOABJGH5"),
    ]
    assert warnings == ("serial_i_or_o",)


@pytest.mark.parametrize("value", ["C015052020KFY5J6A", "F5D547790KPG5NYAW", "C4H7482010WH80MA5"])
def test_a_component_serial_of_seventeen_characters_is_checked(value: str) -> None:
    assert told(value) == ([("component_serial", value)], ())
    wrong = "D" + value[1:] if value[0] != "D" else "C" + value[1:]
    assert told(wrong) == ([("component_serial", wrong)], ("component_check_failed",))


def test_the_letter_before_a_serial_is_cut_where_the_whole_is_no_serial() -> None:
    value = "A1B2C3D4" * 3
    assert told(f"S{value}") == ([("component_serial", value)], ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SC02XK0ABJGH5",
            [
                ("device_serial", "SC02XK0ABJGH5"),
                ("device_serial", "C02XK0ABJGH5"),
                ("component_serial", "SC02XK0ABJGH5"),
                ("component_serial", "C02XK0ABJGH5"),
            ],
        ),
        ("S12345678", [("device_serial", "S12345678"), ("device_serial", "12345678")]),
        (
            "SC4H7482010WH80MA5",
            [
                ("component_serial", "SC4H7482010WH80MA5"),
                ("component_serial", "C4H7482010WH80MA5"),
            ],
        ),
        ("SC4H7482010WH80MA6", [("component_serial", "SC4H7482010WH80MA6")]),
        ("SA1B2C3D", [("device_serial", "SA1B2C3D")]),
        (
            "SC02XK0ABJGH5AB",
            [
                ("component_serial", "SC02XK0ABJGH5AB"),
                ("device_serial", "C02XK0ABJGH5AB"),
                ("component_serial", "C02XK0ABJGH5AB"),
            ],
        ),
    ],
)
def test_a_whole_that_is_a_serial_comes_before_what_is_left_without_its_s(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text) == (expected, ())


@pytest.mark.parametrize("text", ["661-17578", "66117578x"[:8], "1P661-17578", "1p66117578"])
def test_a_part_number_is_written_with_its_dash(text: str) -> None:
    assert told(text)[0][0] == ("part_number", "661-17578")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ZM661-5883", "ZM661-5883"),
        ("1PB661-6909", "B661-6909"),
        ("1PMK183LL/A", "MK183LL/A"),
        ("fk183ll/a", "FK183LL/A"),
    ],
)
def test_stock_prefixes_and_sales_numbers_are_part_numbers(text: str, value: str) -> None:
    assert told(text) == ([("part_number", value)], ())


@pytest.mark.parametrize("text", ["820-02016", "630-01234-A", "1P820-02016-A"])
def test_a_board_marking_is_told_and_is_no_part_number(text: str) -> None:
    assert told(text) == ([("unknown", text)], ("board_marking",))


def test_fifteen_digits_with_luhn_are_an_imei_first() -> None:
    value = "354178036859789"
    assert told(value) == ([("imei", value), ("component_serial", value)], ())


def test_fifteen_digits_without_luhn_are_told() -> None:
    value = "354178036859788"
    assert told(value) == ([("component_serial", value)], ("imei_check_failed",))


def test_fourteen_hexadecimal_digits_are_an_meid_first() -> None:
    value = "AF0123450ABCDE"
    assert told(value) == ([("meid", value), *both(value)], ())


def test_thirty_two_digits_are_an_eid_and_a_wrong_check_is_told() -> None:
    body = "890490320000010000001282556859"
    good, wrong = told(f"{body}76"), told(f"{body}00")
    assert good == ([("eid", f"{body}76")], ())
    assert wrong == ([("eid", f"{body}00")], ("eid_check_failed",))


def test_a_sim_card_number_is_told_and_never_taken_for_a_component() -> None:
    value = "8946071512360089522"
    assert told(value) == ([("unknown", value)], ("iccid",))


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("73513537", None),
        ("73513537", "]E4"),
        ("036000291452", None),
        ("0036000291452", "]E0"),
        ("9780201379624", None),
        ("9780201379624", "]E0"),
        ("98412345678908", None),
        ("98412345678908", "]I1"),
    ],
)
def test_a_trade_item_comes_first_and_a_serial_stays_possible(text: str, aim: str | None) -> None:
    candidates, warnings = told(text, aim)
    assert candidates[0] == ("gtin", text)
    assert ("device_serial", text) in candidates
    assert warnings == ()


def test_an_add_on_behind_a_trade_item_is_left_out() -> None:
    assert told("978020137962412345", "]E3")[0][0] == ("gtin", "9780201379624")
    assert told("978020137962412", "]E3")[0][0] == ("gtin", "9780201379624")


def test_what_is_no_add_on_is_not_left_out() -> None:
    text = "9780201379624/C02XK0ABJGH5"
    assert told(text, "]E3") == ([("unknown", text)], ())


def test_a_wrong_check_digit_is_told_where_the_symbology_promises_one() -> None:
    value = "9780201379625"
    assert told(value, "]E0") == (both(value), ("gtin_check_failed",))
    assert told(value) == (both(value), ())


def test_the_symbology_decides_between_a_trade_item_and_a_part_number() -> None:
    value = next(
        f"6611757{n}" for n in range(10) if ("gtin", f"6611757{n}") in told(f"6611757{n}")[0]
    )
    part = ("part_number", f"661-{value[3:]}")
    assert told(value)[0][:2] == [part, ("gtin", value)]
    assert told(value, "]E4")[0][:2] == [("gtin", value), part]


@pytest.mark.parametrize("aim", [None, "]A0", "]A1"])
def test_the_stars_of_a_code_39_are_cut(aim: str | None) -> None:
    assert told("*C02XK0ABJGH5*", aim) == (both("C02XK0ABJGH5"), ())


@pytest.mark.parametrize(
    ("text", "aim"), [("*C02XK0ABJGH5*", "]C0"), ("*C02XK0ABJGH5", None), ("*", None), ("**", None)]
)
def test_other_stars_stay(text: str, aim: str | None) -> None:
    assert told(text, aim) == ([("unknown", text)], ())


@pytest.mark.parametrize(
    ("kind", "body"),
    [(LabelKind.BADGE, "1007"), (LabelKind.COMMAND, "DONE"), (LabelKind.REPAIR_TAG, "R42")],
)
@pytest.mark.parametrize("wrap", ["{}", "*{}*", " {}\r\n", "]C0{}"])
def test_a_label_of_ours_is_nothing_else(kind: LabelKind, body: str, wrap: str) -> None:
    text = wrap.format(label_text(kind, body))
    assert told(text) == ([(kind.value, body)], ())
    assert told(text.lower() if "]" not in text else text) == ([(kind.value, body)], ())


def test_a_damaged_label_is_told_and_no_serial_is_made_of_it() -> None:
    assert told("OB10071") == ([("unknown", "OB10071")], ("label_check_failed",))
    assert told("OB1007001") == ([("unknown", "OB1007001")], ("label_check_failed",))


def test_a_damaged_label_that_is_something_else_as_it_stands_is_that() -> None:
    value = "OB1234567890"
    assert told(value) == ([("component_serial", value)], ("label_check_failed",))


@pytest.mark.parametrize(
    "text", ["hello", "Å" * 10, "C02XK0AB\0", "\0", "C02XK0AB\x1fGH5", "]", "]d"]
)
def test_a_text_without_a_meaning_is_unknown_and_kept(text: str) -> None:
    assert told(text) == ([("unknown", text)], ())


def test_nothing_is_stripped_inside_or_before_a_text() -> None:
    assert meaning(read(b"\0C02XK0ABJGH5\0")) == [("unknown", "\0C02XK0ABJGH5\0")]
    assert meaning(read(b"\nC02XK0ABJGH5")) == [("unknown", "\nC02XK0ABJGH5")]


def test_bytes_that_are_no_utf_8_are_read_as_latin_1() -> None:
    assert meaning(read(b"\xc5SA\xff")) == [("unknown", "ÅSAÿ")]
    assert meaning(read("ÅSA".encode())) == [("unknown", "ÅSA")]


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"  ", b" \r", b"]E0", b"]C1\r\n"])
def test_an_empty_barcode_is_told(raw: bytes) -> None:
    reading = read(raw)
    assert reading.warnings == ("empty",)
    assert reading.best.kind is Kind.UNKNOWN


def test_a_barcode_beyond_the_limit_is_kept_and_not_read() -> None:
    raw = b"C" * 4097
    reading = read(raw)
    assert reading.raw == raw
    assert reading.warnings == ("too_long",)
    assert reading.candidates == (Candidate(Kind.UNKNOWN, "C" * 4096),)
    assert read(b"C" * 4096).warnings == ()


def test_ten_megabytes_are_told_at_the_price_of_the_limit() -> None:
    reading = read(b"[)>\x1e06\x1d" + b"S\x1d" * 5_000_000)
    assert reading.warnings == ("too_long",)
    assert len(reading.best.value) == MAX_BYTES
