"""A bench's devices are exchanged for others while it runs."""

import threading
from datetime import UTC, date, datetime

from app.devices.attending import Attendant
from app.devices.decoding import decoder
from app.devices.profiles import load_profile
from app.devices.simulators import SimulatedScanner, SimulatedTester
from app.devices.spec import device_spec
from app.domain.frames import DeviceRole, DeviceState, DeviceStatus, Frame
from app.domain.line_fault import LineFault

PATIENCE = 30.0
CRLF, WRIST = load_profile("serial-crlf"), load_profile("generic-wrist-line")
AT = datetime(2026, 3, 2, tzinfo=UTC)


class Stopped:
    """A clock that stands."""

    def now(self) -> datetime:
        return AT

    def today(self) -> date:
        return AT.date()


class Told:
    """What reached the bench."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.frames: list[Frame] = []
        self.states: list[DeviceState] = []

    def on_frame(self, frame: Frame) -> None:
        with self.changed:
            self.frames.append(frame)
            self.changed.notify_all()

    def on_state(self, state: DeviceState) -> None:
        with self.changed:
            self.states.append(state)
            self.changed.notify_all()

    def until_frames(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.frames) >= count, PATIENCE)


def test_devices_are_exchanged_and_the_old_ones_let_go() -> None:
    told = Told()
    attendant = Attendant(told.on_frame, told.on_state, Stopped())
    with SimulatedScanner(CRLF) as scanner, SimulatedTester(WRIST) as tester:
        attendant.attend([device_spec("scanner-1", scanner.path, CRLF)], {}, {})
        scanner.scan("C02XK0ABJGH5")
        told.until_frames(1)
        wrist = {"esd-1": decoder(WRIST)}
        attendant.attend([device_spec("esd-1", tester.path, WRIST)], wrist, wrist)
        attendant.retry()
        tester.send("WRIST;1.25E+06;PASS")
        told.until_frames(2)
        (device,) = [each for each in attendant.watch.sight().devices if each.state is not None]
        assert (device.device, device.heard is not None) == ("esd-1", True)
        assert not isinstance(attendant.decode(told.frames[1]), LineFault)
        attendant.attend([], {}, {})
        assert attendant.watch.sight().devices[0].state is None
    attendant.let_go()
    attendant.retry()
    assert [frame.device for frame in told.frames] == ["scanner-1", "esd-1"]
    assert DeviceStatus.LOST not in {state.status for state in told.states}


def test_a_tester_that_is_not_set_up_has_no_profile() -> None:
    attendant = Attendant(lambda _: None, lambda _: None, Stopped())
    read = attendant.decode(Frame("esd-1", DeviceRole.ESD_TESTER, b"x", AT, 1))
    assert read == LineFault("no_profile")
