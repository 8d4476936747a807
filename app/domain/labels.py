"""The organisation's own labels: badges, commands, repair tags.

A label's text is prefix + body + check character (ISO/IEC 7064, MOD 37,36, over prefix and body).
It holds letters and digits only, so that it survives a scanner in keyboard mode on any layout;
every prefix holds the letter O, which no serial number of a product does.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.identifiers import normalise

LABEL_CHECK_FAILED: Final = "label_check_failed"
MAX_BODY: Final = 20


class LabelKind(StrEnum):
    """What a label is for."""

    BADGE = "badge"
    """A person; the body is the badge number."""
    COMMAND = "command"
    """An order to the program; the body is the command's code, such as ``DONE``."""
    REPAIR_TAG = "repair_tag"
    """A repair; the body is its short number."""


INITIAL: Final = "O"
"""How every label begins."""

_PREFIXES: Final = {LabelKind.BADGE: "OB", LabelKind.COMMAND: "OC", LabelKind.REPAIR_TAG: "OR"}
_KINDS: Final = {prefix: kind for kind, prefix in _PREFIXES.items()}
_BODY: Final = re.compile(rf"[A-Z0-9]{{1,{MAX_BODY}}}")
_LABEL: Final = re.compile(rf"(O[BCR])([A-Z0-9]{{1,{MAX_BODY}}})([A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Label:
    """A label whose check character holds.

    Attributes:
        kind: What it is for.
        body: 1-20 capitals and digits.
    """

    kind: LabelKind
    body: str


@dataclass(frozen=True, slots=True)
class LabelFault:
    """A text that begins like a label of ours and is none.

    Attributes:
        text: The text, in capitals.
        code: Always ``label_check_failed``.
    """

    text: str
    code: str = LABEL_CHECK_FAILED


class LabelBodyError(ValueError):
    """A body that no label can carry.

    Attributes:
        code: Always ``label_body``.
        body: The body as given.
    """

    code: Final = "label_body"

    def __init__(self, body: str) -> None:
        super().__init__(f"a label carries 1-{MAX_BODY} letters A-Z and digits, not {body!r}")
        self.body = body


def label_text(kind: LabelKind, body: str) -> str:
    """Give the text to print as a barcode.

    Args:
        kind: What the label is for.
        body: 1-20 letters and digits; small letters become capitals.

    Raises:
        LabelBodyError: The body is empty, too long, or holds anything else.

    >>> label_text(LabelKind.COMMAND, "DONE")
    'OCDONEX'
    """
    value = normalise(body)
    if not _BODY.fullmatch(value):
        raise LabelBodyError(body)
    text = _PREFIXES[kind] + value
    return text + _check_character(text)


def read_label(text: str) -> Label | LabelFault | None:
    """Read a label; None where the text does not begin like one of ours.

    >>> read_label("ocdonex")
    Label(kind=<LabelKind.COMMAND: 'command'>, body='DONE')
    >>> read_label("OCDONEY")
    LabelFault(text='OCDONEY', code='label_check_failed')
    >>> read_label("C02XK0ABJGH5") is None
    True
    """
    value = normalise(text)
    match = _LABEL.fullmatch(value)
    if match is None:
        return None
    prefix, body, check = match.groups()
    if _check_character(prefix + body) != check:
        return LabelFault(value)
    return Label(_KINDS[prefix], body)


def _check_character(text: str) -> str:
    from stdnum.iso7064 import mod_37_36  # here, because it is slow and start-up needs none

    return mod_37_36.calc_check_digit(text)
