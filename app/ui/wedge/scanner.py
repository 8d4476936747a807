"""A scanner that types, as a device of the bench: its bursts become frames like any scan."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.domain.barcodes import MAX_BYTES
from app.domain.frames import DeviceRole, DeviceState, DeviceStatus, Frame, FrameFault
from app.services.views import Feedback, Tone
from app.ui.wedge.calibration import Calibrated, calibrate, is_test
from app.ui.wedge.capture import Capture
from app.ui.wedge.decoding import decode
from app.ui.wedge.keys import redacted
from app.ui.wedge.layout import LAYOUTS, load_layout
from app.ui.wedge.recognition import Burst, Recogniser
from app.ui.wedge.setup import Setup

if TYPE_CHECKING:
    from app.ui.bridge import Bridge
    from app.ui.port import KeyboardPort

log = logging.getLogger("repair_bench.devices")

DEVICE: Final = "keyboard wedge"
SCAN_FIELD: Final = "scanField"
"""A widget's property: it is there for scans, and a short one is a scan as well."""


class KeyboardScanner(QObject):
    """Listens to the keyboard, and hands on what a scanner typed.

    Args:
        window: The program's window, shown.
        setup: How to listen.
        port: Takes frames, and keeps what the test code told.
        bridge: Tells the device's state.
        answer: Shows an answer that no frame led to.
        now: The clock.
    """

    def __init__(
        self,
        window: QWidget,
        setup: Setup,
        port: "KeyboardPort",
        bridge: "Bridge",
        answer: Callable[[Feedback], None],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(window)
        self._setup = setup
        self._port = port
        self._bridge = bridge
        self._answer = answer
        self._now = now
        self._seq = 0
        self.capture = Capture(window, Recogniser(setup.rules), _may_listen, _in_scan_field)
        self.capture.scanned.connect(self._on_burst)

    @property
    def setup(self) -> Setup:
        """How it listens now."""
        return self._setup

    def stop(self) -> None:
        """Listen no more; what is held back is given to the window."""
        self.capture.stop()

    def _on_burst(self, burst: Burst) -> None:
        setup = self._setup
        if burst.whole and is_test(burst.strokes, setup.layout, setup.host):
            self._calibrate(burst)
            return
        said = decode(burst.strokes, setup.layout, setup.host)
        raw = said.text.removeprefix(setup.preamble).encode()
        fault = None
        if burst.too_long or len(raw) > MAX_BYTES:
            fault = FrameFault.OVERSIZE
        elif not (burst.whole and said.clear):
            fault = FrameFault.CUT_OFF
        if fault is not None:
            log.warning("%s in doubt (%s): %s", DEVICE, fault.value, redacted(burst.strokes))
        self._submit(raw[:MAX_BYTES], fault)

    def _submit(self, raw: bytes, fault: FrameFault | None) -> None:
        self._seq += 1
        now = self._now()
        if self._seq == 1:
            ready = DeviceState(DEVICE, DeviceRole.SCANNER, DeviceStatus.READY, "", now)
            self._bridge.tell_device(ready)
        self._port.submit(Frame(DEVICE, DeviceRole.SCANNER, raw, now, self._seq, fault=fault))

    def _calibrate(self, burst: Burst) -> None:
        found = calibrate(burst.strokes, [load_layout(name) for name in LAYOUTS])
        log.info("test code of %s: %s %s", DEVICE, found.code, found.layout)
        if found.layout:
            host = load_layout(found.host) if found.host else None
            self._setup = replace(self._setup, layout=load_layout(found.layout), host=host)
            self._port.keep_settings(
                {"wedge_layout": found.layout, "wedge_computer_layout": found.host}
            )
        self._answer(answer_of(found))


def answer_of(found: Calibrated) -> Feedback:
    """What a person is told of the test code."""
    lost = "" if found.separators else "_separators_lost"
    match found.code:
        case "calibrated":
            fields = (("layout", found.layout),)
            return Feedback(Tone.ACCEPTED, f"wedge_calibrated{lost}", fields)
        case "any_layout":
            return Feedback(Tone.ACCEPTED, f"wedge_any_layout{lost}")
        case "ambiguous":
            fields = (("layouts", ", ".join(found.fitting)),)
            return Feedback(Tone.REFUSED, "wedge_ambiguous", fields, "wedge_set_layout")
        case _:
            return Feedback(Tone.REFUSED, "wedge_no_layout", (), "wedge_set_layout")


def _may_listen() -> bool:
    """Never where a secret is typed: a password manager types as fast as a scanner."""
    focus = QApplication.focusWidget()
    return not (isinstance(focus, QLineEdit) and focus.echoMode() is not QLineEdit.EchoMode.Normal)


def _in_scan_field() -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and bool(focus.property(SCAN_FIELD))
