"""The readiness report says what its model says, in both languages, page by page."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.account import NO_TERMS, AccountTerms, Standing
from app.domain.equipment import Equipment, EquipmentKind
from app.domain.people import Certification, Exam, Person, Role
from app.domain.products import Family, Ownership
from app.domain.programme import EsdPlan, RepairDone, State
from app.domain.programme.counted import Counted
from app.reports import render_readiness_report
from app.reports.page import Words
from app.reports.readiness_report import readiness_document
from app.services.ports import Organisation
from app.services.programme_words import say_rule
from app.services.readiness_model import ReadinessReport
from app.texts import Language, Texts, texts
from tests.reports.papers import BOTH, EN, SV, unbroken
from tests.reports.readiness_papers import KTH, laid_out, read, ready, said
from tests.unit.domain.programme.situations import TODAY, base, stock

REGIONS = pytest.mark.parametrize("region", ["se", "us", "ca", "au"])
NOTHING: dict[str, object] = {
    "account": "",
    "terms": NO_TERMS,
    "base": base(),
    "people": (),
    "equipment": (),
    "done": (),
    "covered": None,
    "esd_plan": None,
}
NOBODY = Organisation("", "", "", "UTC")


# ----------------------------------------------------------------------
# The sentence
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (Language.ENGLISH, "KTH qualifies for Apple's self-servicing account programme."),
        (Language.SWEDISH, "KTH uppfyller kraven för Apples program för självbetjäningskonton."),
    ],
)
def test_who_qualifies_reads_so_in_one_sentence(language: Language, sentence: str) -> None:
    text = said(ready(), language)
    assert sentence in text
    assert texts(language).say("report.readiness.application.on") in text
    assert texts(language).say("report.readiness.channels") not in text
    assert texts(language).say("report.readiness.in_the_way") not in text


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            Language.ENGLISH,
            ("yet: one requirement is not met", "What stands in the way", "Apple Store"),
        ),
        (
            Language.SWEDISH,
            (
                "ännu: ett krav är inte uppfyllt",
                "Det som står i vägen",
                "Apples insändningsservice",
            ),
        ),
    ],
)
def test_who_does_not_qualify_reads_why_and_who_repairs_otherwise(
    language: Language, sentences: tuple[str, ...]
) -> None:
    report = ready(base=base(stock(999), stock(900, Family.IPHONE, Ownership.OTHER)))
    text = said(report, language)
    for expected in (*sentences, "https://locate.apple.com/"):
        assert expected in text
    assert texts(language).say("report.readiness.application.on") not in text


def test_what_is_unknown_is_told_as_unknown() -> None:
    text = laid_out(ready("se", NOBODY, **NOTHING))
    assert "It is not known whether the organisation qualifies for the programme." in text
    assert "No product is on record." in text
    assert "Nobody is certified today." in text
    assert "No equipment is on record." in text
    assert "No account yet" in text


def test_what_runs_out_is_told_with_its_last_day() -> None:
    until = date(2026, 12, 1)
    text = laid_out(ready(people=(certified_on_all(until),)))
    assert "What runs out unless somebody acts" in text
    assert "By 2026-12-01" in text
    assert "Book the exam before the certificate ends." in text


def certified_on_all(until: date) -> Person:
    held = Certification("ACMT+iOS", tuple(Family), date(2026, 1, 2), until, "ACMT-77")
    return Person("elsa", "Elsa Åkerström", "1", Role.LEAD, "T-55", (held,))


# ----------------------------------------------------------------------
# Point by point
# ----------------------------------------------------------------------


@BOTH
@REGIONS
def test_every_rule_and_every_point_stands_on_the_paper(region: str, language: Language) -> None:
    report = ready(region)
    text, words = unbroken(laid_out(report, language)), texts(language)
    for point in report.standing.points:
        name = words.say(f"programme.point.{point.rule}")
        assert unbroken(f"{point.rule} {name}") in text
    for rule in report.standing.rules:
        assert unbroken(say_rule(words, rule)) in text
        assert unbroken(words.say(f"evidence.{rule.evidence}")) in text


@BOTH
@REGIONS
@pytest.mark.parametrize("lacking", [False, True])
def test_every_word_of_a_report_is_there(region: str, language: Language, lacking: bool) -> None:
    """A key without a text would stand on the paper as itself."""
    words = texts(language)
    report = ready(region, **NOTHING) if lacking else worst(region)
    for rule in report.standing.rules:
        assert words.has(f"rule.{rule.code}")
        assert not rule.to_do or words.has(f"way_on.{rule.to_do}")
        unit = rule.figures.unit
        assert not unit or words.has(f"programme.unit.{unit}.other")
        for one in rule.details:
            key = f"programme.detail.{one.code}"
            assert words.has(key) or (words.has(f"{key}.one") and words.has(f"{key}.other"))
    keys = ("report.readiness.", "programme.", "way_on.", "evidence.", "channel.", "rule.")
    assert not [key for key in keys if key in laid_out(report, language)]


def worst(region: str) -> ReadinessReport:
    """A report of an organisation with something wrong everywhere."""
    findings = frozenset({"owner_other", "not_in_register", "other_maker", "part_other_source"})
    exams = (
        Exam("ACMT", TODAY, passed=True, voucher="V-1"),
        Exam("iOS", TODAY, passed=False, voucher="V-1", cost=995_00, currency="SEK"),
    )
    people = (replace(certified_on_all(TODAY - timedelta(days=1)), exams=exams),)
    return ready(
        region,
        base=base(stock(10), stock(7, proven=False), stock(3, ownership=Ownership.UNKNOWN)),
        people=people,
        terms=AccountTerms(
            created_on=TODAY - timedelta(days=400),
            standing=Standing.ON_HOLD,
            standing_on=TODAY,
            credit_limit=0,
            credit_used=0,
            has_carpet=True,
        ),
        equipment=(
            Equipment("t", EquipmentKind.ESD_TESTER, "", "", "", TODAY - timedelta(days=1)),
        ),
        done=(RepairDone(TODAY, findings, parts=1, signed=False), RepairDone(TODAY, parts=1)),
        covered=Counted(3, TODAY, "Apple Business Manager"),
        returns_overdue=Counted(2, TODAY, "GSX"),
        esd_plan=EsdPlan(2, 1, TODAY),
    )


@BOTH
def test_a_state_has_a_shape_and_a_word(language: Language) -> None:
    words = texts(language)
    marks = [
        mark
        for report in (ready(), worst("se"), ready(people=(certified_on_all(TODAY),)))
        for page in readiness_document(report, words).pages
        for mark in page.marks
        if isinstance(mark, Words) and mark.style.fill is not None
    ]
    told = {
        (mark.text[0], mark.text[2:], mark.style.fill)
        for mark in marks
        if mark.text[2:] in states(words)
    }
    shapes = {shape for shape, _, _ in told}
    assert {word for _, word, _ in told} == states(words)
    assert shapes == set("✓▲✗?○")


def states(words: Texts) -> set[str]:
    return {words.say(f"programme.state.{state}") for state in State}


def test_figures_tell_what_there_is_what_is_asked_for_and_what_lacks() -> None:
    text = said(ready(base=base(stock(999_999, proven=False), stock(400))))
    assert "There is 400 products" in text
    assert "Asked for 1,000 products" in text
    assert "Lacking 600 products" in text
    assert "999,999 more products have no proof of purchase" in text


def test_what_is_not_in_order_of_all_there_is_does_not_lack() -> None:
    text = laid_out(worst("se"))
    assert "In order 1 repair In all 2 repairs" in text
    assert "In order 0 parts In all 2 parts" in laid_out(worst("au"))
    assert "Lacking 1 repair" not in text


def test_vouchers_are_given_and_none_lacks() -> None:
    text = laid_out(ready())
    assert "Used 0 vouchers Given 2 vouchers" in text


def test_what_has_failed_tells_since_when() -> None:
    assert "Since 2026-11-23" in laid_out(worst("se"))


def test_what_holds_tells_until_when() -> None:
    text = laid_out(ready(people=(certified_on_all(date(2030, 2, 2)),)))
    assert "Holds until 2030-02-02" in text


# ----------------------------------------------------------------------
# The application
# ----------------------------------------------------------------------


@BOTH
def test_the_application_is_filled_in(language: Language) -> None:
    server = Equipment(
        "ds-1", EquipmentKind.DIAGNOSTICS_SERVER, "", "Mac mini M4", "C07ZZ", None, "Rack 2"
    )
    strange = Equipment("x-1", "microscope", "", "", "", None)
    report = ready(
        people=(certified_on_all(date(2030, 2, 2)), certified_open()),
        equipment=(server, strange),
    )
    text = said(report, language)
    for expected in (
        "KTH",
        "Verkstaden",
        "0001234567",
        "2025-03-01",
        "Mac mini M4, Rack 2",
        "C07ZZ",
        "microscope",
        "x-1",
        "Elsa Åkerström",
        "T-55",
        "ACMT-77",
        "ACMT+iOS: iPhone, iPad, iPod, Mac, 2026-01-02",
        "2030-02-02",
    ):
        assert expected in text


def certified_open() -> Person:
    held = Certification("ACMT", (Family.MAC,), date(2026, 1, 2), None)
    return Person("bo", "Bo", "2", Role.TECHNICIAN, "", (held,))


def test_whoever_is_named_is_the_contact() -> None:
    assert "Contact IT-chefen, 08-123" in laid_out(ready("se", KTH, "IT-chefen, 08-123"))
    assert "Contact Elsa Åkerström" in laid_out(ready(people=(certified_on_all(TODAY),)))
    assert "Contact Not on record" in laid_out(ready(people=()))


@pytest.mark.parametrize(
    ("language", "total"),
    [
        (Language.ENGLISH, "All 1,000,000 0 1,000,000"),
        (Language.SWEDISH, "Alla 1 000 000 0 1 000 000"),
    ],
)
def test_a_million_products_fit_their_column(language: Language, total: str) -> None:
    assert total in said(ready(base=base(stock(1_000_000))), language)


# ----------------------------------------------------------------------
# The paper
# ----------------------------------------------------------------------


@BOTH
def test_every_page_is_numbered_and_names_the_edition(language: Language) -> None:
    pages = read(worst("ca"), language).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        text = " ".join(page.extract_text().split())
        words = texts(language)
        assert words.say("report.page", page=number, pages=len(pages)) in text
        told = {"day": "2026-11-23", "region": "CA", "edition": "2026-11-23"}
        assert words.say("report.readiness.foot", **told) in text


def test_the_same_report_gives_the_same_bytes() -> None:
    first, second = (render_readiness_report(ready(), SV) for _ in range(2))
    assert first == second
    assert first != render_readiness_report(ready(), EN)


def test_the_document_says_what_it_is() -> None:
    reader = read(ready(), Language.SWEDISH)
    assert reader.metadata is not None
    assert reader.metadata.title == "Beredskapsrapport"
    assert reader.metadata.author == "KTH"
    assert "Punkt för punkt" in str(reader.outline)


@pytest.mark.parametrize(
    ("zone", "known", "sentence"),
    [
        ("Europe/Stockholm", True, "Europe/Stockholm"),
        ("Mars/Olympus", False, "Mars/Olympus"),
        ("", False, "UTC"),
    ],
)
def test_whose_time_it_tells_is_told(zone: str, known: bool, sentence: str) -> None:
    organisation = replace(KTH, time_zone=zone)
    report = replace(ready("se", organisation), zone_known=known)
    assert sentence in laid_out(report)
    assert "2026-11-23 09:30:05 +01:00" in laid_out(report)


@BOTH
def test_names_of_any_length_stay_on_their_page(language: Language) -> None:
    name = "Sammanslagna Kommunalförbundet för Digital Utveckling " * 12
    organisation = Organisation(name, name, "0" * 300, "Europe/Stockholm")
    person = replace(certified_on_all(date(2030, 2, 2)), name=name * 3, tech_id="T" * 200)
    document = readiness_document(ready("se", organisation, people=(person,)), texts(language))
    for page in document.pages:
        for mark in page.marks:
            if isinstance(mark, Words):
                assert 0 <= mark.x <= 595
                assert 0 <= mark.y <= 842


def test_signs_that_the_typeface_lacks_are_told_at_the_foot() -> None:
    report = ready("se", replace(KTH, name="KTH 工学 <b>&amp;\N{ESC}[31m"))
    text = said(report)
    assert "<b>&amp;" in text
    assert re.search(r"□ stands for", text) or EN.say("report.replaced", sign="□") in text


def test_a_source_that_the_policy_does_not_name_is_left_out() -> None:
    report = ready()
    bare = replace(report, sources=(), standing=replace(report.standing, sources={}))
    text = laid_out(bare)
    assert "https://support.apple.com" not in text
