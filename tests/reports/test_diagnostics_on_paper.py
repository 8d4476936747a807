"""What diagnostic tools found stands on the report, and so does what they did not tell."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.diagnostics.codes import told_codes
from app.domain.diagnostics.record import Stage
from app.domain.diagnostics.run import (
    Answer,
    Battery,
    CodeResult,
    Device,
    DiagnosticsRun,
    Disk,
    Outcome,
    Source,
)
from app.services.reference_codes import shipped_codes
from app.services.report_model import Actor, RepairReport, RunLine
from app.texts import Language
from tests.reports.papers import BOTH, said
from tests.unit.domain.diagnostics.samples import PRIVATE, run_of_sample

ELSA = Actor("elsa", "Elsa Åkerström")


def examined(report: RepairReport, *runs: DiagnosticsRun) -> RepairReport:
    """The report with these runs, the first before the work, the others after it."""
    lines = [
        RunLine(
            run,
            Stage.AFTER if number else Stage.BEFORE,
            report.opened_at + timedelta(minutes=number),
            ELSA,
            "" if run.codes else "c0ffee" * 10 + "beef",
        )
        for number, run in enumerate(runs)
    ]
    return replace(report, runs=tuple(lines))


def of_codes(*codes: str) -> DiagnosticsRun:
    return told_codes(codes).run(shipped_codes())


def test_codes_stand_with_what_they_mean(report: RepairReport) -> None:
    text = said(examined(report, of_codes("PPT002", "NDR001"), of_codes("ADP000")))
    for expected in (
        "Before the work",
        "After the work",
        "Apple Diagnostics",
        "PPT002 Battery: worn",
        "NDR001 Trackpad: faulty",
        "ADP000 Everything tested: no issue found",
    ):
        assert expected in text


def test_a_system_report_tells_battery_storage_and_lock(report: RepairReport) -> None:
    text = said(examined(report, run_of_sample("mac.json")), Language.SWEDISH)
    for expected in (
        "Före arbetet",
        "Systemrapport (system_profiler)",
        "MacBookPro18,3",
        "macOS 14.4 (23E214)",
        "Batteri inga fel hittades",
        "Största laddning 88 %",
        "Laddcykler 158",
        "Lagring inga fel hittades",
        "Aktiveringslås nej",
        "c0ffeec0ffeec0ff",
    ):
        assert expected in text, expected


def test_what_a_tool_did_not_tell_is_said_to_be_unknown(report: RepairReport) -> None:
    text = said(examined(report, run_of_sample("mac-mini-detail.json")))
    labels = ("System", "Battery", "Largest charge", "Charge cycles", "Storage", "Activation Lock")
    for label in labels:
        assert f"{label} unknown" in text, label
    assert "no issue found" not in text


def test_a_product_without_a_battery_says_so(report: RepairReport) -> None:
    text = said(examined(report, run_of_sample("mac-desktop.json")))
    assert "Battery the product has none" in text
    assert "Storage faulty" in text
    assert "Charge cycles" not in text


def test_a_phone_says_nothing_of_drives(report: RepairReport) -> None:
    text = said(examined(report, run_of_sample("iphone.txt")))
    assert "Device report (ideviceinfo)" in text
    assert "Battery unknown" in text
    assert "Storage" not in text


def test_codes_that_could_not_be_read_are_counted(report: RepairReport) -> None:
    text = said(examined(report, replace(of_codes("ADP000"), unread=2)))
    assert "2 codes that could not be read" in text


def test_a_component_of_a_newer_bench_stands_as_it_is(report: RepairReport) -> None:
    newer = CodeResult("XYZ001", Outcome.FAULT, "flux_capacitor")
    text = said(examined(report, DiagnosticsRun(Source.APPLE_DIAGNOSTICS, codes=(newer,))))
    assert "XYZ001 flux_capacitor: faulty" in text


@BOTH
def test_a_result_that_a_later_part_has_overtaken_says_so(
    report: RepairReport, language: Language
) -> None:
    sound = examined(report, of_codes("PPT002"), of_codes("ADP000"))
    before, after = sound.runs
    overtaken = replace(sound, runs=(before, replace(after, overtaken=True)))
    words = {"en": "A part was fitted after this.", "sv": "En del har monterats efter detta."}
    assert words[language] in said(overtaken, language)
    assert words[language] not in said(sound, language)


@BOTH
def test_no_results_at_all_are_said_in_words(report: RepairReport, language: Language) -> None:
    text = said(report, language)
    assert ("No diagnostic result on record." in text) == (language is Language.ENGLISH)
    assert ("Inget diagnosresultat finns registrerat." in text) == (language is Language.SWEDISH)


@BOTH
@pytest.mark.parametrize("name", ["mac.json", "iphone.plist"])
def test_no_private_value_of_a_file_is_on_the_paper(
    report: RepairReport, language: Language, name: str
) -> None:
    text = said(examined(report, run_of_sample(name)), language)
    assert [one for one in PRIVATE if one != "Europe/Stockholm" and one in text] == []


def test_a_worn_battery_is_neither_good_nor_faulty(report: RepairReport) -> None:
    worn = DiagnosticsRun(
        Source.SYSTEM_PROFILER,
        Device(locked=Answer.YES),
        Battery(Answer.YES, Outcome.WEAR, 71, None, 1042),
        (Disk(health=Outcome.NO_ISSUE), Disk()),
    )
    text = said(examined(report, worn))
    for expected in ("Battery worn", "Charge cycles 1042", "Activation Lock yes"):
        assert expected in text
    assert text.count("Storage") == 2
