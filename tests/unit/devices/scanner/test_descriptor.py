"""What a report descriptor says, also one that nobody should have written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.scanner.descriptor import (
    LARGEST_DESCRIPTOR,
    LARGEST_REPORT_BITS,
    Descriptor,
    Field,
    ReportKind,
    parse_descriptor,
)
from tests.contract.devices.hid_descriptors import (
    CONFIGURATION,
    CROOKED,
    HONEYWELL,
    KEYBOARD,
    NEWLAND,
    PLAIN,
    items,
)

REAL = (HONEYWELL, NEWLAND, PLAIN, CROOKED, CONFIGURATION, KEYBOARD)


def only(text: str) -> Field:
    (field,) = parse_descriptor(items(text)).fields
    return field


def test_a_scanner_s_fields_have_their_places_and_meanings() -> None:
    told = parse_descriptor(HONEYWELL)
    assert (told.numbered, told.whole) == (True, True)
    assert [(each.offset, each.size, each.count) for each in told.fields[:8]] == [
        (8, 8, 1),
        (16, 8, 3),
        (40, 8, 56),
        (488, 8, 1),
        (496, 8, 1),
        (504, 1, 1),
        (505, 7, 1),
        (8, 8, 1),
    ]
    assert told.fields[1].run(0x8C00FC) == (24, 8)
    assert [each.kind for each in told.fields[-2:]] == [ReportKind.OUTPUT, ReportKind.FEATURE]
    assert [told.longest(kind) for kind in ReportKind] == [64, 2, 3]
    assert {each.application for each in told.fields} == {0x8C0002}


def test_a_device_without_report_ids_numbers_none() -> None:
    told = parse_descriptor(PLAIN)
    assert (told.numbered, told.fields[0].offset, told.longest(ReportKind.INPUT)) == (False, 0, 8)
    assert told.longest(ReportKind.OUTPUT) == 0


def test_each_report_id_is_counted_by_itself() -> None:
    told = parse_descriptor(items("75 08 95 02 85 01 81 02 85 02 81 02 85 01 81 02"))
    assert [(each.report_id, each.offset) for each in told.fields] == [(1, 8), (2, 8), (1, 24)]


@pytest.mark.parametrize(
    ("usages", "runs"),
    [
        ("09 01 09 02", {1: (0, 8), 2: (8, 16), 3: None}),  # the last one counts on
        ("09 01 09 01 09 02", {1: (0, 16), 2: (16, 8)}),
        ("09 01 09 02 09 01", {1: (0, 8), 2: (8, 8)}),  # the first run only
        ("09 01 09 02 09 03 09 04", {3: (16, 8), 4: None}),  # more than there are elements
        ("19 01 29 03", {1: (0, 8), 2: (8, 8), 3: (16, 8), 4: None}),
        ("29 03 19 01", {3: (16, 8)}),  # in either order
        ("19 01 29 02 09 02", {1: (0, 8), 2: (8, 16)}),
        ("09 02 19 01 29 02", {2: (0, 8), 1: (8, 8)}),
        ("19 03 29 01", {1: None, 2: None}),  # nothing from 3 to 1
        ("19 01", {1: None}),  # half a range
        ("", {0: None}),
        ("0b 02 00 8c 00", {0x8C0002: (0, 24)}),  # a usage that names its page
    ],
)
def test_elements_take_their_usages_in_order(
    usages: str, runs: dict[int, tuple[int, int] | None]
) -> None:
    field = only(f"75 08 95 03 {usages} 81 02")
    assert {usage: field.run(usage) for usage in runs} == runs


@pytest.mark.parametrize(
    ("items_", "usages"),
    [
        ("09 fe 05 8c", [0x8C00FE]),  # the page after the usage
        ("05 8c 09 fe 05 01", [0x0100FE]),  # Linux and the specification agree
        ("05 8c 09 fb 05 01 09 3b", [0x8C00FB, 0x01003B]),  # each with its own
        ("05 01 09 3b 09 fe 05 8c", [0x8C003B, 0x8C00FE]),
        ("05 8c 0b 3b 00 01 00 05 8c", [0x01003B]),  # one that names its page keeps it
        ("05 8c 09 fb 0b 3b 00 01 00 05 02", [0x0200FB, 0x01003B]),
        ("19 fb 29 fc 05 8c", [0x8C00FB, 0x8C00FC]),
        ("1b fb 00 8c 00 2b fc 00 8c 00 05 01", [0x8C00FB, 0x8C00FC]),
        ("09 fb 0b 3b 00 01 00 05 01", [0x0100FB, 0x01003B]),
    ],
)
def test_the_page_that_was_set_last_counts(items_: str, usages: list[int]) -> None:
    field = only(f"75 08 95 02 {items_} 81 02")
    assert [usage for named in field.usages for usage in named] == usages


def test_a_range_of_four_milliards_costs_nothing() -> None:
    field = only("75 08 95 03 1b 00 00 00 00 2b ff ff ff ff 81 02")
    assert field.run(2) == (16, 8)
    assert field.run(0xFFFFFFFF) is None


def test_of_alternative_usages_the_first_counts() -> None:
    field = only("75 08 95 02 a9 01 09 05 09 06 19 07 29 08 a9 00 09 09 81 02")
    assert (field.run(5), field.run(6), field.run(9)) == ((0, 8), None, (8, 8))


def test_push_and_pop_keep_what_holds_for_all_fields() -> None:
    told = parse_descriptor(items("05 8c 75 08 95 01 a4 75 01 05 01 09 3b 81 02 b4 09 fe 81 02"))
    assert [(each.size, each.usages[0].start) for each in told.fields] == [
        (1, 0x01003B),
        (8, 0x8C00FE),
    ]


def test_the_outermost_application_counts() -> None:
    told = parse_descriptor(
        items("75 08 95 01 81 03 05 01 09 06 a1 01 09 07 a1 01 81 02 c0 81 02 c0 c0 81 03")
    )
    assert [each.application for each in told.fields] == [0, 0x010006, 0x010006, 0]


def test_a_collection_that_is_no_application_names_none() -> None:
    assert only("05 8c 09 02 a1 02 75 08 95 01 81 02 c0").application == 0
    assert only("a1 01 75 08 95 01 81 02 c0").application == 0


def test_items_that_say_nothing_about_bits_are_passed_over() -> None:
    long = "fe 03 01 aa bb cc"
    told = parse_descriptor(items(f"{long} 35 00 45 10 55 0e 65 11 79 04 75 08 95 01 81 02"))
    assert (len(told.fields), told.whole) == (1, True)


def test_a_field_of_no_bits_is_none() -> None:
    assert parse_descriptor(items("75 00 95 08 81 02 75 08 95 00 81 02")).fields == ()


@pytest.mark.parametrize(
    "tail",
    [
        "85 00",  # a report id that is reserved
        "86 00 01",  # and one beyond a byte
        "b4",  # nothing was pushed
        "75 ff 97 ff ff ff ff 81 02",  # longer than any report
        "26 ff",  # cut off
        "fe 05 01 02",  # a long one that is cut off
        "fe",
        "a4" * 40,  # pushed without end
        "a1 00" * 40,  # nested without end
    ],
)
def test_what_cannot_be_right_ends_it_and_keeps_what_came_before(tail: str) -> None:
    told = parse_descriptor(items("75 08 95 01 81 02" + tail + "81 02"))
    assert (len(told.fields), told.whole) == (1, False)


def test_a_descriptor_that_is_too_long_is_read_as_far_as_it_may_be() -> None:
    field = bytes.fromhex("7508950181020000")
    told = parse_descriptor(field * LARGEST_DESCRIPTOR)
    assert not told.whole
    assert len(told.fields) <= LARGEST_DESCRIPTOR // len(field)


def test_nothing_says_nothing() -> None:
    assert parse_descriptor(b"") == Descriptor()


def item(tag: int, data: bytes) -> bytes:
    return bytes([tag & 0xFC | min(3, len(data))]) + data


def spoiled(real: bytes, at: int, new: bytes) -> bytes:
    return real[:at] + new + real[at + len(new) :]


ITEM = st.builds(
    item,
    st.sampled_from([each for real in REAL for each in real]) | st.integers(0, 255),
    st.binary(max_size=2) | st.binary(min_size=4, max_size=4),
)
SPOILED = st.builds(spoiled, st.sampled_from(REAL), st.integers(0, 120), st.binary(max_size=6))
DESCRIPTORS = st.binary(max_size=400) | st.lists(ITEM, max_size=80).map(b"".join) | SPOILED


@given(DESCRIPTORS)
def test_any_bytes_are_a_descriptor_within_bounds(raw: bytes) -> None:
    told = parse_descriptor(raw)
    assert len(told.fields) <= len(raw)
    for field in told.fields:
        assert 0 <= field.offset < field.end <= LARGEST_REPORT_BITS
        assert len(field.usages) <= len(raw)
        assert 0 <= field.report_id <= 255
        for usages in field.usages[:4]:
            run = field.run(usages.start)
            assert run is None or (field.offset <= run[0] and run[1] > 0 and sum(run) <= field.end)
