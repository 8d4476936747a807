"""What a tester sends, by every profile that ships: measurements or a fault, no exception."""

from datetime import UTC, datetime
from functools import cache

from app.devices.decoding import decoder
from app.devices.profile import Profile
from app.devices.profiles import list_profiles
from app.devices.wire.framing import Framer
from app.domain.esd import Measurement
from app.domain.frames import DeviceRole, Frame
from app.domain.line_fault import LineFault
from tests.fuzz.target import Choices, Target, pieces

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MOST_OF_A_LINE = 32
SHOWN = 200
LARGEST_OHM = 10**19


@cache
def profiles() -> tuple[Profile, ...]:
    found = (row.profile for row in list_profiles())
    return tuple(p for p in found if p is not None and p.role is DeviceRole.ESD_TESTER)


def seeds() -> tuple[bytes, ...]:
    return tuple(
        bytes([number, 5]) + profile.framing.sealed(sample.raw)
        for number, profile in enumerate(profiles())
        for sample in profile.samples
    )


def check(data: bytes) -> None:
    choices = Choices(data)
    profile = profiles()[choices.number(len(profiles()))]
    cut = 1 + choices.number(64)
    framer = Framer(profile.framing)
    stream = choices.rest()
    frames = [frame for piece in pieces(stream, cut) for frame in framer.feed(piece, 0.0)]
    frames += framer.flush(float("inf")) + framer.cut_off()
    read = decoder(profile)
    for number, raw in enumerate(frames):
        frame = Frame("tester", profile.role, raw.raw, NOW, number, fault=raw.fault)
        told = read(frame)
        assert frame.raw == raw.raw
        assert told == read(frame)
        parts = told if isinstance(told, tuple) else (told,)
        assert len(parts) <= MOST_OF_A_LINE
        assert all(map(_is_sound, parts))


def _is_sound(one: Measurement | LineFault) -> bool:
    if isinstance(one, LineFault):
        return one.code != "" and len(one.detail) <= SHOWN
    out = one.over_range or one.under_range
    return one.channel != "" and (out if one.ohm is None else 0 <= one.ohm <= LARGEST_OHM)


TOKENS = (
    *(b"OL", b"UR", b">", b"<", b"1.25E+06", b"1,05", b"MOhm", b"kOhm", b"OK", b"FAIL", b"LOW"),
    *(b"HIGH", b";", b",", b"\t", b"\r\n", b"\x02", b"\x03", b"WRIST", b"35M", b"1e999", b"-"),
)
TARGET = Target(seeds, check, TOKENS, longest=2048)
