"""Readiness reports of an organisation that meets everything, but for what a test changes."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO

from pypdf import PdfReader

from app.domain.programme import Qualifies, Situation, programme_standing
from app.reports import render_readiness_report
from app.reports.page import Words
from app.reports.readiness_report import readiness_document
from app.services.channels import shipped_channels
from app.services.ports import Organisation
from app.services.readiness import application_of
from app.services.readiness_model import ReadinessReport
from app.texts import Language, texts
from tests.unit.domain.programme.situations import policy, situation

CET = timezone(timedelta(hours=1))
KTH = Organisation("KTH", "Verkstaden", "0001234567", "Europe/Stockholm")


def ready(
    region: str = "se",
    organisation: Organisation = KTH,
    contact: str = "",
    /,
    **changed: object,
) -> ReadinessReport:
    """A report, as `readiness_report` makes it of a store."""
    at: Situation = situation(**changed)
    standing = programme_standing(at, policy(region))
    cited = dict.fromkeys(rule.source for rule in standing.rules)
    return ReadinessReport(
        organisation=replace(organisation, terms=at.terms),
        zone=organisation.time_zone,
        zone_known=True,
        made_at=datetime(2026, 11, 23, 9, 30, 5, tzinfo=CET),
        standing=standing,
        application=application_of(at, contact),
        channels=() if standing.qualifies is Qualifies.YES else shipped_channels(),
        sources=tuple(standing.sources[key] for key in cited),
    )


def laid_out(report: ReadinessReport, language: Language = Language.ENGLISH) -> str:
    """The words of all pages as they are placed, not drawn: quick."""
    pages = readiness_document(report, texts(language)).pages
    marks = (mark for page in pages for mark in page.marks)
    return " ".join(" ".join(mark.text for mark in marks if isinstance(mark, Words)).split())


def read(report: ReadinessReport, language: Language = Language.ENGLISH) -> PdfReader:
    return PdfReader(BytesIO(render_readiness_report(report, texts(language))))


def said(report: ReadinessReport, language: Language = Language.ENGLISH) -> str:
    """The text of all pages, each run of white space as one blank."""
    pages = read(report, language).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
