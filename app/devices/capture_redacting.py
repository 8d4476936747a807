"""Takes what identifies a person or a unit out of captured bytes, and leaves what they are like.

A digit becomes a digit, a capital a capital, a small letter a small letter, and every byte keeps
its place; the same word becomes the same word everywhere in one file. Marks, separators,
identifiers of fields, units and values stay, or the bytes would no longer test what reads them.
I and O stay too: that a serial holds one is a fault of its own.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from typing import Final, TypeAlias

from app.domain import barcodes, identifiers
from app.domain.barcodes import Format, Kind, Reading
from app.domain.keyboard_test import MARK as KEYBOARD_MARK
from app.domain.labels import Label, LabelKind, label_text, read_label
from app.domain.scan_tests import MARK as TEST_MARK

Redact: TypeAlias = Callable[[str], str]

_DIGITS: Final = "0123456789"
_CAPITALS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_SMALL: Final = "abcdefghjklmnpqrstuvwxyz"
_KEPT: Final = "IOio"
_OTHERS: Final = {
    1: ("?", "?"),
    2: ("ÅÄÖÉÜ", "åäöéü"),
    3: ("\uff21", "\uff41"),
    4: ("\U0001d400",) * 2,
}
"""What stands for other letters, capitals and small ones, by their length in UTF-8."""
_WORD: Final = re.compile(r"[^\W_]+")
_ENVELOPE: Final = re.compile(r"\[\)>\x1e?[0-9]{2}")
_END: Final = "\x04"
"""Ends an envelope; what follows belongs to no field."""
_NOBODYS: Final = (Kind.PART_NUMBER, Kind.GTIN)
"""A number of a kind of thing: it tells of no person and no unit."""
_SHORTEST: Final = 3
"""Shorter words of a tester's line name nobody."""


def redactor(secret: bytes) -> Redact:
    """What replaces a word; the same secret gives the same replacements."""

    def redact(word: str) -> str:
        stream = _stream(secret, word)
        return "".join(_like(each, stream[at]) for at, each in enumerate(word))

    return redact


def _stream(secret: bytes, word: str) -> bytes:
    digest, stream = hmac.new(secret, word.encode(errors="replace"), hashlib.sha256).digest(), b""
    while len(stream) < len(word):
        digest = hmac.new(secret, digest, hashlib.sha256).digest()
        stream += digest
    return stream


def _like(letter: str, chance: int) -> str:
    """Another character of the same kind and length."""
    if letter in _KEPT or not letter.isalnum():
        return letter
    for kind in (_DIGITS, _CAPITALS, _SMALL):
        if letter in kind:
            return kind[chance % len(kind)]
    kind = _OTHERS[len(letter.encode())][letter.islower()]
    return kind[chance % len(kind)]


def redact_scan(raw: bytes, redact: Redact, aim: str | None = None) -> bytes:
    """A barcode's bytes without what they identify; those of test codes and commands stay."""
    text, encoding = _decoded(raw)
    before = _aim_of(text, aim)
    body = text[len(before) :]
    if TEST_MARK in body.upper() or KEYBOARD_MARK in body.upper():
        return raw
    label = read_label(body)
    if isinstance(label, Label):
        return (before + _label(label, body, redact)).encode(encoding)
    reading = barcodes.read(raw, aim)
    if reading.best.kind in _NOBODYS and reading.format is Format.PLAIN:
        return raw
    if reading.format is Format.PLAIN:
        values = [one.value for one in reading.candidates if one.kind is not Kind.UNKNOWN]
        changed = _plain(body, values, redact)
    else:
        changed = _fields(body, reading, redact)
    if reading.best.kind is Kind.IMEI:
        changed = changed.replace(said := _words(reading.best.value, redact), _imei(said))
    return (before + changed).encode(encoding)


def _fields(text: str, reading: Reading, redact: Redact) -> str:
    """The values of the fields; all of a label whose fields do not stand in it as read."""
    units = {one.value for one in reading.candidates if one.kind not in _NOBODYS}
    nobodys = {  # but a serial stays one in any field, and a label calls anything a part number
        each
        for each in reading.values(*_NOBODYS)
        if (identifiers.part_number(each) is not None or identifiers.is_gtin(each))
        and not any(unit in each for unit in units)
    }
    values = {value for each in reading.fields.values() for value in each} - nobodys
    label, end, behind = text.partition(_END)
    if not reading.fields or not all(value in label for value in values):
        head = _ENVELOPE.match(text)
        at = head.end() if head is not None else 0
        return text[:at] + _words(text[at:], redact)
    for value in sorted(values, key=len, reverse=True):
        label = label.replace(value, _words(value, redact))
    return label + end + _words(behind, redact)


def _imei(digits: str) -> str:
    """With the check digit of what it became, so that it is still read as one."""
    from stdnum.luhn import calc_check_digit

    return digits[:-1] + calc_check_digit(digits[:-1])


def _aim_of(text: str, aim: str | None) -> str:
    return text[:3] if text[:1] == "]" and aim in {None, text[:3]} else ""


def _label(label: Label, text: str, redact: Redact) -> str:
    """A label of ours keeps its kind and gets the check character of its new body."""
    if label.kind is LabelKind.COMMAND:
        return text
    return text.replace(text.strip(" "), label_text(label.kind, redact(label.body)))


def _plain(text: str, values: list[str], redact: Redact) -> str:
    """Only the value where a code holds more than it, such as a data identifier; else all of it."""
    head = _ENVELOPE.match(text)
    at = head.end() if head is not None else 0
    inner = next(
        (v for v in values if text.endswith(v) and 0 < len(text) - len(v) <= _SHORTEST), ""
    )
    if inner and head is None:
        at = len(text) - len(inner)
    return text[:at] + _words(text[at:], redact)


def _words(text: str, redact: Redact) -> str:
    return _WORD.sub(lambda found: redact(found[0]), text)


def redact_line(raw: bytes, redact: Redact, means: Callable[[bytes], object]) -> bytes:
    """A tester's line without names and numbers: every word goes that its reading does not need.

    Args:
        raw: The line.
        redact: What replaces a word.
        means: What is read from a line; a word whose replacement changes that stays.
    """
    text, encoding = _decoded(raw)
    wanted = means(raw)
    for found in list(_WORD.finditer(text)):
        if len(found[0]) < _SHORTEST:
            continue
        tried = text[: found.start()] + redact(found[0]) + text[found.end() :]
        if means(tried.encode(encoding)) == wanted:
            text = tried
    return text.encode(encoding)


def redact_rest(raw: bytes, redact: Redact) -> bytes:
    """Bytes that belong to no frame: every word of them."""
    text, encoding = _decoded(raw)
    return _words(text, redact).encode(encoding)


def _decoded(raw: bytes) -> tuple[str, str]:
    try:
        return raw.decode(), "utf-8"
    except UnicodeDecodeError:
        return raw.decode("latin-1"), "latin-1"
