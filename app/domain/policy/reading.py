"""A policy file, read whole or refused with its place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from app.domain.esd import EsdLimit
from app.domain.policy.codes import ANSWERABLE, KNOWN, POINTS, REQUIRED, SCANNED, STRICT
from app.domain.policy.fields import HIGHEST, LONGEST_DAYS, Fields, PolicyInvalidError
from app.domain.policy.rows import (
    Answerable,
    Due,
    EsdTest,
    Every,
    Judged,
    Policy,
    PolicyRow,
    PolicySource,
    Severity,
    Start,
    asked_of,
)

_TOP: Final = (
    *("region", "edition", "base", "esd_profile"),
    *("source", "rule", "esd_limit", "esd_test"),
)
_RULE: Final = (
    *("code", "rule", "severity", "judged", "value", "unit", "due"),
    *("evidence", "way_on", "override", "source"),
)
LONGEST_MINUTES: Final = LONGEST_DAYS * 24 * 60
_LIMIT: Final = (
    *("profile", "channel", "low_ohm", "high_ohm", "high_inclusive"),
    *("valid_minutes", "standard"),
)


def policy_of(table: Mapping[str, object]) -> Policy:
    """Read a parsed policy file; one that names a base goes through `regional` first.

    Raises:
        PolicyInvalidError: A field is missing, of the wrong form, or nobody's; a rule that the
            program can find, or a point of the programme, is not ruled on.
    """
    top = Fields(table)
    top.only(*_TOP)
    sources = {one.key: one for one in map(_source, top.tables("source", "key"))}
    rows = {row.code: row for row in (_row(one, sources) for one in top.tables("rule", "code"))}
    _complete(rows)
    limits: dict[str, dict[str, EsdLimit]] = {}
    for item in top.tables("esd_limit", "profile", "channel"):
        limit = _limit(item)
        limits.setdefault(item.text("profile"), {})[limit.channel] = limit
    profile = top.text("esd_profile")
    if profile not in limits:
        raise top.fault("esd_profile", f"no limits for {profile}")
    limited = frozenset(channel for channels in limits.values() for channel in channels)
    plan = (_test(item, limited, sources) for item in top.tables("esd_test", "item"))
    return Policy(
        region=top.text("region"),
        edition=top.text("edition"),
        rows=MappingProxyType(rows),
        esd_limits=MappingProxyType({name: MappingProxyType(own) for name, own in limits.items()}),
        esd_profile=profile,
        esd_tests=MappingProxyType({one.item: one for one in plan}),
        sources=MappingProxyType(sources),
    )


def _complete(rows: Mapping[str, PolicyRow]) -> None:
    missing = REQUIRED - rows.keys()
    if missing:
        raise PolicyInvalidError("rule", f"no row for {', '.join(sorted(missing))}")
    silent = [point for point in POINTS if all(row.rule != point for row in rows.values())]
    if silent:
        raise PolicyInvalidError("rule", f"no row for {', '.join(silent)}")


def _source(item: Fields) -> PolicySource:
    item.only("key", "title", "url", "read_on")
    return PolicySource(
        item.text("key"), item.text("title"), item.text("url", ""), item.day("read_on")
    )


def _row(item: Fields, sources: Mapping[str, PolicySource]) -> PolicyRow:
    item.only(*_RULE)
    row = PolicyRow(
        code=item.text("code"),
        rule=item.text("rule"),
        severity=item.word("severity", Severity),
        value=_figure(item) if item.has("value") else None,
        unit=item.text("unit") if item.has("value") else item.text("unit", ""),
        source=_source_key(item, sources),
        judged=item.word("judged", Judged),
        due=_due(item.inner("due")) if item.has("due") else None,
        evidence=item.text("evidence"),
        way_on=item.text("way_on"),
        override=item.word("override", Answerable, Answerable.NONE),
    )
    _consistent(item, row)
    return row


def _figure(item: Fields) -> int:
    days = item.text("unit") == "days"
    return item.number("value", highest=LONGEST_DAYS if days else HIGHEST)


def _consistent(item: Fields, row: PolicyRow) -> None:
    """What a row says fits to what the program knows of its code."""
    if row.code not in KNOWN:
        raise item.fault("code", "no rule that the program knows")
    if row.rule not in POINTS:
        raise item.fault("rule", f"{row.rule} is none of {POINTS[0]} to {POINTS[-1]}")
    if (row.judged is Judged.SCAN) is not (row.code in SCANNED):
        raise item.fault("judged", f"the bench does not judge this by {row.judged.value}")
    if row.judged is Judged.SCAN and row.severity is Severity.INFO:
        raise item.fault("severity", "a finding blocks or warns")
    if row.code in STRICT and row.severity is not Severity.BLOCK:
        raise item.fault("severity", "without it nothing else can be judged")
    if row.override is Answerable.LEAD and row.code not in ANSWERABLE:
        raise item.fault("override", "nobody can answer for this")


def _source_key(item: Fields, sources: Mapping[str, PolicySource]) -> str:
    key = item.text("source")
    if key not in sources:
        raise item.fault("source", f"no source is called {key}")
    return key


def _due(item: Fields) -> Due:
    item.only("from", "within_days", "every")
    if item.has("every"):
        if item.has("from") or item.has("within_days"):
            raise item.fault("every", "something is due once or again and again, not both")
        return Due(every=item.word("every", Every))
    return Due(item.word("from", Start), item.number("within_days", 1, LONGEST_DAYS))


def _limit(item: Fields) -> EsdLimit:
    item.only(*_LIMIT)
    low = item.number("low_ohm") if item.has("low_ohm") else None
    high = item.number("high_ohm")
    if low is not None and low > high:
        raise item.fault("low_ohm", "above high_ohm")
    return EsdLimit(
        channel=item.text("channel"),
        low_ohm=low,
        high_ohm=high,
        high_inclusive=item.flag("high_inclusive"),
        valid_for=timedelta(minutes=item.number("valid_minutes", 1, LONGEST_MINUTES)),
        standard=item.text("standard"),
    )


def _test(item: Fields, limited: frozenset[str], sources: Mapping[str, PolicySource]) -> EsdTest:
    item.only("item", "channels", "every_days", "source", "asked_of")
    channels = item.texts("channels")
    unlimited = [one for one in channels if one not in limited]
    if unlimited:
        raise item.fault("channels", f"no profile limits {', '.join(unlimited)}")
    test = EsdTest(
        item.text("item"),
        channels,
        item.number("every_days", 1, LONGEST_DAYS),
        _source_key(item, sources),
    )
    return replace(test, asked_of=_asked_of(item, test)) if item.has("asked_of") else test


def _asked_of(item: Fields, test: EsdTest) -> tuple[str, ...]:
    if not test.is_worn:
        raise item.fault("asked_of", "nobody wears it")
    try:
        return asked_of(item.texts("asked_of"))
    except ValueError as error:
        raise item.fault("asked_of", f"{error}: nobody, everybody, or who") from error
