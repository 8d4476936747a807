"""Lay text out on pages from top to bottom: headings, facts, paragraphs, grids.

Everything is measured and placed line by line, so the work grows with the amount of text alone, a
page break costs nothing, and no text is ever read as markup.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.reports.faces import Weight, face, printable
from app.reports.page import (
    ACCENT,
    AMBER,
    ATTENTION,
    HAIR,
    HEIGHT,
    INK,
    MM,
    OK,
    PAPER,
    QUIET,
    STOP,
    TINT,
    WIDTH,
    Box,
    Code,
    Mark,
    Page,
    Style,
    Words,
)

LEFT: Final = 25 * MM
"""Clear of the holes of a two-hole binder (ISO 838: 12 mm from the edge, 6 mm wide)."""
RIGHT: Final = WIDTH - 16 * MM
INNER: Final = RIGHT - LEFT
TOP: Final = 18 * MM
BOTTOM: Final = HEIGHT - 22 * MM

BODY: Final = Style(8.6)
STRONG: Final = Style(8.6, Weight.SEMIBOLD)
LABEL: Final = Style(7, colour=QUIET)
SMALL: Final = Style(7, colour=QUIET)
MISSING: Final = Style(8.6, colour=AMBER)
HEADING: Final = Style(10.5, Weight.SEMIBOLD, ACCENT)
GOOD: Final = Style(7.6, Weight.SEMIBOLD, 0x0B1512, OK)
DOUBT: Final = Style(7.6, Weight.SEMIBOLD, INK, ATTENTION)
BAD: Final = Style(7.6, Weight.SEMIBOLD, PAPER, STOP)

PAD: Final = 3.5
"""Between a grid's rule and its words."""
GUTTER: Final = 10.0
"""Between two columns."""
ROW_LINES: Final = 40
"""A row of a grid is cut after so many lines and goes on in a next row: it fits every page."""
PLATE: Final = 4.0
"""How far a plate is moved in, so that it starts where other words do."""


@dataclass(frozen=True, slots=True)
class Run:
    """A text of a cell or a fact; a label, where it has one, stands before it on the line."""

    text: str
    style: Style = BODY
    label: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value beneath; it takes ``span`` columns."""

    label: str
    value: Sequence[Run]
    span: int = 1


@dataclass(frozen=True, slots=True)
class _Line:
    """A measured line: its words, each with its distance from the column's left."""

    words: tuple[tuple[float, str, Style], ...]
    leading: float


def wrapped(text: str, style: Style, width: float) -> list[str]:
    """Break a text into lines that fit a width, at blanks, and inside words longer than a line."""
    widths = face(style.weight).widths
    limit = width * 1000 / style.size
    lines: list[str] = []
    for paragraph in printable(text).split("\n"):
        line: list[str] = []
        used = 0.0
        for piece in _pieces(paragraph, widths, limit):
            size = sum(widths[ord(char)] for char in piece)
            blank = widths[0x20] if line else 0.0
            if line and used + blank + size > limit:
                lines.append(" ".join(line))
                line, used, blank = [], 0.0, 0.0
            line.append(piece)
            used += blank + size
        lines.append(" ".join(line))
    return lines


def _pieces(paragraph: str, widths: Mapping[int, float], limit: float) -> Iterator[str]:
    """The words of a paragraph, those cut that are longer than a line."""
    for word in paragraph.split(" "):
        start, used = 0, 0.0
        for place, char in enumerate(word):
            size = widths[ord(char)]
            if used + size > limit and place > start:
                yield word[start:place]
                start, used = place, 0.0
            used += size
        yield word[start:]


def fitted(text: str, style: Style, width: float) -> str:
    """The text on one line, cut with an ellipsis where it is wider; it stands in full elsewhere."""
    line = printable(text).replace("\n", " ")
    measure = face(style.weight)
    if measure.width(line, style.size) <= width:
        return line
    kept = next(iter(wrapped(line.replace(" ", "\N{NO-BREAK SPACE}"), style, width - style.size)))
    return f"{kept}\N{HORIZONTAL ELLIPSIS}"


def measured(runs: Iterable[Run], width: float) -> list[_Line]:
    """The lines of a cell; the texts after labels start below one another."""
    runs = list(runs)
    indent = max(
        (face(LABEL.weight).width(printable(run.label), LABEL.size) for run in runs if run.label),
        default=0.0,
    )
    lines: list[_Line] = []
    for run in runs:
        style = run.style
        left = indent + 4 if run.label else 0.0
        left += PLATE - 1 if style.fill is not None else 0.0
        for place, text in enumerate(wrapped(run.text, style, width - left)):
            words = [(left, text, style)]
            if run.label and place == 0:
                words.insert(0, (0.0, printable(run.label), LABEL))
            lines.append(_Line(tuple(words), 13.0 if style.fill else max(style.leading, 10.8)))
    return lines


class Flow:
    """Pages that fill from top to bottom.

    Attributes:
        pages: The pages so far.
        y: Where the next thing goes, in points from the page's top.
    """

    def __init__(
        self, running: Sequence[Mark] = (), done: Callable[[Page], None] | None = None
    ) -> None:
        """Start with an empty page.

        Args:
            running: The marks at the head of every page but the first.
            done: Takes each page as soon as it is full, so that a long list is never whole in
                memory; `finish` gives it the last. Without it all are kept in `pages`.
        """
        self.pages: list[Page] = [Page()]
        self.y = TOP
        self._running = running
        self._done = done

    # -- placing

    def put(self, *marks: Mark) -> None:
        """Place marks on the page in hand."""
        self.pages[-1].marks.extend(marks)

    def text(self, x: float, y: float, text: str, style: Style = BODY) -> None:
        """Place one line as it is; the baseline is ``y``."""
        self.put(Words(x, y, printable(text).replace("\n", " "), style))

    def text_right(self, x: float, y: float, text: str, style: Style = BODY) -> None:
        """Place one line that ends at ``x``."""
        text = printable(text).replace("\n", " ")
        self.put(Words(x - face(style.weight).width(text, style.size), y, text, style))

    def is_room(self, text: str, style: Style, width: float) -> bool:
        """Whether a text fits a width as one line."""
        line = printable(text)
        return "\n" not in line and face(style.weight).width(line, style.size) <= width

    def rule(self, y: float, colour: int = HAIR, line: float = 0.5) -> None:
        """Draw a line across the page."""
        self.put(Box(LEFT, y, INNER, 0, stroke=colour, line=line))

    def code(self, x: float, y: float, side: float, modules: tuple[tuple[bool, ...], ...]) -> None:
        """Place a two-dimensional barcode."""
        self.put(Code(x, y, side, modules))

    # -- pages

    def keep(self, height: float) -> bool:
        """Go to a new page unless so much fits on this one; tells whether it did."""
        if self.y + height <= BOTTOM:
            return False
        self.new_page()
        return True

    def new_page(self) -> None:
        """Start a page."""
        self.finish()
        self.pages.append(Page())
        self.y = TOP
        self.put(*self._running)
        self.y += 14 if self._running else 0

    def finish(self) -> None:
        """Hand the page in hand over, where somebody takes them one by one."""
        if self._done is not None:
            self._done(self.pages.pop())

    def gap(self, height: float) -> None:
        """Leave room."""
        self.y += height

    # -- blocks

    def heading(self, text: str, follow: float = 60) -> None:
        """A section's heading, never alone at the foot of a page."""
        self.keep(30 + follow)
        self.y += 9
        self.pages[-1].headings.append((text, self.y - 4))
        self.y += HEADING.size
        self.text(LEFT, self.y, text, HEADING)
        self.y += 4.5
        self.rule(self.y)
        self.y += 4

    def paragraph(self, runs: Iterable[Run], left: float = LEFT, width: float = INNER) -> None:
        """Lines one below the other, across pages where they do not fit."""
        for line in measured(runs, width):
            self.keep(line.leading)
            self._line(line, left)
        self.y += 3

    def facts(self, facts: Sequence[Fact], columns: int = 3) -> None:
        """Facts side by side, each label above its value."""
        width = (INNER - (columns - 1) * GUTTER) / columns
        row: list[tuple[float, Fact, list[_Line]]] = []
        place = 0
        for fact in facts:
            span = min(fact.span, columns)
            if place + span > columns:
                self._fact_row(row)
                row, place = [], 0
            room = span * width + (span - 1) * GUTTER
            left = LEFT + place * (width + GUTTER)
            lines = measured(fact.value, room)
            if len(lines) > ROW_LINES:
                self._fact_row(row)
                row, place = [], 0
                self._long_fact(fact)
            else:
                row.append((left, fact, lines))
                place += span
        self._fact_row(row)

    def _long_fact(self, fact: Fact) -> None:
        """A value that may be longer than a page, over the whole width."""
        self.keep(60)
        self.y += LABEL.size
        self.text(LEFT, self.y, fact.label, LABEL)
        self.y += 1.5
        self.paragraph(fact.value)
        self.y += 3.5

    def _fact_row(self, row: Sequence[tuple[float, Fact, list[_Line]]]) -> None:
        if not row:
            return
        height = max(sum(line.leading for line in lines) for _, _, lines in row)
        self.keep(height + LABEL.leading)
        top = self.y
        for left, fact, lines in row:
            self.y = top + LABEL.size
            self.text(left, self.y, fact.label, LABEL)
            self.y += 1.5
            for line in lines:
                self._line(line, left)
        self.y = top + LABEL.size + height + 6.5

    def grid(
        self,
        columns: Sequence[tuple[str, float]],
        rows: Iterable[Sequence[Sequence[Run]]],
    ) -> None:
        """A table: titles again on every page, a row never torn unless it is longer than a page.

        Args:
            columns: Title and share of the width, the shares adding up to 1.
            rows: The cells of each row, one per column.
        """
        lefts, widths = _columns([share for _, share in columns])
        titles = [title for title, _ in columns]
        self._titles(titles, lefts, widths)
        for row in rows:
            cells = [measured(cell, width) for cell, width in zip(row, widths, strict=True)]
            most = max(len(cell) for cell in cells)
            for start in range(0, most, ROW_LINES):
                part = [cell[start : start + ROW_LINES] for cell in cells]
                height = max(sum(line.leading for line in cell) for cell in part) + 2 * PAD
                if self.keep(height):
                    self._titles(titles, lefts, widths)
                self._row(part, lefts, height)
        self.y += 3

    def _titles(
        self, titles: Sequence[str], lefts: Sequence[float], widths: Sequence[float]
    ) -> None:
        style = replace(LABEL, weight=Weight.SEMIBOLD)
        cells = [wrapped(title, style, width) for title, width in zip(titles, widths, strict=True)]
        height = max(map(len, cells)) * style.leading + 5
        self.keep(height + 30)
        self.put(Box(LEFT, self.y, INNER, height, fill=TINT))
        for left, lines in zip(lefts, cells, strict=True):
            for place, text in enumerate(lines):
                self.text(left, self.y + 2 + (place + 0.82) * style.leading, text, style)
        self.y += height

    def _row(self, cells: Sequence[Sequence[_Line]], lefts: Sequence[float], height: float) -> None:
        top = self.y
        for left, lines in zip(lefts, cells, strict=True):
            self.y = top + PAD
            for line in lines:
                self._line(line, left)
        self.y = top + height
        self.rule(self.y)

    def _line(self, line: _Line, left: float) -> None:
        baseline = self.y + line.leading * 0.76
        for offset, text, style in line.words:
            self.put(Words(left + offset, baseline, text, style))
        self.y += line.leading


def _columns(shares: Sequence[float]) -> tuple[list[float], list[float]]:
    """Left edges and text widths of a grid's columns."""
    room = INNER - GUTTER * (len(shares) - 1) - 2 * PAD
    widths = [share * room for share in shares]
    lefts = [LEFT + PAD]
    for width in widths[:-1]:
        lefts.append(lefts[-1] + width + GUTTER)
    return lefts, widths
