"""What a device's state means for the technician, and the cure, in words."""

from typing import Final

from app.domain.frames import DeviceState
from app.texts import Language, Texts

_UNITS: Final = ((10**9, "GΩ"), (10**6, "MΩ"), (10**3, "kΩ"))


def state_word(state: DeviceState, texts: Texts) -> str:
    """The state in a word or two."""
    return texts.say(f"device.status.{state.status.value}")


def cure_of(state: DeviceState, texts: Texts) -> str:
    """What to do about a state, in a sentence or two: for its wire and cause, else its cause."""
    plain = f"device.cure.{state.status.value}"
    scheme = state.where.partition(":")[0].lower()
    keys = (f"{plain}.{scheme}.{state.cause}", f"{plain}.{state.cause}")
    key = next((key for key in keys if texts.has(key)), plain)
    return texts.say(key, device=state.device, where=state.where)


def ohm_text(ohm: int, language: Language) -> str:
    """A resistance, exact to four digits, with the language's decimal sign.

    >>> ohm_text(1_049_900, Language.SWEDISH), ohm_text(750, Language.ENGLISH)
    ('1,05 MΩ', '750 Ω')
    """
    for size, unit in _UNITS:
        if ohm >= size:
            text = f"{ohm / size:.4g} {unit}"
            return text.replace(".", ",") if language is Language.SWEDISH else text
    return f"{ohm} Ω"
