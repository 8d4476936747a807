"""What the bench is told about a device that is connected to it."""

from dataclasses import dataclass, field

from app.devices.profile import Profile
from app.devices.scanner.settings import HidSettings
from app.devices.wire.address import LineSettings
from app.devices.wire.framing import Framing
from app.devices.wire.polling import Poll
from app.domain.frames import DeviceRole


@dataclass(frozen=True, slots=True)
class DeviceSpec:
    """One device as it is set up.

    Attributes:
        name: The bench's own name of it, such as ``scanner-1``.
        role: What it is there for.
        url: Where it is: ``/dev/pts/3``, ``serial:///dev/ttyUSB0?baud=9600&format=7E1``,
            ``usb:0c2e:0b61:SERIAL``, ``hid:``, ``tcp://host:port``, ``http://host/path`` or
            ``file:/path``.
        framing: How it marks its messages.
        line: The line settings of its profile; the url goes before them.
        hid: What its profile adds to the descriptor of a HID scanner.
        poll: How it is asked; None where it speaks by itself.
    """

    name: str
    role: DeviceRole
    url: str
    framing: Framing = field(default_factory=Framing)
    line: LineSettings = field(default_factory=LineSettings)
    hid: HidSettings = field(default_factory=HidSettings)
    poll: Poll | None = None


def device_spec(name: str, url: str, profile: Profile) -> DeviceSpec:
    """A device that speaks as its profile says."""
    return DeviceSpec(
        name, profile.role, url, profile.framing, profile.line, profile.hid, profile.poll
    )
