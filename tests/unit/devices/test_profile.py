"""Profiles: read strictly, with the place of every mistake; the shipped ones keep their word."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.decoding import decoder
from app.devices.errors import ProfileError
from app.devices.esd.check import Miss, check_profile
from app.devices.esd.grammar import Sample
from app.devices.profile import LARGEST_BYTES, Profile, parse_profile, read_profile
from app.devices.profiles import ProfileRow, list_profiles, load_profile
from app.devices.wire.address import LineSettings
from app.devices.wire.framing import LINE_ENDS, Framing
from app.domain.esd import EsdVerdict, Measurement
from app.domain.frames import DeviceRole, Frame, FrameFault
from app.domain.line_fault import LineFault

SCANNER = 'schema = 1\nrole = "scanner"\n'
TESTER = r"""schema = 1
role = "esd"
[line]
channel = "wrist"
pattern = '(?P<value>[^ ]+) (?P<result>\w+)'
[results.words]
OK = "pass"
[[sample]]
line = "5 OK"
expect = [{ channel = "wrist", ohm = 5, result = "pass" }]
"""


def parse(text: str) -> Profile:
    return parse_profile(text.encode(), "mine")


def refusal(text: str) -> tuple[str, str, int | None]:
    with pytest.raises(ProfileError) as error:
        parse(text)
    return error.value.code, error.value.field, error.value.line


def altered(old: str, new: str) -> str:
    assert old in TESTER
    return TESTER.replace(old, new, 1)


def test_a_scanner_needs_no_more_than_its_role() -> None:
    profile = parse(SCANNER)
    assert profile == Profile("mine", DeviceRole.SCANNER, (), LineSettings(), Framing())
    assert profile.framing.terminators == LINE_ENDS
    assert profile.title("sv") == "mine"


def test_everything_that_a_profile_can_say_is_read() -> None:
    profile = parse(
        SCANNER
        + """
        title = { en = "Mine", sv = "Min" }
        [serial]
        baud = 115200
        format = "7E1"
        flow = "rtscts"
        [framing]
        start = "\\u0002"
        terminators = ["\\u0003", "\\u0003\\r", "\\u0003"]
        filler = " "
        idle_s = 1
        maximum = 100
        """
    )
    assert profile.line == LineSettings(115200, 7, "E", 1, "rtscts")
    assert profile.framing == Framing((b"\x03", b"\x03\r"), b"\x02", b" ", None, 1.0, 100)
    assert (profile.title("sv"), profile.title("de")) == ("Min", "Mine")


@pytest.mark.parametrize(
    ("framing", "expected"),
    [
        ("length = 12", Framing(terminators=(), length=12)),
        ("idle_s = 0.05", Framing(terminators=(), idle=0.05)),
        ("length = 4\nidle_s = 0.5", Framing(terminators=(), length=4, idle=0.5)),
        ('terminators = ["\\r"]\nidle_s = 0.5', Framing(terminators=(b"\r",), idle=0.5)),
    ],
)
def test_a_framing_can_go_by_length_silence_or_terminators(framing: str, expected: Framing) -> None:
    assert parse(SCANNER + "[framing]\n" + framing).framing == expected


def test_a_tester_gets_its_grammar_and_its_samples() -> None:
    profile = parse(TESTER)
    assert profile.framing.maximum == 1024
    assert profile.samples == (
        Sample(b"5 OK", (Measurement("wrist", 5, tester_verdict=EsdVerdict.PASS),), "", line=8),
    )
    assert check_profile(profile) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("missing", "schema", None)),
        ("schema = 1", ("missing", "role", 1)),
        ("schema = 2", ("bad_value", "schema", 1)),
        ('schema = 1\nrole = "results"', ("bad_value", "role", 2)),
        ("schema = 1\nrole = 5", ("wrong_type", "role", 2)),
        (SCANNER + "colour = 1", ("unknown_key", "colour", 3)),
        (SCANNER + "[line]\npattern = 'x'", ("unknown_key", "line", 1)),
        (SCANNER + "title = 5", ("wrong_type", "title", 3)),
        (SCANNER + "[title]\nen = 5", ("wrong_type", "title.en", 4)),
        (SCANNER + "[serial]\nbaud = true", ("wrong_type", "serial.baud", 4)),
        (SCANNER + "[serial]\nbaud = 1", ("bad_value", "serial.baud", 4)),
        (SCANNER + '[serial]\nformat = "9X3"', ("bad_value", "serial.format", 4)),
        (SCANNER + '[serial]\nflow = "dtr"', ("bad_value", "serial.flow", 4)),
        (SCANNER + "[serial]\nspeed = 9600", ("unknown_key", "serial.speed", 4)),
        (SCANNER + '[framing]\nstart = "ab"', ("bad_value", "framing.start", 4)),
        (SCANNER + '[framing]\nstart = "\\u0123"', ("bad_value", "framing.start", 4)),
        (SCANNER + '[framing]\nstart = "\\r"', ("bad_value", "framing.start", 4)),
        (
            SCANNER + '[framing]\nstart = "x"\nidle_s = 1',
            ("bad_value", "framing.start", 4),
        ),
        (SCANNER + "[framing]\nterminators = []", ("missing", "framing.terminators", 4)),
        (SCANNER + '[framing]\nterminators = [""]', ("bad_value", "framing.terminators", 4)),
        (SCANNER + "[framing]\nterminators = [5]", ("wrong_type", "framing.terminators", 4)),
        (
            SCANNER + f"[framing]\nterminators = {['x'] * 501}",
            ("bad_value", "framing.terminators", 4),
        ),
        (
            SCANNER + '[framing]\nlength = 4\nterminators = ["\\r"]',
            ("bad_value", "framing.length", 4),
        ),
        (SCANNER + '[framing]\nidle_s = "long"', ("wrong_type", "framing.idle_s", 4)),
        (SCANNER + "[framing]\nidle_s = true", ("wrong_type", "framing.idle_s", 4)),
        (SCANNER + "[framing]\nidle_s = 0", ("bad_value", "framing.idle_s", 4)),
        (SCANNER + "[framing]\nidle_s = nan", ("bad_value", "framing.idle_s", 4)),
        (SCANNER + "[framing]\nterminators = 'x'", ("wrong_type", "framing.terminators", 4)),
        (SCANNER + "[serial]\nformat = '" + "8" * 2001 + "'", ("bad_value", "serial.format", 4)),
        (SCANNER + "[framing]\nmaximum = 0", ("bad_value", "framing.maximum", 4)),
        (altered('channel = "wrist"', ""), ("missing", "line.channel", 3)),
        (altered('"wrist"\n', '"Left Foot"\n'), ("bad_value", "line.channel", 4)),
        (altered("pattern =", "patterns ="), ("wrong_type", "line.patterns", 5)),
        (
            altered("pattern = '(?P<value>[^ ]+) (?P<result>\\w+)'", ""),
            ("missing", "line.pattern", 3),
        ),
        (altered("(?P<value>", "(?P<valeur>"), ("bad_pattern", "line.pattern", 5)),
        (altered("(?P<value>", "("), ("bad_pattern", "line.pattern", 5)),
        (altered("(?P<value>", "(?P<value>("), ("bad_pattern", "line.pattern", 5)),
        (
            altered("[line]", "[line]\npatterns = [" + "'(?P<value>x)'," * 16 + "]"),
            ("bad_value", "line.patterns", 4),
        ),
        (altered("[line]", "[line]\nignore = '['"), ("bad_pattern", "line.ignore", 4)),
        (
            altered("[line]", "[line]\nignore = '" + "x" * 2001 + "'"),
            ("bad_value", "line.ignore", 4),
        ),
        (altered("[line]", '[line]\nencoding = "klingon"'), ("bad_value", "line.encoding", 4)),
        (altered("[line]", "[line]\ncolour = 1"), ("unknown_key", "line.colour", 4)),
        (TESTER + '[numbers]\ndecimal = ";"', ("bad_value", "numbers.decimal", 12)),
        (TESTER + '[numbers]\ngroup = "."', ("bad_value", "numbers.group", 12)),
        (TESTER + '[numbers]\nunit = "volt"', ("bad_value", "numbers.unit", 12)),
        (TESTER + '[numbers]\nunits = { x = "mm" }', ("bad_value", "numbers.units", 12)),
        (TESTER + '[numbers]\nover = [" "]', ("bad_value", "numbers.over", 12)),
        (TESTER + '[channels]\nW = "Wrist"', ("bad_value", "channels.W", 12)),
        (altered('"pass"\n', '"good"\n'), ("bad_value", "results.words.OK", 7)),
        (altered('"pass"\n', '"fail"\n'), ("missing", "results.fail_below_ohm", None)),
        (TESTER + "[results]\nfail_below_ohm = -1", ("bad_value", "results.fail_below_ohm", 12)),
        (TESTER[: TESTER.index("[[")], ("missing", "sample", 1)),
        (TESTER + '[[sample]]\nline = "x"', ("missing", "sample[1].expect", 11)),
        (TESTER + "[[sample]]\nexpect = []", ("missing", "sample[1].line", 11)),
        (
            TESTER + '[[sample]]\nline = "x"\nhex = "00"',
            ("bad_value", "sample[1].hex", 13),
        ),
        (TESTER + '[[sample]]\nhex = "0"', ("bad_value", "sample[1].hex", 12)),
        (
            altered("expect", 'fault = "no_match"\nexpect'),
            ("bad_value", "sample[0].fault", 10),
        ),
        (altered("ohm = 5, ", ""), ("bad_value", "expect[0].ohm", None)),
        (altered("ohm = 5", "ohm = 5, over = true"), ("bad_value", "expect[0].ohm", None)),
        (altered("ohm = 5", "ohms = 5, over = true"), ("unknown_key", "expect[0].ohms", None)),
        (altered("[{", "[5, {"), ("wrong_type", "sample[0].expect", 10)),
        (
            altered("[{ channel", "[" + "{}," * 501 + "{ channel"),
            ("bad_value", "sample[0].expect", 10),
        ),
        ("x = ", ("syntax", "", 1)),
        ("x = 1\nx = 2\n", ("syntax", "", 2)),
        ("x = " + "[" * 5000, ("syntax", "", None)),
    ],
)
def test_a_mistake_is_refused_with_its_place(
    text: str, expected: tuple[str, str, int | None]
) -> None:
    assert refusal(text) == expected


def test_a_file_that_is_no_text_or_too_large_is_refused() -> None:
    with pytest.raises(ProfileError, match="syntax"):
        parse_profile(b"\xff\xfe", "mine")
    with pytest.raises(ProfileError, match="too_large"):
        parse_profile(b"#" * (LARGEST_BYTES + 1), "mine")


@given(
    st.text(max_size=200)
    | st.sampled_from([SCANNER, TESTER]).flatmap(
        lambda base: st.tuples(st.integers(0, len(base)), st.text(max_size=5)).map(
            lambda cut: base[: cut[0]] + cut[1] + base[cut[0] :]
        )
    )
)
def test_any_text_is_a_profile_or_refused(text: str) -> None:
    with suppress(ProfileError):
        assert parse_profile(text.encode("utf-8", "surrogatepass"), "mine").name == "mine"


def test_pattern_and_patterns_can_stand_together() -> None:
    profile = parse(altered("[line]", "[line]\npatterns = ['second (?P<value>.*)']\nignore = '#'"))
    assert profile.grammar is not None
    assert [each.text[:6] for each in profile.grammar.patterns] == ["(?P<va", "second"]
    only = altered(
        "pattern = '(?P<value>[^ ]+) (?P<result>\\w+)'", "patterns = ['(?P<value>5) OK']"
    )
    assert parse(only).grammar is not None


# ----------------------------------------------------------------------
# Sample lines
# ----------------------------------------------------------------------


@pytest.mark.parametrize("row", list_profiles(), ids=lambda row: row.name)
def test_a_shipped_profile_keeps_its_word(row: ProfileRow) -> None:
    assert row.shipped
    assert row.fault is None
    assert row.profile is not None
    assert check_profile(row.profile) == ()
    assert {language for language, _ in row.profile.titles} == {"en", "sv"}
    if row.role is DeviceRole.ESD_TESTER:
        faults = [sample for sample in row.profile.samples if sample.fault]
        told = [one for s in row.profile.samples for one in s.expected]
        over = [one for one in told if isinstance(one, Measurement) and one.over_range]
        assert len(row.profile.samples) >= 4
        assert faults
        assert over


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("ohm = 5,", "ohm = 6,", "ohm"),
        ('channel = "wrist", ohm', 'channel = "feet", ohm', "channel"),
        (', result = "pass" }', " }", "tester_verdict"),
        ("ohm = 5,", "over = true,", "ohm"),
        ("ohm = 5,", 'operator = "A", ohm = 5,', "operator"),
        ("ohm = 5,", 'time = "A", ohm = 5,', "device_time"),
        ('expect = [{ channel = "wrist", ohm = 5, result = "pass" }]', "expect = []", "count"),
        (
            'expect = [{ channel = "wrist", ohm = 5, result = "pass" }]',
            'fault = "no_match"',
            "no_fault",
        ),
        ('line = "5 OK"', 'line = "5"', "fault"),
        ('line = "5 OK"', 'line = "5\\rOK"', "fault"),
    ],
)
def test_a_sample_that_is_missed_is_explained(old: str, new: str, reason: str) -> None:
    (miss,) = check_profile(parse(altered(old, new)))
    assert (miss.reason, miss.line) == (reason, 8)


def test_a_miss_tells_what_was_expected_and_what_came() -> None:
    (miss,) = check_profile(parse(altered("ohm = 5", "ohm = 6")))
    passed = EsdVerdict.PASS
    assert miss == Miss(
        8,
        b"5 OK",
        (Measurement("wrist", 6, tester_verdict=passed),),
        (Measurement("wrist", 5, tester_verdict=passed),),
        "ohm",
        wanted="6",
        given="5",
    )


def test_the_wrong_fault_is_a_miss() -> None:
    text = TESTER + '[[sample]]\nline = "x"\nfault = "bad_number"\n'
    (miss,) = check_profile(parse(text))
    assert (miss.reason, miss.expected, miss.actual) == (
        "fault",
        LineFault("bad_number"),
        LineFault("no_match", "x"),
    )


@pytest.mark.parametrize(
    ("framing", "misses"),
    [
        ('terminators = ["O"]', 1),
        ("length = 4", 0),
        ("length = 3", 1),
        ("idle_s = 0.1", 0),
        ('start = "\\u0002"\nterminators = ["\\u0003"]', 0),
        ("maximum = 3", 1),
    ],
)
def test_a_sample_has_to_arrive_as_one_message(framing: str, misses: int) -> None:
    profile = parse(TESTER + "[framing]\n" + framing)
    assert len(check_profile(profile)) == misses


def test_a_sample_that_arrives_in_parts_is_told_as_framing() -> None:
    profile = replace(parse(TESTER), framing=Framing(terminators=(b"O",)))
    assert [miss.reason for miss in check_profile(profile)] == ["framing"]


def test_samples_of_a_scanner_test_its_framing() -> None:
    profile = replace(parse(SCANNER), samples=(Sample(b"ABC"), Sample(b"A\rB")))
    assert [(miss.raw, miss.reason) for miss in check_profile(profile)] == [(b"A\rB", "framing")]


# ----------------------------------------------------------------------
# Finding
# ----------------------------------------------------------------------


def test_a_profile_is_found_by_name_or_by_path(tmp_path: Path) -> None:
    assert load_profile("serial-crlf").role is DeviceRole.SCANNER
    assert load_profile("generic-wrist-line").role is DeviceRole.ESD_TESTER
    path = tmp_path / "own.toml"
    path.write_text(SCANNER)
    assert load_profile(path).name == "own"
    assert load_profile(str(path)) == load_profile(path)


def test_the_home_s_own_profile_goes_before_the_shipped_one(tmp_path: Path) -> None:
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "serial-crlf.toml").write_text(SCANNER + "[serial]\nbaud = 300\n")
    assert load_profile("serial-crlf", tmp_path).line.baud == 300
    assert load_profile("serial-cr", tmp_path).line.baud == 9600
    rows = {row.name: row for row in list_profiles(tmp_path)}
    assert (rows["serial-crlf"].shipped, rows["serial-cr"].shipped) == (False, True)


def test_a_broken_profile_is_listed_with_its_fault(tmp_path: Path) -> None:
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "broken.toml").write_text("schema = 3")
    (row,) = [row for row in list_profiles(tmp_path) if row.name == "broken"]
    assert (row.role, row.profile) == (None, None)
    assert row.fault is not None
    assert (row.fault.code, row.fault.path) == ("bad_value", folder / "broken.toml")


def test_a_profile_that_is_not_there_or_not_readable_is_told(tmp_path: Path) -> None:
    for name in ("no-such-profile", "../../etc/passwd", str(tmp_path / "none.toml")):
        with pytest.raises(ProfileError) as error:
            load_profile(name)
        assert error.value.code in {"not_found", "syntax"}
    with pytest.raises(ProfileError) as folder:
        read_profile(tmp_path)
    assert (folder.value.code, folder.value.path) == ("unreadable", tmp_path)


# ----------------------------------------------------------------------
# Decoding
# ----------------------------------------------------------------------


def frame(raw: bytes, fault: FrameFault | None = None) -> Frame:
    return Frame(
        "esd-1", DeviceRole.ESD_TESTER, raw, datetime(2026, 3, 2, tzinfo=UTC), 1, None, fault
    )


def test_a_whole_frame_is_read_by_the_profile() -> None:
    decode = decoder(parse(TESTER))
    assert decode(frame(b"5 OK")) == (Measurement("wrist", 5, tester_verdict=EsdVerdict.PASS),)
    assert decode(frame(b"5")) == LineFault("no_match", "5")


@pytest.mark.parametrize("fault", list(FrameFault))
def test_an_incomplete_frame_is_never_read(fault: FrameFault) -> None:
    assert decoder(parse(TESTER))(frame(b"5 OK", fault)) == LineFault(fault.value, "4")


def test_a_scanner_s_profile_decodes_nothing() -> None:
    with pytest.raises(ValueError, match="mine"):
        decoder(parse(SCANNER))
