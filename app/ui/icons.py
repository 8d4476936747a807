"""Our own drawings, tinted: `resources/icons/<name>.svg`, strokes in ``currentColor``.

Rendered by Qt's image reader, which loads its SVG plugin when the first icon is drawn; the QtSvg
module is not imported.
"""

import logging
from functools import cache

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from app.resources import resource

log = logging.getLogger("repair_bench.ui")


@cache
def icon(name: str, colour: str, size: int, ratio: float = 1.0) -> QImage:
    """An icon in a colour.

    Args:
        name: The drawing.
        colour: ``#RRGGBB``.
        size: Side in device independent pixels.
        ratio: Device pixels per pixel.

    Returns:
        The image; an empty one where the drawing is missing, which a test keeps from happening.
    """
    side = round(size * ratio)
    try:
        drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    except OSError as error:
        # without its traceback: whoever kept it would keep the painter that is at work
        log.error("no drawing for the icon %s: %s", name, error)  # noqa: TRY400 - see above
        return QImage()
    sized = drawing.replace("currentColor", colour).replace(
        'width="24" height="24"', f'width="{side}" height="{side}"', 1
    )
    image = QImage.fromData(sized.encode())
    image.setDevicePixelRatio(ratio)
    return image


def draw_icon(painter: QPainter, name: str, colour: str, place: QRect) -> None:
    """Draw an icon, centred in a place as large as its shorter side."""
    side = min(place.width(), place.height())
    ratio = painter.device().devicePixelRatio()
    box = QRect(0, 0, side, side)
    box.moveCenter(place.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(box, icon(name, colour, side, ratio))
