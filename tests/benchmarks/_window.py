"""Scans into a real window: prints the seconds from each commit to its painted answer."""

import sys
import threading
import time

from _rig import Rig, rig
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from app import bootstrap
from app.services.playing import badge
from app.settings import Settings
from app.ui.bridge import Bridge
from app.ui.main import run_window


def say(value: float) -> None:
    sys.stdout.write(f"{value!r}\n")
    sys.stdout.flush()


class PaintWatch(QObject):
    """Tells when the answer was painted: the turn of the event loop after the paint events."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = threading.Event()
        self.at = 0.0
        self.fault = ""
        self._due = False

    def expect(self, outcome: object) -> None:
        """The window has been told: what is painted from now on is the answer."""
        del outcome
        self._due = True

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if self._due and event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self._due = False
            QTimer.singleShot(0, self, self._painted)
        return False

    def _painted(self) -> None:
        self.at = time.perf_counter()
        self.painted.set()


class RigBench:
    """The bench of the rig as the window's port, with a thread that scans."""

    def __init__(self, parts: Rig, bridge: Bridge, rounds: int, watch: PaintWatch) -> None:
        self._parts = parts
        self._bridge = bridge
        self._rounds = rounds
        self._watch = watch
        self._script = threading.Thread(target=self._scan, name="script")
        self._script.start()

    def command(self, code: str) -> None:
        self._parts.bench.command(code)

    def pin(self, text: str) -> None:
        self._parts.bench.pin(text)

    def typed(self, text: str) -> None:
        self._parts.bench.typed(text)

    def close(self) -> None:
        self._script.join()

    def _scan(self) -> None:
        try:
            self._play()
        except SystemExit as fault:  # in a thread it would end that alone, and the window stay
            self._watch.fault = str(fault)
        finally:
            self._bridge.ask_close()

    def _play(self) -> None:
        self._parts.answers.wait_ready()
        names = self._parts.names[: self._rounds]
        for number, text in enumerate([badge("1001"), *names]):
            self._watch.painted.clear()
            self._parts.scanner.scan(text)
            self._parts.answers.wait_for(number + 1)
            if not self._watch.painted.wait(30):
                raise SystemExit("the answer was not painted")
            if number:
                say(self._watch.at - self._parts.timed.committed[-1])


def paint(rounds: int) -> None:
    app = QApplication([])
    watch = PaintWatch()
    app.installEventFilter(watch)
    with rig(10_000) as parts:

        def make_bench(bridge: Bridge) -> RigBench:
            parts.answers.also = bridge.tell_outcome
            bridge.outcome.connect(watch.expect)
            parts.start()
            return RigBench(parts, bridge, rounds, watch)

        settings = Settings(parts.folder, language="en", theme="light", sound=False)
        run_window(make_bench, settings, bootstrap.SystemClock().now)
    if watch.fault:
        raise SystemExit(watch.fault)


if __name__ == "__main__":
    paint(int(sys.argv[1]))
