"""Resistances: exact, or refused; never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.esd.ohms import LARGEST_EXPONENT, Numbers, Resistance, read_resistance
from app.domain.line_fault import LineFault

POINT = Numbers(over=("OVR", "INF", "----", "OL", "HI", ">"), under=("UNR", "LO", "<"))
COMMA = Numbers(decimal=",", group=".")


def ohm(value: str, unit: str | None = None, numbers: Numbers = POINT) -> int | str | None:
    found = read_resistance(value, unit, numbers)
    return found.code if isinstance(found, LineFault) else found.ohm


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("1.2E+06", None, 1_200_000),
        ("1.25e6", None, 1_250_000),
        ("+35", "MOhm", 35_000_000),
        ("1.05", "M", 1_050_000),
        ("1.05M", None, 1_050_000),
        ("987.5 kOhm", None, 987_500),
        ("987.5", "KOHM", 987_500),
        ("2", "Gohm", 2_000_000_000),
        ("1", "T\u03a9", 10**12),
        ("1", "k\u2126", 1000),
        ("1", "\u2126", 1),
        ("1", "\u03a9", 1),
        ("1", "ohms", 1),
        ("3", "MEG", 3_000_000),
        (" 750 ", " ", 750),
        (".5", "M", 500_000),
        ("5.", "k", 5000),
        ("1.05\u00a0M\u2126", None, 1_050_000),
        ("0.1000000000000000055511151231257827", "G", 100_000_000),
        ("12345678901234567.8", None, 12_345_678_901_234_568),
        ("0.5", None, 1),
        ("0.49", None, 0),
        ("0", "M", 0),
        ("1E-300", None, 0),
        ("0E999", None, 0),
        ("1E18", None, 10**18),
    ],
)
def test_a_value_is_whole_ohms_exactly(value: str, unit: str | None, expected: int) -> None:
    assert ohm(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1,05 M", 1_050_000),
        ("1.050.000", 1_050_000),
        ("1050000", 1_050_000),
        ("1.050.000,4", 1_050_000),
        ("1.05 M", "bad_number"),
        ("10.50.000", "bad_number"),
    ],
)
def test_the_profile_says_which_mark_is_decimal(value: str, expected: int | str) -> None:
    assert ohm(value, None, COMMA) == expected


@pytest.mark.parametrize(
    ("value", "unit", "code"),
    [
        ("1,05", "M", "bad_number"),
        ("-5", "M", "bad_number"),
        ("", "M", "bad_number"),
        (".", "M", "bad_number"),
        ("E5", None, "bad_number"),
        ("NaN", None, "bad_number"),
        ("1.2.3", None, "bad_number"),
        ("1e9999", None, "bad_number"),
        ("\u0661\u0662", None, "bad_number"),
        ("9" * 41, None, "bad_number"),
        ("OLD", None, "bad_number"),
        ("1.05", "mohm", "unknown_unit"),
        ("1.05m", None, "unknown_unit"),
        ("1.05", "V", "unknown_unit"),
        ("1.05 M", "M", "unknown_unit"),
        ("1E19", None, "out_of_bounds"),
        ("1E12", "G", "out_of_bounds"),
        ("1E999", None, "out_of_bounds"),
    ],
)
def test_what_is_no_clear_value_is_refused(value: str, unit: str | None, code: str) -> None:
    assert ohm(value, unit) == code


@pytest.mark.parametrize("value", ["OL", "ol", " OVR ", "> 35 M", ">3.5E7", "----", "INF", "HI 35"])
def test_more_than_the_tester_can_measure(value: str) -> None:
    assert read_resistance(value, None, POINT) == Resistance(None, over_range=True)


@pytest.mark.parametrize("value", ["UNR", "<", "< 50 k", "lo"])
def test_less_than_the_tester_can_measure(value: str) -> None:
    assert read_resistance(value, None, POINT) == Resistance(None, under_range=True)


def test_a_sign_before_the_bound_uses_the_unit_that_stands_apart() -> None:
    assert read_resistance(">35", "MOhm", POINT) == Resistance(None, over_range=True)
    assert ohm(">35", "volts") == "bad_number"


def test_a_profile_names_the_units_of_its_tester() -> None:
    numbers = Numbers(unit="k", units=(("Mo", "M"), ("m", "M")))
    assert ohm("2", None, numbers) == 2000
    assert ohm("2 Mo", None, numbers) == 2_000_000
    assert ohm("2", "m", numbers) == 2_000_000


@given(st.text(max_size=60), st.none() | st.text(max_size=8), st.sampled_from([POINT, COMMA]))
def test_any_text_gives_a_bounded_value_or_a_fault(
    value: str, unit: str | None, numbers: Numbers
) -> None:
    found = read_resistance(value, unit, numbers)
    if isinstance(found, Resistance) and found.ohm is not None:
        assert 0 <= found.ohm <= 10 ** (LARGEST_EXPONENT + 1)


@given(st.integers(0, 10**15), st.sampled_from(["", "k", "M"]))
def test_whole_numbers_come_back_as_they_are(number: int, prefix: str) -> None:
    power = {"": 1, "k": 1000, "M": 1_000_000}[prefix]
    assert ohm(str(number), prefix + "ohm") in {number * power, "out_of_bounds"}
