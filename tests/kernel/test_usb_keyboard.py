"""A scanner that types, as a USB keyboard of the kernel: its strokes are read as what it scanned.

Nothing is timed: an emulated processor is slow at its own pace, so the limits are wide.
"""

import os
import select
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.ui.wedge.decoding import decode
from app.ui.wedge.keys import RIGHT_ALT, Stroke
from app.ui.wedge.layout import load_layout
from app.ui.wedge.recognition import Recogniser, Rules
from tests.contract.devices.cables import IN_THE_MACHINE
from tests.kernel.qmp import Qmp
from tests.kernel.uevents import PATIENCE, Uevents
from tests.ui.wedge_typing import ALTGR, CTRL, SHIFT, Chord, chords

pytestmark = pytest.mark.skipif(
    not IN_THE_MACHINE, reason="only in the machine: python -m tests.kernel"
)

NODES = Path("/sys/class/input")
EVENT = struct.Struct("qqHHi")
KEY, UP, DOWN = 1, 0, 1
EXTENDED = 0x80
UNHURRIED = Rules(average_ms=5_000, gap_ms=10_000, hold_ms=5_000)


class Keyboard:
    """QEMU's USB keyboard: keys go down outside, and come as the kernel's events."""

    def __init__(self, qemu: Qmp) -> None:
        self._qemu = qemu
        before = self._nodes()
        with Uevents() as events:
            qemu.call("device_add", driver="usb-kbd", id="keyboard", bus="usb.0", port="2")
            events.until("a keyboard to come", lambda: bool(self._nodes() - before))
        (self._name,) = self._nodes() - before
        self._end = os.open(f"/dev/input/{self._name}", os.O_RDONLY | os.O_NONBLOCK)

    def press(self, code: int, *, down: bool) -> tuple[int, int, int]:
        """Move a key; returns the kernel's code, what became of it, and its stamp in ms."""
        number = 0x38 | EXTENDED if code == RIGHT_ALT else code  # as the PC's first keyboards
        key = {"type": "number", "data": number}
        event = {"type": "key", "data": {"down": down, "key": key}}
        self._qemu.call("input-send-event", events=[event])
        while True:
            assert select.select([self._end], [], [], PATIENCE)[0], "no key came"
            seconds, micros, kind, found, value = EVENT.unpack(os.read(self._end, EVENT.size))
            if kind == KEY:
                return found, value, seconds * 1000 + micros // 1000

    def close(self) -> None:
        os.close(self._end)
        with Uevents() as events:
            self._qemu.call("device_del", id="keyboard")
            events.until("the keyboard to go", lambda: self._name not in self._nodes())

    @staticmethod
    def _nodes() -> frozenset[str]:
        return frozenset(each.name for each in NODES.glob("event*"))


@pytest.fixture
def keyboard() -> Iterator[Keyboard]:
    with Qmp() as qemu:
        made = Keyboard(qemu)
        yield made
        made.close()


def scan(keyboard: Keyboard, recogniser: Recogniser, chord: Chord) -> None:
    """Type a chord, and feed the recogniser what the kernel told."""
    held = dict.fromkeys((SHIFT, CTRL, ALTGR), False)

    def move(code: int, *, down: bool) -> None:
        found, value, at = keyboard.press(code, down=down)
        assert (found, value) == (code, DOWN if down else UP)
        if code in held:
            held[code] = down
        if down:
            recogniser.press(
                Stroke(found, at, shift=held[SHIFT], ctrl=held[CTRL], altgr=held[ALTGR])
            )
        else:
            recogniser.release(found, at)

    for code in (*chord.modifiers, chord.code):
        move(code, down=True)
    for code in (chord.code, *reversed(chord.modifiers)):
        move(code, down=False)


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ("us", "C02XK0ABJGH5"),
        ("us", "]C10109780201379624"),
        ("us", "[)>\x1e06\x1d1P661-17578\x1dSDMPXQ\x1e\x04"),
        ("se", "]E0Räksmörgås@{}\\|+?"),
    ],
)
def test_what_a_scanner_types_is_read_from_the_kernel_s_own_events(
    keyboard: Keyboard, layout: str, text: str
) -> None:
    recogniser = Recogniser(UNHURRIED)
    own = load_layout(layout)
    for chord in chords(f"{text}\r", own):
        scan(keyboard, recogniser, chord)
    (burst,) = recogniser.take_bursts()
    assert burst.whole
    assert decode(burst.strokes, own).text == text
