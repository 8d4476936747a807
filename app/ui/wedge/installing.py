"""Begins to listen for a scanner that types, as the settings ask for it."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from app.ui.wedge.setup import Mode, SetupError, setup_of

if TYPE_CHECKING:
    from app.settings import Settings
    from app.ui.bridge import Bridge
    from app.ui.controller import Controller
    from app.ui.port import KeyboardPort
    from app.ui.wedge.scanner import KeyboardScanner
    from app.ui.window import BenchWindow

log = logging.getLogger("repair_bench.devices")


def listen(
    window: "BenchWindow",
    controller: "Controller",
    bridge: "Bridge",
    port: "KeyboardPort",
    settings: "Settings",
    now: Callable[[], datetime],
) -> "KeyboardScanner | None":
    """Listen; None where the settings want it off, or cannot be used, which is told."""
    try:
        setup = setup_of(settings, QGuiApplication.platformName())
    except SetupError as error:
        bridge.tell_fault("wedge_setting", {"setting": error.key, "value": error.value})
        return None
    if setup.mode is Mode.OFF:
        log.info("no scanner in keyboard mode is listened for")
        return None
    from app.ui.wedge.scanner import KeyboardScanner

    return KeyboardScanner(window, setup, port, bridge, controller.show_answer, now)
