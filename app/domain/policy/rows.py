"""The programme's rules as data: what each row of the policy file says.

The judging functions in `app.domain.verdicts` ask a row for its severity and its figure; a rule is
never a constant in code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.esd import WORN, EsdLimit
from app.domain.site_days import days_later


class Severity(StrEnum):
    """What a finding does: stop the work, or only say so."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"
    """Told of the programme, and no finding: a scan never gives one."""


class Judged(StrEnum):
    """Whether a bench can judge a rule, and when."""

    SCAN = "scan"
    """Of a product, a technician, a reading, a part or an order, at the moment it is at hand."""
    STANDING = "standing"
    """Of the whole organisation, from its registers and its journal."""
    NONE = "none"
    """Nothing that a bench knows tells it; it is there so that the list is whole."""


class Answerable(StrEnum):
    """Who may let work go on against a rule."""

    NONE = "none"
    LEAD = "lead"
    """A lead, with a reason that is recorded."""


class Start(StrEnum):
    """What a deadline is counted from."""

    ACCOUNT_CREATED = "account_created"


class Every(StrEnum):
    """How often something is due again."""

    CALENDAR_YEAR = "calendar_year"


@dataclass(frozen=True, slots=True)
class Due:
    """When a rule has to be met.

    Attributes:
        start: What its deadline is counted from; None for what is due again and again.
        within_days: Days from then, the last one included.
        every: How often it is due; None for what is due once.
    """

    start: Start | None = None
    within_days: int = 0
    every: Every | None = None

    def last_day(self, today: date, created_on: date | None) -> date | None:
        """The last day on which it can be met in time; None where nobody knows it yet.

        Args:
            today: The site's local day.
            created_on: When the account was created, None where it is not on record.
        """
        if self.every is Every.CALENDAR_YEAR:
            return date(today.year, 12, 31)
        return days_later(created_on, self.within_days) if created_on is not None else None


@dataclass(frozen=True, slots=True)
class PolicySource:
    """Where rules come from.

    Attributes:
        key: Its name in the file.
        title: The page or standard, as it calls itself.
        url: Its address, empty where it has none.
        read_on: When it was read, None for what is the organisation's own.
    """

    key: str
    title: str
    url: str = ""
    read_on: date | None = None


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One rule of the programme.

    Attributes:
        code: Stable name of the rule, and of the finding it can give.
        rule: The programme's point, ``P1`` to ``P15``.
        severity: Whether it stops the work.
        value: Its figure, None where it has none.
        unit: What the figure counts: ``days`` ...
        source: The key of where the rule comes from (`Policy.sources`).
        judged: Whether a bench can judge it.
        due: When it has to be met, None for always.
        evidence: What proves that it is met, or not: ``evidence.<word>`` is its text.
        way_on: Key of the one thing to do: ``way_on.<key>``; empty for the code itself.
        override: Who may let work go on against it.
    """

    code: str
    rule: str
    severity: Severity
    value: int | None
    unit: str
    source: str
    judged: Judged = Judged.SCAN
    due: Due | None = None
    evidence: str = ""
    way_on: str = ""
    override: Answerable = Answerable.NONE


NOBODY: Final = "nobody"
EVERYBODY: Final = "everybody"
FOOTWEAR: Final = "footwear"
"""The item of shoes and heel straps: who wears them differs from site to site."""


def asked_of(words: Sequence[str]) -> tuple[str, ...]:
    """Of whom a test is asked: one of the two words alone, or ids and badge numbers.

    Raises:
        ValueError: One of the two words stands beside others, or there is nothing.
    """
    if not words or (len(words) > 1 and not {NOBODY, EVERYBODY}.isdisjoint(words)):
        raise ValueError(" ".join(words))
    return tuple(words)


@dataclass(frozen=True, slots=True)
class EsdTest:
    """One line of the ESD plan: what is tested, and how often, unless the organisation says so.

    Attributes:
        item: ``wrist``, ``footwear``, ``mat``, ``ground_point`` or ``floor``.
        channels: The channels whose limits a test of it is judged by.
        every_days: Days from one test to the next.
        source: The key of where this comes from.
        asked_of: Of whom what is worn is asked, on their days of work (`asked_of`).
    """

    item: str
    channels: tuple[str, ...]
    every_days: int
    source: str
    asked_of: tuple[str, ...] = (EVERYBODY,)

    @property
    def is_worn(self) -> bool:
        """Whether it is measured on a person, so that its days are that person's."""
        return all(one in WORN for one in self.channels)


def _no_tests() -> Mapping[str, EsdTest]:
    return MappingProxyType({})


def _no_sources() -> Mapping[str, PolicySource]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Policy:
    """A whole policy file.

    Attributes:
        region: Whose programme: ``se`` ...
        edition: The file's version, stored with what it judged.
        rows: The rules by code.
        esd_limits: The limits by profile and channel.
        esd_profile: The profile that applies unless the organisation's plan names another.
        esd_tests: The ESD plan by item.
        sources: Where the rules come from, by key.
    """

    region: str
    edition: str
    rows: Mapping[str, PolicyRow]
    esd_limits: Mapping[str, Mapping[str, EsdLimit]]
    esd_profile: str
    esd_tests: Mapping[str, EsdTest] = field(default_factory=_no_tests)
    sources: Mapping[str, PolicySource] = field(default_factory=_no_sources)

    def limit(self, channel: str, profile: str | None = None) -> EsdLimit | None:
        """The limit of a channel in a profile, None where the profile has none."""
        return self.esd_limits.get(profile or self.esd_profile, {}).get(channel)

    def value(self, code: str) -> int:
        """The figure of a row, 0 where it has none."""
        row = self.rows.get(code)
        return (row.value or 0) if row is not None else 0

    def asking_footwear(self, words: Sequence[str]) -> "Policy":
        """The policy of a site that says itself who wears ESD footwear.

        Args:
            words: As `asked_of` takes them.

        Raises:
            ValueError: As for `asked_of`.
        """
        of_whom, line = asked_of(words), self.esd_tests.get(FOOTWEAR)
        if line is None:
            return self
        tests = {**self.esd_tests, FOOTWEAR: replace(line, asked_of=of_whom)}
        return replace(self, esd_tests=MappingProxyType(tests))

    def rule(self, point: str) -> tuple[PolicyRow, ...]:
        """Every row of one of the programme's points, in the file's order."""
        return tuple(row for row in self.rows.values() if row.rule == point)
