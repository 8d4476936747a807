"""What a scanner typed, as frames of the bench; its settings; its test code in words."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.commands.window import WindowBench
from app.domain.barcodes import MAX_BYTES, read
from app.domain.frames import DeviceRole, DeviceStatus, Frame, FrameFault
from app.domain.keyboard_test import KEYBOARD_TEST, SEPARATOR
from app.services.views import Feedback, Tone
from app.settings import Settings, load_settings
from app.texts import Language, texts
from app.ui.bridge import Bridge
from app.ui.main import Program, Start
from app.ui.shell.viewmodel import answer_of as painted_answer
from app.ui.state import WindowState
from app.ui.wedge import installing
from app.ui.wedge.calibration import Calibrated
from app.ui.wedge.keys import Stroke
from app.ui.wedge.layout import load_layout
from app.ui.wedge.recognition import Burst, Opening
from app.ui.wedge.scanner import DEVICE, KeyboardScanner, answer_of
from app.ui.wedge.setup import Mode, SetupError, setup_of
from app.ui.wording import Wording
from tests.ui.conftest import Open, Opened, RememberingBench
from tests.ui.samples import NOW, STATES, UTC
from tests.ui.wedge_typing import chords


@dataclass
class RememberingKeyboard:
    """Remembers what a scanner typed and taught."""

    frames: list[Frame] = field(default_factory=list[Frame])
    kept: list[Mapping[str, str]] = field(default_factory=list[Mapping[str, str]])

    def submit(self, frame: Frame) -> None:
        self.frames.append(frame)

    def keep_settings(self, wanted: Mapping[str, str]) -> None:
        self.kept.append(wanted)


@dataclass
class Listening:
    """A window that listens."""

    scanner: KeyboardScanner
    keyboard: RememberingKeyboard
    opened: Opened

    def hear(self, text: str, layout: str = "us", **more: bool) -> None:
        typed = [one.stroke(1000) for one in chords(text, load_layout(layout))]
        self.scanner.capture.scanned.emit(Burst(tuple(typed), **more))


Listen = Callable[..., Listening]


@pytest.fixture
def listen(open_window: Open, tmp_path: Path) -> Listen:
    def listening(**wanted: str) -> Listening:
        opened, keyboard = open_window(), RememberingKeyboard()
        scanner = installing.listen(
            opened.window,
            opened.controller,
            opened.bridge,
            keyboard,
            replace(Settings(tmp_path), **cast("dict[str, Any]", wanted)),
            lambda: NOW,
        )
        assert scanner is not None
        return Listening(scanner, keyboard, opened)

    return listening


def test_a_burst_becomes_a_frame_like_any_scan(listen: Listen) -> None:
    here = listen()
    here.hear("]C10109780201379624")
    here.hear("[)>\x1e06\x1d1P661-17578\x1e\x04")
    first, other = here.keyboard.frames
    assert first.raw == b"]C10109780201379624"
    assert (first.device, first.seq, other.seq, first.fault) == (DEVICE, 1, 2, None)
    assert first.received_at == NOW
    assert read(other.raw).best.value == "661-17578"


def test_the_first_scan_shows_the_scanner_as_ready(listen: Listen) -> None:
    here = listen()
    assert here.opened.controller.state.devices == ()
    here.hear("C02XK0ABJGH5")
    here.hear("C02XK0ABJGH5")
    (device,) = here.opened.controller.state.devices
    assert (device.device, device.status) == (DEVICE, DeviceStatus.READY)


@pytest.mark.parametrize(
    ("text", "layout", "more", "fault"),
    [
        ("C02XK0ABJGH5", "us", {"whole": False}, FrameFault.CUT_OFF),
        ("C02[K0ABJGH5", "se", {}, FrameFault.CUT_OFF),
        ("C02XK0ABJGH5", "us", {"whole": False, "too_long": True}, FrameFault.OVERSIZE),
        ("7" * (MAX_BYTES + 1), "us", {}, FrameFault.OVERSIZE),
    ],
)
def test_what_is_in_doubt_is_kept_marked_and_logged_without_its_keys(
    listen: Listen,
    caplog: pytest.LogCaptureFixture,
    text: str,
    layout: str,
    more: dict[str, bool],
    fault: FrameFault,
) -> None:
    here = listen()
    here.hear(text, layout, **more)
    (frame,) = here.keyboard.frames
    assert frame.fault is fault
    assert 0 < len(frame.raw) <= MAX_BYTES
    assert fault.value in caplog.text
    assert "XK0AB" not in caplog.text


def test_the_preamble_is_taken_off(listen: Listen) -> None:
    here = listen(wedge="preamble", wedge_preamble="QQ")
    here.hear("QQ]C1X")
    assert here.keyboard.frames[0].raw == b"]C1X"


# ----------------------------------------------------------------------
# The test code
# ----------------------------------------------------------------------


def test_the_test_code_is_kept_shown_and_used_and_no_scan(listen: Listen) -> None:
    here = listen()
    here.hear(KEYBOARD_TEST, "se")
    assert here.keyboard.kept == [{"wedge_layout": "se", "wedge_computer_layout": ""}]
    assert here.keyboard.frames == []
    feedback = here.opened.controller.state.feedback
    assert feedback == Feedback(Tone.ACCEPTED, "wedge_calibrated", (("layout", "se"),))
    here.hear("[)>{@}", "se")
    assert here.keyboard.frames[0].raw == b"[)>{@}"
    assert here.scanner.setup.layout.name == "se"


def test_a_test_code_that_fits_no_layout_changes_nothing(listen: Listen) -> None:
    here = listen(wedge_layout="de")
    here.hear(KEYBOARD_TEST.replace("#", "x"), "se")
    assert here.keyboard.kept == []
    assert here.scanner.setup.layout.name == "de"
    feedback = here.opened.controller.state.feedback
    assert feedback is not None
    assert (feedback.tone, feedback.code) == (Tone.REFUSED, "wedge_no_layout")


def test_a_test_code_in_doubt_is_a_scan_in_doubt(listen: Listen) -> None:
    here = listen()
    here.hear(KEYBOARD_TEST, whole=False)
    assert [one.fault for one in here.keyboard.frames] == [FrameFault.CUT_OFF]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("found", "named"),
    [
        (Calibrated("calibrated", "se"), "US|UK|Swedish|svensk"),
        (Calibrated("calibrated", "gb", separators=False), "UK|Storbritannien"),
        (Calibrated("any_layout"), ""),
        (Calibrated("any_layout", separators=False), ""),
        (Calibrated("ambiguous", fitting=("us", "gb")), "us, gb"),
        (Calibrated("no_layout"), ""),
    ],
)
def test_every_outcome_is_told_in_words(found: Calibrated, named: str, language: Language) -> None:
    words = texts(language)
    state = WindowState().with_answer(answer_of(found))
    told = painted_answer(replace(state, stage=STATES["home"].stage), Wording(words, UTC))
    assert words.has(f"feedback.{answer_of(found).code}")
    assert any(one in told.sentence for one in named.split("|"))
    assert "{" not in told.sentence


def test_lost_separators_are_told(listen: Listen) -> None:
    here = listen()
    here.hear(KEYBOARD_TEST.replace(SEPARATOR, ""), "gb")
    feedback = here.opened.controller.state.feedback
    assert feedback is not None
    assert feedback.code == "wedge_calibrated_separators_lost"


# ----------------------------------------------------------------------
# Where it listens
# ----------------------------------------------------------------------


def test_it_never_listens_where_a_secret_is_typed(listen: Listen, qapp: QApplication) -> None:
    here = listen()
    secret = QLineEdit(here.opened.window)
    secret.setEchoMode(QLineEdit.EchoMode.Password)
    secret.show()
    secret.setFocus()
    assert qapp.focusWidget() is secret
    assert not here.scanner.capture.listens()
    secret.setEchoMode(QLineEdit.EchoMode.Normal)
    assert here.scanner.capture.listens()


def test_a_field_is_for_scans_when_it_says_so(listen: Listen, qapp: QApplication) -> None:
    here = listen()
    line = QLineEdit(here.opened.window)
    line.show()
    line.setFocus()
    assert not here.scanner.capture.in_field()
    line.setProperty("scanField", True)
    assert here.scanner.capture.in_field()
    assert qapp.focusWidget() is line


# ----------------------------------------------------------------------
# Settings
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted",
    [
        {"wedge": "fast"},
        {"wedge_layout": "dvorak"},
        {"wedge_layout": ""},
        {"wedge_computer_layout": "fr"},
        {"wedge_suffix": "lf"},
        {"wedge_characters": 3},
        {"wedge_characters": 100},
        {"wedge_average_ms": 0},
        {"wedge_average_ms": 500},
        {"wedge": "preamble"},
        {"wedge": "preamble", "wedge_preamble": "\x02"},
    ],
)
def test_a_setting_that_cannot_be_used_is_told_by_its_name(
    open_window: Open, tmp_path: Path, wanted: dict[str, Any]
) -> None:
    settings = replace(Settings(tmp_path), **wanted)
    with pytest.raises(SetupError) as refused:
        setup_of(settings)
    assert refused.value.key.startswith("wedge")
    opened = open_window()
    keyboard = RememberingKeyboard()
    listening = installing.listen(
        opened.window, opened.controller, opened.bridge, keyboard, settings, lambda: NOW
    )
    assert listening is None
    fault = opened.controller.state.fault
    assert fault is not None
    assert (fault.code, dict(fault.fields)["setting"]) == ("wedge_setting", refused.value.key)


def test_it_may_be_off(open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    off = replace(Settings(tmp_path), wedge="off")
    keyboard = RememberingKeyboard()
    assert (
        installing.listen(
            opened.window, opened.controller, opened.bridge, keyboard, off, lambda: NOW
        )
        is None
    )
    assert opened.controller.state.fault is None


def test_where_keys_are_stamped_late_only_a_preamble_tells_a_scanner(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    assert setup_of(settings, "xcb").mode is Mode.SPEED
    assert setup_of(settings, "windows").mode is Mode.OFF
    assert setup_of(replace(settings, wedge="field"), "windows").mode is Mode.OFF
    named = replace(settings, wedge="preamble", wedge_preamble="QQ")
    assert setup_of(named, "windows").mode is Mode.PREAMBLE


def test_no_setting_lets_a_key_that_a_person_holds_be_a_scanner_s(tmp_path: Path) -> None:
    for ms in range(5, 61):
        setup = setup_of(replace(Settings(tmp_path), wedge_average_ms=ms))
        assert setup.rules.hold_ms == 35
        assert setup.rules.gap_ms >= ms
    assert setup_of(Settings(tmp_path)).rules.gap_ms == 50


def test_the_preamble_is_read_by_any_layout(tmp_path: Path) -> None:
    setup = setup_of(replace(Settings(tmp_path), wedge="preamble", wedge_preamble="Y#"))
    opens = setup.rules.opens
    assert opens is not None
    assert (setup.mode, setup.preamble) == (Mode.PREAMBLE, "Y#")
    for layout in ("us", "gb", "se", "de"):
        typed: list[Stroke] = [one.stroke(0) for one in chords("Y#1", load_layout(layout))]
        assert [opens(typed[:count]) for count in (1, 2, 3)] == [
            Opening.PARTLY,
            Opening.WHOLE,
            Opening.WHOLE,
        ]
    assert opens([Stroke(30, 0)]) is Opening.NO


# ----------------------------------------------------------------------
# In the program
# ----------------------------------------------------------------------


def test_the_program_listens_once_the_bench_is_there_and_stops_at_the_end(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    keyboard = RememberingKeyboard()
    settings = Settings(tmp_path, language="en", theme="light", sound=False)
    start = Start(settings, lambda: NOW, UTC, keyboard=keyboard)

    def make(bridge: Bridge) -> RememberingBench:
        bridge.tell_opened(STATES["home"].view)
        return RememberingBench()

    program = Program(start, make)
    program.window.show()
    qtbot.waitUntil(lambda: program.scanner is not None)
    program.begin_bench()
    program.close()
    assert program.scanner is None


def test_what_the_test_code_taught_is_there_at_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('# ours\nwedge_layout = "us"\nsound = false\n')
    with ExitStack() as held:
        bench = WindowBench(load_settings(tmp_path), held)
        bench.keep_settings({"wedge_layout": "se", "wedge_computer_layout": ""})
        bench.submit(Frame(DEVICE, DeviceRole.SCANNER, b"x", NOW, 1))  # nobody is there yet
    text = (tmp_path / "settings.toml").read_text()
    assert "# ours" in text
    assert load_settings(tmp_path).wedge_layout == "se"
