"""HID scanners as USB devices of the kernel's own making (f_hid on dummy_hcd), really pulled.

Only inside the machine of `tests.kernel`. The sockets are the kernel's: the test cannot choose one.
"""

import os
import select
from pathlib import Path
from typing import Final

from app.devices.wire.hid import HidApi, load_api
from tests.contract.devices.hid_nodes import gone_after, path_after
from tests.contract.devices.hid_rig import HidIdentity
from tests.kernel.gadget import Gadget, Unit
from tests.kernel.uevents import PATIENCE

_LONGEST: Final = 64
_QUIET_SECONDS: Final = 0.3


class GadgetUnit:
    """A unit and its end of the cable."""

    def __init__(self, descriptor: bytes, identity: HidIdentity) -> None:
        self._gadget = Gadget(
            Unit(identity.vid, identity.pid, identity.serial, "Maker", "Scanner"),
            "hid.scanner",
            {
                "protocol": b"0",
                "subclass": b"0",
                "report_length": b"%d" % _LONGEST,
                "report_desc": descriptor,
            },
        )
        self.path = path_after(self._gadget.plug)
        number = (self._gadget.function / "dev").read_text().strip()
        node = Path(f"/sys/dev/char/{number}").resolve().name
        self._end = os.open(f"/dev/{node}", os.O_RDWR | os.O_NONBLOCK)
        self._is_there = True

    def send(self, report: bytes) -> None:
        assert self._is_there
        os.write(self._end, report)
        _, taken, _ = select.select([], [self._end], [], PATIENCE)
        assert taken, "nobody took the report: the bench has not opened the unit"

    def written(self) -> list[bytes]:
        reports: list[bytes] = []
        while select.select([self._end], [], [], _QUIET_SECONDS)[0]:
            reports.append(os.read(self._end, _LONGEST))
        return reports

    def unplug(self) -> None:
        if not self._is_there:
            return
        self._is_there = False
        gone_after(self._gadget.unplug, self.path)
        os.close(self._end)
        self._gadget.remove()


class GadgetBench:
    """The tier with a real kernel and real USB."""

    abilities = frozenset[str]()  # how many reports are still on the wire, a test cannot know
    knows_sockets = False

    def __init__(self) -> None:
        self._units: list[GadgetUnit] = []

    def api(self) -> HidApi:
        return load_api()

    def plug(self, descriptor: bytes, identity: HidIdentity) -> GadgetUnit:
        unit = GadgetUnit(descriptor, identity)
        self._units.append(unit)
        return unit

    def close(self) -> None:
        for unit in self._units:
            unit.unplug()
