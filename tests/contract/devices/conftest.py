"""Each test of the contract runs on every kind of cable."""

from collections.abc import Iterator

import pytest

from tests.contract.devices.cables import CABLES, Cable
from tests.contract.devices.hid_rig import HidBench, make_bench


@pytest.fixture(params=sorted(CABLES))
def cable(request: pytest.FixtureRequest) -> Iterator[Cable]:
    made = CABLES[request.param]()
    yield made
    made.close()


@pytest.fixture
def hid() -> Iterator[HidBench]:
    made = make_bench()
    yield made
    made.close()
