"""Small words that every use case says: accepted, repeated, refused, asked."""

from app.domain.verdicts import Finding
from app.services.views import Feedback, Tone


def accepted(code: str, *, undo: bool = False, way_on: str = "", **fields: str) -> Feedback:
    """It was done."""
    return Feedback(Tone.ACCEPTED, code, tuple(fields.items()), way_on, undo)


def repeated(code: str, *, way_on: str = "", **fields: str) -> Feedback:
    """It was done before; nothing changed."""
    return Feedback(Tone.REPEATED, code, tuple(fields.items()), way_on)


def refused(code: str, *, way_on: str = "", **fields: str) -> Feedback:
    """It was not done, and why."""
    return Feedback(Tone.REFUSED, code, tuple(fields.items()), way_on)


def asked(code: str, *, undo: bool = False, way_on: str = "", **fields: str) -> Feedback:
    """It was taken; one more scan is needed."""
    return Feedback(Tone.ASKED, code, tuple(fields.items()), way_on, undo)


def refused_by(finding: Finding) -> Feedback:
    """A rule stopped it: the rule's own sentence, and its one way on."""
    fields = (("rule", finding.rule), *finding.fields)
    return Feedback(Tone.REFUSED, f"finding.{finding.code}", fields, finding.way_on or finding.code)
