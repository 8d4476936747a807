"""What reads a tester's frames, as the services ask for it."""

from collections.abc import Callable

from app.devices.esd.grammar import parse_line
from app.devices.profile import Profile
from app.domain.esd import Measurement
from app.domain.frames import Frame
from app.domain.line_fault import LineFault


def decoder(profile: Profile) -> Callable[[Frame], tuple[Measurement, ...] | LineFault]:
    """A function that reads the frames of a tester; pure, and it never raises.

    A frame that is known to be incomplete is not read: half a line can look like a whole one.

    Raises:
        ValueError: The profile is a scanner's.
    """
    grammar = profile.grammar
    if grammar is None:
        raise ValueError(f"{profile.name} is no profile of a tester")

    def decode(frame: Frame) -> tuple[Measurement, ...] | LineFault:
        if frame.fault is not None:
            return LineFault(frame.fault.value, str(len(frame.raw)))
        return parse_line(grammar, frame.raw)

    return decode
