"""A bench for the length of a command: the same scans, handled one after the other, no thread."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.domain.frames import DeviceRole, Frame
from app.domain.labels import LabelKind, label_text
from app.services.handling import handle
from app.services.ports import Clock, Ids, Store
from app.services.programmes import Programmes
from app.services.session import Session, rules_at
from app.services.views import Outcome, Tone

COMMAND_LINE: Final = "command-line"
"""The device that a command's scans are recorded as."""


def badge(number: str) -> str:
    """The text of a badge label."""
    return label_text(LabelKind.BADGE, number)


def command(code: str) -> str:
    """The text of a command label."""
    return label_text(LabelKind.COMMAND, code)


def tag(number: str) -> str:
    """The text of a repair tag."""
    return label_text(LabelKind.REPAIR_TAG, number)


def play(
    store: Store, programmes: Programmes, clock: Clock, ids: Ids, scans: Iterable[str]
) -> Iterator[Outcome]:
    """Handle scans as a bench would, and stop after the first that is refused.

    Yields:
        Each scan's outcome, the refused one last.
    """
    session = Session()
    with store.reading() as reader:
        organisation = reader.organisation()
    policy, zone = programmes.of(organisation), organisation.time_zone
    for number, text in enumerate(scans, 1):
        now = clock.now()
        raw = text.encode(errors="surrogateescape")  # as the shell gave it, whatever it was
        frame = Frame(COMMAND_LINE, DeviceRole.SCANNER, raw, now, number)
        handled = handle(store, session, frame, rules_at(policy, now, zone, ids))
        session = handled.session
        yield handled.outcome
        if handled.outcome.feedback.tone is Tone.REFUSED:
            return
