"""Files of results: a run or a named reason, small whatever came, and the same when read back."""

import json
from functools import cache
from pathlib import Path

from app.domain.diagnostics.bounds import UNREADABLE, UnreadableError
from app.domain.diagnostics.codes import CodeBook
from app.domain.diagnostics.reading import read_results
from app.domain.diagnostics.record import run_document, run_of
from app.domain.diagnostics.run import DiagnosticsRun
from app.services.reference_codes import shipped_codes
from tests.fuzz.target import Target

LARGEST_RUN = 64 * 1024
PRIVATE = (b"Privatsson", b"privata", b"icloud", b"192.168.77.41", b"89460000000000000012")
"""What the samples hold and no run may."""


FOUND = (
    # a model number that grew too long by its region was written and could not be read back
    b"ProductType: iPhone14,2\nModelNumber: MK183777777\nRegionInfo: KS/A",
)


@cache
def book() -> CodeBook:
    return shipped_codes()


@cache
def seeds() -> tuple[bytes, ...]:
    folder = Path(__file__).parents[1] / "vectors" / "diagnostics"
    return (
        *(path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".md"),
        binary(),
        *FOUND,
    )


def binary() -> bytes:
    import plistlib

    values = {"SerialNumber": "F2LXK0ABJC6K", "ProductType": "iPhone13,2", "ProductVersion": "18.1"}
    return plistlib.dumps(values, fmt=plistlib.FMT_BINARY)


def check(data: bytes) -> None:
    try:
        run = read_results(data, book())
    except UnreadableError as error:
        code = error.code
    else:
        check_run(run)
        return
    assert code in UNREADABLE


def check_run(run: DiagnosticsRun) -> None:
    document = run_document(run)
    written = json.dumps(document).encode()
    assert len(written) <= LARGEST_RUN
    assert not any(each in written for each in PRIVATE)
    assert run_of(document) == run


TOKENS = (
    *(b'"SPHardwareDataType"', b'"serial_number"', b'"SPPowerDataType"', b'"SPNVMeDataType"'),
    *(
        b'"_items"',
        b"[",
        b"]",
        b"{",
        b"}",
        b":",
        b",",
        b"null",
        b"1e999",
        b"NaN",
        b"true",
        b'"\\ud800"',
    ),
    *(
        b"<dict>",
        b"</dict>",
        b"<array>",
        b"<key>SerialNumber</key>",
        b"<string>",
        b"<data>",
        b"<date>",
    ),
    *(
        b"<integer>",
        b"<!ENTITY a 'b'>",
        b"bplist00",
        b"SerialNumber: ",
        b"ProductType: ",
        b"IMEI: ",
    ),
    *(b"ADP000", b"PPT005", b"https://example.org/?serialno=C02XK0ABJGH5&refcodes=PPT005", b"%00"),
    *(
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"BatteryCurrentCapacity: ",
        b"100 %",
        b"\xc2\xa0",
    ),
)
TARGET = Target(seeds, check, TOKENS, longest=16384)
