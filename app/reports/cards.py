"""Cards to cut out and scan: badges, and the labels of equipment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.equipment import IN_SERVICE, Equipment
from app.domain.equipment_labels import equipment_code
from app.domain.labels import LabelBodyError, LabelKind, label_text
from app.domain.people import Person
from app.reports.codes import qr_modules
from app.reports.faces import Weight
from app.reports.flow import LEFT, TOP
from app.reports.lines import LABEL, MISSING, fitted, wrapped
from app.reports.page import (
    ACCENT,
    HAIR,
    HEIGHT,
    MM,
    WIDTH,
    Box,
    Code,
    Document,
    Mark,
    Page,
    Style,
    Words,
)
from app.reports.pdf import pdf_of
from app.reports.wording import Wording
from app.texts import Texts

CARD_WIDTH: Final = 85.6 * MM
CARD_HEIGHT: Final = 53.98 * MM
"""A card of ISO/IEC 7810, size ID-1: what badge holders are made for."""
CARDS_ACROSS: Final = 2
CARDS_DOWN: Final = 5
CARD_PAD: Final = 5 * MM
CARD_CODE: Final = 26 * MM
NAME: Final = Style(13, Weight.SEMIBOLD)
NAME_LINES: Final = 4
LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says.

    Attributes:
        name: Whose it is, in large letters.
        line: What that is, in small ones.
        code: The text of its barcode; empty where none can carry it.
        unprintable: What is said in its place.
    """

    name: str
    line: str
    code: str
    unprintable: str


def render_badges(people: Sequence[Person], texts: Texts) -> bytes:
    """Badges to cut out, ten to a page, each with the person's name and badge barcode.

    Raises:
        ReportFaultError: A shipped font is missing.
    """
    return pdf_of(badge_document(people, texts))


def render_equipment_labels(equipment: Sequence[Equipment], texts: Texts) -> bytes:
    """Labels of the equipment in service to cut out, ten to a page, each with its barcode.

    Raises:
        ReportFaultError: A shipped font is missing.
    """
    return pdf_of(equipment_document(equipment, texts))


def badge_document(people: Sequence[Person], texts: Texts) -> Document:
    """The pages of the badges."""
    words = Wording(texts)
    return _document([_badge(one, words) for one in people], "badges", words)


def equipment_document(equipment: Sequence[Equipment], texts: Texts) -> Document:
    """The pages of the labels."""
    words = Wording(texts)
    cards = [_piece(one, words) for one in equipment if one.state in IN_SERVICE]
    return _document(cards, "equipment_labels", words)


def _badge(person: Person, words: Wording) -> Card:
    try:
        code = label_text(LabelKind.BADGE, person.badge)
    except LabelBodyError:
        code = ""
    unprintable = words.say("badges.unprintable", badge=person.badge)
    return Card(person.name, words.named("role", person.role.value), code, unprintable)


def _piece(piece: Equipment, words: Wording) -> Card:
    body = equipment_code(piece.id)
    key = f"equipment.kind.{piece.kind}"
    kind = words.texts.say(key) if words.texts.has(key) else piece.kind
    line = ", ".join(each for each in (kind, piece.id, piece.place) if each)
    return Card(
        piece.name or piece.id,
        line,
        label_text(LabelKind.COMMAND, body) if body is not None else "",
        words.say("equipment_labels.unprintable", id=piece.id),
    )


def _document(cards: Sequence[Card], kind: str, words: Wording) -> Document:
    """The pages of cards of a kind, whose words are ``report.<kind>``."""
    pages: list[Page] = []
    per_page = CARDS_ACROSS * CARDS_DOWN
    for start in range(0, len(cards), per_page):
        page = Page()
        for place, card in enumerate(cards[start : start + per_page]):
            row, column = divmod(place, CARDS_ACROSS)
            left = (WIDTH - CARDS_ACROSS * CARD_WIDTH) / 2 + column * CARD_WIDTH
            top = (HEIGHT - CARDS_DOWN * CARD_HEIGHT) / 2 + row * CARD_HEIGHT
            page.marks.extend(_marks(left, top, card))
        pages.append(page)
    if not pages:
        pages.append(Page([Words(LEFT, TOP, words.say(f"{kind}.none"), MISSING)]))
    return Document(
        title=words.say(f"{kind}.title"),
        author="Repair Bench",
        subject=words.say(f"{kind}.subject"),
        language=words.texts.language.value,
        pages=tuple(pages),
    )


def _marks(left: float, top: float, card: Card) -> list[Mark]:
    """One card, its edge drawn as the line to cut."""
    room = CARD_WIDTH - 3 * CARD_PAD - CARD_CODE
    x = left + CARD_PAD
    marks: list[Mark] = [
        Box(left, top, CARD_WIDTH, CARD_HEIGHT, stroke=HAIR),
        Box(x, top + CARD_PAD, 18, 3, fill=ACCENT),
    ]
    y = top + CARD_PAD + 12
    for line in _at_most(card.name, NAME, room, NAME_LINES):
        y += NAME.leading
        marks.append(Words(x, y, line, NAME))
    y += 14 - LABEL.leading
    for line in _at_most(card.line, LABEL, room, LINES):
        y += LABEL.leading
        marks.append(Words(x, y, line, LABEL))
    if not card.code:
        start = left + 2 * CARD_PAD + room
        marks += [
            Words(start, top + CARD_PAD + (place + 1) * LABEL.leading, line, LABEL)
            for place, line in enumerate(wrapped(card.unprintable, LABEL, CARD_CODE)[:12])
        ]
        return marks
    code = left + CARD_WIDTH - CARD_PAD - CARD_CODE
    marks += [
        Code(code, top + (CARD_HEIGHT - CARD_CODE) / 2, CARD_CODE, qr_modules(card.code)),
        Words(x, top + CARD_HEIGHT - CARD_PAD, card.code, LABEL),
    ]
    return marks


def _at_most(text: str, style: Style, room: float, most: int) -> list[str]:
    """The lines of a text; what is too much is cut off at the end of the last one."""
    lines = wrapped(text, style, room)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], fitted(" ".join(lines[most - 1 :]), style, room)]
