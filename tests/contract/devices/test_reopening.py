"""After a sleep every device is opened anew: half a frame is cut off, nothing whole is lost."""

from app.domain.frames import DeviceStatus, FrameFault
from tests.contract.devices.cables import Cable
from tests.contract.devices.hid_descriptors import HONEYWELL, honeywell
from tests.contract.devices.hid_rig import HidBench, HidIdentity
from tests.contract.devices.hid_running import hid_spec, running
from tests.contract.devices.rig import bench

READY = DeviceStatus.READY


def test_a_streaming_device_is_opened_anew_and_its_half_frame_is_cut_off(cable: Cable) -> None:
    with bench(cable) as (told, supervisor):
        told.until_status(READY)
        cable.write(b"WHOLE\r\nHALF")
        told.until_read(11)
        supervisor.reopen()
        told.until_status(READY, 2)
        cable.write(b"NEXT\r\n")
        told.until_frames(3)
    assert told.raws()[:3] == [b"WHOLE", b"HALF", b"NEXT"]
    assert [frame.fault for frame in told.frames[:3]] == [None, FrameFault.CUT_OFF, None]
    assert DeviceStatus.LOST not in told.statuses()


def test_a_hid_scanner_is_opened_anew(hid: HidBench) -> None:
    unit = hid.plug(HONEYWELL, HidIdentity())
    with running(hid, hid_spec(), hurried=True) as (told, supervisor):
        told.until_status(READY)
        unit.send(*honeywell(b"C02XL0GTJGH5", "]d2"))
        told.until_frames(1)
        first, _ = honeywell(bytes(range(40, 120)), "]d2")  # two reports
        unit.send(first)
        told.until_reports(2)
        supervisor.reopen()
        told.until_frames(2)
        told.until_status(READY, 2)
        unit.send(*honeywell(b"661-17578", "]d2"))
        told.until_frames(3)
    assert told.frames[1].fault is FrameFault.CUT_OFF
    assert told.frames[-1].raw == b"661-17578"
