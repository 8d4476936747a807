"""Cables pulled at every moment: no whole message is lost, none invented, none run together."""

import os
import random
import threading
from collections.abc import Callable

import pytest

from app.devices.simulators import UnpluggedError
from app.domain.frames import DeviceStatus, FrameFault
from tests.contract.devices.cables import IN_THE_MACHINE, PULLED, Cable, PulledCable
from tests.contract.devices.rig import PATIENCE, bench

ROUNDS = int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "50" if IN_THE_MACHINE else "100"))
CHATTER_ROUNDS = ROUNDS // 5 if IN_THE_MACHINE else ROUNDS
SEED = 20260302

pytestmark = pytest.mark.faults


@pytest.fixture(params=sorted(PULLED))
def make_cable(request: pytest.FixtureRequest) -> Callable[[], PulledCable]:
    return PULLED[request.param]


def test_no_message_that_was_whole_is_lost_over_many_cables_pulled(
    make_cable: Callable[[], PulledCable],
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a repeatable test, no secret
    number, expected, written = 0, list[tuple[bytes, FrameFault | None]](), 0
    with make_cable() as cable, bench(cable) as (told, _):
        for turn in range(ROUNDS):
            told.until_status(DeviceStatus.READY, turn + 1)
            messages = [b"M%06d" % (number + each) for each in range(chance.randrange(4))]
            number += len(messages) + 1
            half = (b"M%06d" % (number - 1))[: chance.randrange(8)]
            stream = b"".join(message + b"\r\n" for message in messages) + half
            expected += [(message, None) for message in messages]
            expected += [(half, FrameFault.CUT_OFF)] if half else []
            cable.write(stream)
            written += len(stream)
            told.until_read(written)
            cable.unplug()
            told.until_status(DeviceStatus.LOST, turn + 1)
            cable.plug()
    assert [(frame.raw, frame.fault) for frame in told.frames] == expected
    assert [frame.seq for frame in told.frames] == list(range(1, len(expected) + 1))


def test_a_cable_pulled_while_bytes_are_on_it_gives_no_message_that_was_not_sent(
    make_cable: Callable[[], PulledCable],
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a repeatable test, no secret
    sent: list[bytes] = []

    def chatter(cable: Cable, turn: int) -> None:
        try:
            for each in range(10_000):
                message = b"T%06dN%06d" % (turn, each)
                sent.append(message)
                cable.write(message + b"\r\n")
        except UnpluggedError:
            return

    with make_cable() as cable, bench(cable) as (told, _):
        for turn in range(CHATTER_ROUNDS):
            told.until_status(DeviceStatus.READY, turn + 1)
            writer = threading.Thread(target=chatter, args=(cable, turn))
            seen = told.read
            writer.start()
            told.until_read(seen + chance.randrange(1, 2000))
            cable.unplug()
            writer.join(PATIENCE)
            told.until_status(DeviceStatus.LOST, turn + 1)
            cable.plug()
    whole = [frame.raw for frame in told.frames if frame.fault is None]
    remaining = iter(sent)
    assert all(raw in remaining for raw in whole)  # in order, none twice, none invented
    cut = [frame.raw for frame in told.frames if frame.fault is not None]
    assert all(len(raw) < len(sent[0]) + 2 for raw in cut)
    assert len(cut) <= CHATTER_ROUNDS
