"""The drawn report says what its model says, in both languages, page by page."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.domain.esd import EsdVerdict
from app.domain.policy import CODES
from app.domain.products import Family, Ownership
from app.domain.repairs import Step
from app.reports import ReportFaultError, render_repair_report
from app.reports.faces import Weight, face
from app.reports.page import MM, Words
from app.reports.repair_report import repair_document
from app.services.repair_report import GAPS
from app.services.report_model import (
    Actor,
    ConflictLine,
    EsdRecord,
    RepairReport,
)
from app.texts import Language, Texts, texts
from tests.reports.papers import BOTH, EN, SV, read, said, unbroken

# ----------------------------------------------------------------------
# What it says
# ----------------------------------------------------------------------


@BOTH
def test_everything_in_the_model_stands_on_the_paper(
    report: RepairReport, language: Language
) -> None:
    text = said(report, language)
    assert report.product is not None
    for expected in (
        report.organisation.name,
        report.organisation.site,
        report.organisation.account,
        report.number,
        report.serial,
        report.product.model,
        report.product.tag,
        report.product.holder,
        *report.product.imeis,
        report.product.lessor,
        report.product.proof,
        report.diagnosis,
        "SE 2026-11",
        "2027-08-31",
        "Apple Business Manager",
        "Elsa Åkerström",
        "T-55012",
        "ACMT",
        "Personnel Grounding Tester 7100",
        "PGT-20417",
        "IEC 61340-5-1",
        "750 kΩ ≤ R < 35 MΩ",
        *(part.number for part in report.parts),
        *(part.name for part in report.parts),
        *(part.kgb for part in report.parts),
        *(part.kbb for part in report.parts),
        "PO-88412",
        "DN-5530017",
        "2026-11-20",
        *(" ".join(note.text.split()) for note in report.notes),
        "ab" * 32,
        report.mark.hash,
    ):
        assert expected in text
    assert report.mark.code in unbroken(text)
    assert "repair-bench journal verify --code" in text


@BOTH
def test_every_step_stands_with_its_time_and_gsx_status(
    report: RepairReport, language: Language
) -> None:
    text = said(report, language)
    for step in report.steps:
        word = texts(language).say(f"report.step.{step.step}")
        gsx = step.gsx or texts(language).say("report.gsx.none")
        moment = step.at.strftime("%Y-%m-%d %H:%M:%S +01:00")
        assert f"{moment} {word} {gsx} Elsa Åkerström" in text


def test_the_swedish_report_is_swedish(report: RepairReport) -> None:
    text = said(report, Language.SWEDISH)
    for expected in (
        "Reparationsrapport",
        "1,05 MΩ",
        "Handledsrem, buren",
        "Vårt Godkänd",
        "Apparatens Godkänd",
        "Leasas av organisationen",
        "Skyddsplan (PP)",
        "Leasingen var på väg att upphöra.",
        "Sida 1 av 2",
        "Skyddade 3 arbetsmoment",
        "Signerad med bricka Elsa Åkerström",
    ):
        assert expected in text
    assert "1.05" not in text


def test_the_english_report_is_english(report: RepairReport) -> None:
    text = said(report)
    for expected in (
        "Repair report",
        "1.05 MΩ",
        "Wrist strap, worn",
        "Ours Pass",
        "Tester Pass",
        "Leased by the organisation",
        "Protection plan (PP)",
        "The lease was about to end.",
        "Page 1 of 2",
        "Guarded 3 pieces of work",
        "Signed by badge Elsa Åkerström",
    ):
        assert expected in text
    assert "1,05" not in text


def test_both_catalogues_hold_the_same_keys_and_fields() -> None:
    def fields(words: dict[str, str]) -> dict[str, list[str]]:
        return {
            key: sorted(re.findall(r"{(\w*)}", text))
            for key, text in words.items()
            if key.startswith("report.")
        }

    assert fields(dict(SV.words)) == fields(dict(EN.words))


@pytest.mark.parametrize("catalogue", [SV, EN])
def test_every_code_has_a_word(catalogue: Texts) -> None:
    conflicts = (
        "wrong_from wrong_identity bad_transition already_open part_claimed_twice nothing_to_undo"
        " conflict_open nothing_to_settle orphan malformed"
    )
    keys = [
        *(f"finding.{code}" for code in CODES),
        *(f"gap.{code}" for code in GAPS),
        *(f"step.{step}" for step in Step),
        *(f"verdict.{verdict}" for verdict in EsdVerdict),
        *(f"ownership.{one}" for one in Ownership),
        *(f"family.{one}" for one in Family),
        *(f"conflict.{code}" for code in conflicts.split()),
    ]
    assert [key for key in keys if not catalogue.has(f"report.{key}")] == []


@BOTH
def test_what_the_product_was_called_before_is_told_with_and_without_its_row(
    report: RepairReport, language: Language
) -> None:
    words = texts(language)
    assert words.say("report.product.former") not in said(report, language)
    renamed = replace(report, former=("F2LXK0ABJC6K", "490154203237518"))
    for each in (renamed, replace(renamed, product=None)):
        text = said(each, language)
        assert words.say("report.product.former") in text
        assert "F2LXK0ABJC6K" in text
        assert "490154203237518" in text


@BOTH
def test_a_symptom_is_told_in_words_where_there_are_any(
    report: RepairReport, language: Language
) -> None:
    words = texts(language)
    known = replace(words, words={**words.words, "symptom.battery_drains": "Laddar ur!"})
    text = PdfReader(BytesIO(render_repair_report(report, known))).pages[0].extract_text()
    assert "Laddar ur!" in text
    other = replace(report, symptom="luktar bränt")
    assert "luktar bränt" in said(other, language)


# ----------------------------------------------------------------------
# Time
# ----------------------------------------------------------------------


def test_the_hour_that_comes_twice_reads_differently(report: RepairReport) -> None:
    night = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001 - the zone is the point of the test
    summer = night.replace(tzinfo=timezone(timedelta(hours=2)))
    winter = night.replace(tzinfo=timezone(timedelta(hours=1)))
    first = report.steps[0]
    text = said(replace(report, steps=(replace(first, at=summer), replace(first, at=winter))))
    assert "2026-10-25 02:30:00 +02:00" in text
    assert "2026-10-25 02:30:00 +01:00" in text


def test_the_first_and_last_years_of_the_calendar_are_printed(report: RepairReport) -> None:
    edges = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    text = said(replace(report, steps=tuple(replace(report.steps[0], at=at) for at in edges)))
    assert "0001-01-01 00:00:00 +00:00" in text
    assert "9999-12-31 23:59:59 +00:00" in text


# ----------------------------------------------------------------------
# The file
# ----------------------------------------------------------------------


@BOTH
def test_the_same_report_is_the_same_bytes(report: RepairReport, language: Language) -> None:
    first = render_repair_report(report, texts(language))
    render_repair_report(replace(report, number="OTHER"), SV)
    assert render_repair_report(report, texts(language)) == first


@BOTH
def test_the_document_says_what_it_is(report: RepairReport, language: Language) -> None:
    reader = read(report, language)
    root = reader.root_object
    assert root["/Lang"] == language.value
    assert reader.metadata is not None
    assert reader.metadata.title == texts(language).say(
        "report.title.numbered", number=report.number
    )
    assert reader.metadata.author == report.organisation.name
    assert report.serial in (reader.metadata.subject or "")
    assert root["/ViewerPreferences"].get_object() == {"/DisplayDocTitle": True}


def test_the_page_is_a4(report: RepairReport) -> None:
    box = read(report).pages[0].mediabox
    assert (round(float(box.width) / MM), round(float(box.height) / MM)) == (210, 297)


def test_only_the_shipped_typeface_is_used_and_embedded(report: RepairReport) -> None:
    names: set[str] = set()
    for page in read(report).pages:
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        fonts = resources["/Font"].get_object()
        assert isinstance(fonts, DictionaryObject)
        for font in fonts.values():
            described = font.get_object()
            names.add(str(described["/BaseFont"]).partition("+")[2])
            assert "/FontFile2" in described["/FontDescriptor"].get_object()
    assert names == {weight.value for weight in Weight}


def test_the_outline_lists_the_sections(report: RepairReport) -> None:
    titles = [one.title for one in read(report).outline if not isinstance(one, list)]
    assert titles[0] == "Product"
    assert titles[-2:] == ["Signature", "Proof"]


def test_every_page_has_its_number_and_the_reports_name(report: RepairReport) -> None:
    note = replace(report.notes[0], text="word " * 200)
    pages = read(replace(report, notes=(note,) * 40)).pages
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert f"Page {number} of {len(pages)}" in text
        assert f"{report.number} · {report.mark.hash[:16]}" in text
        assert ("Repair report K7M2Q9XD" in text) is (number > 1)


def test_a_table_repeats_its_titles_on_every_page(report: RepairReport) -> None:
    pages = read(replace(report, parts=report.parts * 30)).pages
    for page in pages[1:5]:
        assert "Serial numbers" in page.extract_text()


@pytest.mark.parametrize("many", ["notes", "parts", "steps", "conflicts", "readings"])
def test_five_thousand_rows_are_all_printed(report: RepairReport, many: str) -> None:
    builders: dict[str, Callable[[int], RepairReport]] = {
        "notes": lambda n: replace(
            report, notes=tuple(replace(report.notes[0], text=f"R{i:05}") for i in range(n))
        ),
        "parts": lambda n: replace(
            report, parts=tuple(replace(report.parts[0], kgb=f"R{i:05}") for i in range(n))
        ),
        "steps": lambda n: replace(
            report,
            steps=tuple(replace(report.steps[0], actor=Actor("x", f"R{i:05}")) for i in range(n)),
        ),
        "conflicts": lambda n: replace(
            report,
            conflicts=tuple(ConflictLine("orphan", "", None, None, f"R{i:05}") for i in range(n)),
        ),
        "readings": lambda n: replace(
            report,
            esd=EsdRecord(
                n,
                tuple(replace(report.esd.readings[0], tester_serial=f"R{i:05}") for i in range(n)),
                (),
            ),
        ),
    }
    document = repair_document(builders[many](5000), EN)
    shown = {mark.text for page in document.pages for mark in page.marks if isinstance(mark, Words)}
    assert {f"R{i:05}" for i in range(5000)} <= shown


def test_a_missing_font_is_a_fault_with_a_code(
    report: RepairReport, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def nowhere(*_: str) -> Path:
        return tmp_path

    monkeypatch.setattr("app.reports.faces.resource", nowhere)
    face.cache_clear()
    with pytest.raises(ReportFaultError) as caught:
        render_repair_report(report, EN)
    assert caught.value.code == "typeface"
    assert caught.value.detail
