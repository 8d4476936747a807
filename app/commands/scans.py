"""The labels that a command scans for a person."""

from app.commands.console import CommandFailedError
from app.domain.labels import LabelBodyError
from app.services.playing import badge, tag


def badge_scan(number: str) -> str:
    """What a scanner would send for somebody's badge.

    Raises:
        CommandFailedError: No badge can have that number.
    """
    try:
        return badge(number)
    except LabelBodyError as error:
        raise CommandFailedError("feedback.badge_unknown", badge=number) from error


def tag_scan(number: str) -> str:
    """What a scanner would send for a repair's tag.

    Raises:
        CommandFailedError: No repair can have that number.
    """
    try:
        return tag(number)
    except LabelBodyError as error:
        raise CommandFailedError("feedback.repair_unknown", repair=number) from error
