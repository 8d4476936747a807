"""Text from anywhere is printed as text: nothing in it is read, hidden or breaks the page."""

from dataclasses import replace

import pytest

from app.reports import render_repair_report
from app.reports.faces import REPLACEMENT, face
from app.reports.page import HEIGHT, MM, WIDTH, Words
from app.reports.repair_report import repair_document
from app.services.report_model import (
    Actor,
    ConflictLine,
    EsdRecord,
    FindingLine,
    NoteLine,
    RepairReport,
)
from app.texts import Language
from tests.reports.papers import BOTH, EN, said

HOSTILE = (
    "<b>bold</b> & &amp; <img src='file:///etc/passwd'/> <para>",
    "%s {0} {name} \\n %PDF-1.7 (unbalanced ) > stream endstream",
    "../../etc/passwd\\..\\C:",
)


@BOTH
@pytest.mark.parametrize("hostile", HOSTILE)
def test_markup_is_printed_and_never_read(
    report: RepairReport, language: Language, hostile: str
) -> None:
    note = replace(report.notes[0], text=hostile)
    assert " ".join(hostile.split()) in said(replace(report, notes=(note,)), language)


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\x00", "null"),
        ("\x1b", "escape"),
        ("\u200b", "zero width"),
        ("\u202e", "right to left override"),
        ("\ud800", "lone surrogate"),
        ("\U0001f50b", "emoji"),
        ("王", "han"),
        ("\ue001", "private use"),
        ("\u0301", "accent without a letter"),
    ],
)
def test_what_the_typeface_lacks_is_replaced_visibly(
    report: RepairReport, char: str, name: str
) -> None:
    text = said(replace(report, diagnosis=f"a{char}" if name.startswith("acc") else f"1{char}2"))
    if name.startswith("acc"):
        assert "á" in text
        return
    assert f"1{REPLACEMENT}2" in text
    assert f"{REPLACEMENT} stands for a character that this typeface cannot show." in text


def test_a_report_without_replacements_does_not_explain_them(report: RepairReport) -> None:
    assert REPLACEMENT not in said(report)


def test_tabs_and_line_ends_become_blanks_and_lines(report: RepairReport) -> None:
    text = said(replace(report, diagnosis="one\ttwo\r\nthree\rfour"))
    assert "one two three four" in text


def hostile_everywhere(report: RepairReport, text: str) -> RepairReport:
    assert report.product is not None
    assert report.signature is not None
    actor = Actor(text, text)
    return replace(
        report,
        organisation=replace(report.organisation, name=text, site=text, account=text),
        number=text,
        serial=text,
        symptom=text,
        diagnosis=text,
        product=replace(
            report.product, serial=text, model=text, tag=text, holder=text, proof=text, lessor=text
        ),
        steps=(replace(report.steps[0], actor=actor),),
        parts=(replace(report.parts[0], number=text, name=text, kgb=text, kbb=text, source=text),),
        esd=EsdRecord(
            1, (replace(report.esd.readings[0], person=actor, channel=text, tester_name=text),), ()
        ),
        findings=(FindingLine(text, text, text, text, text),),
        notes=(NoteLine(text, report.opened_at, actor),),
        conflicts=(ConflictLine(text, text, None, actor, text),),
        workers=(replace(report.workers[0], actor=actor, tech_id=text),),
        signature=replace(report.signature, actor=actor, content_hash=text),
    )


@pytest.mark.parametrize(
    "text",
    ["X" * 5000, "\x00" * 300, "\n" * 300, "王 " * 500, "</para>" * 200, " ", "\t", "ﷺ" * 50],
)
def test_no_field_can_break_the_page(report: RepairReport, text: str) -> None:
    document = repair_document(hostile_everywhere(report, text), EN)
    right = WIDTH - 10 * MM
    for page in document.pages:
        for mark in page.marks:
            if isinstance(mark, Words):
                end = mark.x + face(mark.style.weight).width(mark.text, mark.style.size)
                assert mark.x >= 20 * MM
                assert end <= right
                assert 10 * MM < mark.y < HEIGHT - 8 * MM
    assert render_repair_report(hostile_everywhere(report, text), EN).startswith(b"%PDF")


def test_a_very_long_text_is_printed_to_its_end(report: RepairReport) -> None:
    numbers = " ".join(str(number) for number in range(20_000))
    note = replace(report.notes[0], text=numbers)
    lengthy = replace(report, notes=(note,), diagnosis=numbers)
    # Between its lines stand the feet and heads of pages; every number is there, once per text.
    words = said(lengthy).split()
    for number in ("12345", "15000", "17777", "19999"):
        assert words.count(number) == 2
