"""A HID scanner by the command line: only where the program itself finds the units of the tier."""

import json
import os
import threading
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from app.__main__ import main
from tests.contract.devices.hid_descriptors import HONEYWELL, KEYBOARD, honeywell
from tests.contract.devices.hid_rig import FAKE, VARIABLE, HidBench, HidIdentity, HidUnderTest

pytestmark = pytest.mark.skipif(
    os.environ.get(VARIABLE, FAKE) == FAKE, reason="the program cannot see the units of the fake"
)


def test_the_list_tells_scanners_and_those_in_another_mode(
    hid: HidBench, capsys: pytest.CaptureFixture[str]
) -> None:
    one = HidIdentity()
    hid.plug(HONEYWELL, one)
    hid.plug(KEYBOARD, HidIdentity(0x1EAB, 0x0003, "", "1-2"))
    hid.plug(KEYBOARD, HidIdentity(0x046D, 0xC31C, "", "1-3"))
    assert main(["devices", "list", "--json"]) == 0
    rows = [row for row in json.loads(capsys.readouterr().out) if row["kind"] == "hid"]
    assert [(row["address"], row["mode"]) for row in rows if row["mode"] == "hid_pos"] == [
        (one.url, "hid_pos")
    ]
    assert [row["pid"] for row in rows if row["mode"] == "keyboard"] == [0x0003]
    assert len(rows) == 2


@contextmanager
def scanning(unit: HidUnderTest, code: bytes) -> Generator[None]:
    """Scan a code again and again: nothing tells when the program listens."""
    ended = threading.Event()

    def scan() -> None:
        while not ended.wait(0.05):
            unit.send(*honeywell(code))

    hand = threading.Thread(target=scan)
    hand.start()
    try:
        yield
    finally:
        ended.set()
        hand.join()


def test_a_bench_records_what_a_hid_scanner_reads(
    hid: HidBench, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = hid.plug(HONEYWELL, HidIdentity())
    assert main(["init", "--key", "file"]) == 0
    capsys.readouterr()
    with scanning(unit, b"OCD?NEX"):
        words = ["bench", "--scanner", "hid:", "--scanner-profile", "hid-pos", "--once", "1"]
        assert main(words) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["state"] for each in events if each["event"] == "device"][:2] == [
        "opening",
        "ready",
    ]
    scan = next(each for each in events if each["event"] == "scan")
    assert scan["raw_hex"] == b"OCD?NEX".hex()
    assert scan["entry"]
