"""Where the organisation stands with the programme: by rule, by point, and as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.policy import PolicySource, Severity
from app.domain.programme.counted import Counted
from app.domain.programme.situation import Situation


class State(StrEnum):
    """Where a rule stands today."""

    MET = "met"
    SOON = "soon"
    """Nothing is broken today, but it will be on a known day unless somebody acts."""
    FAILED = "failed"
    UNKNOWN = "unknown"
    """What is on record does not tell; it never counts as met."""
    NOT_JUDGED = "not_judged"
    """Nothing to judge: it is asked for later, elsewhere or not here."""


class Qualifies(StrEnum):
    """Whether the organisation qualifies for the programme."""

    YES = "yes"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a rule counts.

    Attributes:
        value: What there is; None when unknown.
        required: What is asked for; None where nothing is.
        unit: What both count: ``products``, ``percent`` ...
    """

    value: int | None = None
    required: int | None = None
    unit: str = ""

    @property
    def gap(self) -> int | None:
        """What is lacking, 0 for nothing; None when it cannot be said."""
        if self.value is None or self.required is None:
            return None
        return max(0, self.required - self.value)


NO_FIGURES: Final = Figures()
"""A rule that counts nothing."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One more thing to know about a rule: ``programme.detail.<code>`` is its text."""

    code: str
    fields: tuple[tuple[str, str], ...] = ()


def counted_detail(counted: Counted) -> Detail:
    """As of which day something was counted, and where it was looked up."""
    return Detail("counted", (("day", counted.on.isoformat()), ("source", counted.source)))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of one rule.

    Attributes:
        state: Where it stands.
        figures: What it counts.
        fails_on: The first day on which it no longer holds if nobody acts, None for never; of a
            rule that has failed, the first day on which it did not hold, None where unknown.
        to_do: Key of the one next thing (``way_on.<key>``), empty for the rule's own.
        details: What else is to be known.
    """

    state: State
    figures: Figures = NO_FIGURES
    fails_on: date | None = None
    to_do: str = ""
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleStanding:
    """Where one rule of the policy stands.

    Attributes:
        code: The rule's name; ``rule.<code>`` is its text.
        rule: The programme's point, ``P1`` ...
        severity: What it does: a rule that blocks is required.
        state: Where it stands.
        figures: What it counts.
        evidence: What proves it (``evidence.<word>``).
        fails_on: As in `Judgement`.
        to_do: Key of the one next thing (``way_on.<key>``), empty where nothing is to be done.
        source: Key of where the rule comes from.
        details: What else is to be known.
        asked: The policy's own figure, which the rule's text names; None where it has none.
    """

    code: str
    rule: str
    severity: Severity
    state: State
    figures: Figures
    evidence: str
    fails_on: date | None
    to_do: str
    source: str
    details: tuple[Detail, ...] = ()
    asked: int | None = None

    @property
    def is_required(self) -> bool:
        """Whether the organisation has to meet it to qualify."""
        return self.severity is Severity.BLOCK

    @property
    def stands_in_the_way(self) -> bool:
        """Whether it keeps the organisation from qualifying today."""
        return self.is_required and self.state in {State.FAILED, State.UNKNOWN}


_WORST: Final[Mapping[State, int]] = MappingProxyType(
    {
        State.FAILED: 0,
        State.UNKNOWN: 1,
        State.SOON: 2,
        State.MET: 3,
        State.NOT_JUDGED: 4,
    }
)


@dataclass(frozen=True, slots=True)
class PointStanding:
    """Where one point of the programme stands: all its rules, in the policy's order."""

    rule: str
    rules: tuple[RuleStanding, ...]

    @property
    def leading(self) -> RuleStanding:
        """The rule to look at first: what stands in the way, then what is worst."""
        return min(self.rules, key=lambda one: (not one.stands_in_the_way, _WORST[one.state]))

    @property
    def state(self) -> State:
        """The state of all its rules; one that is only advised never fails the point."""
        leading = self.leading
        if leading.is_required or leading.state not in {State.FAILED, State.UNKNOWN}:
            return leading.state
        return State.SOON

    @property
    def to_do(self) -> str:
        """The one next thing: of the rule to look at first, else of the next that has one."""
        return next((one.to_do for one in (self.leading, *self.rules) if one.to_do), "")

    @property
    def fails_on(self) -> date | None:
        """The day on which the first of its rules fails, None for never."""
        return min((one.fails_on for one in self.rules if one.fails_on is not None), default=None)


@dataclass(frozen=True, slots=True)
class ProgrammeStanding:
    """Where the organisation stands with the programme.

    Attributes:
        situation: What it was judged from.
        region: Whose programme.
        edition: The policy's edition.
        points: P1 to P15.
        sources: Where the rules come from, by key.
    """

    situation: Situation
    region: str
    edition: str
    points: tuple[PointStanding, ...]
    sources: Mapping[str, PolicySource]

    @property
    def rules(self) -> tuple[RuleStanding, ...]:
        """Every rule, point by point."""
        return tuple(rule for point in self.points for rule in point.rules)

    @property
    def in_the_way(self) -> tuple[RuleStanding, ...]:
        """The rules that keep the organisation from qualifying."""
        return tuple(rule for rule in self.rules if rule.stands_in_the_way)

    @property
    def running_out(self) -> tuple[RuleStanding, ...]:
        """The required rules that fail on a known day unless somebody acts, the first one first."""
        soon = (
            (rule.fails_on, rule)
            for rule in self.rules
            if rule.is_required and rule.state is State.SOON and rule.fails_on is not None
        )
        return tuple(rule for _, rule in sorted(soon, key=lambda one: one[0]))

    @property
    def qualifies(self) -> Qualifies:
        """Whether the organisation qualifies; what is unknown never counts for it."""
        return qualifies(self.rules)


def qualifies(rules: tuple[RuleStanding, ...]) -> Qualifies:
    """Whether an organisation where these rules stand so qualifies."""
    states = {rule.state for rule in rules if rule.stands_in_the_way}
    if State.FAILED in states:
        return Qualifies.NOT_YET
    return Qualifies.UNKNOWN if states else Qualifies.YES
