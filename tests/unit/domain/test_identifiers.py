"""Identifiers: what a text is, and what only looks like it."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import imei as stdnum_imei
from stdnum.iso7064 import mod_97_10

from app.domain import identifiers
from app.domain.identifiers import (
    ComponentSerial,
    DeviceSerial,
    PartKind,
    PartNumber,
    component_check,
    component_serial,
    device_serial,
    gtin14,
    is_board_marking,
    is_eid,
    is_gtin,
    is_iccid,
    is_imei,
    is_meid,
    looks_like_eid,
    looks_like_gtin,
    looks_like_imei,
    normalise,
    part_number,
    upc_a,
)

BASE34 = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(identifiers).failed == 0


@pytest.mark.parametrize("text", ["W80123ABCDE", "C02XK0ABJGH5", "K9YQ7XJ2LM", "12345678"])
def test_eight_to_fourteen_characters_without_i_and_o_are_a_device_serial(text: str) -> None:
    assert device_serial(text) == DeviceSerial(text)
    assert device_serial(f"  {text.lower()} ") == DeviceSerial(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "C02XK0A",
        "C02XK0ABJGH5ABC",
        "C02XK0AB GH5",
        "C02XK0ABJGH\n",
        "C02XK0ABJGH5\t",
        "Å12345678",
    ],
)
def test_other_texts_are_no_device_serial(text: str) -> None:
    assert device_serial(text) is None


def test_i_and_o_in_a_device_serial_are_taken_for_one_and_zero_and_it_is_told() -> None:
    assert device_serial("co2xkoabjghi") == DeviceSerial("C02XK0ABJGH1", corrected=True)


def test_a_letter_whose_capital_is_ascii_does_not_pass_for_it() -> None:
    assert device_serial("\u017fC02XK0AB") is None  # a long s, whose capital is S
    assert device_serial("C02XK0AB\u0131") is None  # an i without a dot, whose capital is I


@pytest.mark.parametrize("text", ["C015052020KFY5J6A", "F5D547790KPG5NYAW", "C4H7482010WH80MA5"])
def test_the_check_of_a_real_component_serial_holds(text: str) -> None:
    assert component_serial(text) == ComponentSerial(text, check=True)
    assert component_check(text.lower()) is True


@pytest.mark.parametrize("text", ["C015052020KFY5J6B", "F5D547790KPG5NAYW", "C4H7482O10WH80MA5"])
def test_a_component_serial_with_a_wrong_check_is_kept_and_told(text: str) -> None:
    assert component_serial(text) == ComponentSerial(text, check=False)


@pytest.mark.parametrize("last", BASE34)
def test_the_check_of_a_component_serial_with_i_or_o_never_holds(last: str) -> None:
    assert component_check(f"O{'0' * 15}{last}") is False


@pytest.mark.parametrize(
    "text", ["D8621150ABC", "C4H7482010WH80MA", "C4H7482010WH80MA5X", "A" * 24]
)
def test_a_component_serial_of_another_length_has_no_check(text: str) -> None:
    assert component_serial(text) == ComponentSerial(text, check=None)


@pytest.mark.parametrize("text", ["D8621150AB", "A" * 25, "C4H7482010WH80M-5", ""])
def test_other_texts_are_no_component_serial(text: str) -> None:
    assert component_serial(text) is None


@given(
    st.sampled_from(["C015052020KFY5J6A", "F5D547790KPG5NYAW", "C4H7482010WH80MA5"]),
    st.integers(0, 16),
    st.sampled_from(BASE34),
)
def test_one_wrong_character_is_always_seen_by_the_check(
    text: str, at: int, character: str
) -> None:
    changed = text[:at] + character + text[at + 1 :]
    assert component_check(changed) is (changed == text)


@pytest.mark.parametrize(
    ("text", "value", "stock"),
    [
        ("661-17578", "661-17578", ""),
        ("66117578", "661-17578", ""),
        ("923-06959", "923-06959", ""),
        ("922-8355", "922-8355", ""),
        ("076-1234", "076-1234", ""),
        ("0111234", "011-1234", ""),
        ("034-01234", "034-01234", ""),
        ("zm661-5883", "ZM661-5883", "ZM"),
        (" B661-6909 ", "B661-6909", "B"),
    ],
)
def test_a_spare_part_is_written_in_one_form(text: str, value: str, stock: str) -> None:
    assert part_number(text) == PartNumber(PartKind.SERVICE, value, stock)


@pytest.mark.parametrize("text", ["MK183LL/A", "mk183ll/a", "FK183LL/A", "NK183KS/A", "MWP22ZM/A"])
def test_a_sales_number_names_a_product(text: str) -> None:
    assert part_number(text) == PartNumber(PartKind.SALES, text.upper())


@pytest.mark.parametrize(
    "text",
    [
        "661-175",
        "661-175789",
        "662-17578",
        "ABCDE661-17578",
        "661--17578",
        "AK183LL/A",
        "MK183LL",
        "",
    ],
)
def test_other_texts_are_no_part_number(text: str) -> None:
    assert part_number(text) is None


@pytest.mark.parametrize("text", ["820-02016", "820-02016-A", "630-01234", " 820-3115-b "])
def test_a_board_marking_is_no_part_number(text: str) -> None:
    assert is_board_marking(text)
    assert part_number(text) is None


@pytest.mark.parametrize("text", ["82002016", "821-02016", "820-", "820-ABCDEFGHIJKLMNOPQ"])
def test_other_texts_are_no_board_marking(text: str) -> None:
    assert not is_board_marking(text)


@given(st.text("0123456789", min_size=15, max_size=15))
def test_an_imei_is_fifteen_digits_with_luhn(text: str) -> None:
    assert looks_like_imei(text)
    assert is_imei(text) == stdnum_imei.is_valid(text)


@pytest.mark.parametrize("text", ["", "35417803685978", "3541780368597890", "35417803685978A"])
def test_other_texts_do_not_look_like_an_imei(text: str) -> None:
    assert not looks_like_imei(text)
    assert not is_imei(text)


def test_digits_of_other_scripts_are_not_digits() -> None:
    arabic = "354178036859789".translate({48 + i: 0x660 + i for i in range(10)})
    assert not looks_like_imei(arabic)
    assert not looks_like_gtin(arabic[:13])
    assert not looks_like_eid(arabic * 2 + arabic[:2])


def test_an_meid_is_fourteen_hexadecimal_digits() -> None:
    assert is_meid("af0123450abcde")
    assert is_meid("35417803685978")
    assert not is_meid("AF0123450ABCDG")
    assert not is_meid("AF0123450ABCD")


@given(st.text("0123456789", min_size=30, max_size=30), st.integers(0, 99))
def test_an_eid_is_thirty_two_digits_with_a_check(body: str, check: int) -> None:
    text = f"{body}{check:02}"
    assert looks_like_eid(text)
    assert is_eid(text) == mod_97_10.is_valid(text)
    assert is_eid(body + mod_97_10.calc_check_digits(body))


@pytest.mark.parametrize("length", [0, 31, 33])
def test_another_number_of_digits_is_no_eid(length: int) -> None:
    assert not looks_like_eid("1" * length)
    assert not is_eid("1" * length)


@pytest.mark.parametrize("text", ["8946071512360089524", "89460715123600895245"])
def test_the_check_digit_tells_a_sim_card_number(text: str) -> None:
    good = [text[:-1] + digit for digit in "0123456789" if is_iccid(text[:-1] + digit)]
    assert len(good) == 1


@pytest.mark.parametrize("text", ["", "894607151236008952", "7946071512360089524", "9" * 19])
def test_other_texts_are_no_sim_card_number(text: str) -> None:
    assert not is_iccid(text)


@pytest.mark.parametrize("text", ["73513537", "195949036002", "9780201379624", "98412345678908"])
def test_a_trade_item_has_a_check_digit(text: str) -> None:
    wrong = text[:-1] + str((int(text[-1]) + 1) % 10)
    assert looks_like_gtin(text)
    assert looks_like_gtin(wrong)
    assert is_gtin(text) != is_gtin(wrong)


@pytest.mark.parametrize("text", ["", "7351353", "735135370", "978020137962A", "978020137962401"])
def test_other_texts_are_no_trade_item(text: str) -> None:
    assert not looks_like_gtin(text)
    assert not is_gtin(text)


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("01234505", "012000003455"),
        ("04252614", "042100005264"),
        ("06543217", "065100004327"),
        ("01234531", "012300000451"),
        ("01234543", "012340000053"),
        ("01234558", "012345000058"),
        ("11234593", "112345000093"),
    ],
)
def test_a_upc_e_stands_for_a_upc_a(short: str, whole: str) -> None:
    assert upc_a(short) == whole
    assert is_gtin(whole)


@pytest.mark.parametrize("text", ["", "04252615", "24252614", "0425261", "042526144"])
def test_other_texts_stand_for_no_upc_a(text: str) -> None:
    assert upc_a(text) is None


def test_a_upc_a_and_its_ean_13_compare_equal() -> None:
    assert gtin14("036000291452") == gtin14("0036000291452") == "00036000291452"


@given(st.text(max_size=40))
def test_no_text_makes_any_reader_fail(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    for reader in (
        component_check,
        component_serial,
        device_serial,
        is_board_marking,
        is_eid,
        is_gtin,
        is_iccid,
        is_imei,
        is_meid,
        part_number,
        upc_a,
    ):
        assert reader(text) == reader(normalise(text))
