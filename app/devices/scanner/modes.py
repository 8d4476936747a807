"""Which mode a scanner is in, by its product id: only for the wording, never for reading it.

From the makers' documents. What is not here is not known, and it is not guessed.
"""

from enum import StrEnum
from typing import Final

NEWLAND: Final = 0x1EAB
SYMBOL: Final = 0x05E0
CODE: Final = 0x11FA


class ScannerMode(StrEnum):
    """How a scanner was told to speak."""

    HID_POS = "hid_pos"
    KEYBOARD = "keyboard"
    CDC = "cdc"
    SNAPI = "snapi"


_UNITS: Final = {
    (SYMBOL, 0x1200): ScannerMode.KEYBOARD,
    (SYMBOL, 0x1701): ScannerMode.CDC,
    (SYMBOL, 0x1900): ScannerMode.SNAPI,
    (CODE, 0x0206): ScannerMode.HID_POS,
}
_NEWLAND_ENDINGS: Final = {
    0x03: ScannerMode.KEYBOARD,
    0x06: ScannerMode.CDC,
    0x10: ScannerMode.HID_POS,
}


def mode_of(vid: int, pid: int) -> ScannerMode | None:
    """The mode that a unit's ids tell; None where they tell none."""
    if vid == NEWLAND:
        return _NEWLAND_ENDINGS.get(pid & 0xFF)
    return _UNITS.get((vid, pid))
