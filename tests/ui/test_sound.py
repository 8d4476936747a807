"""Tones: different in rhythm, shipped as made, and never needed."""

import sys
import wave
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest
from PySide6.QtCore import QUrl

from app.resources import resource
from app.services.views import Tone
from app.ui.sound import Sounds
from app.ui.tones import RATE, TONES, Beep, samples, write_tones


def test_every_answer_has_a_tone() -> None:
    assert set(TONES) == {tone.value for tone in Tone}


def test_tones_differ_in_rhythm_not_only_in_pitch() -> None:
    rhythms = {tuple((b.seconds, b.pause) for b in beeps) for beeps in TONES.values()}
    assert len(rhythms) == len(TONES)
    assert (
        len({(len(beeps), round(sum(b.seconds for b in beeps), 2)) for beeps in TONES.values()})
        == 4
    )


def test_the_shipped_sounds_are_what_the_numbers_say(tmp_path: Path) -> None:
    write_tones(tmp_path)
    for name in TONES:
        made = (tmp_path / f"{name}.wav").read_bytes()
        assert made == resource("sounds", f"{name}.wav").read_bytes()


def test_a_tone_is_short_and_does_not_click() -> None:
    for name, beeps in TONES.items():
        with wave.open(str(resource("sounds", f"{name}.wav"))) as file:
            assert file.getnframes() / RATE < 1.0
        numbers = samples(beeps)
        assert abs(numbers[0]) < 100
        assert abs(numbers[-1]) < 3_000
        assert max(map(abs, numbers)) < 32_767


def test_a_pause_is_silent() -> None:
    assert samples((Beep(440, 0.0, 0.01),)) == [0] * round(RATE * 0.01)


def test_sound_that_is_off_loads_nothing() -> None:
    sounds = Sounds(enabled=False)
    sounds.load()
    sounds.play("accepted")
    assert not sounds.ready


def test_without_qtmultimedia_the_bench_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    sounds = Sounds(enabled=True)
    sounds.load()
    sounds.play("refused")
    assert not sounds.ready


class SilentEffect:
    """Stands where Qt's would be: this machine has no audio device."""

    played: ClassVar[list[str]] = []

    def __init__(self) -> None:
        self.source = ""

    def setSource(self, url: QUrl) -> None:  # noqa: N802 - Qt's name
        self.source = Path(url.toLocalFile()).stem

    def play(self) -> None:
        self.played.append(self.source)


def test_each_answer_plays_its_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("PySide6.QtMultimedia")
    vars(module)["QSoundEffect"] = SilentEffect
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", module)
    SilentEffect.played.clear()
    sounds = Sounds(enabled=True)
    sounds.load()
    for tone in Tone:
        sounds.play(tone.value)
    assert SilentEffect.played == [tone.value for tone in Tone]
