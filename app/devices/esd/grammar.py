"""Reads one message of a tester by the grammar of its profile.

Total: any bytes give measurements or a fault. The groups of a pattern carry the meaning by their
names: ``value`` with ``channel`` (or the profile's one channel), or ``value_wrist``,
``value_left_foot`` ... for several in a line; beside them ``unit``, ``result`` and ``status``, each
also with a channel behind it, and ``operator``, ``date``, ``time``, ``note``, ``celsius`` and
``humidity``.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from app.devices.esd.ohms import Numbers, Resistance, read_resistance
from app.devices.esd.patterns import Found, Pattern
from app.devices.esd.results import SHOWN, Results, Status, verdict_of
from app.devices.esd.times import Times
from app.domain.esd import Circumstances, EsdVerdict, Measurement
from app.domain.line_fault import LineFault

Read: TypeAlias = tuple[Measurement | LineFault, ...] | LineFault
"""What a message says: measurements, and faults of single lines; or why none of it can be read."""

VALUE: Final = "value"
MOST_LINES: Final = 500
"""Lines of one message that are read; a longer one is refused whole."""
_LINE: Final = re.compile(r"\r\n|\r|\n")
_DEGREES: Final = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a tester's messages are to be read.

    Attributes:
        patterns: Tried in this order; the first that fits the whole line counts.
        ignore: A line that fits this, such as a heading, holds no measurement and is no fault.
        encoding: How the bytes are text.
        longest: A longer message, in bytes, is not read at all.
        several: Whether each line of a message is a test by itself.
        channel: The channel of a ``value`` group where the line does not name one; empty for none.
        channels: The tester's words for channels, upper case, and ours.
        numbers: How it writes numbers.
        results: What its verdicts mean.
        statuses: What its words for a value's status mean.
        times: How it writes the time.
        indicative: It is no ESD tester: its values only indicate.
    """

    patterns: tuple[Pattern, ...]
    ignore: Pattern | None = None
    encoding: str = "ascii"
    longest: int = 1024
    several: bool = False
    channel: str = ""
    channels: tuple[tuple[str, str], ...] = ()
    numbers: Numbers = field(default_factory=Numbers)
    results: Results = field(default_factory=Results)
    statuses: tuple[tuple[str, Status], ...] = ()
    times: Times = field(default_factory=Times)
    indicative: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """A message and what it has to give, so that the profile tests itself.

    Attributes:
        raw: The message without its terminator.
        expected: The measurements, and faults of single lines; empty for a message that is ignored
            or that is a fault.
        fault: The code of the fault; empty for none.
        line: Where it stands in the profile's file, from 1; None if unknown.
    """

    raw: bytes
    expected: tuple[Measurement | LineFault, ...] = ()
    fault: str = ""
    line: int | None = None


def parse_line(grammar: Grammar, raw: bytes) -> Read:
    """The measurements of one message, in the order of the pattern's groups.

    Args:
        grammar: How this tester writes.
        raw: The message, without its terminator.

    Returns:
        The measurements, none for a message that the profile ignores, or why it cannot be read.
    """
    text = read_text(grammar, raw)
    if isinstance(text, LineFault):
        return text
    if not grammar.several:
        return _parse(grammar, text)
    lines = [line for line in _LINE.split(text) if line.strip()]
    if len(lines) > MOST_LINES:
        return LineFault("too_many", str(len(lines)))
    read: list[Measurement | LineFault] = []
    for line in lines:
        told = _parse(grammar, line)
        read += [told] if isinstance(told, LineFault) else told
    only = read[0] if len(read) == 1 else None
    return only if isinstance(only, LineFault) else tuple(read)


def read_text(grammar: Grammar, raw: bytes) -> str | LineFault:
    """A message as text, without a byte order mark; or why it is none."""
    if len(raw) > grammar.longest:
        return LineFault("oversize", str(len(raw)))
    try:
        return raw.decode(grammar.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return LineFault("undecodable", raw[error.start : error.start + 1].hex())


def _parse(grammar: Grammar, text: str) -> tuple[Measurement, ...] | LineFault:
    found = next((m for p in grammar.patterns if (m := p.fullmatch(text)) is not None), None)
    if found is not None:
        return _read(grammar, found)
    if grammar.ignore is not None and grammar.ignore.fits(text):
        return ()
    return LineFault("no_match", text[:SHOWN])


def _read(grammar: Grammar, found: Found) -> tuple[Measurement, ...] | LineFault:
    around = _around(grammar, found)
    if isinstance(around, LineFault):
        return around
    measurements: list[Measurement] = []
    for group in found.groups:
        if group != VALUE and not group.startswith(VALUE + "_"):
            continue
        measurement = _measurement(grammar, found, group.removeprefix(VALUE), around)
        if isinstance(measurement, LineFault):
            return measurement
        if measurement is not None:
            measurements.append(measurement)
    return tuple(measurements) or LineFault("no_value", found.text[:SHOWN])


def _measurement(
    grammar: Grammar, found: Found, suffix: str, around: Circumstances
) -> Measurement | LineFault | None:
    """One channel of a line; None where the line does not have it."""
    if found.get(VALUE + suffix) is None and not grammar.numbers.blank_by_result:
        return None
    channel = suffix[1:] or _channel(grammar, found)
    if isinstance(channel, LineFault):
        return channel
    return _on_channel(grammar, found, suffix, channel, around)


def _on_channel(
    grammar: Grammar, found: Found, suffix: str, channel: str, around: Circumstances
) -> Measurement | LineFault | None:
    status = _status(grammar, found.get("status" + suffix, "status"))
    if isinstance(status, LineFault):
        return status
    value = found.get(VALUE + suffix)
    resistance = _resistance(grammar, value, found.get("unit" + suffix, "unit"), status)
    if isinstance(resistance, LineFault):
        return resistance
    verdict = verdict_of(
        grammar.results, found.get("result" + suffix, "result"), channel, resistance
    )
    if isinstance(verdict, LineFault):
        return verdict
    resistance = resistance or _by_verdict(verdict)
    if resistance is None:
        return None
    doubtful = status is Status.DOUBTFUL
    return Measurement(
        channel=channel,
        ohm=resistance.ohm,
        over_range=resistance.over_range,
        under_range=resistance.under_range,
        tester_verdict=verdict,
        operator=found.get("operator"),
        device_time=_time(found),
        around=replace(around, indicative=True) if doubtful else around,
    )


def _resistance(
    grammar: Grammar, value: str | None, unit: str | None, status: Status
) -> Resistance | LineFault | None:
    """The value; None where the place for it is empty."""
    if status is Status.OVER:
        return Resistance(None, over_range=True)
    if status is Status.UNDER:
        return Resistance(None, under_range=True)
    if value is None:
        return None
    if value.casefold() in grammar.numbers.aborted:
        return LineFault("test_aborted", value[:SHOWN])
    return read_resistance(value, unit, grammar.numbers)


def _by_verdict(verdict: EsdVerdict | None) -> Resistance | None:
    """What an empty value means where the tester leaves out what it cannot measure."""
    if verdict is EsdVerdict.FAIL_HIGH:
        return Resistance(None, over_range=True)
    return Resistance(None, under_range=True) if verdict is EsdVerdict.FAIL_LOW else None


def _channel(grammar: Grammar, found: Found) -> str | LineFault:
    word = found.get("channel")
    if word is None:
        return grammar.channel or LineFault("unknown_channel")
    return dict(grammar.channels).get(word.upper()) or LineFault("unknown_channel", word[:SHOWN])


def _status(grammar: Grammar, word: str | None) -> Status | LineFault:
    if word is None:
        return Status.OK
    status = dict(grammar.statuses).get(word.upper())
    if status is None:
        return LineFault("unknown_status", word[:SHOWN])
    return LineFault("not_measured", word[:SHOWN]) if status is Status.NONE else status


def _around(grammar: Grammar, found: Found) -> Circumstances | LineFault:
    note = found.get("note")
    if note is not None and note.casefold() in grammar.numbers.aborted:
        return LineFault("test_aborted", note[:SHOWN])
    taken = grammar.times.read(_time(found))
    if isinstance(taken, LineFault):
        return taken
    return Circumstances(
        indicative=grammar.indicative,
        taken_at=taken,
        fresh_for=grammar.times.fresh_for if taken is not None else None,
        celsius=_degrees(grammar, found.get("celsius")),
        humidity=_degrees(grammar, found.get("humidity")),
    )


def _time(found: Found) -> str | None:
    parts = (found.get("date"), found.get("time"))
    return " ".join(part for part in parts if part) or None


def _degrees(grammar: Grammar, text: str | None) -> str | None:
    """Temperature or humidity; what is no number there spoils no measurement."""
    if text is None:
        return None
    number = text.replace(grammar.numbers.decimal, ".")
    return number if _DEGREES.fullmatch(number) else None
