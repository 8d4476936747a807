"""What a device's state means for the technician, and the cure, in words."""

from app.domain.frames import DeviceState
from app.texts import Texts


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
