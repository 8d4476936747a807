"""Serials, IMEIs, MEIDs and EIDs as exports and spreadsheets write them.

What counts is `app.domain.identifiers`; here is what comes before it: the forms that spreadsheets
give to long numbers, and a way to check a million of them without waiting.
"""

import re
from typing import Final

from app.data.imports.cells import NOTHING, Fault, text_of
from app.domain.identifiers import device_serial, is_eid, is_imei, is_meid, looks_like_imei

_ROUNDED: Final = re.compile(r"\d+(?:[.,]\d+)?e\+\d+|\d+[.,]\d+e\d+", re.IGNORECASE)
_WITH_DECIMALS: Final = re.compile(r"(\d+)[.,]0+")
_EXACT: Final = 15
"""Digits that a spreadsheet's number holds."""
_ZEROS: Final = "0" * 12
"""A number that a spreadsheet rounded ends like this."""
_BETWEEN: Final = re.compile(r"[,;/|]+")
_AROUND: Final = " \"'[]"
_GROUPING: Final = str.maketrans("", "", " -\u00a0")
_FOREIGN_SERIAL: Final = re.compile(r"[!-~](?:[ -~]{0,62}[!-~])?")
_IMEI_LENGTH: Final = 15
_DOUBLED: Final = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_LUHN: Final = 8 * ord("0") % 10
"""What the eight digits that are not doubled add by being ASCII."""


def serial_of(cell: str, *, is_apple: bool) -> str | Fault:
    """A product's serial, upper-cased; another maker's as it stands.

    >>> serial_of("c02xk0abjgh5", is_apple=True), serial_of("CO2XKOABJGHI", is_apple=True)
    ('C02XK0ABJGH5', Fault(code='serial_i_or_o'))
    """
    text = _number(cell)
    if isinstance(text, Fault):
        return text
    if not text:
        return Fault("missing")
    found = device_serial(text)
    if found is not None and not found.corrected:
        return found.value
    if not is_apple:
        return text if _FOREIGN_SERIAL.fullmatch(text) else Fault("not_a_serial")
    return Fault("not_a_serial" if found is None else "serial_i_or_o")


def imeis_of(cell: str) -> tuple[str, ...] | Fault:
    """The IMEIs of a cell, as a rule one; spaces and dashes between digits do not count.

    >>> imeis_of("35 417803 685978 9"), imeis_of("3.54178E+14")
    (('354178036859789',), Fault(code='lost_digits'))
    """
    if len(cell) == _IMEI_LENGTH and cell.isascii() and cell.isdecimal():
        return (cell,) if _has_luhn(cell) else Fault("imei_check_digit")
    text = _number(cell)
    if isinstance(text, Fault):
        return text
    found: list[str] = []
    for piece in _BETWEEN.split(text):
        digits = piece.strip(_AROUND).translate(_GROUPING)
        if is_imei(digits):
            found.append(digits)
        elif digits:
            return Fault("imei_check_digit" if looks_like_imei(digits) else "not_an_imei")
    return tuple(dict.fromkeys(found))


def meid_of(cell: str) -> str | Fault:
    """The MEID of a cell."""
    text = _number(cell)
    if isinstance(text, Fault) or not text:
        return text
    digits = _first(text).upper()
    return digits if is_meid(digits) else Fault("not_a_meid")


def eid_of(cell: str) -> str | Fault:
    """The EID of a cell."""
    text = _number(cell)
    if isinstance(text, Fault) or not text:
        return text
    digits = _first(text)
    if is_eid(digits):
        return digits
    return Fault("lost_digits" if digits.endswith(_ZEROS) else "not_an_eid")


def _number(cell: str) -> str | Fault:
    """The text of a cell that holds an identifier; empty for a word that says there is none."""
    text = text_of(cell)
    if isinstance(text, Fault):
        return text
    if text.casefold() in NOTHING:
        return ""
    text = text.removeprefix("'")
    if _ROUNDED.fullmatch(text):
        return Fault("lost_digits")
    whole = _WITH_DECIMALS.fullmatch(text)
    if whole is None:
        return text
    return whole[1] if len(whole[1]) <= _EXACT else Fault("lost_digits")


def _first(text: str) -> str:
    """The first number of a list, its digits together."""
    return _BETWEEN.split(text)[0].strip(_AROUND).translate(_GROUPING)


def _has_luhn(digits: str) -> bool:
    """The check of 15 digits; `app.domain.identifiers.is_imei` takes ten times as long."""
    raw = digits.encode("ascii")
    return (sum(raw[::2]) + sum(raw[1::2].translate(_DOUBLED)) - _LUHN) % 10 == 0
