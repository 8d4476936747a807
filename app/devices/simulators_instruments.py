"""Instruments without the hardware: they take commands over a simulated cable and answer them."""

import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Final, Protocol, Self

from typing_extensions import override

from app.devices.simulators import UnpluggedError

_TURN_SECONDS: Final = 0.05


class Cable(Protocol):
    """The instrument's end of a cable."""

    def write(self, data: bytes) -> None:
        """Send bytes."""
        ...

    def wait_received(self, seconds: float) -> bytes:
        """What the program sent; waits a moment for the first byte."""
        ...


class SimulatedInstrument:
    """Takes a command from each line and answers it.

    Args:
        cable: Its end of the cable; whoever made it closes it.
        noticed: Is told each command before it is carried out, in the instrument's thread; what
            it returns is whether the instrument carries it out at all.

    Attributes:
        commands: Every command, in order.
    """

    end: bytes = b"\r\n"

    def __init__(self, cable: Cable, noticed: Callable[[str], bool] = lambda command: True) -> None:
        self._cable = cable
        self._noticed = noticed
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self.commands: list[str] = []
        self._thread = threading.Thread(target=self._run, name="simulated instrument")
        self._thread.start()

    def answer(self, command: str) -> str | None:
        """What it answers to a command; None for nothing."""
        del command
        return None

    def wait_for(self, command: str, times: int, seconds: float) -> bool:
        """Wait until a command has come so often."""
        with self._changed:
            return self._changed.wait_for(lambda: self.commands.count(command) >= times, seconds)

    def close(self) -> None:
        """End it."""
        self._stopping.set()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self) -> None:
        held = b""
        while not self._stopping.is_set():
            held += self._cable.wait_received(_TURN_SECONDS).replace(b"\r", b"\n")
            *lines, held = held.split(b"\n")
            for line in lines:
                if line:
                    self._take(line.decode("latin-1"))

    def _take(self, command: str) -> None:
        wanted = self._noticed(command)
        reply = self.answer(command) if wanted else None
        if reply is not None:
            with suppress(UnpluggedError):  # the program has hung up: it wants no answer
                self._cable.write(reply.encode() + self.end)
        with self._changed:
            self.commands.append(command)
            self._changed.notify_all()


class SimulatedHioki(SimulatedInstrument):
    """An insulation tester: under voltage from ``:STARt`` on, discharged some time after ``:STOP``.

    Attributes:
        live: Whether there is voltage between its electrodes.
        replies: What it answers to ``:MEASure?`` while it measures; the last one again and again.
        identity: What it says that it is.
        discharge: So many questions after ``:STOP`` it is at rest.
    """

    live: bool = False
    identity: str = "HIOKI,SM7110,123456789,V1.00"
    discharge: int = 2

    def __init__(self, cable: Cable, noticed: Callable[[str], bool] = lambda command: True) -> None:
        self.replies = ["9.99999E+30,1", "1.04997E+09,0"]
        self._left = 0
        super().__init__(cable, noticed)

    @override
    def answer(self, command: str) -> str | None:
        match command:
            case "*IDN?":
                return self.identity
            case ":STARt":
                self.live = True
            case ":STOP":
                self._left = self.discharge if self.live else self._left
                self.live = False
            case ":STATe?":
                return self._state()
            case ":MEASure?":
                return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
            case _:
                pass
        return None

    def _state(self) -> str:
        if self.live:
            return "2"
        self._left = max(0, self._left - 1)
        return "3" if self._left else "0"


class SimulatedMultimeter(SimulatedInstrument):
    """A multimeter that speaks SCPI.

    Attributes:
        value: What it shows.
    """

    value: str = "+1.04997E+06"

    @override
    def answer(self, command: str) -> str | None:
        return {"*IDN?": "SIMULATED,DMM,0,1.0", "MEAS:RES?": self.value}.get(command)


class SimulatedFluke(SimulatedInstrument):
    """A multimeter that acknowledges each command and answers ``ID`` and ``QM``.

    Attributes:
        identity: What it says that it is.
        value: What it answers to ``QM``.
    """

    end = b"\r"
    identity: str = "FLUKE 289,V1.16,95081087"
    value: str = "1.0499E6,OHM,NORMAL,NONE"

    @override
    def answer(self, command: str) -> str | None:
        said = {"ID": self.identity, "QM": self.value}.get(command)
        return "1" if said is None else f"0\r{said}"
