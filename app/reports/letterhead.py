"""What stands at the head of a report's pages: whose it is, and what it is."""

from collections.abc import Sequence
from typing import Final

from app.reports.faces import Weight, face
from app.reports.flow import GUTTER, INNER, LEFT, RIGHT, TOP, Flow
from app.reports.lines import SMALL, fitted
from app.reports.page import ACCENT, HAIR, Box, Mark, Style, Words
from app.reports.wording import Wording
from app.services.ports import Organisation

NAME: Final = Style(12, Weight.SEMIBOLD)
TITLE: Final = Style(21, Weight.SEMIBOLD)


def running_head(organisation: Organisation, title: str) -> Sequence[Mark]:
    """The head of every page but the first."""
    half = (INNER - GUTTER) / 2
    name = fitted(organisation.name, SMALL, half)
    start = RIGHT - face(SMALL.weight).width(name, SMALL.size)
    return (
        Words(LEFT, TOP, fitted(title, SMALL, half), SMALL),
        Words(start, TOP, name, SMALL),
        Box(LEFT, TOP + 4, INNER, 0, stroke=HAIR),
    )


def letterhead(flow: Flow, organisation: Organisation, title: str, words: Wording) -> None:
    """The head of the first page."""
    flow.y = TOP - 4
    flow.paragraph([words.value(organisation.name, NAME)])
    flow.y -= 2
    flow.paragraph([words.value(organisation.site)])
    flow.gap(6)
    flow.rule(flow.y, ACCENT, 1.4)
    flow.gap(26)
    flow.text(LEFT, flow.y, title, TITLE)
    flow.gap(14)
