"""Where a scanner's reports have what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.scanner.descriptor import LARGEST_REPORT_BITS, parse_descriptor
from app.devices.scanner.layout import MOST_DATA_BYTES, ReportLayout, ScannerLayout, layout_of
from tests.contract.devices.hid_descriptors import (
    CONFIGURATION,
    CROOKED,
    HONEYWELL,
    KEYBOARD,
    NEWLAND,
    PLAIN,
    items,
)


def told(raw: bytes, override: ReportLayout | None = None) -> ScannerLayout:
    return layout_of(parse_descriptor(raw), override)


def test_honeywell_s_descriptor_gives_honeywell_s_layout() -> None:
    layout = told(HONEYWELL)
    assert (layout.numbered, layout.read_size) == (True, 64)
    assert layout.reports == {
        2: ReportLayout(
            2, data=(40, 448), count=(8, 8), aim=((16, 8), (24, 8), (32, 8)), more=(504, 1)
        )
    }


def test_newland_s_descriptor_gives_newland_s_layout() -> None:
    assert told(NEWLAND).reports == {
        2: ReportLayout(2, data=(16, 448), count=(8, 8), aim=(), more=(504, 1))
    }


def test_a_missing_symbology_count_or_continuation_is_legal() -> None:
    layout = told(PLAIN)
    assert layout.reports == {0: ReportLayout(0, data=(0, 64))}
    assert (layout.numbered, layout.read_size) == (False, 8)


def test_fields_begin_at_any_bit_and_in_any_order() -> None:
    assert told(CROOKED).reports == {
        7: ReportLayout(
            7, data=(22, 64), count=(9, 5), aim=((14, 8), (86, 8), (94, 8)), more=(8, 1)
        )
    }


@pytest.mark.parametrize("raw", [CONFIGURATION, KEYBOARD, b""])
def test_what_has_no_place_for_codes_is_no_scanner(raw: bytes) -> None:
    assert told(raw).reports == {}


@pytest.mark.parametrize(
    "text",
    [
        "05 8c 09 03 a1 01 75 08 95 08 09 fe 81 02 c0",  # another kind of device
        "05 8c 09 02 a1 01 75 08 95 08 09 fe 91 02 c0",  # an output report
        "05 8c 09 02 a1 01 75 08 95 08 09 fe 81 03 c0",  # padding
        "05 8c 09 02 a1 01 75 07 95 01 09 fe 81 02 c0",  # less than a byte
    ],
)
def test_decoded_data_anywhere_else_is_none(text: str) -> None:
    assert told(items(text)).reports == {}


def test_each_scanned_data_report_has_its_own_layout() -> None:
    text = "05 8c 09 02 a1 01 75 08 85 01 95 04 09 fe 81 02 85 03 95 08 09 fe 81 02 c0"
    layout = told(items(text))
    assert {number: each.data for number, each in layout.reports.items()} == {
        1: (8, 32),
        3: (8, 64),
    }
    assert layout.read_size == 9


def test_a_report_that_is_longer_than_any_scanner_s_is_capped() -> None:
    text = "05 8c 09 02 a1 01 75 08 96 00 3f 09 fe 81 02 c0"
    assert told(items(text)).reports[0].data == (0, MOST_DATA_BYTES * 8)


def test_what_a_profile_says_goes_before_the_descriptor() -> None:
    override = ReportLayout(2, data=(64, 80), count=(8, 8), more=(1000, 1))
    layout = told(HONEYWELL, override)
    assert layout.reports == {2: override}
    assert layout.read_size == 126
    assert told(HONEYWELL, ReportLayout(2, data=(16, 8))).read_size == 64


def test_a_profile_makes_no_scanner_of_what_is_none() -> None:
    assert told(KEYBOARD, ReportLayout(0, data=(0, 64))).reports == {}


@given(st.binary(max_size=300) | st.binary(max_size=60).map(PLAIN[:-7].__add__))
def test_any_descriptor_gives_a_layout_within_bounds(raw: bytes) -> None:
    layout = told(raw)
    for report in layout.reports.values():
        assert report.data[1] % 8 == 0
        assert 8 <= report.data[1] <= MOST_DATA_BYTES * 8
        assert report.size <= layout.read_size <= LARGEST_REPORT_BITS // 8
        assert len(report.aim) <= 3
