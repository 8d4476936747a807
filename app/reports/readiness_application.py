"""The end of the readiness report: the application's data, the other channels, and the sources."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.domain.account import Standing
from app.domain.equipment import Equipment, EquipmentKind
from app.domain.people import Certification
from app.domain.policy import PolicySource
from app.domain.programme import Qualifies
from app.reports.flow import Fact, Flow
from app.reports.lines import BODY, LABEL, MISSING, STRONG, Run
from app.reports.wording import Wording
from app.services.programme_words import number_text
from app.services.readiness_model import (
    Application,
    FamilyLine,
    ReadinessReport,
    TechnicianLine,
)

PROGRAMME: Final = "programme"
"""The key of the programme's own page among the sources."""


def channels(flow: Flow, report: ReadinessReport, words: Wording) -> None:
    """Who repairs otherwise, for an organisation that does not qualify (P15)."""
    if not report.channels:
        return
    flow.heading(words.say("readiness.channels"))
    flow.paragraph([Run(words.say("readiness.channels.how"))])
    flow.grid(
        (
            (words.say("readiness.channels.name"), 0.3),
            (words.say("readiness.channels.way"), 0.34),
            (words.say("readiness.channels.where"), 0.36),
        ),
        (
            (
                [Run(words.texts.say(f"channel.{one.key}"), STRONG)],
                [Run(words.texts.say(f"channel.{one.key}.how"))],
                [Run(_titled(words, f"channel.{one.key}.page", one.title)), Run(one.url, LABEL)],
            )
            for one in report.channels
        ),
    )


def application(flow: Flow, report: ReadinessReport, words: Wording) -> None:
    """The application's data, so far as they are on record."""
    told = report.application
    flow.heading(words.say("readiness.application"))
    page = report.standing.sources.get(PROGRAMME)
    how = [Run(words.say("readiness.application.how"))]
    if report.standing.qualifies is Qualifies.YES and page is not None:
        how.append(Run(page.url, STRONG, words.say("readiness.application.on")))
    flow.paragraph(how)
    _organisation(flow, report, words)
    _base(flow, told, words)
    _technicians(flow, told, words)
    _equipment(flow, report, words)


def _organisation(flow: Flow, report: ReadinessReport, words: Wording) -> None:
    organisation, told = report.organisation, report.application
    terms = organisation.terms
    number = (
        Run(organisation.account, STRONG)
        if organisation.account
        else Run(words.say("readiness.account.none"), MISSING)
    )
    standing = "" if terms.standing is Standing.UNKNOWN else terms.standing.value
    servers = [Run(_named(one.name, one.place, one.id)) for one in told.servers]
    contact = [Run(told.contact)] if told.contact else [Run(one) for one in told.contacts]
    missing = [words.missing("not_on_record")]
    flow.facts(
        (
            Fact(words.say("readiness.organisation"), [words.value(organisation.name)]),
            Fact(words.say("readiness.site"), [words.value(organisation.site)]),
            Fact(words.say("readiness.account"), [number]),
            Fact(
                words.say("readiness.account.created"), [words.value(words.day(terms.created_on))]
            ),
            Fact(
                words.say("readiness.account.standing"),
                [words.value(words.named("readiness.standing", standing))],
            ),
            Fact(words.say("readiness.server"), servers or missing),
            Fact(words.say("readiness.contact"), contact or missing, span=3),
        )
    )


def _named(*parts: str) -> str:
    """The first parts that say something, with the place behind the name."""
    name, place, fallback = parts
    return ", ".join(one for one in (name or fallback, place) if one)


def _base(flow: Flow, told: Application, words: Wording) -> None:
    flow.heading(words.say("readiness.base"))
    total = told.base[-1]
    if not total.held:
        flow.paragraph([words.missing("readiness.base.none")])
        return
    names = ("family", "owned", "leased", "held", "proven", "share")
    shares = (0.25, 0.15, 0.15, 0.15, 0.15, 0.15)
    flow.grid(
        [
            (words.say(f"readiness.base.{name}"), share)
            for name, share in zip(names, shares, strict=True)
        ],
        (_family(one, words) for one in told.base),
    )


def _family(line: FamilyLine, words: Wording) -> Sequence[Sequence[Run]]:
    texts = words.texts
    style = STRONG if line.family is None else BODY
    name = (
        words.say("readiness.base.all")
        if line.family is None
        else words.named("family", line.family.value)
    )
    share = (
        words.say("readiness.none")
        if line.coverage is None
        else f"{line.coverage}\N{NO-BREAK SPACE}%"
    )
    numbers = (line.owned, line.leased, line.held, line.proven)
    return (
        [Run(name, style)],
        *([Run(number_text(texts, one), style)] for one in numbers),
        [Run(share, style)],
    )


def _technicians(flow: Flow, told: Application, words: Wording) -> None:
    flow.heading(words.say("readiness.technicians"))
    if not told.technicians:
        flow.paragraph([words.missing("readiness.technicians.none")])
        return
    flow.grid(
        (
            (words.say("readiness.technicians.name"), 0.3),
            (words.say("readiness.technicians.tech_id"), 0.2),
            (words.say("readiness.technicians.held"), 0.5),
        ),
        (_technician(one, words) for one in told.technicians),
    )


def _technician(line: TechnicianLine, words: Wording) -> Sequence[Sequence[Run]]:
    held: list[Run] = []
    for one in line.certifications:
        held.append(Run(_certification(one, words)))
        held.append(words.value(one.proof, label=words.say("readiness.held.proof")))
    return [words.value(line.name, STRONG)], [words.value(line.tech_id)], held


def _certification(one: Certification, words: Wording) -> str:
    families = ", ".join(words.named("family", family.value) for family in one.families)
    start, end = words.day(one.valid_from), words.day(one.valid_until)
    key = "readiness.held.until" if end else "readiness.held.open"
    return words.say(key, name=one.name, families=families, start=start, end=end)


def _equipment(flow: Flow, report: ReadinessReport, words: Wording) -> None:
    told = report.application
    flow.heading(words.say("readiness.equipment"))
    if not told.equipment:
        flow.paragraph([words.missing("readiness.equipment.none")])
        return
    flow.grid(
        (
            (words.say("readiness.equipment.kind"), 0.2),
            (words.say("readiness.equipment.name"), 0.4),
            (words.say("readiness.equipment.place"), 0.2),
            (words.say("readiness.equipment.due"), 0.2),
        ),
        (
            (
                [Run(_kind(one.kind, words))],
                [Run(one.name or one.id, STRONG), *_serial(one.serial, words)],
                [Run(one.place or words.say("readiness.none"))],
                _calibration(one, report.today, words),
            )
            for one in told.equipment
        ),
    )


def _kind(kind: str, words: Wording) -> str:
    key = f"equipment.kind.{kind}"
    return words.texts.say(key) if words.texts.has(key) else kind


def _calibration(piece: Equipment, today: date, words: Wording) -> list[Run]:
    """Until when it holds; an ESD tester is missing it, what needs none has a dash."""
    due = piece.calibration_due
    if due is None:
        is_tester = piece.kind == EquipmentKind.ESD_TESTER
        return [words.value("") if is_tester else Run(words.say("readiness.none"))]
    if due < today:
        return [Run(words.day(due), MISSING), Run(words.say("readiness.equipment.over"), MISSING)]
    return [Run(words.day(due))]


def _titled(words: Wording, key: str, title: str) -> str:
    """What a page or a source is called in this language; its own title where nobody said."""
    return words.texts.say(key) if words.texts.has(key) else title


def _serial(serial: str, words: Wording) -> list[Run]:
    return [Run(serial, label=words.say("esd.serial"))] if serial else []


def _source(source: PolicySource, words: Wording) -> str:
    """A page by its own title; what is none in the reader's language."""
    if source.url:
        return source.title
    return _titled(words, f"report.source.{source.key}", source.title)


def sources(flow: Flow, report: ReadinessReport, words: Wording) -> None:
    """Where the rules come from."""
    flow.heading(words.say("readiness.sources"))
    flow.grid(
        (
            (words.say("readiness.source"), 0.08),
            (words.say("readiness.sources.title"), 0.38),
            (words.say("readiness.sources.url"), 0.4),
            (words.say("readiness.sources.read_on"), 0.14),
        ),
        (
            (
                [Run(str(number), STRONG)],
                [Run(_source(one, words))],
                [Run(one.url or words.say("readiness.none"))],
                [Run(words.day(one.read_on) or words.say("readiness.none"))],
            )
            for number, one in enumerate(report.sources, 1)
        ),
    )
