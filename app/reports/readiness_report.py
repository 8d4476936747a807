"""Draw the readiness report: a model and a language in, PDF out."""

from typing import Final

from app.domain.programme import Qualifies, State
from app.reports.faces import REPLACEMENT, Weight
from app.reports.flow import BOTTOM, INNER, LEFT, RIGHT, Fact, Flow
from app.reports.letterhead import letterhead, running_head
from app.reports.lines import SMALL, STRONG, Run, fitted
from app.reports.page import HAIR, INK, Document, Style, Words
from app.reports.pdf import pdf_of
from app.reports.readiness_application import application, channels, sources
from app.reports.readiness_points import plate, points, summary
from app.reports.wording import Wording
from app.services.readiness_model import ReadinessReport
from app.texts import Texts

SENTENCE: Final = Style(11.5, Weight.SEMIBOLD)


def render_readiness_report(report: ReadinessReport, texts: Texts) -> bytes:
    """The readiness report as PDF: A4, searchable, the same bytes for the same report and language.

    Args:
        report: What it says.
        texts: The language to say it in.

    Raises:
        ReportFaultError: A shipped font is missing.
    """
    return pdf_of(readiness_document(report, texts))


def readiness_document(report: ReadinessReport, texts: Texts) -> Document:
    """The pages of the readiness report, laid out and numbered."""
    words = Wording(texts)
    flow = Flow(running_head(report.organisation, words.say("readiness.title")))
    letterhead(flow, report.organisation, words.say("readiness.title"), words)
    _verdict(flow, report, words)
    summary(flow, report, words)
    points(flow, report, words)
    channels(flow, report, words)
    application(flow, report, words)
    sources(flow, report, words)
    _feet(flow, report, words)
    return Document(
        title=words.say("readiness.title"),
        author=report.organisation.name,
        subject=words.say("readiness.subject"),
        language=texts.language.value,
        pages=tuple(flow.pages),
    )


def _verdict(flow: Flow, report: ReadinessReport, words: Wording) -> None:
    """Whether the organisation qualifies, in one sentence, with when and by which rules."""
    standing = report.standing
    flow.facts(
        (
            Fact(words.say("readiness.day"), [Run(words.day(report.today), STRONG)], 2),
            Fact(words.say("readiness.programme"), [Run(standing.region.upper(), STRONG)], 2),
            Fact(words.say("readiness.policy"), [words.value(standing.edition)], 3),
            Fact(words.say("readiness.made"), [Run(words.instant(report.made_at))], 3),
        ),
        columns=10,
    )
    qualifies = standing.qualifies
    said = words.say(f"readiness.verdict.{qualifies.value}")
    flow.paragraph([plate(said, _STATES[qualifies])])
    flow.gap(2)
    flow.paragraph([Run(_sentence(report, words), SENTENCE)])
    flow.paragraph([Run(_zone(report, words), SMALL)])


_STATES: Final = {
    Qualifies.YES: State.MET,
    Qualifies.NOT_YET: State.FAILED,
    Qualifies.UNKNOWN: State.UNKNOWN,
}


def _sentence(report: ReadinessReport, words: Wording) -> str:
    name, standing = report.organisation.name.strip(), report.standing
    if not name:
        return words.texts.say(f"programme.qualifies.{standing.qualifies.value}")
    key = f"report.readiness.qualifies.{standing.qualifies.value}"
    if standing.qualifies is Qualifies.YES:
        return words.texts.say(key, name=name)
    return words.texts.count(key, len(standing.in_the_way), name=name)


def _zone(report: ReadinessReport, words: Wording) -> str:
    """Whose time the report tells."""
    if report.zone_known:
        return words.say("zone", zone=report.zone)
    named = report.organisation.time_zone
    return words.say("zone.unknown", zone=named) if named else words.say("zone.missing")


def _feet(flow: Flow, report: ReadinessReport, words: Wording) -> None:
    """The foot of every page, once it is known how many there are."""
    total = len(flow.pages)
    standing = report.standing
    told = {"region": standing.region.upper(), "edition": standing.edition}
    said = words.say("readiness.foot", day=words.day(report.today), **told)
    mark = fitted(said, SMALL, INNER * 0.7)
    for number, page in enumerate(flow.pages, 1):
        odd = any(isinstance(one, Words) and REPLACEMENT in one.text for one in page.marks)
        foot = Flow()
        foot.pages = [page]
        y = BOTTOM + 14
        foot.rule(y, INK if number == total else HAIR)
        foot.text(LEFT, y + 11, mark, SMALL)
        foot.text_right(RIGHT, y + 11, words.say("page", page=number, pages=total), SMALL)
        if odd:
            foot.text(LEFT, y + 21, words.say("replaced", sign=REPLACEMENT), SMALL)
