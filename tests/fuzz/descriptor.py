"""HID report descriptors: any bytes give fields within the bounds, and a layout that fits them."""

from app.devices.scanner.descriptor import (
    LARGEST_DESCRIPTOR,
    LARGEST_REPORT_BITS,
    ReportKind,
    parse_descriptor,
)
from app.devices.scanner.layout import BYTE_COUNT, DECODED_DATA, MOST_DATA_BYTES, layout_of
from tests.contract.devices import hid_descriptors
from tests.fuzz.target import Target

SAMPLES = (
    hid_descriptors.HONEYWELL,
    hid_descriptors.NEWLAND,
    hid_descriptors.PLAIN,
    hid_descriptors.CROOKED,
    hid_descriptors.CONFIGURATION,
    hid_descriptors.KEYBOARD,
)
LARGEST_REPORT = LARGEST_REPORT_BITS // 8


def seeds() -> tuple[bytes, ...]:
    return SAMPLES


def check(data: bytes) -> None:
    found = parse_descriptor(data)
    assert found == parse_descriptor(data)
    assert len(found.fields) <= min(len(data), LARGEST_DESCRIPTOR)
    for each in found.fields:
        assert 0 <= each.offset < each.end <= LARGEST_REPORT_BITS
        for usage in (DECODED_DATA, BYTE_COUNT):
            run = each.run(usage)
            if run is not None:
                assert each.offset <= run[0] < sum(run) <= each.end
    assert 0 <= found.longest(ReportKind.INPUT) <= LARGEST_REPORT
    layout = layout_of(found)
    assert layout.read_size == found.longest(ReportKind.INPUT)
    for number, report in layout.reports.items():
        assert report.report_id == number
        assert report.size <= layout.read_size
        assert 0 < report.data[1] // 8 <= MOST_DATA_BYTES
        assert report.data[1] % 8 == 0


TOKENS = (
    *(
        b"\x05\x8c",
        b"\x05\x01",
        b"\x09\x02\xa1\x01",
        b"\xa1\x02",
        b"\x09\xfe",
        b"\x09\xff",
        b"\x09\x3b",
    ),
    *(b"\x09\xfb\x09\xfc\x09\xfd", b"\x75\x08", b"\x75\x01", b"\x95\x38", b"\x81\x02", b"\x81\x03"),
    *(
        b"\x82\x02\x01",
        b"\x91\x02",
        b"\xb1\x02",
        b"\xc0",
        b"\x85\x02",
        b"\xa4",
        b"\xb4",
        b"\xa9\x01",
    ),
    *(b"\xa9\x00", b"\xfe\x02\x10", b"\x96\xff\xff", b"\x77\xff\xff\xff\xff", b"\x19\x00\x29\xff"),
    *(b"\x0b\xfe\x00\x8c\x00", b"\x1b\x00\x00\x8c\x00\x2b\xff\xff\x8c\x00"),
)
TARGET = Target(seeds, check, TOKENS)
