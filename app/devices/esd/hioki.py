"""The insulation tester Hioki SM7110: up to 1000 volts, so it is stopped on every way out.

The conversation is the documented one (facts on devices, section 5): ``*IDN?``,
``:MEASure:MODE R``, ``:STARt``, ``:STATe?``, ``:MEASure?``, ``:STOP``. The voltage is what a person
has set on its panel.

Which words ``:STATe?`` has is not vouched for; so they are learnt: what it says after ``:STOP`` and
before ``:STARt`` is "at rest", and it has to say that again before the measurement is over.
"""

import atexit
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Self

from app.devices.errors import DeviceError, InstrumentError, WireError
from app.devices.esd.dialogue import Dialogue, Talk, check_identity
from app.devices.esd.grammar import Grammar, parse_line
from app.devices.wire.base import Wire
from app.devices.wire.framing import Framing
from app.domain.line_fault import LineFault

log = logging.getLogger("repair_bench.devices.hioki")

STOP: Final = b":STOP\r\n"
MODE: Final = b":MEASure:MODE R\r\n"
START: Final = b":STARt\r\n"
STATE: Final = b":STATe?\r\n"
MEASURE: Final = b":MEASure?\r\n"

MEASURE_SECONDS: Final = 60.0
"""The longest that a measurement may take."""
SETTLE_SECONDS: Final = 10.0
"""The longest that it may take to come to rest, discharging included."""
TURN_SECONDS: Final = 0.2
ANSWER_SECONDS: Final = 5.0
_SAME_STATES: Final = 3
"""So often in a row it has to tell the same state to be at rest."""
RETRY_SECONDS: Final = 0.5
_PATIENCE: Final = 12
"""So often it is tried again where the wire is gone; a third as often where it does not answer."""


class Charge:
    """An instrument that may be under voltage, and how it is made safe.

    It is made safe when a block ends, however it ends, and when the program ends: `make_safe` runs
    once, in whichever thread comes first. A process that is killed outright cannot send anything;
    therefore the first thing that the next one sends is ``:STOP``.

    Args:
        opener: Opens the instrument, and opens it again where its wire was lost under voltage.
        framing: How it marks its messages.
        cancelled: Set where the program ends, so that whoever measures lets go.
        wait: Waits so many seconds.
    """

    def __init__(
        self,
        opener: Callable[[], Wire],
        framing: Framing,
        cancelled: threading.Event,
        wait: Callable[[float], object],
    ) -> None:
        self._opener = opener
        self._framing = framing
        self._cancelled = cancelled
        self._wait = wait
        self._guard = threading.Lock()
        self._at_rest: bytes | None = None
        self._is_live = False
        self._is_over = False
        self.wire = opener()

    def __enter__(self) -> Self:
        atexit.register(self.at_exit)
        try:
            self.wire.write(STOP)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.make_safe()
        finally:
            atexit.unregister(self.at_exit)
            self.wire.close()

    def rest(self, talk: Talk) -> None:
        """Stop whatever it does, and learn what it says at rest.

        Raises:
            WireError: It is gone.
            InstrumentError: It does not answer, or does not come to rest.
        """
        talk.say(STOP)
        self._at_rest = self._settled(talk, None)

    def start(self, talk: Talk) -> None:
        """Begin to measure: from here on there may be voltage.

        Raises:
            WireError: It is gone.
            InstrumentError: The program is about to end.
        """
        with self._guard:
            if self._is_over:
                raise InstrumentError("cancelled")
            self._is_live = True  # before the command: it may arrive though its sending fails
            talk.say(START)

    def make_safe(self) -> None:
        """Stop, and wait until it has discharged; through a new connection if need be.

        Raises:
            InstrumentError: ``voltage_may_be_on``: it could not be told, or does not say that it is
                at rest. Somebody has to look at it.
        """
        with self._guard:
            self._is_over = True
            if not self._is_live:
                with suppress(DeviceError):  # there is no voltage; to say it once more cannot hurt
                    self.wire.write(STOP)
                return
            left, again = _PATIENCE, False
            while left > 0:
                try:
                    if again:
                        self._reopen()
                    self._discharge()
                except Exception as error:  # noqa: BLE001 - whatever it was, the voltage has to go
                    log.warning("not yet safe: %s", error)
                    left -= 1 if isinstance(error, WireError) else _PATIENCE // 3
                    again = True
                else:
                    self._is_live = False
                    return
        raise InstrumentError("voltage_may_be_on")

    def _discharge(self) -> None:
        # Nothing cancels this: the event that ended the measurement must not end the discharge.
        talk = Talk(self.wire, self._framing, threading.Event())
        talk.say(STOP)
        self._settled(talk, self._at_rest)

    def _reopen(self) -> None:
        self.wire.close()
        self._wait(RETRY_SECONDS)
        self.wire = self._opener()

    def _settled(self, talk: Talk, wanted: bytes | None) -> bytes:
        """The state that it tells again and again; the wanted one, where one is."""
        told: list[bytes] = []
        for _ in range(int(SETTLE_SECONDS / TURN_SECONDS)):
            told = [*told, talk.ask(STATE, ANSWER_SECONDS).strip()][-_SAME_STATES:]
            same = len(told) == _SAME_STATES and len(set(told)) == 1
            if same and wanted in {None, told[0]}:
                return told[0]
            self._wait(TURN_SECONDS)
        raise InstrumentError("no_answer", "not at rest")

    def at_exit(self) -> None:
        """What the interpreter calls when the program ends: let go, and make it safe."""
        self._cancelled.set()
        try:
            self.make_safe()
        except InstrumentError:
            log.critical("the program ends, and the instrument may be under voltage")


def measure_hioki(
    opener: Callable[[], Wire],
    framing: Framing,
    dialogue: Dialogue,
    grammar: Grammar,
    *,
    cancelled: threading.Event,
    wait: Callable[[float], object] | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> bytes:
    """Measure once, and give the instrument's answer as it came: a value and its status.

    Args:
        opener: Opens the instrument.
        framing: How it marks its messages.
        dialogue: What its profile says about asking it.
        grammar: How its answer is read, to know a value from "none yet".
        cancelled: Set to break off.
        wait: Waits so many seconds between the questions; it returns at once where it is cancelled.
        monotonic: Seconds that never run backwards.

    Raises:
        WireError: It cannot be reached, or went away and is safe all the same.
        InstrumentError: It is another instrument, has no value, was cancelled, or, whatever else
            went wrong, ``voltage_may_be_on``.
    """
    wait = wait or threading.Event().wait
    with Charge(opener, framing, cancelled, wait) as charge:
        talk = Talk(charge.wire, framing, cancelled, monotonic)
        talk.hush()
        check_identity(talk, dialogue, grammar)
        charge.rest(talk)
        talk.say(MODE)
        charge.start(talk)
        until = monotonic() + MEASURE_SECONDS
        while monotonic() < until:
            talk.ask(STATE, ANSWER_SECONDS)
            raw = talk.ask(MEASURE, ANSWER_SECONDS)
            read = parse_line(grammar, raw)
            if not (isinstance(read, LineFault) and read.code == "not_measured"):
                return raw
            cancelled.wait(TURN_SECONDS)
        raise InstrumentError("no_answer", "no value")
