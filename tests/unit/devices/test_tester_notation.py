"""What a tester's profile can say of its wire, its clock and its dialogue, and each mistake."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.devices.errors import AddressError, ProfileError
from app.devices.esd.check import check_profile
from app.devices.esd.grammar import Grammar
from app.devices.esd.hints import Hint, hint_of
from app.devices.esd.patterns import compile_pattern
from app.devices.profile import Profile, parse_profile
from app.devices.wire.checksums import Checksum
from app.devices.wire.opening import check_address
from app.devices.wire.places import FilePlace, TcpPlace, parse_file, parse_http, parse_tcp
from app.devices.wire.polling import Poll
from app.devices.wire.records import Record
from app.domain.line_fault import LineFault

TESTER = r"""schema = 1
role = "esd"
#framing
[line]
channel = "wrist"
pattern = '(?P<value>[^ ]+) (?P<result>\w+)'
#line
[results.words]
OK = "pass"
[[sample]]
line = "5 OK"
expect = [{ channel = "wrist", ohm = 5, result = "pass" }]
"""


def parse(text: str) -> Profile:
    return parse_profile(text.encode(), "mine")


def with_(text: str) -> str:
    return TESTER.replace("#framing", text, 1)


def refusal(text: str) -> tuple[str, str]:
    with pytest.raises(ProfileError) as error:
        parse(with_(text))
    return error.value.code, error.value.field


def test_everything_about_the_wire_is_read() -> None:
    profile = parse(
        with_(
            """
            indicative = true
            [framing]
            start = "\\u0002"
            terminators = ["\\u0003"]
            idle_s = 2
            checksum = { kind = "xor8", form = "raw", behind = true, counts_end = true }
            record = { begin = ["A"], end = ["Z"], lines = 5 }
            ack = "\\u0006"
            nak = "\\u0015"
            [poll]
            command = "D?\\r"
            every_s = 0.5
            path = "/x?y=1"
            empty = ["none"]
            once = true
            [repeats]
            within_s = 5
            [time]
            formats = ["%Y-%m-%d %H:%M:%S"]
            fresh_s = 60
            [statuses]
            ok = "ok"
            [numbers]
            over_from = 1e30
            aborted = ["MTF"]
            [dialogue]
            kind = "ask"
            identify = "ID\\r"
            identity = 'X.*'
            command = "QM\\r"
            answer_s = 2
            """
        ).replace("expect = [{ channel", "expect = [{ indicative = true, channel")
    )
    framing, grammar = profile.framing, profile.grammar
    assert framing.checksum == Checksum("xor8", "raw", behind=True, counts_end=True)
    assert framing.record == Record((b"A",), (b"Z",), 5)
    assert (framing.ack, framing.nak, framing.empty, framing.once) == (
        b"\x06",
        b"\x15",
        (b"", b"none"),
        True,
    )
    assert profile.poll == Poll(b"D?\r", 0.5, "/x?y=1")
    assert profile.repeats == 5
    assert grammar is not None
    assert grammar.indicative
    assert grammar.times.fresh_for == timedelta(seconds=60)
    assert grammar.numbers.over_from == Decimal("1e+30")
    assert grammar.numbers.aborted == ("mtf",)
    assert profile.dialogue is not None
    assert (profile.dialogue.identify, profile.dialogue.seconds) == (b"ID\r", 2.0)
    told = profile.on_channel("surface").grammar
    assert told is not None
    assert told.channel == "surface"


def test_a_scanner_has_no_channel_to_change() -> None:
    scanner = parse('schema = 1\nrole = "scanner"\n')
    assert scanner.on_channel("surface") is scanner


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[framing]\nstart = "ab"', ("bad_value", "framing.start")),
        ("[framing]\nterminators = []", ("missing", "framing.terminators")),
        ('[framing]\nwhole = true\nterminators = ["x"]', ("bad_value", "framing.whole")),
        ("[framing]\nwhole = true\nlength = 3", ("bad_value", "framing.whole")),
        ("[framing]\nlength = 3\nstart = 'x'", ("bad_value", "framing.length")),
        ("[framing.checksum]\nkind = 'md5'", ("bad_value", "framing.checksum.kind")),
        (
            "[framing]\nidle_s = 1\n[framing.checksum]\nkind = 'xor8'\nbehind = true",
            ("bad_value", "framing.checksum"),
        ),
        (
            "[framing.checksum]\nkind = 'xor8'\nbehind = true\nmark = '*'",
            ("bad_value", "framing.checksum.mark"),
        ),
        (
            "[framing.checksum]\nkind = 'xor8'\ncounts_end = true",
            ("bad_value", "framing.checksum.counts_end"),
        ),
        ("[framing.record]\nbegin = ['']", ("bad_value", "framing.record.begin")),
        ("[framing.record]\nend = ['']", ("bad_value", "framing.record.end")),
        ("[framing.record]\nlines = 1", ("bad_value", "framing.record.lines")),
        ("[framing.record]\nbegin = ['A']", ("missing", "framing.idle_s")),
        ("[poll]\npath = 'x'", ("bad_value", "poll.path")),
        ("[poll]\nevery_s = 0", ("bad_value", "poll.every_s")),
        ("[repeats]\nwithin_s = -1", ("bad_value", "repeats.within_s")),
        ("[time]\nfresh_s = 60", ("missing", "time.formats")),
        ("[time]\nformats = ['%H:%M']", ("bad_value", "time.formats")),
        ("[time]\nformats = ['%']", ("bad_value", "time.formats")),
        ("[time]\nformats = ['%Y-%m-%d %Q']", ("bad_value", "time.formats")),
        ("[results.bits]\n3 = 'pass'", ("bad_value", "results.bits.3")),
        ("[results.bits]\nx = 'pass'", ("bad_value", "results.bits.x")),
        ("[results.bits]\n4 = 'wrist bad'", ("bad_value", "results.bits.4")),
        ("[results.bits]\n4 = 'Wrist! pass'", ("bad_value", "results.bits.4")),
        ("[statuses]\nA = 'fine'", ("bad_value", "statuses.A")),
        ("[numbers]\nover_from = 'x'", ("wrong_type", "numbers.over_from")),
        ("[numbers]\nover_from = inf", ("bad_value", "numbers.over_from")),
        ("[dialogue]\nkind = 'ask'", ("missing", "dialogue.command")),
        (
            "[dialogue]\nkind = 'ask'\ncommand = 'x'\nidentity = '('",
            ("bad_pattern", "dialogue.identity"),
        ),
        (
            "[dialogue]\nkind = 'ask'\ncommand = 'x'\nidentity = 'x'",
            ("missing", "dialogue.identify"),
        ),
    ],
)
def test_a_mistake_is_refused_with_its_place(text: str, expected: tuple[str, str]) -> None:
    assert refusal(text) == expected


@pytest.mark.parametrize(
    "part", ["[framing.checksum]\nkind = 'xor8'", "[framing.record]\nlines = 2"]
)
def test_a_scanner_has_neither_checksum_nor_records(part: str) -> None:
    with pytest.raises(ProfileError) as error:
        parse(f'schema = 1\nrole = "scanner"\n{part}\n')
    assert error.value.code == "bad_value"


UTF_16 = TESTER.replace("#line", 'encoding = "utf-16-be"')


def test_utf_16_makes_two_bytes_of_each_mark_and_of_a_samples_text() -> None:
    profile = parse(UTF_16)
    assert profile.framing.terminators[0] == b"\0\r\0\n"
    assert profile.framing.width == 2
    assert profile.samples[0].raw == "5 OK".encode("utf-16-be")
    assert check_profile(profile) == ()


def test_an_expectation_can_be_the_fault_of_one_line() -> None:
    text = (
        TESTER.replace("#line", "several = true").replace("#framing", "[framing]\nwhole = true")
        + '[[sample]]\nline = "5 OK\\nx"\n'
        + 'expect = [{ channel = "wrist", ohm = 5, result = "pass" }, { fault = "no_match" }]\n'
    )
    profile = parse(text)
    assert profile.samples[1].expected[1] == LineFault("no_match")
    assert check_profile(profile) == ()
    (miss,) = check_profile(parse(text.replace('"no_match"', '"no_value"')))
    assert (miss.reason, miss.wanted, miss.given) == ("fault", "no_value", "no_match: x")
    assert miss.hint == Hint(1, "x", 2, "", " (?P<result>\\w+)")
    (miss,) = check_profile(parse(text.replace('{ fault = "no_match" }', "").replace("}, ]", "}]")))
    assert (miss.reason, miss.wanted, miss.given) == ("count", "1", "2")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("5", Hint(1, "5", 2, "", " (?P<result>\\w+)")),
        ("5;OK", Hint(1, "5;OK", 5, "", " (?P<result>\\w+)")),
        ("5 OK!", Hint(1, "5 OK", 5, "!", "")),
        (" 5 OK", Hint(1, "", 1, " 5 OK", "[^ ]+) (?P<result>\\w+)")),
    ],
)
def test_a_line_that_fits_no_pattern_is_told_where_it_goes_astray(line: str, hint: Hint) -> None:
    text = TESTER.replace('line = "5 OK"', f'line = "{line}"')
    (miss,) = check_profile(parse(text))
    assert (miss.reason, miss.given) == ("fault", f"no_match: {line}")
    assert miss.hint == hint


def test_a_hint_counts_groups_and_not_brackets_in_classes() -> None:
    pattern = r"'(?:\(|[(\]])(?P<value>[0-9]+(?:,[0-9]+)?) end'"
    text = TESTER.replace(r"'(?P<value>[^ ]+) (?P<result>\w+)'", pattern)
    (miss,) = check_profile(parse(text.replace('"5 OK"', '"(5,4 stop"')))
    assert miss.hint is not None
    assert (miss.hint.matched, miss.hint.wanted) == ("(5,4 ", "end")


def test_a_miss_around_the_value_is_told_too() -> None:
    (miss,) = check_profile(parse(TESTER.replace("ohm = 5,", "ohm = 5, celsius = '20',")))
    assert (miss.reason, miss.wanted, miss.given) == ("celsius", "20", "")
    (miss,) = check_profile(parse(TESTER.replace('line = "5 OK"', 'hex = "ff"')))
    assert (miss.reason, miss.given, miss.hint) == ("fault", "undecodable: ff", None)


def test_a_sample_that_says_nothing_of_a_polled_device_is_no_frame() -> None:
    text = with_("[poll]\nempty = ['none']").replace("#line", "ignore = 'none'")
    assert check_profile(parse(text + '[[sample]]\nline = "none"\nexpect = []\n')) == ()


# ----------------------------------------------------------------------
# Addresses
# ----------------------------------------------------------------------


def test_a_host_and_its_port() -> None:
    assert parse_tcp("tcp://tester.local:4001") == TcpPlace("tester.local", 4001)
    assert parse_tcp("tcp://[::1]:4001/") == TcpPlace("::1", 4001)


def test_an_address_without_a_path_asks_for_the_profiles_own() -> None:
    assert parse_http("http://10.0.0.5", "/a?b=2") == "http://10.0.0.5/a?b=2"
    assert parse_http("https://10.0.0.5:81/c", "/a?b=2") == "https://10.0.0.5:81/c"
    assert parse_http("http://10.0.0.5") == "http://10.0.0.5"


def test_a_file_is_a_path_or_a_url() -> None:
    assert parse_file("file:/var/a b.csv") == FilePlace(Path("/var/a b.csv"))
    assert parse_file("file:///var/a%20b.csv?from=start") == FilePlace(
        Path("/var/a b.csv"), from_start=True
    )
    assert parse_file("file:///C:/x.csv?from=end").path == Path("C:/x.csv")


@pytest.mark.parametrize(
    "url",
    [
        "tcp://host",
        "tcp://:4001",
        "tcp://host:0",
        "tcp://host:70000",
        "tcp://host:4001/path",
        "tcp://[::1",
        "tcp://host:4001" + "0" * 1024,
        "http://",
        "http://host:70000",
        "http://host:0",
        "http://[",
        "http://host/#x",
        "http://host/\n",
        "file:",
        "file:///",
        "file:////server/share",
        "file:/x?from=middle",
        "file:/x?to=end",
        "file:/x%00",
    ],
)
def test_what_is_no_address_is_told_at_once(url: str) -> None:
    with pytest.raises(AddressError):
        check_address(url)


def test_a_line_that_does_not_even_begin_as_wanted_is_told_from_its_start() -> None:
    grammar = Grammar((compile_pattern("[0-9]"),))
    assert hint_of(grammar, "x") == Hint(1, "", 1, "x", "[0-9]")
