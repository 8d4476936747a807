"""How long until the first paint, against an empty PySide6 window; whole processes, alternating.

QT_QPA_PLATFORM=offscreen python -m tests.ui.first_paint [ROUNDS]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
class Empty(QWidget):
    def paintEvent(self, event):
        print("painted", flush=True)
        QApplication.instance().quit()
app = QApplication([])
window = Empty()
window.resize(1280, 800)
window.show()
sys.exit(app.exec())
"""

OURS = """
import sys
from pathlib import Path
from app.settings import Settings
from app.ui.main import run_window
class Bench:
    def command(self, code): pass
    def typed(self, text): pass
    def pin(self, text): pass
    def close(self): pass
def make(bridge):
    print("ready", flush=True)
    bridge.ask_close()
    return Bench()
import app.ui.main as main
class Timed(main.BenchWindow):
    def paintEvent(self, event):
        first = not self._painted
        super().paintEvent(event)
        if first:
            print("painted", flush=True)
main.BenchWindow = Timed
settings = Settings(Path(sys.argv[1]), language="sv", theme="light", sound=False)
def now():
    from datetime import UTC, datetime
    return datetime.now(UTC)
sys.exit(run_window(make, settings, now))
"""


def seconds(program: str, home: str) -> dict[str, float]:
    """When each word came, from the start of the process."""
    began = time.perf_counter()
    told: dict[str, float] = {}
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "REPAIR_BENCH_HOME": home}
    with subprocess.Popen(
        [sys.executable, "-c", program, home],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            told[line.strip()] = time.perf_counter() - began
    return told


def main(rounds: int) -> int:
    """Print the least of each and their ratio: what else the machine does only adds."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(home) / "pyc"))
        for program in (EMPTY, OURS):
            seconds(program, home)
        empty: list[float] = []
        ours: list[dict[str, float]] = []
        for _ in range(rounds):
            empty.append(seconds(EMPTY, home)["painted"])
            ours.append(seconds(OURS, home))
    base = min(empty)
    for word in ("painted", "ready"):
        took = min(one[word] for one in ours)
        told = f"{word} {took * 1000:.0f} ms, empty {base * 1000:.0f} ms, ratio {took / base:.2f}"
        sys.stdout.write(f"{told}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
