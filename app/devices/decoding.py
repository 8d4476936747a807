"""What reads a tester's frames, as the services ask for it."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from app.devices.esd.grammar import Read, parse_line
from app.devices.profile import Profile
from app.domain.frames import Frame
from app.domain.line_fault import LineFault

_REMEMBERED: Final = 64


class Repeats:
    """Knows a message that a tester sends once more within some time.

    Args:
        within: How long; zero for never.
    """

    def __init__(self, within: timedelta) -> None:
        self._within = within
        self._seen: OrderedDict[bytes, tuple[int, datetime]] = OrderedDict()

    def has(self, frame: Frame) -> bool:
        """Whether this is one; asked again about the same frame it says the same."""
        if not self._within:
            return False
        before = self._seen.get(frame.raw)
        if before is not None and before != (frame.seq, frame.received_at):
            age = frame.received_at - before[1]
            if timedelta(0) <= age < self._within:
                return True
        self._seen[frame.raw] = (frame.seq, frame.received_at)
        self._seen.move_to_end(frame.raw)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return False


def decoder(profile: Profile) -> Callable[[Frame], Read]:
    """A function that reads the frames of a tester; it never raises.

    A frame that is known to be incomplete is not read: half a line can look like a whole one. A
    message that came a moment ago is told as ``repeated`` where the profile asks for that.

    Raises:
        ValueError: The profile is a scanner's.
    """
    grammar = profile.grammar
    if grammar is None:
        raise ValueError(f"{profile.name} is no profile of a tester")
    repeats = Repeats(timedelta(seconds=profile.repeats))

    def decode(frame: Frame) -> Read:
        if frame.fault is not None:
            return LineFault(frame.fault.value, str(len(frame.raw)))
        read = parse_line(grammar, frame.raw)
        if read and not isinstance(read, LineFault) and repeats.has(frame):
            return LineFault("repeated")
        return read

    return decode
