"""Runs a profile on its own sample lines and explains each one that it misses."""

from dataclasses import dataclass, replace
from typing import Final

from app.devices.esd.grammar import Grammar, Read, Sample, parse_line
from app.devices.esd.hints import Hint, hint_of
from app.devices.profile import Profile
from app.devices.wire.framing import Framer
from app.domain.esd import Measurement
from app.domain.line_fault import LineFault

FIELDS: Final = (
    "channel",
    "ohm",
    "over_range",
    "under_range",
    "tester_verdict",
    "operator",
    "device_time",
)
AROUND: Final = ("indicative", "celsius", "humidity")


@dataclass(frozen=True, slots=True)
class Miss:
    """A sample that does not give what it should.

    Attributes:
        line: Where the sample stands in the profile's file, from 1; None if unknown.
        raw: The sample.
        expected: What the profile says it gives: measurements or a fault.
        actual: What it gives.
        reason: ``framing`` (it is not one message), ``fault``, ``no_fault``, ``count``, or the name
            of the field that differs, such as ``ohm``.
        wanted: What that field should be; empty where the reason is no field.
        given: What it is, or the code and the part of the line that could not be read.
        hint: Where the line goes astray, for one that fits no pattern.
    """

    line: int | None
    raw: bytes
    expected: Read
    actual: Read
    reason: str
    wanted: str = ""
    given: str = ""
    hint: Hint | None = None


def check_profile(profile: Profile) -> tuple[Miss, ...]:
    """Every sample that a profile misses; none means that the profile keeps its word."""
    misses = (_check(profile, sample) for sample in profile.samples)
    return tuple(miss for miss in misses if miss is not None)


def _check(profile: Profile, sample: Sample) -> Miss | None:
    grammar = profile.grammar
    expected = LineFault(sample.fault) if sample.fault else sample.expected
    actual = parse_line(grammar, sample.raw) if grammar is not None else ()
    reason, wanted, given = _difference(expected, actual)
    if not reason:
        if _one_frame(profile, sample.raw):
            return None
        reason = "framing"
    hint = None
    if grammar is not None and given.startswith("no_match"):
        hint = _hint(grammar, sample.raw)
    return Miss(sample.line, sample.raw, expected, actual, reason, wanted, given, hint)


def _hint(grammar: Grammar, raw: bytes) -> Hint | None:
    text = raw.decode(grammar.encoding).removeprefix("\ufeff")
    if not grammar.several:
        return hint_of(grammar, text)
    alone = replace(grammar, several=False)
    lines = (line for line in text.splitlines() if line.strip())
    return next((hint_of(grammar, line) for line in lines if _is_strange(alone, line)), None)


def _is_strange(grammar: Grammar, line: str) -> bool:
    read = parse_line(grammar, line.encode(grammar.encoding))
    return isinstance(read, LineFault) and read.code == "no_match"


def _one_frame(profile: Profile, raw: bytes) -> bool:
    """Whether the message, sent as the profile says, arrives as it is."""
    framing = replace(profile.framing, once=False)
    framer = Framer(framing)
    frames = framer.feed(framing.sealed(raw)) + framer.flush(float("inf"))
    if not frames and raw.strip() in framing.empty:
        return True
    return [(each.raw, each.fault) for each in frames] == [(raw, None)]


def _difference(expected: Read, actual: Read) -> tuple[str, str, str]:
    """The first thing that differs: the reason, what it should be, what it is."""
    if isinstance(actual, LineFault) or isinstance(expected, LineFault):
        return _fault(expected, actual)
    if len(expected) != len(actual):
        return "count", str(len(expected)), str(len(actual))
    for want, got in zip(expected, actual, strict=True):
        difference = _one(want, got)
        if difference[0]:
            return difference
    return "", "", ""


def _one(want: Measurement | LineFault, got: Measurement | LineFault) -> tuple[str, str, str]:
    if isinstance(want, LineFault) or isinstance(got, LineFault):
        return _fault(want, got)
    told = [(name, getattr(want, name), getattr(got, name)) for name in FIELDS]
    told += [(name, getattr(want.around, name), getattr(got.around, name)) for name in AROUND]
    for name, wanted, given in told:
        if wanted != given:
            return name, _shown(wanted), _shown(given)
    return "", "", ""


def _fault(expected: object, actual: object) -> tuple[str, str, str]:
    if not isinstance(actual, LineFault):
        return "no_fault", expected.code if isinstance(expected, LineFault) else "", ""
    if isinstance(expected, LineFault) and expected.code == actual.code:
        return "", "", ""
    wanted = expected.code if isinstance(expected, LineFault) else ""
    return "fault", wanted, f"{actual.code}: {actual.detail}"


def _shown(value: object) -> str:
    return "" if value is None else str(value)
