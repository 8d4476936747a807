"""The shipped udev rules, applied by udev itself to USB devices of the kernel."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.devices.cables import IN_THE_MACHINE
from tests.contract.devices.hid_descriptors import HONEYWELL
from tests.contract.devices.hid_gadget import GadgetBench
from tests.contract.devices.hid_rig import HidIdentity
from tests.contract.devices.kernel_cables import PORTS, AcmPlug, UsbCable

pytestmark = [
    pytest.mark.skipif(not IN_THE_MACHINE, reason="only in the machine: python -m tests.kernel"),
    pytest.mark.skipif(shutil.which("udevadm") is None, reason="there is no udevadm here"),
]

RULES = Path(__file__).parents[2] / "installer" / "udev" / "70-repair-bench.rules"
PLACE = Path("/run/udev/rules.d") / RULES.name


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(RULES, PLACE)
    yield
    PLACE.unlink()


def properties(node: Path) -> dict[str, str]:
    """What udev knows of a device after it applied its rules."""
    done = subprocess.run(
        ["udevadm", "test", "--action=add", str(node.resolve())],
        capture_output=True,
        text=True,
        check=True,
    )
    pairs = (line.partition("=") for line in done.stdout.splitlines())
    return {name.strip(): value for name, mark, value in pairs if mark}


def tags(told: dict[str, str]) -> set[str]:
    return set(told.get("TAGS", "").split(":")) - {""}


def test_a_scanner_s_hid_node_is_given_to_who_sits_at_the_computer() -> None:
    bench = GadgetBench()
    try:
        known = bench.plug(HONEYWELL, HidIdentity())
        other = bench.plug(HONEYWELL, HidIdentity(vid=0x1234, serial="S2"))
        nodes = [Path("/sys/class/hidraw") / Path(each.path).name for each in (known, other)]
        assert "uaccess" in tags(properties(nodes[0]))
        assert "uaccess" not in tags(properties(nodes[1]))
    finally:
        bench.close()


def test_a_scanner_s_serial_port_is_left_alone_by_modem_manager() -> None:
    before = {each.name for each in PORTS.iterdir()}
    with UsbCable(AcmPlug()):
        (port,) = {each.name for each in PORTS.iterdir()} - before - {"ttyGS0"}
        told = properties(PORTS / port)
    assert port.startswith("ttyACM")
    assert "uaccess" in tags(told)
    assert told["ID_MM_DEVICE_IGNORE"] == "1"
