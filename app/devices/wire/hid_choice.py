"""Which HID unit is the scanner that is meant: pure, by identity, never by path."""

from collections.abc import Collection, Iterable
from typing import Final

from app.devices.errors import WireCode, WireError
from app.devices.scanner.modes import ScannerMode, mode_of
from app.devices.wire.address import UsbIdentity
from app.devices.wire.hid import HidUnit

MOST_CANDIDATES: Final = 8
"""Scanners that are looked at when one is asked for."""


def candidates(
    units: Iterable[HidUnit], meant: UsbIdentity | None, taken: Collection[str] = ()
) -> tuple[HidUnit, ...]:
    """The scanners that fit, each once; their descriptors decide which of them read codes.

    Args:
        units: What there is.
        meant: The unit, None for any.
        taken: The paths that are in use already.

    Raises:
        WireError: There is none, or only one in another mode.
    """
    rows = tuple(units)
    found: dict[str, HidUnit] = {}
    for each in rows:
        if each.is_scanner and _fits(each, meant) and each.path not in taken:
            found.setdefault(each.path, each)
    if found:
        return tuple(found.values())[:MOST_CANDIDATES]
    other = next((each for each in rows if _is_in_another_mode(each, meant, taken)), None)
    if other is not None:
        raise WireError(WireCode.REFUSED, f"{other.identity} is in another mode")
    raise WireError(WireCode.ABSENT, "no HID POS scanner")


def precision(meant: UsbIdentity | None) -> int:
    """How exactly an address names a unit; those that name it best choose first."""
    if meant is None:
        return 0
    return 1 + (meant.location is not None) + 2 * (meant.serial is not None)


def _fits(unit: HidUnit, meant: UsbIdentity | None) -> bool:
    return meant is None or (
        (unit.vid, unit.pid) == (meant.vid, meant.pid)
        and meant.serial in {None, unit.serial}
        and meant.location in {None, unit.location}
    )


def _is_in_another_mode(unit: HidUnit, meant: UsbIdentity | None, taken: Collection[str]) -> bool:
    """Whether it is a scanner that does not speak HID POS now; its product id may have changed."""
    if unit.path in taken:
        return False
    is_known = mode_of(unit.vid, unit.pid) not in {None, ScannerMode.HID_POS}
    if meant is None:
        return is_known
    return unit.vid == meant.vid and (is_known or _fits(unit, meant)) and not unit.is_scanner
