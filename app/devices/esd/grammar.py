"""Reads one line of a tester by the grammar of its profile.

Total: any bytes give measurements or a fault. The groups of a pattern carry the meaning by their
names: ``value`` with ``channel`` (or the profile's one channel), or ``value_wrist``,
``value_left_foot`` ... for several in a line; beside them ``unit``, ``result``, ``operator`` and
``time``, the first two also with a channel behind them.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from app.devices.esd.ohms import Numbers, Resistance, read_resistance
from app.domain.esd import EsdVerdict, Measurement
from app.domain.line_fault import LineFault

VALUE: Final = "value"
_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Results:
    """What the tester's own verdicts mean.

    Attributes:
        words: The tester's word, upper case, and its verdict; None stands for a plain "fail" that
            does not say which way.
        fail_below_ohm: A plain fail of a value under this is a low one, else a high one.
    """

    words: tuple[tuple[str, EsdVerdict | None], ...] = ()
    fail_below_ohm: int = 0


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a tester's lines are to be read.

    Attributes:
        patterns: Tried in this order; the first that fits the whole line counts.
        ignore: A line that fits this, such as a heading, holds no measurement and is no fault.
        encoding: How the bytes are text.
        longest: A longer line, in bytes, is not read at all: it bounds what a pattern can cost.
        channel: The channel of a ``value`` group where the line does not name one; empty for none.
        channels: The tester's words for channels, upper case, and ours.
        numbers: How it writes numbers.
        results: What its verdicts mean.
    """

    patterns: tuple[re.Pattern[str], ...]
    ignore: re.Pattern[str] | None = None
    encoding: str = "ascii"
    longest: int = 1024
    channel: str = ""
    channels: tuple[tuple[str, str], ...] = ()
    numbers: Numbers = field(default_factory=Numbers)
    results: Results = field(default_factory=Results)


@dataclass(frozen=True, slots=True)
class Sample:
    """A line and what it has to give, so that the profile tests itself.

    Attributes:
        raw: The line without its terminator.
        expected: The measurements; empty for a line that is ignored or that is a fault.
        fault: The code of the fault; empty for none.
        line: Where it stands in the profile's file, from 1; None if unknown.
    """

    raw: bytes
    expected: tuple[Measurement, ...] = ()
    fault: str = ""
    line: int | None = None


def parse_line(grammar: Grammar, raw: bytes) -> tuple[Measurement, ...] | LineFault:
    """The measurements of one line, in the order of the pattern's groups.

    Args:
        grammar: How this tester writes.
        raw: The line, without its terminator.

    Returns:
        The measurements, none for a line that the profile ignores, or why it cannot be read.
    """
    if len(raw) > grammar.longest:
        return LineFault("oversize", str(len(raw)))
    try:
        text = raw.decode(grammar.encoding)
    except UnicodeDecodeError as error:
        return LineFault("undecodable", raw[error.start : error.start + 1].hex())
    found = next((m for p in grammar.patterns if (m := p.fullmatch(text)) is not None), None)
    if found is not None:
        return _read(grammar, found)
    if grammar.ignore is not None and grammar.ignore.fullmatch(text):
        return ()
    return LineFault("no_match", text[:_SHOWN])


def _read(grammar: Grammar, found: re.Match[str]) -> tuple[Measurement, ...] | LineFault:
    measurements: list[Measurement] = []
    for group in found.re.groupindex:
        if group != VALUE and not group.startswith(VALUE + "_"):
            continue
        if not (found[group] or "").strip():
            continue  # this channel is not in this line
        measurement = _measurement(grammar, found, group)
        if isinstance(measurement, LineFault):
            return measurement
        measurements.append(measurement)
    return tuple(measurements) or LineFault("no_value", found[0][:_SHOWN])


def _measurement(grammar: Grammar, found: re.Match[str], group: str) -> Measurement | LineFault:
    suffix = group.removeprefix(VALUE)
    channel = suffix[1:] or _channel(grammar, found)
    if isinstance(channel, LineFault):
        return channel
    resistance = read_resistance(found[group], _group(found, "unit", suffix), grammar.numbers)
    if isinstance(resistance, LineFault):
        return resistance
    verdict = _verdict(grammar.results, _group(found, "result", suffix), resistance)
    if isinstance(verdict, LineFault):
        return verdict
    return Measurement(
        channel=channel,
        ohm=resistance.ohm,
        over_range=resistance.over_range,
        under_range=resistance.under_range,
        tester_verdict=verdict,
        operator=_group(found, "operator", ""),
        device_time=_group(found, "time", ""),
    )


def _channel(grammar: Grammar, found: re.Match[str]) -> str | LineFault:
    word = _group(found, "channel", "")
    if word is None:
        return grammar.channel or LineFault("unknown_channel")
    return dict(grammar.channels).get(word.upper()) or LineFault("unknown_channel", word[:_SHOWN])


def _verdict(
    results: Results, word: str | None, value: Resistance
) -> EsdVerdict | LineFault | None:
    if word is None:
        return None
    words = dict(results.words)
    if word.upper() not in words:
        return LineFault("unknown_result", word[:_SHOWN])
    verdict = words[word.upper()]
    if verdict is not None:
        return verdict
    low = value.under_range or (value.ohm is not None and value.ohm < results.fail_below_ohm)
    return EsdVerdict.FAIL_LOW if low else EsdVerdict.FAIL_HIGH


def _group(found: re.Match[str], name: str, suffix: str) -> str | None:
    """What a group holds, the channel's own before the common one; None where there is nothing."""
    index = found.re.groupindex
    held = ((found[each] or "").strip() for each in (name + suffix, name) if each in index)
    return next((text for text in held if text), None)
