"""The parts of a profile that only testers have: patterns, numbers, channels, verdicts, samples."""

import re
from typing import Final

from app.devices.esd.grammar import VALUE, Grammar, Results, Sample
from app.devices.esd.ohms import LARGEST_EXPONENT, Numbers
from app.devices.toml_table import Table
from app.domain.esd import EsdVerdict, Measurement

ENCODINGS: Final = ("ascii", "latin-1", "utf-8", "cp437", "cp850", "cp1252")
_MOST_PATTERNS: Final = 16
_CHANNEL: Final = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_GROUP: Final = re.compile(
    r"(?:value|unit|result)(?:_[a-z][a-z0-9_]*)?|channel|operator|time", re.ASCII
)
_OHMS: Final = range(10**LARGEST_EXPONENT + 1)
_VERDICTS: Final = tuple(verdict.value for verdict in EsdVerdict)
_PLAIN_FAIL: Final = "fail"


def read_grammar(table: Table, longest: int) -> Grammar:
    """The tables ``[line]``, ``[numbers]``, ``[channels]`` and ``[results]``.

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
        channel=channel,
        channels=channels,
        numbers=numbers,
        results=results,
    )
    line.finish()
    return grammar


def read_samples(table: Table) -> tuple[Sample, ...]:
    """The tables ``[[sample]]``. A profile without any cannot show that it is right: refused.

    Raises:
        ProfileError: They are not valid.
    """
    tables = table.tables("sample")
    if not tables:
        raise table.fault("missing", "sample")
    return tuple(_sample(each) for each in tables)


def _patterns(line: Table) -> tuple[re.Pattern[str], ...]:
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


def _pattern(line: Table, key: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise line.fault("bad_pattern", key, str(error)) from error


def _check_groups(line: Table, key: str, pattern: re.Pattern[str]) -> None:
    groups = tuple(pattern.groupindex)
    for group in groups:
        if not _GROUP.fullmatch(group):
            raise line.fault("bad_pattern", key, f"unknown group {group}")
    if not any(group.startswith(VALUE) for group in groups):
        raise line.fault("bad_pattern", key, f"no group {VALUE}")
    if VALUE in groups and "channel" not in groups and "channel" not in line:
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
    table.finish()
    return Results(tuple(words), below)


def _sample(table: Table) -> Sample:
    raw = _sample_bytes(table)
    fault = table.text("fault", "")
    expected = tuple(_expected(each) for each in table.tables("expect"))
    if fault and expected:
        raise table.fault("bad_value", "fault", "together with expect")
    if not fault and "expect" not in table:
        raise table.fault("missing", "expect")
    table.finish()
    return Sample(raw, expected, fault, table.line)


def _sample_bytes(table: Table) -> bytes:
    if "hex" not in table:
        return table.raw("line") if "line" in table else _missing(table)
    if "line" in table:
        raise table.fault("bad_value", "hex", "together with line")
    try:
        return bytes.fromhex(table.text("hex"))
    except ValueError as error:
        raise table.fault("bad_value", "hex", str(error)) from error


def _missing(table: Table) -> bytes:
    raise table.fault("missing", "line")


def _expected(table: Table) -> Measurement:
    verdict = table.choice("result", ("", *_VERDICTS), "")
    measurement = Measurement(
        channel=table.text("channel"),
        ohm=table.integer("ohm", 0, _OHMS) if "ohm" in table else None,
        over_range=table.flag("over"),
        under_range=table.flag("under"),
        tester_verdict=EsdVerdict(verdict) if verdict else None,
        operator=table.text("operator", "") or None,
        device_time=table.text("time", "") or None,
    )
    if (measurement.ohm is None) != (measurement.over_range or measurement.under_range):
        raise table.fault("bad_value", "ohm", "exactly one of ohm, over and under")
    table.finish()
    return measurement
