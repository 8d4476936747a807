"""What testers write beside a value: verdicts in bits, a status, a time, several tests at once."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.esd.grammar import MOST_LINES, Grammar, Read, parse_line
from app.devices.esd.ohms import Numbers, Resistance, read_resistance
from app.devices.esd.patterns import PatternError, compile_pattern
from app.devices.esd.results import Bit, Results, Status
from app.devices.esd.times import Times
from app.devices.profiles import list_profiles
from app.domain.esd import Circumstances, EsdVerdict, Measurement
from app.domain.line_fault import LineFault

LOW, HIGH, PASS = EsdVerdict.FAIL_LOW, EsdVerdict.FAIL_HIGH, EsdVerdict.PASS
BITS = Results(
    (("OK", PASS), ("FAIL", None)),
    1000,
    (
        Bit(1, "wrist", LOW),
        Bit(2, "wrist", HIGH),
        Bit(4, "left_foot", LOW),
        Bit(256, "", EsdVerdict.INVALID),
    ),
)
BOTH = Grammar(
    (compile_pattern("(?P<value_wrist>[^,]*),(?P<value_left_foot>[^,]*),(?P<result>.*)"),),
    numbers=Numbers(blank_by_result=True, aborted=("mtf",)),
    results=BITS,
)
ONE = Grammar(
    (
        compile_pattern(
            "(?P<value>[^,]*),(?P<status>[^,]*),(?P<date>[^,]*),(?P<time>[^,]*)"
            "(?:,(?P<celsius>[^,]*),(?P<humidity>[^,]*),(?P<note>[^,]*))?"
        ),
    ),
    channel="surface",
    numbers=Numbers(decimal=".", aborted=("mtf",)),
    statuses=(
        ("OK", Status.OK),
        ("HI", Status.OVER),
        ("LO", Status.UNDER),
        ("?", Status.DOUBTFUL),
        ("NO", Status.NONE),
    ),
)
TIMED = replace(ONE, times=Times(("%d.%m.%Y %H:%M", "%H:%M"), timedelta(seconds=60)))


def read(text: str, grammar: Grammar) -> Read:
    return parse_line(grammar, text.encode())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5000,6000,OK", [("wrist", 5000, PASS), ("left_foot", 6000, PASS)]),
        ("5000,6000,0", [("wrist", 5000, PASS), ("left_foot", 6000, PASS)]),
        ("5000,6000,4", [("wrist", 5000, PASS), ("left_foot", 6000, LOW)]),
        ("5000,6000,0x2", [("wrist", 5000, HIGH), ("left_foot", 6000, PASS)]),
        (
            "5000,6000,257",
            [("wrist", 5000, LOW), ("left_foot", 6000, EsdVerdict.INVALID)],
        ),
        ("5000,500,FAIL", [("wrist", 5000, HIGH), ("left_foot", 500, LOW)]),
        (",6000,2", [("wrist", None, HIGH), ("left_foot", 6000, PASS)]),
        (",6000,1", [("wrist", None, LOW), ("left_foot", 6000, PASS)]),
        (",6000,0", [("left_foot", 6000, PASS)]),
        (",6000,FAIL", [("left_foot", 6000, HIGH)]),
        (",6000,", [("left_foot", 6000, None)]),
    ],
)
def test_a_verdict_in_bits_speaks_of_each_channel(
    text: str, expected: list[tuple[str, int | None, EsdVerdict | None]]
) -> None:
    told = read(text, BOTH)
    assert isinstance(told, tuple)
    measured = [one for one in told if isinstance(one, Measurement)]
    assert [(one.channel, one.ohm, one.tester_verdict) for one in measured] == expected
    assert all(
        one.over_range == (one.ohm is None and one.tester_verdict is HIGH) for one in measured
    )


@pytest.mark.parametrize("word", ["8", "512", "1x", "-1", "9999999999", "0xZ"])
def test_a_bit_that_nobody_told_of_is_a_fault(word: str) -> None:
    assert read(f"5000,6000,{word}", BOTH) == LineFault("unknown_result", word)


def test_a_channel_without_bits_gets_no_verdict_from_them() -> None:
    assert Results(bits=(Bit(1, "wrist", LOW),)).verdict("1", "feet") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5,OK,,", Measurement("surface", 5)),
        ("5,hi,,", Measurement("surface", None, over_range=True)),
        ("5,LO,,", Measurement("surface", None, under_range=True)),
        ("5,,,", Measurement("surface", 5)),
        ("5,?,,", Measurement("surface", 5, around=Circumstances(indicative=True))),
        (
            "5,OK,,,21.5,40,fine",
            Measurement("surface", 5, around=Circumstances(celsius="21.5", humidity="40")),
        ),
        ("5,OK,,,warm,40%,", Measurement("surface", 5)),
        ("5,NO,,", LineFault("not_measured", "NO")),
        ("5,HMM,,", LineFault("unknown_status", "HMM")),
        ("MTF,OK,,", LineFault("test_aborted", "MTF")),
        ("5,OK,,,,,mtf", LineFault("test_aborted", "mtf")),
    ],
)
def test_a_status_says_whether_there_is_a_value(
    text: str, expected: Measurement | LineFault
) -> None:
    told = read(text, ONE)
    assert told == (expected if isinstance(expected, LineFault) else (expected,))


def test_the_testers_time_is_kept_as_it_wrote_it_and_read() -> None:
    told = read("5,OK,02.03.2026,08:15", TIMED)
    assert isinstance(told, tuple)
    (one,) = told
    assert isinstance(one, Measurement)
    assert one.device_time == "02.03.2026 08:15"
    assert one.around.taken_at == datetime(2026, 3, 2, 8, 15)  # noqa: DTZ001 - the site's own
    assert one.around.fresh_for == timedelta(seconds=60)


@pytest.mark.parametrize("text", ["5,OK,30.02.2026,08:15", "5,OK,,", "5,OK," + "1" * 60 + ","])
def test_a_time_that_is_asked_for_and_cannot_be_read_is_a_fault(text: str) -> None:
    told = read(text, TIMED)
    assert isinstance(told, LineFault)
    assert told.code == "bad_time"


def test_a_time_that_is_only_read_may_be_missing() -> None:
    told = read("5,OK,,", replace(ONE, times=Times(("%H:%M",))))
    assert told == (Measurement("surface", 5),)


SEVERAL = replace(BOTH, several=True, ignore=compile_pattern("#.*"))


def test_each_line_of_an_answer_is_a_test_and_spoils_no_other() -> None:
    told = read("#head\r\n5000,,OK\nrubbish\r\r6000,,OK\r\n", SEVERAL)
    assert told == (
        Measurement("wrist", 5000, tester_verdict=PASS),
        LineFault("no_match", "rubbish"),
        Measurement("wrist", 6000, tester_verdict=PASS),
    )


def test_a_single_line_that_cannot_be_read_is_the_fault_of_all() -> None:
    assert read("rubbish\n", SEVERAL) == LineFault("no_match", "rubbish")
    assert read("#head\n\n", SEVERAL) == ()
    assert read("1\n" * (MOST_LINES + 1), replace(SEVERAL, longest=10**6)) == LineFault(
        "too_many", str(MOST_LINES + 1)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9.9E37", Resistance(None, over_range=True)),
        ("1.0e30", Resistance(None, over_range=True)),
        ("9.9E9", Resistance(9_900_000_000)),
        ("9.9E29", LineFault("out_of_bounds", "9.9E29")),
        ("x", LineFault("bad_number", "x")),
    ],
)
def test_a_number_beyond_all_bounds_is_how_an_instrument_says_over_range(
    text: str, expected: Resistance | LineFault
) -> None:
    assert read_resistance(text, None, Numbers(over_from=Decimal("1e30"))) == expected


@pytest.mark.parametrize(
    "text", ["(a", "(?<=x)a", r"(a)\1", "a{5000}", "(?P<value>a)|(?P<value>b)", "(a{900}){900}"]
)
def test_a_pattern_that_could_cost_too_much_or_is_none_is_refused(text: str) -> None:
    with pytest.raises(PatternError) as error:
        compile_pattern(text)
    assert str(error.value)


@pytest.mark.parametrize("text", ["(a+)+b", "(a|aa)+$", "(a|a?)+c", "(.*a){20}"])
def test_a_pattern_that_a_backtracking_engine_never_ends_with_ends(text: str) -> None:
    assert not compile_pattern(text).fits("a" * 5000 + "!")


PROFILES = [row.profile for row in list_profiles() if row.profile and row.profile.grammar]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
@given(data=st.data())
def test_no_bytes_break_any_shipped_profile(profile: object, data: st.DataObject) -> None:
    grammar = next(one.grammar for one in PROFILES if one is profile)
    assert grammar is not None
    samples = [sample.raw for one in PROFILES if one is profile for sample in one.samples]
    raw = data.draw(st.binary(max_size=300) | st.sampled_from(samples))
    at = data.draw(st.integers(0, len(raw)))
    mixed = raw[:at] + data.draw(st.binary(max_size=4)) + raw[at:]
    told = parse_line(grammar, mixed)
    if isinstance(told, tuple):
        for one in told:
            assert isinstance(one, LineFault) or (one.ohm is None) == (
                one.over_range or one.under_range
            )
