"""What stands on the paper: a report drawn, and its text read back."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.reports import render_repair_report
from app.services.report_model import (
    RepairReport,
)
from app.texts import Language, texts

SV, EN = texts(Language.SWEDISH), texts(Language.ENGLISH)
BOTH = pytest.mark.parametrize("language", list(Language))


def read(report: RepairReport, language: Language = Language.ENGLISH) -> PdfReader:
    return PdfReader(BytesIO(render_repair_report(report, texts(language))))


def said(report: RepairReport, language: Language = Language.ENGLISH) -> str:
    """The text of all pages, each run of white space as one blank."""
    pages = read(report, language).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def unbroken(text: str) -> str:
    return re.sub(r"\s", "", text)
