"""Benches of one tester for the contract of wires that are no serial ports."""

from collections.abc import Generator
from contextlib import contextmanager

from app.devices.decoding import decoder
from app.devices.profile import Profile
from app.devices.spec import DeviceSpec
from app.devices.supervisor import Supervisor
from app.devices.wire.base import Wire
from app.devices.wire.framing import Framing
from app.devices.wire.polling import Poll
from app.domain.esd import Measurement
from app.domain.frames import DeviceRole, DeviceStatus
from app.domain.line_fault import LineFault
from tests.contract.devices.rig import TickingClock, Told

READY, LOST, ABSENT = DeviceStatus.READY, DeviceStatus.LOST, DeviceStatus.ABSENT
DENIED, WRONG = DeviceStatus.DENIED, DeviceStatus.WRONG_MODE
LINES = Framing()


def spec_of(url: str, framing: Framing = LINES, poll: Poll | None = None) -> DeviceSpec:
    return DeviceSpec("esd-1", DeviceRole.ESD_TESTER, url, framing, poll=poll)


@contextmanager
def bench(spec: DeviceSpec) -> Generator[Told]:
    told = Told()
    supervisor = Supervisor(
        [spec], told.on_frame, told.on_state, TickingClock(), wait=told.hurried_wait
    )
    supervisor.start()
    try:
        yield told
    finally:
        assert supervisor.stop() == ()


def ohms(profile: Profile, told: Told) -> list[int | str | None]:
    """Every value of every frame, and the code of every fault."""
    decode = decoder(profile)
    values: list[int | str | None] = []
    for frame in told.frames:
        read = decode(frame)
        told_of = (read,) if isinstance(read, LineFault) else read
        values += [one.ohm if isinstance(one, Measurement) else one.code for one in told_of]
    return values


def read_on(wire: Wire) -> None:
    """Read until that is a fault."""
    while True:
        wire.read()
