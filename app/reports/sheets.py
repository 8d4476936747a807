"""Paper to scan from: the sheet of command barcodes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.commands import COMMANDS, Command, Verb
from app.domain.keyboard_test import KEYBOARD_TEST, MARK
from app.domain.labels import LabelKind, label_text
from app.reports.codes import qr_modules
from app.reports.faces import Weight
from app.reports.flow import GUTTER, INNER, LEFT, TOP, Flow
from app.reports.lines import LABEL, SMALL, Run, wrapped
from app.reports.page import (
    MM,
    Document,
    Style,
)
from app.reports.pdf import pdf_of
from app.reports.wording import Wording
from app.texts import Texts

TITLE: Final = Style(18, Weight.SEMIBOLD)
VERB: Final = Style(11, Weight.SEMIBOLD)
COLUMNS: Final = 3
CELL: Final = 71.0
"""Height of a command's cell: 10 mm stay white between two codes, so that a scanner meets one."""
SIDE: Final = 15 * MM


def render_command_sheet(texts: Texts) -> bytes:
    """Every command and symptom as a barcode with its words: one page of A4 for the work.

    What the lead's boards are called by, and what a scanner is set up with, has a page of its own.

    Raises:
        ReportFaultError: A shipped font is missing.
    """
    return pdf_of(command_document(texts))


def begun(name: str, words: Wording) -> Flow:
    """A sheet with its title and what it is for."""
    flow = Flow()
    flow.y = TOP - 4
    flow.gap(TITLE.size)
    flow.text(LEFT, flow.y, words.say(f"{name}.title"), TITLE)
    flow.gap(10)
    flow.paragraph([Run(words.say(f"{name}.lead"))])
    return flow


def command_document(texts: Texts) -> Document:
    """The pages of the command sheet."""
    words = Wording(texts)
    flow = begun("sheet", words)
    symptoms = [one for one in COMMANDS.values() if one.verb is Verb.SYMPTOM]
    boards = [one for one in COMMANDS.values() if one.verb is Verb.BOARD]
    verbs = [one for one in COMMANDS.values() if one not in symptoms and one not in boards]
    keyboard, tip = words.say("sheet.keyboard.word"), words.say("sheet.keyboard.tip")
    test = _Printed(KEYBOARD_TEST, keyboard, tip, MARK)
    _group(flow, words.say("sheet.commands"), [_printed(one, texts) for one in verbs])
    _group(flow, words.say("sheet.symptoms"), [_printed(one, texts) for one in symptoms])
    flow.new_page()
    _group(flow, words.say("sheet.boards"), [_printed(one, texts) for one in boards])
    _group(flow, words.say("sheet.setup"), [test])
    return Document(
        title=words.say("sheet.title"),
        author="Repair Bench",
        subject=words.say("sheet.subject"),
        language=texts.language.value,
        pages=tuple(flow.pages),
    )


@dataclass(frozen=True, slots=True)
class _Printed:
    """One barcode of the sheet: what it holds, its words, and what stands below it."""

    text: str
    word: str
    tip: str
    label: str


def _printed(command: Command, texts: Texts) -> _Printed:
    text = label_text(LabelKind.COMMAND, command.code)
    tip = f"command.{command.key}.tip"
    return _Printed(text, _verb(command, texts), texts.say(tip) if texts.has(tip) else "", text)


def _group(flow: Flow, title: str, printed: Sequence[_Printed]) -> None:
    flow.heading(title, follow=CELL)
    _cells(flow, printed)


def _cells(flow: Flow, printed: Sequence[_Printed]) -> None:
    width = (INNER - (COLUMNS - 1) * GUTTER) / COLUMNS
    for start in range(0, len(printed), COLUMNS):
        flow.keep(CELL)
        for place, one in enumerate(printed[start : start + COLUMNS]):
            _cell(flow, LEFT + place * (width + GUTTER), width, one)
        flow.gap(CELL)


def _cell(flow: Flow, left: float, width: float, printed: _Printed) -> None:
    flow.code(left, flow.y + 6, SIDE, qr_modules(printed.text))
    start = left + SIDE + 12
    room = width - SIDE - 12
    y = flow.y + 6
    for line in wrapped(printed.word, VERB, room)[:2]:
        y += VERB.size
        flow.text(start, y, line, VERB)
        y += 2.5
    if printed.tip:
        for line in wrapped(printed.tip, SMALL, room)[:3]:
            y += SMALL.leading
            flow.text(start, y, line, SMALL)
    flow.text(left, flow.y + 6 + SIDE + 9, printed.label, LABEL)


def _verb(command: Command, texts: Texts) -> str:
    """The word of a command; a symptom's word is its own."""
    key = command.key if command.verb is Verb.SYMPTOM else f"command.{command.key}"
    return texts.say(key) if texts.has(key) else command.code
