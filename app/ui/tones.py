"""The four tones, as numbers: they differ in rhythm, so that pitch need not be heard.

``resources/sounds`` holds what `write_tones` makes of them; a test compares.
"""

import math
import struct
import wave
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

RATE: Final = 22_050
"""Samples per second."""
_LOUD: Final = 0.5
_EDGE: Final = 0.008
"""Seconds over which a beep swells and fades, so that it does not click."""


@dataclass(frozen=True, slots=True)
class Beep:
    """One beep and the silence after it.

    Attributes:
        hertz: Pitch.
        seconds: Length.
        pause: Silence after it, in seconds.
    """

    hertz: float
    seconds: float
    pause: float = 0.0


TONES: Final[Mapping[str, tuple[Beep, ...]]] = MappingProxyType(
    {
        "accepted": (Beep(988, 0.14),),
        "repeated": (Beep(740, 0.06, 0.06), Beep(740, 0.06)),
        "asked": (Beep(740, 0.08, 0.05), Beep(988, 0.20)),
        "refused": (Beep(220, 0.16, 0.07), Beep(220, 0.16, 0.07), Beep(220, 0.34)),
    }
)
"""One short; two quick; short and long rising; two and a long low one."""


def samples(beeps: tuple[Beep, ...]) -> list[int]:
    """16-bit samples of a tone."""
    made: list[int] = []
    for beep in beeps:
        length = round(beep.seconds * RATE)
        edge = round(_EDGE * RATE)
        for at in range(length):
            swell = min(1.0, at / edge, (length - at) / edge)
            wave_at = math.sin(2 * math.pi * beep.hertz * at / RATE)
            made.append(round(32_767 * _LOUD * swell * wave_at))
        made.extend([0] * round(beep.pause * RATE))
    return made


def write_tones(folder: Path) -> None:
    """Write every tone as a WAV file: mono, 16 bit."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, beeps in TONES.items():
        numbers = samples(beeps)
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(struct.pack(f"<{len(numbers)}h", *numbers))
