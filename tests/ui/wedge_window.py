"""The real window as a program of its own, which tells on standard output what reaches the bench.

It is steered by lines on standard input, so that a test can look at it between two scans.
"""

import json
import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from app.domain.frames import Frame
from app.settings import Settings
from app.ui.bridge import Bridge
from app.ui.main import Program, Start
from app.ui.shell.type_field import TypeField
from tests.ui.samples import NOW, STATES, UTC


def tell(**what: object) -> None:
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


@dataclass
class TellingBench:
    """Tells what it is asked."""

    bridge: Bridge

    def command(self, code: str) -> None:
        tell(command=code)

    def typed(self, text: str) -> None:
        tell(typed=text)

    def pin(self, text: str) -> None:
        tell(pin=text)

    def close(self) -> None:
        tell(closed=True)


class TellingKeyboard:
    """Tells what a scanner typed."""

    def submit(self, frame: Frame) -> None:
        tell(scan=frame.raw.hex(), fault=frame.fault, device=frame.device)

    def keep_settings(self, wanted: Mapping[str, str]) -> None:
        tell(kept=dict(wanted))


class Steering(QObject):
    """Does what standard input asks, and tells when it is done."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._button = QPushButton("press", program.window)
        self._button.clicked.connect(self._clicked)
        self._button.move(300, 5)
        self._button.show()
        self._secret = QLineEdit(program.window)
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret.move(420, 5)
        self._secret.show()
        self._lines = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._lines.activated.connect(self._read)

    def _clicked(self) -> None:
        tell(clicked=True)

    def _read(self) -> None:
        for line in os.read(0, 4096).decode().splitlines():
            word, _, rest = line.partition(" ")
            getattr(self, f"do_{word}")(rest)
            tell(done=line)

    def do_focus(self, name: str) -> None:
        widget = {"field": self.field, "button": self._button, "secret": self._secret}.get(name)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._program.window.setFocus(Qt.FocusReason.OtherFocusReason)

    def do_mark(self, name: str) -> None:
        self.field.setProperty("scanField", bool(name))

    def do_field(self, _: str) -> None:
        tell(field=self.field.text(), secret=self._secret.text())

    def do_clear(self, _: str) -> None:
        self.field.clear()
        self._secret.clear()

    def do_stall(self, ms: str) -> None:
        """Stand still as a window does whose thread is busy."""
        tell(stalled=True)
        threading.Event().wait(int(ms) / 1000)

    def do_picture(self, path: str) -> None:
        self._program.window.picture().save(path)

    def do_quit(self, _: str) -> None:
        QTimer.singleShot(0, self._program.window.close)

    @property
    def field(self) -> TypeField:
        return self._program.window.findChildren(TypeField)[0]


def main() -> None:
    """Run until the window is closed; settings come as JSON in the only argument."""
    asked = json.loads(sys.argv[1])
    home = Path(os.environ["REPAIR_BENCH_HOME"])
    settings = replace(Settings(home, language="en", theme="light", sound=False), **asked)
    app = QApplication(["wedge", "-style", "Fusion"])
    keyboard = TellingKeyboard()
    start = Start(settings, lambda: NOW, UTC, keyboard=keyboard)
    kept: list[Steering] = []

    def make(bridge: Bridge) -> TellingBench:
        bridge.tell_opened(STATES["home"].view)
        QTimer.singleShot(50, ready)
        return TellingBench(bridge)

    def ready() -> None:
        kept.append(Steering(program))
        program.window.activateWindow()
        tell(window=int(program.window.winId()), listening=program.scanner is not None)

    program = Program(start, make)
    program.window.show()
    app.exec()
    program.close()


if __name__ == "__main__":
    main()
