"""What a scan of the test sheet tells of a scanner."""

from collections.abc import Callable, Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.labels import read_label
from app.domain.scan_tests import (
    TEXTS,
    Grade,
    ScanTest,
    TestScan,
    control_names,
    control_text,
    judge_scan,
    judge_scanner,
)


@pytest.mark.parametrize("test", ScanTest)
@pytest.mark.parametrize("aim", [None, "]d2"])
def test_a_code_that_comes_as_printed_has_no_fault(test: ScanTest, aim: str | None) -> None:
    raw = f"{aim or ''}{TEXTS[test]}".encode()
    assert judge_scan(raw) == TestScan(test, (), aim)
    assert judge_scan(TEXTS[test].encode(), aim) == TestScan(test, (), aim)
    assert read_label(TEXTS[test]) is None


CHANGES: Final[Sequence[tuple[ScanTest, Callable[[str], str], str]]] = [
    (ScanTest.PLAIN, lambda text: "99" + text, "prefix"),
    (ScanTest.PLAIN, lambda text: text + "!", "behind"),
    (ScanTest.PLAIN, lambda text: text[:-3], "cut"),
    (ScanTest.PLAIN, lambda text: text.replace("5", "6"), "changed"),
    (ScanTest.CASE, str.upper, "case"),
    (ScanTest.CASE, str.swapcase, "case"),
    (ScanTest.SEPARATORS, lambda text: text.replace("\x1d", ""), "separators"),
    (ScanTest.SEPARATORS, lambda text: text.replace("\x1e", "|"), "separators"),
    (ScanTest.LETTERS, lambda text: text.replace("Å", "A"), "letters"),
    (ScanTest.LONG, lambda text: text[:56], "cut"),
]


@pytest.mark.parametrize(("test", "change", "fault"), CHANGES)
def test_each_fault_is_found(test: ScanTest, change: Callable[[str], str], fault: str) -> None:
    found = judge_scan(change(TEXTS[test]).encode())
    assert found is not None
    assert found.test is test
    assert fault in found.faults


def test_swedish_letters_may_come_as_latin_1() -> None:
    assert judge_scan(TEXTS[ScanTest.LETTERS].encode("latin-1")) == TestScan(ScanTest.LETTERS)


@given(st.binary(max_size=80))
def test_any_bytes_are_judged(raw: bytes) -> None:
    found = judge_scan(raw)
    assert found is None or found.test in ScanTest
    control_text(raw)
    control_names(raw)


@pytest.mark.parametrize("raw", [b"C02XK0ABJGH5", b"", b"OKBT", b"OKBTX"])
def test_what_is_no_code_of_the_sheet_is_not_judged(raw: bytes) -> None:
    assert judge_scan(raw) is None


def rows(*scans: TestScan, ended_by: bytes | None = None) -> dict[str, tuple[Grade, str, str]]:
    found = judge_scanner(scans, ended_by)
    return {row.topic: (row.grade, row.code, row.value) for row in found}


def test_nothing_is_judged_before_a_scan() -> None:
    assert {grade for grade, _, _ in rows(ended_by=b"\r").values()} == {Grade.UNTESTED}


def test_a_scanner_that_is_set_well() -> None:
    told = rows(*(TestScan(test, (), "]Q1") for test in ScanTest), ended_by=b"\r\n")
    assert {grade for grade, _, _ in told.values()} == {Grade.GOOD}
    assert told["suffix"][2] == "CR LF"
    assert told["aim"][2] == "]Q1"


def test_a_scanner_that_is_set_badly() -> None:
    told = rows(
        TestScan(ScanTest.PLAIN),
        TestScan(ScanTest.CASE, ("case",)),
        TestScan(ScanTest.SEPARATORS, ("separators",)),
        TestScan(ScanTest.LETTERS, ("changed",)),
        TestScan(ScanTest.LONG, ("prefix", "cut"), None, "X"),
        ended_by=b"",
    )
    assert told["suffix"][:2] == (Grade.BAD, "none")
    assert told["prefix"] == (Grade.BAD, "some", "X…")
    assert told["aim"][:2] == (Grade.NOTE, "off")
    assert {told[topic][1] for topic in ("separators", "case", "long")} == {"lost"}
    assert told["letters"][:2] == (Grade.BAD, "changed")


def test_the_latest_scan_of_a_code_counts() -> None:
    told = rows(TestScan(ScanTest.CASE, ("case",)), TestScan(ScanTest.CASE))
    assert told["case"][0] is Grade.GOOD
    assert told["suffix"][0] is Grade.UNTESTED
