"""The drawn report says what its model says, in both languages, page by page."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.domain.esd import EsdVerdict
from app.domain.people import Certification
from app.domain.policy import CODES
from app.domain.products import Family, Ownership
from app.domain.repairs import GSX_STATUS, Step
from app.reports import ReportFaultError, render_repair_report
from app.reports.faces import REPLACEMENT, Weight, face
from app.reports.page import HEIGHT, MM, WIDTH, Words
from app.reports.repair_report import repair_document
from app.services.repair_report import GAPS
from app.services.report_model import (
    Actor,
    ConflictLine,
    EsdRecord,
    FindingLine,
    NoteLine,
    RepairReport,
    UnguardedWork,
)
from app.texts import Language, Texts, texts

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
        report.policy_edition,
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
        "wrong_from bad_transition already_open part_claimed_twice nothing_to_undo conflict_open"
        " orphan malformed"
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
# What is missing is said
# ----------------------------------------------------------------------


def bare(report: RepairReport) -> RepairReport:
    """The same repair with nothing on record but its opening."""
    stripped = replace(
        report,
        step=Step.OPENED,
        gsx="",
        product=None,
        symptom="",
        diagnosis="",
        steps=(),
        parts=(),
        esd=EsdRecord(0, (), ()),
        findings=None,
        policy_edition="",
        notes=(),
        workers=(),
        signature=None,
    )
    return replace(stripped, gaps=tuple(code for code, lacks in GAPS.items() if lacks(stripped)))


def test_what_is_missing_is_said_in_words(report: RepairReport) -> None:
    text = said(bare(report))
    for expected in (
        "Interim report: the repair is not completed.",
        "Missing from this report The product is not in the register; how the product is held;",
        "proof of ownership; warranty and coverage; symptom; diagnosis;",
        "This product is not in the organisation's register",
        "Symptom Not on record",
        "Diagnosis Not on record",
        "No step on record.",
        "No part was fitted.",
        "No internal work on record",
        "What the rules said at opening is not on record.",
        "in force on this bench now: se 2026-11.",
        "No notes.",
        "Nobody on record.",
        "Not signed by badge. To sign by hand:",
        "Name in print",
    ):
        assert expected in text


def test_every_text_of_a_bare_report_exists_in_swedish(report: RepairReport) -> None:
    assert "report." not in said(bare(report), Language.SWEDISH)


def test_a_product_with_gaps_names_each(report: RepairReport) -> None:
    assert report.product is not None
    product = replace(
        report.product,
        model="",
        family=None,
        maker="",
        imeis=(),
        tag=" ",
        holder="",
        ownership=Ownership.UNKNOWN,
        proof="",
        coverages=(),
    )
    text = said(replace(report, product=product))
    for expected in (
        "Model Not on record",
        "Family None of Apple's families",
        "Maker Not on record",
        "Asset tag Not on record",
        "Used by Not on record",
        "IMEI None",
        "Held as Not on record",
        "Proof of ownership Not on record",
        "No coverage on record for this product.",
    ):
        assert expected in text


def test_work_without_a_reading_is_said(report: RepairReport) -> None:
    first = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    gap = UnguardedWork(Actor("nils", ""), "esd_missing", 2, first, first + timedelta(hours=1))
    text = said(replace(report, esd=EsdRecord(2, (), (gap,))))
    assert "No ESD reading on record." in text
    assert (
        "2 pieces of internal work by nils (not in the register) were not guarded by a valid"
        " reading (2026-11-23 08:00:00 +00:00 to 2026-11-23 09:00:00 +00:00): There was no ESD"
        " reading."
    ) in text


def test_a_reading_says_what_it_lacks(report: RepairReport) -> None:
    (reading,) = report.esd.readings
    lacking = replace(
        reading,
        ohm=None,
        verdict=EsdVerdict.INVALID,
        tester_verdict=None,
        limit=None,
        tester_name="",
        tester_serial="",
        calibration_due=None,
        guarded=0,
    )
    text = said(replace(report, esd=EsdRecord(1, (lacking,), ())))
    for expected in (
        "Wrist strap, worn Not on record Ours Invalid Tester Gave none",
        "eq-7 Serial Not on record Calibr. due Not on record",
        "Guarded No work",
    ):
        assert expected in text


@pytest.mark.parametrize(
    ("over", "under", "verdict", "words"),
    [
        (True, False, EsdVerdict.FAIL_HIGH, "Over range Ours Fail, too high"),
        (False, True, EsdVerdict.FAIL_LOW, "Under range Ours Fail, too low"),
    ],
)
def test_a_value_out_of_range_is_said_in_words(
    report: RepairReport, over: bool, under: bool, verdict: EsdVerdict, words: str
) -> None:
    (reading,) = report.esd.readings
    out = replace(reading, ohm=None, over_range=over, under_range=under, verdict=verdict)
    assert words in said(replace(report, esd=EsdRecord(1, (out,), ())))


def test_a_part_without_its_entry_or_purchase_says_so(report: RepairReport) -> None:
    part = replace(
        report.parts[0],
        order="",
        delivery="",
        source="",
        received_on=None,
        at=None,
        actor=None,
    )
    text = said(replace(report, parts=(part,)))
    assert (
        "Order Not on record Delivery Not on record Received Not on record From Not on record"
        " Not on record Not on record"
    ) in text


def test_later_entries_are_said_not_to_be_signed(report: RepairReport) -> None:
    assert report.signature is not None
    signed = replace(report, signature=replace(report.signature, later=1))
    assert "1 later entry is not covered by this signature." in said(signed)
    assert "not covered by this signature" not in said(report)


def test_a_signature_on_something_else_proves_nothing(report: RepairReport) -> None:
    assert report.signature is not None
    signed = replace(report, signature=replace(report.signature, found=False, later=9))
    text = said(signed)
    assert "No entry of this repair has this hash: the signature proves nothing about it." in text
    assert "9 later" not in text


def test_an_unknown_time_zone_is_said(report: RepairReport) -> None:
    organisation = replace(report.organisation, time_zone="Mars/Olympus")
    text = said(replace(report, organisation=organisation, zone="UTC", zone_known=False))
    assert "Times in UTC: this computer does not know the time zone Mars/Olympus" in text


def test_an_organisation_that_is_not_on_record_is_said_to_be_missing(
    report: RepairReport,
) -> None:
    nobody = replace(report.organisation, name="", site="", account="", time_zone="")
    text = said(replace(report, organisation=nobody, zone="UTC", zone_known=False))
    assert text.startswith("Not on record Not on record Account number Not on record")
    assert "Times in UTC: the time zone of the site is not on record." in text


def test_conflicts_stand_before_everything_else(report: RepairReport) -> None:
    line = ConflictLine("part_claimed_twice", "part.fitted", report.opened_at, Actor("x", ""), "e1")
    lost = ConflictLine("malformed", "", None, None, "e2")
    text = said(replace(report, conflicts=(line, lost)))
    assert text.index("Conflicts to be settled") < text.index("Product")
    assert "Status Completed 2 conflicts" in text
    assert "The same part was fitted twice." in text
    assert "An entry could not be read. Not on record Not on record Not on record e2" in text
    assert "onflict" not in said(report)


def test_a_cancelled_repair_says_so(report: RepairReport) -> None:
    text = said(replace(report, step=Step.CANCELLED, gsx=""))
    assert "The repair was cancelled." in text
    assert "Interim" not in text


@pytest.mark.parametrize("step", set(Step) - {Step.COMPLETED, Step.CANCELLED})
def test_a_report_before_the_end_is_called_interim(report: RepairReport, step: Step) -> None:
    text = said(replace(report, step=step, gsx=GSX_STATUS.get(step, "")))
    assert "Interim report: the repair is not completed." in text


def test_codes_without_a_word_stand_as_they_are(report: RepairReport) -> None:
    findings = (FindingLine("P99", "hint", "rule_of_tomorrow"), FindingLine("", "", ""))
    text = said(replace(report, findings=findings))
    assert "P99 hint rule_of_tomorrow Not on record Not on record Not on record" in text
    assert "The rules had nothing to say" in said(replace(report, findings=()))


def test_a_certification_without_an_end_has_none(report: RepairReport) -> None:
    held = Certification("ACMT", (Family.MAC,), date(2025, 2, 1), None)
    worker = replace(report.workers[0], certifications=(held,))
    other = replace(report.workers[0], responsible=False, certifications=())
    text = said(replace(report, workers=(worker, other)))
    assert "ACMT, from 2025-02-01" in text
    assert "No certification on record for this product family on that day" in text


def test_the_program_itself_is_named_as_an_actor(report: RepairReport) -> None:
    steps = (replace(report.steps[0], actor=Actor("bench", "")),)
    assert "Opened None Repair Bench" in said(replace(report, steps=steps))


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
# Hostile text
# ----------------------------------------------------------------------

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
        findings=(FindingLine(text, text, text),),
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
        fonts = page["/Resources"].get_object()["/Font"].get_object()  # pyright: ignore
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
