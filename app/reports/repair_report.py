"""Draw the repair report: a model and a language in, PDF out."""

from dataclasses import replace

from app.domain.repairs import Step
from app.reports.faces import REPLACEMENT, Weight
from app.reports.flow import BOTTOM, INNER, LEFT, RIGHT, TOP, Fact, Flow
from app.reports.letterhead import running_head
from app.reports.lines import BAD, BODY, DOUBT, GOOD, LABEL, SMALL, STRONG, Run, fitted
from app.reports.page import ACCENT, HAIR, INK, Document, Style, Words
from app.reports.pdf import pdf_of
from app.reports.repair_diagnostics import diagnostics
from app.reports.repair_proof import proof, signature
from app.reports.repair_sections import (
    conflicts,
    esd,
    fault,
    findings,
    notes,
    ownership,
    parts,
    people,
    product,
    steps,
)
from app.reports.wording import Wording
from app.services.report_model import RepairReport
from app.texts import Texts

NAME = Style(12, Weight.SEMIBOLD)
TITLE = Style(21, Weight.SEMIBOLD)
NUMBER = Style(21, Weight.SEMIBOLD, ACCENT)


def render_repair_report(report: RepairReport, texts: Texts) -> bytes:
    """The repair report as PDF: A4, searchable, the same bytes for the same report and language.

    Args:
        report: What it says.
        texts: The language to say it in.

    Raises:
        ReportFaultError: A shipped font is missing.
    """
    return pdf_of(repair_document(report, texts))


def repair_document(report: RepairReport, texts: Texts) -> Document:
    """The pages of the repair report, laid out and numbered."""
    words = Wording(texts)
    title = words.say("title.numbered", number=report.number)
    flow = Flow(running_head(report.organisation, title))
    _head(flow, report, words)
    _state(flow, report, words)
    for section in (
        conflicts,
        product,
        ownership,
        fault,
        diagnostics,
        steps,
        parts,
        esd,
        findings,
        notes,
        people,
        signature,
        proof,
    ):
        section(flow, report, words)
    _feet(flow, report, words)
    return Document(
        title=title,
        author=report.organisation.name,
        subject=words.say("subject", serial=report.serial),
        language=texts.language.value,
        pages=tuple(flow.pages),
    )


def _head(flow: Flow, report: RepairReport, words: Wording) -> None:
    organisation = report.organisation
    flow.y = TOP - 4
    top = flow.y
    flow.paragraph([words.value(organisation.name, NAME)], width=INNER * 0.68)
    flow.y -= 2
    flow.paragraph([words.value(organisation.site)], width=INNER * 0.68)
    account = words.value(organisation.account, STRONG)
    flow.text_right(RIGHT, top + 10, words.say("account"), LABEL)
    if flow.is_room(account.text, account.style, INNER * 0.3):
        flow.text_right(RIGHT, top + 22, account.text, account.style)
    else:
        flow.paragraph([account])
    flow.gap(6)
    flow.rule(flow.y, ACCENT, 1.4)
    flow.gap(26)
    flow.text(LEFT, flow.y, words.say("title"), TITLE)
    number = words.value(report.number, NUMBER)
    if flow.is_room(number.text, NUMBER, INNER * 0.5):
        flow.text_right(RIGHT, flow.y, number.text, NUMBER)
    else:
        flow.paragraph([replace(number, style=STRONG)])
    flow.gap(14)


def _state(flow: Flow, report: RepairReport, words: Wording) -> None:
    """Where the repair stands, and what the reader must know before anything else."""
    done = report.step is Step.COMPLETED
    chip = GOOD if done and not report.conflicts else DOUBT
    status = [Run(words.named("step", report.step), chip)]
    if report.conflicts:
        count = words.texts.count("report.conflicts.count", len(report.conflicts))
        status.append(Run(count, BAD))
    gsx = Run(report.gsx, STRONG) if report.gsx else Run(words.say("gsx.none"))
    flow.facts(
        (
            Fact(words.say("summary.status"), status, 2),
            Fact(words.say("summary.gsx"), [gsx], 2),
            Fact(words.say("summary.received"), [Run(words.instant(report.opened_at))], 3),
            Fact(words.say("summary.as_of"), [Run(words.instant(report.mark.at))], 3),
        ),
        columns=10,
    )
    if report.step is Step.CANCELLED:
        flow.paragraph([Run(words.say("cancelled"), STRONG)])
    elif not done:
        flow.paragraph([Run(words.say("interim"), STRONG)])
    flow.paragraph([Run(_zone(report, words), SMALL)])
    _missing(flow, report, words)


def _zone(report: RepairReport, words: Wording) -> str:
    """Whose time the report tells."""
    if report.zone_known:
        return words.say("zone", zone=report.zone)
    named = report.organisation.time_zone
    return words.say("zone.unknown", zone=named) if named else words.say("zone.missing")


def _missing(flow: Flow, report: RepairReport, words: Wording) -> None:
    """What the report lacks, in one place: nothing is left blank silently."""
    if not report.gaps:
        return
    lacks = "; ".join(words.named("gap", code) for code in report.gaps)
    flow.gap(4)
    flow.paragraph([Run(words.say("missing.title"), DOUBT)])
    flow.paragraph([Run(f"{lacks[:1].upper()}{lacks[1:]}.", BODY)])


def _feet(flow: Flow, report: RepairReport, words: Wording) -> None:
    """The foot of every page, once it is known how many there are."""
    total = len(flow.pages)
    replaced = words.say("replaced", sign=REPLACEMENT)
    mark = fitted(f"{report.number} · {report.mark.hash[:16]}", SMALL, INNER * 0.7)
    for number, page in enumerate(flow.pages, 1):
        odd = any(isinstance(one, Words) and REPLACEMENT in one.text for one in page.marks)
        foot = Flow()
        foot.pages = [page]
        y = BOTTOM + 14
        foot.rule(y, INK if number == total else HAIR)
        foot.text(LEFT, y + 11, mark, SMALL)
        foot.text_right(RIGHT, y + 11, words.say("page", page=number, pages=total), SMALL)
        if odd:
            foot.text(LEFT, y + 21, replaced, SMALL)
