"""What product ids tell of a scanner's mode, and that they tell nothing else."""

import pytest

from app.devices.scanner.modes import ScannerMode, mode_of


@pytest.mark.parametrize(
    ("vid", "pid", "mode"),
    [
        (0x1EAB, 0x0003, ScannerMode.KEYBOARD),
        (0x1EAB, 0x1D06, ScannerMode.CDC),
        (0x1EAB, 0x2210, ScannerMode.HID_POS),
        (0x1EAB, 0x2211, None),
        (0x05E0, 0x1200, ScannerMode.KEYBOARD),
        (0x05E0, 0x1701, ScannerMode.CDC),
        (0x05E0, 0x1900, ScannerMode.SNAPI),
        (0x11FA, 0x0206, ScannerMode.HID_POS),
        (0x0C2E, 0x0003, None),  # the same number of another maker
    ],
)
def test_ids_tell_the_mode_where_the_maker_says_so(
    vid: int, pid: int, mode: ScannerMode | None
) -> None:
    assert mode_of(vid, pid) is mode
