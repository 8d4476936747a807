"""What a person types off a tester's display: read exactly, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.labels import LabelKind, label_text, read_label
from app.domain.typed_readings import (
    LONGEST,
    MAX_OHM,
    TypedValue,
    typed_text,
    value_in,
    value_of_code,
)


@pytest.mark.parametrize(
    "text",
    [
        "1050000",
        "1 050 000",
        "1\u00a0050\u202f000 ohm",
        "1050000 Ohms",
        "1,05M",
        "1.05M",
        " 1,050 M ",
        "1.05 Mohm",
        "1.05 MOHM",
        "1.05 M ohm",
        "1,05 megohm",
        "1,05 Megaohm",
        "1,05 MΩ",
        "1,05 M\u2126",
        "1050k",
        "1050 K",
        "1050 kilo ohm",
        "0.00105 G",
        "0,00105 gigaohm",
        "1,05E6",
        "1.05e+06 ohm",
    ],
)
def test_one_value_is_read_however_a_display_writes_it(text: str) -> None:
    assert value_in(text) == TypedValue(1_050_000)


@pytest.mark.parametrize("text", ["OL", "ol", "O.L", "0,L", "0L"])
def test_out_of_range_is_read(text: str) -> None:
    assert value_in(text) == TypedValue(None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "M",
        "ohm",
        "1,05",  # decimals without a prefix: it was lost
        "1.05 ohm",
        "1.05E0",
        "1,0",
        "750.000",  # three quarters of a million, or 750
        "1,05m",  # milli or mega
        "1,05 mohm",
        "1 g",
        "1,050,000",  # a comma between thousands, or a slip
        "1.050.000",
        "1 05 M",
        "1..5M",
        "-5",
        "1E3M",
        "1e-6",
        "1.0000005k",
        "1.00005k",  # no whole ohm
        "1.05 V",
        "1,05M!",
        "\u0661M",  # a digit of another script
        "1" * 17,
        str(MAX_OHM + 1),
        "1e16",
        "1e99",
        "9" * LONGEST + "9",
    ],
)
def test_what_is_not_certain_is_not_read(text: str) -> None:
    assert value_in(text) is None


def test_the_most_that_a_tester_shows_is_read() -> None:
    assert value_in(str(MAX_OHM)) == value_in("1000000G") == TypedValue(MAX_OHM)
    assert value_in("0") == TypedValue(0)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("ESD 1,05M", "1,05M"),
        ("  esd\u00a0OL ", "OL"),
        ("ESD\t1 050 000", "1 050 000"),
        ("ESD nonsense", "nonsense"),
        ("ESD", None),
        ("ESD ", None),
        ("ESD1050000", None),  # by its form a serial number
        ("ESDX 1", None),
        ("1,05M", None),
    ],
)
def test_the_word_and_a_space_tell_a_reading_from_a_code(text: str, rest: str | None) -> None:
    assert typed_text(text) == rest


@given(st.text(max_size=60))
def test_any_text_gives_a_value_within_bounds_or_none(text: str) -> None:
    value = value_in(text)
    assert value is None or value.ohm is None or 0 <= value.ohm <= MAX_OHM
    assert typed_text(text) is None or text.strip()[:3].upper() == "ESD"


@given(st.integers(0, MAX_OHM))
def test_every_value_has_a_code_that_a_label_carries(ohm: int) -> None:
    value = TypedValue(ohm)
    label = read_label(label_text(LabelKind.COMMAND, value.code))
    assert label is not None
    assert value_of_code(value.code) == value == value_in(str(ohm))


def test_out_of_range_has_a_code_as_well() -> None:
    assert value_of_code(TypedValue(None).code) == TypedValue(None)


@pytest.mark.parametrize(
    "body", ["", "ESD", "ESDX", "ESD1M", "ESD-1", "XESD1", "ESDOL1", f"ESD{MAX_OHM + 1}"]
)
def test_another_body_is_no_value(body: str) -> None:
    assert value_of_code(body) is None
