"""The parts of a profile that only testers have: patterns, numbers, channels, verdicts, samples."""

import re
from datetime import datetime, timedelta
from typing import Final

from app.devices.esd.grammar import VALUE, Grammar
from app.devices.esd.ohms import LARGEST_EXPONENT, Numbers
from app.devices.esd.patterns import Pattern, PatternError, compile_pattern
from app.devices.esd.results import Bit, Results, Status
from app.devices.esd.times import Times
from app.devices.toml_table import Table
from app.domain.esd import EsdVerdict

ENCODINGS: Final = (
    "ascii",
    "latin-1",
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "cp437",
    "cp850",
    "cp1252",
)
_MOST_PATTERNS: Final = 16
_CHANNEL: Final = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_GROUP: Final = re.compile(
    r"(?:value|unit|result|status)(?:_[a-z][a-z0-9_]*)?"
    r"|channel|operator|date|time|note|celsius|humidity",
    re.ASCII,
)
_OHMS: Final = range(10**LARGEST_EXPONENT + 1)
_VERDICTS: Final = tuple(verdict.value for verdict in EsdVerdict)
_PLAIN_FAIL: Final = "fail"
_LARGEST_BIT: Final = 1 << 31
_FRESH: Final = range(1, 7 * 86400 + 1)


def read_grammar(table: Table, longest: int) -> Grammar:
    """The tables ``[line]``, ``[numbers]``, ``[channels]``, ``[results]`` and their like.

    Args:
        table: The whole profile.
        longest: The longest line in bytes.

    Raises:
        ProfileError: They are not valid.
    """
    line = table.table("line")
    numbers = _numbers(table.table("numbers"))
    channels = _channels(table.table("channels"))
    results = _results(table.table("results"))
    channel = line.text("channel", "")
    if channel and not _CHANNEL.fullmatch(channel):
        raise line.fault("bad_value", "channel", channel[:40])
    grammar = Grammar(
        patterns=_patterns(line),
        ignore=_pattern(line, "ignore", line.text("ignore")) if "ignore" in line else None,
        encoding=line.choice("encoding", ENCODINGS, "ascii"),
        longest=longest,
        several=line.flag("several"),
        channel=channel,
        channels=channels,
        numbers=numbers,
        results=results,
        statuses=_statuses(table.table("statuses")),
        times=_times(table.table("time")),
        indicative=table.flag("indicative"),
    )
    line.finish()
    return grammar


def _patterns(line: Table) -> tuple[Pattern, ...]:
    texts = line.list_of_text("patterns")
    if "pattern" in line:
        texts = (line.text("pattern"), *texts)
    if not texts:
        raise line.fault("missing", "pattern")
    if len(texts) > _MOST_PATTERNS:
        raise line.fault("bad_value", "patterns", f"more than {_MOST_PATTERNS}")
    key = "pattern" if "pattern" in line else "patterns"
    patterns = tuple(_pattern(line, key, each) for each in texts)
    for pattern in patterns:
        _check_groups(line, key, pattern)
    return patterns


def _pattern(line: Table, key: str, text: str) -> Pattern:
    try:
        return compile_pattern(text)
    except PatternError as error:
        raise line.fault("bad_pattern", key, str(error)) from error


def _check_groups(line: Table, key: str, pattern: Pattern) -> None:
    for group in pattern.names:
        if not _GROUP.fullmatch(group):
            raise line.fault("bad_pattern", key, f"unknown group {group}")
    if not any(group.startswith(VALUE) for group in pattern.names):
        raise line.fault("bad_pattern", key, f"no group {VALUE}")
    if VALUE in pattern.names and "channel" not in pattern.names and "channel" not in line:
        raise line.fault("missing", "channel", "the pattern does not name one")


def _numbers(table: Table) -> Numbers:
    decimal = table.choice("decimal", (".", ","), ".")
    group = table.choice("group", ("", ".", ",", " ", "'", "\u00a0"), "")
    if group == decimal:
        raise table.fault("bad_value", "group", "the same as decimal")
    numbers = Numbers(
        decimal=decimal,
        group=group,
        unit=table.text("unit", "ohm"),
        units=table.texts("units"),
        over=_marks(table, "over"),
        under=_marks(table, "under"),
        over_from=table.number("over_from"),
        aborted=tuple(mark.casefold() for mark in _marks(table, "aborted")),
        blank_by_result=table.flag("blank_by_result"),
    )
    table.finish()
    for word in (numbers.unit, *(word for word, _ in numbers.units)):
        if numbers.power(word) is None:
            raise table.fault("bad_value", "units" if word != numbers.unit else "unit", word[:40])
    return numbers


def _marks(table: Table, key: str) -> tuple[str, ...]:
    marks = tuple(mark.strip() for mark in table.list_of_text(key))
    if not all(marks):
        raise table.fault("bad_value", key, "an empty mark")
    return tuple(sorted(marks, key=len, reverse=True))


def _channels(table: Table) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for word in table.keys():  # noqa: SIM118 - our own keys()
        channel = table.text(word)
        if not _CHANNEL.fullmatch(channel):
            raise table.fault("bad_value", word, channel[:40])
        pairs.append((word.upper(), channel))
    return tuple(pairs)


def _results(table: Table) -> Results:
    words: list[tuple[str, EsdVerdict | None]] = []
    inner = table.table("words")
    for word in inner.keys():  # noqa: SIM118 - our own keys()
        verdict = inner.choice(word, (*_VERDICTS, _PLAIN_FAIL))
        words.append((word.upper(), None if verdict == _PLAIN_FAIL else EsdVerdict(verdict)))
    plain = any(verdict is None for _, verdict in words)
    below = table.integer("fail_below_ohm", None if plain else 0, _OHMS)
    bits = _bits(table.table("bits"))
    table.finish()
    return Results(tuple(words), below, bits)


def _bits(table: Table) -> tuple[Bit, ...]:
    """Pairs such as ``4 = "left_foot fail_low"`` or ``256 = "invalid"`` for every channel."""
    bits: list[Bit] = []
    for key in table.keys():  # noqa: SIM118 - our own keys()
        value = int(key) if key.isascii() and key.isdecimal() and len(key) < len("9" * 11) else 0
        if not 0 < value <= _LARGEST_BIT or value & (value - 1):
            raise table.fault("bad_value", key, "not a single bit such as 1, 2, 4 or 8")
        channel, _, verdict = table.text(key).rpartition(" ")
        if verdict not in _VERDICTS or (channel and not _CHANNEL.fullmatch(channel)):
            raise table.fault("bad_value", key, table.text(key)[:40])
        bits.append(Bit(value, channel, EsdVerdict(verdict)))
    return tuple(bits)


def _statuses(table: Table) -> tuple[tuple[str, Status], ...]:
    return tuple(
        (word.upper(), Status(table.choice(word, tuple(Status))))
        for word in table.keys()  # noqa: SIM118 - our own keys()
    )


def _times(table: Table) -> Times:
    formats = table.list_of_text("formats")
    for each in formats:
        _check_format(table, each)
    fresh = table.integer("fresh_s", 0, range(_FRESH.stop))
    if fresh and not formats:
        raise table.fault("missing", "formats")
    table.finish()
    return Times(formats, timedelta(seconds=fresh) if fresh else None)


def _check_format(table: Table, text: str) -> None:
    """A format has to read what it writes, or it would refuse every line."""
    example = datetime(2026, 3, 2, 8, 15, 30)  # noqa: DTZ001 - an example, nobody's time
    try:
        read = datetime.strptime(example.strftime(text), text)  # noqa: DTZ007 - as above
    except (ValueError, UnicodeError) as error:
        raise table.fault("bad_value", "formats", text[:40]) from error
    if read.date() != example.date():
        raise table.fault("bad_value", "formats", f"{text[:40]}: no whole date")
