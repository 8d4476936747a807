"""Which benches the HID contract runs on: those of the tier that is asked for."""

import os
from collections.abc import Mapping
from typing import Final

from tests.contract.devices.cables import IN_THE_MACHINE
from tests.contract.devices.hid_rig import FAKE, VARIABLE

HID_BENCHES: Final[Mapping[str, str]] = (
    {
        "uhid": "tests.contract.devices.hid_uhid:UhidBench",
        "f_hid": "tests.contract.devices.hid_gadget:GadgetBench",
    }
    if IN_THE_MACHINE
    else {"hid": os.environ.get(VARIABLE, FAKE)}
)
"""By the name that the tests show."""
