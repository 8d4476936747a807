"""Report descriptors of HID POS scanners, built as the makers' published layouts say, and reports.

Item bytes: 05/06 usage page, 09/0A usage, A1 collection, 85 report id, 75 size, 95 count, 81 input,
91 output, B1 feature, C0 end.
"""

from typing import Final


def items(text: str) -> bytes:
    """Bytes of hexadecimal text with comments after ``#``."""
    return bytes.fromhex("".join(line.split("#")[0] for line in text.splitlines()))


HONEYWELL: Final = items("""
    05 8c 09 02 a1 01          # bar code scanner
    09 12 a1 02 85 02          #   scanned data report 2
    15 00 26 ff 00 75 08
    95 01 05 01 09 3b 81 02    #     byte count
    95 03 05 8c 09 fb 09 fc 09 fd 81 02   # symbology identifier
    95 38 09 fe 82 02 01       #     decoded data, 56 buffered bytes
    95 01 06 66 ff 09 04 81 02 #     the maker's code id
    95 01 09 00 81 03          #     reserved
    05 8c 25 01 75 01 95 01 09 ff 81 02   # data continued
    75 07 95 01 81 03          #     padding
    c0
    85 04 75 08 95 01 09 5c 91 02   # an output report: good read beep
    85 05 75 08 95 02 09 62 b1 02   # a feature report
    c0
""")
NEWLAND: Final = items("""
    05 8c 09 02 a1 01 09 12 a1 02 85 02
    15 00 26 ff 00 75 08
    95 01 05 01 09 3b 81 02
    95 38 05 8c 09 fe 82 02 01
    95 04 81 03
    95 01 06 66 ff 09 04 81 02
    05 8c 25 01 75 01 95 01 09 ff 81 02
    75 07 95 01 81 03
    c0 c0
""")
PLAIN: Final = items("""
    05 8c 09 02 a1 01 15 00 26 ff 00 75 08
    95 08 09 fe 81 02          # nothing but data, no report id
    c0
""")
CROOKED: Final = items("""
    05 8c 09 02 a1 01 85 07 15 00 26 ff 00
    75 01 95 01 09 ff 81 02    # data continued comes first: all that follows is off by one bit
    75 05 95 01 05 01 09 3b 81 02
    75 08 95 01 05 8c 09 fb 81 02   # the identifier in two places
    75 08 95 08 09 fe 81 02
    75 08 95 02 09 fc 09 fd 81 02
    75 02 95 01 81 03
    c0
""")
CONFIGURATION: Final = items("""
    05 8c 09 02 a1 01 85 02 15 00 26 ff 00 75 08
    95 3f 09 31 81 02          # the right page and usage, but no place for codes
    c0
""")
KEYBOARD: Final = items("""
    05 01 09 06 a1 01 05 07 19 e0 29 e7 15 00 25 01 75 01 95 08 81 02
    95 01 75 08 81 03 95 06 75 08 15 00 26 ff 00 05 07 19 00 2a ff 00 81 00 c0
""")

HONEYWELL_DATA: Final = 56
NEWLAND_DATA: Final = 56
BEEP: Final = bytes([4, 1])


def honeywell(code: bytes, aim: str = "]C0") -> list[bytes]:
    """The reports of one code."""
    size = HONEYWELL_DATA
    parts = [code[at : at + size] for at in range(0, len(code), size)] or [b""]
    return [
        bytes([2, len(part)])
        + aim.encode().ljust(3, b"\0")
        + part.ljust(size, b"\0")
        + bytes([0x6A, 0, part is not parts[-1]])
        for part in parts
    ]


def newland(code: bytes) -> list[bytes]:
    """The reports of one code."""
    size = NEWLAND_DATA
    parts = [code[at : at + size] for at in range(0, len(code), size)] or [b""]
    return [
        bytes([2, len(part)])
        + part.ljust(size, b"\0")
        + bytes([0, 0, 0, 0, 0x61, part is not parts[-1]])
        for part in parts
    ]


def crooked(code: bytes, aim: str = "]d2") -> list[bytes]:
    """The reports of one code whose fields begin in the middle of a byte."""
    parts = [code[at : at + 8] for at in range(0, len(code), 8)] or [b""]
    mark = aim.encode()
    reports: list[bytes] = []
    for part in parts:
        bits = int(part is not parts[-1]) | len(part) << 1
        body = mark[:1] + part.ljust(8, b"\0") + mark[1:]
        bits |= int.from_bytes(body, "little") << 6
        reports.append(bytes([7]) + bits.to_bytes(12, "little"))
    return reports
