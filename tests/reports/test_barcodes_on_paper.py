"""Every barcode is read back from the drawn page by a decoder that shares no code with us."""

from typing import Any

import pypdfium2
import pytest
import zxingcpp

from app.domain.commands import COMMANDS
from app.domain.keyboard_test import KEYBOARD_TEST
from app.domain.labels import Label, LabelKind, read_label
from app.domain.people import Person, Role
from app.reports import render_badges, render_command_sheet, render_repair_report
from app.services.report_model import RepairReport
from app.texts import Language, texts

DPI = 200
"""Less than any office printer."""


def scanned(raw: bytes) -> list[str]:
    """What a reader finds on the pages, in the order of reading."""
    found: list[str] = []
    page: Any  # the library's types have holes
    with pypdfium2.PdfDocument(raw) as document:
        for page in document:
            picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
            found += [code.bytes.decode() for code in zxingcpp.read_barcodes(picture)]
    return found


@pytest.mark.parametrize("language", list(Language))
def test_the_reports_code_names_the_newest_entry(report: RepairReport, language: Language) -> None:
    assert scanned(render_repair_report(report, texts(language))) == [report.mark.code]


def test_the_command_sheet_reads_back_as_every_command() -> None:
    found = scanned(render_command_sheet(texts(Language.SWEDISH)))
    found.remove(KEYBOARD_TEST)
    labels = [read_label(text) for text in found]
    assert {one.body for one in labels if isinstance(one, Label)} == COMMANDS.keys()
    assert len(labels) == len(COMMANDS)


def test_a_badge_reads_back_as_its_number() -> None:
    person = Person("elsa", "Elsa Åkerström", "A1001", Role.LEAD)
    (text,) = scanned(render_badges([person], texts(Language.ENGLISH)))
    assert read_label(text) == Label(LabelKind.BADGE, "A1001")
