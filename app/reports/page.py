"""What stands on a page: marks in points from its upper left corner, drawn by `app.reports.pdf`.

A page is data, so a layout can be counted, compared and read before a byte of PDF exists.
"""

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from app.reports.faces import Weight

MM: Final = 72 / 25.4
"""Points in a millimetre."""
WIDTH: Final = 210 * MM
HEIGHT: Final = 297 * MM

Colour: TypeAlias = int
"""``0xRRGGBB``."""
INK: Final[Colour] = 0x1B1F24
QUIET: Final[Colour] = 0x5B6570
ACCENT: Final[Colour] = 0x0B5CAD
HAIR: Final[Colour] = 0xC9CFD6
TINT: Final[Colour] = 0xF4F5F6
AMBER: Final[Colour] = 0x7A4F00
"""Words that say what is missing: 6.9 to 1 on white."""
OK: Final[Colour] = 0x2BB58C
ATTENTION: Final[Colour] = 0xFFC247
STOP: Final[Colour] = 0x9B1B16
PAPER: Final[Colour] = 0xFFFFFF


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set.

    Attributes:
        size: Type size in points.
        weight: Regular or semibold.
        colour: Of the letters.
        fill: Of a plate behind the words; None for no plate.
    """

    size: float
    weight: Weight = Weight.REGULAR
    colour: Colour = INK
    fill: Colour | None = None

    @property
    def leading(self) -> float:
        """From one baseline to the next."""
        return self.size * 1.36


@dataclass(frozen=True, slots=True)
class Words:
    """One line of printable text; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled or outlined; a rule is a box without height."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    stroke: Colour | None = None
    line: float = 0.5
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Code:
    """A two-dimensional barcode: rows of dark and light modules in a square of ``side`` points."""

    x: float
    y: float
    side: float
    modules: tuple[tuple[bool, ...], ...]


Mark: TypeAlias = Words | Box | Code


@dataclass(slots=True)
class Page:
    """One page while it is laid out."""

    marks: list[Mark] = field(default_factory=list[Mark])
    headings: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    """What the outline lists, with the height on the page."""


@dataclass(frozen=True, slots=True)
class Document:
    """Pages with what a reader's program shows of them.

    Attributes:
        title: Title in the document's information.
        author: The organisation.
        subject: What it is about.
        language: BCP 47 code for screen readers.
        pages: The pages, A4.
    """

    title: str
    author: str
    subject: str
    language: str
    pages: tuple[Page, ...]
