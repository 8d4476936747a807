"""The codes of the test sheet, and what a scan of one tells of the scanner. Pure.

A scanner is judged by what it makes of a text that is known: what it puts before and behind,
whether it keeps case, separators and Swedish letters, and whether a long code arrives whole.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

MARK: Final = "OKBT"
"""How each begins; no label of ours and no serial number does."""
_AIM: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")


class ScanTest(StrEnum):
    """What a code of the sheet is there for."""

    PLAIN = "plain"
    CASE = "case"
    SEPARATORS = "separators"
    LETTERS = "letters"
    LONG = "long"


TEXTS: Final = MappingProxyType(
    {
        ScanTest.PLAIN: f"{MARK}P1234567890",
        ScanTest.CASE: f"{MARK}CaBcDeF",
        ScanTest.SEPARATORS: f"{MARK}S\x1dG\x1eR\x04E",
        ScanTest.LETTERS: f"{MARK}LÅÄÖåäö",
        ScanTest.LONG: MARK + "D" + "".join(f"{number:03}" for number in range(50)),
    }
)
"""The text of each. The long one takes three reports of a HID scanner."""
_LETTER: Final = MappingProxyType({text[len(MARK)]: test for test, text in TEXTS.items()})


@dataclass(frozen=True, slots=True)
class TestScan:
    """What one scan of the sheet told.

    Attributes:
        test: Which code it was.
        faults: What is wrong with it: ``prefix``, ``behind``, ``cut``, ``changed``, ``case``,
            ``separators``, ``letters``; empty where it came as printed.
        aim: The AIM identifier that the scanner sent, None for none.
        before: What it put before the code.
        behind: What it put behind the code.
    """

    __test__ = False  # for pytest: it is none

    test: ScanTest
    faults: tuple[str, ...] = ()
    aim: str | None = None
    before: str = ""
    behind: str = ""


def judge_scan(raw: bytes, aim: str | None = None) -> TestScan | None:
    r"""What a scan tells of the scanner; None where it is no code of the sheet.

    Args:
        raw: The bytes of the frame, without its terminator.
        aim: The AIM identifier where the wire carries it apart.

    >>> judge_scan(b"]C1OKBTP1234567890")
    TestScan(test=<ScanTest.PLAIN: 'plain'>, faults=(), aim=']C1', before='', behind='')
    >>> judge_scan(b"OKBTSGRE").faults
    ('separators',)
    """
    text = _text(raw)
    at = text.upper().find(MARK)
    test = _LETTER.get(text[at + len(MARK) : at + len(MARK) + 1].upper()) if at >= 0 else None
    if test is None:
        return None
    before, said, wanted = text[:at], text[at:], TEXTS[test]
    found = _AIM.search(before)
    if found is not None and aim in {None, found[0]}:
        aim, before = found[0], before.replace(found[0], "", 1)
    faults = ("prefix",) if before else ()
    fault, behind = _difference(test, said, wanted)
    return TestScan(test, (*faults, *fault), aim, before, behind)


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _difference(test: ScanTest, said: str, wanted: str) -> tuple[tuple[str, ...], str]:
    """How what came differs from what is printed, and what came behind it."""
    if said.startswith(wanted):
        behind = said[len(wanted) :]
        return (("behind",) if behind else ()), behind
    if said.casefold().startswith(wanted.casefold()):
        return ("case",), ""
    if test is ScanTest.SEPARATORS and said.startswith(wanted[: len(MARK) + 1]):
        return ("separators",), ""
    if test is ScanTest.LETTERS and said.startswith(wanted[: len(MARK) + 1]):
        return ("letters",), ""
    if wanted.startswith(said):
        return ("cut",), ""
    return ("changed",), ""


class Grade(StrEnum):
    """How a scanner stands in one respect."""

    GOOD = "good"
    NOTE = "note"
    """It can be worked with; it could be better."""
    BAD = "bad"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class TestRow:
    """One respect in which a scanner is judged.

    Attributes:
        topic: ``suffix``, ``prefix``, ``aim``, ``separators``, ``case``, ``letters`` or ``long``.
        grade: How it stands.
        code: Its sentence: ``scan_test.<topic>.<code>``.
        value: What the sentence names.
    """

    __test__ = False  # for pytest: it is none

    topic: str
    grade: Grade
    code: str
    value: str = ""


def judge_scanner(
    scans: tuple[TestScan, ...], ended_by: bytes | None = None
) -> tuple[TestRow, ...]:
    """All that the scans of the sheet tell of a scanner, the latest of each code.

    Args:
        scans: What was scanned, oldest first.
        ended_by: What the scanner sends behind each code; None where the wire does not tell it.
    """
    latest = {scan.test: scan for scan in scans}
    return (
        _suffix(ended_by, known=bool(scans)),
        _prefix(scans),
        _aim(scans),
        _topic("separators", latest.get(ScanTest.SEPARATORS), "separators"),
        _topic("case", latest.get(ScanTest.CASE), "case"),
        _topic("letters", latest.get(ScanTest.LETTERS), "letters"),
        _topic("long", latest.get(ScanTest.LONG), "cut"),
    )


def _suffix(ended_by: bytes | None, *, known: bool) -> TestRow:
    if ended_by is None or not known:
        return TestRow("suffix", Grade.UNTESTED, "untested")
    if not ended_by:
        return TestRow("suffix", Grade.BAD, "none")
    return TestRow("suffix", Grade.GOOD, "some", control_names(ended_by))


def _prefix(scans: tuple[TestScan, ...]) -> TestRow:
    if not scans:
        return TestRow("prefix", Grade.UNTESTED, "untested")
    last = scans[-1]
    if last.before or last.behind:
        return TestRow("prefix", Grade.BAD, "some", f"{last.before}…{last.behind}")
    return TestRow("prefix", Grade.GOOD, "none")


def _aim(scans: tuple[TestScan, ...]) -> TestRow:
    if not scans:
        return TestRow("aim", Grade.UNTESTED, "untested")
    aim = scans[-1].aim
    if aim is None:
        return TestRow("aim", Grade.NOTE, "off")
    return TestRow("aim", Grade.GOOD, "on", aim)


def _topic(topic: str, scan: TestScan | None, fault: str) -> TestRow:
    if scan is None:
        return TestRow(topic, Grade.UNTESTED, "untested")
    bad = [each for each in scan.faults if each not in {"prefix", "behind"}]
    if not bad:
        return TestRow(topic, Grade.GOOD, "kept")
    return TestRow(topic, Grade.BAD, "lost" if fault in bad else "changed")


_PRINTABLE: Final = range(33, 127)
_NAMES: Final = MappingProxyType(
    {2: "STX", 3: "ETX", 4: "EOT", 9: "TAB", 10: "LF", 13: "CR", 29: "GS", 30: "RS", 31: "US"}
)


def control_names(raw: bytes) -> str:
    r"""Bytes as people name them.

    >>> control_names(b"\r\n"), control_names(b"A\x1d\xff")
    ('CR LF', 'A GS 0xFF')
    """
    return " ".join(
        _NAMES.get(byte) or (chr(byte) if byte in _PRINTABLE else f"0x{byte:02X}") for byte in raw
    )


def control_text(raw: bytes) -> str:
    r"""The text of bytes, with what cannot be seen by its name.

    >>> control_text(b"A\x1dB\r\n")
    'A<GS>B<CR><LF>'
    """
    text = raw.decode(errors="replace")
    return "".join(
        each if each.isprintable() else f"<{control_names(each.encode())}>" for each in text
    )
