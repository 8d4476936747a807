"""The JSON shapes and the lines of ``programme``."""

from collections.abc import Iterator
from datetime import date

from app.domain.equipment import Equipment
from app.domain.programme import Figures, PointStanding, ProgrammeStanding, RuleStanding, State
from app.services.programme_words import say_detail, say_figures, say_rule, say_to_do
from app.services.readiness_model import ReadinessReport
from app.texts import Texts

_SHAPES = {
    State.MET: "+",
    State.SOON: "!",
    State.FAILED: "x",
    State.UNKNOWN: "?",
    State.NOT_JUDGED: "-",
}
"""A state's sign before its word, in letters that every terminal has."""


def standing_document(standing: ProgrammeStanding, texts: Texts) -> dict[str, object]:
    """``programme status``: point by point, with what stands in the way."""
    return {
        "region": standing.region,
        "edition": standing.edition,
        "today": standing.situation.today.isoformat(),
        "qualifies": standing.qualifies.value,
        "in_the_way": [one.code for one in standing.in_the_way],
        "running_out": [
            {"code": one.code, "fails_on": _day(one.fails_on)} for one in standing.running_out
        ],
        "points": [_point(one, standing, texts) for one in standing.points],
    }


def _point(point: PointStanding, standing: ProgrammeStanding, texts: Texts) -> dict[str, object]:
    leading = point.leading
    return {
        "rule": point.rule,
        "text": texts.say(f"programme.point.{point.rule}"),
        "state": point.state.value,
        "figures": _figures(leading.figures),
        "evidence": leading.evidence,
        "fails_on": _day(point.fails_on),
        "to_do": point.to_do,
        "source": leading.source,
        "rules": [_rule(one, standing, texts) for one in point.rules],
    }


def _rule(rule: RuleStanding, standing: ProgrammeStanding, texts: Texts) -> dict[str, object]:
    source = standing.sources.get(rule.source)
    return {
        "code": rule.code,
        "text": say_rule(texts, rule),
        "required": rule.is_required,
        "state": rule.state.value,
        "figures": _figures(rule.figures),
        "evidence": rule.evidence,
        "details": [
            {"code": one.code, **dict(one.fields), "text": say_detail(texts, one)}
            for one in rule.details
        ],
        "fails_on": _day(rule.fails_on),
        "to_do": rule.to_do,
        "to_do_text": say_to_do(texts, rule),
        "source": {
            "key": rule.source,
            "title": source.title if source else "",
            "url": source.url if source else "",
            "read_on": _day(source.read_on) if source else None,
        },
    }


def _figures(figures: Figures) -> dict[str, object]:
    return {
        "value": figures.value,
        "required": figures.required,
        "gap": figures.gap,
        "unit": figures.unit,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def application_document(report: ReadinessReport) -> dict[str, object]:
    """The data of the application."""
    organisation, told = report.organisation, report.application
    return {
        "organisation": organisation.name,
        "site": organisation.site,
        "account": organisation.account,
        "contact": told.contact,
        "contacts": list(told.contacts),
        "base": [
            {
                "family": one.family.value if one.family else "all",
                "owned": one.owned,
                "leased": one.leased,
                "proven": one.proven,
                "coverage_percent": one.coverage,
            }
            for one in told.base
        ],
        "technicians": [
            {
                "name": one.name,
                "tech_id": one.tech_id,
                "certifications": [
                    {
                        "name": held.name,
                        "families": [family.value for family in held.families],
                        "valid_from": held.valid_from.isoformat(),
                        "valid_until": _day(held.valid_until),
                        "proof": held.proof,
                    }
                    for held in one.certifications
                ],
            }
            for one in told.technicians
        ],
        "equipment": [_piece(one) for one in told.equipment],
        "diagnostics_servers": [_piece(one) for one in told.servers],
    }


def _piece(piece: Equipment) -> dict[str, object]:
    return {
        "id": piece.id,
        "kind": piece.kind,
        "name": piece.name,
        "serial": piece.serial,
        "place": piece.place,
        "calibration_due": _day(piece.calibration_due),
    }


def standing_lines(standing: ProgrammeStanding, texts: Texts) -> Iterator[str]:
    """The standing for a person at a terminal: the sentence, then every rule."""
    yield texts.say(f"programme.qualifies.{standing.qualifies.value}")
    day = standing.situation.today.isoformat()
    region = standing.region.upper()
    yield texts.say("cli.programme.judged", day=day, region=region, edition=standing.edition)
    for point in standing.points:
        yield ""
        name = texts.say(f"programme.point.{point.rule}")
        yield f"{_SHAPES[point.state]} {point.rule:<4} {name}: {_state(point.state, texts)}"
        for rule in point.rules:
            yield from _rule_lines(rule, texts)


def _state(state: State, texts: Texts) -> str:
    return texts.say(f"programme.state.{state.value}")


def _rule_lines(rule: RuleStanding, texts: Texts) -> Iterator[str]:
    told = [_state(rule.state, texts), say_figures(texts, rule.figures), _fails(rule, texts)]
    said = "; ".join(one for one in told if one)
    yield f"       {_SHAPES[rule.state]} {say_rule(texts, rule)}: {said}"
    yield from (f"         {say_detail(texts, one)}" for one in rule.details)
    if rule.to_do:
        yield f"         -> {say_to_do(texts, rule)}"


def _fails(rule: RuleStanding, texts: Texts) -> str:
    if rule.fails_on is None:
        return ""
    key = "failed_on" if rule.state is State.FAILED else "fails_on"
    return texts.say(f"cli.programme.{key}", day=rule.fails_on.isoformat())
