"""Bytes of a file to a tree of plain values: bounds first, then the standard library's parsers.

Nothing of a file can hold up or fill the bench: its length, its depth and the number of its items
are counted before a parser sees it, and whatever a parser raises becomes an `UnreadableError`,
which never repeats what the file says. A binary property list may hold itself; those who take
values from the tree go by a path of keys and never walk it.
"""

import json
import plistlib
import re
from itertools import islice
from typing import Final
from xml.parsers.expat import ExpatError

MAX_BYTES: Final = 8 * 1024 * 1024
"""The longest file that is read; what is wanted of a Mac takes some 20 KB."""
MAX_DEPTH: Final = 32
MAX_ITEMS: Final = 200_000
"""The most items of a tree, and the most lines of a text."""

BINARY_PLIST: Final = b"bplist"
_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_STRINGS: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_BRACKETS: Final = re.compile(r"[\[\]{}]")
_ITEMS: Final = re.compile(r"[,:\[{]")
_PROLOGUE: Final = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_BRANCH: Final = re.compile(r"<(/?)(?:dict|array)\b[^<>]{0,200}?(/?)>")
_LONGEST_NUMBER: Final = 20

_PARSERS_RAISE: Final = (
    ValueError,  # every json, plistlib and base64 error among them
    AttributeError,  # plistlib, of a date that is none
    TypeError,
    LookupError,
    ArithmeticError,
    RecursionError,
    ExpatError,
)


UNREADABLE: Final = (
    *("empty", "too_large", "too_deep", "too_many"),
    *("not_text", "bad_json", "bad_plist", "not_known"),
)
"""Why no run can be made of a file."""


class UnreadableError(Exception):
    """A file that no run can be made of.

    Attributes:
        code: One of `UNREADABLE`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decoded(raw: bytes) -> str:
    """A file's text: UTF-8, or UTF-16 with its mark, which Windows' shell writes.

    Raises:
        UnreadableError: It is empty, too long or no text.
    """
    if len(raw) > MAX_BYTES:
        raise UnreadableError("too_large")
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError("not_text") from error
    if "\0" in text:
        raise UnreadableError("not_text")
    if not text.strip():
        raise UnreadableError("empty")
    return text


def json_tree(text: str) -> object:
    """The value of a JSON document; numbers too long to be any are None.

    Raises:
        UnreadableError: It is none, or beyond a bound.
    """
    skeleton = _STRINGS.sub("", text)
    if _many(_ITEMS, skeleton):
        raise UnreadableError("too_many")
    depth = 0
    for bracket in _BRACKETS.finditer(skeleton):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > MAX_DEPTH:
            raise UnreadableError("too_deep")
    try:
        return json.loads(text, parse_int=_integer, parse_constant=_nothing)
    except _PARSERS_RAISE as error:
        raise UnreadableError("bad_json") from error


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None


def _nothing(name: str) -> None:
    """NaN and the infinities: no measurement is one."""
    del name


def xml_plist_tree(text: str) -> object:
    """The value of an XML property list; one that defines entities is none (plistlib sees to it).

    Raises:
        UnreadableError: It is none, or beyond a bound.
    """
    body = _PROLOGUE.sub("", text, count=1)  # it names an encoding that the text has no more
    if body.count("<") > 2 * MAX_ITEMS:
        raise UnreadableError("too_many")
    depth = 0
    for branch in _BRANCH.finditer(body):
        if not branch[2]:
            depth += -1 if branch[1] else 1
        if depth > MAX_DEPTH:
            raise UnreadableError("too_deep")
    return _plist(body.encode(errors="replace"), plistlib.FMT_XML)


def binary_plist_tree(raw: bytes) -> object:
    """The value of a binary property list; each of its items takes a byte or more.

    Raises:
        UnreadableError: It is none, or beyond a bound.
    """
    if len(raw) > MAX_BYTES:
        raise UnreadableError("too_large")
    if len(raw) > MAX_ITEMS:  # an item takes three bytes: itself, its place, who names it
        raise UnreadableError("too_many")
    return _plist(raw, plistlib.FMT_BINARY)


def _plist(raw: bytes, form: plistlib.PlistFormat) -> object:
    try:
        found: object = plistlib.loads(raw, fmt=form)
    except RecursionError as error:
        raise UnreadableError("too_deep") from error
    except _PARSERS_RAISE as error:
        raise UnreadableError("bad_plist") from error
    return found


def lines_of(text: str) -> list[str]:
    """The lines of a text. Only a line end ends one: a form feed or U+2028 may be in any name.

    Raises:
        UnreadableError: There are more than any tool writes.
    """
    if text.count("\n") >= MAX_ITEMS:
        raise UnreadableError("too_many")
    return [line.rstrip("\r") for line in text.split("\n")]


def _many(form: re.Pattern[str], text: str) -> bool:
    return next(islice(form.finditer(text), MAX_ITEMS, None), None) is not None
