"""Which HID unit is the scanner that is meant: pure, by identity, never by path."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final, Protocol

from app.devices.errors import WireCode, WireError
from app.devices.scanner.modes import ScannerMode, mode_of
from app.devices.wire.address import UsbIdentity
from app.devices.wire.hid import HidUnit

MOST_CANDIDATES: Final = 8
"""Scanners that are looked at when one is asked for."""

_MODES: Final[Mapping[ScannerMode | None, WireCode]] = MappingProxyType(
    {
        ScannerMode.KEYBOARD: WireCode.KEYBOARD_MODE,
        ScannerMode.CDC: WireCode.CDC_MODE,
        ScannerMode.SNAPI: WireCode.SNAPI_MODE,
    }
)


class UsbRow(Protocol):
    """A USB device, whatever it is."""

    @property
    def path(self) -> str:
        """Its name now."""
        ...

    @property
    def vid(self) -> int | None:
        """Vendor id."""
        ...

    @property
    def pid(self) -> int | None:
        """Product id."""
        ...


def candidates(
    units: Iterable[HidUnit],
    meant: UsbIdentity | None,
    taken: Collection[str] = (),
    ports: Iterable[UsbRow] = (),
) -> tuple[HidUnit, ...]:
    """The scanners that fit, each once; their descriptors decide which of them read codes.

    Args:
        units: What there is.
        meant: The unit, None for any.
        taken: The paths that are in use already.
        ports: The serial ports: a scanner may be one of them instead.

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
    for each in (*rows, *ports):
        code = _other_mode(each, meant)
        if code is not None and each.path not in taken:
            raise WireError(code, each.path)
    silent = next((each for each in rows if _fits(each, meant) and each.path not in taken), None)
    if silent is not None and meant is not None:
        raise WireError(WireCode.REFUSED, f"{silent.path} calls itself no scanner")
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


def _other_mode(row: UsbRow, meant: UsbIdentity | None) -> WireCode | None:
    """The mode of a scanner that does not speak HID POS now; its product id goes with the mode."""
    if row.vid is None or row.pid is None or (meant is not None and row.vid != meant.vid):
        return None
    return _MODES.get(mode_of(row.vid, row.pid))
