"""Paints every screen, light and dark, in both languages, to PNG files for people to look at.

QT_QPA_PLATFORM=offscreen python -m tests.ui.gallery DIR [NAME ...] [--size 1280x800]
"""

import argparse
import sys
from datetime import UTC
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.texts import Language
from app.ui.appearance import Look
from app.ui.bridge import Bridge
from app.ui.controller import Controller
from app.ui.sound import Sounds
from app.ui.theme.applying import apply_theme
from app.ui.window import BenchWindow, first_texts, install_fonts
from tests.ui.samples import NOW, STATES


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--only", default="", help="such as en-light")
    asked = parser.parse_args(arguments)
    app = QApplication([])
    install_fonts()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for language in Language:
        for theme in ("light", "dark"):
            look = f"{language.value}-{theme}"
            if asked.only in look:
                apply_theme(app, dark=theme == "dark")
                paint(asked.folder, look, Look(language, theme, UTC), asked.names, asked.size)
    return 0


def paint(folder: Path, name: str, look: Look, names: list[str], size: str) -> None:
    window = BenchWindow(first_texts(look.language), dark=look.theme == "dark")
    controller = Controller(window, Bridge(window), look, lambda: NOW, sounds=Sounds(enabled=False))
    window.resize(*(int(one) for one in size.split("x")))
    window.show()
    for which, told in STATES.items():
        if not names or which in names:
            controller.state = told
            controller.render()
            window.picture().save(str(folder / f"{which}-{name}.png"))
    window.close()
    window.deleteLater()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
