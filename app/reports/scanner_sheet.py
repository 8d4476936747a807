"""The sheet that tells how a scanner is set, with the codes for the check of an ESD tester."""

from typing import Final

from app.domain.commands import DEVICE_COMMANDS, Command
from app.domain.labels import LabelKind, label_text
from app.domain.resistor import OHMS, Resistor
from app.domain.scan_tests import TEXTS, ScanTest
from app.reports.codes import data_matrix_modules, qr_modules
from app.reports.flow import GUTTER, INNER, LEFT, Flow
from app.reports.lines import LABEL, SMALL, Run, wrapped
from app.reports.page import MM, Document
from app.reports.pdf import pdf_of
from app.reports.sheets import VERB, begun
from app.reports.wording import Wording
from app.texts import Texts

COLUMNS: Final = 3
CELL: Final = 97.0
SIDE: Final = 22 * MM
LONG_SIDE: Final = 28 * MM
"""44 modules of 0.64 mm: what a cheap imager still reads."""
PERCENT: Final = 5
"""The tolerance of the printed codes; others are chosen on the screen."""

_COMMANDS: Final = tuple(each for each in DEVICE_COMMANDS.values() if each.argument != "sheet")
"""Who holds the sheet has it."""

Cell = tuple[tuple[tuple[bool, ...], ...], float, str, str, str]
"""Modules, side, title, explanation, letters."""


def render_scanner_sheet(texts: Texts) -> bytes:
    """The codes that tell how a scanner is set: A4, one page.

    Raises:
        ReportFaultError: A shipped font is missing.
    """
    return pdf_of(scanner_document(texts))


def scanner_document(texts: Texts) -> Document:
    """The page of the sheet."""
    words = Wording(texts)
    flow = begun("test_sheet", words)
    flow.heading(words.say("test_sheet.codes"), follow=CELL)
    _cells(flow, [_scan_cell(test, words) for test in ScanTest])
    flow.heading(words.say("test_sheet.commands"), follow=CELL)
    _cells(flow, [_command_cell(each, texts) for each in _COMMANDS])
    flow.heading(words.say("test_sheet.check"), follow=CELL)
    flow.paragraph([Run(words.say("test_sheet.check.lead"))])
    _cells(flow, [_resistor_cell(ohm, words) for ohm in OHMS.values()])
    return Document(
        title=words.say("test_sheet.title"),
        author="Repair Bench",
        subject=words.say("test_sheet.subject"),
        language=texts.language.value,
        pages=tuple(flow.pages),
    )


def _scan_cell(test: ScanTest, words: Wording) -> Cell:
    text = TEXTS[test]
    is_long = test is ScanTest.LONG
    modules = data_matrix_modules(text) if is_long else qr_modules(text)
    name = f"test_sheet.{test.value}"
    side = LONG_SIDE if is_long else SIDE
    return modules, side, words.say(name), words.say(f"{name}.tip"), ""


def _command_cell(command: Command, texts: Texts) -> Cell:
    text = label_text(LabelKind.COMMAND, command.code)
    name = f"command.{command.key}"
    return qr_modules(text), SIDE, texts.say(name), texts.say(f"{name}.tip"), text


def _resistor_cell(ohm: int, words: Wording) -> Cell:
    text = label_text(LabelKind.COMMAND, Resistor(ohm, PERCENT).code)
    tip = words.say("test_sheet.check.tip", tolerance=PERCENT)
    return qr_modules(text), SIDE, words.ohms(ohm), tip, text


def _cells(flow: Flow, cells: list[Cell]) -> None:
    width = (INNER - (COLUMNS - 1) * GUTTER) / COLUMNS
    for start in range(0, len(cells), COLUMNS):
        flow.keep(CELL)
        for place, cell in enumerate(cells[start : start + COLUMNS]):
            _cell(flow, LEFT + place * (width + GUTTER), width, cell)
        flow.gap(CELL)


def _cell(flow: Flow, left: float, width: float, cell: Cell) -> None:
    modules, side, title, tip, letters = cell
    flow.code(left, flow.y + 8, side, modules)
    start = left + side + 10
    y = flow.y + 8
    for line in wrapped(title, VERB, width - side - 10)[:2]:
        y += VERB.leading
        flow.text(start, y, line, VERB)
    for line in wrapped(tip, SMALL, width - side - 10)[:4]:
        y += SMALL.leading
        flow.text(start, y, line, SMALL)
    if letters:
        flow.text(left, flow.y + 8 + side + 9, letters, LABEL)
