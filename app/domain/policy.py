"""The programme's rules as data: what each row of the policy file says.

The judging functions in `app.domain.verdicts` ask a row for its severity and its figure; a rule is
never a constant in code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, cast

from app.domain.esd import EsdLimit


class Severity(StrEnum):
    """What a finding does: stop the work, or only say so."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One rule of the programme.

    Attributes:
        code: Stable name of the finding it can give.
        rule: The programme's point, ``P1`` to ``P15``.
        severity: Whether it stops the work.
        value: Its figure, None where it has none.
        unit: What the figure counts: ``days`` ...
        source: Where the rule comes from.
    """

    code: str
    rule: str
    severity: Severity
    value: int | None
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A whole policy file.

    Attributes:
        region: Whose programme: ``se`` ...
        edition: The file's version, stored with what it judged.
        rows: The rules by code.
        esd_limits: The limits by profile and channel.
        esd_profile: The profile that applies unless the organisation's plan names another.
    """

    region: str
    edition: str
    rows: Mapping[str, PolicyRow]
    esd_limits: Mapping[str, Mapping[str, EsdLimit]]
    esd_profile: str

    def limit(self, channel: str, profile: str | None = None) -> EsdLimit | None:
        """The limit of a channel in a profile, None where the profile has none."""
        return self.esd_limits.get(profile or self.esd_profile, {}).get(channel)


CODES: Final = frozenset(
    {
        "not_in_register",
        "owner_other",
        "owner_unknown",
        "lease_ended",
        "lease_ends_soon",
        "no_proof",
        "other_maker",
        "other_warranty",
        "part_not_purchased",
        "part_other_source",
        "part_other_number",
        "part_used_before",
        "not_certified",
        "certificate_ends_soon",
        "esd_missing",
        "esd_other_person",
        "esd_failed",
        "esd_invalid",
        "esd_stale",
    }
)
"""Every finding that the program can give: a policy file must rule on each."""


class PolicyInvalidError(ValueError):
    """A policy file that cannot be used.

    Attributes:
        field: Where in the file.
        reason: What is wrong there.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def policy_of(table: Mapping[str, object]) -> Policy:
    """Read a parsed policy file.

    Raises:
        PolicyInvalidError: A field is missing, of the wrong type, or a rule that the program can
            find is not ruled on.
    """
    rows = {row.code: row for row in map(_row, _tables(table, "rule"))}
    missing = CODES - rows.keys()
    if missing:
        raise PolicyInvalidError("rule", f"no row for {', '.join(sorted(missing))}")
    limits: dict[str, dict[str, EsdLimit]] = {}
    for item in _tables(table, "esd_limit"):
        limit = _limit(item)
        limits.setdefault(_text(item, "profile"), {})[limit.channel] = limit
    profile = _text(table, "esd_profile")
    if profile not in limits:
        raise PolicyInvalidError("esd_profile", f"no limits for {profile}")
    return Policy(
        region=_text(table, "region"),
        edition=_text(table, "edition"),
        rows=MappingProxyType(rows),
        esd_limits=MappingProxyType(
            {name: MappingProxyType(rows) for name, rows in limits.items()}
        ),
        esd_profile=profile,
    )


def _row(table: Mapping[str, object]) -> PolicyRow:
    severity = _text(table, "severity")
    if severity not in set(Severity):
        raise PolicyInvalidError("rule.severity", f"{severity} is neither block nor warn")
    return PolicyRow(
        code=_text(table, "code"),
        rule=_text(table, "rule"),
        severity=Severity(severity),
        value=_number(table, "value") if "value" in table else None,
        unit=_text(table, "unit") if "unit" in table else "",
        source=_text(table, "source"),
    )


def _limit(table: Mapping[str, object]) -> EsdLimit:
    return EsdLimit(
        channel=_text(table, "channel"),
        low_ohm=_number(table, "low_ohm") if "low_ohm" in table else None,
        high_ohm=_number(table, "high_ohm"),
        high_inclusive=table.get("high_inclusive") is True,
        valid_for=timedelta(minutes=_number(table, "valid_minutes")),
        standard=_text(table, "standard"),
    )


def _tables(table: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    value = table.get(key)
    if not isinstance(value, list):
        raise PolicyInvalidError(key, "missing")
    items = cast("list[object]", value)
    if not all(isinstance(item, Mapping) for item in items):
        raise PolicyInvalidError(key, "not a list of tables")
    return cast("list[Mapping[str, object]]", items)


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise PolicyInvalidError(key, "not a text")
    return value


def _number(table: Mapping[str, object], key: str) -> int:
    value = table.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise PolicyInvalidError(key, "not a whole number")
    return value
