"""Where in a scanner's reports the barcode is, as its own descriptor or else a profile says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.devices.scanner.descriptor import Descriptor, Field, ReportKind

SCANNER: Final = 0x8C0002
"""The usage of a bar code scanner (page 0x8C), that of its application collection."""
DECODED_DATA: Final = 0x8C00FE
MORE_FOLLOWS: Final = 0x8C00FF
AIM_BYTES: Final = (0x8C00FB, 0x8C00FC, 0x8C00FD)
BYTE_COUNT: Final = 0x01003B
MOST_DATA_BYTES: Final = 4096
"""Data bytes of one report; no scanner's report is as long."""

Bits = tuple[int, int]
"""First bit and number of bits, counted from the first byte that is read, an id included."""


@dataclass(frozen=True, slots=True)
class ReportLayout:
    """Where a scanned data report has what.

    Attributes:
        report_id: The report's id; 0 where the device numbers none.
        data: The decoded data, whole bytes.
        count: How many of the data bytes are the code's; None where the report does not say.
        aim: The three bytes of the AIM symbology identifier, which may stand apart; empty where the
            report has none.
        more: Set while another report continues the code; None where a code is one report.
    """

    report_id: int
    data: Bits
    count: Bits | None = None
    aim: tuple[Bits, ...] = ()
    more: Bits | None = None

    @property
    def size(self) -> int:
        """Bytes of the report, as far as it is named here."""
        runs = (self.data, *self.aim, *(each for each in (self.count, self.more) if each))
        return max(sum(each) + 7 for each in runs) // 8


@dataclass(frozen=True, slots=True)
class ScannerLayout:
    """How a scanner's input reports are to be read.

    Attributes:
        reports: The scanned data reports by id; empty for what is no HID POS scanner.
        numbered: Whether each report begins with a byte that is its id.
        read_size: Bytes of its longest input report.
    """

    reports: Mapping[int, ReportLayout]
    numbered: bool
    read_size: int


def layout_of(descriptor: Descriptor, override: ReportLayout | None = None) -> ScannerLayout:
    """The layout that a descriptor gives.

    Args:
        descriptor: What the device says of its reports.
        override: What a profile says of one of its reports instead.
    """
    inputs = [each for each in descriptor.fields if each.kind is ReportKind.INPUT]
    scanned = [each for each in inputs if each.application == SCANNER and not each.constant]
    reports: dict[int, ReportLayout] = {}
    for number in dict.fromkeys(each.report_id for each in scanned):
        found = _report(number, [each for each in scanned if each.report_id == number])
        if found is not None:
            reports[number] = found
    size = descriptor.longest(ReportKind.INPUT)
    if override is not None and reports:
        reports[override.report_id] = override
        size = max(size, override.size)
    return ScannerLayout(reports, descriptor.numbered, size)


def _report(number: int, fields: list[Field]) -> ReportLayout | None:
    data = _first(fields, DECODED_DATA)
    if data is None or data[1] < 8:  # noqa: PLR2004 - a byte
        return None
    runs = [run for usage in AIM_BYTES if (run := _first(fields, usage)) is not None]
    return ReportLayout(
        report_id=number,
        data=(data[0], min(data[1] // 8, MOST_DATA_BYTES) * 8),
        count=_first(fields, BYTE_COUNT),
        aim=tuple(runs),
        more=_first(fields, MORE_FOLLOWS),
    )


def _first(fields: list[Field], usage: int) -> Bits | None:
    return next((run for each in fields if (run := each.run(usage)) is not None), None)
