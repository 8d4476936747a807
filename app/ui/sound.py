"""Tones, where the machine can play them: never the only signal, never in the way of a paint.

QtMultimedia is imported when the bench is already working. It can be missing (it needs libpulse on
Linux) and there can be no audio device: then the bench is silent.
"""

import logging
from typing import TYPE_CHECKING

from app.resources import resource
from app.ui.tones import TONES

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

log = logging.getLogger("repair_bench.ui")


class Sounds:
    """Plays the tone of an answer."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled
        self._effects: dict[str, QSoundEffect] = {}

    @property
    def ready(self) -> bool:
        """Whether there is anything to play."""
        return bool(self._effects)

    def load(self) -> None:
        """Get ready to play; call it when nobody waits."""
        if not self._enabled or self._effects:
            return
        try:
            from PySide6.QtCore import QUrl
            from PySide6.QtMultimedia import QSoundEffect
        except ImportError:
            log.info("no QtMultimedia: the bench is silent", exc_info=True)
            return
        for name in TONES:
            effect = QSoundEffect()
            effect.setSource(QUrl.fromLocalFile(str(resource("sounds", f"{name}.wav"))))
            self._effects[name] = effect

    def play(self, tone: str) -> None:
        """Play the tone of an answer: ``accepted``, ``repeated``, ``refused`` or ``asked``."""
        effect = self._effects.get(tone)
        if effect is not None:
            effect.play()
