"""The real window on a real X server: keys as a USB keyboard's, under foreign layouts.

Skipped, with the reason, where there is no Xvfb.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.domain.keyboard_test import KEYBOARD_TEST
from app.ui.wedge.keys import KEYPAD
from app.ui.wedge.layout import LAYOUTS, Glyph, Place, load_layout
from tests.ui.wedge_typing import SHIFT, chords
from tests.ui.x_keyboard import XKeyboard, missing, x_server

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"there is no {missing()} here")

ROOT = Path(__file__).parents[2]
ENTER, TAB, SPACE, CTRL, Z, D = 28, 15, 57, 29, 44, 32
DEAD_TREMA, E = 27, 18
LABELS = (
    "]E0C02XK0ABJGH5",
    "]C10109780201379624",
    "[)>\x1e06\x1d1P661-17578\x1dSDMPXQ1ABJF8J\x1e\x04",
    "A B CD EF=b^c{d}~`|",
    "https://example.org/?a=1&b=+2",
)


@dataclass
class Window:
    """The window as a program, and a keyboard before it."""

    keyboard: XKeyboard
    process: subprocess.Popen[str]

    def do(self, line: str) -> list[dict[str, Any]]:
        """Steer it; gives what it told until that was done."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self.until(lambda told: told.get("done") == line)

    def until(self, last: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        """What it tells, up to what is waited for."""
        assert self.process.stdout is not None
        told: list[dict[str, Any]] = []
        while not told or not last(told[-1]):
            line = self.process.stdout.readline()
            assert line, f"the window ended; it had told {told}"
            told.append(json.loads(line))
        return told

    def scan(self, text: str, layout: str = "us", *, pace_ms: int = 0, suffix: str = "\r") -> None:
        """Type as a scanner that is set to a layout.

        Without a pace the server stamps all at once, however busy this computer is.
        """
        for chord in chords(text + suffix, load_layout(layout)):
            for code in chord.modifiers:
                self.keyboard.key(code, down=True, after_ms=pace_ms)
            self.keyboard.key(chord.code, down=True, after_ms=pace_ms)
            self.keyboard.key(chord.code, down=False, after_ms=pace_ms)
            for code in reversed(chord.modifiers):
                self.keyboard.key(code, down=False, after_ms=pace_ms)

    def type(self, *codes: int, gap_ms: int = 83, held_ms: int = 60) -> None:
        """Type as a person who is quick."""
        for code in codes:
            self.keyboard.key(code, down=True, after_ms=gap_ms - held_ms)
            self.keyboard.key(code, down=False, after_ms=held_ms)

    def chord(self, modifier: int, code: int) -> None:
        self.keyboard.key(modifier, down=True, after_ms=80)
        self.type(code)
        self.keyboard.key(modifier, down=False, after_ms=40)

    def scanned(self) -> tuple[str, str | None, list[dict[str, Any]]]:
        """The next scan, its fault, and what else was told before it."""
        *before, scan = self.until(lambda told: "scan" in told)
        return bytes.fromhex(scan["scan"]).decode(), scan["fault"], before

    def fields(self) -> tuple[str, str, list[dict[str, Any]]]:
        """What stands in the fields, after all that was typed has been read."""
        self.keyboard.pause(200)
        self.keyboard.wait()
        *before, told, _ = self.do("field")
        return told["field"], told["secret"], before


def opened(display: str, home: Path, **settings: object) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "REPAIR_BENCH_HOME": str(home),
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ui.wedge_window", json.dumps(settings)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@contextmanager
def running(layout: str, home: Path, **settings: object) -> Generator[Window]:
    """A window under a layout; whatever happens, it ends."""
    with (
        x_server(layout) as display,
        closing(XKeyboard(display)) as keyboard,
        opened(display, home, **settings) as process,
    ):
        try:
            window = Window(keyboard, process)
            told = window.until(lambda told: "window" in told)[-1]
            assert told["listening"] is (settings.get("wedge") != "off")
            keyboard.focus(told["window"])
            window.do("focus window")
            yield window
            window.do("quit")
        except BaseException:
            process.kill()
            raise


@pytest.fixture(scope="module")
def swedish(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A window under a Swedish layout; the scanner is set to US."""
    with running("se", tmp_path_factory.mktemp("home")) as window:
        yield window


@pytest.fixture
def window(swedish: Window) -> Window:
    """The same, its fields empty."""
    swedish.do("focus window")
    swedish.do("mark")
    swedish.do("clear")
    return swedish


@pytest.mark.parametrize("focus", ["window", "field", "button"])
@pytest.mark.parametrize("label", LABELS)
def test_a_scan_reaches_the_bench_and_nothing_else(window: Window, label: str, focus: str) -> None:
    window.do(f"focus {focus}")
    window.scan(label)
    text, fault, before = window.scanned()
    assert (text, fault, before) == (label, None, [])
    assert window.fields() == ("", "", [])


def test_a_scan_at_a_scanner_s_pace_is_read_or_refused_and_leaks_nothing(window: Window) -> None:
    window.do("focus field")
    window.scan(LABELS[2], pace_ms=3)
    text, fault, before = window.scanned()
    assert before == []
    assert text == LABELS[2] or fault == "cut_off", "a busy computer may cut it, but says so"
    assert window.fields() == ("", "", [])


@pytest.mark.parametrize("suffix", ["\r", "\t", ""])
def test_a_scan_ends_with_return_tab_or_silence(window: Window, suffix: str) -> None:
    window.do("focus field")
    window.scan("C02XK0ABJGH5", suffix=suffix)
    assert window.scanned()[0] == "C02XK0ABJGH5"
    assert window.fields() == ("", "", [])


def test_two_scans_at_once_are_two(window: Window) -> None:
    window.scan("C02XK0ABJGH5")
    window.scan("DMPXQ1ABJF8J")
    assert [window.scanned()[0], window.scanned()[0]] == ["C02XK0ABJGH5", "DMPXQ1ABJF8J"]


def test_a_person_who_types_fast_is_never_eaten(window: Window) -> None:
    keys = (48, 30, 32, 34, 18, 2, 11, 11, 2)  # badge1001
    window.type(*keys, ENTER, gap_ms=70, held_ms=50)
    assert window.until(lambda told: "typed" in told)[-1] == {"typed": "badge1001"}
    window.do("focus field")
    for code in keys:  # each key goes down while the one before it is down still
        window.keyboard.key(code, down=True, after_ms=18)
    for code in dict.fromkeys(keys):
        window.keyboard.key(code, down=False, after_ms=3)
    assert window.fields() == ("badge1001"[:7], "", [])  # 1 and 0 were down already


def test_accents_that_a_person_types_are_left_to_the_input_method(window: Window) -> None:
    window.do("focus field")
    window.type(DEAD_TREMA, E, DEAD_TREMA, SPACE, 13, 30)
    assert window.fields() == ('ë"á', "", [])


def test_a_key_that_a_person_holds_repeats(window: Window) -> None:
    window.do("focus field")
    window.keyboard.key(30, down=True, after_ms=50)
    window.keyboard.key(30, down=False, after_ms=1500)
    text, _, before = window.fields()
    assert before == []
    assert set(text) == {"a"}
    assert len(text) > 10


def test_a_person_s_shortcut_space_and_return_are_left_alone(window: Window) -> None:
    window.chord(CTRL, Z)
    assert window.until(lambda told: "command" in told) == [{"command": "UNDO"}]
    window.do("focus button")
    window.type(SPACE)
    assert window.until(lambda told: "clicked" in told) == [{"clicked": True}]


def test_capitals_and_signs_that_a_person_types_stay(window: Window) -> None:
    window.do("focus field")
    window.chord(SHIFT, 30)
    window.chord(SHIFT, 53)
    window.type(48)
    assert window.fields() == ("A_b", "", [])


def test_typing_that_a_scan_follows_is_kept(window: Window) -> None:
    window.do("focus field")
    window.type(30, 48)
    window.keyboard.pause(120)
    window.scan("C02XK0ABJGH5")
    assert window.scanned()[:2] == ("C02XK0ABJGH5", None)
    assert window.fields() == ("ab", "", [])


def test_a_key_that_is_down_during_a_scan_comes_back_and_the_scan_is_in_doubt(
    window: Window,
) -> None:
    window.do("focus field")
    window.scan("C02XK0", suffix="")
    window.keyboard.key(30, down=True, after_ms=2)
    window.scan("2BJGH5")
    window.keyboard.key(30, down=False, after_ms=60)
    text, fault, _ = window.scanned()
    assert (text, fault) == ("C02XK02BJGH5", "cut_off")
    assert window.fields()[0] == "a"


def test_a_window_that_stands_still_loses_nothing(window: Window) -> None:
    window.do("focus field")
    assert window.process.stdin is not None
    window.process.stdin.write("stall 600\n")
    window.process.stdin.flush()
    window.until(lambda told: "stalled" in told)
    window.type(30, 48)
    window.scan("]C102XK0ABJGH5")
    window.keyboard.wait()
    assert window.scanned()[:2] == ("]C102XK0ABJGH5", None)
    assert window.fields()[0] == "ab"


def test_what_is_typed_into_a_secret_s_field_is_no_scan(window: Window) -> None:
    window.do("focus secret")
    window.scan("C02XK0ABJGH5", suffix="")
    assert window.fields() == ("", "C02XK0ABJGH5", [])


def test_a_field_for_scans_takes_a_short_one(window: Window) -> None:
    window.do("mark yes")
    window.do("focus field")
    window.scan("X=1")
    assert window.scanned()[0] == "X=1"
    assert window.fields() == ("", "", [])


# ----------------------------------------------------------------------
# Other layouts
# ----------------------------------------------------------------------


@pytest.mark.parametrize(("host", "scanner"), [("se", "se"), ("us", "de"), ("de", "se")])
def test_the_test_code_teaches_the_bench_the_scanner_s_layout(
    tmp_path: Path, host: str, scanner: str
) -> None:
    with running(host, tmp_path) as window:
        window.do("focus field")
        window.scan(KEYBOARD_TEST, scanner)
        kept = window.until(lambda told: "kept" in told)[-1]["kept"]
        assert kept == {"wedge_layout": scanner, "wedge_computer_layout": ""}
        for label in LABELS:
            window.scan(label, scanner)
            assert window.scanned()[:2] == (label, None)
        assert window.fields() == ("", "", [])


def test_a_preamble_makes_a_scan_of_the_first_characters(tmp_path: Path) -> None:
    with running("se", tmp_path, wedge="preamble", wedge_preamble="QQ") as window:
        window.do("focus field")
        window.scan("QQ]C1")
        assert window.scanned()[:2] == ("]C1", None)
        window.keyboard.pause(120)
        window.scan("C02XK0ABJGH5")
        assert window.until(lambda told: "typed" in told)[-1] == {"typed": "C02XK0ABJGH5"}
        window.type(16, 16, 30)
        assert window.fields() == ("qqa", "", [])


def test_where_it_is_off_a_scanner_types_like_anybody(tmp_path: Path) -> None:
    with running("us", tmp_path, wedge="off") as window:
        window.scan("C02XK0ABJGH5")
        assert window.until(lambda told: "typed" in told)[-1] == {"typed": "C02XK0ABJGH5"}


_DEAD = {0xFE50: "`", 0xFE51: "\N{ACUTE ACCENT}", 0xFE52: "^", 0xFE53: "~", 0xFE57: "¨"}


_NOT_COMPARED = {SPACE, 83, *KEYPAD}
"""Space says the same at all levels; what the number pad says depends on Num Lock."""


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_layout_file_says_what_the_system_s_own_says(name: str) -> None:
    wrong: dict[Place, str] = {}
    with x_server(name) as display, closing(XKeyboard(display)) as keyboard:
        for place, glyph in load_layout(name).glyphs.items():
            if place.code in _NOT_COMPARED:
                continue
            keysym = keyboard.keysyms(place.code)[(0, 1, 4)[place.level]]
            if glyph != (Glyph(_DEAD[keysym], dead=True) if keysym in _DEAD else _glyph(keysym)):
                wrong[place] = glyph.text
    assert wrong == {}


def _glyph(keysym: int) -> Glyph:
    return Glyph(chr(keysym & 0xFFFF))
