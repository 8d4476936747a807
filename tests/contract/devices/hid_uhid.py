"""HID scanners that a program makes through the kernel's ``/dev/uhid``: everything above is real.

Only inside the machine of `tests.kernel`. They hang on no USB socket.
"""

import os
import select
import struct
import threading
from typing import Final

from app.devices.wire.hid import HidApi, load_api
from tests.contract.devices.hid_nodes import gone_after, path_after
from tests.contract.devices.hid_rig import QUEUE, HidIdentity

UHID: Final = "/dev/uhid"
USB: Final = 3

_DESTROY, _OUTPUT, _CREATE, _INPUT, _SET_REPORT, _ANSWER = 1, 6, 11, 12, 13, 14
_TYPE: Final = struct.Struct("<I")
_CREATION: Final = struct.Struct("<I128s64s64sHHIIII4096s")
_REPORT: Final = struct.Struct("<IH4096s")
_ORDER: Final = struct.Struct("<IIBBH")
_REPLY: Final = struct.Struct("<IIH")
_EVENT_SIZE: Final = 4380
_DATA_SIZE: Final = 4096


class UhidUnit:
    """A unit, and a thread that answers the kernel for it."""

    def __init__(self, descriptor: bytes, identity: HidIdentity) -> None:
        self._descriptor = os.open(UHID, os.O_RDWR | os.O_NONBLOCK)
        self._guard = threading.Lock()
        self._sent: list[bytes] = []
        self._ending, self._end = os.pipe()
        self._answering = threading.Thread(target=self._answer_on)
        self._answering.start()
        self._is_there = True
        creation = _CREATION.pack(
            *(_CREATE, b"Maker Scanner", b"", identity.serial.encode()),
            *(len(descriptor), USB, identity.vid, identity.pid, 0x100, 0, descriptor),
        )
        self.path = path_after(lambda: os.write(self._descriptor, creation))

    def send(self, report: bytes) -> None:
        assert self._is_there
        os.write(self._descriptor, _REPORT.pack(_INPUT, len(report), report))

    def written(self) -> list[bytes]:
        with self._guard:
            self._take()
            sent, self._sent = self._sent, []
        return sent

    def unplug(self) -> None:
        if not self._is_there:
            return
        self._is_there = False
        gone_after(lambda: os.write(self._descriptor, _TYPE.pack(_DESTROY)), self.path)
        os.write(self._end, b".")
        self._answering.join()
        for each in (self._descriptor, self._ending, self._end):
            os.close(each)

    def _answer_on(self) -> None:
        while True:
            ready, _, _ = select.select([self._descriptor, self._ending], [], [])
            if self._ending in ready:
                return
            with self._guard:
                self._take()

    def _take(self) -> None:
        """Take all that the kernel tells."""
        while select.select([self._descriptor], [], [], 0)[0]:
            event = os.read(self._descriptor, _EVENT_SIZE)
            (kind,) = _TYPE.unpack_from(event)
            if kind == _OUTPUT:
                (size,) = struct.unpack_from("<H", event, _TYPE.size + _DATA_SIZE)
                self._sent.append(event[_TYPE.size : _TYPE.size + size])
            elif kind == _SET_REPORT:
                _, number, _, _, size = _ORDER.unpack_from(event)
                self._sent.append(event[_ORDER.size : _ORDER.size + size])
                os.write(self._descriptor, _REPLY.pack(_ANSWER, number, 0))


class UhidBench:
    """The tier with a real kernel, without USB."""

    abilities = frozenset({QUEUE})
    knows_sockets = False

    def __init__(self) -> None:
        self._units: list[UhidUnit] = []

    def api(self) -> HidApi:
        return load_api()

    def plug(self, descriptor: bytes, identity: HidIdentity) -> UhidUnit:
        unit = UhidUnit(descriptor, identity)
        self._units.append(unit)
        return unit

    def close(self) -> None:
        for unit in self._units:
            unit.unplug()
