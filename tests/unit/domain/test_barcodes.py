"""What bytes mean: every kind of barcode that reaches a bench, and everything that is none."""

import doctest
import json
import random
import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import barcodes
from app.domain.barcodes import (
    MAX_BYTES,
    WARNINGS,
    Candidate,
    Format,
    Kind,
    Reading,
    as_json,
    read,
    warm_up,
)
from app.domain.labels import LabelKind, label_text

GS, RS, EOT = "\x1d", "\x1e", "\x04"


def meaning(reading: Reading) -> list[tuple[str, str]]:
    return [(one.kind.value, one.value) for one in reading.candidates]


def told(text: str, aim: str | None = None) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    reading = read(text.encode(), aim)
    return meaning(reading), reading.warnings


def both(value: str) -> list[tuple[str, str]]:
    return [("device_serial", value), ("component_serial", value)]


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(barcodes).failed == 0


# ----------------------------------------------------------------------
# Plain texts
# ----------------------------------------------------------------------


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


# ----------------------------------------------------------------------
# The symbology
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "aim"),
    [
        (b"]A0C02XK0ABJGH5", None),
        (b"C02XK0ABJGH5", "]A0"),
        (b"]A0C02XK0ABJGH5", "]A0"),
        (b"C02XK0ABJGH5", "]A0\0"),
    ],
)
def test_the_symbology_is_known_from_the_wire_or_from_the_data(raw: bytes, aim: str | None) -> None:
    reading = read(raw, aim)
    assert reading.aim == "]A0"
    assert meaning(reading) == both("C02XK0ABJGH5")


def test_data_that_begins_like_another_symbology_is_data() -> None:
    reading = read(b"]A0C02XK0ABJGH5", "]C0")
    assert (reading.aim, meaning(reading)) == ("]C0", [("unknown", "]A0C02XK0ABJGH5")])


@pytest.mark.parametrize("aim", ["", "\0\0\0", "   "])
def test_a_scanner_without_symbologies_is_no_fault(aim: str) -> None:
    reading = read(b"C02XK0ABJGH5", aim)
    assert (reading.aim, reading.warnings) == (None, ())


@pytest.mark.parametrize("aim", ["d2", "]", "]d22", "abc", "]\xff1"])
def test_a_symbology_that_is_none_is_told_and_the_data_read(aim: str) -> None:
    reading = read(b"C02XK0ABJGH5", aim)
    assert (reading.aim, reading.warnings) == (None, ("aim_unknown",))
    assert meaning(reading) == both("C02XK0ABJGH5")


# ----------------------------------------------------------------------
# GS1
# ----------------------------------------------------------------------


@pytest.mark.parametrize("aim", ["]C1", "]d2", "]Q3", "]e0"])
@pytest.mark.parametrize("apart", [True, False])
def test_a_gs1_barcode_tells_its_fields(aim: str, *, apart: bool) -> None:
    data = f"010978020137962410LOT7{GS}21C02XK0ABJGH5"
    reading = read(data.encode(), aim) if apart else read((aim + data).encode())
    assert reading.format is Format.GS1
    assert reading.fields == {
        "01": ("09780201379624",),
        "10": ("LOT7",),
        "21": ("C02XK0ABJGH5",),
    }
    assert meaning(reading) == [*both("C02XK0ABJGH5"), ("gtin", "09780201379624")]
    assert reading.warnings == ()


def test_a_separator_is_enough_to_try_gs1() -> None:
    reading = read(f"{GS}0109780201379624".encode())
    assert (reading.format, meaning(reading)) == (Format.GS1, [("gtin", "09780201379624")])


def test_a_separator_in_a_text_of_another_kind_makes_no_gs1() -> None:
    text = f"ABC{GS}DEF"
    reading = read(text.encode())
    assert (reading.format, meaning(reading)) == (Format.PLAIN, [("unknown", text)])
    assert reading.warnings == ()


def test_a_gs1_symbology_with_other_data_is_told_and_the_data_read() -> None:
    reading = read(b"C02XK0ABJGH5", "]d2")
    assert (reading.format, reading.warnings) == (Format.PLAIN, ("gs1_invalid",))
    assert meaning(reading) == both("C02XK0ABJGH5")


def test_a_wrong_check_digit_inside_gs1_is_told() -> None:
    reading = read(b"]C10109780201379625")
    assert reading.fields == {"01": ("09780201379625",)}
    assert meaning(reading) == [("unknown", "0109780201379625")]
    assert reading.warnings == ("gtin_check_failed",)


def test_a_phone_inside_gs1_has_its_imei() -> None:
    reading = read(b"]d28002354178036859789")
    assert reading.best == Candidate(Kind.IMEI, "354178036859789")


# ----------------------------------------------------------------------
# ISO/IEC 15434
# ----------------------------------------------------------------------


def label(*fields: str, header: str = f"[)>{RS}06{GS}", trailer: str = f"{RS}{EOT}") -> bytes:
    return (header + GS.join(fields) + trailer).encode()


def test_a_part_label_tells_the_part_first_and_then_the_component() -> None:
    reading = read(label("SC4H7482010WH80MA5", "1P661-17578", "Q1"))
    assert reading.format is Format.ISO15434
    assert reading.fields == {"S": ("C4H7482010WH80MA5",), "1P": ("661-17578",), "Q": ("1",)}
    assert meaning(reading) == [
        ("part_number", "661-17578"),
        ("component_serial", "C4H7482010WH80MA5"),
    ]
    assert reading.warnings == ()


def test_a_product_label_tells_the_product_before_its_model() -> None:
    reading = read(label("1PMK183LL/A", "SC02XK0ABJGH5"))
    assert meaning(reading) == [*both("C02XK0ABJGH5"), ("part_number", "MK183LL/A")]


def test_what_is_unique_comes_first_and_what_is_strange_last() -> None:
    trade_item = f"[)>{RS}05{GS}0109780201379624{RS}06{GS}"
    reading = read(label("1PXYZ-9", "1PMK183LL/A", "SK9YQ7XJ2LM", "P661-17578", header=trade_item))
    assert meaning(reading) == [
        ("part_number", "661-17578"),
        ("device_serial", "K9YQ7XJ2LM"),
        ("part_number", "MK183LL/A"),
        ("gtin", "09780201379624"),
        ("part_number", "XYZ-9"),
    ]
    reversed_label = label("1PXYZ-9", trailer=f"{RS}05{GS}0109780201379624{RS}{EOT}")
    assert read(reversed_label).values(Kind.GTIN, Kind.PART_NUMBER) == ("09780201379624", "XYZ-9")


def test_i_and_o_in_the_serial_of_a_label_are_told() -> None:
    reading = read(label("SK9YQ7XJ2LO"))
    assert meaning(reading) == [("device_serial", "K9YQ7XJ2L0")]
    assert reading.warnings == ("serial_i_or_o",)


def test_repeated_identifiers_keep_every_value() -> None:
    reading = read(label("1P661-17578", "1P923-06959", "S12345678", "S12345678"))
    assert reading.fields == {"1P": ("661-17578", "923-06959"), "S": ("12345678", "12345678")}
    assert meaning(reading) == [
        ("part_number", "661-17578"),
        ("part_number", "923-06959"),
        ("device_serial", "12345678"),
    ]


@pytest.mark.parametrize("identifier", ["P", "1P", "30P", "01P", "p"])
def test_part_identifiers(identifier: str) -> None:
    assert meaning(read(label(f"{identifier}66117578"))) == [("part_number", "661-17578")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("UN123456789C02XK0ABJGH5", "C02XK0ABJGH5"),
        ("D0ABC1C02XK0ABJGH5", "C02XK0ABJGH5"),
        ("LB1234C4H7482010WH80MA5", "C4H7482010WH80MA5"),
    ],
)
def test_a_serial_behind_its_issuer_is_found(value: str, expected: str) -> None:
    reading = read(label(f"25S{value}"))
    assert reading.fields == {"25S": (value,)}
    assert reading.best.value == expected
    assert ("component_serial", value) in meaning(reading)


def test_a_serial_behind_an_unknown_issuer_stays_whole() -> None:
    assert meaning(read(label("25SXY9C02XK0ABJGH5"))) == [("component_serial", "XY9C02XK0ABJGH5")]


def test_a_board_marking_on_a_label_is_told() -> None:
    reading = read(label("1P820-02016"))
    assert (reading.best.kind, reading.warnings) == (Kind.UNKNOWN, ("board_marking",))


def test_a_sim_card_number_on_a_label_is_told() -> None:
    reading = read(label("S8946071512360089522"))
    assert (reading.best.kind, reading.warnings) == (Kind.UNKNOWN, ("iccid",))


def test_an_imei_in_the_serial_of_a_label_is_one() -> None:
    assert read(label("S354178036859789")).best == Candidate(Kind.IMEI, "354178036859789")


def test_an_empty_part_number_means_nothing() -> None:
    reading = read(label("P", "Q1"))
    assert (reading.best.kind, reading.warnings) == (Kind.UNKNOWN, ())


@pytest.mark.parametrize("raw", [b"[)>061P661-17578SC02XK0ABJGH5", b"]d1[)>061P661-17578"])
def test_a_label_whose_separators_were_lost_is_told_and_not_guessed(raw: bytes) -> None:
    reading = read(raw)
    assert reading.format is Format.ISO15434
    assert reading.fields == {}
    assert reading.warnings == ("separators_lost",)
    assert reading.candidates == (Candidate(Kind.UNKNOWN, raw.decode().removeprefix("]d1")),)


DISTRIBUTORS = {
    "record separator missing, quantity padded, zeros for filling": (
        label(
            *("P296-1234-1-ND", "1PTPS65987DDHRSHR", "K", "1K61234567", "10K71234567", "11K1"),
            *("4LTW", "Q000000010", "11ZPICK", "12Z5418070", "13Z862411", "20Z" + "0" * 60),
            header=f"[)>06{GS}",
            trailer="",
        ),
        [("part_number", "296-1234-1-ND"), ("part_number", "TPS65987DDHRSHR")],
        {"1P": ("TPS65987DDHRSHR",), "K": ("",), "Q": ("000000010",), "11Z": ("PICK",)},
        ("part_number_unrecognised",),
    ),
    "one more character before the header": (
        label(
            *("K21234567", "14K007", "1PTPS2051CDBVR", "Q100", "11K081234567", "4LMY", "1VTI"),
            header=f">[)>06{GS}",
        ),
        [("part_number", "TPS2051CDBVR")],
        {"14K": ("007",), "1V": ("TI",), "11K": ("081234567",)},
        ("part_number_unrecognised",),
    ),
    "customer number and two dates": (
        label("P076-1234", "1PXYZ-9", "9D2519", "10D2520", "1TLOT.7", "4LCN", "Q5"),
        [("part_number", "076-1234"), ("part_number", "XYZ-9")],
        {"9D": ("2519",), "10D": ("2520",), "1T": ("LOT.7",)},
        ("part_number_unrecognised",),
    ),
    "maker's company, part and serial of a module": (
        label("18VLEXYZ", "1P661-17578", "SC015052020KFY5J6A", "6D20250519"),
        [("part_number", "661-17578"), ("component_serial", "C015052020KFY5J6A")],
        {"18V": ("LEXYZ",), "6D": ("20250519",)},
        (),
    ),
    "three formats at once": (
        label(
            "1P661-17578",
            header=f"[)>{RS}05{GS}0109780201379624{RS}06{GS}",
            trailer=f"{RS}12{GS}SER C4H7482010WH80MA5{GS}PNR 661-17578{RS}{EOT}",
        ),
        [
            ("part_number", "661-17578"),
            ("component_serial", "C4H7482010WH80MA5"),
            ("gtin", "09780201379624"),
        ],
        {"01": ("09780201379624",), "SER": ("C4H7482010WH80MA5",), "PNR": ("661-17578",)},
        (),
    ),
}


@pytest.mark.parametrize("name", DISTRIBUTORS)
def test_the_labels_of_distributors_are_read(name: str) -> None:
    raw, candidates, fields, warnings = DISTRIBUTORS[name]
    reading = read(raw, "]d1")
    assert meaning(reading) == candidates
    assert fields.items() <= reading.fields.items()
    assert reading.warnings == warnings


# ----------------------------------------------------------------------
# The reading itself
# ----------------------------------------------------------------------


def test_a_reading_as_json_has_the_shape_that_scripts_rely_on() -> None:
    raw = label("1P661-17578", "Q1")
    assert json.loads(json.dumps(as_json(read(raw, "]d1")))) == {
        "raw_hex": raw.hex(),
        "aim": "]d1",
        "format": "iso15434",
        "fields": {"1P": ["661-17578"], "Q": ["1"]},
        "candidates": [{"kind": "part_number", "value": "661-17578"}],
        "warnings": [],
    }


def test_a_reading_as_json_holds_plain_values_only() -> None:
    document = as_json(read(b"CO2XKOABJGH5", "nonsense"))
    assert document["warnings"] == ["aim_unknown", "serial_i_or_o"]
    assert {type(code) for code in read(b"CO2XKOABJGH5", "nonsense").warnings} == {str}


def test_a_reading_gives_the_values_of_some_kinds_best_first() -> None:
    reading = read(b"SC02XK0ABJGH5")
    assert reading.values(Kind.DEVICE_SERIAL) == ("SC02XK0ABJGH5", "C02XK0ABJGH5")
    assert reading.values(Kind.IMEI, Kind.MEID) == ()


def test_a_reading_never_changes() -> None:
    reading = read(b"C02XK0ABJGH5")
    with pytest.raises(FrozenInstanceError):
        reading.raw = b""  # pyright: ignore[reportAttributeAccessIssue] # that is the point
    assert hash(reading) == hash(read(b"C02XK0ABJGH5"))


def test_start_up_imports_none_of_the_slow_libraries() -> None:
    script = (
        "import sys; from app.domain.barcodes import read; read(b'C02XK0ABJGH5');"
        "assert not {'biip', 'stdnum'} & set(sys.modules), 'imported at start'"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_warm_up_leaves_nothing_to_import() -> None:
    script = (
        "import sys; from app.domain.barcodes import read, warm_up; warm_up();"
        "before = set(sys.modules); read(b'354178036859789'); read(b']C10109780201379624');"
        "read(b'OCDONEX'); read(b'8946071512360089522');"
        "assert set(sys.modules) == before, set(sys.modules) - before"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    warm_up()


# ----------------------------------------------------------------------
# Any bytes
# ----------------------------------------------------------------------

SYMBOLOGIES = st.none() | st.sampled_from(
    ["]A0", "]C0", "]C1", "]E0", "]E3", "]E4", "]I1", "]Q3", "]d1", "]d2", "]e0", "x", "\0"]
)
PIECES = st.sampled_from(
    [
        *(
            "[)>",
            ">",
            RS,
            GS,
            EOT,
            "06",
            "05",
            "12",
            "01",
            "1P",
            "P",
            "S",
            "25S",
            "*",
            "]d2",
            "]C1",
        ),
        *("661-17578", "C02XK0ABJGH5", "C4H7482010WH80MA5", "354178036859789", "9780201379624"),
        *("OCDONEX", "OB", "OR", "8200", "3103", "3929", "8008", "7007", "17", "415", "00", "02"),
        *("8002", "390", "\0", " ", "\r\n", "0", "9", "I", "O", "\u0661", "\u00c5", "\u017f"),
    ]
)


def check_reading(raw: bytes, aim: str | None) -> None:
    reading = read(raw, aim)
    assert reading.raw == raw
    assert reading.candidates
    assert len(set(reading.candidates)) == len(reading.candidates)
    assert (reading.best.kind is Kind.UNKNOWN) == (
        Kind.UNKNOWN in {c.kind for c in reading.candidates}
    )
    assert set(reading.warnings) <= set(WARNINGS)
    assert len(set(reading.warnings)) == len(reading.warnings)
    assert (reading.fields == {}) or reading.format is not Format.PLAIN
    assert json.loads(json.dumps(as_json(reading)))["raw_hex"] == raw.hex()
    assert read(raw, aim) == reading


@given(st.binary(max_size=3 * 1024), st.none() | st.text(max_size=4))
def test_any_bytes_have_a_reading(raw: bytes, aim: str | None) -> None:
    check_reading(raw, aim)


@settings(max_examples=400)
@given(st.lists(PIECES | st.text("0123456789", max_size=8), max_size=30), SYMBOLOGIES)
def test_any_mixture_of_what_barcodes_are_made_of_has_a_reading(
    pieces: list[str], aim: str | None
) -> None:
    check_reading("".join(pieces).encode(), aim)


@given(st.integers(0, 2**32 - 1), st.sampled_from(["]C1", "]d2", "]Q3", "]e0"]))
def test_any_digits_have_a_reading_as_gs1(seed: int, aim: str) -> None:
    generator = random.Random(seed)  # noqa: S311 - no secret; digits reach deeper than any text
    digits = "".join(generator.choices(f"0123456789{GS}", k=generator.randrange(1, 120)))
    check_reading(digits.encode(), aim)


@given(st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=8, max_size=14))
def test_every_device_serial_is_among_the_candidates_of_its_barcode(value: str) -> None:
    assert value in read(value.lower().encode()).values(Kind.DEVICE_SERIAL)
