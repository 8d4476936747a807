"""HID scanners pulled within a code: no whole code is lost, no half one passes for whole."""

import os
import random
from collections.abc import Iterator

import pytest

from app.domain.frames import DeviceStatus, FrameFault
from tests.contract.devices.cables import IN_THE_MACHINE
from tests.contract.devices.hid_benches import HID_BENCHES
from tests.contract.devices.hid_descriptors import HONEYWELL, honeywell
from tests.contract.devices.hid_rig import VARIABLE, HidBench, HidIdentity, make_bench
from tests.contract.devices.hid_running import hid_spec, running

ROUNDS = int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "50" if IN_THE_MACHINE else "100"))
SEED = 20260302

pytestmark = pytest.mark.faults


@pytest.fixture(params=sorted(HID_BENCHES))
def hid(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[HidBench]:
    monkeypatch.setenv(VARIABLE, HID_BENCHES[request.param])
    made = make_bench()
    yield made
    made.close()


def test_no_code_that_was_whole_is_lost_over_many_hid_scanners_pulled(hid: HidBench) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a repeatable test, no secret
    one, sent = HidIdentity(), 0
    expected = list[tuple[bytes, FrameFault | None]]()
    with running(hid, hid_spec(one.url), hurried=True) as (told, _):
        for turn in range(ROUNDS):
            unit = hid.plug(HONEYWELL, one)
            told.until_status(DeviceStatus.READY, turn + 1)
            codes = [b"%03dN%d" % (turn, each) * chance.randrange(1, 30) for each in range(3)]
            half = b"%03dH" % turn * 20
            reports = [report for code in codes for report in honeywell(code)]
            reports += honeywell(half)[: chance.randrange(2)]
            expected += [(code, None) for code in codes]
            expected += [(half[:56], FrameFault.CUT_OFF)] if reports[-1][-1] else []
            for report in reports:
                unit.send(report)
            sent += len(reports)
            told.until_reports(sent)
            unit.unplug()
            told.until_status(DeviceStatus.LOST, turn + 1)
    assert [(frame.raw, frame.fault) for frame in told.frames] == expected
    assert [frame.seq for frame in told.frames] == list(range(1, len(expected) + 1))
