"""The readiness report's heart: what stands in the way, and every point with what is to be done."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from app.domain.policy import Severity
from app.domain.programme import RuleStanding, State
from app.reports.faces import Weight
from app.reports.flow import Flow
from app.reports.lines import BAD, DOUBT, GOOD, LABEL, STRONG, Run
from app.reports.page import INK, TINT, Style
from app.reports.wording import Wording
from app.services.programme_words import (
    number_text,
    say_detail,
    say_figures,
    say_rule,
    say_to_do,
    say_unit,
)
from app.services.readiness_model import ReadinessReport

PLAIN: Final = Style(7.6, Weight.SEMIBOLD, INK, TINT)
_CHIPS: Final[Mapping[State, tuple[str, Style]]] = MappingProxyType(
    {
        State.MET: ("✓", GOOD),
        State.SOON: ("▲", DOUBT),
        State.FAILED: ("✗", BAD),
        State.UNKNOWN: ("?", DOUBT),
        State.NOT_JUDGED: ("○", PLAIN),
    }
)
"""A state's shape and its plate: with its word, three signs for one thing."""
_ASKED: Final = ("readiness.have", "readiness.asked")
_KEPT: Final = ("readiness.in_order", "readiness.in_all")
"""For what is counted off all there is: what is not in order is told beside it, and not lacking."""
_LABELS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "own_products": _KEPT,
        "apple_products": _KEPT,
        "apple_warranties": _KEPT,
        "apple_parts": _KEPT,
        "defective_returns": _KEPT,
        "quality_control": _KEPT,
        "calibration_ends_soon": _KEPT,
        "esd_test_missed": _KEPT,
        "vouchers": ("readiness.used", "readiness.given"),
    }
)
"""What the two figures of a rule are called, where they are not what there is and what is asked."""
_BROKEN: Final = frozenset({State.FAILED, State.UNKNOWN})


def chip(words: Wording, state: State) -> Run:
    """A state as shape, word and colour."""
    return plate(words.texts.say(f"programme.state.{state.value}"), state)


def plate(said: str, state: State) -> Run:
    """A word with the shape and the colour of a state."""
    shape, style = _CHIPS[state]
    return Run(f"{shape}\N{NO-BREAK SPACE}{said}", style)


def summary(flow: Flow, report: ReadinessReport, words: Wording) -> None:
    """What keeps the organisation from qualifying, and what will, each with what is to be done."""
    standing = report.standing
    for key, rules in (
        ("readiness.in_the_way", standing.in_the_way),
        ("readiness.running_out", standing.running_out),
    ):
        if rules:
            flow.heading(words.say(key))
            flow.grid(
                (
                    (words.say("readiness.points.rule"), 0.4),
                    (words.say("readiness.points.state"), 0.23),
                    (words.say("readiness.points.to_do"), 0.37),
                ),
                (
                    (
                        [Run(rule.rule, STRONG), Run(say_rule(words.texts, rule))],
                        [chip(words, rule.state), *_short(rule, words)],
                        _to_do(rule, words),
                    )
                    for rule in rules
                ),
            )


def _short(rule: RuleStanding, words: Wording) -> list[Run]:
    """The figures on one line."""
    said = say_figures(words.texts, rule.figures)
    return [Run(said)] if said else []


def points(flow: Flow, report: ReadinessReport, words: Wording) -> None:
    """Every rule of every point."""
    flow.heading(words.say("readiness.points"))
    flow.grid(
        (
            (words.say("readiness.points.rule"), 0.27),
            (words.say("readiness.points.state"), 0.22),
            (words.say("readiness.points.evidence"), 0.26),
            (words.say("readiness.points.to_do"), 0.25),
        ),
        (
            _cells(point.rule if place == 0 else "", rule, report, words)
            for point in report.standing.points
            for place, rule in enumerate(point.rules)
        ),
    )


def _cells(
    point: str, rule: RuleStanding, report: ReadinessReport, words: Wording
) -> Sequence[Sequence[Run]]:
    texts = words.texts
    name = texts.say(f"programme.point.{point}") if point else ""
    head = [Run(f"{point} {name}", STRONG)] if point else []
    advice = [Run(words.say("readiness.advice"), LABEL)] if _is_advice(rule) else []
    details = [Run(say_detail(texts, one)) for one in rule.details]
    evidence = Run(texts.say(f"evidence.{rule.evidence}"), STRONG)
    place = report.source_number(rule.source)
    cited = [Run(str(place), LABEL, words.say("readiness.source"))] if place else []
    return (
        [*head, Run(say_rule(texts, rule)), *advice],
        [chip(words, rule.state), *_figures(rule, words)],
        [evidence, *details, *cited],
        _to_do(rule, words),
    )


def _is_advice(rule: RuleStanding) -> bool:
    """Whether it is no requirement, but worth being told that something is not in order."""
    return rule.severity is not Severity.BLOCK and rule.state in _BROKEN


def _figures(rule: RuleStanding, words: Wording) -> list[Run]:
    """What there is, what is asked for, and what is lacking, below one another."""
    figures = rule.figures
    if figures.required is None or (figures.value is None and rule.state is State.NOT_JUDGED):
        return []
    texts = words.texts

    def count(number: int) -> str:
        return f"{number_text(texts, number)} {say_unit(texts, figures, number)}"

    have, asked = map(words.say, _LABELS.get(rule.code, _ASKED))
    runs = [
        words.missing("readiness.unknown", have)
        if figures.value is None
        else Run(count(figures.value), STRONG, have),
        Run(count(figures.required), label=asked),
    ]
    if figures.gap and rule.code not in _LABELS:
        runs.append(Run(count(figures.gap), STRONG, words.say("readiness.gap")))
    return runs


def _to_do(rule: RuleStanding, words: Wording) -> list[Run]:
    """What to do and by when; or until when it holds."""
    said = say_to_do(words.texts, rule)
    runs = [Run(said)] if said else [Run(words.say("readiness.nothing"), LABEL)]
    if rule.fails_on is None:
        return runs
    if rule.state is State.FAILED:
        when = Run(words.day(rule.fails_on), STRONG, words.say("readiness.since"))
    else:
        key = "readiness.by" if rule.state is State.SOON else "readiness.until"
        when = Run(words.day(_last_good(rule.fails_on)), STRONG, words.say(key))
    return [*runs, when]


def _last_good(fails_on: date) -> date:
    return fails_on - timedelta(days=1)
