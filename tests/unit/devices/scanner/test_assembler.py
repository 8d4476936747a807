"""Reports become scans: whole, cut exactly, bounded, and nothing is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.scanner.assembler import MOST_REPORTS, PARTIAL_SECONDS, ScanAssembler
from app.devices.scanner.descriptor import parse_descriptor
from app.devices.scanner.layout import ReportLayout, ScannerLayout, layout_of
from app.devices.wire.framing import Framing, RawFrame
from app.domain.frames import FrameFault
from tests.contract.devices.hid_descriptors import (
    CROOKED,
    HONEYWELL,
    NEWLAND,
    PLAIN,
    crooked,
    honeywell,
    newland,
)

CUT_OFF, OVERSIZE = FrameFault.CUT_OFF, FrameFault.OVERSIZE
BARE = Framing(terminators=(), idle=1.0)
TWO = ScannerLayout(
    {
        1: ReportLayout(1, data=(8, 32), more=(40, 1)),
        2: ReportLayout(2, data=(8, 32), more=(40, 1)),
    },
    numbered=True,
    read_size=6,
)


def assembler(descriptor: bytes = HONEYWELL, framing: Framing | None = None) -> ScanAssembler:
    return ScanAssembler(layout_of(parse_descriptor(descriptor)), framing or Framing())


def scans(made: ScanAssembler, *reports: bytes) -> list[RawFrame]:
    return [frame for report in reports for frame in made.feed(report)]


@pytest.mark.parametrize("size", [1, 8, 55, 56, 57, 112, 113, 3102])
def test_a_code_of_any_length_is_one_scan(size: int) -> None:
    code = bytes(33 + number % 90 for number in range(size))
    assert scans(assembler(), *honeywell(code, "]d2")) == [RawFrame(code, None, "]d2")]
    assert scans(assembler(NEWLAND), *newland(code)) == [RawFrame(code)]
    if size <= MOST_REPORTS * 8:
        assert scans(assembler(CROOKED), *crooked(code)) == [RawFrame(code, None, "]d2")]


def test_a_byte_count_cuts_exactly_and_keeps_what_the_code_holds() -> None:
    code = b"A\0B\0\0"
    assert scans(assembler(), *honeywell(code)) == [RawFrame(code, None, "]C0")]


def test_a_byte_count_beyond_the_field_is_clamped() -> None:
    (report,) = honeywell(b"A" * 56)
    report = report[:1] + b"\xff" + report[2:]
    assert scans(assembler(), report) == [RawFrame(b"A" * 56, None, "]C0")]


def test_without_a_byte_count_only_padding_at_the_very_end_is_removed() -> None:
    made = ScanAssembler(TWO, BARE)
    assert scans(made, b"\1AB\0\0\1", b"\1C\0D\0\0") == [RawFrame(b"AB\0\0C\0D")]


def test_a_report_without_data_is_no_scan() -> None:
    made = assembler()
    assert scans(made, *honeywell(b"")) == []
    assert scans(assembler(PLAIN), bytes(8)) == []
    assert scans(made, *honeywell(b"A")) == [RawFrame(b"A", None, "]C0")]


def test_a_continuation_may_end_with_a_report_without_data() -> None:
    first, _ = honeywell(b"A" * 57)
    (last,) = honeywell(b"")
    assert scans(assembler(), first, last) == [RawFrame(b"A" * 56, None, "]C0")]


@pytest.mark.parametrize(
    ("aim", "told"),
    [("]C0", "]C0"), ("]d2", "]d2"), ("]EA", "]EA"), ("", None), ("   ", None), ("d2", None)],
)
def test_a_symbology_is_told_only_where_it_is_one(aim: str, told: str | None) -> None:
    assert scans(assembler(), *honeywell(b"A", aim)) == [RawFrame(b"A", None, told)]


def test_a_symbology_that_only_the_first_report_carries_holds_for_all() -> None:
    first = honeywell(b"A" * 57, "]d2")[0]
    last = honeywell(b"A" * 57, "")[1]
    assert scans(assembler(), first, last) == [RawFrame(b"A" * 57, None, "]d2")]


def test_another_symbology_in_the_middle_is_another_code() -> None:
    first, _ = honeywell(b"A" * 57, "]d2")
    assert scans(assembler(), first, *honeywell(b"B", "]C0")) == [
        RawFrame(b"A" * 56, CUT_OFF, "]d2"),
        RawFrame(b"B", None, "]C0"),
    ]


def test_another_report_in_the_middle_is_another_code() -> None:
    made = ScanAssembler(TWO, BARE)
    assert scans(made, b"\1ABCD\1", b"\2EFGH\0") == [RawFrame(b"ABCD", CUT_OFF), RawFrame(b"EFGH")]


@pytest.mark.parametrize("report", [b"", b"\2", b"\2\1]C0", b"\3" + b"A" * 63, b"\4\1"])
def test_a_report_that_holds_no_code_is_passed_over(report: bytes) -> None:
    made = assembler()
    first, last = honeywell(b"A" * 57)
    assert scans(made, report, first, report, last, report) == [RawFrame(b"A" * 57, None, "]C0")]


def test_a_report_that_was_cut_short_gives_what_it_has() -> None:
    (report,) = honeywell(b"ABCDEF")
    assert scans(assembler(), report[:8]) == [RawFrame(b"ABC", None, "]C0")]
    (report,) = crooked(b"ABCDEF")
    assert scans(assembler(CROOKED), report[:5]) == [RawFrame(b"AB")]


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        (b"A\r\n", b"A"),
        (b"A\r", b"A"),
        (b"A\n", b"A"),
        (b"A\r\r\n", b"A\r"),  # one line end only
        (b"\rA", b"\rA"),
        (b"\r\n", b""),
    ],
)
def test_the_line_end_that_a_scanner_adds_is_no_part_of_the_code(code: bytes, kept: bytes) -> None:
    assert [frame.raw for frame in scans(assembler(), *honeywell(code))] == [kept][: bool(kept)]
    assert scans(assembler(framing=BARE), *honeywell(code)) == [RawFrame(code, None, "]C0")]


@pytest.mark.parametrize(
    ("code", "kept"),
    [(b"\2A\3", b"A"), (b"\2A", b"\2A"), (b"A\3", b"A\3"), (b"A", b"A"), (b"\2\2A\3", b"\2A")],
)
def test_marks_on_both_sides_are_no_part_of_the_code(code: bytes, kept: bytes) -> None:
    framing = Framing(terminators=(b"\3",), start=b"\2")
    assert scans(assembler(framing=framing), *honeywell(code)) == [RawFrame(kept, None, "]C0")]


def test_silence_cuts_off_a_code_that_is_not_complete() -> None:
    made = assembler()
    first, last = honeywell(b"A" * 57)
    assert made.flush(100.0) == []
    assert made.feed(first, 100.0) == []
    assert made.held == 56
    assert made.flush(100.0 + PARTIAL_SECONDS / 2) == []
    assert made.flush(100.0 + PARTIAL_SECONDS) == [RawFrame(b"A" * 56, CUT_OFF, "]C0")]
    assert made.held == 0
    assert made.flush(200.0) == []
    assert made.feed(last, 200.0) == [RawFrame(b"A", None, "]C0")]


def test_silence_is_counted_from_the_last_report() -> None:
    made = assembler()
    first, _ = honeywell(b"A" * 57)
    made.feed(first, 100.0)
    made.feed(first, 100.4)
    assert made.flush(100.6) == []
    assert made.flush(100.9) == [RawFrame(b"A" * 112, CUT_OFF, "]C0")]


def test_a_device_that_goes_away_cuts_off_what_is_held() -> None:
    made = assembler()
    made.feed(honeywell(b"A" * 57)[0])
    assert made.cut_off() == [RawFrame(b"A" * 56, CUT_OFF, "]C0")]
    assert made.cut_off() == []


def test_a_code_of_the_largest_size_is_whole_and_one_more_byte_is_too_long() -> None:
    made = assembler(framing=Framing(maximum=100))
    assert scans(made, *honeywell(b"A" * 100)) == [RawFrame(b"A" * 100, None, "]C0")]
    assert scans(made, *honeywell(b"A" * 101)) == [
        RawFrame(b"A" * 100, OVERSIZE, "]C0"),
        RawFrame(b"A", OVERSIZE, "]C0"),
    ]
    assert scans(made, *honeywell(b"B")) == [RawFrame(b"B", None, "]C0")]


def test_a_code_that_goes_on_too_long_comes_in_pieces_while_it_comes() -> None:
    made = assembler(framing=Framing(maximum=100))
    first, second, last = honeywell(b"A" * 120)
    assert scans(made, first) == []
    assert scans(made, second) == [RawFrame(b"A" * 100, OVERSIZE, "]C0")]
    assert made.held == 12
    assert scans(made, last) == [RawFrame(b"A" * 20, OVERSIZE, "]C0")]


def test_a_code_of_the_largest_size_may_have_a_line_end_behind_it() -> None:
    made = assembler(framing=Framing(maximum=56))
    assert scans(made, *honeywell(b"A" * 55 + b"\r")) == [RawFrame(b"A" * 55, None, "]C0")]


def test_more_reports_than_any_code_has_come_in_pieces() -> None:
    made = ScanAssembler(TWO, BARE)
    frames = scans(made, *[b"\1ABCD\1"] * MOST_REPORTS)
    assert frames == [RawFrame(b"ABCD" * MOST_REPORTS, OVERSIZE)]
    assert scans(made, b"\1EFGH\1") == []
    assert made.cut_off() == [RawFrame(b"EFGH", OVERSIZE)]
    assert scans(made, b"\1ABCD\0") == [RawFrame(b"ABCD")]


def test_reports_without_data_that_never_end_hold_nothing() -> None:
    made = assembler()
    endless = honeywell(b"")[0][:-1] + b"\1"
    assert scans(made, *[endless] * 1000) == []
    assert made.held == 0


@given(
    st.sampled_from([HONEYWELL, NEWLAND, CROOKED]),
    st.lists(st.binary(min_size=1, max_size=300), max_size=6),
)
def test_codes_come_back_as_they_were_sent(descriptor: bytes, codes: list[bytes]) -> None:
    made = assembler(descriptor, BARE)
    write = {HONEYWELL: honeywell, NEWLAND: newland, CROOKED: crooked}[descriptor]
    frames = scans(made, *(report for code in codes for report in write(code)))
    assert [(frame.raw, frame.fault) for frame in frames] == [(code, None) for code in codes]


def report(head: bytes, body: bytes) -> bytes:
    return b"\2" + head + body.ljust(58, b"\0")


REPORT = st.binary(max_size=70) | st.builds(
    report, st.binary(min_size=5, max_size=5), st.binary(max_size=58)
)
REPORTS = st.lists(st.tuples(REPORT, st.booleans()), max_size=60)


@given(st.sampled_from([HONEYWELL, NEWLAND, PLAIN, CROOKED]), st.integers(1, 200), REPORTS)
def test_any_reports_give_scans_within_bounds(
    descriptor: bytes, maximum: int, reports: list[tuple[bytes, bool]]
) -> None:
    made = assembler(descriptor, Framing(maximum=maximum))
    total, given_ = 0, 0
    for number, (report, is_late) in enumerate(reports):
        frames = made.feed(report, float(number))
        if is_late:
            frames += made.flush(number + PARTIAL_SECONDS)
        total += len(report)
        given_ += sum(len(frame.raw) for frame in frames)
        assert all(0 < len(frame.raw) <= max(maximum, 1) for frame in frames)
        assert made.held <= maximum
        assert given_ + made.held <= total
    made.cut_off()
    assert made.held == 0
