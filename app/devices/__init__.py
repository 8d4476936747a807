"""Scanners and ESD testers: their bytes become frames, and a tester's frames become measurements.

Nothing here decides what a frame does to a repair. How the threads are cut: docs/adr/0005. The
simulators are in `app.devices.simulators`, apart because Windows has no pseudo-terminals.
"""

from app.devices.capture import Capture, CaptureError, capture_of, read_capture, written
from app.devices.capture_redacting import redactor
from app.devices.decoding import decoder
from app.devices.errors import (
    AddressError,
    DeviceError,
    InstrumentError,
    ProfileError,
    WireCode,
    WireError,
)
from app.devices.esd.asking import measure_once
from app.devices.esd.check import Miss, check_profile
from app.devices.esd.dialogue import HIOKI as HIGH_VOLTAGE
from app.devices.listing import DeviceKind, DeviceRow, list_devices
from app.devices.profile import Profile, parse_profile, read_profile
from app.devices.profiles import ProfileRow, list_profiles, load_profile
from app.devices.scanner.modes import ScannerMode
from app.devices.spec import DeviceSpec, device_spec
from app.devices.supervisor import Supervisor
from app.devices.watching import Watch
from app.devices.wire.address import LineSettings
from app.devices.wire.framing import Framing
from app.devices.wire.opening import check_address
from app.devices.wire.ports import PortRow, list_ports

__all__ = [
    "HIGH_VOLTAGE",
    "AddressError",
    "Capture",
    "CaptureError",
    "DeviceError",
    "DeviceKind",
    "DeviceRow",
    "DeviceSpec",
    "Framing",
    "InstrumentError",
    "LineSettings",
    "Miss",
    "PortRow",
    "Profile",
    "ProfileError",
    "ProfileRow",
    "ScannerMode",
    "Supervisor",
    "Watch",
    "WireCode",
    "WireError",
    "capture_of",
    "check_address",
    "check_profile",
    "decoder",
    "device_spec",
    "list_devices",
    "list_ports",
    "list_profiles",
    "load_profile",
    "measure_once",
    "parse_profile",
    "read_capture",
    "read_profile",
    "redactor",
    "written",
]
