"""Asking an instrument for one measurement: what a profile says about it, and the conversation."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from app.devices.errors import InstrumentError
from app.devices.esd.grammar import Grammar, read_text
from app.devices.esd.patterns import Pattern, PatternError, compile_pattern
from app.devices.toml_table import Table
from app.devices.wire.base import Wire
from app.devices.wire.framing import Framer, Framing
from app.domain.frames import FrameFault
from app.domain.line_fault import LineFault

ASK: Final = "ask"
HIOKI: Final = "hioki-sm7110"
_KINDS: Final = (ASK, HIOKI)
_ANSWER_SECONDS: Final = 10.0
_MOST_READS: Final = 32
"""So often it is listened for silence; one that never stops talking is asked all the same."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """How an instrument is asked for one measurement.

    Attributes:
        kind: ``ask`` sends the command and takes the answer; ``hioki-sm7110`` starts a measurement
            under high voltage, waits for its value, and stops and discharges.
        identify: What asks who it is; empty for no such question.
        identity: What it has to answer to that; None takes whatever it says.
        command: What asks for a value.
        seconds: How long an answer may take.
    """

    kind: str
    identify: bytes = b""
    identity: Pattern | None = None
    command: bytes = b""
    seconds: float = _ANSWER_SECONDS


def read_dialogue(table: Table) -> Dialogue | None:
    """The table ``[dialogue]``; None where there is none.

    Raises:
        ProfileError: It is not valid.
    """
    if not table.keys():
        return None
    kind = table.choice("kind", _KINDS)
    identity = None
    if "identity" in table:
        try:
            identity = compile_pattern(table.text("identity"))
        except PatternError as error:
            raise table.fault("bad_pattern", "identity", str(error)) from error
    dialogue = Dialogue(
        kind=kind,
        identify=table.raw("identify"),
        identity=identity,
        command=table.raw("command"),
        seconds=table.seconds("answer_s") or _ANSWER_SECONDS,
    )
    table.finish()
    if kind == ASK and not dialogue.command:
        raise table.fault("missing", "command")
    if identity is not None and not dialogue.identify:
        raise table.fault("missing", "identify")
    return dialogue


class Talk:
    """A conversation over an open wire: a question, and the messages that answer it.

    Args:
        wire: The open wire.
        framing: How the instrument marks its messages.
        cancelled: Set when nobody wants the answer any more.
        monotonic: Seconds that never run backwards.
    """

    def __init__(
        self,
        wire: Wire,
        framing: Framing,
        cancelled: threading.Event,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wire = wire
        self._framer = Framer(framing)
        self._cancelled = cancelled
        self._monotonic = monotonic

    def say(self, command: bytes) -> None:
        """Send a command that is not answered.

        Raises:
            WireError: The instrument is gone.
        """
        self._wire.write(command)

    def hush(self) -> None:
        """Pass over what was said before anything was asked, until it is silent for a moment.

        An answer that nobody waited for, such as one to a program that was killed, would else be
        taken for the answer to the first question: an old value for a new one.

        Raises:
            WireError: The instrument is gone.
            InstrumentError: It was cancelled.
        """
        for _ in range(_MOST_READS):
            if self._cancelled.is_set():
                raise InstrumentError("cancelled")
            if not self._wire.read():
                return

    def ask(self, command: bytes, seconds: float) -> bytes:
        """Send a question and give the first message that comes.

        Raises:
            WireError: The instrument is gone.
            InstrumentError: No answer came, none that arrived whole, or it was cancelled.
        """
        return next(self.answers(command, seconds))

    def answers(self, command: bytes, seconds: float) -> Iterator[bytes]:
        """Send a question and give each message that comes, as long as they are wanted.

        Raises:
            WireError: The instrument is gone.
            InstrumentError: No more came in time, one is broken, or it was cancelled.
        """
        self._framer.cut_off()  # what was said before the question is no answer to it
        self._wire.write(command)
        until = self._monotonic() + seconds
        while True:
            if self._cancelled.is_set():
                raise InstrumentError("cancelled")
            if self._monotonic() > until:
                raise InstrumentError("no_answer", _shown(command))
            data = self._wire.read()
            now = self._monotonic()
            for frame in self._framer.feed(data, now) if data else self._framer.flush(now):
                if frame.fault is FrameFault.CUT_OFF:
                    continue  # the end of what came before the question
                if frame.fault is not None:
                    raise InstrumentError("broken_answer", frame.fault.value)
                yield frame.raw


def check_identity(talk: Talk, dialogue: Dialogue, grammar: Grammar) -> None:
    """Ask who it is, where the profile wants to know.

    Raises:
        WireError: The instrument is gone.
        InstrumentError: It does not answer, or is another one.
    """
    if not dialogue.identify:
        return
    for raw in talk.answers(dialogue.identify, dialogue.seconds):
        text = read_text(grammar, raw)
        if isinstance(text, LineFault):
            raise InstrumentError("another_instrument", raw[:40].hex())
        if grammar.ignore is not None and grammar.ignore.fits(text):
            continue  # an acknowledgement
        if dialogue.identity is not None and not dialogue.identity.fits(text.strip()):
            raise InstrumentError("another_instrument", text[:80])
        return


def _shown(command: bytes) -> str:
    return command.decode("latin-1").strip()
