"""Lay text out on pages from top to bottom: headings, facts, paragraphs, grids.

Everything is measured and placed line by line, so the work grows with the amount of text alone, a
page break costs nothing, and no text is ever read as markup.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.reports.faces import Weight, face, printable
from app.reports.lines import BODY, HEADING, LABEL, Line, Run, measured, wrapped
from app.reports.page import HAIR, HEIGHT, MM, TINT, WIDTH, Box, Code, Mark, Page, Style, Words

LEFT: Final = 25 * MM
"""Clear of the holes of a two-hole binder (ISO 838: 12 mm from the edge, 6 mm wide)."""
RIGHT: Final = WIDTH - 16 * MM
INNER: Final = RIGHT - LEFT
TOP: Final = 18 * MM
BOTTOM: Final = HEIGHT - 22 * MM

PAD: Final = 3.5
"""Between a grid's rule and its words."""
GUTTER: Final = 10.0
"""Between two columns."""
ROW_LINES: Final = 40
"""A row of a grid is cut after so many lines and goes on in a next row: it fits every page."""
LEAD: Final = 120.0
"""So much of a section's heading and lead goes to the next page with the table's first row."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value beneath; it takes ``span`` columns."""

    label: str
    value: Sequence[Run]
    span: int = 1


@dataclass(frozen=True, slots=True)
class _Section:
    """Where on the page in hand a section begins that has no table yet.

    Attributes:
        marks: How many marks stand before it.
        headings: How many headings.
        y: Its top.
    """

    marks: int
    headings: int
    y: float


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
        self._section: _Section | None = None

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
        self._section = None

    def _keep_lead(self, height: float) -> None:
        """As `keep`, but the heading and the lead of the section, nothing by themselves, go along.

        The table of a section is placed with it: what stands above is that section no more.
        """
        section, self._section = self._section, None
        if self.y + height <= BOTTOM:
            return
        if section is None or self.y - section.y > LEAD:
            self.new_page()
            return
        page, length = self.pages[-1], self.y - section.y
        marks, headings = page.marks[section.marks :], page.headings[section.headings :]
        del page.marks[section.marks :], page.headings[section.headings :]
        self.new_page()
        down = self.y - section.y
        self.put(*(replace(mark, y=mark.y + down) for mark in marks))
        self.pages[-1].headings.extend((text, y + down) for text, y in headings)
        self.y += length

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
        page = self.pages[-1]
        self._section = _Section(len(page.marks), len(page.headings), self.y)
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
        row: list[tuple[float, Fact, list[Line]]] = []
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

    def _fact_row(self, row: Sequence[tuple[float, Fact, list[Line]]]) -> None:
        if not row:
            return
        height = max(sum(line.leading for line in lines) for _, _, lines in row)
        self._keep_lead(height + LABEL.leading)
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
        style = replace(LABEL, weight=Weight.SEMIBOLD)
        titles = [
            wrapped(title, style, width) for (title, _), width in zip(columns, widths, strict=True)
        ]
        head = max(map(len, titles)) * style.leading + 5
        is_begun = False
        for row in rows:
            cells = [measured(cell, width) for cell, width in zip(row, widths, strict=True)]
            most = max(len(cell) for cell in cells)
            for start in range(0, most, ROW_LINES):
                part = [cell[start : start + ROW_LINES] for cell in cells]
                height = max(sum(line.leading for line in cell) for cell in part) + 2 * PAD
                if not is_begun:
                    self._keep_lead(head + height)
                if self.keep(height) or not is_begun:
                    self._titles(titles, lefts, style, head)
                    is_begun = True
                self._row(part, lefts, height)
        if not is_begun:
            self._keep_lead(head)
            self._titles(titles, lefts, style, head)
        self.y += 3

    def _titles(
        self,
        titles: Sequence[Sequence[str]],
        lefts: Sequence[float],
        style: Style,
        height: float,
    ) -> None:
        self.put(Box(LEFT, self.y, INNER, height, fill=TINT))
        for left, lines in zip(lefts, titles, strict=True):
            for place, text in enumerate(lines):
                self.text(left, self.y + 2 + (place + 0.82) * style.leading, text, style)
        self.y += height

    def _row(self, cells: Sequence[Sequence[Line]], lefts: Sequence[float], height: float) -> None:
        top = self.y
        for left, lines in zip(lefts, cells, strict=True):
            self.y = top + PAD
            for line in lines:
                self._line(line, left)
        self.y = top + height
        self.rule(self.y)

    def _line(self, line: Line, left: float) -> None:
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
