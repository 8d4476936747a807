"""What barcodes with fields mean: GS1, and the labels of ISO/IEC 15434."""

import pytest

from app.domain.barcodes import (
    Candidate,
    Format,
    Kind,
    read,
)
from tests.unit.domain.readings import EOT, GS, RS, both, label, meaning

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


@pytest.mark.parametrize("aim", ["]I0", "]I1", "]E3"])
def test_a_symbology_of_digits_alone_never_holds_elements(aim: str) -> None:
    assert read(b"0109780201379624", aim).format is Format.PLAIN
    assert read(b"0109780201379624", "]C0").format is Format.GS1


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
