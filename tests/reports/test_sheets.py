"""The sheet of commands and the badges: every barcode with its words."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.commands import COMMANDS, SYMPTOMS, Verb
from app.domain.keyboard_test import KEYBOARD_TEST, MARK
from app.domain.labels import LabelKind, label_text
from app.domain.people import Person, Role
from app.reports import render_badges, render_command_sheet
from app.reports.cards import badge_document
from app.reports.codes import qr_modules
from app.reports.faces import face
from app.reports.page import Box, Code, Document, Words
from app.reports.sheets import command_document
from app.texts import Language, Texts, texts

BOTH = pytest.mark.parametrize("language", list(Language))
ELSA = Person("elsa", "Elsa Åkerström", "1001", Role.TECHNICIAN)


def codes(document: Document) -> list[tuple[tuple[bool, ...], ...]]:
    return [
        mark.modules for page in document.pages for mark in page.marks if isinstance(mark, Code)
    ]


def spoken(words: Texts, **more: str) -> Texts:
    return replace(words, words={**words.words, **more})


@BOTH
def test_every_command_has_its_barcode(language: Language) -> None:
    expected = [qr_modules(label_text(LabelKind.COMMAND, code)) for code in COMMANDS]
    printed = codes(command_document(texts(language)))
    printed.remove(qr_modules(KEYBOARD_TEST))
    assert sorted(printed) == sorted(expected)


@BOTH
def test_the_code_that_finds_a_scanner_s_keyboard_layout_is_on_the_sheet(
    language: Language,
) -> None:
    words = texts(language)
    _, page = PdfReader(BytesIO(render_command_sheet(words))).pages
    text = " ".join(page.extract_text().split())
    assert words.say("report.sheet.keyboard.word") in text
    assert MARK in text


@BOTH
def test_every_barcode_stands_with_its_letters_and_group(language: Language) -> None:
    words = texts(language)
    page, _ = PdfReader(BytesIO(render_command_sheet(words))).pages
    text = page.extract_text()
    for code, command in COMMANDS.items():
        assert (label_text(LabelKind.COMMAND, code) in text) is (command.verb is not Verb.BOARD)
    assert text.index(words.say("report.sheet.commands")) < text.index("OCDONE")
    assert text.index(words.say("report.sheet.symptoms")) < text.index("OCSYM01")


@BOTH
def test_the_boards_of_the_lead_stand_on_a_page_of_their_own(language: Language) -> None:
    words = texts(language)
    _, page = PdfReader(BytesIO(render_command_sheet(words))).pages
    text = page.extract_text()
    assert words.say("report.sheet.boards") in text
    for board in (one for one in COMMANDS.values() if one.verb is Verb.BOARD):
        assert label_text(LabelKind.COMMAND, board.code) in text
        word = words.say(f"command.{board.key}")
        assert f"{word} {words.say(f'command.{board.key}.tip')}" in " ".join(text.split())


def test_commands_and_symptoms_are_told_in_words() -> None:
    more = {f"symptom.{key}": f"Word of {key}" for key in SYMPTOMS}
    more |= {f"command.{one.key}": f"Verb {one.code}" for one in COMMANDS.values()}
    more["command.done.tip"] = "Make it ready, then sign with the badge"
    words = spoken(texts(Language.ENGLISH), **more)
    page, _ = PdfReader(BytesIO(render_command_sheet(words))).pages
    text = " ".join(page.extract_text().split())
    for symptom in SYMPTOMS:
        assert f"Word of {symptom}" in text
    assert "Verb DONE Make it ready, then sign with the badge" in text


def test_a_command_without_words_shows_its_code() -> None:
    raw = render_command_sheet(replace(texts(Language.ENGLISH), words={}))
    text = PdfReader(BytesIO(raw)).pages[0].extract_text()
    assert "CANCEL" in text
    assert "SYM01" in text


def test_long_words_stay_within_the_cell() -> None:
    more = {f"command.{one.key}": "Ord " * 40 for one in COMMANDS.values()}
    more |= {f"command.{one.key}.tip": "Tips " * 90 for one in COMMANDS.values()}
    document = command_document(spoken(texts(Language.SWEDISH), **more))
    for page in document.pages:
        cells = [mark for mark in page.marks if isinstance(mark, Code)]
        for mark in page.marks:
            if isinstance(mark, Words) and mark.text.startswith(("Ord", "Tips")):
                end = mark.x + face(mark.style.weight).width(mark.text, mark.style.size)
                for cell in cells:
                    beside = end <= cell.x or mark.x >= cell.x + cell.side
                    apart = mark.y < cell.y or mark.y > cell.y + cell.side + 5
                    assert beside or apart


def test_codes_keep_their_quiet_zone_from_one_another() -> None:
    document = command_document(texts(Language.SWEDISH))
    cells = [mark for mark in document.pages[0].marks if isinstance(mark, Code)]
    for first in cells:
        for other in cells:
            if first is not other:
                room = 4 * first.side / len(first.modules)
                across = abs(first.x - other.x) - first.side
                down = abs(first.y - other.y) - first.side
                assert max(across, down) >= room


@BOTH
def test_a_badge_carries_name_role_and_barcode(language: Language) -> None:
    words = texts(language)
    document = badge_document([ELSA], words)
    assert codes(document) == [qr_modules(label_text(LabelKind.BADGE, "1001"))]
    (page,) = PdfReader(BytesIO(render_badges([ELSA], words))).pages
    text = page.extract_text()
    for expected in (
        ELSA.name,
        words.say("report.role.technician"),
        label_text(LabelKind.BADGE, "1001"),
    ):
        assert expected in text


def test_ten_badges_go_on_a_page() -> None:
    people = [replace(ELSA, badge=str(number)) for number in range(1, 22)]
    document = badge_document(people, texts(Language.SWEDISH))
    counts = [sum(isinstance(mark, Code) for mark in page.marks) for page in document.pages]
    assert counts == [10, 10, 1]


def test_a_badge_that_no_barcode_can_carry_says_so() -> None:
    odd = replace(ELSA, badge="<ÅÄ>")
    document = badge_document([odd, ELSA], texts(Language.ENGLISH))
    assert len(codes(document)) == 1
    said = " ".join(mark.text for mark in document.pages[0].marks if isinstance(mark, Words))
    assert "The badge number <ÅÄ> cannot be a barcode" in said


@pytest.mark.parametrize("name", ["Öst " * 60, "X" * 400, "王芳", "", "\x00\n\n"])
def test_any_name_stays_on_its_badge(name: str) -> None:
    document = badge_document([replace(ELSA, name=name)], texts(Language.ENGLISH))
    (page,) = document.pages
    card = next(mark for mark in page.marks if isinstance(mark, Box))
    code = next(mark for mark in page.marks if isinstance(mark, Code))
    for mark in page.marks:
        if isinstance(mark, Words):
            end = mark.x + face(mark.style.weight).width(mark.text, mark.style.size)
            assert card.x < mark.x
            assert end <= code.x
            assert card.y < mark.y < card.y + card.height
    assert render_badges([replace(ELSA, name=name)], texts(Language.ENGLISH)).startswith(b"%PDF")


def test_nobody_gives_a_page_that_says_so() -> None:
    (page,) = PdfReader(BytesIO(render_badges([], texts(Language.ENGLISH)))).pages
    assert "Nobody to print a badge for." in page.extract_text()


def test_the_sheets_are_the_same_bytes_every_time() -> None:
    words = texts(Language.SWEDISH)
    assert render_command_sheet(words) == render_command_sheet(words)
    assert render_badges([ELSA], words) == render_badges([ELSA], words)
