"""Runs a profile on its own sample lines and explains each one that it misses."""

from dataclasses import dataclass

from app.devices.esd.grammar import Sample, parse_line
from app.devices.profile import Profile
from app.devices.wire.framing import Framer
from app.domain.esd import Measurement
from app.domain.line_fault import LineFault


@dataclass(frozen=True, slots=True)
class Miss:
    """A sample that does not give what it should.

    Attributes:
        line: Where the sample stands in the profile's file, from 1; None if unknown.
        raw: The sample.
        expected: What the profile says it gives: measurements or a fault.
        actual: What it gives.
        reason: ``framing`` (it is not one frame), ``fault``, ``no_fault``, ``count``, or the name
            of the field that differs, such as ``ohm``.
    """

    line: int | None
    raw: bytes
    expected: tuple[Measurement, ...] | LineFault
    actual: tuple[Measurement, ...] | LineFault
    reason: str


def check_profile(profile: Profile) -> tuple[Miss, ...]:
    """Every sample that a profile misses; none means that the profile keeps its word."""
    return tuple(
        miss for sample in profile.samples if (miss := _check(profile, sample)) is not None
    )


def _check(profile: Profile, sample: Sample) -> Miss | None:
    expected = LineFault(sample.fault) if sample.fault else sample.expected
    actual = _read(profile, sample)
    reason = _reason(expected, actual)
    if not reason and not _one_frame(profile, sample.raw):
        reason = "framing"
    return Miss(sample.line, sample.raw, expected, actual, reason) if reason else None


def _read(profile: Profile, sample: Sample) -> tuple[Measurement, ...] | LineFault:
    if profile.grammar is None:
        return ()
    return parse_line(profile.grammar, sample.raw)


def _one_frame(profile: Profile, raw: bytes) -> bool:
    """Whether the line, sent as the profile says, arrives as it is."""
    framing = profile.framing
    framer = Framer(framing)
    ends = framing.terminators if framing.length is None else ()
    frames = framer.feed(framing.start + raw + (ends[0] if ends else b""))
    if not ends and framing.length is None:
        frames += framer.flush(float("inf"))
    return [(each.raw, each.fault) for each in frames] == [(raw, None)]


def _reason(
    expected: tuple[Measurement, ...] | LineFault, actual: tuple[Measurement, ...] | LineFault
) -> str:
    if isinstance(actual, LineFault):
        same = isinstance(expected, LineFault) and expected.code == actual.code
        return "" if same else "fault"
    if isinstance(expected, LineFault):
        return "no_fault"
    if len(expected) != len(actual):
        return "count"
    for want, got in zip(expected, actual, strict=True):
        for field in Measurement.__dataclass_fields__:
            if getattr(want, field) != getattr(got, field):
                return field
    return ""
