"""Draw laid-out pages as PDF; with the typeface's reader the only place that touches reportlab.

The same document gives the same bytes (``invariant``): no clock, no random id.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Final

from app.reports.faces import Weight, face, printable
from app.reports.page import HEIGHT, WIDTH, Box, Code, Colour, Document, Page, Words

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PRODUCER: Final = "Repair Bench"
PLATE_PAD: Final = 3.0
"""How far a plate reaches beyond its words on each side, in points."""


def pdf_of(document: Document) -> bytes:
    """The bytes of a document: A4, searchable, fonts embedded as subsets.

    Raises:
        ReportFaultError: A shipped font is missing.
    """
    drawing = Drawing(document)
    for page in document.pages:
        drawing.add(page)
    return drawing.finish()


class Drawing:
    """A document that is drawn page by page, so that no page has to wait for the others.

    Args:
        document: What it is called; its pages are not looked at.

    Raises:
        ReportFaultError: A shipped font is missing.
    """

    def __init__(self, document: Document) -> None:
        from reportlab.pdfgen.canvas import Canvas

        for weight in Weight:
            face(weight)
        self._stream = BytesIO()
        self._count = 0
        self._canvas = canvas = Canvas(
            self._stream,
            pagesize=(WIDTH, HEIGHT),
            pageCompression=1,
            invariant=1,
            lang=document.language,
            initialFontName=Weight.REGULAR.value,  # pyright: ignore[reportArgumentType] - the stub says float
        )
        canvas.setTitle(printable(document.title))
        canvas.setAuthor(printable(document.author))
        canvas.setSubject(printable(document.subject))
        canvas.setCreator(PRODUCER)
        canvas.setProducer(PRODUCER)
        canvas.setViewerPreference("DisplayDocTitle", "true")  # pyright: ignore[reportUnknownMemberType] - no type in its stub

    def add(self, page: Page) -> None:
        """Draw the next page."""
        self._count += 1
        _draw(self._canvas, page, self._count)
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The document's bytes."""
        self._canvas.save()
        return self._stream.getvalue()


def _draw(canvas: "Canvas", page: Page, number: int) -> None:
    for place, (heading, y) in enumerate(page.headings):
        key = f"p{number}-{place}"
        canvas.bookmarkHorizontal(key, 0, HEIGHT - y)  # pyright: ignore[reportUnknownMemberType] - no type in its stub
        canvas.addOutlineEntry(printable(heading), key, level=0)  # pyright: ignore[reportUnknownMemberType] - no type in its stub
    for mark in page.marks:
        if isinstance(mark, Words):
            _words(canvas, mark)
        elif isinstance(mark, Box):
            _box(canvas, mark)
        else:
            _code(canvas, mark)


def _fill(canvas: "Canvas", colour: Colour) -> None:
    red, green, blue = colour.to_bytes(3, "big")
    canvas.setFillColorRGB(red / 255, green / 255, blue / 255)


def _words(canvas: "Canvas", mark: Words) -> None:
    style = mark.style
    if style.fill is not None:
        width = face(style.weight).width(mark.text, style.size)
        _box(
            canvas,
            Box(
                mark.x - PLATE_PAD,
                mark.y - style.size,
                width + 2 * PLATE_PAD,
                style.size * 1.3,
                fill=style.fill,
                radius=2,
            ),
        )
    _fill(canvas, style.colour)
    canvas.setFont(style.weight.value, style.size)
    searchable = mark.text.replace(
        "\N{NO-BREAK SPACE}", " "
    )  # held a line together, is found as typed
    canvas.drawString(mark.x, HEIGHT - mark.y, searchable)


def _box(canvas: "Canvas", mark: Box) -> None:
    if mark.fill is not None:
        _fill(canvas, mark.fill)
    if mark.stroke is not None:
        red, green, blue = mark.stroke.to_bytes(3, "big")
        canvas.setStrokeColorRGB(red / 255, green / 255, blue / 255)
        canvas.setLineWidth(mark.line)
    y = HEIGHT - mark.y - mark.height
    filled, stroked = int(mark.fill is not None), int(mark.stroke is not None)
    if mark.radius:
        canvas.roundRect(
            mark.x, y, mark.width, mark.height, mark.radius, stroke=stroked, fill=filled
        )
    elif mark.height:
        canvas.rect(mark.x, y, mark.width, mark.height, stroke=stroked, fill=filled)
    else:
        canvas.line(mark.x, y, mark.x + mark.width, y)


def _code(canvas: "Canvas", mark: Code) -> None:
    """Draw the dark modules row by row, each run as one rectangle: seams would disturb a reader."""
    _fill(canvas, 0)
    side = mark.side / len(mark.modules)
    path = canvas.beginPath()
    for row, modules in enumerate(mark.modules):
        y = HEIGHT - mark.y - (row + 1) * side
        start = 0
        while start < len(modules):
            if not modules[start]:
                start += 1
                continue
            end = start
            while end < len(modules) and modules[end]:
                end += 1
            path.rect(mark.x + start * side, y, (end - start) * side, side)  # pyright: ignore[reportUnknownMemberType] - no type in its stub
            start = end
    canvas.drawPath(path, stroke=0, fill=1)  # pyright: ignore[reportUnknownMemberType] - no type in its stub
