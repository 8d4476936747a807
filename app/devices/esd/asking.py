"""One measurement of an instrument that measures when it is asked: multimeters over SCPI or QM."""

import threading
from collections.abc import Callable
from contextlib import closing

from app.devices.esd.dialogue import HIOKI, Dialogue, Talk, check_identity
from app.devices.esd.grammar import Grammar, parse_line
from app.devices.esd.hioki import measure_hioki
from app.devices.profile import Profile
from app.devices.spec import DeviceSpec
from app.devices.wire.base import Wire
from app.devices.wire.opening import open_wire


def measure_once(
    spec: DeviceSpec,
    profile: Profile,
    cancelled: threading.Event,
    opener: Callable[[DeviceSpec], Wire] = open_wire,
) -> bytes:
    """Ask an instrument for one measurement, and give its answer as it came.

    Args:
        spec: Where it is.
        profile: How it is asked and how it answers.
        cancelled: Set to break off; whatever the instrument does is ended first.
        opener: Opens it.

    Raises:
        WireError: It cannot be reached, or went away.
        AddressError: Its address can never be opened.
        InstrumentError: It does not answer, is another one, or cannot be made safe.
        ValueError: The profile says nothing about asking.
    """
    dialogue, grammar = profile.dialogue, profile.grammar
    if dialogue is None or grammar is None:
        raise ValueError(f"{profile.name} has no dialogue")
    if dialogue.kind == HIOKI:
        return measure_hioki(
            lambda: opener(spec), spec.framing, dialogue, grammar, cancelled=cancelled
        )
    with closing(opener(spec)) as wire:
        talk = Talk(wire, spec.framing, cancelled)
        talk.hush()
        check_identity(talk, dialogue, grammar)
        return _answer(talk, dialogue, grammar)


def _answer(talk: Talk, dialogue: Dialogue, grammar: Grammar) -> bytes:
    """The first message that is not to be ignored; whether it can be read is said elsewhere."""
    answers = talk.answers(dialogue.command, dialogue.seconds)
    return next(raw for raw in answers if parse_line(grammar, raw) != ())
