"""Each test of the contract runs on every kind of cable."""

import os
from collections.abc import Iterator

import pytest

from tests.contract.devices.cables import CABLES, Cable
from tests.contract.devices.hid_benches import HID_BENCHES
from tests.contract.devices.hid_rig import VARIABLE, HidBench, make_bench


@pytest.fixture(params=sorted(CABLES))
def cable(request: pytest.FixtureRequest) -> Iterator[Cable]:
    made = CABLES[request.param]()
    yield made
    made.close()


@pytest.fixture(params=sorted(HID_BENCHES))
def hid(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[HidBench]:
    monkeypatch.setenv(VARIABLE, HID_BENCHES[request.param])
    made = make_bench()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def no_socket_is_left_behind(request: pytest.FixtureRequest) -> None:
    """As everywhere, but in a process of umockdev, which never closes its own sockets."""
    if "libumockdev" not in os.environ.get("LD_PRELOAD", ""):
        request.getfixturevalue("no_socket_is_left_behind")
