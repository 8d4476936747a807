"""Texts in lines that fit a width: the styles, and where a text is broken.

No text is ever read as markup, and no character of one gets lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.reports.faces import Weight, face, printable
from app.reports.page import ACCENT, AMBER, ATTENTION, INK, OK, PAPER, QUIET, STOP, Style

BODY: Final = Style(8.6)
STRONG: Final = Style(8.6, Weight.SEMIBOLD)
LABEL: Final = Style(7, colour=QUIET)
SMALL: Final = Style(7, colour=QUIET)
MISSING: Final = Style(8.6, colour=AMBER)
HEADING: Final = Style(10.5, Weight.SEMIBOLD, ACCENT)
GOOD: Final = Style(7.6, Weight.SEMIBOLD, 0x0B1512, OK)
DOUBT: Final = Style(7.6, Weight.SEMIBOLD, INK, ATTENTION)
BAD: Final = Style(7.6, Weight.SEMIBOLD, PAPER, STOP)
JOINTS: Final = frozenset("/-_.?&=")
"""After these a word that is longer than a line is cut, an address or a number above all."""
PLATE: Final = 4.0
"""How far a plate is moved in, so that it starts where other words do."""


@dataclass(frozen=True, slots=True)
class Run:
    """A text of a cell or a fact; a label, where it has one, stands before it on the line."""

    text: str
    style: Style = BODY
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
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
    """The words of a paragraph, those cut that are longer than a line: at a joint, where one is."""
    for word in paragraph.split(" "):
        start, joint, used, since = 0, 0, 0.0, 0.0
        for place, char in enumerate(word):
            size = widths[ord(char)]
            if used + size > limit and place > start:
                cut = joint or place
                yield word[start:cut]
                used = since if joint else 0.0
                start, joint = cut, 0
            used += size
            since += size
            if char in JOINTS and place > start:
                joint, since = place + 1, 0.0
        yield word[start:]


def fitted(text: str, style: Style, width: float) -> str:
    """The text on one line, cut with an ellipsis where it is wider; it stands in full elsewhere."""
    line = printable(text).replace("\n", " ")
    measure = face(style.weight)
    if measure.width(line, style.size) <= width:
        return line
    kept = next(iter(wrapped(line.replace(" ", "\N{NO-BREAK SPACE}"), style, width - style.size)))
    return f"{kept}\N{HORIZONTAL ELLIPSIS}"


def measured(runs: Iterable[Run], width: float) -> list[Line]:
    """The lines of a cell; the texts after labels start below one another.

    A text that would be torn inside a word beside its label stands beneath it.
    """
    runs = list(runs)
    indent = max(
        (face(LABEL.weight).width(printable(run.label), LABEL.size) for run in runs if run.label),
        default=0.0,
    )
    lines: list[Line] = []
    for run in runs:
        style = run.style
        before = PLATE - 1 if style.fill is not None else 0.0
        left = before + (indent + 4 if run.label else 0.0)
        label = [(0.0, printable(run.label), LABEL)] if run.label else []
        if label and _is_torn(run, width - left) and not _is_torn(run, width - before):
            lines += (
                Line(((0.0, line, LABEL),), LABEL.leading)
                for line in wrapped(run.label, LABEL, width)
            )
            left, label = before, []
        for text in wrapped(run.text, style, width - left):
            words = (*label, (left, text, style))
            lines.append(Line(words, 13.0 if style.fill else max(style.leading, 10.8)))
            label = []
    return lines


def _is_torn(run: Run, width: float) -> bool:
    """Whether a word of a text is longer than a line."""
    measure = face(run.style.weight)
    words = printable(run.text).split()
    return any(measure.width(word, run.style.size) > width for word in words)
