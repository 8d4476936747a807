"""How fast HID scanners are read; ``python -m tests.benchmarks.hid`` prints one line of JSON.

``reports_per_second`` is what the assembler alone takes. ``lost`` counts the codes of 56 reports
that did not come whole, sent back to back at a kernel that keeps 63 reports. ``ms`` is the time
from the end of a report to its frame: alone, in turns with another scanner, and beside one that
hangs when it is opened while a third is missing and looked for.
"""

import argparse
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Self

from app.devices.scanner.assembler import ScanAssembler
from app.devices.scanner.descriptor import parse_descriptor
from app.devices.scanner.layout import layout_of
from app.devices.spec import DeviceSpec
from app.devices.supervisor import Supervisor
from app.devices.wire.framing import Framing
from app.domain.frames import DeviceRole, DeviceState, DeviceStatus, Frame
from tests.contract.devices.hid_descriptors import HONEYWELL, honeywell
from tests.contract.devices.hid_fake import FakeHidBench, FakeUnit
from tests.contract.devices.hid_rig import HidIdentity

CODE = b"[)>06-1P661-17578-SC02XL0GTJGH5"
FULL = bytes(range(33, 127)) * 33
ONE, OTHER = HidIdentity(), HidIdentity(serial="S2", socket="1-2")


class FixedClock:
    """No look at the computer's clock: it is not what is measured."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, tzinfo=UTC)

    def today(self) -> date:
        return self.now().date()


def reports_per_second(count: int) -> float:
    """How many reports a second become scans."""
    made = ScanAssembler(layout_of(parse_descriptor(HONEYWELL)), Framing())
    (report,) = honeywell(CODE)
    start = time.perf_counter()
    scans = sum(len(made.feed(report)) for _ in range(count))
    seconds = time.perf_counter() - start
    assert scans == count
    return count / seconds


class Listening:
    """A bench that reads these scanners until the block ends; it begins when so many are ready."""

    def __init__(self, hid: FakeHidBench, *urls: str, wanted: int = 1) -> None:
        self._wanted = wanted
        self.arrived = threading.Event()
        self.frames: list[Frame] = []
        self.moment = 0.0
        self._ready = threading.Event()
        specs = [DeviceSpec(url, DeviceRole.SCANNER, url) for url in urls]
        self._supervisor = Supervisor(
            specs, self._on_frame, self._on_state, FixedClock(), hid=hid.api
        )

    def __enter__(self) -> Self:
        self._supervisor.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._supervisor.stop()

    def _on_frame(self, frame: Frame) -> None:
        self.moment = time.perf_counter()
        self.frames.append(frame)
        self.arrived.set()

    def _on_state(self, state: DeviceState) -> None:
        self._wanted -= state.status is DeviceStatus.READY
        if not self._wanted:
            self._ready.set()


def lost_codes(count: int) -> int:
    """How many codes of 56 reports did not come whole."""
    hid = FakeHidBench()
    unit = hid.plug(HONEYWELL, ONE)
    reports = honeywell(FULL, "]d1")
    with Listening(hid, ONE.url) as bench:
        for _ in range(count):
            bench.arrived.clear()
            for report in reports:
                unit.send(report)
            bench.arrived.wait()
        whole = [frame for frame in bench.frames if frame.fault is None and frame.raw == FULL]
    return count - len(whole)


def latency_ms(count: int, prepare: Callable[[FakeHidBench], tuple[str, ...]]) -> list[float]:
    """From the end of a report to its frame, in ms, beside what else `prepare` plugs in."""
    hid = FakeHidBench()
    units: list[FakeUnit] = [hid.plug(HONEYWELL, ONE)]
    others = prepare(hid)
    units += [each for each in hid.library.units[1:] if each.path not in hid.library.hanging]
    (report,) = honeywell(CODE)
    took: list[float] = []
    with Listening(hid, ONE.url, *others, wanted=len(units)) as bench:
        for turn in range(count):
            bench.arrived.clear()
            start = time.perf_counter()
            units[turn % len(units)].send(report)
            bench.arrived.wait()
            took.append((bench.moment - start) * 1000)
        for path in list(hid.library.hanging):
            hid.library.go_on(path)
    return took


def alone(hid: FakeHidBench) -> tuple[str, ...]:
    del hid
    return ()


def beside_another(hid: FakeHidBench) -> tuple[str, ...]:
    hid.plug(HONEYWELL, OTHER)
    return (OTHER.url,)


def beside_a_hung_one(hid: FakeHidBench) -> tuple[str, ...]:
    hid.library.hanging.add(hid.plug(HONEYWELL, OTHER).path)
    return OTHER.url, "hid:1eab:0010"


def told(values: list[float]) -> dict[str, float]:
    return {
        "p50": round(statistics.median(values), 3),
        "p99": round(statistics.quantiles(values, n=100)[98], 3),
        "most": round(max(values), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--codes", type=int, default=500)
    parser.add_argument("--scans", type=int, default=2_000)
    parser.add_argument("--small", action="store_true", help="what the checks run")
    options = parser.parse_args()
    reports, codes, scans = options.reports, options.codes, options.scans
    if options.small:
        reports, codes, scans = 10_000, 20, 200
    result = {
        "reports_per_second": round(reports_per_second(reports)),
        "lost": lost_codes(codes),
        "alone_ms": told(latency_ms(scans, alone)),
        "two_ms": told(latency_ms(scans, beside_another)),
        "beside_hung_ms": told(latency_ms(scans, beside_a_hung_one)),
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
