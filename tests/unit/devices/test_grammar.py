"""Lines of a tester: several channels, words of its own, faults told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.esd.grammar import Grammar, Read, parse_line
from app.devices.esd.ohms import Numbers
from app.devices.esd.patterns import compile_pattern
from app.devices.esd.results import Results
from app.devices.profiles import load_profile
from app.domain.esd import EsdVerdict, Measurement
from app.domain.line_fault import LineFault

WORDS = Results(
    (("OK", EsdVerdict.PASS), ("FAIL", None), ("LOW", EsdVerdict.FAIL_LOW)), fail_below_ohm=1000
)
FEET = Grammar(
    patterns=(
        compile_pattern(
            "L(?P<value_left_foot>[^ ]*)(?P<result_left_foot> LOW)? R(?P<value_right_foot>[^ ]*)"
            "(?P<unit_right_foot> k)?(?: (?P<unit>M))?(?: (?P<result>[A-Z]+))?"
        ),
        compile_pattern("(?P<time>[0-9:]+) (?P<operator>[A-Z]*) (?P<channel>[a-z]*)=(?P<value>.*)"),
    ),
    ignore=compile_pattern("#.*"),
    channels=(("WRIST", "wrist"),),
    numbers=Numbers(over=("OL",), under=("UR",)),
    results=WORDS,
)


def read(line: str, grammar: Grammar = FEET) -> Read:
    return parse_line(grammar, line.encode())


def test_a_line_can_hold_several_channels() -> None:
    assert read("L1.5 R2.5 M OK") == (
        Measurement("left_foot", 1_500_000, tester_verdict=EsdVerdict.PASS),
        Measurement("right_foot", 2_500_000, tester_verdict=EsdVerdict.PASS),
    )


def test_a_channel_s_own_unit_and_verdict_go_before_the_common_ones() -> None:
    assert read("L15 LOW R25 k OK") == (
        Measurement("left_foot", 15, tester_verdict=EsdVerdict.FAIL_LOW),
        Measurement("right_foot", 25_000, tester_verdict=EsdVerdict.PASS),
    )


def test_a_channel_that_was_not_measured_is_left_out() -> None:
    assert read("L R2.5 M") == (Measurement("right_foot", 2_500_000),)


def test_patterns_are_tried_in_turn_and_carry_operator_and_time() -> None:
    assert read("08:15 ANNA wrist=OL") == (
        Measurement("wrist", None, over_range=True, operator="ANNA", device_time="08:15"),
    )
    assert read("08:15  wrist=1") == (Measurement("wrist", 1, device_time="08:15"),)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("999", EsdVerdict.FAIL_LOW),
        ("1000", EsdVerdict.FAIL_HIGH),
        ("OL", EsdVerdict.FAIL_HIGH),
        ("UR", EsdVerdict.FAIL_LOW),
    ],
)
def test_a_plain_fail_gets_its_side_from_the_value(value: str, verdict: EsdVerdict) -> None:
    grammar = Grammar(
        (compile_pattern("(?P<value>.*) (?P<result>.*)"),),
        channel="wrist",
        numbers=FEET.numbers,
        results=WORDS,
    )
    found = read(f"{value} fail", grammar)
    assert not isinstance(found, LineFault)
    (one,) = found
    assert isinstance(one, Measurement)
    assert one.tester_verdict is verdict


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("whatever", LineFault("no_match", "whatever")),
        ("L R", LineFault("no_value", "L R")),
        ("08:15 ANNA neck=1", LineFault("unknown_channel", "neck")),
        ("08:15 ANNA =1", LineFault("unknown_channel")),
        ("L1,5 R2", LineFault("bad_number", "1,5")),
        ("L1 R2 MAYBE", LineFault("unknown_result", "MAYBE")),
        ("L1x R2", LineFault("unknown_unit", "x")),
        ("L1E30 R2", LineFault("out_of_bounds", "1E30")),
        ("\u00c5", LineFault("undecodable", "c3")),
        ("L" + "1" * 2000, LineFault("oversize", "2001")),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str, fault: LineFault) -> None:
    assert read(line) == fault


def test_a_heading_is_no_measurement_and_no_fault() -> None:
    assert read("# CHANNEL") == ()


SHIPPED = tuple(
    grammar
    for name in ("generic-wrist-line", "generic-comma-line")
    if (grammar := load_profile(name).grammar) is not None
)


def by_shipped_profiles(raw: bytes) -> list[Read]:
    return [parse_line(grammar, raw) for grammar in SHIPPED]


@given(st.binary(max_size=1500))
def test_no_bytes_make_the_shipped_profiles_raise(raw: bytes) -> None:
    assert all(isinstance(each, tuple | LineFault) for each in by_shipped_profiles(raw))


@given(
    st.lists(
        st.sampled_from(
            [b"WRIST", b";", b"PASS", b"1.25E+06", b"R=", b" ", b"M", b"Ohm", b"OL", b"\xff", b"9"]
        ),
        max_size=30,
    ).map(b"".join)
)
def test_no_shuffled_line_makes_the_shipped_profiles_raise(raw: bytes) -> None:
    assert all(isinstance(each, tuple | LineFault) for each in by_shipped_profiles(raw))
